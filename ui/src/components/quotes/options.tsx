/** What a customer may choose: additions, alternates of which one is taken, and prices by quantity. */
import { ActionIcon, Button, Checkbox, Radio, Select, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";

import type { OptionLine, QuantityBreak, QuoteLine, QuoteOption } from "../../api/types";
import { exact } from "../../lib/money";
import { choose, freeKey, groupsOf, regroup, without } from "../../lib/options";
import { totals } from "../../lib/totals";
import { Card } from "../shared/card";
import { Tag } from "../shared/tag";

interface OptionsProps {
  options: QuoteOption[];
  currency: string;
  locked: boolean;
  /** Where some more pieces would cost less. */
  hints: string[];
  set: (options: QuoteOption[]) => void;
}

const fresh: QuoteLine = { description: "", quantity: "1", unit: "ea", unit_cost: "0", unit_price: "0", estimate_id: null };

/** `options` holds the base first; it is shown as the lines of the quote, not here. */
export function Options({ options, currency, locked, hints, set }: OptionsProps) {
  const add = () => set([...options, { key: freeKey(options), label: "", kind: { kind: "addition" }, chosen: false, lines: [{ line: fresh, breaks: [] }] }]);
  if (locked && options.length < 2) return null;
  return (
    <Card
      title="Options"
      sub="the chosen ones are in the total; the others are printed with their price"
      right={!locked && <Button size="compact-xs" leftSection={<IconPlus size={13} aria-hidden />} onClick={add}>Add an option</Button>}
    >
      <div className="stack" data-testid="options">
        {options.length < 2 && <p className="dim">None. Add what the customer may take besides, or another way to make a part of it.</p>}
        {options.map((option, at) => at > 0 && <One key={option.key} option={option} at={at} options={options} currency={currency} locked={locked} set={set} />)}
        {hints.map((hint) => (
          <p key={hint} className="dim small">{hint}.</p>
        ))}
      </div>
    </Card>
  );
}

const ADDITION = "\u0000addition";

function One({ option, at, options, currency, locked, set }: Omit<OptionsProps, "hints"> & { option: QuoteOption; at: number }) {
  const change = (next: Partial<QuoteOption>) => set(options.map((one, k) => (k === at ? { ...one, ...next } : one)));
  const lines = (next: OptionLine[]) => change({ lines: next });
  const { kind } = option;
  const amount = totals(option.lines.map(({ line }) => line), "0", currency).subtotal;
  const groups = groupsOf(options);
  const free = `Choice ${String.fromCharCode(65 + groups.length)}`;
  const kinds = [{ value: ADDITION, label: "An addition" }, ...groups.map((group) => ({ value: group, label: `One of ${group}` })), ...(groups.includes(free) ? [] : [{ value: free, label: `One of ${free}` }])];
  const Mark = kind.kind === "alternate" ? Radio : Checkbox;
  const name = option.label === "" ? `option ${at}` : option.label;
  return (
    <div className="q-option">
      <div className="row">
        <Mark aria-label={`Choose ${name}`} checked={option.chosen} disabled={locked} onChange={() => set(choose(options, at))} />
        {locked ? <b className="grow">{option.label}</b> : <TextInput className="grow" aria-label={`Name of option ${at}`} placeholder="Name of the option" value={option.label} onChange={(event) => change({ label: event.currentTarget.value })} />}
        {locked ? kind.kind === "alternate" && <Tag>one of {kind.group}</Tag> : (
          <Select aria-label={`Kind of ${name}`} w={150} allowDeselect={false} value={kind.kind === "alternate" ? kind.group : ADDITION} onChange={(next) => set(regroup(options, at, next === null || next === ADDITION ? null : next))} data={kinds} />
        )}
        <span className="num">{exact(amount)}</span>
        {!locked && <ActionIcon size="sm" aria-label={`Remove ${name}`} onClick={() => set(without(options, at))}><IconTrash size={14} /></ActionIcon>}
      </div>
      {option.lines.map((line, k) => (
        <Line key={`line ${k}`} of={line} named={`${name}, line ${k + 1}`} locked={locked} set={(next) => lines(next ? option.lines.map((one, j) => (j === k ? next : one)) : option.lines.filter((_, j) => j !== k))} />
      ))}
      {!locked && <Button size="compact-xs" onClick={() => lines([...option.lines, { line: fresh, breaks: [] }])}>Add a line</Button>}
    </div>
  );
}

interface LineProps {
  of: OptionLine;
  named: string;
  locked: boolean;
  /** `null` takes it away. */
  set: (line: OptionLine | null) => void;
}

function Line({ of, named, locked, set }: LineProps) {
  const { line, breaks } = of;
  if (locked) {
    return (
      <div className="dim">
        {line.description}: {line.quantity} {line.unit} at {line.unit_price}
        {breaks.map((one) => `, from ${one.from} at ${one.unit_price}`)}
      </div>
    );
  }
  const change = (next: Partial<QuoteLine>) => set({ line: { ...line, ...next }, breaks });
  const rebreak = (at: number, next: Partial<QuantityBreak>) => set({ line, breaks: breaks.map((one, k) => (k === at ? { ...one, ...next } : one)) });
  const last = breaks.at(-1);
  const another: QuantityBreak = { from: String(2 * Number(last?.from ?? line.quantity) || 2), unit_cost: last?.unit_cost ?? line.unit_cost, unit_price: last?.unit_price ?? line.unit_price };
  return (
    <>
      <div className="q-option-line">
        <TextInput aria-label={`What of ${named}`} placeholder="What" value={line.description} onChange={(event) => change({ description: event.currentTarget.value })} />
        <TextInput aria-label={`Quantity of ${named}`} className="right" inputMode="decimal" value={line.quantity} onChange={(event) => change({ quantity: event.currentTarget.value })} />
        <TextInput aria-label={`Cost of one of ${named}`} className="right" inputMode="decimal" leftSection={<span className="dim small">cost</span>} leftSectionWidth={36} value={line.unit_cost} onChange={(event) => change({ unit_cost: event.currentTarget.value })} />
        <TextInput aria-label={`Price of one of ${named}`} className="right" inputMode="decimal" leftSection={<span className="dim small">price</span>} leftSectionWidth={36} value={line.unit_price} onChange={(event) => change({ unit_price: event.currentTarget.value })} />
        <Button size="compact-xs" title="a price from a quantity on" onClick={() => set({ line, breaks: [...breaks, another] })}>break</Button>
        <ActionIcon size="sm" aria-label={`Remove ${named}`} onClick={() => set(null)}><IconTrash size={14} /></ActionIcon>
      </div>
      {breaks.map((one, k) => (
        <div key={`break ${k}`} className="q-option-line">
          <span className="dim" style={{ textAlign: "right" }}>from</span>
          <TextInput aria-label={`From of break ${k + 1} of ${named}`} className="right" inputMode="decimal" value={one.from} onChange={(event) => rebreak(k, { from: event.currentTarget.value })} />
          <TextInput aria-label={`Cost of break ${k + 1} of ${named}`} className="right" inputMode="decimal" leftSection={<span className="dim small">cost</span>} leftSectionWidth={36} value={one.unit_cost} onChange={(event) => rebreak(k, { unit_cost: event.currentTarget.value })} />
          <TextInput aria-label={`Price of break ${k + 1} of ${named}`} className="right" inputMode="decimal" leftSection={<span className="dim small">price</span>} leftSectionWidth={36} value={one.unit_price} onChange={(event) => rebreak(k, { unit_price: event.currentTarget.value })} />
          <span />
          <ActionIcon size="sm" aria-label={`Remove break ${k + 1} of ${named}`} onClick={() => set({ line, breaks: breaks.filter((_, j) => j !== k) })}><IconTrash size={14} /></ActionIcon>
        </div>
      ))}
    </>
  );
}
