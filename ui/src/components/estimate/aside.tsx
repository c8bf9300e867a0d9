import type { Structure, Warning } from "../../api/types";
import { compact, count } from "../../lib/numbers";
import { capitalized, warningLabel, warningTone } from "../../lib/words";
import { Card } from "../shared/card";
import { Dot, Tag } from "../shared/tag";

/** What looks forgotten or wrong. */
export function Warnings({ warnings }: { warnings: Warning[] }) {
  if (warnings.length === 0) return null;
  return (
    <Card title="Forgotten?" right={<Tag tone="warn">{warnings.length}</Tag>}>
      {warnings.map((warning) => (
        <div key={`${warning.rule} ${warning.driver}`} className="warning">
          <Dot tone={warningTone[warning.severity]} label={warningLabel[warning.severity]} />
          <label htmlFor={`driver-${warning.driver}`} style={{ cursor: "pointer" }}>
            {capitalized(warning.message)}
          </label>
        </div>
      ))}
    </Card>
  );
}

/** Wind on the sign and the footing that holds it. */
export function WindAndFooting({ structure }: { structure: Structure | null }) {
  if (!structure) return null;
  const { wind_force, moment, piers, pier_diameter, pier_depth, concrete, pole_weight } = structure;
  const rows: [string, string][] = [
    ["Wind force, ASD", `${count(Math.round(wind_force))} lb`],
    ["Moment at grade", `${compact(moment / 1000)} k-ft`],
    ["Pier", `${piers > 1 ? `${piers} × ` : ""}Ø ${pier_diameter.toFixed(1)} × ${pier_depth.toFixed(1)} ft`],
    ["Concrete", `${compact(concrete)} yd³`],
    ["Poles", `${count(Math.round(pole_weight))} lb`],
  ];
  return (
    <Card title="Wind and footing" flush>
      <table className="grid">
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <td className="dim" style={{ whiteSpace: "nowrap" }}>{name}</td>
              <td className="num">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="dim small" style={{ padding: "4px 8px 6px" }}>
        For costing only, never a sealed design.
      </p>
    </Card>
  );
}
