import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";

/** A link whose address the backend gave, such as `/jobs?job=12`. Addresses that are not ours are shown as plain text. */
export function InternalLink({ to, className, children }: { to: string; className?: string; children: ReactNode }) {
  const navigate = useNavigate();
  if (!to.startsWith("/")) return <span className={className}>{children}</span>;
  const open = (event: React.MouseEvent) => {
    event.preventDefault();
    void navigate({ href: to });
  };
  return (
    <a href={`#${to}`} className={className} onClick={open}>
      {children}
    </a>
  );
}
