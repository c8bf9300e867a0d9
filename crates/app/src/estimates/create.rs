//! One estimate: checked, predicted, explained, compared, and kept when asked.

use jiff::civil::Date;
use signwright_domain::estimate::{AtMost, Basis, Contribution, Estimate, Novelty, Range, SimilarJob};
use signwright_domain::job::Job;
use signwright_domain::sanity::Severity;
use signwright_domain::{Currency, DriverValue, Money, Specification, driver, physics};
use signwright_learn::{Prediction, Table, features};
use signwright_store::{estimates, settings};

use super::decision::decided;
use super::experience::{Champion, Experience};
use super::rule::{self, Rule};
use super::understood::understood;
use super::{CreateEstimate, by_assembly, by_starter, levels::PriceLevels};
use crate::assemblies::{self, Beside, Built};
use crate::models::watch;
use crate::scenarios::outside_of_type;
use crate::{Action, CallError, Code, audit, money, rules};

const SIMILAR: usize = 8;
const QUANTITY: &str = "quantity";
/// How novel a job is at least that goes beyond the jobs of its type; 1 is the edge of experience.
const BEYOND: f64 = 1.2;

pub fn create_estimate(action: &Action, mut input: CreateEstimate) -> Result<Estimate, CallError> {
    known_type(&input.specification)?;
    let experience = action.experience()?;
    input.specification = understood(&input.specification, &experience.history)?;
    if assemblies::said_of_the_job(action, &mut input.specification, &mut input.assembly)? {
        input.specification = understood(&input.specification, &experience.history)?;
    }
    one_where_it_is_said(&mut input.specification, &experience.history);
    let warnings = rules::in_force(&action.shop().read())?.of_estimate(&input.specification);
    if let Some(error) = warnings.iter().find(|warning| warning.severity == Severity::Error) {
        return Err(
            CallError::invalid(error.message.clone()).hint(format!("Look at: {}.", driver::label(&error.driver)))
        );
    }
    let sign_type = known_type(&input.specification)?;
    let quoted_on = input.quoted_on.unwrap_or_else(|| action.today());
    let currency = settings::shop(&action.shop().read())?.currency;
    let levels = &experience.levels;
    let asked = Asked { specification: &input.specification, sign_type: &sign_type, quoted_on, currency, levels };
    let mut built = assemblies::built(action, &experience, &input.specification, &input.assembly, quoted_on)?;
    let answer = answer(action, &experience, &asked, built.as_ref())?;
    if let Some(built) = &mut built {
        put_beside(action, &experience, &asked, &answer, built)?;
    }
    let median = rule::median_of_type(&experience.history, &sign_type, quoted_on);
    let mut estimate = Estimate {
        id: 0,
        title: title(&input.title, &sign_type),
        created_at: action.now,
        quoted_on,
        basis: answer.basis,
        basis_note: answer.note,
        model_id: answer.model_id,
        cost: answer.cost,
        ranges: answer.ranges,
        at_most: answer.at_most,
        base: answer.base,
        contributions: answer.contributions,
        novelty: answer.novelty,
        similar: answer.similar,
        median_of_type: median.as_ref().map(|rule| rule.cost),
        median_count: median.map_or(0, |rule| u32::try_from(rule.jobs).unwrap_or(u32::MAX)),
        structure: physics::structure(&input.specification),
        warnings,
        specification: input.specification,
        bottom_up: built.map(|built| built.bottom_up),
        decision: None,
    };
    if let Some(decide) = &input.decide {
        estimate.decision = Some(decided(action, &estimate, decide)?);
    }
    if input.save {
        keep(action, &mut estimate)?;
    }
    Ok(estimate)
}

/// The built-up cost beside an answer that rests on the shop's own jobs.
fn put_beside(
    action: &Action,
    experience: &Experience,
    asked: &Asked<'_>,
    answer: &Answer,
    built: &mut Built,
) -> Result<(), CallError> {
    let own_jobs = matches!(answer.basis, Basis::Model | Basis::MedianOfType | Basis::SimilarJobs);
    let likely = answer.ranges.iter().find(|range| range.level == 80).filter(|_| own_jobs);
    let beside = Beside {
        learned: likely.map(|range| (answer.cost, *range)),
        contributions: &answer.contributions,
        similar: &answer.similar,
        quoted_on: asked.quoted_on,
    };
    assemblies::compare(action, experience, asked.specification, &mut built.bottom_up, &beside)
}

/// Who gives no number means one sign; where finished jobs say theirs, a model takes none for something else.
fn one_where_it_is_said(specification: &mut Specification, history: &[Job]) {
    let sign_type = specification.text("sign_type");
    let of_type = || history.iter().filter(|job| job.sign_type.as_deref() == sign_type);
    let said = of_type().filter(|job| job.specification.number(QUANTITY).is_some()).count();
    if specification.get(QUANTITY).is_none() && said > 0 && 2 * said >= of_type().count() {
        specification.set(QUANTITY, DriverValue::Number(1.0));
    }
}

fn keep(action: &Action, estimate: &mut Estimate) -> Result<(), CallError> {
    let kept = action.shop().write(|db| {
        let id = estimates::insert(db, estimate)?;
        audit::record(db, action, &format!("estimate {id}"), None::<()>, &(estimate.cost, &estimate.decision))?;
        Ok::<_, CallError>(id)
    })?;
    estimate.id = kept;
    action.changed("estimates");
    Ok(())
}

fn known_type(specification: &Specification) -> Result<String, CallError> {
    let choices = || match driver::find("sign_type").map(|driver| &driver.kind) {
        Some(driver::DriverKind::Choice { choices }) => {
            choices.iter().map(|choice| choice.value).collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    };
    match specification.get("sign_type") {
        Some(DriverValue::Text(name)) if !name.trim().is_empty() => Ok(name.clone()),
        Some(_) | None => {
            Err(CallError::invalid("the specification has no sign_type").hint(format!("Give one of: {}.", choices())))
        }
    }
}

fn title(given: &str, sign_type: &str) -> String {
    if given.trim().is_empty() { format!("{} estimate", sign_type.replace('_', " ")) } else { given.trim().to_owned() }
}

/// What is asked, with what is needed to answer in money.
pub(super) struct Asked<'a> {
    pub(super) specification: &'a Specification,
    pub(super) sign_type: &'a str,
    pub(super) quoted_on: Date,
    pub(super) currency: Currency,
    pub(super) levels: &'a PriceLevels,
}

pub(super) struct Answer {
    pub(super) basis: Basis,
    pub(super) note: String,
    pub(super) model_id: Option<i64>,
    pub(super) cost: Money,
    pub(super) ranges: Vec<Range>,
    pub(super) at_most: Vec<AtMost>,
    pub(super) base: Money,
    pub(super) contributions: Vec<Contribution>,
    pub(super) novelty: Novelty,
    pub(super) similar: Vec<SimilarJob>,
}

/// Model, else an assembly that the shop has made its own, else the median of the type, else the median of similar jobs, and in a
/// shop that has none of these the starter.
fn answer(
    action: &Action,
    experience: &Experience,
    asked: &Asked<'_>,
    built: Option<&Built>,
) -> Result<Answer, CallError> {
    let one = row(asked);
    let Some(champion) = &experience.champion else {
        let why = experience.why_no_model();
        if let Some(answer) = by_assembly::answer(built, &[], why) {
            return Ok(answer);
        }
        return match by_rule(experience, asked, Vec::new(), why) {
            Some(answer) => Ok(answer),
            None => by_starter::answer(experience, asked, one, why),
        };
    };
    let one = champion.model.aligned(one);
    let similar = similar_jobs(champion, experience, &one, asked)?;
    if !champion.card.verdict.better_than_rule {
        let why = "the model is not clearly better than the simple rule";
        if let Some(answer) = by_assembly::answer(built, &similar, why) {
            return Ok(answer);
        }
        return by_rule(experience, asked, similar, why).ok_or_else(|| no_history(asked, None));
    }
    let mut prediction =
        champion.model.predict(&one)?.pop().ok_or_else(|| CallError::new(Code::Internal, "no prediction"))?;
    prediction.ranges = champion.model.stretched(&prediction, &watch::stretch(action, champion.id)?);
    let mut answer = by_model(champion, &one, &prediction, similar, asked)?;
    // Trees say of more than they have seen of a type what they know of other types, or nothing.
    let beyond = outside_of_type(&experience.history, asked.specification);
    if !beyond.is_empty() {
        answer.novelty.score = answer.novelty.score.max(BEYOND);
        answer.novelty.reasons.extend(beyond);
    }
    Ok(answer)
}

fn row(asked: &Asked<'_>) -> Table {
    asked.levels.table(&[asked.levels.priced(asked.specification.clone(), Some(asked.quoted_on))])
}

fn by_rule(experience: &Experience, asked: &Asked<'_>, similar: Vec<SimilarJob>, why: &str) -> Option<Answer> {
    let rule = rule::median_of_type(&experience.history, asked.sign_type, asked.quoted_on)
        .or_else(|| rule::median_of_similar(similar.iter().map(|job| job.actual).collect()))?;
    let Rule { basis, cost, ranges, at_most, jobs } = rule;
    let what = match basis {
        Basis::MedianOfType => format!("the median of {jobs} jobs of this type in the last 24 months"),
        Basis::SimilarJobs | Basis::Model | Basis::Assembly | Basis::Starter => {
            format!("the median of the {jobs} most similar jobs")
        }
    };
    let novelty = Novelty { score: 0.0, reasons: Vec::new() };
    let note = format!("{what}, because {why}");
    Some(Answer {
        basis,
        note,
        model_id: None,
        cost,
        ranges,
        at_most,
        base: cost,
        contributions: Vec::new(),
        novelty,
        similar,
    })
}

/// Nothing can answer; `refused` says why the starter does not either.
pub(super) fn no_history(asked: &Asked<'_>, refused: Option<&str>) -> CallError {
    let sign_type = asked.sign_type.replace('_', " ");
    let also = refused.map_or(String::new(), |refused| format!("; {refused}"));
    let message = format!("there is no model, and too few finished jobs of type {sign_type}{also}");
    CallError::new(Code::NotEnoughData, message)
        .hint("Import finished jobs and train a model, or estimate a type with at least five finished jobs.")
}

fn by_model(
    champion: &Champion,
    one: &Table,
    prediction: &Prediction,
    similar: Vec<SimilarJob>,
    asked: &Asked<'_>,
) -> Result<Answer, CallError> {
    let money = |amount: f64| money::from_statistics(amount, asked.currency);
    let cost = money(prediction.value)?;
    let base = money(prediction.base)?;
    Ok(Answer {
        basis: Basis::Model,
        note: format!("model {} trained on {} jobs", champion.id, champion.card.learned_from()),
        model_id: Some(champion.id),
        cost,
        ranges: money::ranges(&prediction.ranges, asked.currency)?,
        at_most: money::at_most(&prediction.ranges, cost)?,
        base,
        contributions: contributions(one, prediction, cost, base, asked)?,
        novelty: Novelty { score: prediction.novelty.score, reasons: prediction.novelty.reasons.clone() },
        similar,
    })
}

/// In cents that add up: what rounding leaves over goes to the largest contribution.
pub(super) fn contributions(
    one: &Table,
    prediction: &Prediction,
    cost: Money,
    base: Money,
    asked: &Asked<'_>,
) -> Result<Vec<Contribution>, CallError> {
    let words = |column: &str| {
        let priced = asked.levels.in_words(column, asked.quoted_on);
        priced.unwrap_or_else(|| features::describe(column, one.cell(column, 0)))
    };
    let contribution = |(column, amount): &(String, f64)| {
        Ok::<_, CallError>(Contribution {
            driver: column.clone(),
            label: features::label(column),
            value: words(column),
            cause: driver::Cause::of(column),
            amount: money::from_statistics(*amount, asked.currency)?,
        })
    };
    let mut all = prediction.contributions.iter().map(contribution).collect::<Result<Vec<_>, _>>()?;
    all.sort_by_key(|contribution| std::cmp::Reverse(contribution.amount.minor.abs()));
    let sum = all.iter().map(|contribution| contribution.amount).fold(base, |sum, amount| sum + amount);
    if let Some(largest) = all.first_mut() {
        largest.amount = largest.amount + (cost - sum);
    }
    all.retain(|contribution| contribution.amount.minor != 0);
    Ok(all)
}

fn similar_jobs(
    champion: &Champion,
    experience: &Experience,
    one: &Table,
    asked: &Asked<'_>,
) -> Result<Vec<SimilarJob>, CallError> {
    let Some(neighbours) = &experience.neighbours else { return Ok(Vec::new()) };
    let near = champion.model.similar(neighbours, one, SIMILAR)?;
    let job = |(row, distance): (usize, f64)| {
        let job = &experience.history[row];
        Some(similar_job(job, job.actual.total?, distance, asked.specification))
    };
    Ok(near.into_iter().filter_map(job).collect())
}

fn similar_job(job: &Job, actual: Money, distance: f64, asked: &Specification) -> SimilarJob {
    SimilarJob {
        job_id: job.id,
        number: job.number().to_owned(),
        customer: job.customer.clone(),
        completed_on: job.completed_on,
        differs: differs(&job.specification, asked),
        estimated: job.estimated_cost,
        actual,
        distance,
    }
}

/// Up to three drivers that are not the same, size first, in words.
fn differs(theirs: &Specification, ours: &Specification) -> String {
    let mut words = Vec::new();
    if let (Some(width), Some(height)) = (theirs.number("width"), theirs.number("height"))
        && (ours.number("width") != Some(width) || ours.number("height") != Some(height))
    {
        words.push(format!("{width} x {height} ft"));
    }
    for known in
        driver::catalogue().iter().filter(|d| !matches!(d.name, "width" | "height" | "estimator" | "travel_miles"))
    {
        if words.len() == 3 {
            break;
        }
        if let Some(value) = theirs.get(known.name).filter(|value| Some(*value) != ours.get(known.name)) {
            words.push(in_words(known, value));
        }
    }
    if words.is_empty() { "the same in what is known".to_owned() } else { words.join(", ") }
}

fn in_words(known: &driver::Driver, value: &DriverValue) -> String {
    let label = known.label.to_lowercase();
    match (&known.kind, value) {
        (_, DriverValue::Flag(true)) => label,
        (_, DriverValue::Flag(false)) => format!("no {label}"),
        (driver::DriverKind::Choice { choices }, DriverValue::Text(text)) => {
            let shown = choices.iter().find(|choice| choice.value == text).map_or(text.as_str(), |choice| choice.label);
            shown.to_owned()
        }
        (driver::DriverKind::Number { unit, .. }, value) => format!("{label} {value} {unit}").trim_end().to_owned(),
        (_, value) => format!("{label} {value}"),
    }
}
