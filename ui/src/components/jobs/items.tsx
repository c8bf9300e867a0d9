import type { JobItem } from "../../api/types";
import { exact } from "../../lib/money";

/** What was sold: the line items that a CRM exports beside its quotes. */
export function Items({ items }: { items: JobItem[] }) {
  return (
    <table className="grid">
      <thead>
        <tr>
          <th>Item</th>
          <th className="num">Quantity</th>
          <th className="num">Price</th>
          <th className="num">Amount</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item, index) => (
          <tr key={`${index} ${item.product} ${item.description}`} title={item.file}>
            <td>
              {item.product ?? item.description}
              {item.product && item.description && item.description !== item.product && <div className="dim">{item.description}</div>}
            </td>
            <td className="num">
              {item.quantity} {item.unit}
            </td>
            <td className="num">{item.unit_price ? exact(item.unit_price) : "–"}</td>
            <td className="num">{item.amount ? exact(item.amount) : "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
