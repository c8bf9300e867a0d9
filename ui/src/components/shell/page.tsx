import { spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import type { ReactNode } from "react";

import { Tasks } from "./tasks";
import { ThemeToggle } from "./theme-toggle";

interface PageProps {
  title: string;
  crumb?: ReactNode;
  /** Buttons; the last one is the next thing to do. */
  actions?: ReactNode;
  /** The page scrolls inside its own parts. */
  fixed?: boolean;
  children: ReactNode;
}

/** A page's header and body. */
export function Page({ title, crumb, actions, fixed = false, children }: PageProps) {
  return (
    <div className="page">
      <header>
        <h1>{title}</h1>
        {crumb !== undefined && <span className="crumb">{crumb}</span>}
        <span className="grow" />
        <Tasks />
        <button type="button" className="seek" onClick={() => spotlight.open()}>
          <IconSearch size={14} aria-hidden />
          <span className="words clip grow">Search or do anything</span>
          <span className="k">Ctrl K</span>
        </button>
        <ThemeToggle />
        {actions}
      </header>
      <main className={fixed ? "fixed" : ""}>{children}</main>
    </div>
  );
}
