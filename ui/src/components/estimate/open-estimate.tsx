import { Button, Menu } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";

import { useEstimates } from "../../api/queries";
import { ago } from "../../lib/dates";
import { whole } from "../../lib/money";

/** The estimates that were saved, newest first. */
export function OpenEstimate() {
  const { data } = useEstimates();
  const navigate = useNavigate();
  if (!data || data.length === 0) return null;
  return (
    <Menu position="bottom-end" shadow="md" width={320}>
      <Menu.Target>
        <Button>Open</Button>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflow: "auto" }}>
        {data.map((one) => (
          <Menu.Item key={one.id} onClick={() => void navigate({ to: "/estimate", search: { id: one.id } })} rightSection={<b className="num">{whole(one.cost)}</b>}>
            {one.title || `Estimate ${one.id}`}
            <div className="dim small">{ago(one.created_at)}</div>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
