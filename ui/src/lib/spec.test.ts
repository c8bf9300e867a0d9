import { expect, test } from "vitest";

import type { DriverInfo } from "../api/types";
import { described } from "./spec";

const driver = (name: string, label: string, more: Partial<DriverInfo> = {}): DriverInfo => ({
  name, label, group: "sign", kind: "number", unit: "", min: null, max: null, step: null, choices: [], help: "", ...more,
});
const drivers = [
  driver("height", "Height", { unit: "ft" }),
  driver("mounting", "Mounting", { kind: "choice", choices: [{ value: "single_pole", label: "Single pole" }] }),
  driver("permit", "Permit", { kind: "flag" }),
];

test("values are written in the words, units and order of the catalogue", () => {
  expect(described({ permit: true, mounting: "single_pole", height: 16 }, drivers)).toEqual([["Height", "16 ft"], ["Mounting", "Single pole"], ["Permit", "yes"]]);
});

test("what the catalogue does not know stands last, as it is", () => {
  expect(described({ old_driver: 4, mounting: "on a roof" }, drivers)).toEqual([["Mounting", "on a roof"], ["Old driver", "4"]]);
});
