//! What if: assumptions about prices, wages, demand and people, applied to the forecasts, to all open quotes and to the
//! hours in the books.

mod capacity;
mod escalation;
mod shares;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use signwright_domain::Money;
use signwright_domain::outlook::{Assumption, SavedOutlook};
use signwright_domain::quote::QuoteStatus;
use signwright_domain::series::{ForecastPoint, Frequency, Point, Series};
use signwright_store::quotes::{QuoteQuery, list as list_quotes};
use signwright_store::{estimates, outlooks, quotes};
use ts_rs::TS;

use crate::commands::Nothing;
use crate::{Action, CallError, audit, money, series};
use shares::Shares;

pub use capacity::{Capacity, CapacityMonth};
pub use escalation::{Escalation, EscalationPart, EscalationQuery, escalation};

/// Months ahead where nothing is said, and at most.
const HORIZON: u32 = 12;
const FARTHEST: u32 = 36;
const MOST: usize = 12;
/// Newest values of a series that are shown before what is to come.
const PAST: usize = 24;

/// What is assumed, and how far ahead it is looked.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OutlookQuery {
    pub assumptions: Vec<Assumption>,
    /// Months; 12 where nothing is said, at most 36.
    #[serde(default)]
    pub horizon: Option<u32>,
}

/// Assumptions to be kept.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SaveOutlook {
    pub name: String,
    pub assumptions: Vec<Assumption>,
}

/// Kept assumptions.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct OutlookRef {
    #[ts(type = "number")]
    pub id: i64,
}

/// A price or a wage, as forecast and as assumed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AssumedSeries {
    pub series: String,
    pub label: String,
    pub unit: String,
    pub frequency: Frequency,
    pub past: Vec<Point>,
    pub forecast: Vec<ForecastPoint>,
    pub assumed: Vec<ForecastPoint>,
    /// Of the cost of a job, 0 to 1; `None` where the accounts do not say.
    pub share: Option<f64>,
}

/// An open quote under what is assumed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AssumedQuote {
    #[ts(type = "number")]
    pub quote_id: i64,
    pub number: String,
    pub customer: String,
    pub price: Money,
    pub cost: Money,
    pub assumed_cost: Money,
    /// (price - cost) / price, 0 to 1; `None` without a price.
    pub margin: Option<f64>,
    pub assumed_margin: Option<f64>,
}

/// What follows from assumptions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Outlook {
    pub series: Vec<AssumedSeries>,
    /// What loses most first.
    pub quotes: Vec<AssumedQuote>,
    /// Of all open quotes.
    pub price: Money,
    pub cost: Money,
    pub assumed_cost: Money,
    /// Hours without and with what is assumed; `None` where too little is known of hours.
    pub capacity: Option<Capacity>,
    pub assumed_capacity: Option<Capacity>,
    /// What it comes to and what it rests on, in sentences.
    pub words: Vec<String>,
}

pub fn list_outlooks(action: &Action, _: Nothing) -> Result<Vec<SavedOutlook>, CallError> {
    Ok(outlooks::list(&action.shop().read())?)
}

/// Keeps assumptions in place of those of the same name.
pub fn save_outlook(action: &Action, input: SaveOutlook) -> Result<SavedOutlook, CallError> {
    let name = input.name.trim();
    if name.is_empty() {
        return Err(CallError::invalid("what is assumed needs a name"));
    }
    valid(&input.assumptions)?;
    let who = action.options().user.clone();
    let mut outlook =
        SavedOutlook { id: 0, name: name.to_owned(), assumptions: input.assumptions, who, at: action.now };
    outlook.id = action.shop().write(|db| {
        let before = outlooks::list(db)?.into_iter().find(|before| before.name == outlook.name);
        let id = outlooks::put(db, &outlook)?;
        let before = before.map(|before| before.assumptions);
        audit::record(db, action, &format!("outlook {id}"), before, &outlook.assumptions)?;
        Ok::<_, CallError>(id)
    })?;
    action.changed("outlooks");
    Ok(outlook)
}

pub fn delete_outlook(action: &Action, input: OutlookRef) -> Result<SavedOutlook, CallError> {
    let all = outlooks::list(&action.shop().read())?;
    let before = all.into_iter().find(|one| one.id == input.id);
    let before = before.ok_or_else(|| CallError::not_found(format!("assumptions {}", input.id)))?;
    action.shop().write(|db| {
        outlooks::delete(db, input.id)?;
        audit::record(db, action, &format!("outlook {}", input.id), Some(&before.assumptions), &"deleted")
    })?;
    action.changed("outlooks");
    Ok(before)
}

/// What follows for prices, open quotes and hours.
///
/// # Errors
/// `InvalidInput` for what cannot be assumed; `NotFound` for a price that is not imported.
pub fn show_outlook(action: &Action, input: OutlookQuery) -> Result<Outlook, CallError> {
    valid(&input.assumptions)?;
    let horizon = input.horizon.unwrap_or(HORIZON).clamp(1, FARTHEST) as usize;
    let prices = series::imported(action)?;
    let names: Vec<String> = prices.iter().map(|price| price.label.clone()).collect();
    let shares = Shares::of(action, &names)?;
    let place = |name: &str| prices.iter().position(|price| price.name == name);
    let mut told = Vec::new();
    for assumption in &input.assumptions {
        match assumption {
            Assumption::Price { series, percent, from } => {
                let at = place(series).ok_or_else(|| CallError::not_found(format!("imported price \"{series}\"")))?;
                told.push(assumed(&prices[at], *percent, *from, horizon, shares.material(at, None)));
            }
            Assumption::Wage { percent, from } => {
                let wage = series::find(action, "labour_rate")?;
                told.push(assumed(&wage, *percent, *from, horizon, shares.labour()));
            }
            Assumption::Demand { .. } | Assumption::People { .. } => {}
        }
    }
    let dearer = |sign_type: Option<&str>| -> f64 {
        let of = |assumption: &Assumption| match assumption {
            Assumption::Price { series, percent, .. } => {
                place(series).and_then(|at| shares.material(at, sign_type)).unwrap_or(0.0) * percent
            }
            Assumption::Wage { percent, .. } => shares.labour().unwrap_or(0.0) * percent,
            Assumption::Demand { .. } | Assumption::People { .. } => 0.0,
        };
        input.assumptions.iter().map(of).sum::<f64>() / 100.0
    };
    let open = open_quotes(action, dearer)?;
    let currency = action.experience()?.currency;
    let sum = |of: fn(&AssumedQuote) -> Money| Money::new(open.iter().map(|quote| of(quote).minor).sum(), currency);
    let hours = capacity::capacity(action, &input.assumptions, horizon)?;
    let (capacity, assumed_capacity) = hours.unzip();
    let mut outlook = Outlook {
        series: told,
        price: sum(|quote| quote.price),
        cost: sum(|quote| quote.cost),
        assumed_cost: sum(|quote| quote.assumed_cost),
        quotes: open,
        capacity,
        assumed_capacity,
        words: Vec::new(),
    };
    outlook.words = words(&outlook, shares.jobs());
    Ok(outlook)
}

fn valid(assumptions: &[Assumption]) -> Result<(), CallError> {
    if !(1..=MOST).contains(&assumptions.len()) {
        return Err(CallError::invalid(format!(
            "1 to {MOST} things can be assumed at once, not {}",
            assumptions.len()
        )));
    }
    for assumption in assumptions {
        match assumption {
            Assumption::Price { percent, .. }
            | Assumption::Wage { percent, .. }
            | Assumption::Demand { percent, .. } => {
                if !(-95.0..=500.0).contains(percent) {
                    return Err(CallError::invalid(format!("{percent} % is not from -95 to 500 %")));
                }
            }
            Assumption::People { more, hours, .. } => {
                if !(-1_000.0..=1_000.0).contains(more) || !(0.0..=400.0).contains(hours) {
                    return Err(CallError::invalid(format!("{more} people of {hours} hours a month are not possible"))
                        .hint("A person has about 140 to 160 hours a month."));
                }
            }
        }
    }
    Ok(())
}

/// As forecast, and so much above it from a day on.
fn assumed(of: &Series, percent: f64, from: Date, horizon: usize, share: Option<f64>) -> AssumedSeries {
    // A series that is too short has no forecast to be above of.
    let forecast = signwright_forecast::forecast(&signwright_domain::Task::silent(), of, horizon);
    let forecast = forecast.map(|forecast| forecast.points).unwrap_or_default();
    let raised = |point: &ForecastPoint| {
        let times = if point.ds >= from.first_of_month() { 1.0 + percent / 100.0 } else { 1.0 };
        ForecastPoint {
            ds: point.ds,
            yhat: point.yhat * times,
            lo_80: point.lo_80 * times,
            hi_80: point.hi_80 * times,
            lo_95: point.lo_95 * times,
            hi_95: point.hi_95 * times,
        }
    };
    AssumedSeries {
        series: of.name.clone(),
        label: of.label.clone(),
        unit: of.unit.clone(),
        frequency: of.frequency,
        past: of.points[of.points.len().saturating_sub(PAST)..].to_vec(),
        assumed: forecast.iter().map(raised).collect(),
        forecast,
        share,
    }
}

/// Drafts, approved and sent ones, with the cost of each line as its type has it.
fn open_quotes(action: &Action, dearer: impl Fn(Option<&str>) -> f64) -> Result<Vec<AssumedQuote>, CallError> {
    let db = action.shop().read();
    let mut open = Vec::new();
    for status in [QuoteStatus::Draft, QuoteStatus::Approved, QuoteStatus::Sent] {
        let query = QuoteQuery { status: Some(status), limit: 10_000, ..QuoteQuery::default() };
        for summary in list_quotes(&db, &query)?.1 {
            let Some(quote) = quotes::get(&db, summary.id)? else { continue };
            let version = quote.active();
            let (price, cost) = (version.totals.subtotal, version.totals.cost);
            let mut more = 0.0;
            for line in &version.lines {
                let estimate = line.estimate_id.map(|id| estimates::get(&db, id)).transpose()?.flatten();
                let sign_type = estimate.as_ref().and_then(|estimate| estimate.specification.text("sign_type"));
                let of_line = (line.unit_cost * line.quantity).try_into().unwrap_or(0.0_f64);
                more += of_line * dearer(sign_type);
            }
            let assumed_cost = cost + money::from_statistics(more, cost.currency)?;
            let margin =
                |cost: Money| (price.minor != 0).then(|| (price.minor - cost.minor) as f64 / price.minor as f64);
            open.push(AssumedQuote {
                quote_id: quote.id,
                margin: margin(cost),
                assumed_margin: margin(assumed_cost),
                number: quote.number,
                customer: quote.customer,
                price,
                cost,
                assumed_cost,
            });
        }
    }
    open.sort_by_key(|quote| quote.cost.minor - quote.assumed_cost.minor);
    Ok(open)
}

fn words(outlook: &Outlook, jobs: usize) -> Vec<String> {
    let mut words = Vec::new();
    for series in &outlook.series {
        match series.share {
            Some(share) => {
                let percent = 100.0 * share;
                let digits = usize::from(percent < 10.0);
                words.push(format!("{} is {percent:.digits$} % of the cost of a job.", series.label));
            }
            None => words.push(format!(
                "How much of a job's cost is {} is not known: no material line of a finished job is called that, so it moves no quote.",
                series.label
            )),
        }
    }
    let more = outlook.assumed_cost - outlook.cost;
    if more.minor != 0 {
        let quotes = outlook.quotes.len();
        let of = if quotes == 1 { "The open quote costs".to_owned() } else { format!("The {quotes} open quotes cost") };
        let word = if more.minor > 0 { "more" } else { "less" };
        let margin =
            |cost: Money| 100.0 * (outlook.price.minor - cost.minor) as f64 / outlook.price.minor.max(1) as f64;
        words.push(format!(
            "{of} {} {word}: {} instead of {}, a margin of {:.1} % instead of {:.1} %.",
            Money::new(more.minor.abs(), more.currency),
            outlook.assumed_cost,
            outlook.cost,
            margin(outlook.assumed_cost),
            margin(outlook.cost)
        ));
    }
    if let (Some(plain), Some(assumed)) = (&outlook.capacity, &outlook.assumed_capacity) {
        let month = |day: Date| day.strftime("%B %Y").to_string();
        let months =
            |end: Option<f64>| end.map_or_else(|| "more than can be worked".to_owned(), |end| format!("{end:.1}"));
        let end = if plain.end == assumed.end {
            months(plain.end)
        } else {
            format!("{} instead of {}", months(assumed.end), months(plain.end))
        };
        let until = plain.months.last().map_or_else(String::new, |last| month(last.month));
        words.push(format!(
            "{:.1} months of work stand in the books; at the end of {until} it will be {end}.",
            plain.now
        ));
        match (plain.too_long, assumed.too_long) {
            // They stand there already.
            _ if plain.now >= capacity::TOO_LONG => {}
            (Some(day), None) => {
                words.push(format!("Three months of backlog, expected for {}, are not reached.", month(day)))
            }
            (_, Some(day)) => words.push(format!("Three months of backlog are reached in {}.", month(day))),
            (None, None) => {}
        }
    }
    if more.minor != 0 {
        words.push("Open quotes are counted as if all of it were bought and worked after the change.".to_owned());
    }
    words.push(format!("Shares are those of {jobs} finished jobs with material lines of the last three years."));
    words
}
