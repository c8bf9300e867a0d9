use rust_decimal::Decimal;

use super::*;

/// A row with a number every 30 points.
fn band(page: u32, values: impl IntoIterator<Item = i64>) -> Band {
    let token = |(at, value): (usize, &i64)| {
        let left = 30.0 * at as f64;
        let bbox = [left, 0.0, left + 20.0, 10.0];
        Token { text: format!("{value}.00"), bbox, baseline: 8.0, size: 10.0, level: true }
    };
    let values: Vec<i64> = values.into_iter().collect();
    let words: Vec<Token> = values.iter().enumerate().map(token).collect();
    let number = |(word, value): (&Token, &i64)| Number {
        value: Decimal::from(*value),
        words: vec![word.clone()],
        bbox: word.bbox,
        is_money: true,
        is_signed: false,
        unit: None,
    };
    let numbers = words.iter().zip(&values).map(number).collect();
    Band { lines: BTreeSet::new(), line: Line { page, cells: vec![words] }, numbers }
}

fn tried(bands: &[Band], page: u32) -> usize {
    candidates(bands, page).iter().map(|(_, triples)| triples.len()).sum()
}

#[test]
fn a_row_of_a_thousand_numbers_is_no_row_of_items() {
    let bands = [band(1, vec![1; 1000]), band(1, [2, 3, 6])];
    assert_eq!(tried(&bands, 1), 1);
    let geometry = geometry(&bands, 1).expect("the columns of the second row");
    assert!(fits(&bands[0], &geometry).is_none());
    assert!(fits(&bands[1], &geometry).is_some());
}

#[test]
fn a_page_full_of_products_is_tried_in_part() {
    let bands: Vec<Band> = (0..600).map(|_| band(1, [1; 12])).chain([band(2, [2, 3, 6])]).collect();
    assert_eq!(tried(&bands, 1), TRIED_OF_PAGE);
    assert_eq!(tried(&bands, 2), 1, "each page has its own share");
    assert_eq!(tried(&bands[..1], 1), TRIED);
    assert!(geometry(&bands, 1).is_some());
}

#[test]
fn a_row_fits_columns_by_the_numbers_that_stand_in_them() {
    let columns = geometry(&[band(1, [7, 2, 3, 6]), band(1, [9, 4, 5, 20])], 1).expect("columns");
    let fitting = fits(&band(1, [1, 1, 8, 8]), &columns).expect("a row");
    assert_eq!((fitting.factors, fitting.amount), ([1, 2], 3));
    assert!(fits(&band(1, [1, 2, 2, 8]), &columns).is_none());
}
