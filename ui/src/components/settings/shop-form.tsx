import { Button, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import type { ShopSettings } from "../../api/types";
import { fromPercent, toPercent } from "../../lib/decimal";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"].map((label, at) => ({ value: String(at + 1), label }));

/** What every new quote starts with. */
export function ShopForm({ settings }: { settings: ShopSettings }) {
  const [edited, setEdited] = useState({ ...settings, tax_rate: toPercent(settings.tax_rate), default_markup: toPercent(settings.default_markup), exclusions: settings.exclusions.join("\n") });
  const saving = useCommand("save_settings", ["settings"]);
  const change = (next: Partial<typeof edited>) => setEdited((before) => ({ ...before, ...next }));
  const [tax_rate, markup] = [fromPercent(edited.tax_rate), fromPercent(edited.default_markup)];
  const save = () => {
    if (!tax_rate || !markup) return;
    const exclusions = edited.exclusions.split("\n").map((line) => line.trim()).filter((line) => line !== "");
    saving.mutate({ ...edited, tax_rate, default_markup: markup, exclusions }, { onSuccess: () => done("", "Settings saved"), onError: failed });
  };
  return (
    <Card title="Shop" sub="what every new quote starts with">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextInput label="Name" required value={edited.name} onChange={(event) => change({ name: event.currentTarget.value })} />
        <Textarea label="Address" autosize minRows={2} value={edited.address} onChange={(event) => change({ address: event.currentTarget.value })} />
        <div className="pair2">
          <TextInput label="Phone" value={edited.phone} onChange={(event) => change({ phone: event.currentTarget.value })} />
          <TextInput label="E-mail" type="email" value={edited.email} onChange={(event) => change({ email: event.currentTarget.value })} />
          <TextInput label="Tax" value={edited.tax_rate} error={tax_rate ? null : "not a number"} rightSection={<span className="dim">%</span>} onChange={(event) => change({ tax_rate: event.currentTarget.value })} />
          <TextInput label="Markup on cost" value={edited.default_markup} error={markup ? null : "not a number"} rightSection={<span className="dim">%</span>} onChange={(event) => change({ default_markup: event.currentTarget.value })} />
          <NumberInput label="Quotes are valid for" value={edited.validity_days} min={1} max={365} onChange={(next) => change({ validity_days: Number(next) })} rightSection={<span className="dim">days</span>} rightSectionWidth={44} />
          <TextInput label="Currency" value={edited.currency} readOnly />
          <Select label="The year begins in" allowDeselect={false} value={String(edited.fiscal_year_starts)} onChange={(next) => change({ fiscal_year_starts: Number(next ?? 1) })} data={months} />
        </div>
        <Textarea label="Terms" placeholder="Empty: the usual terms of the trade are printed" autosize minRows={2} value={edited.terms} onChange={(event) => change({ terms: event.currentTarget.value })} />
        <Textarea label="Not included, one per line" placeholder="Empty: rock, utilities, power to the sign and removal, as usual" autosize minRows={2} value={edited.exclusions} onChange={(event) => change({ exclusions: event.currentTarget.value })} />
        <div className="row">
          <span className="grow" />
          <Button type="submit" variant="filled" loading={saving.isPending} disabled={!tax_rate || !markup}>
            Save
          </Button>
        </div>
      </form>
    </Card>
  );
}
