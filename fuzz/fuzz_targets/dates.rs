//! A date that is read comes back from its own ISO form, whatever the order of days and months.

#![no_main]

use libfuzzer_sys::fuzz_target;
use signwright_intake::dates::{DateOrder, order, parse, parse_month};

fuzz_target!(|text: &str| {
    for preferred in [DateOrder::MonthFirst, DateOrder::DayFirst] {
        if let Some(date) = parse(text, preferred) {
            assert_eq!(parse(&date.to_string(), preferred), Some(date), "{date} of {text:?}");
        }
        let _ = parse_month(text, preferred);
    }
    let _ = order(text.lines());
});
