/** How plain numbers are written. */

/** `1,214` */
export function count(n: number): string {
  return n.toLocaleString("en-US");
}

/** `3 files`, `1 file` */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** A number that is per cent already: `7.4 %`. */
export function percent(value: number, decimals = 1): string {
  return `${fixed(value, decimals)} %`;
}

/** A share from 0 to 1: `81 %`. */
export function share(value: number, decimals = 0): string {
  return percent(value * 100, decimals);
}

/** With its sign: `+26 %`, `−3.1 %`. */
export function signedPercent(value: number, decimals = 0): string {
  const text = fixed(Math.abs(value), decimals);
  return `${value < 0 && /[1-9]/.test(text) ? "−" : "+"}${text} %`;
}

/** With a fixed number of decimals and a true minus. */
export function fixed(value: number, decimals: number): string {
  const text = Math.abs(value).toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** As few decimals as three or four significant figures need: `0.213`, `21.1`, `1,240`. */
export function compact(value: number): string {
  const size = Math.abs(value);
  return fixed(value, size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 3).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
}

/** The sign before the amounts of a unit: `$` of `$/sq ft`, nothing of `hours`. */
export function symbolOf(unit: string): string {
  return unit.startsWith("$") ? "$" : "";
}

/** A value of a series in its unit: `$21.10`, `1,240 hours`. */
export function inUnit(value: number, unit: string): string {
  if (unit === "%") return percent(value);
  if (!unit.startsWith("$")) return `${compact(value)} ${value === 1 ? unit.replace(/^(\w+)s$/, "$1") : unit}`.trim();
  const size = Math.abs(value);
  const amount = fixed(size, size >= 1000 ? 0 : 2);
  const per = unit.slice(1);
  return `${value < 0 ? "−" : ""}$${amount}${per === "" ? "" : ` ${per.replace("/", "/ ")}`}`;
}
