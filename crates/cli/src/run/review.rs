//! `review`, `profiles`.

use signwright_app::commands::Nothing;
use signwright_app::jobs::DocumentRef;
use signwright_app::review::{
    ConfirmDocument, CorrectField, ExportProfile, ImportProfile, ProfileInfo, Review, ReviewPage, ReviewQuery,
    ReviewState, ShowReview, confirm_document, correct_field, export_profile, import_profile, list_profiles,
    list_reviews, show_review,
};
use signwright_app::{Action, App, CallError};

use super::action;
use crate::arguments::{Profiles, Reviews};
use crate::output::{Output, table};

pub(super) fn review(app: &App, input: &Reviews, output: &Output) -> Result<(), CallError> {
    let action = action(app, "review");
    match input {
        Reviews::List { all } => {
            output.result(&list_reviews(&action, ReviewQuery { all: *all, limit: None })?, list_text);
        }
        Reviews::Show { document, record } => {
            let sha256 = named(&action, document)?.sha256;
            output.result(&show_review(&action, ShowReview { sha256, record: record.clone() })?, review_text);
        }
        Reviews::Set { document, field, value, line, record } => {
            let sha256 = named(&action, document)?.sha256;
            let correction = CorrectField {
                sha256,
                record: record.clone(),
                field: field.clone(),
                line: *line,
                section: None,
                value: Some(value.clone()),
                place: None,
            };
            output.result(&correct_field(&action, correction)?, review_text);
        }
        Reviews::Accept { document, all, record } => {
            let sha256 = named(&action, document)?.sha256;
            let confirmed = ConfirmDocument { sha256, all: *all, record: record.clone() };
            output.result(&confirm_document(&action, confirmed)?, review_text);
        }
    }
    Ok(())
}

pub(super) fn profiles(app: &App, input: &Profiles, output: &Output) -> Result<(), CallError> {
    let action = action(app, "profiles");
    match input {
        Profiles::List => output.result(&list_profiles(&action, Nothing {})?, |all| profiles_text(all)),
        Profiles::Export { id, output: path } => {
            let path = path.as_ref().map(|path| path.display().to_string());
            output.result(&export_profile(&action, ExportProfile { id: *id, path })?, |file| file.path.clone());
        }
        Profiles::Import { file } => {
            let path = file.display().to_string();
            output.result(&import_profile(&action, ImportProfile { path })?, |one| {
                profiles_text(std::slice::from_ref(one))
            });
        }
    }
    Ok(())
}

/// A document by its file name, its key, or the beginning of its SHA-256; it must be one alone.
fn named(action: &Action, document: &str) -> Result<DocumentRef, CallError> {
    let all = list_reviews(action, ReviewQuery { all: true, limit: Some(1000) })?.documents;
    let hash = document.len() >= 6 && document.bytes().all(|b| b.is_ascii_hexdigit());
    let mut found = all.iter().filter(|one| {
        one.file == document || one.key.as_deref() == Some(document) || hash && one.sha256.starts_with(document)
    });
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(DocumentRef { sha256: one.sha256.clone() }),
        (None, _) => Err(CallError::not_found(format!("document {document} to review"))
            .hint("`signwright review list --all` names them.")),
        (Some(_), Some(_)) => Err(CallError::invalid(format!("{document} names several documents"))
            .hint("Give the beginning of its SHA-256: `signwright --json review list --all` shows it.")),
    }
}

fn list_text(page: &ReviewPage) -> String {
    if page.documents.is_empty() {
        return "nothing waits for a person".to_owned();
    }
    let rows = page.documents.iter().map(|one| {
        vec![
            one.file.clone(),
            one.kind.map_or("not known", |kind| kind.label()).to_owned(),
            one.key.clone().unwrap_or_default(),
            state(one.state).to_owned(),
            one.waiting.to_string(),
        ]
    });
    table(&["file", "kind", "key", "state", "waiting"], &rows.collect::<Vec<_>>(), &[4])
}

fn state(state: ReviewState) -> &'static str {
    match state {
        ReviewState::Unknown => "layout not known",
        ReviewState::Waiting => "to check",
        ReviewState::Certain => "certain",
        ReviewState::Confirmed => "confirmed",
    }
}

fn review_text(review: &Review) -> String {
    let kind = review.kind.map_or("document of unknown kind", |kind| kind.label());
    let layout = review.layout.as_ref().map_or_else(String::new, |layout| {
        format!(", {}, learned from {} documents", layout.name.to_lowercase(), layout.examples)
    });
    let mut text = vec![format!("{}: {kind}, {}{layout}", review.file, state(review.state))];
    let shown = review.fields.iter().filter(|one| one.field.is_some() || one.waiting);
    let rows = shown.map(|one| match &one.field {
        Some(field) => vec![
            one.name.clone(),
            field.value.to_string(),
            format!("{:.0} %", field.confidence * 100.0),
            field.found_by.clone(),
        ],
        None => vec![one.name.clone(), "(not found)".to_owned(), String::new(), String::new()],
    });
    text.push(table(&["field", "value", "sure", "found by"], &rows.collect::<Vec<_>>(), &[2]));
    text.push(format!("{} lines, {} values wait", review.lines.len(), review.waiting));
    if review.records.len() > 1 {
        let rows = (0_u32..).zip(&review.records).map(|(at, one)| {
            let shown = if at == review.shown { "shown above" } else { "" };
            vec![one.name.clone(), one.key.clone(), one.waiting.to_string(), shown.to_owned()]
        });
        text.push(table(&["bidder", "--record", "waiting", ""], &rows.collect::<Vec<_>>(), &[2]));
    }
    for check in &review.checks {
        let holds = if check.passed() { "holds" } else { "does not hold" };
        text.push(format!("{}: {holds}, difference {}", check.name, check.difference()));
    }
    text.join("\n")
}

fn profiles_text(all: &[ProfileInfo]) -> String {
    if all.is_empty() {
        return "no layout learned yet; confirm documents: signwright review accept".to_owned();
    }
    let rows = all.iter().map(|one| {
        vec![
            one.id.to_string(),
            one.name.clone(),
            format!("{:?}", one.origin).to_lowercase(),
            one.examples.to_string(),
            one.documents.to_string(),
            one.fields.len().to_string(),
            one.tables.to_string(),
        ]
    });
    let header = ["id", "layout", "origin", "learned from", "recognised", "fields", "tables"];
    table(&header, &rows.collect::<Vec<_>>(), &[0, 3, 4, 5, 6])
}
