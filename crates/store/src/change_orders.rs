//! Change orders of won quotes, numbered per quote. The schema keeps them as they were given.

use rusqlite::named_params;
use signwright_domain::change_order::ChangeOrder;

use crate::db::json;
use crate::{Db, StoreError};

pub fn insert(db: &Db<'_>, quote_id: i64, order: &ChangeOrder) -> Result<(), StoreError> {
    let text = "INSERT INTO change_orders (quote_id, number, change_order) VALUES (:quote_id, :number, :order)";
    let params = named_params! { ":quote_id": quote_id, ":number": order.number, ":order": json(order)? };
    db.insert(text, params)?;
    Ok(())
}

/// Those of a quote, in the order of their numbers.
pub fn of_quote(db: &Db<'_>, quote_id: i64) -> Result<Vec<ChangeOrder>, StoreError> {
    let text = "SELECT change_order FROM change_orders WHERE quote_id = ?1 ORDER BY number";
    db.rows(text, [quote_id], |cells| cells.json())
}

#[cfg(test)]
mod tests {
    use crate::Shop;

    #[test]
    fn an_order_is_kept_as_it_was_given() {
        let shop = Shop::in_memory().expect("shop");
        let run = |text: &str| shop.write(|db| db.run(text, []).map(drop)).map_err(|error| error.to_string());
        run("INSERT INTO quotes (id, number, title, customer, contact, status, created_at) \
             VALUES (1, 'Q-2026-0001', 'pole', 'Alder Bank', '', 'won', '')")
        .expect("a quote");
        run("INSERT INTO change_orders (quote_id, number, change_order) VALUES (1, 1, '{}')").expect("an order");
        for refused in [
            "UPDATE change_orders SET change_order = '[]'",
            "DELETE FROM change_orders",
            "INSERT OR REPLACE INTO change_orders (quote_id, number, change_order) VALUES (1, 1, '[]')",
        ] {
            let said = run(refused).expect_err(refused);
            assert!(said.contains("kept as it was given"), "{said}");
        }
    }
}
