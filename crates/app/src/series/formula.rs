//! Series that are made of others by a formula: `series("booked_revenue") / series("labour_hours")`.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use signwright_domain::formula::{Formula, FormulaError, Kind, Value, Values, Vocabulary};
use signwright_domain::series::{Point, Series};

use crate::CallError;

/// A formula whose names are series.
const SERIES: &str = "series";

struct Words;

impl Vocabulary for Words {
    fn name(&self, _: &str) -> Option<(usize, Kind)> {
        None
    }

    fn function(&self, name: &str) -> Option<(usize, Kind)> {
        (name == SERIES).then_some((0, Kind::Number))
    }

    fn all(&self) -> Vec<&str> {
        vec![SERIES]
    }
}

/// Notes which series a formula asks for. Every number is there, and no two are the same, so that each part is looked at
/// and no difference of two of them is a division by zero.
#[derive(Default)]
struct Noting {
    names: RefCell<BTreeSet<String>>,
}

impl Values for Noting {
    fn name(&self, _: usize) -> Option<Value<'_>> {
        None
    }

    fn function(&self, _: usize, texts: &[String]) -> Option<Value<'_>> {
        let mut names = self.names.borrow_mut();
        names.extend(texts.iter().cloned());
        Some(Value::Number((names.len() as f64 + 1.0).sqrt()))
    }
}

struct Day<'a> {
    day: Date,
    series: &'a BTreeMap<String, BTreeMap<Date, f64>>,
}

impl Values for Day<'_> {
    fn name(&self, _: usize) -> Option<Value<'_>> {
        None
    }

    fn function(&self, _: usize, texts: &[String]) -> Option<Value<'_>> {
        let [name] = texts else { return None };
        Some(Value::Number(*self.series.get(name)?.get(&self.day)?))
    }
}

/// A formula over series, read.
pub(super) struct OverSeries {
    formula: Formula,
    /// Those it asks for.
    pub(super) names: Vec<String>,
}

impl OverSeries {
    /// # Errors
    /// What is wrong with the text and where.
    pub(super) fn read(text: &str) -> Result<Self, CallError> {
        let formula = Formula::parse(text, &Words).map_err(|error| wrong(text, &error))?;
        if formula.kind() != Kind::Number {
            return Err(CallError::invalid(format!("the formula \"{text}\" gives no number"))
                .hint("Such as series(\"booked_revenue\") / series(\"labour_hours\")."));
        }
        let noting = Noting::default();
        let _ = formula.value(&noting);
        let names: Vec<String> = noting.names.into_inner().into_iter().collect();
        if names.is_empty() {
            return Err(CallError::invalid(format!("the formula \"{text}\" names no series"))
                .hint("Such as series(\"booked_revenue\") / series(\"labour_hours\")."));
        }
        Ok(Self { formula, names })
    }

    /// Its value in every period in which all that it asks for is known.
    ///
    /// # Errors
    /// `Invalid` where periods are not of one length.
    pub(super) fn points(&self, of: &[Series]) -> Result<Vec<Point>, CallError> {
        if let Some(other) = of.iter().find(|series| series.frequency != of[0].frequency) {
            let (a, b) = (&of[0].name, &other.name);
            return Err(CallError::invalid(format!("the periods of \"{a}\" and \"{b}\" are not of one length"))
                .hint("Ask both by the same period, such as NAME@weekly."));
        }
        let by_day = |series: &Series| series.points.iter().map(|point| (point.ds, point.y)).collect();
        let series: BTreeMap<String, BTreeMap<Date, f64>> =
            self.names.iter().cloned().zip(of.iter().map(by_day)).collect();
        let days: BTreeSet<Date> = series.values().flat_map(BTreeMap::keys).copied().collect();
        let point = |day: Date| match self.formula.value(&Day { day, series: &series })? {
            Value::Number(y) => Some(Point { ds: day, y }),
            Value::Text(_) | Value::Flag(_) => None,
        };
        Ok(days.into_iter().filter_map(point).collect())
    }
}

fn wrong(text: &str, error: &FormulaError) -> CallError {
    let at = text.get(error.at.clone()).filter(|at| !at.is_empty());
    let place = at.map_or_else(|| "at its end".to_owned(), |at| format!("at \"{at}\""));
    CallError::invalid(format!("the formula is wrong {place}: {}", error.message))
        .hint("Such as series(\"booked_revenue\") / series(\"labour_hours\").")
}

#[cfg(test)]
mod tests {
    use signwright_domain::series::Frequency;

    use super::*;

    fn series(name: &str, frequency: Frequency, points: &[(&str, f64)]) -> Series {
        let points = points.iter().map(|(ds, y)| Point { ds: ds.parse().expect("a day"), y: *y }).collect();
        Series { name: name.into(), label: name.into(), unit: String::new(), frequency, points }
    }

    #[test]
    fn it_has_a_value_where_everything_is_known() {
        let formula = OverSeries::read("series(\"b\") / (series(\"a\") + series(\"b\"))").expect("a formula");
        assert_eq!(formula.names, ["a", "b"]);
        let over =
            OverSeries::read("series(\"a\") / (series(\"b\") - series(\"c\")) + series(\"d\")").expect("a formula");
        assert_eq!(over.names, ["a", "b", "c", "d"]);
        let a = series("a", Frequency::Monthly, &[("2026-01-01", 1.0), ("2026-02-01", -2.0), ("2026-03-01", 3.0)]);
        let b = series("b", Frequency::Monthly, &[("2026-01-01", 1.0), ("2026-02-01", 2.0), ("2026-04-01", 3.0)]);
        let points = formula.points(&[a.clone(), b]).expect("points");
        assert_eq!(points.len(), 1, "not where it is divided by nothing, nor where one is missing");
        assert_eq!(points[0].y, 0.5);
        let weekly = series("b", Frequency::Weekly, &[("2026-01-05", 1.0)]);
        assert!(formula.points(&[a, weekly]).expect_err("refused").message.contains("one length"));
    }

    #[test]
    fn what_is_no_formula_over_series_is_refused_with_its_place() {
        for (text, word) in [
            ("series(\"a\") +", "end"),
            ("revenue * 2", "revenue"),
            ("series(\"a\") > 2", "no number"),
            ("1 + 2", "names no series"),
        ] {
            let Err(error) = OverSeries::read(text) else { panic!("{text} was taken") };
            assert!(error.message.contains(word), "{text}: {}", error.message);
        }
    }
}
