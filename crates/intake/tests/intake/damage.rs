//! Cut and flipped files: deterministic, bounded, and never a panic.

use std::time::{Duration, Instant};

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

/// A file with one to eight kinds of harm done to it.
fn damaged(original: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..=dice.roll(8) {
        if bytes.len() < 16 {
            break;
        }
        harm(&mut bytes, dice);
    }
    bytes
}

fn harm(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.roll(bytes.len());
    let end = (at + 1 + dice.roll(200)).min(bytes.len());
    match dice.roll(8) {
        0 => bytes.truncate(at),
        1 | 2 => bytes[at] = dice.roll(256) as u8,
        3 => drop(bytes.drain(at..end)),
        4 => {
            let piece = bytes[at..end].to_vec();
            let to = dice.roll(bytes.len());
            bytes.splice(to..to, piece);
        }
        5 => bytes[at..end].fill(dice.roll(256) as u8),
        6 => {
            exchange(bytes, at, dice, |byte| byte.is_ascii_digit(), &[b"0", b"1", b"-1", b"99999999999", b"4294967295"])
        }
        _ => exchange(
            bytes,
            at,
            dice,
            |byte| byte.is_ascii_alphabetic(),
            &[
                b"Kids",
                b"Parent",
                b"Length",
                b"Contents",
                b"Filter",
                b"FlateDecode",
                b"ObjStm",
                b"Type3",
                b"W",
                b"null",
            ],
        ),
    }
}

/// Puts another word of the format in the place of the next run of such bytes.
fn exchange(bytes: &mut Vec<u8>, at: usize, dice: &mut Dice, of: fn(&u8) -> bool, words: &[&[u8]]) {
    let Some(start) = bytes[at..].iter().position(of).map(|i| at + i) else { return };
    let length = bytes[start..].iter().take_while(|byte| of(byte)).count();
    bytes.splice(start..start + length, words[dice.roll(words.len())].iter().copied());
}

/// Documents of this crate's making, of the samples, and of other makers.
fn originals() -> Vec<Vec<u8>> {
    let page = "COST SUMMARY\nWORK ORDER 20431\nCUSTOMER  NORTHGATE\nDEPT  CODE  DESCRIPTION  ACT HRS   COST\n100   110   LAYOUT           3.5   217.00\nTOTAL LABOR COST  217.00\nTOTAL COST  217.00\n";
    let carried = |name: &str| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        std::fs::read(path).expect("a document that the repository carries")
    };
    vec![
        Paper::spool(&[page, page]).print(),
        Paper::helvetica(vec![(50.0, 50.0, "INVOICE 12".to_owned())]).print(),
        carried("../../sample-data/cost-summaries/WO-19110.pdf"),
        carried("../../sample-data/bills/2640192.pdf"),
        carried("../../tests/fixtures/needs-password.pdf"),
        carried("tests/fixtures/zugferd/must_EN16931_1_Teilrechnung.pdf"),
    ]
}

#[test]
fn damaged_pdfs_are_read_or_refused_without_a_panic() {
    let mut dice = Dice(20_431);
    let mut read = 0;
    for original in &originals() {
        for _ in 0..80 {
            let began = Instant::now();
            let extraction = read_pdf(&damaged(original, &mut dice), &Limits::default());
            assert!(!extraction.words.is_empty() || !extraction.parsed.rejects.is_empty());
            assert!(began.elapsed() < Duration::from_secs(30), "reading ends in time");
            read += usize::from(!extraction.words.is_empty());
        }
    }
    assert!(read > 100, "harm is not so great that nothing is reached: {read} of 480 have words");
}

/// The second reader panics over a font that does not say of what type it is; the first one does not mind.
#[test]
fn a_reader_that_panics_costs_its_opinion_and_nothing_else() {
    let whole = Paper::spool(&["COST SUMMARY\nWORK ORDER 20431\nTOTAL COST  217.00\n"]).print();
    let font = whole.windows(14).position(|part| part == b"/Subtype /Type").expect("a font");
    let mut harmed = whole.clone();
    harmed[font + 3] = b'p';
    let (sound, hurt) = (read_pdf(&whole, &Limits::default()), read_pdf(&harmed, &Limits::default()));
    assert_eq!((sound.agreement, hurt.agreement), (Some(1.0), None));
    assert_eq!(hurt.words.len(), sound.words.len());
    assert_eq!(hurt.state, sound.state);
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
