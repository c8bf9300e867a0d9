/** A month's costs while they are typed: every field is text, so that what cannot be read stays to be seen. */
import type { MonthlyCosts } from "../api/types";
import { fromPercent, parse, plain, toMoney, toPercent } from "./decimal";

export interface TypedMonth {
  payroll: string;
  spread: MonthlyCosts["spread"];
  overhead: { id: number; name: string; amount: string }[];
  departments: TypedDepartment[];
}

export interface TypedDepartment {
  code: string;
  name: string;
  people: string;
  wage: string;
  paid_hours: string;
  /** Per cent. */
  chargeable: string;
  efficiency: string;
}

export function typed(month: MonthlyCosts, major: (amount: MonthlyCosts["overhead"][number]["amount"]) => number): TypedMonth {
  return {
    payroll: toPercent(month.payroll),
    spread: month.spread,
    overhead: month.overhead.map(({ name, amount }, id) => ({ id, name, amount: amount.minor === 0 ? "" : String(major(amount)) })),
    departments: month.departments.map((one) => ({ ...one, chargeable: toPercent(one.chargeable), efficiency: toPercent(one.efficiency) })),
  };
}

/** What was typed as the backend takes it; `null` while something in it cannot be read. */
export function read(month: TypedMonth, currency: string): MonthlyCosts | null {
  const payroll = fromPercent(month.payroll);
  const overhead = month.overhead.map(({ name, amount }) => {
    const figure = parse(amount.trim() === "" ? "0" : amount);
    return figure && { name, amount: toMoney(figure, currency) };
  });
  const departments = month.departments.map(({ code, name, ...figures }) => {
    const [people, wage, paid_hours] = [plain(figures.people), plain(figures.wage), plain(figures.paid_hours)];
    const [chargeable, efficiency] = [fromPercent(figures.chargeable), fromPercent(figures.efficiency)];
    if (people === null || wage === null || paid_hours === null || chargeable === null || efficiency === null) return null;
    return { code, name, people, wage, paid_hours, chargeable, efficiency };
  });
  if (payroll === null || overhead.includes(null) || departments.includes(null)) return null;
  return {
    currency,
    payroll,
    spread: month.spread,
    overhead: overhead.filter((one) => one !== null),
    departments: departments.filter((one) => one !== null),
  };
}
