/**
 * Documents as pictures, by pdf.js: pages are painted and nothing else. Scripts, forms, links and notes of a document are left
 * alone, nothing is fetched but our own files. It is loaded when the first document is opened, not with the application.
 */
import type * as Pdfjs from "pdfjs-dist";
import type { PDFDocumentProxy, PDFWorker } from "pdfjs-dist";
// oxlint-disable-next-line import/default -- an address that the bundler makes
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";

export type Pdf = PDFDocumentProxy;

export interface Opening {
  pdf: Promise<Pdf>;
  /** Ends everything about the document. */
  close: () => void;
}

interface Wanted {
  bytes: Uint8Array<ArrayBuffer>;
  /** Called when the document is locked, again when the password was wrong. */
  locked: (unlock: (password: string) => void, wrong: boolean) => void;
}

export function openPdf({ bytes, locked }: Wanted): Opening {
  let closed = false;
  let end = () => {};
  const opening = loaded().then(({ pdfjs, worker }) => {
    if (closed) throw new Error("closed");
    const task = pdfjs.getDocument({
      data: bytes,
      worker,
      useWasm: false,
      wasmUrl: ownFiles(),
      standardFontDataUrl: ownFiles(),
      cMapUrl: `${ownFiles()}cmaps/`,
      useSystemFonts: false,
      useWorkerFetch: false,
      disableWorkerRendering: true,
      enableXfa: false,
      verbosity: pdfjs.VerbosityLevel.ERRORS,
    });
    task.onPassword = (unlock: (password: string) => void, reason: number) => locked(unlock, reason === pdfjs.PasswordResponses.INCORRECT_PASSWORD);
    end = () => void task.destroy();
    return task.promise;
  });
  return {
    pdf: opening,
    close: () => {
      closed = true;
      end();
    },
  };
}

export interface Painting {
  done: Promise<HTMLCanvasElement>;
  cancel: () => void;
}

/** Larger pictures than this are painted coarser: a canvas has its limits. */
const MOST_PIXELS = 16_000_000;

/** Paints one page, counted from 1, `width` pixels wide. */
export function paint(pdf: Pdf, page: number, width: number): Painting {
  let stop = () => {};
  let cancelled = false;
  const done = Promise.all([loaded(), pdf.getPage(page)]).then(async ([{ pdfjs }, source]) => {
    const full = source.getViewport({ scale: 1 });
    const most = Math.sqrt(MOST_PIXELS / (full.width * full.height));
    const viewport = source.getViewport({ scale: Math.min(width / full.width, most) });
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(viewport.width));
    canvas.height = Math.max(1, Math.round(viewport.height));
    if (cancelled) throw new Error("cancelled");
    const rendering = source.render({ canvas, viewport, annotationMode: pdfjs.AnnotationMode.DISABLE });
    stop = () => rendering.cancel();
    await rendering.promise;
    // What was decoded for it is not needed any more.
    source.cleanup();
    return canvas;
  });
  return {
    done,
    cancel: () => {
      cancelled = true;
      stop();
    },
  };
}

/** The height of a page by its width, turned and cropped as it is shown. */
export async function proportion(pdf: Pdf, page: number): Promise<number> {
  const { width, height } = (await pdf.getPage(page)).getViewport({ scale: 1 });
  return height / width;
}

interface Loaded {
  pdfjs: typeof Pdfjs;
  worker: PDFWorker;
}

let loading: Promise<Loaded> | null = null;

/** One worker serves every document; one that failed is replaced by the next. */
function loaded(): Promise<Loaded> {
  loading ??= import("pdfjs-dist/legacy/build/pdf.mjs").then((pdfjs) => {
    pdfjs.GlobalWorkerOptions.workerSrc = workerUrl;
    return { pdfjs, worker: pdfjs.PDFWorker.create({}) };
  });
  loading.catch(() => (loading = null));
  return loading;
}

/** Ends a worker that does not answer; the next document gets another. */
export function giveUp(): void {
  void loading?.then(({ worker }) => worker.destroy());
  loading = null;
}

function ownFiles(): string {
  return new URL("./pdfjs/", document.baseURI).href;
}
