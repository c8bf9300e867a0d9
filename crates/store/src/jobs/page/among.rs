//! The jobs that the words and the findings of a query leave, as one bit for each id: ids are given out one after the other,
//! so that a million of them are 125 kB.

use std::ops::ControlFlow;

use super::words;
use crate::{Db, StoreError};

#[derive(Debug, Default)]
pub(super) struct Among {
    bits: Vec<u64>,
    count: u64,
}

impl Among {
    /// `None` where neither is asked.
    pub(super) fn of(db: &Db<'_>, words: &[&str], flagged: bool) -> Result<Option<Self>, StoreError> {
        let words = (!words.is_empty()).then(|| Self::with_words(db, words)).transpose()?;
        let flagged = flagged.then(|| Self::flagged(db)).transpose()?;
        Ok(match (words, flagged) {
            (Some(words), Some(flagged)) => Some(words.and(&flagged)),
            (words, flagged) => words.or(flagged),
        })
    }

    fn with_words(db: &Db<'_>, words: &[&str]) -> Result<Self, StoreError> {
        match Self::matching(db, &words::query(words)) {
            // "phrase queries are not supported": the search keeps no places of words.
            Err(StoreError::Query(why)) if why.contains("phrase") => {
                Self::matching(db, &words::query_of_first_letters(words))
            }
            found => found,
        }
    }

    fn matching(db: &Db<'_>, words: &str) -> Result<Self, StoreError> {
        let mut among = Self::default();
        db.each("SELECT rowid FROM jobs_search WHERE jobs_search MATCH ?1", [words], |cells| {
            among.add(cells.get()?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(among)
    }

    fn flagged(db: &Db<'_>) -> Result<Self, StoreError> {
        let mut among = Self::default();
        db.each("SELECT job_id FROM job_flags WHERE severity <> 'info'", [], |cells| {
            among.add(cells.get()?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(among)
    }

    /// Where the bit of an id stands. Ids are positive.
    fn place(id: i64) -> (usize, u64) {
        let id = usize::try_from(id).unwrap_or(0);
        (id / 64, 1 << (id % 64))
    }

    fn add(&mut self, id: i64) {
        let (at, bit) = Self::place(id);
        if at >= self.bits.len() {
            self.bits.resize(at + 1, 0);
        }
        self.count += u64::from(self.bits[at] & bit == 0);
        self.bits[at] |= bit;
    }

    fn and(self, other: &Self) -> Self {
        let bits: Vec<u64> = self.bits.iter().zip(&other.bits).map(|(a, b)| a & b).collect();
        let count = bits.iter().map(|bits| u64::from(bits.count_ones())).sum();
        Self { bits, count }
    }

    pub(super) fn has(&self, id: i64) -> bool {
        let (at, bit) = Self::place(id);
        self.bits.get(at).is_some_and(|bits| bits & bit != 0)
    }

    pub(super) fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn ids(&self) -> Vec<i64> {
        let of = |(at, bits): (usize, &u64)| {
            let bits = *bits;
            (0..64).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| (at * 64 + bit) as i64)
        };
        self.bits.iter().enumerate().flat_map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kept_once_and_met() {
        let of = |ids: &[i64]| {
            let mut among = Among::default();
            ids.iter().for_each(|id| among.add(*id));
            among
        };
        let (some, others) = (of(&[1, 64, 200, 64, 63]), of(&[64, 63, 900]));
        assert_eq!((some.count(), some.ids()), (4, vec![1, 63, 64, 200]));
        assert!(some.has(64) && !some.has(65) && !some.has(1 << 40));
        let both = some.and(&others);
        assert_eq!((both.count(), both.ids()), (2, vec![63, 64]));
    }
}
