//! Cut and flipped files: deterministic, bounded, and never a panic.

use signwright_domain::Currency;
use signwright_intake::{Limits, read_pdf, read_table};

use crate::paper::Paper;

/// A fixed sequence of numbers (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }
}

fn damaged(original: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = original.to_vec();
    if dice.roll(3) == 0 {
        bytes.truncate(dice.roll(original.len()));
    }
    for _ in 0..dice.roll(12) {
        if !bytes.is_empty() {
            let at = dice.roll(bytes.len());
            bytes[at] = dice.roll(256) as u8;
        }
    }
    bytes
}

#[test]
fn damaged_pdfs_are_read_or_refused_without_a_panic() {
    let page = "COST SUMMARY\nWORK ORDER 20431\nCUSTOMER  NORTHGATE\nDEPT  CODE  DESCRIPTION  ACT HRS   COST\n100   110   LAYOUT           3.5   217.00\nTOTAL LABOR COST  217.00\nTOTAL COST  217.00\n";
    let mut dice = Dice(20_431);
    let originals =
        [Paper::spool(&[page, page]).print(), Paper::helvetica(vec![(50.0, 50.0, "INVOICE 12".to_owned())]).print()];
    for original in &originals {
        for _ in 0..120 {
            let extraction = read_pdf(&damaged(original, &mut dice), &Limits::default());
            assert!(!extraction.words.is_empty() || !extraction.parsed.rejects.is_empty());
        }
    }
}

#[test]
fn damaged_tables_are_read_or_refused_without_a_panic() {
    let csv =
        b"WO #,Customer,Date Completed,Total Cost\n1,\"A, B\",01/02/2026,\"1,234.50\"\n2,C,13/13/2026,x\n".to_vec();
    let book = crate::workbook::book().expect("a workbook");
    let mut dice = Dice(7);
    for original in [csv, book] {
        for _ in 0..300 {
            let bytes = damaged(&original, &mut dice);
            match read_table("x", &bytes, Currency::USD) {
                Ok(reading) => assert!(reading.understood.kind.is_some()),
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        }
    }
}
