import type { CallError, Code } from "./types";

/** What the backend refused, as a sentence and what to do about it. `code` is there for the few places that branch on it. */
export class ApiError extends Error {
  readonly code: Code;
  readonly hint: string | null;

  constructor(error: CallError) {
    super(error.message);
    this.name = "ApiError";
    this.code = error.code;
    this.hint = error.hint;
  }
}

/** Whatever was thrown, as an {@link ApiError}: a backend's error keeps its sentence and hint, anything else gets a plain one. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (isCallError(thrown)) return new ApiError({ ...thrown, hint: thrown.hint ?? null });
  if (typeof thrown === "string") return new ApiError({ code: "internal", message: thrown, hint: null });
  if (thrown instanceof TypeError) return unreachable;
  const message = thrown instanceof Error ? thrown.message : "something went wrong";
  return new ApiError({ code: "internal", message, hint: null });
}

/** An HTTP answer that is not 2xx: its JSON body where it is an error of ours, else its status in words. */
export function fromAnswer(status: number, body: unknown): ApiError {
  if (isCallError(body)) return toApiError(body);
  if (status === 401 || status === 403) return refused;
  return new ApiError({ code: "internal", message: `the server answered ${status}`, hint: null });
}

function isCallError(thrown: unknown): thrown is CallError {
  if (typeof thrown !== "object" || thrown === null) return false;
  return "code" in thrown && "message" in thrown && typeof thrown.message === "string";
}

const unreachable = new ApiError({
  code: "internal",
  message: "Signwright does not answer",
  hint: "See that “signwright serve” is still running, then try again.",
});

const refused = new ApiError({
  code: "internal",
  message: "this page has no valid token for the shop",
  hint: "Open the address that “signwright serve” printed, with its token.",
});
