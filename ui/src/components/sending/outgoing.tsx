import "./sending.css";

import type { Outgoing as Request } from "../../api/types";

/** Requests exactly as they go over the network. */
export function Outgoing({ requests }: { requests: Request[] }) {
  return (
    <div className="stack" data-testid="outgoing">
      {requests.map((request, place) => (
        <div key={`${request.method} ${request.url} ${place}`} className="outgoing">
          <div className="mono small">
            <b>{request.method}</b> {request.url}
          </div>
          {request.headers.map(([name, value]) => (
            <div key={name} className="mono small dim">
              {name}: {value}
            </div>
          ))}
          <pre>{request.body}</pre>
        </div>
      ))}
    </div>
  );
}
