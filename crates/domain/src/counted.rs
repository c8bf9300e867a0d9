//! How many of something, in words.

use std::fmt::Display;

/// `1 open quote`, `3 open quotes`.
pub fn counted<N: Display + PartialEq + From<u8>>(n: N, one: &str, many: &str) -> String {
    let word = if n == N::from(1) { one } else { many };
    format!("{n} {word}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one_and_nothing_is_many() {
        let said = [0_u32, 1, 2].map(|n| counted(n, "job was", "jobs were"));
        assert_eq!(said, ["0 jobs were", "1 job was", "2 jobs were"]);
    }
}
