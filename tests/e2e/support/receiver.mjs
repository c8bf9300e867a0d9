/** Another system on this machine: takes whatever is posted and remembers it. */
import { createHmac } from "node:crypto";
import { createServer } from "node:http";

/** Gives `url`, what came in so far as `parcels`, and `close`. */
export async function receive() {
  const parcels = [];
  const server = createServer((request, response) => {
    const pieces = [];
    request.on("data", (piece) => pieces.push(piece));
    request.on("end", () => {
      const body = Buffer.concat(pieces).toString();
      if (request.method === "POST") parcels.push({ headers: request.headers, body });
      response.end("{}");
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/signs`,
    parcels,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Whether a parcel was signed with this key, as docs/connections.md says. */
export function isSigned({ headers, body }, key) {
  const [, at, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers["x-signwright-signature"] ?? "") ?? [];
  return at !== undefined && createHmac("sha256", key).update(`${at}.${body}`).digest("hex") === signature;
}
