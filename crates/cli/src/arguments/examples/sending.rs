//! Examples of connections and the outbox.

pub(in crate::arguments) const CONNECTIONS: &str = "\
Examples:
  signwright connections list
  signwright connections add office https://hooks.example.com/signs --sends quotes,alerts

Nothing leaves the shop before something is connected here. Secrets are kept in the keychain of the system, or, with
SIGNWRIGHT_SECRETS=FOLDER, in an encrypted file in that folder; never in the shop file.";

pub(in crate::arguments) const CONNECTIONS_LIST: &str = "\
Examples:
  signwright connections list
  signwright connections list --json";

pub(in crate::arguments) const CONNECTIONS_ADD: &str = "\
Examples:
  signwright connections add office https://hooks.example.com/signs --sends quotes,alerts
  signwright connections add chat https://chat.example.com/T1/B2 --sends alerts --template chat.json --no-secret
  signwright connections add erp https://erp.example.com --kind tryton --database shop --user estimator

The secret is asked for, or read as one line from standard input: the key that signs what a webhook gets, the token of
Salesforce or HubSpot, the password of Tryton. A template of a webhook is JSON, such as
  {\"text\": \"{{alert.title}}: {{alert.message}}\"}";

pub(in crate::arguments) const CONNECTIONS_TEST: &str = "\
Examples:
  signwright connections test office";

pub(in crate::arguments) const CONNECTIONS_ON: &str = "\
Examples:
  signwright connections on office";

pub(in crate::arguments) const CONNECTIONS_OFF: &str = "\
Examples:
  signwright connections off office";

pub(in crate::arguments) const CONNECTIONS_SECRET: &str = "\
Examples:
  signwright connections secret office";

pub(in crate::arguments) const CONNECTIONS_REMOVE: &str = "\
Examples:
  signwright connections remove office";

pub(in crate::arguments) const PUSH: &str = "\
Examples:
  signwright push
  signwright push --connection office --json

A window or `signwright serve` does so by itself every few seconds. Naming a connection tries it even where it rests after
failures.";

pub(in crate::arguments) const OUTBOX: &str = "\
Examples:
  signwright outbox list
  signwright outbox show 7";

pub(in crate::arguments) const OUTBOX_LIST: &str = "\
Examples:
  signwright outbox list
  signwright outbox list --state dead --json";

pub(in crate::arguments) const OUTBOX_SHOW: &str = "\
Examples:
  signwright outbox show 7
  signwright outbox show 7 --json";

pub(in crate::arguments) const OUTBOX_ESTIMATE: &str = "\
Examples:
  signwright outbox estimate 3

Estimates that are kept: signwright call list_estimates.";

pub(in crate::arguments) const OUTBOX_RETRY: &str = "\
Examples:
  signwright outbox retry 7";

pub(in crate::arguments) const OUTBOX_REPAIR: &str = "\
Examples:
  signwright outbox repair 7 payload.json

The payload as it stands: signwright outbox show 7 --json.";

pub(in crate::arguments) const OUTBOX_DISCARD: &str = "\
Examples:
  signwright outbox discard 7";

pub(in crate::arguments) const PULL: &str = "\
Examples:
  signwright pull crm
  signwright pull crm --since 2026-09-01

Quotes that were sent there are won or lost as they are there; one that was decided otherwise here is told and left. What else
changed comes in as an import, like any other file.";
