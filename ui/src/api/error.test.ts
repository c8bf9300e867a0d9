import { describe, expect, it } from "vitest";

import { ApiError, fromAnswer, toApiError } from "./error";

describe("errors of the backend", () => {
  it("keep their sentence and hint", () => {
    const error = toApiError({ code: "not_found", message: "no quote with id 7", hint: "It may have been removed." });
    expect(error).toBeInstanceOf(ApiError);
    expect([error.code, error.message, error.hint]).toEqual(["not_found", "no quote with id 7", "It may have been removed."]);
  });

  it("may come without a hint", () => {
    expect(toApiError({ code: "busy", message: "another program is writing to the shop" }).hint).toBeNull();
  });

  it("that are no errors of ours still say something", () => {
    expect(toApiError("worker died").message).toBe("worker died");
    expect(toApiError(new TypeError("fetch failed")).hint).toContain("signwright serve");
    expect(toApiError(42).message).toBe("something went wrong");
  });

  it("by HTTP are read from the body, else from the status", () => {
    expect(fromAnswer(409, { code: "conflict", message: "version 1 is approved", hint: null }).code).toBe("conflict");
    expect(fromAnswer(401, null).hint).toContain("token");
    expect(fromAnswer(500, "<html>").message).toBe("the server answered 500");
  });
});
