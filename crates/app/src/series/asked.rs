//! The names of the shop's own series: `cost_per_square_foot`, `labour_hours@weekly`,
//! `price_per_square_foot~p90/sign_type=channel_letters`.
//!
//! A measure, how long its periods are (months, where nothing is said), how the rows of one become a value (each measure
//! has its own way), and the level of a column that it is taken of. The level is last, because it may hold any sign.

use signwright_domain::series::Frequency;
use signwright_lake::{Aggregate, Measured};

use super::measures::{MEASURES, Measure, Rows, named};
use crate::{CallError, Code};

/// A series of the shop's own, as it is asked for.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) measure: &'static Measure,
    pub(super) frequency: Frequency,
    pub(super) how: Aggregate,
    /// Column and text.
    pub(super) only: Option<(String, String)>,
    /// In the one way in which it is written.
    pub(super) name: String,
}

impl Asked {
    pub(super) fn of(name: &str) -> Result<Self, CallError> {
        let (head, only) = match name.split_once('/') {
            Some((head, level)) => (head, Some(level_of(name, level)?)),
            None => (name, None),
        };
        let (head, how) = head.split_once('~').map_or((head, None), |(head, how)| (head, Some(how)));
        let (head, frequency) = head.split_once('@').map_or((head, None), |(head, word)| (head, Some(word)));
        let measure = named(head).ok_or_else(|| unknown(name))?;
        let frequency = frequency.map_or(Ok(Frequency::Monthly), |word| frequency_of(name, word))?;
        let how = how.map_or(Ok(measure.how), |word| how_of(measure, word))?;
        if let Some((column, _)) = only.as_ref().filter(|(column, _)| !measure.by.contains(&column.as_str())) {
            return Err(invalid(name, &format!("{} cannot be split by {column}", measure.name))
                .hint(format!("It can be split by {}.", measure.by.join(" or "))));
        }
        if measure.split_only && only.is_none() {
            let example = format!("{}/{}=...", measure.name, measure.by[0]);
            return Err(invalid(name, "it says something only of one").hint(format!("Say of which: {example}.")));
        }
        let mut asked = Self { measure, frequency, how, only, name: String::new() };
        asked.name = asked.written();
        Ok(asked)
    }

    /// The measure as it is, by month and of all rows.
    pub(super) fn plain(measure: &'static Measure) -> Self {
        let (frequency, how) = (Frequency::Monthly, measure.how);
        Self { measure, frequency, how, only: None, name: measure.name.to_owned() }
    }

    fn written(&self) -> String {
        let mut name = self.measure.name.to_owned();
        if self.frequency != Frequency::Monthly {
            name += &format!("@{}", self.frequency.word());
        }
        if self.how != self.measure.how {
            name += &format!("~{}", how_word(self.how));
        }
        if let Some((column, text)) = &self.only {
            name += &format!("/{column}={text}");
        }
        name
    }

    /// A period without rows is 0.
    pub(super) fn adds_up(&self) -> bool {
        self.measure.rows != Rows::Backlog
            && match self.how {
                Aggregate::Sum => self.measure.adds_up,
                Aggregate::Count => true,
                Aggregate::Mean | Aggregate::Median | Aggregate::Percentile(_) => false,
            }
    }
}

/// The ways in which the rows of a period of this measure can become one value; its own first.
pub(super) fn ways(measure: &Measure) -> Vec<&'static str> {
    if matches!(measure.of, Measured::OfSums(..) | Measured::Row) || measure.rows == Rows::Backlog {
        return Vec::new();
    }
    let mut ways = vec!["sum", "mean", "median", "p10", "p25", "p75", "p90", "count"];
    if !measure.adds_up {
        ways.retain(|way| *way != "sum");
    }
    let own = how_word(measure.how);
    ways.sort_by_key(|way| *way != own);
    ways
}

fn frequency_of(name: &str, word: &str) -> Result<Frequency, CallError> {
    Frequency::ALL.into_iter().find(|frequency| frequency.word() == word).ok_or_else(|| {
        let words = Frequency::ALL.map(Frequency::word).join(", ");
        invalid(name, &format!("\"{word}\" is no length of a period")).hint(format!("Say {words}."))
    })
}

fn how_of(measure: &Measure, word: &str) -> Result<Aggregate, CallError> {
    let ways = ways(measure);
    let allowed = ways.contains(&word);
    let how = match word {
        "sum" => Some(Aggregate::Sum),
        "mean" => Some(Aggregate::Mean),
        "median" => Some(Aggregate::Median),
        "count" => Some(Aggregate::Count),
        _ => word.strip_prefix('p').and_then(|share| share.parse().ok()).map(Aggregate::Percentile),
    };
    how.filter(|_| allowed).ok_or_else(|| {
        let error = CallError::invalid(format!("{} has no \"{word}\"", measure.name));
        match ways.is_empty() {
            true => error.hint("It has one way only: leave out what follows ~."),
            false => error.hint(format!("Say {}.", ways.join(", "))),
        }
    })
}

fn how_word(how: Aggregate) -> &'static str {
    match how {
        Aggregate::Sum => "sum",
        Aggregate::Mean => "mean",
        Aggregate::Median => "median",
        Aggregate::Count => "count",
        Aggregate::Percentile(10) => "p10",
        Aggregate::Percentile(25) => "p25",
        Aggregate::Percentile(75) => "p75",
        Aggregate::Percentile(_) => "p90",
    }
}

fn level_of(name: &str, text: &str) -> Result<(String, String), CallError> {
    let pair = text.split_once('=').filter(|(column, level)| !column.is_empty() && !level.is_empty());
    let pair =
        pair.ok_or_else(|| invalid(name, "what follows / is no column=level").hint("Such as /sign_type=monument."))?;
    Ok((pair.0.to_owned(), pair.1.to_owned()))
}

fn invalid(name: &str, why: &str) -> CallError {
    CallError::invalid(format!("no series \"{name}\": {why}"))
}

fn unknown(name: &str) -> CallError {
    let names: Vec<&str> = MEASURES.iter().map(|measure| measure.name).collect();
    CallError::new(Code::NotFound, format!("there is no series named \"{name}\""))
        .hint(format!("The shop's own are {}; imported prices begin with material:.", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_measure_period_way_and_level() {
        let asked = Asked::of("price_per_square_foot@weekly~p90/sign_type=a/b=c").expect("a name");
        assert_eq!((asked.measure.name, asked.frequency), ("price_per_square_foot", Frequency::Weekly));
        assert_eq!((asked.how, asked.only), (Aggregate::Percentile(90), Some(("sign_type".into(), "a/b=c".into()))));
        let written = |name: &str| Asked::of(name).map(|asked| asked.name).expect("a name");
        assert_eq!(written("booked_revenue@monthly~sum"), "booked_revenue");
        assert_eq!(written("code_hours@quarterly/work_code=620"), "code_hours@quarterly/work_code=620");
        assert!(MEASURES.iter().filter(|m| !m.split_only).all(|m| written(m.name) == m.name));
    }

    #[test]
    fn what_no_series_has_is_refused_with_what_there_is() {
        for (name, hint) in [
            ("revenue", "booked_revenue"),
            ("booked_revenue@hourly", "weekly"),
            ("win_rate~mean", "leave out"),
            ("cost_per_square_foot~sum", "median"),
            ("labour_rate/work_code=620", "sign_type or estimator or customer"),
            ("code_rate", "code_rate/work_code"),
            ("labour_hours/sign_type", "/sign_type=monument"),
        ] {
            let error = Asked::of(name).expect_err(name);
            assert!(error.hint.as_deref().is_some_and(|text| text.contains(hint)), "{name}: {error:?}");
        }
    }
}
