//! A challenger beside the model in use, on jobs that neither has learned from.
//!
//! Where both were trained on the same rows, what their tests said of the newest ones is compared. Else it is the jobs that
//! were finished after everything the model in use has learned from: it is asked about them as it stands, the challenger as
//! it would have been fitted while they came in.

use signwright_domain::Task;
use signwright_domain::card::Trial;
use signwright_domain::job::Job;
use signwright_learn::{FEWEST_TRIED, Said, Trained, trial};
use signwright_store::predictions::{self, How};

use super::{Lesson, SEED, table};
use crate::estimates::{Champion, PriceLevels};
use crate::models::learned::Learned;
use crate::{Action, CallError, money};

const SAME_ROWS: &str = "trained on the same older jobs, asked about the newest";
const AS_THEY_CAME: &str = "finished since that model was trained, this one fitted as they came in";

/// `None` where there are too few such jobs to say which one is better.
pub(super) fn champion(
    action: &Action,
    task: &Task,
    champion: &Champion,
    lesson: &Lesson<'_>,
    trained: &Trained,
) -> Result<Option<Trial>, CallError> {
    if champion.card.data_hash == trained.card.data_hash {
        return same_rows(action, champion, lesson, trained);
    }
    let learned = Learned::of(action, champion)?;
    let fresh: Vec<usize> = (0..lesson.jobs.len()).filter(|&row| learned.is_fresh(&lesson.jobs[row])).collect();
    if fresh.len() < FEWEST_TRIED {
        return Ok(None);
    }
    let challenger = trained.refitted(task, lesson.set, &fresh, learned.until)?;
    // It is asked with the prices that it has learned from, whichever the challenger was given.
    let levels = PriceLevels::of_model(&action.shop().read(), Some(&champion.model))?;
    let jobs: Vec<Job> = fresh.iter().map(|&row| lesson.jobs[row].clone()).collect();
    let champion_said = champion.model.values(&champion.model.aligned(table(&jobs, &levels)))?;
    let champion_said: Vec<Option<f64>> = champion_said.into_iter().map(Some).collect();
    let actual: Vec<f64> = fresh.iter().map(|&row| lesson.set.target[row]).collect();
    let said = Said { challenger: &challenger, champion: &champion_said, actual: &actual };
    Ok(trial(champion.id, AS_THEY_CAME, &said, SEED))
}

fn same_rows(
    action: &Action,
    champion: &Champion,
    lesson: &Lesson<'_>,
    trained: &Trained,
) -> Result<Option<Trial>, CallError> {
    let before = predictions::of_model(&action.shop().read(), champion.id)?;
    let of_job = |job: i64| {
        let place = before.binary_search_by_key(&job, |said| said.job_id).ok()?;
        Some(&before[place]).filter(|said| said.how == How::Tested).map(|said| money::to_statistics(said.value))
    };
    let challenger: Vec<Option<f64>> = trained.tested.iter().map(|tested| Some(tested.value)).collect();
    let champion_said: Vec<Option<f64>> =
        trained.tested.iter().map(|tested| of_job(lesson.jobs[tested.row].id)).collect();
    let actual: Vec<f64> = trained.tested.iter().map(|tested| lesson.set.target[tested.row]).collect();
    let said = Said { challenger: &challenger, champion: &champion_said, actual: &actual };
    Ok(trial(champion.id, SAME_ROWS, &said, SEED))
}
