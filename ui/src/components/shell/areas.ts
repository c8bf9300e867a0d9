/** The areas of the product in the order of the day, with their keys. */
import {
  IconAdjustmentsHorizontal, IconAlertTriangle, IconBell, IconCube, IconDownload, IconFileText, IconHome, IconList, IconRulerMeasure, IconStack2, IconTrendingUp,
  type TablerIcon,
} from "@tabler/icons-react";

import type { ShopSummary } from "../../api/types";

export interface Area {
  name: string;
  to: "/" | "/import" | "/jobs" | "/estimate" | "/costs" | "/quotes" | "/forecasts" | "/anomalies" | "/alerts" | "/models" | "/settings";
  icon: TablerIcon;
  /** What waits there. */
  waiting: (summary: ShopSummary) => number;
  /** Alt and this digit or letter opens it. */
  digit: string;
}

const none = () => 0;

export const areas: Area[] = [
  { name: "Today", to: "/", icon: IconHome, waiting: none, digit: "1" },
  { name: "Import", to: "/import", icon: IconDownload, waiting: (summary) => summary.open_rejects, digit: "2" },
  { name: "Jobs", to: "/jobs", icon: IconList, waiting: none, digit: "3" },
  { name: "Estimate", to: "/estimate", icon: IconRulerMeasure, waiting: none, digit: "4" },
  { name: "Costs", to: "/costs", icon: IconStack2, waiting: none, digit: "C" },
  { name: "Quotes", to: "/quotes", icon: IconFileText, waiting: (summary) => summary.open_quotes, digit: "5" },
  { name: "Forecasts", to: "/forecasts", icon: IconTrendingUp, waiting: none, digit: "6" },
  { name: "Anomalies", to: "/anomalies", icon: IconAlertTriangle, waiting: (summary) => summary.anomalies ?? 0, digit: "7" },
  { name: "Alerts", to: "/alerts", icon: IconBell, waiting: (summary) => summary.alerts, digit: "8" },
  { name: "Models", to: "/models", icon: IconCube, waiting: none, digit: "9" },
  { name: "Settings", to: "/settings", icon: IconAdjustmentsHorizontal, waiting: none, digit: "0" },
];
