import { Link } from "@tanstack/react-router";

import { useQuotes } from "../../api/queries";
import { ago } from "../../lib/dates";
import { exact } from "../../lib/money";
import { quoteStatus } from "../../lib/words";
import { Card } from "../shared/card";
import { Tag } from "../shared/tag";

/** The quotes that were worked on last, to go on with. */
export function NewestQuotes() {
  const quotes = useQuotes("", null, false).data?.quotes ?? [];
  if (quotes.length === 0) return null;
  return (
    <Card title="Newest quotes" right={<Link to="/quotes">All</Link>} flush>
      <table className="grid">
        <tbody>
          {quotes.slice(0, 6).map((quote) => (
            <tr key={quote.id}>
              <td style={{ whiteSpace: "nowrap" }}>
                <Link to="/quotes/$id" params={{ id: String(quote.id) }}>
                  <b>{quote.number}</b>
                </Link>
              </td>
              <td className="clip" style={{ width: "100%", maxWidth: 0 }}>
                {quote.customer} <span className="dim">{quote.title}</span>
              </td>
              <td>
                <Tag tone={quoteStatus[quote.status].tone}>{quoteStatus[quote.status].label}</Tag>
              </td>
              <td className="dim" style={{ whiteSpace: "nowrap" }}>{ago(quote.created_at)}</td>
              <td className="num">{exact(quote.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
