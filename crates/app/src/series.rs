//! The shop's own series and the imported material prices, always as new as the data.
//!
//! A series of the shop is a measure by day, week, month, quarter or year, of all rows or of one level of a column, or a
//! formula over such series. Nothing is stored but formulas: the rows stand in columns in memory (`ledgers`), made once for one
//! state of the shop, and a series is rolled up when it is asked for.

mod asked;
mod backlog;
mod formula;
mod ledgers;
mod measures;
mod saved;

use std::sync::{Arc, PoisonError};

use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use signwright_domain::series::{Frequency, Point, Series};
use signwright_domain::{Currency, driver};
use signwright_lake::{Aggregate, Every, RollUp, begin_of, next_begin};
use signwright_store::{Db, prices, saved_series, settings};
use ts_rs::TS;

use crate::commands::Nothing;
use crate::estimates::Experience;
use crate::{Action, CallError};
use asked::{Asked, ways};
use formula::OverSeries;
use measures::{MEASURES, Measure, Rows, Unit};

pub(crate) use ledgers::Ledgers;
pub use saved::{SaveSeries, SavedRef, delete_series, list_saved_series, save_series};

/// What the names of imported prices begin with, and those of formulas.
const MATERIAL: &str = "material:";
const SAVED: &str = "saved:";
/// Levels of a column that are offered at most.
const LEVELS: usize = 200;

/// A series as listed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SeriesInfo {
    pub name: String,
    pub label: String,
    pub unit: String,
    pub frequency: Frequency,
    pub points: u32,
    pub last: Option<f64>,
}

/// Which series is meant: the name of a listed one, or one put together as `list_measures` says.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SeriesRef {
    pub name: String,
}

/// What can be measured, and how a series of it is put together: `name@period~way/column=level`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MeasureInfo {
    pub name: String,
    pub label: String,
    pub unit: String,
    /// It says something only of one level of a column.
    pub split_only: bool,
    /// How the rows of a period can become one value, its own way first; empty where there is one way only.
    pub ways: Vec<String>,
    pub by: Vec<SplitBy>,
}

/// A column that a measure can be split by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SplitBy {
    pub column: String,
    pub label: String,
    /// The most frequent first.
    pub levels: Vec<Level>,
}

/// A level of a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Level {
    pub level: String,
    pub label: String,
    #[ts(type = "number")]
    pub rows: u64,
}

/// Every measure by month, the imported prices, and the shop's formulas.
pub fn list_series(action: &Action, _: Nothing) -> Result<Vec<SeriesInfo>, CallError> {
    Ok(all(action)?.into_iter().map(info).collect())
}

/// What the shop's own series can be of.
pub fn list_measures(action: &Action, _: Nothing) -> Result<Vec<MeasureInfo>, CallError> {
    let shop = Own::of(action)?;
    MEASURES.iter().map(|measure| shop.info(measure)).collect()
}

/// The points of one series.
pub fn show_series(action: &Action, input: SeriesRef) -> Result<Series, CallError> {
    find(action, &input.name)
}

fn info(series: Series) -> SeriesInfo {
    SeriesInfo {
        points: u32::try_from(series.points.len()).unwrap_or(u32::MAX),
        last: series.points.last().map(|point| point.y),
        name: series.name,
        label: series.label,
        unit: series.unit,
        frequency: series.frequency,
    }
}

/// The series of this name.
///
/// # Errors
/// `NotFound` or `Invalid`, with what there is.
pub(crate) fn find(action: &Action, name: &str) -> Result<Series, CallError> {
    if let Some(material) = name.strip_prefix(MATERIAL) {
        let db = action.shop().read();
        let currency = settings::shop(&db)?.currency;
        let known = prices::series(&db)?;
        return match known.iter().find(|known| known.series == material) {
            Some(known) => of_material(&db, &known.series, &known.unit, currency.symbol()),
            None => Err(CallError::not_found(format!("imported price \"{material}\""))
                .hint(known.iter().map(|known| known.series.as_str()).collect::<Vec<_>>().join(", "))),
        };
    }
    if let Some(id) = name.strip_prefix(SAVED) {
        let id = id.parse().map_err(|_| CallError::not_found(format!("series named \"{name}\"")))?;
        return of_formula(action, &saved::get(action, id)?);
    }
    let asked = Asked::of(name)?;
    Own::of(action)?.series(&asked)
}

/// The periods of a frequency; quarters and years begin in this month of a year, 1 to 12.
pub(crate) fn every(frequency: Frequency, fiscal_year_starts: u8) -> Every {
    match frequency {
        Frequency::Daily => Every::Day,
        Frequency::Weekly => Every::Week,
        Frequency::Monthly => Every::Month,
        Frequency::Quarterly => Every::Quarter(fiscal_year_starts),
        Frequency::Yearly => Every::Year(fiscal_year_starts),
    }
}

/// Whether it is an imported price, by its name.
pub(crate) fn is_imported(name: &str) -> bool {
    name.starts_with(MATERIAL)
}

/// Whether it is a formula over others, by its name.
pub(crate) fn is_formula(name: &str) -> bool {
    name.starts_with(SAVED)
}

/// Every series that has points: the shop's own by month and of all rows, the imported prices, its formulas.
pub(crate) fn all(action: &Action) -> Result<Vec<Series>, CallError> {
    let mut all = own(action)?;
    all.extend(imported(action)?);
    let db = action.shop().read();
    // One that asks for a price that is not imported any more is no reason to show nothing.
    all.extend(saved_series::list(&db)?.iter().filter_map(|saved| of_formula(action, saved).ok()));
    all.retain(|series| !series.points.is_empty());
    Ok(all)
}

/// The imported prices.
pub(crate) fn imported(action: &Action) -> Result<Vec<Series>, CallError> {
    let db = action.shop().read();
    let currency = settings::shop(&db)?.currency;
    let known = prices::series(&db)?;
    known.iter().map(|known| of_material(&db, &known.series, &known.unit, currency.symbol())).collect()
}

/// Summed once for one state of the shop and one month.
fn own(action: &Action) -> Result<Vec<Series>, CallError> {
    let this_month = action.today().first_of_month();
    let experience = action.experience()?;
    let mut known = experience.series.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, series)) = known.as_ref().filter(|(until, _)| *until == this_month) {
        return Ok(series.clone());
    }
    let shop = Own::of(action)?;
    let plain = MEASURES.iter().filter(|measure| !measure.split_only);
    let series = plain.map(|measure| shop.series(&Asked::plain(measure))).collect::<Result<Vec<_>, _>>()?;
    *known = Some((this_month, series.clone()));
    Ok(series)
}

fn of_material(db: &Db<'_>, name: &str, unit: &str, symbol: &str) -> Result<Series, CallError> {
    let points = prices::points(db, name)?.into_iter();
    // A price list says `$/sq ft` or just `sq ft`.
    let unit = if unit.contains('/') { unit.to_owned() } else { format!("{symbol}/{unit}") };
    Ok(Series {
        name: format!("{MATERIAL}{name}"),
        label: name.to_owned(),
        unit,
        frequency: Frequency::Monthly,
        points: points.filter_map(|point| Some(Point { ds: point.date, y: point.price.to_f64()? })).collect(),
    })
}

fn of_formula(action: &Action, saved: &saved_series::SavedSeries) -> Result<Series, CallError> {
    let formula = OverSeries::read(&saved.formula)?;
    let of = formula.names.iter().map(|name| find(action, name)).collect::<Result<Vec<_>, _>>()?;
    let points = formula.points(&of)?;
    Ok(Series {
        name: format!("{SAVED}{}", saved.id),
        label: saved.title.clone(),
        unit: saved.unit.clone(),
        frequency: of.first().map_or(Frequency::Monthly, |series| series.frequency),
        points,
    })
}

/// What the shop's own series are made from.
struct Own {
    ledgers: Arc<Ledgers>,
    currency: Currency,
    fiscal_year_starts: u8,
    today: Date,
}

impl Own {
    fn of(action: &Action) -> Result<Self, CallError> {
        let experience = action.experience()?;
        let settings = settings::shop(&action.shop().read())?;
        Ok(Self {
            ledgers: ledgers(action, &experience)?,
            currency: settings.currency,
            fiscal_year_starts: settings.fiscal_year_starts.clamp(1, 12),
            today: action.today(),
        })
    }

    /// Periods that have ended; the running one would look like a collapse.
    fn series(&self, asked: &Asked) -> Result<Series, CallError> {
        let measure = asked.measure;
        let every = every(asked.frequency, self.fiscal_year_starts);
        let until = begin_of(self.today, every).unwrap_or(self.today);
        let mut points = match measure.rows {
            Rows::Backlog => backlog::hours(&self.ledgers.won, every, until, |offer| match &asked.only {
                Some((column, level)) if column == "estimator" => offer.estimator.as_ref() == Some(level),
                Some((_, level)) => offer.sign_type.as_ref() == Some(level),
                None => true,
            }),
            Rows::Jobs | Rows::Offers | Rows::Labour | Rows::Material => {
                let only = asked.only.as_ref().map(|(column, level)| (column.as_str(), level.as_str()));
                let ask = RollUp { of: measure.of, how: asked.how, every, only };
                self.ledgers.of(measure.rows).roll_up(&ask)?
            }
        };
        points.retain(|(begin, _)| *begin < until);
        if asked.adds_up() {
            points = self.filled(&points, every, until, self.ledgers.newest(measure.rows));
        }
        let times = if measure.unit == Unit::PerCent { 100.0 } else { 1.0 };
        Ok(Series {
            name: asked.name.clone(),
            label: self.label(asked),
            unit: self.unit(asked),
            frequency: asked.frequency,
            points: points.into_iter().map(|(ds, y)| Point { ds, y: times * y }).collect(),
        })
    }

    /// 0 for every period in which there was nothing, from the first with something to the last that such rows are of.
    fn filled(&self, points: &[(Date, f64)], every: Every, until: Date, newest: Option<Date>) -> Vec<(Date, f64)> {
        let Some(&(first, _)) = points.first() else { return Vec::new() };
        let last = newest.and_then(|day| begin_of(day, every)).unwrap_or(first);
        let (mut filled, mut begin, mut known) = (Vec::new(), first, points.iter().peekable());
        while begin < until && begin <= last {
            filled.push(known.next_if(|(at, _)| *at == begin).map_or((begin, 0.0), |point| *point));
            let Some(next) = next_begin(begin, every) else { break };
            begin = next;
        }
        filled
    }

    fn label(&self, asked: &Asked) -> String {
        let mut label = asked.measure.label.to_owned();
        if asked.how != asked.measure.how {
            let how = match asked.how {
                Aggregate::Sum => "in all".to_owned(),
                Aggregate::Mean => "mean".to_owned(),
                Aggregate::Median => "median".to_owned(),
                Aggregate::Count => "how many".to_owned(),
                Aggregate::Percentile(share) => format!("{share} in 100 are below"),
            };
            label += &format!(", {how}");
        }
        if let Some((column, level)) = &asked.only {
            label += &format!(", {}", level_label(column, level));
        }
        label
    }

    fn unit(&self, asked: &Asked) -> String {
        if asked.how == Aggregate::Count {
            return "rows".to_owned();
        }
        let material = asked.only.as_ref().and_then(|(_, level)| self.ledgers.units.get(level));
        self.unit_of(asked.measure.unit, material.map(String::as_str))
    }

    fn unit_of(&self, unit: Unit, material: Option<&str>) -> String {
        let symbol = self.currency.symbol();
        match unit {
            Unit::Money => symbol.to_owned(),
            Unit::MoneyPer(per) => format!("{symbol}/{per}"),
            Unit::MoneyPerMeasure => match material.filter(|unit| !unit.is_empty()) {
                Some(per) => format!("{symbol}/{per}"),
                None => symbol.to_owned(),
            },
            Unit::Of(what) => what.to_owned(),
            Unit::PerCent => "%".to_owned(),
        }
    }

    fn info(&self, measure: &'static Measure) -> Result<MeasureInfo, CallError> {
        let split = |column: &&str| {
            let levels = self.ledgers.of(measure.rows).levels(column)?.into_iter().take(LEVELS);
            let level = |(level, rows): (String, u64)| Level { label: level_label(column, &level), level, rows };
            Ok::<_, CallError>(SplitBy {
                column: (*column).to_owned(),
                label: column_label(column).to_owned(),
                levels: levels.map(level).collect(),
            })
        };
        let by = measure.by.iter().map(split).collect::<Result<Vec<_>, _>>()?;
        Ok(MeasureInfo {
            name: measure.name.to_owned(),
            label: measure.label.to_owned(),
            unit: self.unit_of(measure.unit, None),
            split_only: measure.split_only,
            ways: ways(measure).into_iter().map(str::to_owned).collect(),
            by: by.into_iter().filter(|split| !split.levels.is_empty()).collect(),
        })
    }
}

fn ledgers(action: &Action, experience: &Experience) -> Result<Arc<Ledgers>, CallError> {
    let mut known = experience.ledgers.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(ledgers) = known.as_ref() {
        return Ok(Arc::clone(ledgers));
    }
    let ledgers = Arc::new(Ledgers::load(action, experience)?);
    *known = Some(Arc::clone(&ledgers));
    Ok(ledgers)
}

fn column_label(column: &str) -> &str {
    match column {
        "sign_type" => "sign type",
        "work_code" => "work code",
        other => other,
    }
}

/// A level as people call it.
fn level_label(column: &str, level: &str) -> String {
    match column {
        "sign_type" => match driver::find("sign_type").map(|driver| &driver.kind) {
            Some(driver::DriverKind::Choice { choices }) => {
                let known = choices.iter().find(|choice| choice.value == level);
                known.map_or_else(|| level.replace('_', " "), |choice| choice.label.to_owned())
            }
            Some(_) | None => level.replace('_', " "),
        },
        "work_code" => format!("code {level}"),
        "department" => format!("department {level}"),
        _ => level.to_owned(),
    }
}
