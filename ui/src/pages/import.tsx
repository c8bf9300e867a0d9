import "../components/import/import.css";

import { Button, SegmentedControl } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { chooseAndImport } from "../api/files";
import { useImport, useImports, useReviews, useSummary, useTasks } from "../api/queries";
import type { Import as Imported, ImportDetail, TaskState } from "../api/types";
import { FileList, nameOf, outcomeOf, standingFor, toneOf } from "../components/import/file-list";
import { PageView } from "../components/import/page-view";
import { RejectList } from "../components/import/reject-list";
import { isTableFile } from "../components/import/tables";
import { TableView } from "../components/import/table-view";
import { Unlock } from "../components/import/unlock";
import { ValuesPanel } from "../components/import/values-panel";
import { Card } from "../components/shared/card";
import { failed } from "../components/shared/notify";
import { Start } from "../components/shared/start";
import { Empty, Loading, Problem, Shown } from "../components/shared/states";
import { Tag } from "../components/shared/tag";
import { Page } from "../components/shell/page";
import { TaskProgress } from "../components/shell/tasks";
import { count, counted } from "../lib/numbers";

const route = getRouteApi("/import");

export function Import() {
  const { id, view } = route.useSearch();
  const navigate = route.useNavigate();
  const running = useRunning();
  const imports = useImports(running.length > 0);
  const all = imports.data ?? [];
  const unlocked = new Map(all.flatMap((one) => [standingFor(one, all)].flatMap((by) => (by ? [[one.id, by.id] as const] : []))));
  const shown = all.filter((one) => !unlocked.has(one.id));
  const chosen = id === undefined ? shown[0]?.id : (unlocked.get(id) ?? id);
  const show = (next: { id?: number; view?: "rejects" }) => void navigate({ search: next });
  return (
    <Page
      title="Import"
      crumb={imports.data && counted(shown.length, "file")}
      fixed
      actions={<Actions view={view} show={show} imports={shown} />}
    >
      <div style={{ display: "grid", gridTemplateRows: "auto minmax(0, 1fr)", minHeight: 0 }}>
        <Running tasks={running} />
        {view === "rejects" ? (
          <RejectList open={(importId) => show({ id: importId })} />
        ) : (
          <Shown query={imports} height="100%">
            {() => (shown.length === 0 ? running.length > 0 ? <Reading /> : <Nothing /> : <Files list={shown} id={chosen ?? null} show={show} />)}
          </Shown>
        )}
      </div>
    </Page>
  );
}

interface ActionsProps {
  view: "rejects" | undefined;
  show: (next: { view?: "rejects" }) => void;
  imports: Imported[];
}

function Actions({ view, show, imports }: ActionsProps) {
  const navigate = useNavigate();
  const reviews = useReviews(false).data;
  const refused = useSummary().data?.open_rejects ?? 0;
  const read = imports.filter((one) => toneOf(one) === "good").length;
  const doubtful = imports.filter((one) => toneOf(one) === "warn").length;
  const failures = imports.length - read - doubtful;
  return (
    <>
      {read > 0 && <Tag tone="good">{count(read)} read</Tag>}
      {doubtful > 0 && <Tag tone="warn">{count(doubtful)} to look at</Tag>}
      {failures > 0 && <Tag tone="bad">{count(failures)} not read</Tag>}
      <SegmentedControl
        value={view ?? "files"}
        onChange={(chosen) => (chosen === "review" ? void navigate({ to: "/import/review" }) : show(chosen === "rejects" ? { view: "rejects" } : {}))}
        data={[
          { value: "files", label: "Files" },
          { value: "review", label: `To check · ${count((reviews?.waiting ?? 0) + (reviews?.unknown ?? 0))}` },
          { value: "rejects", label: `Refused · ${count(refused)}` },
        ]}
        aria-label="Files, documents to check or refused values"
      />
      <Button variant="filled" onClick={() => void chooseAndImport().catch(failed)}>
        Import files
      </Button>
    </>
  );
}

function useRunning(): TaskState[] {
  return (useTasks().data ?? []).filter((task) => task.state === "running" && task.title.toLowerCase().includes("import"));
}

function Running({ tasks }: { tasks: TaskState[] }) {
  if (tasks.length === 0) return <span />;
  return (
    <div className="card" style={{ padding: "10px 14px", marginBottom: 14 }}>
      {tasks.map((task) => (
        <TaskProgress key={task.id} task={task} />
      ))}
    </div>
  );
}

function Reading() {
  return (
    <Empty icon={IconDownload} title="Reading your files">
      Each appears here when it is in. You may go on working; the progress stays in the title bar.
    </Empty>
  );
}

function Nothing() {
  return (
    <Start icon={IconDownload} title="Nothing imported yet">
      Drop the files you already have: printed cost summaries and vendor bills as PDF, lists from your ERP and CRM as CSV or XLSX. Each value keeps
      the file and place it came from.
    </Start>
  );
}

function Files({ list, id, show }: { list: Imported[]; id: number | null; show: (next: { id?: number }) => void }) {
  const detail = useImport(id);
  return (
    <div className="imports">
      <FileList imports={list} chosen={id} choose={(chosen) => show({ id: chosen })} />
      {detail.data ? <Detail key={id} detail={detail.data} /> : detail.error ? <Problem error={detail.error} /> : <Loading height="100%" />}
    </div>
  );
}

function Detail({ detail }: { detail: ImportDetail }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const record = detail.records.find((one) => chosen === one.key || chosen?.startsWith(`${one.key}/`)) ?? detail.records[0];
  return (
    <>
      <Middle detail={detail} chosen={chosen} record={record?.key ?? null} choose={setChosen} />
      <ValuesPanel detail={detail} record={record} chosen={chosen} choose={setChosen} />
    </>
  );
}

function Middle({ detail, chosen, record, choose }: { detail: ImportDetail; chosen: string | null; record: string | null; choose: (key: string) => void }) {
  if (detail.import.state === "needs_password") return <Unlock detail={detail} />;
  if (detail.page_sizes.length > 0) return <PageView detail={detail} chosen={chosen} choose={choose} />;
  if (detail.records.length === 0 && !isTableFile(detail.import.file_name)) {
    return (
      <Card>
        <Empty icon={IconDownload} title={nameOf(detail.import.file_name)}>
          {outcomeOf(detail.import)}. The file is kept; at the right is why.
        </Empty>
      </Card>
    );
  }
  return <TableView detail={detail} chosen={record} choose={choose} />;
}
