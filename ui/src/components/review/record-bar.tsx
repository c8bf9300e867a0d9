/** Which bidder of a bid tab is looked at, and the way to the others. */
import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconCheck, IconChevronDown, IconChevronLeft, IconChevronRight, type TablerIcon } from "@tabler/icons-react";

import type { ReviewRecord } from "../../api/types";
import { counted } from "../../lib/numbers";
import { Dot } from "../shared/tag";
import { beside, standing, toCheck } from "./records";

interface RecordBarProps {
  records: ReviewRecord[];
  shown: number;
  choose: (key: string) => void;
}

export function RecordBar({ records, shown, choose }: RecordBarProps) {
  const go = (by: number) => {
    const next = beside(records, shown, by);
    if (next) choose(next.key);
  };
  useHotkeys([["alt+shift+PageDown", () => go(1)], ["alt+shift+PageUp", () => go(-1)]], []);
  const here = records[shown];
  const waiting = toCheck(records);
  const confirmed = records.filter((one) => one.confirmed).length;
  return (
    <div className="review-records" role="group" aria-label="The bidders of this document">
      <Step name="Previous bidder" keys="Alt Shift Page up" icon={IconChevronLeft} act={() => go(-1)} disabled={shown === 0} />
      <Menu position="bottom-start" width="target">
        <Menu.Target>
          <Button className="grow review-record" variant="default" size="compact-md" justify="space-between" rightSection={<IconChevronDown size={14} aria-hidden />} data-testid="review-record">
            <span className="clip">{here?.name}</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown className="review-record-list">
          {records.map((one, at) => (
            <Menu.Item key={one.key} onClick={() => choose(one.key)} aria-current={at === shown} leftSection={<Mark record={one} />} rightSection={<span className={one.waiting > 0 ? "warn small" : "dim small"}>{standing(one)}</span>}>
              <span className={at === shown ? "strong" : undefined}>{one.name}</span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Step name="Next bidder" keys="Alt Shift Page down" icon={IconChevronRight} act={() => go(1)} disabled={shown === records.length - 1} />
      <span className="dim small review-record-count" aria-live="polite">
        {shown + 1} of {counted(records.length, "bidder")}, {waiting > 0 ? `${waiting} with values to check` : `${confirmed} confirmed`}
      </span>
    </div>
  );
}

function Mark({ record }: { record: ReviewRecord }) {
  if (record.confirmed) return <IconCheck size={14} className="down" aria-hidden />;
  return <Dot tone={record.waiting > 0 ? "warn" : "good"} />;
}

interface StepProps {
  name: string;
  keys: string;
  icon: TablerIcon;
  act: () => void;
  disabled: boolean;
}

function Step({ name, keys, icon: Icon, act, disabled }: StepProps) {
  return (
    <Tooltip label={`${name} (${keys})`} openDelay={400}>
      {/* The field keeps the keyboard. */}
      <ActionIcon variant="subtle" aria-label={name} disabled={disabled} onMouseDown={(event) => event.preventDefault()} onClick={act}>
        <Icon size={17} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
