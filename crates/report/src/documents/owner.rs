//! The owner's version of a quote: cost, margin, drivers and evidence. Internal, and marked so on every page.

use rust_decimal::Decimal;
use serde::Serialize;
use signwright_domain::Money;
use signwright_domain::bottom_up::{BottomUp, CostDecision, CostSource};
use signwright_domain::card::{Model, Standing};
use signwright_domain::estimate::Estimate;
use signwright_domain::quote::{Quote, QuoteStatus};

use super::estimate::{INTERNAL, Remark, Similar, basis, is_inside, novelty, remarks, similar};
use super::manuscript::{Frame, Framing};
use super::quote::paper;
use super::{Letterhead, Manuscript, Template};
use crate::ReportError;
use crate::figures::{range_bar, waterfall};
use crate::words::{cell, long_date, narrow_cell, paragraphs, quantity, round_money, share, shortened};

/// So many similar jobs stand as evidence.
const JOBS: usize = 6;

/// An estimate behind a quote, and what stands behind it in turn.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    pub estimate: &'a Estimate,
    /// The model that made it.
    pub model: Option<&'a Model>,
}

/// The active version of a quote with everything the shop knows of it.
pub fn owner(quote: &Quote, evidence: &[Evidence<'_>], letterhead: &Letterhead) -> Result<Manuscript, ReportError> {
    let identity = format!("quote {} version {} for the owner", quote.number, quote.active().version);
    let mut manuscript = Manuscript::new(Template::Owner, identity, &Sheet::of(quote, evidence, letterhead)?)?;
    for (i, one) in evidence.iter().enumerate() {
        manuscript = manuscript.with_file(format!("range-{i}.svg"), range_bar(one.estimate)?);
        if !one.estimate.contributions.is_empty() {
            manuscript = manuscript.with_file(format!("drivers-{i}.svg"), waterfall(one.estimate)?);
        }
    }
    Ok(manuscript.with_logo(letterhead))
}

#[derive(Debug, Serialize)]
struct Sheet {
    #[serde(flatten)]
    frame: Frame,
    number: String,
    title: String,
    customer: String,
    standing: &'static str,
    valid_until: String,
    tags: Vec<String>,
    figures: Vec<Figure>,
    lines: Vec<Line>,
    cost: String,
    price: String,
    left: String,
    margin: String,
    estimates: Vec<Said>,
    lost: String,
}

/// A figure with its name, and whether it should worry.
#[derive(Debug, Serialize)]
pub(super) struct Figure {
    pub(super) label: &'static str,
    pub(super) value: String,
    pub(super) note: String,
    pub(super) low: bool,
}

#[derive(Debug, Serialize)]
struct Line {
    description: String,
    quantity: String,
    unit: String,
    cost: String,
    price: String,
    left: String,
    margin: String,
    loss: bool,
}

#[derive(Debug, Serialize)]
struct Said {
    title: String,
    cost: String,
    basis: &'static str,
    basis_note: Vec<String>,
    novelty: String,
    inside_experience: bool,
    model: String,
    range_file: String,
    drivers_file: Option<String>,
    chances: Vec<Chance>,
    ranges: Vec<Bounds>,
    built_up: Option<Built>,
    /// Whose cost a person went by, and why.
    decided: String,
    similar: Vec<Similar>,
    warnings: Vec<Remark>,
}

/// What is left when a job costs what so many of 100 cost at most.
#[derive(Debug, Serialize)]
struct Chance {
    percentile: u8,
    cost: String,
    over: String,
    left: String,
    margin: String,
    loss: bool,
}

#[derive(Debug, Serialize)]
struct Bounds {
    level: u8,
    low: String,
    high: String,
}

#[derive(Debug, Serialize)]
struct Built {
    name: String,
    note: String,
    parts: Vec<(&'static str, String)>,
    total: String,
    said: Vec<String>,
}

impl Sheet {
    fn of(quote: &Quote, evidence: &[Evidence<'_>], letterhead: &Letterhead) -> Result<Self, ReportError> {
        let version = quote.active();
        let totals = &version.totals;
        let framing = Framing {
            paper: paper(totals.total.currency),
            date: version.created_at.to_zoned(letterhead.time_zone.clone()).date(),
            title: &format!("Quote {}, owner's version", quote.number),
            running: &format!("Quote {}, owner's version", quote.number),
            further: &format!("Owner's version of quote {} for {}", quote.number, shortened(&quote.customer, 50)),
            internal: INTERNAL,
        };
        let left = totals.subtotal - totals.cost;
        Ok(Self {
            frame: Frame::of(letterhead, &framing)?,
            number: cell(&quote.number),
            title: cell(&quote.title),
            customer: cell(&quote.customer),
            standing: standing(quote.status),
            valid_until: long_date(version.valid_until),
            tags: vec![format!("version {}", version.version)],
            figures: figures(quote),
            lines: lines(quote),
            cost: totals.cost.to_string(),
            price: totals.subtotal.to_string(),
            left: left.to_string(),
            margin: percent(totals.margin),
            estimates: evidence.iter().enumerate().map(|(i, one)| said(i, one, quote)).collect(),
            lost: lost(quote),
        })
    }
}

fn figures(quote: &Quote) -> Vec<Figure> {
    let totals = &quote.active().totals;
    let left = totals.subtotal - totals.cost;
    let figure = |label, value, low| Figure { label, value, note: String::new(), low };
    vec![
        figure("Cost", round_money(totals.cost), false),
        figure("Left of the price", round_money(left), left.minor < 0),
        figure("Markup on cost", percent(totals.markup), left.minor < 0),
        figure("Margin of price", percent(totals.margin), left.minor < 0),
    ]
}

fn lines(quote: &Quote) -> Vec<Line> {
    let version = quote.active();
    let line = |(line, amount): (&signwright_domain::quote::QuoteLine, &Money)| {
        // Lines are rounded one by one here; the sum at the foot is the quote's own.
        let cost = Money::from_decimal(line.quantity * line.unit_cost, amount.currency).ok();
        let left = cost.map(|cost| *amount - cost);
        Line {
            description: cell(&shortened(&line.description, 160)),
            quantity: quantity(line.quantity),
            unit: narrow_cell(&line.unit),
            cost: cost.map(|cost| cost.to_string()).unwrap_or_else(|| "–".into()),
            price: amount.to_string(),
            left: left.map(|left| left.to_string()).unwrap_or_else(|| "–".into()),
            margin: left.map(|left| margin(left, *amount)).unwrap_or_default(),
            loss: left.is_some_and(|left| left.minor < 0),
        }
    };
    version.lines.iter().zip(&version.totals.amounts).map(line).collect()
}

fn said(i: usize, one: &Evidence<'_>, quote: &Quote) -> Said {
    let estimate = one.estimate;
    Said {
        title: cell(&estimate.title),
        cost: round_money(estimate.cost),
        basis: basis(estimate.basis),
        basis_note: paragraphs(&estimate.basis_note),
        novelty: novelty(estimate),
        inside_experience: is_inside(estimate),
        model: one.model.map(model).unwrap_or_default(),
        range_file: format!("range-{i}.svg"),
        drivers_file: (!estimate.contributions.is_empty()).then(|| format!("drivers-{i}.svg")),
        chances: chances(estimate, quote),
        ranges: estimate
            .ranges
            .iter()
            .map(|range| Bounds { level: range.level, low: round_money(range.low), high: round_money(range.high) })
            .collect(),
        built_up: estimate.bottom_up.as_ref().and_then(built_up),
        decided: estimate.decision.as_ref().map(decided).unwrap_or_default(),
        similar: estimate.similar.iter().take(JOBS).map(similar).collect(),
        warnings: remarks(estimate),
    }
}

fn model(model: &Model) -> String {
    let card = &model.card;
    let error = |name: &str| card.scores.iter().find(|score| score.method.starts_with(name)).map(|s| s.median_error);
    let measured = match (error("model"), error("median of type")) {
        (Some(model), Some(rule)) => {
            format!("; half of the newest jobs within {model:.1} %, by the median of the type within {rule:.1} %")
        }
        (Some(model), None) => format!("; half of the newest jobs within {model:.1} %"),
        (None, _) => String::new(),
    };
    let standing = match model.standing {
        Standing::Champion => "in use",
        Standing::Challenger => "a challenger",
        Standing::Retired => "not in use any more",
    };
    let (day, jobs) = (card.created_at.strftime("%B %-d, %Y"), card.learned_from());
    format!("Model {}, trained {day} on {jobs} jobs, {standing}{measured}.", model.id)
}

/// The whole quote's margin if this estimate alone comes out at that percentile.
fn chances(estimate: &Estimate, quote: &Quote) -> Vec<Chance> {
    let version = quote.active();
    let totals = &version.totals;
    let count: Decimal = version.lines.iter().filter(|l| l.estimate_id == Some(estimate.id)).map(|l| l.quantity).sum();
    let chance = |at: &signwright_domain::estimate::AtMost| {
        let more = Money::from_decimal(at.over.to_decimal() * count, at.over.currency).ok()?;
        // The line may stand at that cost already, where the quote was built on a percentile.
        let built_on = version.lines.iter().filter(|line| line.estimate_id == Some(estimate.id));
        let built_on: Decimal = built_on.map(|line| line.quantity * line.unit_cost).sum();
        let expected = estimate.cost.to_decimal() * count;
        let allowed = Money::from_decimal(built_on - expected, at.over.currency).ok()?;
        let left = totals.subtotal - totals.cost + allowed - more;
        Some(Chance {
            percentile: at.percentile,
            cost: round_money(at.cost),
            over: round_money(at.over),
            left: round_money(left),
            margin: margin(left, totals.subtotal),
            loss: left.minor < 0,
        })
    };
    estimate.at_most.iter().filter_map(chance).collect()
}

fn built_up(bottom_up: &BottomUp) -> Option<Built> {
    let built = bottom_up.built.as_ref()?;
    let said = bottom_up.beside.iter().flat_map(|beside| &beside.said);
    Some(Built {
        name: cell(&built.name),
        note: format!("version {}, {} hours", built.version, quantity(built.hours.round_dp(1))),
        parts: built.subtotals.iter().map(|part| (part.kind.label(), part.amount.to_string())).collect(),
        total: built.total.to_string(),
        said: said.flat_map(|sentence| paragraphs(sentence)).collect(),
    })
}

fn decided(decision: &CostDecision) -> String {
    let by = match decision.by {
        CostSource::Learned => "what finished jobs say",
        CostSource::BuiltUp => "what is built up",
        CostSource::Own => "a figure of their own",
    };
    let why = if decision.why.is_empty() { String::new() } else { format!(": {}", cell(&decision.why)) };
    format!("{} went by {by}, {}{why}.", cell(&decision.who), decision.cost)
}

fn standing(status: QuoteStatus) -> &'static str {
    match status {
        QuoteStatus::Draft => "Draft",
        QuoteStatus::Approved => "Approved",
        QuoteStatus::Sent => "Sent",
        QuoteStatus::Won => "Won",
        QuoteStatus::Lost => "Lost",
        QuoteStatus::Expired => "Expired",
    }
}

fn lost(quote: &Quote) -> String {
    let reason = quote.lost_reason.as_deref().map(cell).unwrap_or_default();
    match quote.competitor_price {
        Some(price) if quote.status == QuoteStatus::Lost => {
            format!("Lost: {reason}. A competitor asked {}.", round_money(price))
        }
        _ if quote.status == QuoteStatus::Lost => format!("Lost: {reason}."),
        _ => String::new(),
    }
}

fn percent(fraction: Option<Decimal>) -> String {
    fraction.map_or_else(|| "–".into(), share)
}

/// What is left as a share of the price.
pub(super) fn margin(left: Money, price: Money) -> String {
    if price.minor == 0 { "–".into() } else { share(left.to_decimal() / price.to_decimal()) }
}
