import "../components/quotes/quotes.css";

import { Chip, SegmentedControl } from "@mantine/core";
import { IconFileText } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";

import { useQuotes } from "../api/queries";
import type { QuoteStatus } from "../api/types";
import { ExportMenu } from "../components/quotes/export";
import { NewQuote } from "../components/quotes/new-quote";
import { QuoteTable } from "../components/quotes/quote-table";
import { Outbox } from "../components/sending/outbox";
import { Card } from "../components/shared/card";
import { SearchBox } from "../components/shared/search-box";
import { Empty, Shown } from "../components/shared/states";
import { Page } from "../components/shell/page";
import { counted } from "../lib/numbers";
import { quoteStatus } from "../lib/words";

const route = getRouteApi("/quotes");

export function Quotes() {
  const { search = "", status, due = false } = route.useSearch();
  const go = route.useNavigate();
  const quotes = useQuotes(search, status ?? null, due);
  return (
    <Page
      title="Quotes"
      crumb={quotes.data && counted(quotes.data.total, "quote")}
      actions={
        <>
          <ExportMenu />
          <NewQuote />
        </>
      }
    >
      <div className="quotes">
        <div className="stack">
          <div className="row wrap">
            <SearchBox search={search} label="Search quotes" hint="Number, customer, title, tag, note" change={(text) => void go({ search: (before) => ({ ...before, search: text || undefined }), replace: true })} />
            <SegmentedControl
              aria-label="Status"
              value={status ?? "all"}
              onChange={(chosen) => void go({ search: (before) => ({ ...before, status: chosen === "all" ? undefined : (chosen as QuoteStatus) }), replace: true })}
              data={[{ value: "all", label: "All" }, ...Object.entries(quoteStatus).map(([value, { label }]) => ({ value, label }))]}
            />
            <Chip checked={due} size="xs" onChange={(only) => void go({ search: (before) => ({ ...before, due: only || undefined }), replace: true })}>To follow up</Chip>
          </div>
          <Shown query={quotes} height={260}>
            {(page) => (page.total > 0 ? <QuoteTable quotes={page.quotes} /> : <Nothing filtered={search !== "" || status !== undefined || due} />)}
          </Shown>
        </div>
        <Outbox />
      </div>
    </Page>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  return (
    <Card>
      {filtered ? (
        <Empty icon={IconFileText} title="No quote is like that">
          Take the filter away, or search by number, customer or title.
        </Empty>
      ) : (
        <Empty icon={IconFileText} title="No quotes yet" action={<NewQuote />}>
          A quote starts from an estimate: say what is being made, look at what it will cost, then choose “Make quote”. Or begin it from a finished job.
        </Empty>
      )}
    </Card>
  );
}
