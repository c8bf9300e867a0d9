import { useNavigate } from "@tanstack/react-router";

import type { Quote } from "../../api/types";
import { onDay } from "../../lib/dates";
import { exact } from "../../lib/money";
import { share } from "../../lib/numbers";
import { quoteStatus } from "../../lib/words";
import { Card } from "../shared/card";
import { Tag } from "../shared/tag";
import { active } from "./active";

/** Quotes, newest first. Margin is for the shop's eyes. */
export function QuoteTable({ quotes }: { quotes: Quote[] }) {
  return (
    <Card flush>
      <table className="grid">
        <thead>
          <tr>
            <th>Quote</th>
            <th>Customer</th>
            <th>For</th>
            <th>Status</th>
            <th>Valid until</th>
            <th className="num">Total</th>
            <th className="num">Margin</th>
          </tr>
        </thead>
        <tbody>
          {quotes.map((quote) => (
            <Row key={quote.id} quote={quote} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Row({ quote }: { quote: Quote }) {
  const navigate = useNavigate();
  const open = () => void navigate({ to: "/quotes/$id", params: { id: String(quote.id) } });
  const { totals, valid_until } = active(quote);
  const status = quoteStatus[quote.status];
  return (
    <tr className="link" tabIndex={0} onClick={open} onKeyDown={(event) => event.key === "Enter" && open()} data-testid="quote-row">
      <td style={{ whiteSpace: "nowrap" }}>
        <b>{quote.number}</b>
      </td>
      <td className="clip" style={{ maxWidth: 190 }}>{quote.customer}</td>
      <td className="dim clip" style={{ maxWidth: 260 }}>
        {quote.title}
      </td>
      <td>
        <Tag tone={status.tone}>{status.label}</Tag>
      </td>
      <td className="dim" style={{ whiteSpace: "nowrap" }}>
        {onDay(valid_until)}
      </td>
      <td className="num">{exact(totals.total)}</td>
      <td className="num dim">{totals.margin === null ? "–" : share(Number(totals.margin), 1)}</td>
    </tr>
  );
}
