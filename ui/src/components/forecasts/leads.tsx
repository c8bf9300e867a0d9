import { Switch } from "@mantine/core";
import { Link } from "@tanstack/react-router";

import { useLeads } from "../../api/queries";
import { counted, fixed } from "../../lib/numbers";
import { named } from "../../lib/words";
import { Card } from "../shared/card";
import { Shown } from "../shared/states";

interface LeadsProps {
  name: string;
  /** Those that the forecast listens to. */
  used: string[];
  use: (names: string[]) => void;
}

/** Which other series run ahead of this one. */
export function LeadsCard({ name, used, use }: LeadsProps) {
  const leads = useLeads(name);
  return (
    <Card title="What runs ahead of it">
      <Shown query={leads} height={60}>
        {({ found, looked_at }) =>
          found.length === 0 ? (
            <p className="dim">{looked_at === 0 ? "No other series is long enough to compare." : `None of ${counted(looked_at, "other series", "other series")} moves before it by more than chance.`}</p>
          ) : (
            <div className="stack tight">
              {found.map(({ label, of }) => (
                <div key={of.leading}>
                  <div className="row">
                    <Link to="/forecasts" search={{ series: of.leading }}>
                      <b>{named(label)}</b>
                    </Link>
                    <span className="grow" />
                    <Switch size="xs" label="listen" checked={used.includes(of.leading)} onChange={(event) => use(event.currentTarget.checked ? [...used, of.leading] : used.filter((one) => one !== of.leading))} />
                  </div>
                  <div className="dim small" title={`r = ${fixed(of.best.r, 2)} over ${of.best.n} periods`}>
                    {named(of.sentence)}
                  </div>
                </div>
              ))}
              <p className="dim small">Goes together with, which need not be its cause. Of {counted(looked_at, "series", "series")} looked at.</p>
            </div>
          )
        }
      </Shown>
    </Card>
  );
}
