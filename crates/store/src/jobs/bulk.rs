//! Many jobs at once: the indexes of the list, its counts and the search are left out while they come in and are made at the end,
//! which costs a fraction of keeping them right row by row. All in the transaction of the caller: what is given up leaves
//! the shop as it was.

use crate::{Db, StoreError};

/// What has to be made again, and up to which job the search knows them.
#[derive(Debug)]
#[must_use = "the list has no indexes until the end"]
pub struct Bulk {
    made_again: Vec<String>,
    searched: i64,
}

/// So many jobs are added to the search at a time: each time it writes all their words.
const SEARCHED: i64 = 20_000;

/// Whether it is worth it where so many of the first rows changed something and there are `rows` in all.
pub fn is_worth(db: &Db<'_>, changed: u64, rows: u64) -> Result<bool, StoreError> {
    if rows < 5000 {
        return Ok(false);
    }
    let jobs = super::count(db)?;
    Ok(jobs == 0 || changed >= 2000 && rows * 4 >= jobs)
}

/// Leaves out what is not needed to find a job by its number.
pub fn begin(db: &Db<'_>) -> Result<Bulk, StoreError> {
    let text = "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = 'jobs' \
                AND (type = 'index' AND (name GLOB 'jobs_by_*' OR name GLOB 'jobs_for_*') \
                     OR type = 'trigger' AND name IN ('jobs_search_insert', 'job_counts_insert'))";
    let found: Vec<(String, String, String)> =
        db.rows(text, [], |cells| Ok((cells.get()?, cells.get()?, cells.get()?)))?;
    let searched = newest(db)?;
    // Pages that are changed again and again stay in memory, and so do words until there are many.
    db.setting("cache_size", -(64 << 10))?;
    search_setting(db, "hashsize", 24 << 20)?;
    let mut made_again = Vec::with_capacity(found.len());
    for (kind, name, sql) in found {
        db.run(&format!("DROP {kind} {name}"), [])?;
        made_again.push(sql);
    }
    Ok(Bulk { made_again, searched })
}

/// Lets the search know of the jobs so far, where they are many.
pub fn go_on(db: &Db<'_>, bulk: &mut Bulk) -> Result<(), StoreError> {
    if newest(db)? - bulk.searched >= SEARCHED { search(db, bulk) } else { Ok(()) }
}

/// Makes everything again.
pub fn end(db: &Db<'_>, mut bulk: Bulk) -> Result<(), StoreError> {
    for sql in &bulk.made_again {
        db.run(sql, [])?;
    }
    search(db, &mut bulk)?;
    search_setting(db, "hashsize", 1 << 20)?;
    super::page::renew(db)?;
    db.setting("cache_size", crate::shop::CACHE)
}

fn newest(db: &Db<'_>) -> Result<i64, StoreError> {
    db.value("SELECT coalesce(max(id), 0) FROM jobs", [])
}

/// `OR REPLACE`, because a job that was changed since it came in is known already.
fn search(db: &Db<'_>, bulk: &mut Bulk) -> Result<(), StoreError> {
    let newest = newest(db)?;
    db.run(
        "INSERT OR REPLACE INTO jobs_search (rowid, number, customer, description, location, sign_type) \
         SELECT id, concat_ws(' ', work_order, quote_number, opportunity), customer, description, location, sign_type \
         FROM jobs WHERE id > ?1 AND id <= ?2 ORDER BY id",
        [bulk.searched, newest],
    )?;
    bulk.searched = newest;
    Ok(())
}

/// `hashsize`: how many bytes of words the search gathers before it writes them (<https://sqlite.org/fts5.html>); 1 MiB
/// unless said otherwise.
fn search_setting(db: &Db<'_>, name: &str, value: i64) -> Result<(), StoreError> {
    db.run("INSERT INTO jobs_search (jobs_search, rank) VALUES (?1, ?2)", (name, value))?;
    Ok(())
}
