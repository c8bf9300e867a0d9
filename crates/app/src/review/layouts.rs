//! Learned layouts: used at every reading, taught by every confirmed document, shared as files.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};
use signwright_domain::Currency;
use signwright_domain::record::{Extraction, Parsed, ReadState, Record, RecordKind, RejectReason};
use signwright_intake::profile::{self, LayoutProfile, Printed};
use signwright_store::layouts::{LayoutOrigin, NewLayout, StoredLayout};
use signwright_store::reviews::{self, ReviewState};
use signwright_store::{Db, corrections, customers, documents, jobs, layouts, settings, sha256};
use ts_rs::TS;

use super::edit;
use crate::commands::Nothing;
use crate::import::Reading;
use crate::shop::{FileWritten, target, written};
use crate::{Action, CallError, Code, audit, files};

/// Documents read again at once.
const MOST_AGAIN: u32 = 300;
/// Below the bar: a value of a scan waits for a person.
const RECOGNISED: f64 = 0.85;
const IN_A_SCAN: &str = "recognised in a scan";

/// A learned layout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ProfileInfo {
    #[ts(type = "number")]
    pub id: i64,
    /// "Cost summary, layout 2".
    pub name: String,
    pub kind: RecordKind,
    pub origin: LayoutOrigin,
    /// How many confirmed documents it was learned from.
    pub examples: u32,
    /// How many documents were recognised by it.
    #[ts(type = "number")]
    pub documents: u64,
    pub fields: Vec<String>,
    pub tables: u32,
    #[ts(type = "string")]
    pub updated_at: jiff::Timestamp,
}

/// Which profile goes where; without a path into the exports folder beside the shop.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ExportProfile {
    #[ts(type = "number")]
    pub id: i64,
    #[serde(default)]
    pub path: Option<String>,
}

/// A profile's file.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportProfile {
    pub path: String,
}

/// What a known layout made of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Found {
    pub(crate) profile_id: Option<i64>,
    pub(crate) draft: Option<Record>,
    pub(crate) missing: Vec<String>,
}

/// A kept profile with what is in it.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) id: i64,
    pub(super) profile: LayoutProfile,
    stored: StoredLayout,
}

pub fn list_profiles(action: &Action, _: Nothing) -> Result<Vec<ProfileInfo>, CallError> {
    let db = action.shop().read();
    let known = all(&db)?;
    known.iter().map(|one| described(&db, &known, one)).collect()
}

/// Writes a profile for other machines: labels and positions, no text or amount of any customer.
pub fn export_profile(action: &Action, input: ExportProfile) -> Result<FileWritten, CallError> {
    let (shared, name) = {
        let db = action.shop().read();
        let known = all(&db)?;
        let one = known.iter().find(|one| one.id == input.id).ok_or_else(|| missing(input.id))?;
        let too_few = |error: profile::ProfileError| {
            CallError::new(Code::Conflict, error.to_string()).hint("Confirm another document of this layout.")
        };
        let shared = one.profile.shared(&private(&db)?).map_err(too_few)?;
        (shared, described(&db, &known, one)?.name)
    };
    let name = format!("{}.layout.json", name.to_lowercase().replace(", ", "-").replace(' ', "-"));
    written(action, &target(action, input.path.as_deref(), &name), shared.to_json().as_bytes())
}

/// Takes a profile from another machine. The same file again changes nothing.
pub fn import_profile(action: &Action, input: ImportProfile) -> Result<ProfileInfo, CallError> {
    let path = Path::new(&input.path);
    let bytes = files::read(path)?;
    let text = String::from_utf8(bytes).map_err(|error| files::unreadable(path, error))?;
    let profile = LayoutProfile::from_json(&text)
        .map_err(|error| CallError::new(Code::UnreadableFile, format!("{}: {error}", path.display())))?;
    let digest = sha256(text.as_bytes());
    let id = action.shop().write(|db| -> Result<i64, CallError> {
        if let Some(known) = layouts::by_digest(db, &digest)? {
            return Ok(known.id);
        }
        let kind = word(profile.kind);
        let json = profile.to_json();
        let new = NewLayout {
            kind: &kind,
            examples: profile.examples,
            origin: LayoutOrigin::Imported,
            digest: Some(&digest),
            at: action.now,
            profile: &json,
        };
        let id = layouts::insert(db, &new)?;
        audit::record(db, action, &format!("layout profile {id}"), None::<()>, &digest)?;
        Ok(id)
    })?;
    read_waiting_again(action)?;
    edit::announce(action);
    let db = action.shop().read();
    info(&db, id)?.ok_or_else(|| missing(id))
}

/// All profiles; one that a newer version wrote is left out.
pub(super) fn all(db: &Db<'_>) -> Result<Vec<Known>, CallError> {
    let stored = layouts::list(db)?;
    let readable = stored.into_iter().filter_map(|stored| {
        let profile = LayoutProfile::from_json(&stored.profile).ok()?;
        Some(Known { id: stored.id, profile, stored })
    });
    Ok(readable.collect())
}

pub(super) fn info(db: &Db<'_>, id: i64) -> Result<Option<ProfileInfo>, CallError> {
    let known = all(db)?;
    known.iter().find(|one| one.id == id).map(|one| described(db, &known, one)).transpose()
}

/// Keeps what a profile has become; gives its id.
pub(super) fn keep(db: &Db<'_>, action: &Action, id: Option<i64>, profile: &LayoutProfile) -> Result<i64, CallError> {
    let json = profile.to_json();
    let id = match id {
        Some(id) => {
            layouts::update(db, id, profile.examples, action.now, &json)?;
            id
        }
        None => {
            let kind = word(profile.kind);
            let origin = LayoutOrigin::Learned;
            let examples = profile.examples;
            layouts::insert(
                db,
                &NewLayout { kind: &kind, examples, origin, digest: None, at: action.now, profile: &json },
            )?
        }
    };
    audit::record(db, action, &format!("layout profile {id}"), None::<()>, &profile.examples)?;
    Ok(id)
}

/// Puts what a learned layout finds into a reading.
pub(crate) fn by_layout(db: &Db<'_>, reading: &mut Reading, currency: Currency) -> Result<(), CallError> {
    let Some(extraction) = &reading.extraction else { return Ok(()) };
    let (parsed, found) = read(&all(db)?, extraction, currency);
    if found.profile_id.is_some() {
        if let Some(record) = parsed.records.first().or(found.draft.as_ref()) {
            reading.kind = Some(record.kind.label().to_owned());
            reading.message = None;
        }
        reading.parsed = parsed;
    }
    reading.found = found;
    Ok(())
}

fn read(known: &[Known], extraction: &Extraction, currency: Currency) -> (Parsed, Found) {
    let printed = Printed::of(extraction, currency);
    let alike = profile::recognised(known.iter().map(|one| &one.profile), &printed);
    let Some((place, _)) = alike else { return (extraction.parsed.clone(), Found::default()) };
    let learned = profile::read(&known[place].profile, &printed);
    let missing = learned.missing.clone();
    let mut parsed = profile::combined(&extraction.parsed, learned);
    if extraction.state == ReadState::NoTextLayer {
        parsed.records.iter_mut().for_each(doubt);
    }
    // A record without its key waits beside the records.
    let draft = parsed.records.iter().position(|record| record.key.is_empty()).map(|at| parsed.records.remove(at));
    let known_fields = parsed.records.first().or(draft.as_ref());
    let missing =
        missing.into_iter().filter(|name| known_fields.is_none_or(|record| !record.fields.contains_key(name)));
    let found = Found { profile_id: Some(known[place].id), missing: missing.collect(), draft };
    (parsed, found)
}

/// Letters that were recognised in a picture are less sure than read ones, whatever the layout and the sums say.
fn doubt(record: &mut Record) {
    let lines = record.lines.iter_mut().flat_map(|line| line.fields.values_mut());
    for field in record.fields.values_mut().chain(lines) {
        field.confidence = field.confidence.min(RECOGNISED);
        if !field.found_by.ends_with(IN_A_SCAN) {
            field.found_by = format!("{}, {IN_A_SCAN}", field.found_by);
        }
    }
}

/// Notes how far the review of a document is that was just read. What a person has confirmed stays confirmed.
pub(crate) fn note(db: &Db<'_>, document: &str, reading: &Reading) -> Result<(), CallError> {
    let with_words = reading.extraction.as_ref().is_some_and(|extraction| !extraction.words.is_empty());
    let before = reviews::get(db, document)?;
    if !with_words || before.as_ref().is_some_and(|review| review.state == ReviewState::Confirmed) {
        return Ok(());
    }
    let found = reading.found.clone();
    // A bid tab has a record for each bidder; what is doubtful in any of them waits.
    let all: Vec<&Record> = reading.parsed.records.iter().chain(&found.draft).collect();
    let (state, waiting) = match super::records::waiting(all.iter().copied(), &found.missing) {
        _ if all.is_empty() => (ReviewState::Unknown, 0),
        0 => (ReviewState::Certain, 0),
        waiting => (ReviewState::Waiting, waiting),
    };
    let review = reviews::Review {
        sha256: document.to_owned(),
        state,
        waiting,
        profile_id: found.profile_id,
        taught_id: before.and_then(|before| before.taught_id),
        draft: found.draft,
        missing: found.missing,
        confirmed_by: None,
        confirmed_at: None,
    };
    Ok(reviews::set(db, &review)?)
}

/// What a person has corrected or confirmed in a document is not replaced by reading it again.
pub(crate) fn keep_corrections(db: &Db<'_>, document: &str, reading: &mut Reading) -> Result<(), CallError> {
    let Some(review) = reviews::get(db, document)? else { return Ok(()) };
    let touched = review.state == ReviewState::Confirmed || !corrections::of_document(db, document)?.is_empty();
    if !touched {
        return Ok(());
    }
    reading.parsed.records = super::records::kept(db, document)?;
    reading.found = Found { profile_id: review.profile_id, draft: review.draft, missing: review.missing };
    reading.parsed.rejects.retain(|reject| match reject.reason {
        RejectReason::DoesNotAddUp | RejectReason::UnknownLayout | RejectReason::MissingKey => false,
        RejectReason::NotANumber | RejectReason::NotADate | RejectReason::NotAFlag => false,
        RejectReason::DuplicateKey
        | RejectReason::WrongShape
        | RejectReason::NoTextLayer
        | RejectReason::NeedsPassword
        | RejectReason::Damaged
        | RejectReason::TooLarge => true,
    });
    Ok(())
}

/// Reads the words of documents that still wait by what was just learned. Those that a person has touched stay.
pub(super) fn read_waiting_again(action: &Action) -> Result<(), CallError> {
    action.shop().write(|db| -> Result<(), CallError> {
        let known = all(db)?;
        let currency = settings::currency(db)?;
        for listed in reviews::list(db, false, MOST_AGAIN)? {
            let document = &listed.review.sha256;
            let touched = !corrections::of_document(db, document)?.is_empty();
            let Some(extraction) = documents::extraction(db, document)?.filter(|_| !touched) else { continue };
            let (parsed, found) = read(&known, &extraction, currency);
            if found.profile_id.is_some() {
                crate::import::keep_learned(db, document, extraction, parsed, found)?;
            }
        }
        Ok(())
    })
}

fn described(db: &Db<'_>, known: &[Known], one: &Known) -> Result<ProfileInfo, CallError> {
    let kind = one.profile.kind;
    let number = known.iter().filter(|other| other.profile.kind == kind && other.id <= one.id).count();
    let label = kind.label();
    let name = format!("{}{}, layout {number}", label[..1].to_uppercase(), &label[1..]);
    Ok(ProfileInfo {
        id: one.id,
        name,
        kind,
        origin: one.stored.origin,
        examples: one.profile.examples,
        documents: reviews::read_by(db, one.id)?,
        fields: one.profile.fields.keys().cloned().collect(),
        tables: u32::try_from(one.profile.tables.len()).unwrap_or(u32::MAX),
        updated_at: one.stored.updated_at,
    })
}

/// Words of the shop's customers and their people, which are never print.
fn private(db: &Db<'_>) -> Result<BTreeSet<String>, CallError> {
    let plain =
        |word: &str| word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect::<String>();
    let mut words = BTreeSet::new();
    for customer in customers::list(db)? {
        let texts = [Some(customer.customer), customer.city, customer.contact, customer.email];
        words.extend(
            texts.into_iter().flatten().flat_map(|text| text.split_whitespace().map(plain).collect::<Vec<_>>()),
        );
    }
    let named = jobs::all(db)?.into_iter().flat_map(|job| [job.customer, job.estimator]).flatten();
    words.extend(named.flat_map(|text| text.split_whitespace().map(plain).collect::<Vec<_>>()));
    words.remove("");
    Ok(words)
}

fn word(kind: RecordKind) -> String {
    kind.label().replace(' ', "_")
}

fn missing(id: i64) -> CallError {
    CallError::not_found(format!("layout profile with id {id}"))
}
