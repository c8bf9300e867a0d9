import "../components/costs/costs.css";

import { SegmentedControl } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";

import { Assemblies } from "../components/costs/assemblies";
import { Prices } from "../components/costs/prices";
import { Rates } from "../components/costs/rates";
import { Page } from "../components/shell/page";
import type { CostsView } from "../router";

const route = getRouteApi("/costs");
const views: { value: CostsView; label: string }[] = [
  { value: "assemblies", label: "Assemblies" },
  { value: "prices", label: "Prices" },
  { value: "rates", label: "Hourly rates" },
];

/** What signs are built up from, and what things and hours cost. */
export function CostsPage() {
  const { view = "assemblies", id } = route.useSearch();
  const navigate = route.useNavigate();
  const show = (next: CostsView) => void navigate({ search: next === "assemblies" ? {} : { view: next } });
  return (
    <Page title="Costs" fixed={view === "assemblies"} crumb={<SegmentedControl aria-label="What to show" data={views} value={view} onChange={(next) => show(next as CostsView)} />}>
      {view === "assemblies" && <Assemblies id={id ?? null} open={(chosen) => void navigate({ search: { id: chosen } })} />}
      {view === "prices" && <Prices />}
      {view === "rates" && <Rates />}
    </Page>
  );
}
