//! The rows that models have learned from, as Parquet, each set once. The schema refuses to change or delete one.

use rusqlite::named_params;

use crate::{Db, StoreError};

/// Keeps the rows of a training under their hash; whether they are new.
pub fn keep(db: &Db<'_>, hash: &str, rows: usize, parquet: &[u8]) -> Result<bool, StoreError> {
    let rows = i64::try_from(rows).unwrap_or(i64::MAX);
    let kept = db.run(
        "INSERT INTO training_data (hash, rows, parquet) VALUES (:hash, :rows, :parquet) ON CONFLICT DO NOTHING",
        named_params! { ":hash": hash, ":rows": rows, ":parquet": parquet },
    )?;
    Ok(kept > 0)
}

/// `None` where the rows of a hash were not kept, as of models of older versions.
pub fn parquet(db: &Db<'_>, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
    db.row("SELECT parquet FROM training_data WHERE hash = ?1", [hash], |cells| cells.get())
}
