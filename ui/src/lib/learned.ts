/** What a model has learned from. It is measured after learning from the older jobs only, and then learns again from all of them. */
import type { Card } from "../api/types";
import { inMonth } from "./dates";
import { counted } from "./numbers";

type Learned = Pick<Card, "n_train" | "n_test" | "n_all" | "train_to" | "test_to">;

/** `1,090 jobs, to Sep 2026`: the jobs that the model in use rests on, the newest ones included. */
export function learnedFrom(card: Learned): string {
  const last = lastDay(card);
  return `${counted(Math.max(card.n_all, card.n_train + card.n_test), "job")}${last ? `, to ${inMonth(last)}` : ""}`;
}

/** The day of the newest job it has learned from; `null` where the jobs had no dates. */
export function lastDay({ test_to, train_to }: Learned): string | null {
  return test_to ?? train_to;
}

/** The prices a model goes by, from the names of its columns (`price:steel angle@2`); `null` where it goes by none. */
export function pricesOf(drivers: string[]): string | null {
  const series = drivers.flatMap((name) => {
    const [, of, lag] = /^price:(.*)@(\d)$/.exec(name) ?? [];
    return of === undefined ? [] : [lag === "0" ? of : `${of} ${lag} mo. before`];
  });
  if (series.length > 0) return series.join(", ");
  return drivers.includes("price_level") ? "level of all series" : null;
}
