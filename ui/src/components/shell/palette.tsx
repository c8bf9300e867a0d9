/** Ctrl K: go anywhere, do anything, find a job or a quote. */
import { useMantineColorScheme } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight } from "@mantine/spotlight";
import { IconDownload, IconFileText, IconList, IconMoon, IconSchool, IconSearch, type TablerIcon } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, type ReactNode, useState } from "react";

import { useCommand } from "../../api/commands";
import { chooseAndImport } from "../../api/files";
import { everyJob, jobPage, useQuotes } from "../../api/queries";
import { failed } from "../shared/notify";
import { areas } from "./areas";

interface Entry {
  id: string;
  label: string;
  detail: string;
  /** What opens it without the palette. */
  keys?: string;
  icon: TablerIcon;
  act: () => void;
}

export function Palette() {
  const [query, setQuery] = useState("");
  const [asked] = useDebouncedValue(query.trim(), 150);
  const found = useFound(asked);
  const matching = useEntries().filter(({ label }) => label.toLowerCase().includes(query.trim().toLowerCase()));
  return (
    <Spotlight.Root query={query} onQueryChange={setQuery} shortcut="mod+K" scrollable maxHeight="min(560px, 70vh)" centered={false} yOffset="12vh" overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}>
      <Spotlight.Search placeholder="Search or do anything" aria-label="Search or do anything" onKeyDown={firstOnEnter} leftSection={<IconSearch size={16} aria-hidden />} />
      <Spotlight.ActionsList>
        <Group label="Go to and do" entries={matching} />
        <Group label="Jobs" entries={found.jobs} />
        <Group label="Quotes" entries={found.quotes} />
        {matching.length + found.jobs.length + found.quotes.length === 0 && (
          <Spotlight.Empty>Nothing is called that. Try a work order, a customer or an area.</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** Enter takes the first of what was found when no other was chosen by the arrows. */
function firstOnEnter(event: KeyboardEvent) {
  const list = document.querySelector(".mantine-Spotlight-actionsList");
  if (event.key !== "Enter" || event.nativeEvent.isComposing || list?.querySelector("[data-selected]")) return;
  list?.querySelector<HTMLElement>("[data-action]")?.click();
}

function Group({ label, entries }: { label: string; entries: Entry[] }): ReactNode {
  if (entries.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={label}>
      {entries.map(({ id, label, detail, keys, icon: Icon, act }) => (
        <Spotlight.Action key={id} onClick={act}>
          <Icon size={16} stroke={1.6} className="dim" aria-hidden />
          <span className="found">
            {label} {detail && <span className="dim">{detail}</span>}
          </span>
          {keys && <span className="k">{keys}</span>}
        </Spotlight.Action>
      ))}
    </Spotlight.ActionsGroup>
  );
}

function useEntries(): Entry[] {
  const navigate = useNavigate();
  const { toggleColorScheme } = useMantineColorScheme();
  const train = useCommand("start_training", ["tasks"]);
  const choose = () => void chooseAndImport().then((begun) => begun && navigate({ to: "/import" })).catch(failed);
  return [
    ...areas.map(({ name, to, icon, digit }) => ({ id: to, label: name, detail: "", keys: `Alt ${digit}`, icon, act: () => void navigate({ to }) })),
    { id: "import", label: "Import files…", detail: "PDF, CSV, XLSX", icon: IconDownload, act: choose },
    { id: "train", label: "Train a new model", detail: "from your finished jobs", icon: IconSchool, act: () => train.mutate({ budget: null }, { onError: failed }) },
    { id: "theme", label: "Switch light and dark", detail: "", icon: IconMoon, act: toggleColorScheme },
  ];
}

function useFound(asked: string): { jobs: Entry[]; quotes: Entry[] } {
  const navigate = useNavigate();
  const searching = asked.length >= 2;
  const { data: jobs } = useQuery({ ...jobPage({ ...everyJob, search: asked }, 0), enabled: searching });
  const { data: quotes } = useQuotes(searching ? asked : "", null, false);
  if (!searching) return { jobs: [], quotes: [] };
  return {
    jobs: (jobs?.jobs ?? []).slice(0, 6).map((job) => ({
      id: `job-${job.id}`,
      label: `${job.work_order ?? job.quote_number ?? "Job"} ${job.customer ?? ""}`,
      detail: job.description ?? "",
      icon: IconList,
      act: () => void navigate({ to: "/jobs", search: { job: job.id } }),
    })),
    quotes: (quotes?.quotes ?? []).slice(0, 4).map((quote) => ({
      id: `quote-${quote.id}`,
      label: `${quote.number} ${quote.customer}`,
      detail: quote.title,
      icon: IconFileText,
      act: () => void navigate({ to: "/quotes/$id", params: { id: String(quote.id) } }),
    })),
  };
}
