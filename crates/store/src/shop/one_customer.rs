//! A customer that an older version kept twice, under the 15 and under the 18 characters of its Salesforce id, becomes one:
//! with what the newest record says of it, and where that says nothing with what either row held.
//!
//! Rows of customers are made of records, which stay as they are, so that what another export said is still to be found
//! there. Two rows that contradict each other without any record stay apart: one of the two would be lost.

use rusqlite::params;
use signwright_domain::record::{Record, RecordKind};
use signwright_domain::salesforce;

use crate::customers::{self, Customer};
use crate::{Db, StoreError, records};

pub(super) fn unite(db: &Db<'_>) -> Result<(), StoreError> {
    let text = "SELECT customer_id FROM customers WHERE length(customer_id) = 18";
    let long: Vec<String> = db.rows(text, [], |cells| cells.get())?;
    long.iter().try_for_each(|long| {
        let short = salesforce::id(long);
        let rows = customers::get(db, short)?.filter(|_| short != long).zip(customers::get(db, long)?);
        rows.map_or(Ok(()), |(own, other)| put_together(db, own, other))
    })
}

/// `own` has the id by which both are known from now on.
fn put_together(db: &Db<'_>, own: Customer, other: Customer) -> Result<(), StoreError> {
    let said = records::by_key(db, RecordKind::Customer, &own.customer_id)?;
    let newest = said.last().map(|source| &source.record);
    if newest.is_none() && contradict(&own, &other) {
        return Ok(());
    }
    let (id, gone) = (own.customer_id.clone(), other.customer_id.clone());
    customers::upsert(db, &one(newest, own, other))?;
    db.run("UPDATE jobs SET customer_id = ?1 WHERE customer_id = ?2", params![id, gone])?;
    customers::remove(db, &gone)?;
    Ok(())
}

fn one(newest: Option<&Record>, own: Customer, other: Customer) -> Customer {
    let said = |field: &str| newest.and_then(|record| record.text(field)).map(str::to_owned);
    Customer {
        customer: said("customer").unwrap_or(own.customer),
        customer_type: said("customer_type").or(own.customer_type).or(other.customer_type),
        city: said("city").or(own.city).or(other.city),
        contact: said("contact").or(own.contact).or(other.contact),
        email: said("email").or(own.email).or(other.email),
        customer_id: own.customer_id,
    }
}

fn contradict(a: &Customer, b: &Customer) -> bool {
    let differ = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
    a.customer != b.customer
        || differ(&a.customer_type, &b.customer_type)
        || differ(&a.city, &b.city)
        || differ(&a.contact, &b.contact)
        || differ(&a.email, &b.email)
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::shop::migrate::{MIGRATIONS, settle};

    const SHORT: &str = "001A0000006Vm9r";
    const LONG: &str = "001A0000006Vm9rIAC";

    /// A shop of version 10 with both rows, a job of each, and what is given besides.
    fn upgraded(besides: &str) -> Connection {
        let mut connection = Connection::open_in_memory().expect("memory");
        settle(&mut connection, &MIGRATIONS[..10], None).expect("version 10");
        let rows = format!(
            "INSERT INTO jobs (work_order, status, customer_id, specification)
                 VALUES ('1', 'completed', '{SHORT}', '{{}}'), ('2', 'completed', '{LONG}', '{{}}');
             {besides}"
        );
        connection.execute_batch(&rows).expect("rows");
        settle(&mut connection, MIGRATIONS, None).expect("upgraded");
        connection
    }

    /// What an import of this number said.
    fn record(import: u32, city: &str) -> String {
        let field = |name: &str, value: &str| {
            format!(
                r#""{name}":{{"value":{{"type":"text","value":"{value}"}},"raw":"{value}","at":{{"in":"cell","sheet":null,"row":2,"column":1}},"confidence":1.0,"found_by":"column x"}}"#
            )
        };
        let fields = [field("customer", "Harbor Dental"), field("city", city)].join(",");
        let record = format!(r#"{{"kind":"customer","key":"{SHORT}","fields":{{{fields}}},"lines":[]}}"#);
        serde_json::from_str::<Record>(&record).expect("a record as this program reads it");
        let document = import.to_string().repeat(64);
        format!(
            "INSERT INTO documents VALUES ('{document}', 'f', 'text/csv', 0, 't', x'');
             INSERT INTO imports (id, sha256, file_name, started_at, user, state)
                 VALUES ({import}, '{document}', 'f', '2026-03-01T10:00:00Z', 'Ada', 'read');
             INSERT INTO records (import_id, kind, key, digest, record)
                 VALUES ({import}, 'customer', '{SHORT}', x'00', '{record}');"
        )
    }

    fn rows(short: &str, long: &str) -> String {
        format!(
            "INSERT INTO customers (customer_id, customer, city, contact, email)
                 VALUES ('{SHORT}', {short}), ('{LONG}', {long});"
        )
    }

    fn jobs_of(db: &Db<'_>, id: &str) -> u64 {
        db.count("SELECT count(*) FROM jobs WHERE customer_id = ?1", [id]).expect("a number")
    }

    #[test]
    fn a_customer_kept_under_both_ids_becomes_one_with_all_that_is_known() {
        let both = rows("'Harbor', 'Erie', 'Ada', NULL", "'Harbor Dental', 'Buffalo', NULL, 'ada@harbor.example'");
        let connection = upgraded(&[both, record(1, "Erie"), record(2, "Buffalo")].concat());
        let db = Db::writing(&connection);
        let one = Customer {
            customer_id: SHORT.to_owned(),
            customer: "Harbor Dental".to_owned(),
            customer_type: None,
            city: Some("Buffalo".to_owned()),
            contact: Some("Ada".to_owned()),
            email: Some("ada@harbor.example".to_owned()),
        };
        assert_eq!(customers::list(&db), Ok(vec![one]));
        assert_eq!((jobs_of(&db, SHORT), jobs_of(&db, LONG)), (2, 0));
        let said = records::by_key(&db, RecordKind::Customer, SHORT).expect("records");
        assert_eq!(said.iter().filter_map(|one| one.record.text("city")).collect::<Vec<_>>(), ["Erie", "Buffalo"]);
    }

    #[test]
    fn rows_that_agree_need_no_record_and_rows_that_contradict_each_other_stay() {
        let connection = upgraded(&rows("'Harbor', NULL, 'Ada', NULL", "'Harbor', 'Erie', NULL, NULL"));
        let db = Db::writing(&connection);
        let kept = customers::list(&db).expect("customers");
        assert_eq!((kept.len(), kept[0].city.as_deref(), kept[0].contact.as_deref()), (1, Some("Erie"), Some("Ada")));
        let connection = upgraded(&rows("'Harbor', 'Erie', NULL, NULL", "'Harbor', 'Buffalo', NULL, NULL"));
        let db = Db::writing(&connection);
        assert_eq!(customers::count(&db), Ok(2));
        assert_eq!((jobs_of(&db, SHORT), jobs_of(&db, LONG)), (1, 1), "each is found with its own");
    }
}
