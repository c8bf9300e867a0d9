//! What a reader of known layouts and a profile say of one document, put together.

use signwright_domain::record::{ACCEPT, Field, Parsed, Record, RecordLine, RejectReason, Section};

use super::{Learned, reading};

/// Two ways that know nothing of each other and give the same value.
const AGREE: f64 = 0.97;
/// Two ways that contradict each other.
const DISAGREE: f64 = 0.6;
/// A value that arithmetic has proven.
const PROVEN: f64 = 0.99;

/// Where both give a value and agree it is surer; where they differ, proven arithmetic wins, then a profile that held in
/// several documents, else the value waits for a person. Lines are taken by section, from whichever adds up.
pub fn combined(parsed: &Parsed, learned: Learned) -> Parsed {
    let mine = parsed.records.iter().position(|record| record.kind == learned.record.kind);
    let others =
        parsed.records.iter().enumerate().filter(|(place, _)| Some(*place) != mine).map(|(_, one)| one.clone());
    let record = match mine {
        Some(place) => merged(&parsed.records[place], learned.record),
        None => learned.record,
    };
    let mut out = reading::settled(record);
    // A profile for one kind of document replaces what a reader took it for.
    if mine.is_some() {
        out.records.extend(others);
    }
    let read: Vec<&str> = out.records.iter().flat_map(|record| record.fields.keys().map(String::as_str)).collect();
    let kept = parsed.rejects.iter().filter(|reject| match reject.reason {
        RejectReason::UnknownLayout | RejectReason::DoesNotAddUp | RejectReason::MissingKey => false,
        RejectReason::NotANumber | RejectReason::NotADate | RejectReason::NotAFlag => {
            !reject.field.as_deref().is_some_and(|field| read.contains(&field))
        }
        RejectReason::DuplicateKey
        | RejectReason::WrongShape
        | RejectReason::NoTextLayer
        | RejectReason::NeedsPassword
        | RejectReason::Damaged
        | RejectReason::TooLarge => true,
    });
    out.rejects.extend(kept.cloned());
    out
}

fn merged(read: &Record, learned: Record) -> Record {
    let mut fields = read.fields.clone();
    for (name, field) in learned.fields {
        let field = match fields.remove(&name) {
            Some(before) => chosen(before, field),
            None => field,
        };
        fields.insert(name, field);
    }
    let key = reading::key_of(read.kind, &fields).unwrap_or_else(|| read.key.clone());
    let mut lines = Vec::new();
    for section in [Section::Labour, Section::Material, Section::Outplant, Section::Item] {
        let of = |lines: &[RecordLine]| -> Vec<RecordLine> {
            lines.iter().filter(|line| line.section == section).cloned().collect()
        };
        let (mine, theirs) = (of(&read.lines), of(&learned.lines));
        let proven = |lines: &[RecordLine]| {
            !lines.is_empty() && lines.iter().all(|line| line.fields.values().any(|field| field.confidence >= PROVEN))
        };
        let take_theirs = !theirs.is_empty() && !proven(&mine) && (mine.is_empty() || adds_up(read, &theirs));
        lines.extend(if take_theirs { theirs } else { mine });
    }
    Record { kind: read.kind, key, fields, lines }
}

/// Whether every sum over these lines instead of the record's own holds.
fn adds_up(read: &Record, lines: &[RecordLine]) -> bool {
    let tried = reading::settled(Record { lines: lines.to_vec(), ..read.clone() });
    !tried.checks.is_empty() && tried.checks.iter().all(signwright_domain::record::Check::passed)
}

fn chosen(read: Field, learned: Field) -> Field {
    if read.value == learned.value {
        let confidence = read.confidence.max(learned.confidence).max(AGREE);
        return Field { confidence, ..read };
    }
    if read.confidence >= PROVEN {
        read
    } else if learned.confidence >= ACCEPT {
        learned
    } else {
        let confidence = learned.confidence.min(read.confidence).min(DISAGREE);
        Field { confidence, ..if learned.confidence > read.confidence { learned } else { read } }
    }
}
