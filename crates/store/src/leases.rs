//! Who of several processes on one shop runs a loop that must run once. A lease that is not renewed runs out.

use jiff::{SignedDuration, Timestamp};
use rusqlite::named_params;

use crate::db::moment;
use crate::{Db, StoreError};

/// Takes or renews the lease `name` for `seconds`; false while somebody else holds it.
pub fn acquire(db: &Db<'_>, name: &str, holder: &str, now: Timestamp, seconds: u32) -> Result<bool, StoreError> {
    let until = now.saturating_add(SignedDuration::from_secs(i64::from(seconds))).unwrap_or(Timestamp::MAX);
    let taken = db.run(
        "INSERT INTO leases (name, holder, until) VALUES (:name, :holder, :until) \
         ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until \
         WHERE leases.holder = excluded.holder OR leases.until <= :now",
        named_params! { ":name": name, ":holder": holder, ":until": moment(until), ":now": moment(now) },
    )?;
    Ok(taken > 0)
}

/// Takes the lease, whoever holds it: their next renewal says so.
pub fn take_over(db: &Db<'_>, name: &str, holder: &str, now: Timestamp, seconds: u32) -> Result<(), StoreError> {
    db.run("DELETE FROM leases WHERE name = ?1", [name])?;
    acquire(db, name, holder, now, seconds)?;
    Ok(())
}

/// Gives the lease back; nothing happens where somebody else holds it by now.
pub fn release(db: &Db<'_>, name: &str, holder: &str) -> Result<(), StoreError> {
    let text = "DELETE FROM leases WHERE name = :name AND holder = :holder";
    db.run(text, named_params! { ":name": name, ":holder": holder })?;
    Ok(())
}

/// Whether anybody holds the lease.
pub fn is_held(db: &Db<'_>, name: &str, now: Timestamp) -> Result<bool, StoreError> {
    Ok(db.count("SELECT count(*) FROM leases WHERE name = ?1 AND until > ?2", [name, &moment(now)])? > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Shop;

    #[test]
    fn one_holder_at_a_time_until_the_lease_runs_out_or_is_given_back() {
        let shop = Shop::in_memory().expect("shop");
        let check = |holder: &str, now: &str, taken: bool| {
            let now = now.parse().expect("time");
            assert_eq!(shop.write(|db| acquire(db, "outbox", holder, now, 30)), Ok(taken), "{holder} at {now}");
        };
        check("desktop", "2026-03-01T10:00:00Z", true);
        check("serve", "2026-03-01T10:00:29.5Z", false);
        check("desktop", "2026-03-01T10:00:29.75Z", true);
        check("serve", "2026-03-01T10:00:30Z", false);
        check("serve", "2026-03-01T10:00:59.75Z", true);
        shop.write(|db| release(db, "outbox", "desktop")).expect("release");
        check("desktop", "2026-03-01T10:01:00Z", false);
        shop.write(|db| release(db, "outbox", "serve")).expect("release");
        check("desktop", "2026-03-01T10:01:00Z", true);
        let now = "2026-03-01T10:01:01Z".parse().expect("time");
        shop.write(|db| take_over(db, "outbox", "serve", now, 30)).expect("taken over");
        check("desktop", "2026-03-01T10:01:02Z", false);
        check("serve", "2026-03-01T10:01:02Z", true);
    }
}
