//! The sanity rules of this shop: what they are, and what they find among its jobs.
//!
//! Findings are derived. What a rule warns of in a job is kept when the job is made, so that the list can be filtered by it;
//! what compares it with its peers, whose medians every new job moves, when an import has ended; all of it when the rules
//! change. What is only worth a look is not kept: it is asked again when somebody looks.

mod asking;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use signwright_domain::Task;
use signwright_domain::job::Job;
use signwright_domain::sanity::peers::{self, Figures, PeerGroup};
use signwright_domain::sanity::{CostLine, Rules, STANDARD, Severity, Warning};
use signwright_store::jobs::JobLine;
use signwright_store::jobs::flags::{self, Of};
use signwright_store::{Db, jobs, settings};
use ts_rs::TS;

use crate::commands::Nothing;
use crate::tasks::{self, TaskStarted};
use crate::{Action, CallError, Code, audit};

use asking::Run;
pub(crate) use asking::{asked, begin, settle};
pub use signwright_store::jobs::flags::{JobFlag, RuleCount};

const SETTING: &str = "rules";
/// So many findings are shown at once.
const SHOWN: u32 = 500;

/// The rules in force as a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuleFile {
    /// TOML, as `docs/rules.md` describes it.
    pub text: String,
    /// Whether the shop has its own; else it is the product's.
    pub own: bool,
    /// Why the shop's own cannot be used any more, such as after an upgrade: the product's are in force meanwhile.
    pub problem: Option<String>,
}

/// A shop's own rules.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SetRules {
    pub text: String,
}

/// What the rules find among all jobs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Findings {
    pub rules: Vec<RuleCount>,
    /// The first 500, the worst first.
    pub flags: Vec<JobFlag>,
    #[ts(type = "number")]
    pub total: u64,
    /// Jobs are being asked, so that some of these are of other rules and some are not there yet.
    pub asking: bool,
    /// Not every job was asked the rules in force, such as after an upgrade or where asking was cancelled.
    pub stale: bool,
}

/// Which findings to list.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ListFindings {
    /// Of one rule; of all where absent.
    pub rule: Option<String>,
    /// Also those that are only worth a look.
    pub info: bool,
}

pub fn show_rules(action: &Action, _: Nothing) -> Result<RuleFile, CallError> {
    let own: Option<String> = settings::get(&action.shop().read(), SETTING)?;
    let problem = own.as_deref().and_then(|text| Rules::with(text).err()).map(|error| error.to_string());
    Ok(RuleFile { own: own.is_some(), text: own.unwrap_or_else(|| STANDARD.to_owned()), problem })
}

/// Takes the file and asks every job again. Once it is taken it is in force, also where the asking is cancelled: the findings
/// are said to be stale then.
pub fn set_rules(action: &Action, task: &Task, input: SetRules) -> Result<Findings, CallError> {
    let run = change(action, Some(&checked(&input)?.text))?;
    ask_and_list(action, task, &run, &ListFindings::default())
}

pub fn reset_rules(action: &Action, task: &Task) -> Result<Findings, CallError> {
    let run = change(action, None)?;
    ask_and_list(action, task, &run, &ListFindings::default())
}

/// The same as a task; a file that says something wrong is refused at once.
pub fn start_setting_rules(action: &Action, input: SetRules) -> Result<TaskStarted, CallError> {
    Ok(start_asking(action, change(action, Some(&checked(&input)?.text))?))
}

pub fn start_resetting_rules(action: &Action, _: Nothing) -> Result<TaskStarted, CallError> {
    Ok(start_asking(action, change(action, None)?))
}

/// Asks every job again, such as after a day has passed that lay in the future, as a task.
pub fn start_asking_rules(action: &Action, _: Nothing) -> Result<TaskStarted, CallError> {
    Ok(start_asking(action, begin_run(action)?))
}

/// The same while somebody waits; says what is found.
pub fn ask_again(action: &Action, task: &Task, input: &ListFindings) -> Result<Findings, CallError> {
    let run = begin_run(action)?;
    ask_and_list(action, task, &run, input)
}

fn begin_run(action: &Action) -> Result<Run, CallError> {
    action.shop().write(|db| asking::begin_run(db, action))?.ok_or_else(|| {
        CallError::new(Code::Conflict, "every job is being asked already")
            .hint("Wait until that has ended; what was killed is given up after half a minute.")
    })
}

fn start_asking(action: &Action, run: Run) -> TaskStarted {
    let asking = action.clone();
    tasks::start(action, "Asking every job the rules", action.now, move |task| {
        ask_and_list(&asking, task, &run, &ListFindings::default())
    })
}

fn ask_and_list(action: &Action, task: &Task, run: &Run, input: &ListFindings) -> Result<Findings, CallError> {
    asking::ask_all(action, task, run)?;
    list_findings(action, input.clone())
}

fn checked(input: &SetRules) -> Result<&SetRules, CallError> {
    match Rules::with(&input.text) {
        Ok(_) => Ok(input),
        Err(error) => {
            Err(CallError::invalid(error.to_string())
                .hint("docs/rules.md lists what a rule may say. Nothing was changed."))
        }
    }
}

/// Puts the rules in force, and in the same write takes the turn to ask them of every job.
fn change(action: &Action, text: Option<&str>) -> Result<Run, CallError> {
    let run = action.shop().write(|db| -> Result<Run, CallError> {
        let before: Option<String> = settings::get(db, SETTING)?;
        match text {
            Some(text) => settings::set(db, SETTING, &text)?,
            None => _ = settings::remove(db, SETTING)?,
        }
        audit::record(db, action, "rules", before.as_ref(), &text)?;
        asking::begin_run_anew(db, action)
    })?;
    action.forget_experience();
    Ok(run)
}

/// What is found. Looking asks no job again: where they were asked other rules, or not all of them, that is said.
pub fn list_findings(action: &Action, input: ListFindings) -> Result<Findings, CallError> {
    let asking = asking::is_under_way(action)?;
    let db = action.shop().read();
    let stale = asking::is_stale(&db)? && jobs::any(&db)?;
    let (total, flags) = flags::list(&db, Of::Rule(input.rule.as_deref()), Severity::Info, SHOWN)?;
    let mut found = Findings { rules: flags::by_rule(&db)?, flags, total, asking, stale };
    if input.info {
        add_info(&db, input.rule.as_deref(), &mut found)?;
    }
    Ok(found)
}

/// What is only worth a look, asked of every job.
fn add_info(db: &Db<'_>, rule: Option<&str>, found: &mut Findings) -> Result<(), CallError> {
    let rules = in_force(db)?;
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    flags::each_of(db, &flags::jobs(db)?, |job, lines| {
        for flag in warnings(&rules, job, lines).into_iter().filter(|flag| flag.severity == Severity::Info) {
            *counts.entry(flag.rule.clone()).or_default() += 1;
            if rule.is_none_or(|rule| rule == flag.rule) {
                found.total += 1;
                if found.flags.len() < SHOWN as usize {
                    let (number, sign_type) = (job.number().to_owned(), job.sign_type.clone());
                    found.flags.push(JobFlag { job_id: job.id, number, sign_type, flag });
                }
            }
        }
        Ok::<_, CallError>(())
    })?;
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, jobs)| std::cmp::Reverse(*jobs));
    let counted = counts.into_iter().map(|(rule, jobs)| RuleCount { rule, severity: Severity::Info, jobs });
    found.rules.extend(counted);
    Ok(())
}

/// The rules in force.
pub(crate) fn in_force(db: &Db<'_>) -> Result<Cow<'static, Rules>, CallError> {
    let Some(text) = settings::get::<String>(db, SETTING)? else { return Ok(Cow::Borrowed(Rules::standard())) };
    // A file that an older version took may name what this one does not know: its own rules are better than none.
    Ok(Rules::with(&text).map_or(Cow::Borrowed(Rules::standard()), Cow::Owned))
}

/// Asks the rules of one job and keeps what they find.
pub(crate) fn ask(db: &Db<'_>, rules: &Rules, id: i64, job: &Job, lines: &[JobLine]) -> Result<(), CallError> {
    Ok(flags::replace(db, id, &kept(warnings(rules, job, lines)))?)
}

fn warnings(rules: &Rules, job: &Job, lines: &[JobLine]) -> Vec<Warning> {
    let costs: Vec<CostLine<'_>> = lines.iter().map(cost_line).collect();
    rules.of_job(job, &costs)
}

fn kept(mut found: Vec<Warning>) -> Vec<Warning> {
    found.retain(|warning| warning.severity != Severity::Info);
    found
}

/// What is kept of what the rules find in a job without lines.
pub(crate) fn found_alone(rules: &Rules, job: &Job) -> Vec<Warning> {
    kept(warnings(rules, job, &[]))
}

fn cost_line(line: &JobLine) -> CostLine<'_> {
    CostLine {
        section: line.section,
        department: line.department.as_deref(),
        work_code: line.work_code.as_deref(),
        description: line.description.as_deref(),
        file: line.sha256.as_deref(),
        hours: line.actual_hours,
        quantity: line.quantity.and_then(|quantity| quantity.to_f64()),
        cost: line.cost,
    }
}

/// Compares every finished job with the others of its type and keeps what is new.
pub(crate) fn compare_peers(db: &Db<'_>) -> Result<(), CallError> {
    let limits = in_force(db)?.peers;
    let jobs = flags::figures(db)?;
    let mut by_type: BTreeMap<&str, Vec<Figures>> = BTreeMap::new();
    for (_, sign_type, figures) in &jobs {
        by_type.entry(sign_type).or_default().push(*figures);
    }
    let groups: BTreeMap<&str, PeerGroup> =
        by_type.into_iter().map(|(name, figures)| (name, PeerGroup::of(&figures, limits))).collect();
    let mut before: BTreeSet<i64> = flags::unlike_peers(db)?.into_iter().collect();
    for (id, sign_type, figures) in &jobs {
        let found = groups[sign_type.as_str()].unlike(figures);
        if before.remove(id) || !found.is_empty() {
            flags::replace_peers(db, *id, &found)?;
        }
    }
    // What is left was finished before and is not any more.
    before.into_iter().try_for_each(|id| flags::replace_peers(db, id, &[]).map_err(CallError::from))
}

/// What was found in the jobs of one import, without what is only worth a look: the first of them, and how many.
pub(crate) fn of_import(db: &Db<'_>, import: i64) -> Result<(u64, Vec<JobFlag>), CallError> {
    Ok(flags::list(db, Of::Import(import), Severity::Warning, 100)?)
}

/// Everything that is to be said of one job, the worst first.
pub(crate) fn of_job(db: &Db<'_>, job: &Job, lines: &[JobLine]) -> Result<Vec<Warning>, CallError> {
    let (_, kept) = flags::list(db, Of::Job(job.id), Severity::Info, SHOWN)?;
    let peers = kept.into_iter().map(|one| one.flag).filter(|flag| flag.rule == peers::RULE);
    let mut found: Vec<Warning> = warnings(&*in_force(db)?, job, lines);
    found.extend(peers);
    found.sort_by_key(|flag| std::cmp::Reverse(flag.severity));
    Ok(found)
}
