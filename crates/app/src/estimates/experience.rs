//! What an estimate draws on, loaded once and kept until jobs or models change.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use signwright_domain::Currency;
use signwright_domain::card::Card;
use signwright_domain::driver::PriceDriver;
use signwright_domain::job::Job;
use signwright_domain::series::Series;
use signwright_learn::{CostModel, Neighbours, Table};
use signwright_store::{imports, models, settings};

use super::PriceLevels;
use crate::anomalies::{Anomalies, dismissed_jobs};
use crate::model_words::ModelWords;
use crate::series::Ledgers;
use crate::starter::Starter;
use crate::train::{TARGET, champion, learnable, table};
use crate::{Action, App, CallError, price_drivers};

/// The finished jobs, the champion and the price levels of one moment.
#[derive(Debug)]
pub(crate) struct Experience {
    /// What this was loaded from; another one means that it is out of date.
    stamp: Stamp,
    /// Another one with every loading.
    pub(crate) serial: u64,
    pub(crate) currency: Currency,
    pub(crate) history: Vec<Job>,
    /// The rows of the history.
    pub(crate) table: Table,
    pub(crate) levels: PriceLevels,
    pub(crate) champion: Option<Champion>,
    /// Where there is no champion; `None` as well where this build cannot read it.
    pub(crate) starter: Option<Starter>,
    /// The history as the champion sees it.
    pub(crate) neighbours: Option<Neighbours>,
    /// What does not fit, found when it is first asked for.
    pub(crate) anomalies: Mutex<Option<Anomalies>>,
    /// The model in use in words, found when they are first asked for.
    pub(crate) words: Mutex<Option<ModelWords>>,
    /// The shop's own series up to the month that is named, summed when they are first asked for.
    pub(crate) series: Mutex<Option<(Date, Vec<Series>)>>,
    /// The rows of the shop in columns, put there when a series is first asked for.
    pub(crate) ledgers: Mutex<Option<Arc<Ledgers>>>,
}

/// The model in use.
#[derive(Debug)]
pub(crate) struct Champion {
    pub(crate) id: i64,
    pub(crate) card: Card,
    pub(crate) model: CostModel,
}

/// Changes whenever a program imported into the shop, changed its champion or chose other prices; what this one repairs, it
/// forgets itself.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    champion: Option<i64>,
    newest_import: Option<i64>,
    prices: Vec<PriceDriver>,
    /// Jobs whose slips are said to be none.
    dismissed: Vec<i64>,
}

impl Experience {
    /// Why there is no champion to ask.
    pub(crate) fn why_no_model(&self) -> &'static str {
        match self.stamp.champion {
            Some(_) => "another version of the program wrote the model in use, which must be trained again",
            None => "there is no trained model yet",
        }
    }
}

impl Action {
    /// The experience of now, from memory where nothing changed.
    pub(crate) fn experience(&self) -> Result<Arc<Experience>, CallError> {
        let stamp = stamp(self)?;
        let mut cached = self.experience_cache().lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(experience) = cached.as_ref().filter(|experience| experience.stamp == stamp) {
            return Ok(Arc::clone(experience));
        }
        let experience = Arc::new(load(self, stamp)?);
        *cached = Some(Arc::clone(&experience));
        Ok(experience)
    }
}

impl App {
    pub(crate) fn forget_experience(&self) {
        *self.experience_cache().lock().unwrap_or_else(std::sync::PoisonError::into_inner) = None;
    }
}

fn stamp(action: &Action) -> Result<Stamp, CallError> {
    let db = action.shop().read();
    let champion = models::champion(&db, TARGET)?.map(|model| model.id);
    let newest_import = imports::list(&db, 0, 1)?.first().map(|import| import.id);
    Ok(Stamp { champion, newest_import, prices: price_drivers::chosen(&db)?, dismissed: dismissed_jobs(&db)? })
}

fn load(action: &Action, stamp: Stamp) -> Result<Experience, CallError> {
    let db = action.shop().read();
    let (history, _) = learnable(action)?;
    // A model of another version of the program counts as none until somebody trains again: the simple rule stands in and
    // is called what it is, and jobs can be looked at.
    let champion = champion(&db)?;
    let levels = PriceLevels::of_model(&db, champion.as_ref().map(|champion| &champion.model))?;
    let table = table(&history, &levels);
    let table = match &champion {
        Some(champion) => champion.model.aligned(table),
        None => table,
    };
    let neighbours = champion.as_ref().map(|champion| champion.model.neighbours(&table)).transpose()?;
    let starter = match &champion {
        Some(_) => None,
        None => Starter::shipped().ok().map(|starter| starter.beside(&history)).transpose()?,
    };
    static LOADED: AtomicU64 = AtomicU64::new(0);
    Ok(Experience {
        stamp,
        serial: LOADED.fetch_add(1, Ordering::Relaxed),
        currency: settings::currency(&db)?,
        history,
        table,
        levels,
        champion,
        starter,
        neighbours,
        anomalies: Mutex::default(),
        words: Mutex::default(),
        series: Mutex::default(),
        ledgers: Mutex::default(),
    })
}
