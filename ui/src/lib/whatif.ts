/** Variations an estimator asks about: one driver changed, everything else as it is. */
import type { DriverInfo, Specification } from "../api/types";
import { asked } from "./form";

export interface Variation {
  label: string;
  specification: Specification;
}

type Proposal = { label: string; name: string; to: string | number | boolean; from: (value: unknown) => boolean };

const proposals: Proposal[] = [
  { label: "Single face", name: "faces", to: 1, from: (value) => value === 2 },
  { label: "Double face", name: "faces", to: 2, from: (value) => value === 1 },
  { label: "Not lit", name: "lighting", to: "none", from: (value) => value !== undefined && value !== "none" },
  { label: "Lit by LED", name: "lighting", to: "led", from: (value) => value === "none" },
  { label: "Flat acrylic faces", name: "face_material", to: "acrylic", from: (value) => value === "acrylic_routed" || value === "acrylic_formed" },
  { label: "Aluminium faces", name: "face_material", to: "aluminium", from: (value) => String(value).startsWith("acrylic") },
  { label: "On a raceway", name: "mounting", to: "raceway", from: (value) => value === "flush" },
  { label: "Crane needed", name: "access", to: "crane", from: (value) => value === "ground" || value === "lift" },
  { label: "Lift is enough", name: "access", to: "lift", from: (value) => value === "crane" },
  { label: "Rush", name: "rush", to: true, from: (value) => value !== true },
  { label: "Old sign removed", name: "removal", to: true, from: (value) => value !== true },
  { label: "Three of them", name: "quantity", to: 3, from: (value) => value === 1 || value === undefined },
];

/** At most `limit` variations that the form could be changed to. */
export function variations(drivers: DriverInfo[], spec: Specification, limit: number): Variation[] {
  const names = new Set(asked(drivers, spec).map((driver) => driver.name));
  return proposals
    .filter(({ name, from }) => names.has(name) && from(spec[name]))
    .slice(0, limit)
    .map(({ label, name, to }) => ({ label, specification: { ...spec, [name]: to } }));
}
