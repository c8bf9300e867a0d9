//! The figures of a job that speak about each other, and how they are called and written.

use rust_decimal::Decimal;
use signwright_domain::driver;
use signwright_domain::job::Job;
use signwright_domain::{Currency, DriverValue, Money};

use crate::numbers::shown;

/// A figure of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Material,
    Labour,
    Burden,
    Outplant,
    Equipment,
    Shipping,
    UseTax,
    Total,
    EstimatedCost,
    QuotedPrice,
    SalePrice,
    EstimatedHours,
    ActualHours,
    Width,
    Height,
    LetterHeight,
    /// What the cost model expects; it tells about the others and is never blamed.
    Model,
}

pub(super) const FIELDS: [Field; 17] = [
    Field::Material,
    Field::Labour,
    Field::Burden,
    Field::Outplant,
    Field::Equipment,
    Field::Shipping,
    Field::UseTax,
    Field::Total,
    Field::EstimatedCost,
    Field::QuotedPrice,
    Field::SalePrice,
    Field::EstimatedHours,
    Field::ActualHours,
    Field::Width,
    Field::Height,
    Field::LetterHeight,
    Field::Model,
];

/// The figures of one job in major units, hours, feet and inches; `None` where no source gave one.
pub(super) type Figures = [Option<f64>; FIELDS.len()];

impl Field {
    pub(super) fn index(self) -> usize {
        self as usize
    }

    /// The canonical field name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Material => "material_cost",
            Self::Labour => "labour_cost",
            Self::Burden => "burden_cost",
            Self::Outplant => "outplant_cost",
            Self::Equipment => "equipment_cost",
            Self::Shipping => "shipping_cost",
            Self::UseTax => "use_tax",
            Self::Total => "total_cost",
            Self::EstimatedCost => "estimated_cost",
            Self::QuotedPrice => "quoted_price",
            Self::SalePrice => "sale_price",
            Self::EstimatedHours => "estimated_hours",
            Self::ActualHours => "actual_hours",
            Self::Width => "width",
            Self::Height => "height",
            Self::LetterHeight => "letter_height",
            Self::Model => "expected_cost",
        }
    }

    /// As a sentence calls it.
    pub(super) fn words(self) -> String {
        match self {
            Self::Labour => "labour cost".to_owned(),
            Self::Width | Self::Height | Self::LetterHeight => driver::label(self.name()).to_lowercase(),
            Self::Material
            | Self::Burden
            | Self::Outplant
            | Self::Equipment
            | Self::Shipping
            | Self::UseTax
            | Self::Total
            | Self::EstimatedCost
            | Self::QuotedPrice
            | Self::SalePrice
            | Self::EstimatedHours
            | Self::ActualHours
            | Self::Model => self.name().replace('_', " "),
        }
    }

    /// One of the parts that make up the total.
    pub(super) fn is_part(self) -> bool {
        self.index() < Self::Total.index()
    }

    pub(super) fn is_size(self) -> bool {
        matches!(self, Self::Width | Self::Height | Self::LetterHeight)
    }

    /// A figure with its unit.
    pub(super) fn written(self, value: f64, currency: Currency) -> String {
        match self {
            Self::EstimatedHours | Self::ActualHours => format!("{} hours", shown(value)),
            Self::Width | Self::Height => format!("{} ft", shown(value)),
            Self::LetterHeight => format!("{} in", shown(value)),
            Self::Material
            | Self::Labour
            | Self::Burden
            | Self::Outplant
            | Self::Equipment
            | Self::Shipping
            | Self::UseTax
            | Self::Total
            | Self::EstimatedCost
            | Self::QuotedPrice
            | Self::SalePrice
            | Self::Model => amount(value, currency),
        }
    }
}

/// An amount as text; estimates among them are shown to the minor unit as well, so that they can be typed in.
fn amount(value: f64, currency: Currency) -> String {
    let rounded = Decimal::from_f64_retain(value).and_then(|d| Money::from_decimal(d, currency).ok());
    rounded.map_or_else(|| shown(value), |money| money.to_string())
}

/// `expected` is the cost model's.
pub(super) fn figures(job: &Job, expected: Option<f64>) -> Figures {
    let money = |amount: Option<Money>| amount.map(Money::to_f64);
    let size = |name: &str| job.specification.get(name).and_then(DriverValue::number);
    let actual = &job.actual;
    [
        money(actual.material),
        money(actual.labour),
        money(actual.burden),
        money(actual.outplant),
        money(actual.equipment),
        money(actual.shipping),
        money(actual.use_tax),
        money(actual.total),
        money(job.estimated_cost),
        money(job.quoted_price),
        money(job.sale_price),
        job.estimated_hours,
        job.actual_hours,
        size("width"),
        size("height"),
        size("letter_height"),
        expected.filter(|x| x.is_finite()),
    ]
}

/// Natural logarithms of the figures; `None` where a figure is absent or not positive.
pub(super) fn logarithms(figures: &Figures) -> Figures {
    figures.map(|figure| figure.filter(|value| *value > 0.0).map(f64::ln))
}

/// Sum of the parts that are there; `None` without any.
pub(super) fn sum_of_parts(figures: &Figures) -> Option<f64> {
    figures[..Field::Total.index()].iter().flatten().copied().reduce(|sum, part| sum + part)
}

pub(super) fn currency(job: &Job) -> Currency {
    let actual = &job.actual;
    let amounts = [actual.total, actual.material, actual.labour, job.estimated_cost, job.quoted_price, job.sale_price];
    amounts.into_iter().flatten().next().map_or(Currency::USD, |money| money.currency)
}
