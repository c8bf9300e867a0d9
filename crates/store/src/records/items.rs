//! The line items of a job: those of its quote, named by number or by the id that another program gave it, else those of
//! its opportunity, else those that name the work order. Looked up when asked for, so that it makes no difference which
//! file came first.

use signwright_domain::job::Job;

use super::{SELECT, SourceRecord, read};
use crate::{Db, StoreError};

/// The line items of a job in the order of their file, as the newest file gives each.
pub fn items_of(db: &Db<'_>, job: &Job) -> Result<Vec<SourceRecord>, StoreError> {
    let quote = "quote_number IN (SELECT ?1 UNION ALL SELECT external_id FROM records \
                 WHERE key = ?1 AND kind = 'quote' AND external_id IS NOT NULL)";
    // An opportunity may have been given under another id than the one that its line items name.
    let opportunity = "opportunity IN (SELECT ?1 UNION ALL SELECT external_id FROM records \
                       WHERE key = ?1 AND kind = 'opportunity' AND external_id IS NOT NULL)";
    let by = [(quote, &job.quote_number), (opportunity, &job.opportunity), ("work_order = ?1", &job.work_order)];
    for (condition, name) in by {
        let Some(name) = name else { continue };
        let text = format!(
            "{SELECT} WHERE r.id IN (SELECT id FROM records WHERE {condition} AND kind = 'line_item') \
             ORDER BY r.import_id, r.id"
        );
        let found = newest_of_each(db.rows(&text, [name], read)?);
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

fn newest_of_each(records: Vec<SourceRecord>) -> Vec<SourceRecord> {
    let mut newest: Vec<SourceRecord> = Vec::with_capacity(records.len());
    for record in records {
        match newest.iter_mut().find(|known| known.record.key == record.record.key) {
            Some(known) => *known = record,
            None => newest.push(record),
        }
    }
    newest
}
