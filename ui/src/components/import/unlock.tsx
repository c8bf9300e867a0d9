import { Button, PasswordInput } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import type { ApiError } from "../../api/error";
import type { ImportDetail } from "../../api/types";
import { Card } from "../shared/card";
import { Empty, Problem } from "../shared/states";
import { nameOf } from "./file-list";

/** Asks for the password of a locked document. It is tried, goes no further, and is kept nowhere. */
export function Unlock({ detail }: { detail: ImportDetail }) {
  const [password, setPassword] = useState("");
  const [error, setError] = useState<ApiError | null>(null);
  const navigate = useNavigate();
  const unlocking = useCommand("unlock_import", ["imports", "reviews", "rejects", "jobs", "summary"], { secret: true });
  const act = () => {
    setError(null);
    unlocking.mutate(
      { id: detail.import.id, password },
      {
        onSuccess: ({ import_id, before }) => {
          const id = import_id ?? before;
          void navigate({ to: "/import", search: id === null ? {} : { id } });
        },
        onSettled: (_, problem) => {
          setError(problem);
          setPassword("");
          // The password is in it.
          unlocking.reset();
        },
      },
    );
  };
  return (
    <Card>
      <Empty icon={IconLock} title={nameOf(detail.import.file_name)}>
        This document is locked. Its password opens it for reading now; it is kept nowhere and written into no log.
      </Empty>
      <form
        className="stack"
        style={{ maxWidth: 340, margin: "0 auto 32px" }}
        onSubmit={(event) => {
          event.preventDefault();
          act();
        }}
      >
        <PasswordInput label="Password" autoComplete="off" value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
        {error && <Problem error={error} />}
        <Button type="submit" variant="filled" disabled={password === ""} loading={unlocking.isPending}>
          Read it
        </Button>
      </form>
    </Card>
  );
}
