//! What a row is known by: a print of its values, and of its key. Two rows with one print say the same.
//!
//! FNV-1a with 128 bits (Fowler, Noll, Vo; <http://www.isthe.com/chongo/tech/comp/fnv/>): the same in every version of the
//! program, since the print of a row without a key is kept. That two different rows of a shop have one is not to be
//! expected; it is no protection against someone who wants them to.

use std::collections::BTreeMap;

use signwright_domain::record::{Field, Value};

pub(super) type Print = u128;

/// Of the values alone, not of where they stood.
pub(super) fn of(fields: &BTreeMap<String, Field>) -> Print {
    let mut fnv = Fnv::default();
    for (name, field) in fields {
        fnv.text(name);
        fnv.value(&field.value);
    }
    fnv.0
}

pub(super) fn of_key(key: &str) -> Print {
    let mut fnv = Fnv::default();
    fnv.text(key);
    fnv.0
}

/// The key of a row that has none of its own: stable from file to file.
pub(super) fn key(print: Print, times: u32) -> String {
    format!("row {print:032x}-{times}")
}

struct Fnv(u128);

impl Default for Fnv {
    fn default() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }
}

impl Fnv {
    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }

    /// The length follows, so that `a, bc` is not `ab, c`.
    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
        self.bytes(&text.len().to_le_bytes());
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Text(text) => {
                self.bytes(b"t");
                self.text(text);
            }
            Value::Number(number) => {
                self.bytes(b"n");
                self.bytes(&number.normalize().serialize());
            }
            Value::Money(money) => {
                self.bytes(b"m");
                self.bytes(&money.minor.to_le_bytes());
                self.text(money.currency.code());
            }
            Value::Date(date) => {
                self.bytes(b"d");
                self.bytes(&date.year().to_le_bytes());
                self.bytes(&[date.month().unsigned_abs(), date.day().unsigned_abs()]);
            }
            Value::Flag(flag) => self.bytes(if *flag { b"1" } else { b"0" }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_print_is_the_published_one() {
        let mut fnv = Fnv::default();
        fnv.bytes(b"a");
        assert_eq!(fnv.0, 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
    }
}
