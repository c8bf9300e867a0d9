import type { Quote, QuoteVersion } from "../../api/types";

/** The version that counts: the last one. A quote is always stored with at least one. */
export function active(quote: Quote): QuoteVersion {
  const version = quote.versions.at(-1);
  if (!version) throw new Error(`quote ${quote.number} has no version`);
  return version;
}
