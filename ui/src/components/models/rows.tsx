/** What a model was made of: its rows as a file, and the model made again from them. */
import { Button } from "@mantine/core";

import { useCommand } from "../../api/commands";
import { chooseTarget, deliver } from "../../api/files";
import { useTasks } from "../../api/queries";
import type { Model } from "../../api/types";
import { done, failed } from "../shared/notify";
import { Dot } from "../shared/tag";

/** What the task gives back, as far as it is shown. */
interface Made {
  identical: boolean;
  note: string;
}

export function Audit({ model }: { model: Model }) {
  const writing = useCommand("write_model_data");
  const rebuilding = useCommand("start_rebuilding", ["tasks"]);
  const title = `Making model ${model.id} again`;
  const task = (useTasks().data ?? []).find((one) => one.title === title);
  const made = task?.state === "done" ? (task.result as Made) : null;
  if (model.card.budget === null) return null;
  const save = async () => {
    try {
      const path = await chooseTarget(`model-${model.id}-rows.parquet`);
      if (path === undefined) return;
      const file = await writing.mutateAsync({ id: model.id, path });
      deliver(file);
      done(file.path, "Rows written");
    } catch (thrown) {
      failed(thrown);
    }
  };
  return (
    <div className="stack tight" style={{ marginTop: 10 }}>
      <div className="row">
        <Button size="compact-xs" loading={writing.isPending} onClick={() => void save()}>
          Save its rows
        </Button>
        <Button size="compact-xs" loading={rebuilding.isPending || task?.state === "running"} title="Trains again on the same rows and says whether the same model comes of it" onClick={() => rebuilding.mutate({ id: model.id }, { onError: failed })}>
          Make it again
        </Button>
      </div>
      {made && (
        <div className="odd">
          <Dot tone={made.identical ? "good" : "bad"} />
          <span>{made.note}</span>
        </div>
      )}
    </div>
  );
}
