//! `scenarios list | save | rename | delete | compare`.

use signwright_app::estimates::{EstimateRef, show_estimate};
use signwright_app::scenarios::{
    CompareScenarios, Compared, Comparison, Figures, ListedScenario, RenameScenario, SaveScenario, ScenarioRef,
    ScenariosOf, compare_scenarios, delete_scenario, list_scenarios, rename_scenario, save_scenario,
};
use signwright_app::{Action, App, CallError};
use signwright_domain::{DriverValue, Money, Specification};

use super::action;
use super::estimate::specification;
use crate::arguments::{SaveScenario as Save, Scenarios};
use crate::output::{Output, table};

/// Of each cause; the others are added up in one line, `--json` has them all.
const SHOWN_DRIVERS: usize = 3;

pub(super) fn scenarios(app: &App, input: &Scenarios, output: &Output) -> Result<(), CallError> {
    let action = action(app, "scenarios");
    match input {
        Scenarios::List { estimate } => {
            let found = list_scenarios(&action, ScenariosOf { estimate_id: *estimate })?;
            output.result(&found, |found| list_text(found));
        }
        Scenarios::Save(input) => output.result(&save(&action, input)?, |kept| {
            format!(
                "scenario {}: {}, by {}\n{}",
                kept.scenario.id,
                kept.scenario.said.cost,
                kept.scenario.said.basis_note,
                list_text(std::slice::from_ref(kept))
            )
        }),
        Scenarios::Rename { id, name } => {
            let renamed = rename_scenario(&action, RenameScenario { id: *id, name: name.clone() })?;
            output.result(&renamed, |one| format!("scenario {} is called {}", one.scenario.id, one.scenario.name));
        }
        Scenarios::Delete { id } => {
            let gone = delete_scenario(&action, ScenarioRef { id: *id })?;
            output.result(&gone, |one| format!("{} is deleted", one.name));
        }
        Scenarios::Compare { estimate, scenarios, without_estimate } => {
            let asked =
                CompareScenarios { estimate_id: *estimate, scenarios: scenarios.clone(), estimate: !without_estimate };
            output.result(&compare_scenarios(&action, asked)?, comparison_text);
        }
    }
    Ok(())
}

fn save(action: &Action, input: &Save) -> Result<ListedScenario, CallError> {
    let mut variant = match &input.spec {
        Some(file) => specification(file)?,
        None => show_estimate(action, EstimateRef { id: input.estimate })?.specification,
    };
    for change in &input.set {
        let (name, value) = change
            .split_once('=')
            .ok_or_else(|| CallError::invalid(format!("\"{change}\" names no value")).hint("Write it as height=12."))?;
        set(&mut variant, name.trim(), value.trim());
    }
    let request = SaveScenario { estimate_id: input.estimate, name: input.name.clone(), specification: variant };
    save_scenario(action, request)
}

/// A number, yes or no, or a word; nothing takes the driver away.
fn set(variant: &mut Specification, name: &str, value: &str) {
    let value = match (value, value.parse()) {
        ("", _) => {
            variant.drivers.remove(name);
            return;
        }
        (_, Ok(number)) => DriverValue::Number(number),
        ("yes" | "true", _) => DriverValue::Flag(true),
        ("no" | "false", _) => DriverValue::Flag(false),
        (text, Err(_)) => DriverValue::Text(text.to_owned()),
    };
    variant.set(name, value);
}

fn list_text(found: &[ListedScenario]) -> String {
    if found.is_empty() {
        return "no scenarios of this estimate".to_owned();
    }
    let row = |one: &ListedScenario| {
        let scenario = &one.scenario;
        let unseen = one.unseen.iter().map(|words| format!("never seen: {words}"));
        let words: Vec<String> = one.changes.iter().cloned().chain(unseen).collect();
        vec![scenario.id.to_string(), scenario.name.clone(), scenario.said.cost.to_string(), words.join("; ")]
    };
    table(&["id", "scenario", "cost", "what differs"], &found.iter().map(row).collect::<Vec<_>>(), &[0, 2])
}

fn comparison_text(found: &Comparison) -> String {
    let names: Vec<&str> = found.columns.iter().map(|one| one.name.as_str()).collect();
    let header: Vec<&str> = std::iter::once("").chain(names.iter().copied()).collect();
    let right: Vec<usize> = (1..header.len()).collect();
    let row = |name: &str, of: &dyn Fn(&Compared) -> String| {
        std::iter::once(name.to_owned()).chain(found.columns.iter().map(of)).collect::<Vec<_>>()
    };
    let mut rows: Vec<Vec<String>> = found
        .drivers
        .iter()
        .map(|driver| {
            let values = driver.values.iter().map(|value| value.clone().unwrap_or_else(|| "not given".to_owned()));
            std::iter::once(driver.label.clone()).chain(values).collect()
        })
        .collect();
    rows.push(row("cost", &|one| one.now.cost.to_string()));
    for level in found.columns[0].now.ranges.iter().map(|range| range.level) {
        rows.push(row(&format!("{level} %"), &|one| range_text(&one.now, level)));
    }
    rows.push(row("difference", &|one| one.difference.to_string()));
    let mut text = vec![table(&header, &rows, &right)];
    let mut notes: Vec<&str> = found.columns.iter().map(|one| one.now.basis_note.as_str()).collect();
    notes.dedup();
    text.extend(notes.into_iter().map(|note| format!("by {note}")));
    for one in &found.columns {
        text.extend(one.unseen.iter().map(|words| format!("never seen, {}: {words}", one.name)));
        if let Some(said) = &one.said {
            text.push(format!("{}: {} when it was kept ({})", one.name, said.cost, said.basis_note));
        }
    }
    text.extend(found.columns.iter().skip(1).map(|one| format!("\n{}", why_text(one))));
    text.join("\n")
}

fn range_text(figures: &Figures, level: u8) -> String {
    let range = figures.ranges.iter().find(|range| range.level == level);
    range.map_or_else(String::new, |range| format!("{} to {}", range.low, range.high))
}

fn why_text(one: &Compared) -> String {
    let mut rows = Vec::new();
    if one.start.minor != 0 {
        rows.push(vec!["where they start".to_owned(), one.start.to_string()]);
    }
    for cause in &one.causes {
        rows.push(vec![cause.cause.label().to_owned(), cause.amount.to_string()]);
        let (shown, small) = cause.drivers.split_at(cause.drivers.len().min(SHOWN_DRIVERS));
        rows.extend(shown.iter().map(|driver| vec![format!("  {}", driver.label), driver.amount.to_string()]));
        if let Some(rest) = small.iter().map(|driver| driver.amount).sum::<Option<Money>>() {
            rows.push(vec![format!("  {} smaller drivers", small.len()), rest.to_string()]);
        }
    }
    rows.push(vec!["difference".to_owned(), one.difference.to_string()]);
    let why = table(&[&format!("why {}", one.name), "amount"], &rows, &[1]);
    format!("{why}\na driver that stays counts where it acts together with one that changes")
}
