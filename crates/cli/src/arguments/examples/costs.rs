//! Examples of assemblies and costs.

pub(in crate::arguments) const ASSEMBLIES: &str = "\
Examples:
  signwright assemblies list
  signwright assemblies build --spec monument.json
  signwright assemblies show monument --output monument.toml
  signwright assemblies check monument.toml --spec monument.json
  signwright assemblies save monument.toml --note \"our own hours of masonry\"

docs/assemblies.md says how an assembly is written.";

pub(in crate::arguments) const ASSEMBLIES_LIST: &str = "\
Examples:
  signwright assemblies list
  signwright assemblies list --json";

pub(in crate::arguments) const ASSEMBLIES_SHOW: &str = "\
Examples:
  signwright assemblies show channel-letters
  signwright assemblies show channel-letters --of 1 --output before.toml";

pub(in crate::arguments) const ASSEMBLIES_CHECK: &str = "\
Examples:
  signwright assemblies check letters.toml
  signwright assemblies check letters.toml --spec letters.json";

pub(in crate::arguments) const ASSEMBLIES_SAVE: &str = "\
Examples:
  signwright assemblies save letters.toml --note \"returns are bent by machine now\"

A version is never changed: what was wrong is put right by the next one. The file must say the version it was made from.";

pub(in crate::arguments) const ASSEMBLIES_COPY: &str = "\
Examples:
  signwright assemblies copy cabinet cabinet-extruded \"Cabinet, extruded frame\"";

pub(in crate::arguments) const ASSEMBLIES_VERSIONS: &str = "\
Examples:
  signwright assemblies versions cabinet";

pub(in crate::arguments) const ASSEMBLIES_PUT_AWAY: &str = "\
Examples:
  signwright assemblies put-away awning";

pub(in crate::arguments) const ASSEMBLIES_OFFER: &str = "\
Examples:
  signwright assemblies offer awning";

pub(in crate::arguments) const ASSEMBLIES_BUILD: &str = "\
Examples:
  signwright assemblies build --spec monument.json
  signwright assemblies build --spec letters.json --assembly channel-letters --given travel_miles=40 --given access=lift";

pub(in crate::arguments) const ASSEMBLIES_EXPLAIN: &str = "\
Examples:
  signwright assemblies explain --spec monument.json --name \"Installing\"";

pub(in crate::arguments) const COSTS: &str = "\
Examples:
  signwright costs list --unconfirmed
  signwright costs price acm-3mm 2.48 --source \"vendor's list of September\" --on 2026-09-01
  signwright costs burden month.toml --save";

pub(in crate::arguments) const COSTS_LIST: &str = "\
Examples:
  signwright costs list
  signwright costs list --old";

pub(in crate::arguments) const COSTS_PRICE: &str = "\
Examples:
  signwright costs price acm-3mm 2.48 --source \"vendor's list of September\" --on 2026-09-01
  signwright costs price gold-leaf 5.10 --name \"Gold leaf, 23 k\" --unit \"sq ft\" --source \"last invoice\"";

pub(in crate::arguments) const COSTS_RATE: &str = "\
Examples:
  signwright costs rate 200 68.50 --source \"our own books\"
  signwright costs rate 225 74 --name \"Welding\" --source \"our own books\"";

pub(in crate::arguments) const COSTS_CONFIRM: &str = "\
Examples:
  signwright costs confirm acm-3mm acrylic-1-8
  signwright costs confirm --rates 200,600";

pub(in crate::arguments) const COSTS_REMOVE: &str = "\
Examples:
  signwright costs remove gold-leaf";

pub(in crate::arguments) const COSTS_CHANGES: &str = "\
Examples:
  signwright costs changes

Price lists come in like everything else: signwright import prices.csv. An item goes by the imported prices that are called as
it is; else it moves as those that it names do.";

pub(in crate::arguments) const COSTS_TAKE: &str = "\
Examples:
  signwright costs take acm-3mm
  signwright costs take --all";

pub(in crate::arguments) const COSTS_BURDEN: &str = "\
Examples:
  signwright costs burden month.toml
  signwright costs burden month.toml --save

The month, amounts in cents:
  currency = \"USD\"
  payroll = \"0.18\"          # taxes and benefits on wages
  spread = \"by_hours\"       # or by_wages
  overhead = [{ name = \"Rent\", amount = { minor = 480000, currency = \"USD\" } }]
  [[departments]]
  code = \"200\"
  name = \"Fabrication\"
  people = \"3\"
  wage = \"27.50\"
  paid_hours = \"173\"        # of one person
  chargeable = \"0.75\"       # of paid hours, in jobs
  efficiency = \"0.9\"        # estimated hours done in an hour";

pub(in crate::arguments) const COSTS_USE_TAX: &str = "\
Examples:
  signwright costs use-tax 0.06";
