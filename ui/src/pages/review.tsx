import "../components/review/review.css";

import { Button, SegmentedControl } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconCircleCheck } from "@tabler/icons-react";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";

import { useCommand } from "../api/commands";
import { useReview, useReviews, useShowReview, useSummary } from "../api/queries";
import type { Review as Reviewed, ReviewPage } from "../api/types";
import { Desk } from "../components/review/desk";
import { ACCEPTED, shown } from "../components/review/focus";
import { keyOf, nextOpen } from "../components/review/records";
import { AcceptCertain, ReviewList } from "../components/review/review-list";
import { done, failed } from "../components/shared/notify";
import { Loading, Problem, Shown } from "../components/shared/states";
import { Start } from "../components/shared/start";
import { Page } from "../components/shell/page";
import { count, counted } from "../lib/numbers";

const route = getRouteApi("/import/review");

/** Documents beside a person: what is doubtful is corrected, what is certain is accepted, and the layout is learned. */
export function Review() {
  const { document, record, all } = route.useSearch();
  const navigate = route.useNavigate();
  const reviews = useReviews(all === true);
  const chosen = document ?? reviews.data?.documents[0]?.sha256 ?? null;
  const review = useReview(chosen, record ?? null);
  const show = useShowReview();
  // The address names what is open, so that it stays open when the list changes.
  useEffect(() => {
    if (!document && chosen) void navigate({ search: (before) => ({ ...before, document: chosen }), replace: true });
  }, [document, chosen, navigate]);
  const choose = (sha256: string) => void navigate({ search: (before) => ({ ...before, document: sha256, record: undefined }) });
  const turn = (key: string) => void navigate({ search: (before) => ({ ...before, record: key }) });
  // A bidder whose name was corrected has another key from then on.
  const keep = (after: Reviewed) => {
    show(after, record ?? null);
    const key = keyOf(after.records, after.shown);
    if (key !== (record ?? null)) void navigate({ search: (before) => ({ ...before, record: key ?? undefined }), replace: true });
  };
  const showAll = (wanted: boolean) => void navigate({ search: wanted ? { all: true } : {} });
  const goOn = (page: ReviewPage | undefined) => {
    const rest = page?.documents.filter(({ sha256, state }) => sha256 !== chosen && state !== "confirmed") ?? [];
    void navigate({ search: (before) => ({ ...before, document: rest[0]?.sha256, record: undefined }) });
  };
  const confirm = useConfirm(review.data, keep, turn, () => goOn(reviews.data));
  useHotkeys([["mod+Enter", () => confirm.act(false)]], []);
  return (
    <Page
      title="Import"
      crumb={reviews.data && `${counted(reviews.data.waiting + reviews.data.unknown, "document")} to check`}
      fixed
      actions={
        <>
          <Views />
          {reviews.data?.documents.some(({ sha256 }) => sha256 === chosen) && <Accept review={review.data} confirm={confirm} />}
        </>
      }
    >
      <Shown query={reviews} height="100%">
        {({ documents, certain }) =>
          documents.length === 0 ? (
            <Start icon={IconCircleCheck} title="Nothing to check">
              Every document that came in is certain or confirmed. New ones with values that wait appear here.{" "}
              {all !== true && (
                <Button variant="subtle" size="compact-sm" onClick={() => showAll(true)}>
                  Show all documents
                </Button>
              )}
              <AcceptCertain certain={certain} />
            </Start>
          ) : (
            <div className="review">
              <ReviewList documents={documents} chosen={chosen} choose={choose} all={all === true} showAll={showAll} certain={certain} />
              {review.data ? (
                <Desk key={chosen} review={review.data} leave={() => confirm.act(true)} keep={keep} turn={turn} />
              ) : review.error ? (
                <Problem error={review.error} />
              ) : (
                <Loading height="100%" />
              )}
            </div>
          )
        }
      </Shown>
    </Page>
  );
}

function Views() {
  const navigate = useNavigate();
  const refused = useSummary().data?.open_rejects ?? 0;
  const reviews = useReviews(false).data;
  const open = (view: string) => {
    if (view === "files") void navigate({ to: "/import" });
    if (view === "rejects") void navigate({ to: "/import", search: { view: "rejects" } });
  };
  return (
    <SegmentedControl
      value="review"
      onChange={open}
      data={[
        { value: "files", label: "Files" },
        { value: "review", label: `To check · ${count((reviews?.waiting ?? 0) + (reviews?.unknown ?? 0))}` },
        { value: "rejects", label: `Refused · ${count(refused)}` },
      ]}
      aria-label="Files, documents to check or refused values"
    />
  );
}

interface Confirm {
  /** `all` also what waits, because a person has looked at it; `whole` all bidders of the document at once. */
  act: (all: boolean, whole?: boolean) => void;
  pending: boolean;
}

function useConfirm(review: Reviewed | undefined, keep: (after: Reviewed) => void, turn: (record: string) => void, goOn: () => void): Confirm {
  const confirm = useCommand("confirm_document", ["reviews", "imports", "jobs", "rejects", "summary"]);
  const act = (all: boolean, whole = false) => {
    if (!review) return;
    const finished = (after: Reviewed) => {
      keep(after);
      const next = after.records[after.shown]?.confirmed ? nextOpen(after.records, after.shown) : null;
      if (after.state !== "confirmed" && next && !whole) turn(next.key);
      if (after.state !== "confirmed") return;
      if (after.layout) done(`${after.layout.name}, learned from ${counted(after.layout.examples, "document")}`, "Confirmed");
      goOn();
    };
    confirm.mutate({ sha256: review.sha256, all, record: whole ? null : keyOf(review.records, review.shown) }, { onSuccess: finished, onError: failed });
  };
  return { act, pending: confirm.isPending };
}

/** The next thing to do: accept what is certain, or, when nothing waits, confirm the document. */
function Accept({ review, confirm }: { review: Reviewed | undefined; confirm: Confirm }) {
  if (!review || review.kind === null) return null;
  const certain = shown(review).filter(({ value }) => value !== null && value.confidence >= ACCEPTED && value.confidence < 1).length;
  const several = review.records.length > 1;
  const here = review.records[review.shown];
  const waiting = several ? (here?.waiting ?? 0) : review.waiting;
  if (review.state === "confirmed" && certain === 0) return null;
  return (
    <>
      {several && review.waiting === 0 && (
        <Button loading={confirm.pending} onClick={() => confirm.act(false, true)} title="Nothing waits in any of them">
          Confirm all {count(review.records.length)} bidders
        </Button>
      )}
      {waiting > 0 && review.key !== null && (
        <Button onClick={() => confirm.act(true)} title="Also what is marked: you have looked at it">
          All of it is right
        </Button>
      )}
      <Button variant="filled" loading={confirm.pending} disabled={(waiting > 0 && certain === 0) || (several && here?.confirmed === true)} onClick={() => confirm.act(false)} title="Ctrl Enter">
        {waiting > 0 ? `Accept certain · ${count(certain)}` : "Confirm and go on"}
      </Button>
    </>
  );
}
