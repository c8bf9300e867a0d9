//! The names and functions of rules. `docs/rules.md` lists them, and a test holds that it does.

use std::sync::LazyLock;

use super::subject::Subject;
use crate::driver::{self, DriverKind};
use crate::formula::{Kind, Value, Vocabulary};
use crate::job::{Job, JobStatus, Outcome};
use crate::{DriverValue, Money, physics};

/// How a value stands in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Plain,
    Money,
    /// A number of per cent.
    Percent,
}

struct Name {
    name: &'static str,
    kind: Kind,
    shown: Shown,
    of: Of,
    /// What it is, for the list in the documentation.
    #[cfg_attr(not(test), expect(dead_code, reason = "the documentation is held to it by a test"))]
    help: &'static str,
}

enum Of {
    /// The driver of that name.
    Driver,
    Number(fn(&Subject<'_>) -> Option<f64>),
    Amount(fn(&Job) -> Option<Money>),
    Text(for<'s> fn(&'s Subject<'_>) -> Option<&'s str>),
    Flag(fn(&Subject<'_>) -> Option<bool>),
}

static NAMES: LazyLock<Vec<Name>> = LazyLock::new(|| drivers().chain(derived()).chain(amounts()).collect());

const FUNCTIONS: [(&str, Kind); 6] = [
    ("hours", Kind::Number),
    ("cost", Kind::Number),
    ("quantity_of", Kind::Number),
    ("number", Kind::Number),
    ("text", Kind::Text),
    ("flag", Kind::Flag),
];

fn drivers() -> impl Iterator<Item = Name> {
    driver::catalogue().iter().map(|driver| {
        let kind = match driver.kind {
            DriverKind::Number { .. } => Kind::Number,
            DriverKind::Choice { .. } | DriverKind::Text => Kind::Text,
            DriverKind::Flag => Kind::Flag,
        };
        Name { name: driver.name, kind, shown: Shown::Plain, of: Of::Driver, help: driver.help }
    })
}

fn derived() -> impl Iterator<Item = Name> {
    let number = |name, shown, help, of| Name { name, kind: Kind::Number, shown, of: Of::Number(of), help };
    let text = |name, help, of| Name { name, kind: Kind::Text, shown: Shown::Plain, of: Of::Text(of), help };
    [
        number("face_area", Shown::Plain, "Width by height of one face, square feet.", |s| s.specification.face_area()),
        number("concrete_needed", Shown::Plain, "Concrete of the computed piers, cubic yards.", |s| {
            physics::structure(s.specification).map(|structure| structure.concrete)
        }),
        number("estimated_hours", Shown::Plain, "Hours of the shop's own estimate.", |s| s.job?.estimated_hours),
        number("actual_hours", Shown::Plain, "Hours that were worked.", |s| s.job?.actual_hours),
        number("files_of_hours", Shown::Plain, "How many files tell of hours that were worked.", |s| {
            s.files_of_hours()
        }),
        number("price", Shown::Money, "Sale price, or the quoted price where there is none.", |s| {
            price(s.job?).map(Money::to_f64)
        }),
        number("labour_share", Shown::Percent, "Labour and burden in per cent of the total cost.", |s| {
            let actual = &s.job?.actual;
            let labour = actual.labour?.to_f64() + actual.burden.map_or(0.0, Money::to_f64);
            Some(100.0 * labour / positive(actual.total)?)
        }),
        number("material_share", Shown::Percent, "Material in per cent of the total cost.", |s| {
            let actual = &s.job?.actual;
            Some(100.0 * actual.material?.to_f64() / positive(actual.total)?)
        }),
        number("margin", Shown::Percent, "Price less total cost in per cent of the price.", |s| {
            let (price, total) = (positive(price(s.job?))?, s.job?.actual.total?.to_f64());
            Some(100.0 * (price - total) / price)
        }),
        number("price_to_material", Shown::Plain, "Price divided by the cost of material.", |s| {
            Some(price(s.job?)?.to_f64() / positive(s.job?.actual.material)?)
        }),
        number("overrun", Shown::Percent, "Total cost above the shop's own estimate, in per cent of it.", |s| {
            let estimate = positive(s.job?.estimated_cost)?;
            Some(100.0 * (s.job?.actual.total?.to_f64() - estimate) / estimate)
        }),
        Name {
            name: "finished",
            kind: Kind::Flag,
            shown: Shown::Plain,
            of: Of::Flag(|s| Some(s.job?.status == JobStatus::Completed)),
            help: "Whether the job is completed.",
        },
        text("outcome", "\"open\", \"won\" or \"lost\".", |s| {
            Some(match s.job?.outcome? {
                Outcome::Open => "open",
                Outcome::Won => "won",
                Outcome::Lost => "lost",
            })
        }),
        text("customer", "Who buys.", |s| s.job?.customer.as_deref()),
        text("description", "What the job is called.", |s| s.job?.description.as_deref()),
        text("location", "Where it stands.", |s| s.job?.location.as_deref()),
    ]
    .into_iter()
}

fn amounts() -> impl Iterator<Item = Name> {
    let amount = |name, help, of| Name { name, kind: Kind::Number, shown: Shown::Money, of: Of::Amount(of), help };
    [
        amount("material_cost", "What material cost.", |job| job.actual.material),
        amount("labour_cost", "What labour cost, without burden.", |job| job.actual.labour),
        amount("burden_cost", "Burden on labour.", |job| job.actual.burden),
        amount("outplant_cost", "What others did.", |job| job.actual.outplant),
        amount("equipment_cost", "Lifts, cranes and other equipment.", |job| job.actual.equipment),
        amount("shipping_cost", "Freight.", |job| job.actual.shipping),
        amount("use_tax", "Use tax.", |job| job.actual.use_tax),
        amount("total_cost", "What the job cost in all.", |job| job.actual.total),
        amount("estimated_cost", "The shop's own estimate of the cost.", |job| job.estimated_cost),
        amount("quoted_price", "The price that was quoted.", |job| job.quoted_price),
        amount("sale_price", "The price that was billed or agreed.", |job| job.sale_price),
    ]
    .into_iter()
}

fn price(job: &Job) -> Option<Money> {
    job.sale_price.or(job.quoted_price)
}

fn positive(amount: Option<Money>) -> Option<f64> {
    amount.map(Money::to_f64).filter(|amount| *amount > 0.0)
}

pub(super) fn shown(id: usize) -> Shown {
    NAMES[id].shown
}

pub(super) fn value<'s>(subject: &'s Subject<'_>, id: usize) -> Option<Value<'s>> {
    let name = NAMES.get(id)?;
    let value = match name.of {
        Of::Driver => driver_value(subject.specification.get(name.name)?),
        Of::Number(of) => Value::Number(of(subject)?),
        Of::Amount(of) => Value::Number(of(subject.job?)?.to_f64()),
        Of::Text(of) => Value::Text(of(subject)?),
        Of::Flag(of) => Value::Flag(of(subject)?),
    };
    of_kind(value, name.kind)
}

pub(super) fn called<'s>(subject: &'s Subject<'_>, id: usize, texts: &[String]) -> Option<Value<'s>> {
    let own = || driver_value(subject.specification.get(texts.first()?)?).into();
    let value: Option<Value<'_>> = match FUNCTIONS.get(id)?.0 {
        "hours" => subject.hours(texts).map(Value::Number),
        "cost" => subject.cost(texts).map(Value::Number),
        "quantity_of" => subject.quantity(texts).map(Value::Number),
        _ => own(),
    };
    of_kind(value?, FUNCTIONS[id].1)
}

fn driver_value(value: &DriverValue) -> Value<'_> {
    match value {
        DriverValue::Flag(flag) => Value::Flag(*flag),
        DriverValue::Number(number) => Value::Number(*number),
        DriverValue::Text(text) => Value::Text(text),
    }
}

/// A driver of another kind than it should be is told by its range, not by a rule.
fn of_kind(value: Value<'_>, kind: Kind) -> Option<Value<'_>> {
    let found = match value {
        Value::Number(number) if !number.is_finite() => return None,
        Value::Number(_) => Kind::Number,
        Value::Text(_) => Kind::Text,
        Value::Flag(_) => Kind::Flag,
    };
    (found == kind).then_some(value)
}

/// What rules may name.
pub(super) struct Names;

impl Vocabulary for Names {
    fn name(&self, name: &str) -> Option<(usize, Kind)> {
        let id = NAMES.iter().position(|known| known.name == name)?;
        Some((id, NAMES[id].kind))
    }

    fn function(&self, name: &str) -> Option<(usize, Kind)> {
        let id = FUNCTIONS.iter().position(|(known, _)| *known == name)?;
        Some((id, FUNCTIONS[id].1))
    }

    fn all(&self) -> Vec<&str> {
        NAMES.iter().map(|name| name.name).chain(FUNCTIONS.map(|(name, _)| name)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The documentation says of every name what it is.
    #[test]
    fn the_page_lists_every_name() {
        let page = include_str!("../../../../docs/rules.md");
        for name in NAMES.iter() {
            let row = format!("| `{}` | {} |", name.name, name.help);
            assert!(page.contains(&row), "docs/rules.md lacks the row {row}");
        }
        for (name, _) in FUNCTIONS {
            assert!(page.contains(&format!("`{name}(")), "docs/rules.md lacks {name}");
        }
    }

    #[test]
    fn no_name_stands_twice() {
        let mut names = Names.all();
        names.sort_unstable();
        let before = names.len();
        names.dedup();
        assert_eq!(names.len(), before);
    }
}
