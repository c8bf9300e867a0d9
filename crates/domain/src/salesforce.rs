//! Ids of Salesforce come in two lengths: reports give 15 characters, in which case matters, the API and Data Loader the
//! same 15 and 3 more that say which of them are capitals, for programs that do not tell `a` from `A`. Both name one
//! record, which is known here by its 15.
//!
//! The three characters are a checksum of 15 bits, so that hardly anything else of 18 characters is taken for such an id.
//! An id whose letters were all made capitals on its way fails it, and stays as it is.
//!
//! Source: Salesforce Help on converting 15-character into 18-character ids.

/// What five bits are written as.
const DIGITS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/// The 15 characters of an id of 18; anything else as it is.
pub fn id(text: &str) -> &str {
    match text.split_at_checked(15) {
        Some((id, said)) if id.bytes().all(|b| b.is_ascii_alphanumeric()) && said.as_bytes() == capitals(id) => id,
        Some(_) | None => text,
    }
}

/// Of each five characters which are capitals: the first is the lowest bit.
fn capitals(id: &str) -> [u8; 3] {
    let mut said = [0; 3];
    for (five, digit) in id.as_bytes().chunks(5).zip(&mut said) {
        let bits = five.iter().rev().fold(0, |bits, c| bits << 1 | usize::from(c.is_ascii_uppercase()));
        *digit = DIGITS[bits];
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(id(text), expected, "{text}");
    }

    #[test]
    fn both_lengths_of_an_id_are_one() {
        check("001A0000006Vm9rIAC", "001A0000006Vm9r");
        check("001A0000006Vm9r", "001A0000006Vm9r");
        check("a0D30000001n7PiEAI", "a0D30000001n7Pi");
        check("0019000000B98deAAB", "0019000000B98de");
        check("0068000000PQRSTAA5", "0068000000PQRST");
        check("0Q0xxaabbccddeeCAA", "0Q0xxaabbccddee");
    }

    #[test]
    fn other_numbers_stay_as_they_are() {
        check("001A0000006Vm9rIAD", "001A0000006Vm9rIAD");
        check("001A0000006VM9RIAC", "001A0000006VM9RIAC");
        check("123456789012345678", "123456789012345678");
        check("WO-2026-000117-AAA", "WO-2026-000117-AAA");
        check("Größenänderungenxy", "Größenänderungenxy");
        check("", "");
    }
}
