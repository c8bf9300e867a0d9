/** The one place that says where the types of the backend come from. */
export type * from "./provisional";
