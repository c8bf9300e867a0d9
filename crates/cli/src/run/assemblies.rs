//! `assemblies`.

use std::collections::BTreeMap;

use signwright_app::assemblies::{
    AssemblyChecked, AssemblyDraft, AssemblyInfo, AssemblyRef, AssemblyShown, AssemblyVersion, BuildUpJob,
    CheckAssembly, CopyAssembly, ExplainJob, PutAway, SaveAssembly, build_up_job, check_assembly, copy_assembly,
    explain_job, list_assemblies, put_away_assembly, save_assembly, show_assembly,
};
use signwright_app::commands::Nothing;
use signwright_app::{Action, App, CallError, files};
use signwright_domain::DriverValue;
use signwright_domain::assembly::{AssemblyProblem, CostKind, ExplainedFormula, FormulaPart};
use signwright_domain::bottom_up::AssemblyChoice;
use signwright_domain::build_up::{BuildUp, BuildUpLine};

use super::action;
use super::estimate::specification;
use crate::arguments::{Assemblies, ChosenAssembly};
use crate::output::{Output, table};

pub(super) fn assemblies(app: &App, input: &Assemblies, output: &Output) -> Result<(), CallError> {
    let action = action(app, "assemblies");
    match input {
        Assemblies::List => output.result(&list_assemblies(&action, Nothing {})?, |all| list_text(all)),
        Assemblies::Show { id, of, output: path } => {
            let shown = show_assembly(&action, AssemblyRef { id: id.clone(), version: *of })?;
            if let Some(path) = path {
                files::write(path, shown.text.as_bytes())?;
            }
            output.result(&shown, |shown| match path {
                Some(path) => path.display().to_string(),
                None => shown.text.trim_end().to_owned(),
            });
        }
        Assemblies::Check { file, spec } => check(&action, file, spec.as_deref(), output)?,
        Assemblies::Save { file, note } => {
            let text = text(file)?;
            let based_on = based_on(&action, &text)?;
            let input = SaveAssembly { draft: AssemblyDraft::Text(text), of: None, based_on, note: note.clone() };
            output.result(&save_assembly(&action, input)?, saved_text);
        }
        Assemblies::Copy { id, new_id, name } => {
            let input = CopyAssembly { id: id.clone(), new_id: new_id.clone(), name: name.clone() };
            output.result(&copy_assembly(&action, input)?, saved_text);
        }
        Assemblies::Versions { id } => {
            let shown = show_assembly(&action, AssemblyRef { id: id.clone(), version: None })?;
            output.result(&shown.versions, |versions| versions_text(versions));
        }
        Assemblies::PutAway { id } => put_away(&action, id, true, output)?,
        Assemblies::Offer { id } => put_away(&action, id, false, output)?,
        Assemblies::Build(job) => {
            let (specification, assembly) = (specification(&job.spec)?, chosen(&job.assembly)?);
            let built = build_up_job(&action, BuildUpJob { specification, assembly, on: None })?;
            output.result(&built, build_up_text);
        }
        Assemblies::Explain { job, name } => {
            let (specification, assembly) = (specification(&job.spec)?, chosen(&job.assembly)?);
            let explained = explain_job(&action, ExplainJob { specification, assembly, name: name.clone() })?;
            output.result(&explained, |all| all.iter().map(explained_text).collect::<Vec<_>>().join("\n\n"));
        }
    }
    Ok(())
}

/// `access=crane` as the form would give it: yes and no are flags, what reads as a number is one.
pub(super) fn chosen(input: &ChosenAssembly) -> Result<AssemblyChoice, CallError> {
    let one = |text: &String| {
        let (name, value) = text
            .split_once('=')
            .ok_or_else(|| CallError::invalid(format!("\"{text}\" gives no value")).hint("Write INPUT=VALUE."))?;
        let value = match value.trim() {
            "yes" | "true" => DriverValue::Flag(true),
            "no" | "false" => DriverValue::Flag(false),
            other => match other.parse::<f64>() {
                Ok(number) if number.is_finite() => DriverValue::Number(number),
                Ok(_) | Err(_) => DriverValue::Text(other.to_owned()),
            },
        };
        Ok::<_, CallError>((name.trim().to_owned(), value))
    };
    let given = input.given.iter().map(one).collect::<Result<BTreeMap<_, _>, _>>()?;
    Ok(AssemblyChoice { id: input.assembly.clone(), given })
}

fn text(file: &std::path::Path) -> Result<String, CallError> {
    String::from_utf8(files::read(file)?)
        .map_err(|_| CallError::invalid(format!("{} is not UTF-8 text", file.display())))
}

/// The version that the file says it was made from, of an assembly that there is.
fn based_on(action: &Action, text: &str) -> Result<Option<u32>, CallError> {
    let draft = AssemblyDraft::Text(text.to_owned());
    let checked =
        check_assembly(action, CheckAssembly { draft, specification: None, choice: AssemblyChoice::default() })?;
    let Some(definition) = checked.definition else { return Ok(None) };
    let known = list_assemblies(action, Nothing {})?.into_iter().any(|one| one.id == definition.id);
    Ok(known.then_some(definition.version))
}

fn check(
    action: &Action,
    file: &std::path::Path,
    spec: Option<&std::path::Path>,
    output: &Output,
) -> Result<(), CallError> {
    let specification = spec.map(specification).transpose()?;
    let draft = AssemblyDraft::Text(text(file)?);
    let checked = check_assembly(action, CheckAssembly { draft, specification, choice: AssemblyChoice::default() })?;
    output.result(&checked, checked_text);
    match checked.problems.len() {
        0 => Ok(()),
        1 => Err(CallError::invalid(format!("one thing is wrong with {}", file.display()))),
        count => Err(CallError::invalid(format!("{count} things are wrong with {}", file.display()))),
    }
}

fn put_away(action: &Action, id: &str, put_away: bool, output: &Output) -> Result<(), CallError> {
    let all = put_away_assembly(action, PutAway { id: id.to_owned(), put_away })?;
    output.result(&all, |_| format!("{id} is {}", if put_away { "put away" } else { "offered" }));
    Ok(())
}

fn list_text(all: &[AssemblyInfo]) -> String {
    let row = |one: &AssemblyInfo| {
        let state = match (one.problems.first(), one.put_away, one.own, one.confirmed) {
            (Some(problem), ..) => format!("cannot be used: {}", problem.message),
            (None, true, ..) => "put away".to_owned(),
            (None, false, true, true) => "the shop's own".to_owned(),
            (None, false, true, false) => "the shop's own, not confirmed".to_owned(),
            (None, false, false, _) => "as it came".to_owned(),
        };
        let kind = if one.block { "block".to_owned() } else { one.sign_types.join(", ") };
        vec![one.id.clone(), one.name.clone(), one.version.to_string(), kind, state]
    };
    table(&["assembly", "name", "version", "for", ""], &all.iter().map(row).collect::<Vec<_>>(), &[2])
}

fn versions_text(versions: &[AssemblyVersion]) -> String {
    if versions.is_empty() {
        return "the shop has saved no version of it".to_owned();
    }
    let row =
        |one: &AssemblyVersion| vec![one.version.to_string(), one.at.to_string(), one.who.clone(), one.note.clone()];
    table(&["version", "at", "who", "what"], &versions.iter().map(row).collect::<Vec<_>>(), &[0])
}

fn saved_text(shown: &AssemblyShown) -> String {
    format!("{} is version {} of {}", shown.info.name, shown.info.version, shown.info.id)
}

fn checked_text(checked: &AssemblyChecked) -> String {
    let mut text: Vec<String> = checked.problems.iter().map(problem_text).collect();
    match (&checked.built, &checked.definition) {
        (Some(built), _) => text.push(build_up_text(built)),
        (None, Some(definition)) if text.is_empty() => text.push(format!("{} is in order", definition.name)),
        (None, _) => {}
    }
    text.join("\n")
}

fn problem_text(problem: &AssemblyProblem) -> String {
    let formula = problem.formula.as_ref().map_or_else(String::new, |formula| format!("\n  in {formula}"));
    let near = problem.near.as_ref().map_or_else(String::new, |near| format!(", at {near}"));
    format!("{}: {}{formula}{near}{}", problem.place, problem.message, parts_text(&problem.parts))
}

fn explained_text(one: &ExplainedFormula) -> String {
    let value = one.value.as_deref().unwrap_or("no value");
    format!("{}: {} = {value}{}", one.place, one.formula, parts_text(&one.parts))
}

fn parts_text(parts: &[FormulaPart]) -> String {
    parts.iter().map(|part| format!("\n  {} = {}", part.text, part.value.as_deref().unwrap_or("no value"))).collect()
}

pub(super) fn build_up_text(built: &BuildUp) -> String {
    let row = |line: &BuildUpLine| {
        let what = if line.item_name == line.name { String::new() } else { line.item_name.clone() };
        let quantity = format!("{} {}", line.quantity.round_dp(2).normalize(), line.unit);
        vec![line.name.clone(), what, quantity, line.unit_cost.to_string(), line.amount.to_string()]
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for subtotal in &built.subtotals {
        rows.extend(built.lines.iter().filter(|line| line.kind == subtotal.kind).map(row));
        rows.push(sum(subtotal.kind, subtotal.amount));
    }
    let lines = table(&["line", "", "quantity", "cost of one", "amount"], &rows, &[2, 3, 4]);
    let hours = built.hours.round_dp(1).normalize();
    let mut text = vec![format!("{}, version {}: {}, {hours} h", built.name, built.version, built.total), lines];
    text.extend(built.warnings.iter().map(|warning| format!("look at: {}", warning.message)));
    text.join("\n")
}

fn sum(kind: CostKind, amount: signwright_domain::Money) -> Vec<String> {
    vec![kind.label().to_uppercase(), String::new(), String::new(), String::new(), amount.to_string()]
}
