/** Turning pages and looking closer, by mouse and by key. */
import { ActionIcon, Tooltip } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconArrowsHorizontal, IconChevronDown, IconChevronUp, IconCrop, IconMinus, IconPlus, type TablerIcon } from "@tabler/icons-react";
import { type RefObject, useEffect, useState } from "react";

export interface Shown {
  /** 1 fits the width. */
  zoom: number;
  /** The whole page, or only the part with words. */
  whole: boolean;
}

interface PaperToolsProps {
  pages: number;
  scroller: RefObject<HTMLDivElement | null>;
  shown: Shown;
  show: (next: Shown) => void;
}

const STEPS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 2.5, 3, 4];

/** By its place on the keyboard: with Option, a Mac gives other characters. Other keyboards have these characters elsewhere. */
const PLACE = { usePhysicalKeys: true };

export function PaperTools({ pages, scroller, shown, show }: PaperToolsProps) {
  const page = useSeen(scroller);
  const turn = (by: number) => {
    const next = Math.min(pages, Math.max(1, page + by));
    scroller.current?.querySelector(`[data-page="${next}"]`)?.scrollIntoView({ block: "start", behavior: "smooth" });
  };
  const zoomIn = () => show({ ...shown, zoom: STEPS.find((step) => step > shown.zoom) ?? shown.zoom });
  const zoomOut = () => show({ ...shown, zoom: STEPS.findLast((step) => step < shown.zoom) ?? shown.zoom });
  const fit = () => show({ ...shown, zoom: 1 });
  useHotkeys(
    [
      ["alt+PageDown", () => turn(1)],
      ["alt+PageUp", () => turn(-1)],
      ["alt+Equal", zoomIn, PLACE],
      ["alt+Minus", zoomOut, PLACE],
      ["alt+Digit0", fit, PLACE],
      ["alt+[plus]", (event) => event.code !== "Equal" && zoomIn()],
      ["alt+-", (event) => event.code !== "Minus" && zoomOut()],
    ],
    [],
  );
  return (
    <div className="paper-tools" role="toolbar" aria-label="The page">
      {pages > 1 && (
        <>
          <Tool name="Previous page" keys="Alt Page up" icon={IconChevronUp} act={() => turn(-1)} disabled={page <= 1} />
          <span className="num small">
            {page} of {pages}
          </span>
          <Tool name="Next page" keys="Alt Page down" icon={IconChevronDown} act={() => turn(1)} disabled={page >= pages} />
        </>
      )}
      <span className="grow" />
      <Tool name="Only the part with words" icon={IconCrop} act={() => show({ ...shown, whole: !shown.whole })} on={!shown.whole} />
      <Tool name="Zoom out" keys="Alt −" icon={IconMinus} act={zoomOut} disabled={shown.zoom <= (STEPS[0] ?? 0)} />
      <span className="num small paper-zoom">{Math.round(shown.zoom * 100)} %</span>
      <Tool name="Zoom in" keys="Alt +" icon={IconPlus} act={zoomIn} disabled={shown.zoom >= (STEPS.at(-1) ?? 1)} />
      <Tool name="Fit the width" keys="Alt 0" icon={IconArrowsHorizontal} act={fit} disabled={shown.zoom === 1} />
    </div>
  );
}

interface ToolProps {
  name: string;
  keys?: string;
  icon: TablerIcon;
  act: () => void;
  disabled?: boolean;
  /** Of a button that stays pressed: whether it is. */
  on?: boolean;
}

function Tool({ name, keys, icon: Icon, act, disabled = false, on }: ToolProps) {
  return (
    <Tooltip label={keys ? `${name} (${keys})` : name} openDelay={400}>
      {/* The field keeps the keyboard. */}
      <ActionIcon variant={on ? "light" : "subtle"} size="sm" aria-label={name} aria-pressed={on} disabled={disabled} onMouseDown={(event) => event.preventDefault()} onClick={act}>
        <Icon size={15} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

/** The page that takes the middle of what is seen. */
function useSeen(scroller: RefObject<HTMLDivElement | null>): number {
  const [page, setPage] = useState(1);
  useEffect(() => {
    const frame = scroller.current;
    if (!frame) return;
    const look = () => {
      const middle = frame.getBoundingClientRect().top + frame.clientHeight / 3;
      const all = [...frame.querySelectorAll<HTMLElement>("[data-page]")];
      const seen = all.findLast((one) => one.getBoundingClientRect().top <= middle) ?? all[0];
      setPage(Number(seen?.dataset.page ?? 1));
    };
    look();
    frame.addEventListener("scroll", look, { passive: true });
    return () => frame.removeEventListener("scroll", look);
  }, [scroller]);
  return page;
}
