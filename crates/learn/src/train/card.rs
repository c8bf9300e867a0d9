//! The card: what the model is, what it learned from, what was measured, and what it should not be used for.

use std::collections::BTreeMap;

use jiff::civil::Date;
use signwright_domain::card::{AtMostHeld, Card, Coverage, GroupScore, Importance, LearningPoint, Verdict};

use super::curve::needed;
use super::evaluate::Evaluation;
use super::learn::Learned;
use crate::boost::{Loss, Shape};
use crate::encoding::level;
use crate::features::label;
use crate::member::{Base, Recipe};
use crate::ranges::{AT_MOST, RANGE_LEVELS};
use crate::score::{Comparison, Span, coverage, score};
use crate::search::Part;
use crate::split::Split;
use crate::statistics::{median, quantile};
use crate::training_set::{TrainParams, TrainingSet};
use crate::verdict::{LINEAR, MODEL, OWN, RULE, UNDATED_RULE};

/// A range that held by more than this less often than it says is a limit.
const OFF: f64 = 0.05;
/// The column of a shop's jobs that says who estimated them.
const ESTIMATOR: &str = "estimator";
/// Fewest test rows to be told apart by size.
const FEWEST_FOR_SIZES: usize = 15;
/// As long as the place of a size before its name.
const SIZE: &str = "1 ";
/// Types with fewer training jobs are named as thin.
const THIN: usize = 10;
/// Most of them that are named.
const NAMED: usize = 12;

pub(super) fn card(
    set: &TrainingSet,
    params: &TrainParams,
    split: &Split,
    evaluation: &Evaluation,
    learned: &Learned,
    (data_hash, learning_curve): (String, Vec<LearningPoint>),
) -> Card {
    let days = |rows: &[usize]| {
        let days = || rows.iter().filter_map(|&row| set.known_from[row]);
        (days().min(), days().max())
    };
    let ((train_from, train_to), (test_from, test_to)): ((Option<Date>, _), (Option<Date>, _)) =
        (days(&split.train), days(&split.test));
    let coverage = coverages(evaluation);
    Card {
        target: params.target.clone(),
        created_at: params.created_at,
        learner: learner(learned),
        version: params.version.clone(),
        seed: params.seed,
        train_from,
        train_to,
        test_from,
        test_to,
        n_train: split.train.len() as u32,
        n_test: split.test.len() as u32,
        n_all: set.rows() as u32,
        data_hash,
        drivers: set.table.columns().iter().map(|column| column.name.clone()).collect(),
        budget: Some(params.budget.as_secs_f64()),
        test_share: Some(params.test_share),
        scores: scores(evaluation, split.from.is_some()),
        by_type: most_frequent_first(groups(evaluation, &evaluation.classes)),
        by_estimator: most_frequent_first(groups(evaluation, &estimators(set, split))),
        by_size: by_size(evaluation),
        importance: importance(evaluation),
        limits: limits(set, split, evaluation, learned, &coverage),
        verdict: verdict(evaluation, &params.target, learned.model.class(), (&learning_curve, set.rows())),
        learning_curve,
        trial: None,
        coverage,
        at_most: at_most(evaluation),
    }
}

fn learner(learned: &Learned) -> String {
    let scale = if learned.blend.log { "the logarithm of the target" } else { "the target" };
    let mut parts: Vec<&Part> = learned.blend.parts.iter().collect();
    parts.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let class = learned.model.class().map_or_else(|| "all".to_owned(), |class| label(class).to_lowercase());
    let words = |part: &&Part| format!("{:.0} % {}", 100.0 * part.weight, member(&part.recipe, &class));
    let words: Vec<String> = parts.iter().map(words).collect();
    format!("mixture on {scale}: {}", words.join("; "))
}

fn member(recipe: &Recipe, class: &str) -> String {
    let base = match recipe.base {
        Base::Nothing => String::new(),
        Base::Line => "ridge regression".to_owned(),
        Base::Recent => format!("the median of {class} lately"),
    };
    let Some(params) = &recipe.trees else { return base };
    let on = if base.is_empty() { String::new() } else { format!(" on the rest of {base}") };
    let loss = match params.loss {
        Loss::Squared => "",
        Loss::Absolute => ", absolute error",
    };
    let fading = if recipe.fading { ", recent jobs counting more" } else { "" };
    let (rounds, depth) = (params.rounds, params.depth);
    match params.shape {
        Shape::Symmetric => format!("{rounds} boosted symmetric trees of depth {depth}{on}{loss}{fading}"),
        Shape::Free => format!("{rounds} boosted trees of depth {depth}{on}{loss}{fading}"),
        Shape::Forest => format!("a forest of random trees of depth {depth}{on}"),
    }
}

fn scores(evaluation: &Evaluation, by_time: bool) -> Vec<signwright_domain::card::Score> {
    let rule = if by_time { RULE } else { UNDATED_RULE };
    let methods =
        [(MODEL, &evaluation.model), (rule, &evaluation.rule), (OWN, &evaluation.own), (LINEAR, &evaluation.linear)];
    methods.iter().filter_map(|(method, predicted)| score(method, predicted, &evaluation.actual)).collect()
}

fn spans(evaluation: &Evaluation, level: u8) -> Vec<Span> {
    let span = |prediction: &crate::Prediction| {
        let range = prediction.ranges.iter().find(|range| range.0 == level);
        range.map(|&(_, low, high)| (low, high, prediction.value))
    };
    evaluation.predictions.iter().filter_map(span).collect()
}

fn coverages(evaluation: &Evaluation) -> Vec<Coverage> {
    RANGE_LEVELS.iter().map(|&level| coverage(level, &spans(evaluation, level), &evaluation.actual)).collect()
}

fn at_most(evaluation: &Evaluation) -> Vec<AtMostHeld> {
    let held = |&(percentile, level): &(u8, u8)| {
        let spans = spans(evaluation, level);
        let below = spans.iter().zip(&evaluation.actual).filter(|((_, high, _), actual)| *actual <= high).count();
        let over =
            spans.iter().filter(|(_, _, value)| *value != 0.0).map(|(_, high, value)| (high - value) / value.abs());
        let over: Vec<f64> = over.collect();
        AtMostHeld {
            percentile,
            held: below as f64 / spans.len().max(1) as f64,
            n: spans.len() as u32,
            over: if over.is_empty() { 0.0 } else { median(&over) },
        }
    };
    AT_MOST.iter().map(held).collect()
}

/// The scores of the test rows that have the same name, in the order of the names.
fn groups(evaluation: &Evaluation, names: &[Option<String>]) -> Vec<GroupScore> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (row, name) in names.iter().enumerate() {
        if let Some(name) = name {
            groups.entry(name).or_default().push(row);
        }
    }
    let (narrow, wide) = (spans(evaluation, 80), spans(evaluation, 90));
    let group = |(name, rows): (&str, Vec<usize>)| {
        let actual: Vec<f64> = rows.iter().map(|&row| evaluation.actual[row]).collect();
        let of = |values: &[Option<f64>]| {
            score("", &rows.iter().map(|&row| values[row]).collect::<Vec<_>>(), &actual).map(|score| score.median_error)
        };
        let held = |level, spans: &[Span]| {
            let spans: Vec<Span> = rows.iter().map(|&row| spans[row]).collect();
            coverage(level, &spans, &actual).held
        };
        Some(GroupScore {
            group: name.to_owned(),
            n: rows.len() as u32,
            median_error: of(&evaluation.model)?,
            rule_median_error: of(&evaluation.rule),
            held_80: held(80, &narrow),
            held_90: Some(held(90, &wide)),
        })
    };
    groups.into_iter().filter_map(group).collect()
}

fn most_frequent_first(mut groups: Vec<GroupScore>) -> Vec<GroupScore> {
    groups.sort_by_key(|group| std::cmp::Reverse(group.n));
    groups
}

fn estimators(set: &TrainingSet, split: &Split) -> Vec<Option<String>> {
    let column = set.table.column(ESTIMATOR);
    let name = |&row: &usize| column.and_then(|column| level(column, row)).map(std::borrow::Cow::into_owned);
    split.test.iter().map(name).collect()
}

/// The smallest jobs first.
fn by_size(evaluation: &Evaluation) -> Vec<GroupScore> {
    let mut groups = groups(evaluation, &sizes(evaluation));
    groups.iter_mut().for_each(|group| group.group = group.group[SIZE.len()..].to_owned());
    groups
}

/// Thirds by what was predicted, with their place before their name: by what was spent, misses would decide where a job
/// counts.
fn sizes(evaluation: &Evaluation) -> Vec<Option<String>> {
    let predicted: Vec<f64> = evaluation.predictions.iter().map(|prediction| prediction.value).collect();
    if predicted.len() < FEWEST_FOR_SIZES {
        return vec![None; predicted.len()];
    }
    let [low, high] = [1.0 / 3.0, 2.0 / 3.0].map(|share| quantile(&predicted, share));
    let name = |value: &f64| match () {
        () if *value <= low => format!("1 up to {}", amount(low)),
        () if *value <= high => format!("2 {} to {}", amount(low), amount(high)),
        () => format!("3 above {}", amount(high)),
    };
    predicted.iter().map(|value| Some(name(value))).collect()
}

fn importance(evaluation: &Evaluation) -> Vec<Importance> {
    let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
    for (column, amount) in evaluation.predictions.iter().flat_map(|prediction| &prediction.contributions) {
        *sums.entry(column).or_default() += amount.abs();
    }
    let total: f64 = sums.values().sum();
    let share = |(driver, sum): (&str, f64)| Importance {
        driver: driver.to_owned(),
        label: label(driver),
        share: if total > 0.0 { sum / total } else { 0.0 },
    };
    let mut importance: Vec<Importance> = sums.into_iter().map(share).collect();
    importance.sort_by(|a, b| b.share.total_cmp(&a.share));
    importance
}

/// Where the shop's own estimates are ahead in a mean, though perhaps not in the median.
fn own_ahead(evaluation: &Evaluation, target: &str) -> Option<String> {
    let own = evaluation.against_own.as_ref()?;
    let unit = unit(target);
    let (mae, rmse) = (own.mae, own.rmse);
    if mae.1 < mae.0 {
        return Some(format!("{OWN} are closer on average{unit}: off by {} against {}", amount(mae.1), amount(mae.0)));
    }
    let words = || format!("{OWN} have fewer large misses{unit}: {} against {}", amount(rmse.1), amount(rmse.0));
    (rmse.1 < rmse.0).then(words)
}

/// Hours are hours and cost is money, whose currency is not known here; what else is predicted has no unit.
fn unit(target: &str) -> &'static str {
    match target.rsplit('_').next() {
        Some("cost" | "price") => " in money",
        Some("hours") => " in hours",
        Some(_) | None => "",
    }
}

/// Two means are told apart well enough by four digits.
fn amount(x: f64) -> String {
    let digits = 10_f64.powf(3.0 - x.abs().max(1e-12).log10().floor());
    crate::features::describe("", crate::Cell::Number((x * digits).round() / digits))
}

fn verdict(
    evaluation: &Evaluation,
    target: &str,
    class: Option<&str>,
    (curve, jobs): (&[LearningPoint], usize),
) -> Verdict {
    let median = class.map_or_else(
        || "the median of all".to_owned(),
        |class| format!("the median of {}", label(class).to_lowercase()),
    );
    let words = |other: &Comparison, what: &str| {
        format!("median error {:.1} % against {:.1} % of {what}, on {} test jobs", other.first, other.second, other.n)
    };
    let own = evaluation.against_own.as_ref().map(|own| format!("; {}", words(own, OWN))).unwrap_or_default();
    let ahead = own_ahead(evaluation, target).map(|ahead| format!("; but {ahead}")).unwrap_or_default();
    let own = own + &ahead;
    let (better_than_rule, reason) = match &evaluation.against_rule {
        Some(rule) if rule.clearly => (true, format!("Better than the simple rule: {}{own}.", words(rule, &median))),
        Some(rule) => {
            let needed = needed(curve, rule, jobs);
            let words = words(rule, &median);
            (false, format!("Not clearly better than the simple rule: {words}{own}. {needed}"))
        }
        None => (false, "There are too few test jobs that the simple rule could estimate to compare with.".to_owned()),
    };
    Verdict { promoted: false, better_than_rule, reason }
}

fn limits(
    set: &TrainingSet,
    split: &Split,
    evaluation: &Evaluation,
    learned: &Learned,
    coverage: &[Coverage],
) -> Vec<String> {
    let mut limits = Vec::new();
    if split.from.is_none() {
        let why = if set.known_from.iter().all(Option::is_none) {
            "no job has a date"
        } else {
            "too few jobs have dates or were finished before the newest were quoted"
        };
        limits
            .push(format!("Measured on jobs drawn at random, because {why}: on future jobs it may be less accurate."));
    }
    left_out(learned, &mut limits);
    let undated = set.known_from.iter().filter(|day| day.is_none()).count();
    if split.from.is_some() && undated > 0 {
        limits.push(format!("{undated} jobs without a quote date were left out of the test."));
    }
    for coverage in coverage.iter().filter(|c| f64::from(c.level) / 100.0 - c.held > OFF) {
        let held = (100.0 * coverage.held).round();
        limits.push(format!("The {} % range held in only {held} % of the {} test jobs.", coverage.level, coverage.n));
    }
    if evaluation.against_own.is_some_and(|own| own.second < own.first) {
        limits.push("The shop's own estimates were closer than the model: use it as a second opinion.".to_owned());
    }
    thin(set, learned.model.class(), &mut limits);
    limits
}

fn left_out(learned: &Learned, limits: &mut Vec<String>) {
    let names = |columns: &[String]| columns.iter().map(|column| label(column)).collect::<Vec<_>>().join(", ");
    let usable = &learned.usable;
    for (columns, why) in [
        (&usable.copies, "nearly equal to the target, so known only afterwards"),
        (&usable.afterwards, "by its name known only afterwards"),
        (&usable.empty, "no job has a value"),
        (&usable.unique, "different in every job"),
        (&usable.running, "a running number, different in every job"),
    ] {
        if !columns.is_empty() {
            limits.push(format!("Left out: {} ({why}).", names(columns)));
        }
    }
    if !usable.suspect.is_empty() {
        let names = names(&usable.suspect);
        limits
            .push(format!("Nearly says the target by itself: {names}. Leave it out if it is not known at the quote."));
    }
}

fn thin(set: &TrainingSet, class: Option<&str>, limits: &mut Vec<String>) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    crate::rules::classes(&set.table, class)
        .into_iter()
        .flatten()
        .for_each(|class| *counts.entry(class).or_default() += 1);
    let column = class.unwrap_or_default();
    let thin = counts.iter().filter(|(_, count)| **count < THIN);
    let thin: Vec<String> =
        thin.map(|(class, _)| crate::features::describe(column, crate::Cell::Category(class))).collect();
    let more = thin.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    if !thin.is_empty() {
        let named = thin[..thin.len().min(NAMED)].join(", ");
        limits.push(format!("Fewer than {THIN} jobs to learn from: {named}{more}."));
    }
}
