//! A table is read or refused with a sentence; what it holds is a record or a reject.

#![no_main]

use libfuzzer_sys::fuzz_target;
use signwright_domain::Currency;
use signwright_intake::read_table;

fuzz_target!(|bytes: &[u8]| {
    match read_table("table", bytes, Currency::USD) {
        Ok(reading) => assert!(reading.understood.kind.is_some()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
