import { Button, PasswordInput } from "@mantine/core";
import { useState } from "react";

/** Asks for the password of a document; it opens the picture and is kept nowhere. */
export function Locked({ wrong, unlock }: { wrong: boolean; unlock: (password: string) => void }) {
  const [password, setPassword] = useState("");
  return (
    <form
      className="paper-note"
      onSubmit={(event) => {
        event.preventDefault();
        unlock(password);
        setPassword("");
      }}
    >
      <span className="grow" role={wrong ? "alert" : undefined}>{wrong ? "That is not its password." : "The page is locked. Its password shows it, and is kept nowhere."}</span>
      <PasswordInput aria-label="Password of the document" size="xs" w={150} autoComplete="off" value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
      <Button type="submit" size="compact-sm" disabled={password === ""}>
        Show
      </Button>
    </form>
  );
}
