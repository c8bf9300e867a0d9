import { useNavigate } from "@tanstack/react-router";

import type { QuoteSummary } from "../../api/types";
import { onDay, today } from "../../lib/dates";
import { exact } from "../../lib/money";
import { quoteStatus } from "../../lib/words";
import { Card } from "../shared/card";
import { Tag } from "../shared/tag";

/** Quotes, newest first. The cost is for the shop's eyes, the total is with tax. */
export function QuoteTable({ quotes }: { quotes: QuoteSummary[] }) {
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
            <th className="num">Cost</th>
            <th className="num">Total</th>
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

function Row({ quote }: { quote: QuoteSummary }) {
  const navigate = useNavigate();
  const open = () => void navigate({ to: "/quotes/$id", params: { id: String(quote.id) } });
  const { total, cost, valid_until } = quote;
  const status = quoteStatus[quote.status];
  const due = quote.follow_up_on !== null && quote.follow_up_on <= today();
  return (
    <tr className="link" tabIndex={0} onClick={open} onKeyDown={(event) => event.key === "Enter" && open()} data-testid="quote-row">
      <td style={{ whiteSpace: "nowrap" }}>
        <b>{quote.number}</b>
      </td>
      <td className="clip" style={{ maxWidth: 190 }}>{quote.customer}</td>
      <td className="dim clip" style={{ maxWidth: 260 }}>
        {quote.title} {quote.tags.map((tag) => <Tag key={tag}>{tag}</Tag>)}
      </td>
      <td>
        <Tag tone={status.tone}>{status.label}</Tag> {quote.viewed && quote.status === "sent" && <Tag>viewed</Tag>}
      </td>
      <td className="dim" style={{ whiteSpace: "nowrap" }}>
        {onDay(valid_until)}
        {quote.follow_up_on && <div className={due ? "small warn-ink" : "small"}>ask on {onDay(quote.follow_up_on)}</div>}
      </td>
      <td className="num dim">{exact(cost)}</td>
      <td className="num">{exact(total)}</td>
    </tr>
  );
}
