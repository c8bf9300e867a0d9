//! Examples of alert rules.

pub(in crate::arguments) const ALERTS: &str = "\
Examples:
  signwright alerts list
  signwright alerts test margin.json
  signwright alerts save margin.json
  signwright alerts check

A rule fires when what it says begins to hold, and not again until it has ceased to.";

pub(in crate::arguments) const ALERTS_LIST: &str = "\
Examples:
  signwright alerts list
  signwright alerts list --all --json";

pub(in crate::arguments) const ALERTS_SHOW: &str = "\
Examples:
  signwright alerts show 3";

pub(in crate::arguments) const ALERTS_CHECK: &str = "\
Examples:
  signwright alerts check
  signwright --shop ~/shop.signwright alerts check --json";

pub(in crate::arguments) const ALERTS_RULES: &str = "\
Examples:
  signwright alerts rules
  signwright alerts rules --json";

pub(in crate::arguments) const ALERTS_TEST: &str = "\
Examples:
  signwright alerts test margin.json

A rule is JSON, here \"the margin was below 30 % for two months, or steel rose by 10 % within three\":
  {\"title\": \"Margin or steel\", \"severity\": \"high\", \"any\": true, \"enabled\": true, \"escalate_after\": 5, \"conditions\": [
    {\"of\": \"series\", \"name\": \"margin\", \"side\": \"below\", \"threshold\": 30, \"periods\": 2},
    {\"of\": \"change\", \"name\": \"material:steel pipe\", \"side\": \"above\", \"percent\": 10, \"periods\": 3}]}
Other conditions: series_anomaly (name or null, severity), job_anomalies (severity, at_least), forecast (name, side, threshold,
within, probability), model (figure: error, error_over_card, held80, drivers_drifted; side, threshold), overruns (percent, days,
at_least), unanswered (days, at_least). Names of series: signwright forecast --list.";

pub(in crate::arguments) const ALERTS_SAVE: &str = "\
Examples:
  signwright alerts save margin.json

What a rule looks like: signwright alerts test --help.";

pub(in crate::arguments) const ALERTS_REMOVE: &str = "\
Examples:
  signwright alerts remove 2";

pub(in crate::arguments) const ALERTS_ACKNOWLEDGE: &str = "\
Examples:
  signwright alerts acknowledge 3 --note \"asked the supplier\"";

pub(in crate::arguments) const ALERTS_RESOLVE: &str = "\
Examples:
  signwright alerts resolve 3 --note \"prices raised\"";

pub(in crate::arguments) const ALERTS_SNOOZE: &str = "\
Examples:
  signwright alerts snooze 3 --days 14";

pub(in crate::arguments) const ALERTS_CHANNELS: &str = "\
Examples:
  signwright alerts channels
  signwright alerts channels channels.json

What a file says, all of it optional:
  {
    \"desktop\": \"medium\",
    \"draft\": {\"folder\": \"/home/ana/drafts\", \"to\": \"owner@example.com\", \"severity\": \"high\"},
    \"quiet\": {\"from\": \"18:00\", \"until\": \"07:00\", \"weekends\": true, \"except_high\": true}
  }
A window shows a message of the desktop for alerts at least so severe. Drafts are mails as files, for a person to send. In quiet
hours none of this happens. Webhooks: signwright connections add --help.";
