//! Examples of quotes.

pub(in crate::arguments) const QUOTE: &str = "\
Examples:
  signwright estimate --spec monument.json --save
  signwright quote new --estimate 1 --customer \"Alder Bank\" --markup 0.6
  signwright quote price Q-2026-0001 --margin 0.4 --contingency 80 --round 5
  signwright quote approve Q-2026-0001
  signwright quote pdf Q-2026-0001 --output Q-2026-0001.pdf";

pub(in crate::arguments) const QUOTE_NEW: &str = "\
Examples:
  signwright quote new --estimate 1 --customer \"Alder Bank\"
  signwright quote new --estimate 1 --estimate 2 --customer \"Alder Bank\" --title \"Both branches\" --markup 0.55
  signwright quote new --estimate 1 --customer \"Alder Bank\" --contingency 80";

pub(in crate::arguments) const QUOTE_COPY: &str = "\
Examples:
  signwright quote copy Q-2026-0001
  signwright quote copy Q-2026-0001 --revision 1 --customer \"Riverside Clinic\"";

pub(in crate::arguments) const QUOTE_FROM_JOB: &str = "\
Examples:
  signwright quote from-job 19775
  signwright quote from-job 19775 --customer \"Riverside Clinic\" --markup 0.55

At the prices of the day on which the job was made; estimate it again where they have moved since.";

pub(in crate::arguments) const QUOTE_TEMPLATE: &str = "\
Examples:
  signwright quote template save Q-2026-0001 \"Channel letters on a raceway\"
  signwright quote template new \"Channel letters on a raceway\" --customer \"Alder Bank\"";

pub(in crate::arguments) const QUOTE_TEMPLATE_LIST: &str = "\
Examples:
  signwright quote template list";

pub(in crate::arguments) const QUOTE_TEMPLATE_SAVE: &str = "\
Examples:
  signwright quote template save Q-2026-0001 \"Channel letters on a raceway\"";

pub(in crate::arguments) const QUOTE_TEMPLATE_NEW: &str = "\
Examples:
  signwright quote template new \"Channel letters on a raceway\" --customer \"Alder Bank\"";

pub(in crate::arguments) const QUOTE_TEMPLATE_DELETE: &str = "\
Examples:
  signwright quote template delete \"Channel letters on a raceway\"";

pub(in crate::arguments) const QUOTE_LIST: &str = "\
Examples:
  signwright quote list
  signwright quote list --search lakeside
  signwright quote list --due
  signwright --json quote list";

pub(in crate::arguments) const QUOTE_SHOW: &str = "\
Examples:
  signwright quote show Q-2026-0001";

pub(in crate::arguments) const QUOTE_PRICE: &str = "\
Examples:
  signwright quote price Q-2026-0001 --markup 0.5
  signwright quote price Q-2026-0001 --margin 0.4 --contingency 80 --round 5 --up
  signwright quote price Q-2026-0001 --price 12500 --discount 3% --deposit 50% --reason \"as promised on the phone\"
  signwright quote price Q-2026-0001 --escalation suggested --preview

What is not given stays as it was decided before. Costs of lines stay as they are: only prices follow.";

pub(in crate::arguments) const QUOTE_FLOORS: &str = "\
Examples:
  signwright quote floors
  signwright quote floors --set default=0.25 --set pole=0.3
  signwright quote floors --set pole=";

pub(in crate::arguments) const QUOTE_UNDO: &str = "\
Examples:
  signwright quote undo Q-2026-0001";

pub(in crate::arguments) const QUOTE_REDO: &str = "\
Examples:
  signwright quote redo Q-2026-0001";

pub(in crate::arguments) const QUOTE_APPROVE: &str = "\
Examples:
  signwright quote approve Q-2026-0001
  signwright quote approve Q-2026-0001 --by \"M. Okafor\" --reason \"first sign of a chain\"";

pub(in crate::arguments) const QUOTE_SEND: &str = "\
Examples:
  signwright quote send Q-2026-0001";

pub(in crate::arguments) const QUOTE_VIEW: &str = "\
Examples:
  signwright quote view Q-2026-0001";

pub(in crate::arguments) const QUOTE_FOLLOW_UP: &str = "\
Examples:
  signwright quote follow-up Q-2026-0001 --on 2026-12-01 --note \"ask about the colours\"
  signwright quote follow-up Q-2026-0001";

pub(in crate::arguments) const QUOTE_WON: &str = "\
Examples:
  signwright quote won Q-2026-0001";

pub(in crate::arguments) const QUOTE_LOST: &str = "\
Examples:
  signwright quote lost Q-2026-0001 --reason price
  signwright quote lost Q-2026-0001 --reason price --competitor-price 12500.00";

pub(in crate::arguments) const QUOTE_EXPIRE: &str = "\
Examples:
  signwright quote expire Q-2026-0001";

pub(in crate::arguments) const QUOTE_REVISE: &str = "\
Examples:
  signwright quote revise Q-2026-0001";

pub(in crate::arguments) const QUOTE_COMPARE: &str = "\
Examples:
  signwright quote compare Q-2026-0001
  signwright quote compare Q-2026-0001 --from 1 --to 3";

pub(in crate::arguments) const QUOTE_CHANGE_ORDER: &str = "\
Examples:
  signwright quote change-order Q-2026-0001 --reason \"rock in the footing\" --line \"Rock drilling=850:600\"
  signwright quote change-order Q-2026-0001 --reason \"no crane needed\" --line \"Crane=-420\"";

pub(in crate::arguments) const QUOTE_NOTE: &str = "\
Examples:
  signwright quote note Q-2026-0001 \"they want it before the opening\"";

pub(in crate::arguments) const QUOTE_TAG: &str = "\
Examples:
  signwright quote tag Q-2026-0001 chain rush
  signwright quote tag Q-2026-0001";

pub(in crate::arguments) const QUOTE_PDF: &str = "\
Examples:
  signwright quote pdf Q-2026-0001 --output Q-2026-0001.pdf
  signwright quote pdf Q-2026-0001 --revision 1 --output first-offer.pdf
  signwright quote pdf Q-2026-0001 --pricing lump-sum --output Q-2026-0001.pdf
  signwright quote pdf Q-2026-0001 --kind owner --output owner.pdf";
