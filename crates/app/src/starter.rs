//! The starter model: what a shop is told that has nothing of its own to be told from.
//!
//! It comes with the program, made from published hours and prices (`cargo xtask starter`). It is no model of the
//! registry: it has no id, is never champion, cannot be promoted, and is asked only where the shop has neither a model
//! nor enough finished jobs of the type. Its ranges are those of generated jobs and, on top, what is assumed about how
//! far shops lie apart; no coverage is claimed for them.

mod correction;
mod making;
mod published;
mod refusal;
mod widened;
mod words;

#[cfg(test)]
mod tests;

use serde::Serialize;
use signwright_domain::job::Job;
use signwright_domain::starter::{StarterCard, StarterCorrection};
use signwright_domain::{Currency, Specification};
use signwright_learn::{CostModel, Prediction, Table};
use ts_rs::TS;

use crate::commands::Nothing;
use crate::estimates::PriceLevels;
use crate::train::table;
use crate::{Action, CallError, Code, money};

pub use making::{MadeStarter, make_starter};

static MODEL: &[u8] = include_bytes!("../../../models/starter.model");
static CARD: &str = include_str!("../../../models/starter.json");

/// The starter model, and whether this shop is told by it.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct StarterInfo {
    pub card: StarterCard,
    /// It stands in where the shop's own jobs do not tell.
    pub in_use: bool,
    /// Why it is used or is not, in a sentence.
    pub reason: String,
    /// What the shop's finished jobs say of it; `None` while they are too few.
    pub correction: Option<StarterCorrection>,
}

/// The starter model as it stands beside one shop's jobs.
#[derive(Debug)]
pub(crate) struct Starter {
    pub(crate) card: StarterCard,
    model: CostModel,
    pub(crate) correction: Option<StarterCorrection>,
}

/// What it says of one job.
#[derive(Debug)]
pub(crate) struct Said {
    /// As it comes from the model; its ranges are those of generated jobs.
    pub(crate) prediction: Prediction,
    /// The value with the shop's correction.
    pub(crate) value: f64,
    /// Per cent, low, high, shops included.
    pub(crate) ranges: Vec<(u8, f64, f64)>,
}

/// What the starter model is, and whether it is used here.
///
/// # Errors
/// Where this build of the program cannot read the one it ships.
pub fn show_starter(action: &Action, _: Nothing) -> Result<StarterInfo, CallError> {
    let experience = action.experience()?;
    let own = match &experience.starter {
        Some(starter) => starter,
        None => &Starter::shipped()?,
    };
    let (in_use, reason) = match (&experience.champion, refusal::of_currency(&own.card, experience.currency)) {
        (Some(champion), _) => (false, format!("Estimates rest on model {}, trained on your own jobs.", champion.id)),
        (None, Some(refused)) => (false, format!("Not used here: {refused}.")),
        (None, None) => (true, words::in_use(own)),
    };
    Ok(StarterInfo { card: own.card.clone(), in_use, reason, correction: own.correction })
}

impl Starter {
    /// As it was shipped.
    pub(crate) fn shipped() -> Result<Self, CallError> {
        let unreadable = |what: String| {
            CallError::new(Code::Internal, format!("the starter model of this build cannot be read: {what}"))
                .hint("Make it again: cargo xtask starter.")
        };
        let card = serde_json::from_str(CARD).map_err(|error| unreadable(error.to_string()))?;
        let model = CostModel::from_bytes(MODEL).map_err(|error| unreadable(error.to_string()))?;
        Ok(Self { card, model, correction: None })
    }

    /// The same beside the finished jobs of a shop.
    pub(crate) fn beside(self, history: &[Job]) -> Result<Self, CallError> {
        let jobs: Vec<Job> = history.iter().filter(|job| self.can_be_asked(job)).cloned().collect();
        if jobs.len() < correction::FEWEST {
            return Ok(self);
        }
        let said = self.model.values(&self.model.aligned(table(&jobs, &PriceLevels::default())))?;
        let actual = jobs.iter().filter_map(|job| job.actual.total).map(money::to_statistics);
        let types = jobs.iter().map(|job| sign_type(job).unwrap_or_default());
        let ratios: Vec<_> = types.zip(actual.zip(said)).map(|(name, (actual, said))| (name, actual / said)).collect();
        let correction = correction::of(&ratios, &self.card);
        Ok(Self { correction, ..self })
    }

    /// Why it does not answer for such a job in such a shop, in words; `None` where it does.
    pub(crate) fn refuses(&self, currency: Currency, sign_type: &str) -> Option<String> {
        refusal::of_currency(&self.card, currency).or_else(|| refusal::of_type(&self.card, sign_type))
    }

    pub(crate) fn says(&self, one: Table) -> Result<(Table, Said), CallError> {
        let one = self.model.aligned(one);
        let prediction =
            self.model.predict(&one)?.pop().ok_or_else(|| CallError::new(Code::Internal, "no prediction"))?;
        let value = prediction.value * self.correction.map_or(1.0, |correction| correction.factor);
        let ranges = widened::widened(&prediction, value, &self.card, self.correction.as_ref());
        Ok((one, Said { prediction, value, ranges }))
    }

    /// What its answer rests on, for every place that shows one.
    pub(crate) fn note(&self) -> String {
        words::note(self)
    }

    /// A finished job of a type it knows, in its currency, whose size is known.
    fn can_be_asked(&self, job: &Job) -> bool {
        let in_dollars = job.actual.total.is_some_and(|total| total.minor > 0 && total.currency == self.card.currency);
        in_dollars
            && is_sized(&job.specification)
            && sign_type(job).is_some_and(|name| self.card.types.iter().any(|t| t == name))
    }
}

fn sign_type(job: &Job) -> Option<&str> {
    job.specification.text("sign_type").or(job.sign_type.as_deref())
}

fn is_sized(specification: &Specification) -> bool {
    let both = |a, b| specification.number(a).is_some() && specification.number(b).is_some();
    both("width", "height") || both("letter_height", "letter_count")
}
