import { ActionIcon, Button, SegmentedControl, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { useWorkedOutRates } from "../../api/queries";
import type { BurdenedRates, DepartmentHours, MonthlyCosts } from "../../api/types";
import { fromPercent, parse, toMoney, toPercent } from "../../lib/decimal";
import { major, symbolOf, whole } from "../../lib/money";
import { count } from "../../lib/numbers";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";
import { Problem } from "../shared/states";

/** From what the shop pays in a month and the hours it can charge to what an hour costs. */
export function Month({ start, own }: { start: MonthlyCosts; own: boolean }) {
  const [month, setMonth] = useState(start);
  const [settled] = useDebouncedValue(month, 250);
  const worked = useWorkedOutRates(settled);
  const saving = useCommand("save_burdened_rates", ["costs", "assemblies", "estimate"]);
  const change = (next: Partial<MonthlyCosts>) => setMonth({ ...month, ...next });
  const save = () => saving.mutate({ month }, { onSuccess: () => done("Every estimate that is built up uses them from now on.", "Rates saved"), onError: failed });
  return (
    <Card title="Work the rates out" sub={own ? "from the month that you gave" : "from what a month costs: type your own figures"} right={<Button size="compact-sm" variant="filled" loading={saving.isPending} disabled={worked.data === undefined || worked.error !== null || month.overhead.every(({ amount }) => amount.minor === 0)} onClick={save}>Take these rates</Button>}>
      <div className="stack">
        <Overhead month={month} change={change} />
        <Departments month={month} change={change} worked={worked.data} />
        {worked.error && <Problem error={worked.error} />}
        {worked.data && (
          <p className="dim small">
            The month costs {whole(worked.data.cost)}, overhead of {whole(worked.data.overhead)} included; sold at cost, {count(Math.round(Number(worked.data.hours)))} hours bring in {whole(worked.data.recovered)}.
          </p>
        )}
      </div>
    </Card>
  );
}

type Part = { month: MonthlyCosts; change: (next: Partial<MonthlyCosts>) => void };

function Overhead({ month, change }: Part) {
  const put = (at: number, next: Partial<MonthlyCosts["overhead"][number]>) => change({ overhead: month.overhead.map((one, k) => (k === at ? { ...one, ...next } : one)) });
  return (
    <div className="stack tight">
      <div className="row">
        <b className="grow">Paid each month, whatever is made</b>
        <Button size="compact-xs" leftSection={<IconPlus size={13} aria-hidden />} onClick={() => change({ overhead: [...month.overhead, { name: "", amount: { minor: 0, currency: month.currency } }] })}>Add</Button>
      </div>
      {month.overhead.map((one, at) => (
        <div key={`overhead ${at}`} className="row">
          <TextInput className="grow" aria-label={`Overhead ${at + 1}`} value={one.name} onChange={(event) => put(at, { name: event.currentTarget.value })} />
          <Amount label={`Amount of ${one.name}`} value={one.amount.minor === 0 ? "" : String(major(one.amount))} currency={month.currency} set={(text) => { const read = parse(text); put(at, { amount: read ? toMoney(read, month.currency) : { minor: 0, currency: month.currency } }); }} />
          <ActionIcon size="sm" aria-label={`Remove ${one.name}`} onClick={() => change({ overhead: month.overhead.filter((_, k) => k !== at) })}>
            <IconTrash size={14} />
          </ActionIcon>
        </div>
      ))}
      <div className="row wrap">
        <span className="ink-2">Taxes and benefits on wages</span>
        <TextInput aria-label="Taxes and benefits on wages" w={86} inputMode="decimal" defaultValue={toPercent(month.payroll)} onChange={(event) => { const share = fromPercent(event.currentTarget.value); if (share) change({ payroll: share }); }} rightSection={<span className="dim">%</span>} />
        <span className="grow" />
        <SegmentedControl aria-label="How overhead is spread" data={[{ value: "by_hours", label: "Overhead by hours" }, { value: "by_wages", label: "by wages" }]} value={month.spread} onChange={(spread) => change({ spread: spread as MonthlyCosts["spread"] })} />
      </div>
    </div>
  );
}

function Departments({ month, change, worked }: Part & { worked: BurdenedRates | undefined }) {
  const put = (at: number, next: Partial<DepartmentHours>) => change({ departments: month.departments.map((one, k) => (k === at ? { ...one, ...next } : one)) });
  return (
    <div className="scroll-x">
      <table className="grid month">
        <thead>
          <tr>
            <th>Department</th>
            <th className="num">People</th>
            <th className="num">Wage an hour</th>
            <th className="num" title="of one person in a month">Paid hours</th>
            <th className="num" title="the share of paid hours that goes into jobs">Chargeable</th>
            <th className="num" title="estimated hours that are done in an hour on a job">Efficiency</th>
            <th className="num">Costs an hour</th>
          </tr>
        </thead>
        <tbody>
          {month.departments.map((one, at) => {
            const rate = worked?.departments.find(({ code }) => code === one.code);
            const steps = rate?.steps.map(({ label, how, value }) => `${label}: ${how} = ${value}`).join("\n");
            return (
              <tr key={one.code}>
                <td>{one.name} <span className="dim">{one.code}</span></td>
                <td><Figure label={`People in ${one.name}`} value={one.people} set={(people) => put(at, { people })} /></td>
                <td><Figure label={`Wage in ${one.name}`} value={one.wage} set={(wage) => put(at, { wage })} /></td>
                <td><Figure label={`Paid hours in ${one.name}`} value={one.paid_hours} set={(paid_hours) => put(at, { paid_hours })} /></td>
                <td><Figure label={`Chargeable in ${one.name}`} value={toPercent(one.chargeable)} percent set={(typed) => put(at, { chargeable: fromPercent(typed) ?? one.chargeable })} /></td>
                <td><Figure label={`Efficiency in ${one.name}`} value={toPercent(one.efficiency)} percent set={(typed) => put(at, { efficiency: fromPercent(typed) ?? one.efficiency })} /></td>
                <td className="num" title={steps}><b>{rate ? `${symbolOf(month.currency)}${rate.rate}` : "–"}</b></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Figure({ label, value, percent = false, set }: { label: string; value: string; percent?: boolean; set: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const wrong = parse(typed) === null;
  return <TextInput aria-label={label} className="right" inputMode="decimal" value={typed} error={wrong} rightSection={percent ? <span className="dim">%</span> : undefined} onChange={(event) => { setTyped(event.currentTarget.value); if (parse(event.currentTarget.value) !== null) set(event.currentTarget.value.replaceAll(",", "")); }} />;
}

function Amount({ label, value, currency, set }: { label: string; value: string; currency: string; set: (text: string) => void }) {
  const [typed, setTyped] = useState(value);
  return <TextInput aria-label={label} w={130} className="right" inputMode="decimal" leftSection={<span className="dim">{symbolOf(currency).trim()}</span>} value={typed} placeholder="0" error={typed !== "" && parse(typed) === null} onChange={(event) => { setTyped(event.currentTarget.value); set(event.currentTarget.value); }} />;
}
