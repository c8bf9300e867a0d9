import type { ReactNode } from "react";

interface CardProps {
  title?: ReactNode;
  sub?: ReactNode;
  right?: ReactNode;
  /** The body reaches closer to the edge: for tables. */
  flush?: boolean;
  /** Takes the height it is given and scrolls inside. */
  fill?: boolean;
  className?: string;
  children: ReactNode;
}

/** A surface with a heading, a grey remark beside it, and something at its right. */
export function Card({ title, sub, right, flush = false, fill = false, className = "", children }: CardProps) {
  return (
    <section className={`card ${fill ? "fill" : ""} ${className}`}>
      {title !== undefined && (
        <div className="hd">
          <h2>{title}</h2>
          {sub !== undefined && <span className="sub clip">{sub}</span>}
          <span className="grow" />
          {right}
        </div>
      )}
      <div className={flush ? "bd flush" : "bd"}>{children}</div>
    </section>
  );
}
