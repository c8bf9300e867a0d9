import { Link } from "@tanstack/react-router";

import { useSummary } from "../../api/queries";
import type { ShopSummary } from "../../api/types";
import { daysAgo } from "../../lib/dates";
import { counted, count } from "../../lib/numbers";
import { type Area, areas } from "./areas";

export function Sidebar() {
  const { data: summary } = useSummary();
  return (
    <nav className="side" aria-label="Areas">
      <Link to="/" className="brand">
        <i aria-hidden>S</i>
        <span className="label">Signwright</span>
      </Link>
      {areas.map((area) => (
        <Item key={area.to} area={area} waiting={summary ? area.waiting(summary) : 0} />
      ))}
      {summary && <Foot summary={summary} />}
    </nav>
  );
}

function Item({ area, waiting }: { area: Area; waiting: number }) {
  const { icon: Icon, name, to, digit } = area;
  return (
    <Link to={to} className="item" activeOptions={{ exact: to === "/", includeSearch: false }} title={`${name} (Alt ${digit})`}>
      <Icon aria-hidden />
      <span className="label">{name}</span>
      {waiting > 0 && <b aria-label={`${waiting} waiting`}>{count(waiting)}</b>}
    </Link>
  );
}

function Foot({ summary }: { summary: ShopSummary }) {
  const last = summary.last_import_at ? `last import ${daysAgo(summary.last_import_at)}` : "nothing imported yet";
  return (
    <div className="foot" title={summary.path}>
      <b>{summary.name}</b>
      <br />
      {counted(summary.jobs, "job")} · {last}
    </div>
  );
}
