//! How far a job is from what the model has learned from, with the reasons in words.
//!
//! The score compares the distance to the three nearest training jobs with what is usual among those jobs themselves:
//! 0 up to the median, 1 at the 98th percentile, more outside. A number beyond the range that was seen, or a level that
//! was not, lifts it to 1 and above by what the column matters.

use serde::{Deserialize, Serialize};

use crate::context::Context;
use crate::encoding::{level, numbers};
use crate::features::{describe, label};
use crate::random::Random;
use crate::space::{Points, Space, is_mostly_different, level_counts};
use crate::statistics::quantile;
use crate::{Cell, ColumnData, LearnError, Table, bits};

/// How far a job is from experience.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Novelty {
    /// 0 in the middle of experience, 1 at its edge, more outside.
    pub score: f64,
    /// What is unusual, in words; empty inside experience.
    pub reasons: Vec<String>,
}

/// Most training jobs kept to compare with.
const REFERENCES: usize = 1000;
const NEIGHBOURS: usize = 3;
/// Fewer jobs than this of a level are called few.
const FEW: usize = 5;
/// Share of all contributions from which a column counts as mattering.
const MATTERS: f64 = 0.01;
/// Dates move on by themselves: a later one is no novelty.
const EXEMPT: [&str; 2] = ["quote_date", "quote_month"];

/// The reason where no single driver is one.
pub(crate) const UNLIKE: &str = "no finished job is like this one in all that matters";

/// What was seen in training.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Experience {
    columns: Vec<Seen>,
    /// Coordinates of training jobs, kept beside the JSON part of a stored model.
    #[serde(skip)]
    pub(crate) references: Points,
    /// Median and 98th percentile of the distance of training jobs to their nearest others.
    #[serde(with = "bits")]
    usual: f64,
    #[serde(with = "bits")]
    edge: f64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Seen {
    name: String,
    /// Share of all contributions.
    #[serde(with = "bits")]
    share: f64,
    kind: Kind,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum Kind {
    Number {
        #[serde(with = "bits")]
        least: f64,
        #[serde(with = "bits")]
        most: f64,
    },
    Category {
        levels: Vec<(String, usize)>,
    },
    /// A text that nobody wrote before is no news.
    Note,
}

impl Experience {
    pub(crate) fn fit(
        table: &Table,
        space: &Space,
        importance: &[(String, f64)],
        seed: u64,
    ) -> Result<Self, LearnError> {
        let mut rows: Vec<usize> = (0..table.rows()).collect();
        Random::new(seed).shuffle(&mut rows);
        rows.truncate(REFERENCES);
        rows.sort_unstable();
        let references = space.points(&table.select(&rows))?;
        let nearest = space.nearest(&references, &references, NEIGHBOURS + 1);
        // The nearest of a training job is itself.
        let distances: Vec<f64> = nearest.iter().map(|found| far(&found[1..])).collect();
        let (usual, edge) = (quantile(&distances, 0.5), quantile(&distances, 0.98));
        let total: f64 = importance.iter().map(|(_, share)| share).sum();
        let seen = |(name, share): &(String, f64)| seen(table, name, if total > 0.0 { share / total } else { 0.0 });
        Ok(Self { columns: importance.iter().filter_map(seen).collect(), references, usual, edge })
    }

    /// Share of all contributions of a column; 0 of one that was not seen.
    pub(crate) fn share(&self, name: &str) -> f64 {
        self.columns.iter().find(|column| column.name == name).map_or(0.0, |column| column.share)
    }

    pub(crate) fn novelty(&self, table: &Table, space: &Space, context: &Context) -> Result<Vec<Novelty>, LearnError> {
        let nearest = space.nearest(&self.references, &space.points(table)?, NEIGHBOURS);
        let scale = (self.edge - self.usual).max(1e-9);
        let by_distance = nearest.iter().map(|found| ((far(found) - self.usual) / scale).max(0.0));
        let mut novelties: Vec<Novelty> = by_distance.map(|score| Novelty { score, reasons: Vec::new() }).collect();
        for column in self
            .columns
            .iter()
            .filter(|column| !EXEMPT.contains(&column.name.as_str()) && !context.is_day(&column.name))
        {
            column.judge(table, &mut novelties)?;
        }
        for novelty in novelties.iter_mut().filter(|novelty| novelty.score > 1.0 && novelty.reasons.is_empty()) {
            novelty.reasons.push(UNLIKE.to_owned());
        }
        Ok(novelties)
    }
}

impl Seen {
    fn judge(&self, table: &Table, novelties: &mut [Novelty]) -> Result<(), LearnError> {
        match &self.kind {
            Kind::Number { least, most } => {
                let values = numbers(table.column(&self.name), table.rows())?;
                for (x, novelty) in values.into_iter().zip(novelties) {
                    self.judge_number(x, *least, *most, novelty);
                }
            }
            Kind::Note => {}
            Kind::Category { levels } => {
                let Some(column) = table.column(&self.name) else { return Ok(()) };
                for (row, novelty) in novelties.iter_mut().enumerate() {
                    if let Some(level) = level(column, row) {
                        self.judge_level(&level, levels, novelty);
                    }
                }
            }
        }
        Ok(())
    }

    fn judge_number(&self, x: f64, least: f64, most: f64, novelty: &mut Novelty) {
        let width = (most - least).max(1e-9);
        let (beyond, bound, words) = match x {
            x if x > most => ((x - most) / width, most, "more than any job so far, at most"),
            x if x < least => ((least - x) / width, least, "less than any job so far, at least"),
            _ => return,
        };
        let write = |x| describe(&self.name, Cell::Number(x));
        novelty.reasons.push(format!("{} {} is {words} {}", label(&self.name), write(x), write(bound)));
        self.lift(novelty, 1.0 + beyond.min(9.0));
    }

    fn judge_level(&self, level: &str, levels: &[(String, usize)], novelty: &mut Novelty) {
        let known = levels.binary_search_by(|(name, _)| name.as_str().cmp(level));
        let count = known.map_or(0, |at| levels[at].1);
        let words = format!("{} {}", label(&self.name), describe(&self.name, Cell::Category(level)));
        match count {
            0 => {
                novelty.reasons.push(format!("{words} has not been seen before"));
                self.lift(novelty, 1.5);
            }
            1 => novelty.reasons.push(format!("{words} was seen in only 1 job")),
            n if n < FEW => novelty.reasons.push(format!("{words} was seen in only {n} jobs")),
            _ => {}
        }
    }

    /// A column that does not matter is named but does not make a job new.
    fn lift(&self, novelty: &mut Novelty, score: f64) {
        if self.share >= MATTERS {
            novelty.score = novelty.score.max(score);
        }
    }
}

fn far(found: &[(usize, f64)]) -> f64 {
    found.iter().map(|(_, distance)| distance).sum::<f64>() / found.len().max(1) as f64
}

fn seen(table: &Table, name: &str, share: f64) -> Option<Seen> {
    let column = table.column(name)?;
    let kind = match &column.data {
        ColumnData::Number(values) => {
            let known = || values.iter().copied().filter(|x| !x.is_nan());
            Kind::Number {
                least: known().fold(f64::INFINITY, f64::min),
                most: known().fold(f64::NEG_INFINITY, f64::max),
            }
        }
        ColumnData::Category(_) if is_mostly_different(column) => Kind::Note,
        ColumnData::Category(_) => {
            let mut levels: Vec<(String, usize)> = level_counts(column).into_iter().collect();
            levels.sort_unstable();
            Kind::Category { levels }
        }
    };
    Some(Seen { name: name.to_owned(), share, kind })
}
