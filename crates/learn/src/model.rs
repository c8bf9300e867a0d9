//! A fitted cost model: predicts, says how sure it is and why, and travels as bytes.

mod bytes;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use signwright_domain::card::Verdict;

use crate::boost::Matrix;
use crate::context::Context;
use crate::explain::{Parts, parts};
use crate::fallback::{Fallback, Ruled};
use crate::features::label;
use crate::hiding::{Hiding, Lack, Reader};
use crate::inputs::Inputs;
use crate::member::{Member, View};
use crate::novelty::{Experience, Novelty, UNLIKE};
use crate::ranges::Ranges;
use crate::rules::classes;
use crate::space::Space;
use crate::target::Scale;
use crate::{Column, ColumnData, LearnError, Table};

/// A fitted model. Immutable.
#[derive(Clone, Debug)]
pub struct CostModel {
    pub(crate) fitted: Fitted,
    /// With how much each counts; weights add up to 1.
    pub(crate) members: Vec<(f64, Member)>,
}

/// Everything but the learners.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Fitted {
    pub(crate) target: String,
    pub(crate) scale: Scale,
    /// What the table must be extended by before it is encoded.
    pub(crate) context: Context,
    pub(crate) inputs: Inputs,
    pub(crate) ranges: Ranges,
    pub(crate) space: Space,
    pub(crate) experience: Experience,
    #[serde(default)]
    pub(crate) hiding: Hiding,
    /// What answers instead where it is as good.
    pub(crate) fallback: Fallback,
    /// Whether it does: the model was not clearly better than this rule, which is as old as the model.
    pub(crate) rule_answers: bool,
    /// Whether amounts of the target cannot be negative, so that ranges stop at 0.
    pub(crate) positive: bool,
    /// What its card says; `None` in a model of an older version.
    #[serde(default)]
    pub(crate) verdict: Option<Verdict>,
}

/// What a job will cost, how sure that is, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// In the target's unit. The model of a skewed target predicts its median, not its mean.
    pub value: f64,
    /// Per cent, low, high, each within the next: the levels of `RANGE_LEVELS`, and below them those of `AT_MOST`.
    pub ranges: Vec<(u8, f64, f64)>,
    /// Where the contributions start: the average job.
    pub base: f64,
    /// Column and what it adds, in the target's unit; `base` and all of them add up to `value`.
    pub contributions: Vec<(String, f64)>,
    pub novelty: Novelty,
    /// Whether the simple rule answered, because the model was not clearly better.
    pub by_rule: bool,
}

/// The members' average, scaled: prediction, bias, and per column what it contributes.
pub(crate) struct Scaled {
    pub(crate) z: f64,
    pub(crate) bias: f64,
    pub(crate) phi: Vec<f64>,
}

impl CostModel {
    /// What the model predicts, such as `total_cost`.
    pub fn target(&self) -> &str {
        &self.fitted.target
    }

    /// The column whose days the model reads, in days since 1970.
    pub fn time_column(&self) -> Option<&str> {
        self.fitted.context.time.as_deref()
    }

    /// How it did beside the simple rule when it was trained; `None` where the file does not say.
    pub fn verdict(&self) -> Option<&Verdict> {
        self.fitted.verdict.as_ref()
    }

    /// The columns the model uses.
    pub fn columns(&self) -> impl ExactSizeIterator<Item = &str> {
        self.fitted.inputs.names()
    }

    /// One prediction per row, in order. A column of the model that the table lacks counts as not given in every row,
    /// a level that was not seen in training as average; other columns are ignored.
    ///
    /// # Errors
    /// `NoCommonColumn` where the table has no column of the model, `NotANumber` where a column of numbers holds text.
    pub fn predict(&self, table: &Table) -> Result<Vec<Prediction>, LearnError> {
        let fitted = &self.fitted;
        let table = &*fitted.context.extend(table)?;
        if let Some(example) = self.columns().next().filter(|_| self.columns().all(|name| table.column(name).is_none()))
        {
            return Err(LearnError::NoCommonColumn { example: example.to_owned() });
        }
        let x = fitted.inputs.transform(table)?;
        let scaled = self.scaled(&x)?;
        let predicted: Vec<f64> = scaled.iter().map(|row| row.z).collect();
        let mut around = fitted.ranges.around(&x.with(&predicted), &classes(table, self.class()))?;
        let mut novelty = fitted.experience.novelty(table, &fitted.space, &fitted.context)?;
        for ((lack, around), novelty) in self.lacks(&x)?.iter().zip(&mut around).zip(&mut novelty) {
            lack.widen(around);
            self.name(lack, novelty);
        }
        let rows = scaled.iter().zip(around).zip(novelty);
        Ok(rows.map(|((scaled, around), novelty)| self.prediction(scaled, &around, novelty)).collect())
    }

    /// A shop's table as the model can read it: where it learned numbers and the table holds text, because one job says "3A",
    /// text that is no number counts as not given.
    pub fn aligned(&self, table: Table) -> Table {
        let numbers: HashSet<&str> = self.fitted.inputs.numbers().collect();
        if !table.columns().iter().any(|column| is_text(column) && numbers.contains(column.name.as_str())) {
            return table;
        }
        let column = |column: &Column| match &column.data {
            ColumnData::Category(values) if numbers.contains(column.name.as_str()) => {
                let number = |text: &Option<String>| text.as_ref().and_then(|text| text.trim().parse().ok());
                let finite = |text| number(text).filter(|x: &f64| x.is_finite()).unwrap_or(f64::NAN);
                Column::number(&column.name, values.iter().map(finite).collect())
            }
            ColumnData::Category(_) | ColumnData::Number(_) => column.clone(),
        };
        let columns = table.columns().iter().map(column).collect();
        Table::new(columns).expect("the names and the lengths are those of a table")
    }

    /// The values alone, which takes a fraction of the time.
    ///
    /// # Errors
    /// As `predict`.
    pub fn values(&self, table: &Table) -> Result<Vec<f64>, LearnError> {
        let table = &*self.fitted.context.extend(table)?;
        let x = self.fitted.inputs.transform(table)?;
        let scaled = mean_prediction(&self.members, &self.view(&x))?;
        Ok(scaled.into_iter().map(|z| self.fitted.scale.target(z)).collect())
    }

    /// As `predict`, but the simple rule answers, wherever it knows the class, if the model was not clearly better than the
    /// rule as of the same day.
    ///
    /// # Errors
    /// As `predict`.
    pub fn answer(&self, table: &Table) -> Result<Vec<Prediction>, LearnError> {
        let predictions = self.predict(table)?;
        if !self.fitted.rule_answers {
            return Ok(predictions);
        }
        let ruled = self.fitted.fallback.of(&*self.fitted.context.extend(table)?)?;
        let answer = |(prediction, ruled): (Prediction, Option<Ruled>)| match ruled {
            Some(ruled) => self.by_rule(prediction, &ruled),
            None => prediction,
        };
        Ok(predictions.into_iter().zip(ruled).map(answer).collect())
    }

    /// The column whose levels have a simple rule each; `None` where one rule is for all.
    pub fn class(&self) -> Option<&str> {
        self.fitted.fallback.class()
    }

    /// The rule's answer in place of the model's: what the class adds to the median of all is all it can explain.
    fn by_rule(&self, prediction: Prediction, ruled: &Ruled) -> Prediction {
        let (value, base) = (ruled.median.value, self.fitted.fallback.base());
        let of_class = |name: &str| if Some(name) == self.class() { value - base } else { 0.0 };
        let contributions =
            prediction.contributions.into_iter().map(|(name, _)| (of_class(&name), name)).map(|(x, name)| (name, x));
        let contributions: Vec<(String, f64)> = contributions.collect();
        let base = value - contributions.iter().map(|(_, amount)| amount).sum::<f64>();
        let ranges = self.ranges(value, self.fitted.scale.scaled(value), &ruled.around);
        Prediction { value, ranges, base, contributions, by_rule: true, ..prediction }
    }

    /// The columns of the model that the table lacks as a whole, the most important first.
    pub fn missing_columns(&self, table: &Table) -> Vec<String> {
        let extended = self.fitted.context.extend(table);
        let table = extended.as_deref().unwrap_or(table);
        let mut missing: Vec<(&str, f64)> =
            self.columns().zip(self.shares()).filter(|(name, _)| table.column(name).is_none()).collect();
        missing.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut sources: Vec<String> = Vec::new();
        for (name, _) in missing {
            let source = self.fitted.context.source(name);
            if !sources.iter().any(|known| known == source) {
                sources.push(source.to_owned());
            }
        }
        sources
    }

    /// Share of all contributions per column.
    fn shares(&self) -> Vec<f64> {
        self.columns().map(|name| self.fitted.experience.share(name)).collect()
    }

    /// What the rows lack that the model relies on.
    fn lacks(&self, x: &Matrix) -> Result<Vec<Lack>, LearnError> {
        let reader = Reader {
            inputs: &self.fitted.inputs,
            shares: &self.shares(),
            predict: |x: &Matrix| mean_prediction(&self.members, &self.view(x)),
        };
        self.fitted.hiding.lacks(x, &reader)
    }

    /// Says what is missing, and lifts the novelty by what it matters: to 1 where half of the contributions are gone.
    fn name(&self, lack: &Lack, novelty: &mut Novelty) {
        let (names, shares): (Vec<&str>, Vec<f64>) = (self.columns().collect(), self.shares());
        let target = self.fitted.target.rsplit('_').next().unwrap_or_default();
        if !lack.columns.is_empty() {
            novelty.reasons.retain(|reason| reason != UNLIKE);
        }
        for &column in &lack.columns {
            let (name, share) = (label(names[column]), (100.0 * shares[column]).round());
            novelty.reasons.push(format!("no value for {name}, which explains {share} % of the {target}"));
        }
        let missing: f64 = lack.columns.iter().map(|&column| shares[column]).sum();
        novelty.score = novelty.score.max(2.0 * missing);
    }

    /// As bytes, with a hash that tells damage.
    pub fn to_bytes(&self) -> Vec<u8> {
        bytes::write(self)
    }

    /// From the bytes of `to_bytes`.
    ///
    /// # Errors
    /// `DamagedModel` where they are not a model or were cut or changed, `ModelFormat` where another version wrote them.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LearnError> {
        bytes::read(bytes)
    }

    pub(crate) fn scaled(&self, x: &Matrix) -> Result<Vec<Scaled>, LearnError> {
        average(&self.members, &self.fitted.inputs.owners(), &self.view(x))
    }

    fn view<'a>(&self, x: &'a Matrix) -> View<'a> {
        View::of(x, self.fitted.inputs.knows_recent())
    }

    /// Level, low and high around a value, given how far they reach in scaled units.
    fn ranges(&self, value: f64, z: f64, around: &[(u8, f64, f64)]) -> Vec<(u8, f64, f64)> {
        let scale = &self.fitted.scale;
        let least = if self.fitted.positive { 0.0 } else { f64::NEG_INFINITY };
        let range = |&(level, below, above): &(u8, f64, f64)| {
            (level, scale.target(z - below).max(least).min(value), scale.target(z + above).max(value))
        };
        around.iter().map(range).collect()
    }

    /// Where a range ends whose distances below and above a value are multiplied on the scale that was learned.
    pub(crate) fn reached(&self, value: f64, (low, high): (f64, f64), (below, above): (f64, f64)) -> (f64, f64) {
        let scale = &self.fitted.scale;
        let z = scale.scaled(value);
        // A range that begins at 0 on the scale of logarithms has no end to multiply.
        let reach = |end: f64, factor: f64| {
            if scale.log && end <= 0.0 { end } else { scale.target(z + factor * (scale.scaled(end) - z)) }
        };
        let least = if self.fitted.positive { 0.0 } else { f64::NEG_INFINITY };
        (reach(low, below).max(least).min(value), reach(high, above).max(value))
    }

    fn prediction(&self, scaled: &Scaled, around: &[(u8, f64, f64)], novelty: Novelty) -> Prediction {
        let scale = &self.fitted.scale;
        let Parts { value, base, amounts } = parts(scale, scaled.z, scaled.bias, &scaled.phi);
        let contributions = self.columns().map(str::to_owned).zip(amounts).collect();
        Prediction { value, ranges: self.ranges(value, scaled.z, around), base, contributions, novelty, by_rule: false }
    }
}

fn is_text(column: &Column) -> bool {
    matches!(column.data, ColumnData::Category(_))
}

/// The members' weighted prediction, scaled.
pub(crate) fn mean_prediction(members: &[(f64, Member)], view: &View<'_>) -> Result<Vec<f64>, LearnError> {
    let mut mean = vec![0.0; view.plain().rows];
    for (weight, member) in members {
        let predicted = member.predict(view)?;
        mean.iter_mut().zip(predicted).for_each(|(mean, z)| *mean += weight * z);
    }
    Ok(mean)
}

/// The members' weighted prediction and contributions, these summed per column.
pub(crate) fn average(members: &[(f64, Member)], owners: &[usize], view: &View<'_>) -> Result<Vec<Scaled>, LearnError> {
    let columns = owners.iter().max().map_or(0, |last| last + 1);
    let row = |z: f64| Scaled { z, bias: 0.0, phi: vec![0.0; columns] };
    let mut rows: Vec<Scaled> = mean_prediction(members, view)?.into_iter().map(row).collect();
    for (weight, member) in members {
        for (row, phi) in rows.iter_mut().zip(member.contributions(view)?) {
            row.bias += weight * phi.last().copied().unwrap_or(0.0);
            owners.iter().zip(phi).for_each(|(&owner, phi)| row.phi[owner] += weight * phi);
        }
    }
    Ok(rows)
}
