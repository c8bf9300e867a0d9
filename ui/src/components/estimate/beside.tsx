import type { TwoEstimates } from "../../api/types";
import { major, signed, whole } from "../../lib/money";
import { linear, padded } from "../../lib/scale";
import { capitalized } from "../../lib/words";
import { useWidth } from "../shared/width";

const standing = { below: "below the range of finished jobs", inside: "inside the range of finished jobs", above: "above the range of finished jobs" };

/** The two estimates on one line, and by what they differ. */
export function Beside({ beside }: { beside: TwoEstimates }) {
  const [, ...reasons] = beside.said;
  return (
    <div>
      <Bar beside={beside} />
      <p className={beside.standing === "inside" ? "dim small" : "small warn-ink"} data-testid="two-estimates">
        {beside.standing === "inside" ? capitalized(standing.inside) : `${whole(beside.beyond)} ${standing[beside.standing]}`}
      </p>
      {reasons.length > 0 && (
        <ul className="win-words">
          {reasons.map((reason) => (
            <li key={reason}>{capitalized(reason)}</li>
          ))}
        </ul>
      )}
      {beside.groups.length > 0 && <Groups beside={beside} />}
    </div>
  );
}

function Bar({ beside }: { beside: TwoEstimates }) {
  const [frame, width] = useWidth<HTMLDivElement>(480);
  const { built_up, learned, range } = beside;
  const [low, high] = padded([built_up, learned, range.low, range.high].map(major), 0.18);
  const x = linear(Math.max(0, low), high, 6, width - 6);
  const [built, expected] = [x(major(built_up)), x(major(learned))];
  const left = built < expected;
  return (
    <div ref={frame}>
      <svg width={width} height={54} role="img" aria-label={`Built up ${whole(built_up)}, finished jobs ${whole(learned)}, ${range.level} % between ${whole(range.low)} and ${whole(range.high)}`} style={{ display: "block" }}>
        <line x1={6} x2={width - 6} y1={27} y2={27} stroke="var(--line-strong)" />
        <rect x={x(major(range.low))} y={21} width={Math.max(2, x(major(range.high)) - x(major(range.low)))} height={12} rx={6} fill="var(--accent)" opacity={0.3} />
        <rect x={expected - 1.5} y={17} width={3} height={20} rx={1.5} fill="var(--accent)" />
        <path d={`M${built} 18l7 9l-7 9l-7-9z`} fill="var(--ink)" />
        <Label at={built} y={11} width={width} leftwards={left} text={`built up ${whole(built_up)}`} strong />
        <Label at={expected} y={51} width={width} leftwards={!left} text={`finished jobs ${whole(learned)}`} />
      </svg>
    </div>
  );
}

/** To the side away from the other mark, as far as there is room. */
function Label({ at, y, width, leftwards, text, strong = false }: { at: number; y: number; width: number; leftwards: boolean; text: string; strong?: boolean }) {
  const room = text.length * 6.6;
  const toLeft = leftwards ? at > room : at > width - room;
  return (
    <text x={at} y={y} textAnchor={toLeft ? "end" : "start"} className={strong ? "ink" : ""}>
      {text}
    </text>
  );
}

function Groups({ beside }: { beside: TwoEstimates }) {
  return (
    <table className="grid" style={{ marginTop: 6 }}>
      <thead>
        <tr>
          <th>In parts</th>
          <th className="num">Built up</th>
          <th className="num">Finished jobs</th>
          <th className="num">Difference</th>
        </tr>
      </thead>
      <tbody>
        {beside.groups.map(({ group, built_up, learned, difference, lines }) => (
          <tr key={group} title={lines.join(", ")}>
            <td>{groups[group]}</td>
            <td className="num">{whole(built_up)}</td>
            <td className="num dim">{whole(learned)}</td>
            <td className="num">{difference.minor === 0 ? "–" : signed(difference)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** As `CostGroup::label` has it. */
const groups: Record<TwoEstimates["groups"][number]["group"], string> = {
  material: "Material", labour: "Labour with burden", outplant: "Outplant", equipment: "Equipment and travel", shipping: "Shipping", use_tax: "Use tax",
};
