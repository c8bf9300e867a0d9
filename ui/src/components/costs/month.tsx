import { ActionIcon, Button, SegmentedControl, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useMemo, useState } from "react";

import { useCommand } from "../../api/commands";
import { useWorkedOutRates } from "../../api/queries";
import type { BurdenedRates, MonthlyCosts } from "../../api/types";
import { fromPercent, parse } from "../../lib/decimal";
import { major, symbolOf, whole } from "../../lib/money";
import { read, typed, type TypedDepartment, type TypedMonth } from "../../lib/month";
import { count } from "../../lib/numbers";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";
import { Problem } from "../shared/states";

/** From what the shop pays in a month and the hours it can charge to what an hour costs. */
export function Month({ start, own }: { start: MonthlyCosts; own: boolean }) {
  const [month, setMonth] = useState(() => typed(start, major));
  const { currency } = start;
  const [settled] = useDebouncedValue(month, 250);
  const asked = useMemo(() => read(settled, currency), [settled, currency]);
  const worked = useWorkedOutRates(asked);
  const saving = useCommand("save_burdened_rates", ["costs", "assemblies", "estimate"]);
  const change = (next: Partial<TypedMonth>) => setMonth({ ...month, ...next });
  const now = read(month, currency);
  const ready = now !== null && worked.data !== undefined && worked.error === null && now.overhead.some(({ amount }) => amount.minor > 0);
  const save = () => now && saving.mutate({ month: now }, { onSuccess: () => done("Every estimate that is built up uses them from now on.", "Rates saved"), onError: failed });
  return (
    <Card title="Work the rates out" sub={own ? "from the month that you gave" : "type what your own month costs"} right={<Button size="compact-sm" variant="filled" loading={saving.isPending} disabled={!ready} onClick={save}>Take these rates</Button>}>
      <div className="stack">
        <Overhead month={month} currency={currency} change={change} />
        <Departments month={month} currency={currency} change={change} worked={now === null ? undefined : worked.data} />
        {now === null && <p className="bad small">A figure in red cannot be read: write 4,800.50 or 4800.50.</p>}
        {now !== null && worked.error && <Problem error={worked.error} />}
        {now !== null && worked.data && (
          <p className="dim small">
            The month costs {whole(worked.data.cost)}, overhead of {whole(worked.data.overhead)} included; sold at cost, {count(Math.round(Number(worked.data.hours)))} hours bring in {whole(worked.data.recovered)}.
          </p>
        )}
      </div>
    </Card>
  );
}

interface Part {
  month: TypedMonth;
  currency: string;
  change: (next: Partial<TypedMonth>) => void;
}

function Overhead({ month, currency, change }: Part) {
  const put = (id: number, next: Partial<TypedMonth["overhead"][number]>) => change({ overhead: month.overhead.map((one) => (one.id === id ? { ...one, ...next } : one)) });
  const next = 1 + Math.max(0, ...month.overhead.map(({ id }) => id));
  return (
    <div className="stack tight">
      <div className="row">
        <b className="grow">Paid each month, whatever is made</b>
        <Button size="compact-xs" leftSection={<IconPlus size={13} aria-hidden />} onClick={() => change({ overhead: [...month.overhead, { id: next, name: "", amount: "" }] })}>Add</Button>
      </div>
      {month.overhead.map(({ id, name, amount }) => (
        <div key={id} className="row">
          <TextInput className="grow" aria-label="What is paid" value={name} onChange={(event) => put(id, { name: event.currentTarget.value })} />
          <TextInput aria-label={`Amount of ${name}`} w={130} className="right" inputMode="decimal" leftSection={<span className="dim">{symbolOf(currency).trim()}</span>} value={amount} placeholder="0" error={amount !== "" && parse(amount) === null} onChange={(event) => put(id, { amount: event.currentTarget.value })} />
          <ActionIcon size="sm" aria-label={`Remove ${name}`} onClick={() => change({ overhead: month.overhead.filter((one) => one.id !== id) })}>
            <IconTrash size={14} />
          </ActionIcon>
        </div>
      ))}
      <div className="row wrap">
        <span className="ink-2">Taxes and benefits on wages</span>
        <TextInput aria-label="Taxes and benefits on wages" w={86} inputMode="decimal" value={month.payroll} error={fromPercent(month.payroll) === null} onChange={(event) => change({ payroll: event.currentTarget.value })} rightSection={<span className="dim">%</span>} />
        <span className="grow" />
        <SegmentedControl aria-label="How overhead is spread" data={[{ value: "by_hours", label: "Overhead by hours" }, { value: "by_wages", label: "by wages" }]} value={month.spread} onChange={(spread) => change({ spread: spread as MonthlyCosts["spread"] })} />
      </div>
    </div>
  );
}

const figures: { key: keyof TypedDepartment; head: string; title?: string; percent?: boolean }[] = [
  { key: "people", head: "People" },
  { key: "wage", head: "Wage an hour" },
  { key: "paid_hours", head: "Paid hours", title: "of one person in a month" },
  { key: "chargeable", head: "Chargeable", title: "the share of paid hours that goes into jobs", percent: true },
  { key: "efficiency", head: "Efficiency", title: "estimated hours that are done in an hour on a job", percent: true },
];

function Departments({ month, currency, change, worked }: Part & { worked: BurdenedRates | undefined }) {
  const put = (code: string, next: Partial<TypedDepartment>) => change({ departments: month.departments.map((one) => (one.code === code ? { ...one, ...next } : one)) });
  return (
    <div className="scroll-x">
      <table className="grid month">
        <thead>
          <tr>
            <th>Department</th>
            {figures.map(({ key, head, title }) => <th key={key} className="num" title={title}>{head}</th>)}
            <th className="num">Costs an hour</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {month.departments.map((one) => {
            const rate = worked?.departments.find(({ code }) => code === one.code);
            const steps = rate?.steps.map(({ label, how, value }) => `${label}: ${how} = ${value}`).join("\n");
            return (
              <tr key={one.code}>
                <td>{one.name} <span className="dim">{one.code}</span></td>
                {figures.map(({ key, head, percent }) => (
                  <td key={key}>
                    <TextInput aria-label={`${head}, ${one.name}`} className="right" inputMode="decimal" value={one[key]} error={parse(one[key]) === null} rightSection={percent ? <span className="dim">%</span> : undefined} onChange={(event) => put(one.code, { [key]: event.currentTarget.value })} />
                  </td>
                ))}
                <td className="num" title={steps}><b>{rate ? `${symbolOf(currency)}${rate.rate}` : "–"}</b></td>
                <td>
                  <ActionIcon size="sm" aria-label={`Without ${one.name}`} title="We have no such department" onClick={() => change({ departments: month.departments.filter(({ code }) => code !== one.code) })}>
                    <IconTrash size={14} />
                  </ActionIcon>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
