//! What holds for every table.

use proptest::prelude::*;

use super::*;

fn all(mut tables: Tables<'_>, rows: usize) -> (Parsed, Vec<Understood>) {
    let mut parsed = Parsed::default();
    while let Some(next) = tables.next(rows) {
        parsed.records.extend(next.records);
        parsed.rejects.extend(next.rejects);
    }
    assert!(!tables.is_broken());
    (parsed, tables.understood())
}

/// A cell as a spreadsheet may write it: with separators, quotes, line breaks, formulas.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z ,;\"'\n=@+-]{0,12}",
        "-?[0-9]{1,4}(\\.[0-9]{2})?",
        "[0-9]{1,2}/[0-9]{1,2}/20[0-9]{2}",
        Just("#N/A".to_owned()),
        Just(String::new()),
    ]
}

fn csv(rows: &[Vec<String>], delimiter: char) -> String {
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(&delimiter.to_string());
    rows.iter().map(line).collect::<Vec<_>>().join("\r\n")
}

const HEADER: [&str; 5] = ["WO #", "Customer", "Date Completed", "Total Cost", "Est Hours"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_read_or_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_table("x", &bytes, Currency::USD);
    }

    #[test]
    fn any_text_below_a_known_header_is_read_or_refused(text in "(.|\n){0,200}") {
        let _ = read_table("x.csv", format!("{}\n{text}", HEADER.join(",")).as_bytes(), Currency::USD);
    }

    /// Every row with something in it becomes a record, a reject or a row set aside; every filled cell of a record is a
    /// field or a reject; and how many rows are read at a time makes no difference.
    #[test]
    fn no_row_and_no_cell_is_lost(rows in proptest::collection::vec(proptest::collection::vec(cell(), 5), 1..12), delimiter in prop_oneof![Just(','), Just(';'), Just('\t')], at_a_time in 1_usize..6) {
        let header: Vec<String> = HEADER.iter().map(|name| (*name).to_owned()).collect();
        let mut whole = vec![header];
        whole.extend(rows.clone());
        let text = csv(&whole, delimiter);
        let options = Options { currency: Currency::USD, mapping: None, profiles: &[], sketch: false };
        let (parsed, understood) = all(open("x.csv", text.as_bytes(), &options).expect("a table"), 4096);
        let pieces = all(open("x.csv", text.as_bytes(), &options).expect("a table"), at_a_time);
        prop_assert_eq!(&pieces, &(parsed.clone(), understood.clone()));
        let filled = rows.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).count();
        let whole_rows = parsed.rejects.iter().filter(|reject| reject.field.is_none()).count();
        prop_assert_eq!(filled, parsed.records.len() + whole_rows + understood[0].set_aside_count as usize);
        for record in &parsed.records {
            let refused = parsed.rejects.iter().filter(|r| r.field.is_some() && r.key.as_ref() == Some(&record.key)).count();
            let row = rows.iter().find(|row| row[0].trim() == record.key).expect("its row");
            let said = row.iter().filter(|cell| !matches!(cell.trim(), "" | "-" | "--" | "#N/A")).count();
            let absent = row.iter().filter(|cell| cell.trim() == "#N/A").count();
            prop_assert!((said..=said + absent).contains(&(record.fields.len() + refused)));
        }
    }

    /// An amount is read as it was written, in whichever style the whole column is.
    #[test]
    fn amounts_survive_every_style(cents in proptest::collection::vec(0_i64..99_999_999, 3..10), comma in any::<bool>()) {
        let print = |minor: &i64| {
            let us = signwright_domain::Money::new(*minor, Currency::USD).to_string().replace('$', "");
            if comma { us.chars().map(|c| match c { ',' => '.', '.' => ',', c => c }).collect() } else { us }
        };
        let rows: String = cents.iter().enumerate().map(|(i, minor)| format!("{i};A;{}\n", print(minor))).collect();
        let reading = check(&format!("WO #;Customer;Total Cost\n{rows}"));
        let read: Vec<i64> = reading.parsed.records.iter().filter_map(|r| r.money("total_cost")).map(|m| m.minor).collect();
        prop_assert_eq!(read, cents);
    }
}
