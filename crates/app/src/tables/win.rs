//! Won or lost on any table: learned from the rows that say it, told for the rows that do not.

use std::path::PathBuf;

use jiff::civil::Date;
use serde::Serialize;
use signwright_domain::Task;
use signwright_lake::{Column, Columns, Frame, write_table};
use signwright_learn::outcome::{Chance, Offers, OutcomeCard, Outcomes, PriceCurve, learn_chances};

use super::train::{dates, texts};
use super::{TableWritten, column, drivers, numbers, open};
use crate::{CallError, files};

/// Which column is what.
#[derive(Clone, Debug)]
pub struct WinFile {
    pub input: PathBuf,
    /// Won or lost; empty in the rows that are asked about.
    pub won: String,
    pub price: String,
    /// What the price is compared with: our cost, or an estimate of somebody else's.
    pub cost: String,
    pub customer: Option<String>,
    pub time: Option<String>,
    pub group: Option<String>,
    pub drop: Vec<String>,
    pub output: PathBuf,
}

/// What was written, with what was learned.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChancesWritten {
    #[serde(flatten)]
    pub written: TableWritten,
    pub card: OutcomeCard,
    /// What wins and what loses.
    pub words: Vec<String>,
}

impl AsRef<TableWritten> for ChancesWritten {
    fn as_ref(&self) -> &TableWritten {
        &self.written
    }
}

/// Writes `row, chance, low, high, outside, best_price, best_from, best_to`, one row per row without an outcome.
pub fn win_file(task: &Task, input: &WinFile) -> Result<ChancesWritten, CallError> {
    files::not_over_input(&input.input, &input.output)?;
    let (frame, mut notes) = open(&input.input)?;
    let won = outcomes(column(&frame, &input.won)?, &input.won)?;
    let sound = sound(&frame, input)?;
    let left_out = sound.iter().filter(|sound| !**sound).count();
    if left_out > 0 {
        notes.push(format!(
            "{left_out} of {} rows have no {} or {} above 0 and were left out",
            sound.len(),
            input.price,
            input.cost
        ));
    }
    let rows_where = |known: bool| -> Vec<usize> {
        (0..won.len()).filter(|&row| sound[row] && won[row].is_some() == known).collect()
    };
    let (decided, asked) = (rows_where(true), rows_where(false));
    let offers = offers(&frame, input)?;
    let outcomes = Outcomes {
        offers: offers.select(&decided),
        won: decided.iter().filter_map(|&row| won[row]).collect(),
        decided: vec![None; decided.len()],
    };
    let chances = learn_chances(task, &outcomes)?;
    let asked_offers = offers.select(&asked);
    let told = chances.predict(&asked_offers)?;
    let curves = (0..asked.len()).map(|row| chances.price_to_win(&asked_offers.select(&[row])));
    let curves = curves.collect::<Result<Vec<_>, _>>()?;
    write_table(&frame_of(&asked, &told, &curves)?, &input.output)?;
    let written = TableWritten { path: input.output.display().to_string(), rows: asked.len(), notes };
    Ok(ChancesWritten { written, card: chances.card().clone(), words: chances.words().to_vec() })
}

fn frame_of(rows: &[usize], told: &[Chance], curves: &[Option<PriceCurve>]) -> Result<Frame, CallError> {
    let number = |name: &str, value: &dyn Fn(&Chance) -> f64| {
        Column::new(name, Columns::Number(told.iter().map(|chance| Some(value(chance))).collect()))
    };
    let price = |name: &str, value: &dyn Fn(&PriceCurve) -> f64| {
        Column::new(name, Columns::Number(curves.iter().map(|curve| curve.as_ref().map(value)).collect()))
    };
    Ok(Frame::new(vec![
        Column::new("row", Columns::Integer(rows.iter().map(|&row| i64::try_from(row).ok()).collect())),
        number("chance", &|chance| chance.chance),
        number("low", &|chance| chance.low),
        number("high", &|chance| chance.high),
        Column::new("outside", Columns::Flag(told.iter().map(|chance| Some(chance.outside)).collect())),
        price("best_price", &|curve| curve.best.price),
        price("best_from", &|curve| curve.from),
        price("best_to", &|curve| curve.to),
    ])?)
}

fn offers(frame: &Frame, input: &WinFile) -> Result<Offers, CallError> {
    let named = [Some(&input.won), Some(&input.price), Some(&input.cost), input.customer.as_ref()];
    let mut left_out: Vec<&str> = named.into_iter().flatten().map(String::as_str).collect();
    left_out.extend([&input.time, &input.group].into_iter().flatten().map(String::as_str));
    for name in &input.drop {
        column(frame, name)?;
        left_out.push(name);
    }
    let days = match &input.time {
        Some(name) => dates(frame, name)?,
        None => vec![None::<Date>; frame.rows()],
    };
    Ok(Offers {
        price: numbers(frame, &input.price)?,
        cost: numbers(frame, &input.cost)?,
        customer: match &input.customer {
            Some(name) => texts(frame, name)?.into_iter().map(Some).collect(),
            None => vec![None; frame.rows()],
        },
        offered: days,
        drivers: drivers(frame, &left_out)?,
        group: input.group.as_deref().map(|name| texts(frame, name)).transpose()?,
    })
}

fn sound(frame: &Frame, input: &WinFile) -> Result<Vec<bool>, CallError> {
    let (price, cost) = (numbers(frame, &input.price)?, numbers(frame, &input.cost)?);
    Ok(price.iter().zip(&cost).map(|(price, cost)| *price > 0.0 && *cost > 0.0).collect())
}

/// `won` and `lost`, `yes` and `no`, true and false, 1 and 0; empty is not known.
fn outcomes(values: &Columns, name: &str) -> Result<Vec<Option<bool>>, CallError> {
    let refused = |value: &dyn std::fmt::Display| {
        CallError::invalid(format!("column \"{name}\" says {value}, which is neither won nor lost"))
            .hint("Write won or lost, yes or no, 1 or 0; leave it empty where it is not known.")
    };
    let number = |x: f64| match x {
        1.0 => Ok(Some(true)),
        0.0 => Ok(Some(false)),
        x => Err(refused(&x)),
    };
    match values {
        Columns::Flag(values) => Ok(values.clone()),
        Columns::Integer(values) => values.iter().map(|x| x.map_or(Ok(None), |x| number(x as f64))).collect(),
        Columns::Number(values) => values.iter().map(|x| x.map_or(Ok(None), number)).collect(),
        Columns::Text(values) => {
            let word = |text: &str| match text.trim().to_lowercase().as_str() {
                "won" | "yes" | "y" | "true" | "1" => Ok(Some(true)),
                "lost" | "no" | "n" | "false" | "0" => Ok(Some(false)),
                "" => Ok(None),
                other => Err(refused(&format!("\"{other}\""))),
            };
            values.iter().map(|text| text.as_deref().map_or(Ok(None), word)).collect()
        }
        Columns::Date(_) => Err(CallError::invalid(format!("column \"{name}\" holds dates"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_are_understood_as_people_write_them_and_nothing_else_is() {
        let text = |words: &[Option<&str>]| {
            let words = words.iter().map(|word| word.map(str::to_owned)).collect();
            outcomes(&Columns::Text(words), "won").ok()
        };
        assert_eq!(
            text(&[Some("Won"), Some("LOST"), None, Some(" ")]),
            Some(vec![Some(true), Some(false), None, None])
        );
        assert_eq!(text(&[Some("open")]), None);
        assert_eq!(outcomes(&Columns::Integer(vec![Some(1), Some(2)]), "won").ok(), None);
        let numbers = Columns::Number(vec![Some(1.0), Some(0.0), None]);
        assert_eq!(outcomes(&numbers, "won").ok(), Some(vec![Some(true), Some(false), None]));
    }
}
