//! A document under review as the page shows it.

use signwright_domain::record::{ACCEPT, Extraction, Record};
use signwright_intake::profile;
use signwright_store::records as kept;
use signwright_store::reviews::{self, ListedReview, ReviewState};
use signwright_store::{Db, corrections, documents};

use super::{
    Correction, Review, ReviewField, ReviewLayout, ReviewSummary, ReviewTable, SectionColumns, TableColumn, canonical,
    layouts, records,
};
use crate::{Action, CallError};

/// A document's record, kept or still a draft; of several one of them.
fn record(db: &Db<'_>, review: &reviews::Review) -> Result<Option<Record>, CallError> {
    if let Some(draft) = &review.draft {
        return Ok(Some(draft.clone()));
    }
    Ok(kept::list_by_document(db, &review.sha256, 0, 1)?.pop().map(|source| source.record))
}

pub(super) fn stored(db: &Db<'_>, sha256: &str) -> Result<(reviews::Review, Extraction), CallError> {
    let missing = || CallError::not_found(format!("review of the document with SHA-256 {sha256}"));
    let review = reviews::get(db, sha256)?.ok_or_else(missing)?;
    let extraction = documents::extraction(db, sha256)?.ok_or_else(missing)?;
    Ok((review, extraction))
}

pub(super) fn summary(db: &Db<'_>, listed: ListedReview) -> Result<ReviewSummary, CallError> {
    let record = record(db, &listed.review)?;
    Ok(ReviewSummary {
        sha256: listed.review.sha256,
        file: listed.file_name,
        imported_at: listed.imported_at,
        state: listed.review.state,
        waiting: listed.review.waiting,
        kind: record.as_ref().map(|record| record.kind),
        key: record.map(|record| record.key).filter(|key| !key.is_empty()),
    })
}

/// The document with the record of this key, or else the first that waits.
pub(super) fn review(action: &Action, sha256: &str, key: Option<&str>) -> Result<Review, CallError> {
    let db = action.shop().read();
    let (review, extraction) = stored(&db, sha256)?;
    let mut all = records::of(&db, &review)?;
    let short = records::in_short(&all, &review.missing, review.state == ReviewState::Confirmed);
    let named = key.and_then(|key| all.iter().position(|record| record.key == key));
    let waits = || short.iter().position(|one| one.waiting > 0);
    let shown = named.or_else(waits).unwrap_or(0);
    let record = (shown < all.len()).then(|| all.swap_remove(shown));
    let file = documents::info(&db, sha256)?.map(|document| document.name).unwrap_or_default();
    let kind = record.as_ref().map(|record| record.kind);
    let checks = record.as_ref().map(|record| profile::settled(record.clone()).checks).unwrap_or_default();
    Ok(Review {
        fields: record.as_ref().map(|record| fields(record, &review, shown == 0)).unwrap_or_default(),
        tables: record.as_ref().map(|record| tables(record, &extraction)).unwrap_or_default(),
        sections: kind.map(sections).unwrap_or_default(),
        checks,
        layout: layout(&db, &review)?,
        corrections: corrections(&db, sha256, record.as_ref(), short.len())?,
        records: short,
        shown: u32::try_from(shown).unwrap_or(0),
        key: record.as_ref().map(|record| record.key.clone()).filter(|key| !key.is_empty()),
        lines: record.map(|record| record.lines).unwrap_or_default(),
        sha256: review.sha256,
        file,
        state: review.state,
        waiting: review.waiting,
        page_sizes: extraction.page_sizes,
        words: extraction.words,
        kind,
        confirmed_by: review.confirmed_by,
        confirmed_at: review.confirmed_at,
    })
}

/// Those of the record that is shown, whatever it was called then; of one alone all.
fn corrections(db: &Db<'_>, sha256: &str, record: Option<&Record>, of: usize) -> Result<Vec<Correction>, CallError> {
    let mut made = corrections::of_document(db, sha256)?;
    if let Some(record) = record.filter(|_| of > 1) {
        made.retain(|one| one.record.as_deref().is_none_or(|key| key == record.key));
    }
    Ok(made)
}

/// What the layout should have is looked for in the first record.
fn fields(record: &Record, review: &reviews::Review, is_first: bool) -> Vec<ReviewField> {
    let usual = canonical::fields(record.kind).iter().map(|name| (*name).to_owned());
    let mut names: Vec<String> = usual.collect();
    let others: Vec<String> = record.fields.keys().filter(|name| !names.contains(name)).cloned().collect();
    names.extend(others);
    let settled = review.state == ReviewState::Confirmed;
    let shown = |name: String| {
        let field = record.fields.get(&name).cloned();
        let waiting = match &field {
            Some(field) => field.confidence < ACCEPT,
            None => is_first && review.missing.contains(&name),
        };
        ReviewField { waiting: waiting && !settled, field, name }
    };
    names.into_iter().map(shown).collect()
}

fn tables(record: &Record, extraction: &Extraction) -> Vec<ReviewTable> {
    let width = extraction.page_sizes.first().map_or(612.0, |size| size[0]);
    let edges = profile::edges_of(&record.lines, width).into_iter();
    let shown = edges.map(|edges| ReviewTable {
        section: edges.section,
        page: edges.page,
        top: edges.top,
        bottom: edges.bottom,
        columns: edges
            .columns
            .into_iter()
            .map(|column| TableColumn { field: column.field, left: column.left, right: column.right })
            .collect(),
    });
    shown.collect()
}

fn sections(kind: signwright_domain::record::RecordKind) -> Vec<SectionColumns> {
    let columns = |section| canonical::columns(section).iter().map(|name| (*name).to_owned()).collect();
    canonical::sections(kind)
        .iter()
        .map(|section| SectionColumns { section: *section, columns: columns(*section) })
        .collect()
}

fn layout(db: &Db<'_>, review: &reviews::Review) -> Result<Option<ReviewLayout>, CallError> {
    let Some(id) = review.profile_id.or(review.taught_id) else { return Ok(None) };
    let info = layouts::info(db, id)?;
    Ok(info.map(|info| ReviewLayout { id: info.id, name: info.name, examples: info.examples }))
}
