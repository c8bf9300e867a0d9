//! A text is a number in at most one value per decimal mark, an amount only where it is a number, and never a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use signwright_domain::Currency;
use signwright_intake::numbers::{DecimalMark, amount, decimal_mark, parse};

fuzz_target!(|text: &str| {
    for mark in [DecimalMark::Point, DecimalMark::Comma] {
        let number = parse(text, mark);
        if let (Some(number), DecimalMark::Point) = (number, mark) {
            let printed = number.to_string();
            assert_eq!(parse(&printed, DecimalMark::Point), Some(number), "{printed} of {text:?}");
        }
        let _ = amount(text, mark, Currency::USD);
    }
    let _ = decimal_mark(text.lines());
});
