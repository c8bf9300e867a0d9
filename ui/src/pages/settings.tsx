import "../components/settings/settings.css";

import { type MantineColorScheme, SegmentedControl, useMantineColorScheme } from "@mantine/core";

import { useSettings, useSummary } from "../api/queries";
import { DataCard } from "../components/settings/data-card";
import { DocumentsCard } from "../components/settings/documents-card";
import { EventLog } from "../components/settings/event-log";
import { FloorsCard } from "../components/settings/floors-card";
import { ProfilesCard } from "../components/settings/profiles-card";
import { RulesCard } from "../components/settings/rules-card";
import { ShopForm } from "../components/settings/shop-form";
import { WatchCard } from "../components/settings/watch-card";
import { ConnectionsCard } from "../components/sending/connections-card";
import { Card } from "../components/shared/card";
import { Shown } from "../components/shared/states";
import { Page } from "../components/shell/page";

export function SettingsPage() {
  const settings = useSettings();
  const summary = useSummary();
  return (
    <Page title="Settings" crumb={settings.data?.name}>
      <div className="settings">
        <div className="stack">
          <Shown query={settings} height={360}>
            {(data) => <ShopForm key={JSON.stringify(data)} settings={data} />}
          </Shown>
          <FloorsCard />
          <DocumentsCard />
          <RulesCard />
          <Appearance />
        </div>
        <div className="stack">
          <ConnectionsCard />
          <WatchCard />
          <ProfilesCard />
          <DataCard name={settings.data?.name ?? "shop"} path={summary.data?.path} />
          <EventLog />
        </div>
      </div>
    </Page>
  );
}

function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Card title="Appearance">
      <SegmentedControl
        aria-label="Theme"
        value={colorScheme}
        onChange={(chosen) => setColorScheme(chosen as MantineColorScheme)}
        data={[{ value: "light", label: "Light" }, { value: "dark", label: "Dark" }, { value: "auto", label: "As the system" }]}
      />
    </Card>
  );
}
