import type { OverrunParts, OverrunSplit } from "../../api/types";
import { whole } from "../../lib/money";
import { named } from "../../lib/words";

const parts: { of: keyof OverrunParts; label: string; what: string }[] = [
  { of: "hours", label: "Hours", what: "More or fewer hours than estimated, at the estimated rate" },
  { of: "rate", label: "Rate", what: "The hours worked at another rate" },
  { of: "quantity", label: "Quantity", what: "More or less material than estimated, at the estimated price" },
  { of: "price", label: "Price", what: "The material used at another price" },
  { of: "material", label: "Other cost", what: "Where quantities are not known, and what the lines do not tell" },
  { of: "omission", label: "Never estimated", what: "Work and material that the estimate forgot" },
];

const CODES = 12;

/** An overrun in parts that add up, then by work code and material. */
export function OverrunSplitView({ split, currency }: { split: OverrunSplit; currency: string }) {
  const money = (minor: number) => whole({ minor, currency });
  const signed = (minor: number) => `${minor > 0 ? "+ " : minor < 0 ? "− " : ""}${money(Math.abs(minor))}`;
  const tone = (minor: number) => (minor > 0 ? "num up" : minor < 0 ? "num down" : "num dim");
  // What rounds to nothing is not told.
  const shown = parts.filter(({ of }) => Math.abs(split.parts[of]) >= 50);
  const widest = Math.max(1, ...shown.map(({ of }) => Math.abs(split.parts[of])));
  return (
    <div className="stack tight">
      <p>{named(split.sentence)}</p>
      <div>
        {shown.map(({ of, label, what }) => (
          <div key={of} className="split-part" title={what}>
            <span>{label}</span>
            <span className="extent">
              <i style={{ width: `${(Math.abs(split.parts[of]) / widest) * 100}%`, background: split.parts[of] > 0 ? "var(--up)" : "var(--down)" }} />
            </span>
            <span className={tone(split.parts[of])}>{signed(split.parts[of])}</span>
          </div>
        ))}
      </div>
      <table className="grid">
        <thead>
          <tr>
            <th>Work code or material</th>
            <th className="num">Hours</th>
            <th className="num">Rate</th>
            <th className="num">Material</th>
            <th className="num">In all</th>
          </tr>
        </thead>
        <tbody>
          {split.codes.slice(0, CODES).map(({ code, parts: of, total }) => {
            const material = of.quantity + of.price + of.material + of.omission;
            return (
              <tr key={code}>
                <td>{named(code)}</td>
                <td className="num dim">{of.hours === 0 ? "–" : signed(of.hours)}</td>
                <td className="num dim">{of.rate === 0 ? "–" : signed(of.rate)}</td>
                <td className="num dim">{material === 0 ? "–" : signed(material)}</td>
                <td className={tone(total)}>{signed(total)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {split.codes.length > CODES && <p className="dim small">And {split.codes.length - CODES} smaller ones.</p>}
    </div>
  );
}
