import { describe, expect, it } from "vitest";

import { exact, overrun, short, signed, whole } from "./money";

const usd = (minor: number) => ({ minor, currency: "USD" });

describe("amounts", () => {
  it.each([
    [123_456, "$1,234.56"],
    [0, "$0.00"],
    [5, "$0.05"],
    [-123_456, "−$1,234.56"],
    [100_000_000_00, "$100,000,000.00"],
  ])("%i cents are written %s", (minor, text) => expect(exact(usd(minor))).toBe(text));

  it("follow their currency", () => {
    expect(exact({ minor: 1500, currency: "JPY" })).toBe("JPY 1,500");
    expect(exact({ minor: 1500, currency: "KWD" })).toBe("KWD 1.500");
    expect(exact({ minor: 1500, currency: "EUR" })).toBe("€15.00");
  });

  it("are answers in whole units, never a negative zero", () => {
    expect(whole(usd(1_347_999))).toBe("$13,480");
    expect(whole(usd(-20))).toBe("$0");
  });

  it("say their sign where they are a difference", () => {
    expect(signed(usd(149_000))).toBe("+ $1,490");
    expect(signed(usd(-54_000))).toBe("− $540");
  });

  it("are short on axes", () => {
    expect([950, 9000, 11_500, 1_250_000, -2000].map((x) => short(x, "USD"))).toEqual(["$950", "$9k", "$11.5k", "$1.3M", "−$2k"]);
  });

  it("compare with what was expected", () => {
    expect(overrun(usd(126), usd(100))).toBeCloseTo(26);
    expect(overrun(usd(126), usd(0))).toBeNull();
    expect(overrun(null, usd(100))).toBeNull();
  });
});
