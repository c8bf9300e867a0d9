/** The versions of a quote: which is looked at, and in what two of them differ. */
import { Button, Modal, Table } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { useVersionDifference } from "../../api/queries";
import type { Quote, QuoteDifference } from "../../api/types";
import { at } from "../../lib/dates";
import { exact, signed } from "../../lib/money";
import { Card } from "../shared/card";
import { Shown } from "../shared/states";

export function Versions({ quote, shown }: { quote: Quote; shown: number }) {
  const [comparing, setComparing] = useState<number | null>(null);
  if (quote.versions.length < 2) return null;
  const last = quote.versions.length;
  return (
    <Card title="Versions" sub="the last one counts">
      {quote.versions.map(({ version, created_at: made, totals }) => (
        <div key={version} className="sum">
          {version === shown ? <b>version {version}</b> : <Link to="/quotes/$id" params={{ id: String(quote.id) }} search={version === last ? {} : { version }}>version {version}</Link>}
          <span className="dim small grow clip" style={{ whiteSpace: "nowrap" }}>{at(made)}</span>
          {version > 1 && <Button size="compact-xs" aria-label={`Compare version ${version} with the one before`} onClick={() => setComparing(version)}>compare</Button>}
          <span className="num">{exact(totals.total)}</span>
        </div>
      ))}
      <Compared quote={quote} to={comparing} close={() => setComparing(null)} />
    </Card>
  );
}

function Compared({ quote, to, close }: { quote: Quote; to: number | null; close: () => void }) {
  const found = useVersionDifference(quote.id, (to ?? 2) - 1, to ?? 2, to !== null);
  return (
    <Modal opened={to !== null} onClose={close} size="xl" title={<b>{quote.number}: version {(to ?? 2) - 1} and version {to ?? 2}</b>}>
      <Shown query={found} height={160}>
        {(difference) => <Difference difference={difference} />}
      </Shown>
    </Modal>
  );
}

function Difference({ difference }: { difference: QuoteDifference }) {
  const { lines, before, after, words } = difference;
  if (words.length === 0) return <p className="dim">Nothing differs.</p>;
  const more = { ...after.total, minor: after.total.minor - before.total.minor };
  return (
    <div className="stack" data-testid="difference">
      {lines.length > 0 && (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Line</Table.Th>
              <Table.Th ta="right">Before</Table.Th>
              <Table.Th ta="right">Now</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map((line, k) => {
              const [name, from, now] =
                line.kind === "added" ? [line.line.description, "–", exact(line.amount)] : line.kind === "removed" ? [line.line.description, exact(line.amount), "taken out"] : [line.after.description, exact(line.from), exact(line.to)];
              return (
                <Table.Tr key={`${line.kind} ${k}`}>
                  <Table.Td className="wraps">{name}</Table.Td>
                  <Table.Td ta="right">{from}</Table.Td>
                  <Table.Td ta="right">{now}</Table.Td>
                </Table.Tr>
              );
            })}
            <Table.Tr>
              <Table.Td><b>Total with tax</b> <span className="dim">{signed(more)}</span></Table.Td>
              <Table.Td ta="right">{exact(before.total)}</Table.Td>
              <Table.Td ta="right">{exact(after.total)}</Table.Td>
            </Table.Tr>
          </Table.Tbody>
        </Table>
      )}
      <ul className="q-words">
        {words.slice(lines.length).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
