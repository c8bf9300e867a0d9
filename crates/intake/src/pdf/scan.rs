//! Scans: words that a program recognised in the picture of a page, read like printed ones but never as sure.

use signwright_domain::record::{Extraction, Field, Place, ReadState, RejectReason};

use super::open::{PageText, Text};
use super::protocol::Size;
use super::words::Token;
use super::{Limits, reject, understood};

/// What is left of a value's confidence when its letters were recognised and not read: below what is taken unseen.
const RECOGNISED: f64 = 0.85;
/// How much of a font's height its capitals and digits take.
const CAPITALS: f64 = 0.7;
/// Words that the program is less sure of than this, of 100, are specks and lines.
const LEAST_SURE: f64 = 10.0;

/// One page and what was recognised on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Recognised {
    /// Width and height in points, as displayed.
    pub size: [f64; 2],
    pub words: Vec<ScannedWord>,
}

/// One recognised word.
#[derive(Clone, Debug, PartialEq)]
pub struct ScannedWord {
    pub text: String,
    /// Left, top, right, bottom in points from the top left corner of the page.
    pub bbox: [f64; 4],
    /// How sure the program is of it, 0 to 1.
    pub sure: f64,
    /// The line it stands on: its letters' foot and the height of its font, in points.
    pub baseline: f64,
    pub height: f64,
}

/// Reads recognised pages of a document of `count` pages. `None` where not a single word was recognised.
pub fn read_scan(pages: Vec<Recognised>, count: u32, limits: &Limits) -> Option<Extraction> {
    let text = Text { pages: pages.iter().map(page_text).collect(), ..Text::default() };
    if text.is_without_words() {
        return None;
    }
    let mut extraction = understood(&text, None, limits);
    let records = extraction.parsed.records.iter_mut();
    let fields =
        records.flat_map(|r| r.fields.values_mut().chain(r.lines.iter_mut().flat_map(|l| l.fields.values_mut())));
    fields.for_each(|field| doubt(field, &pages));
    let seen =
        if (pages.len() as u32) < count { format!(" of its first {} pages", pages.len()) } else { String::new() };
    let message = format!("no text layer: the words{seen} were recognised in the picture; check every value");
    extraction.parsed.rejects.insert(0, reject(RejectReason::NoTextLayer, message.clone()));
    extraction.state = ReadState::NoTextLayer;
    extraction.pages = count;
    extraction.message = Some(message);
    Some(extraction)
}

fn page_text(page: &Recognised) -> PageText {
    let token = |word: &ScannedWord| Token {
        text: word.text.clone(),
        bbox: word.bbox,
        baseline: word.baseline,
        size: word.height,
        level: true,
    };
    PageText { size: page.size, words: page.words.iter().map(token).collect(), ..PageText::default() }
}

/// A value is as sure as the words under it, and less sure than one that was read.
fn doubt(field: &mut Field, pages: &[Recognised]) {
    let Place::Page { page, bbox } = &field.at else { return };
    let words = (*page as usize).checked_sub(1).and_then(|i| pages.get(i)).map_or(&[][..], |page| &page.words);
    let sure = words.iter().filter(|word| is_inside(word.bbox, *bbox)).map(|word| word.sure).fold(1.0, f64::min);
    field.confidence = (field.confidence.min(sure) * RECOGNISED * 100.0).round() / 100.0;
    field.found_by = format!("{}, recognised in a scan", field.found_by);
}

fn is_inside(word: [f64; 4], place: [f64; 4]) -> bool {
    let (x, y) = (f64::midpoint(word[0], word[2]), f64::midpoint(word[1], word[3]));
    place[0] <= x && x <= place[2] && place[1] <= y && y <= place[3]
}

/// The words in a table as tesseract writes it (`tsv`), from dots to points.
pub fn recognised_words(table: &str, dots: Size, page: [f64; 2]) -> Vec<ScannedWord> {
    let scale = [page[0] / f64::from(dots.width.max(1)), page[1] / f64::from(dots.height.max(1))];
    let mut lines: Vec<Vec<ScannedWord>> = Vec::new();
    for row in table.lines() {
        let cells: Vec<&str> = row.splitn(12, '\t').collect();
        match cells.first() {
            Some(&"4") => lines.push(Vec::new()),
            Some(&"5") => {
                if let (Some(line), Some(word)) = (lines.last_mut(), word(&cells, scale)) {
                    line.push(word);
                }
            }
            Some(_) | None => {}
        }
    }
    lines.into_iter().flat_map(on_one_line).collect()
}

/// Level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
fn word(cells: &[&str], scale: [f64; 2]) -> Option<ScannedWord> {
    let number = |i: usize| cells.get(i)?.parse::<f64>().ok().filter(|x| x.is_finite());
    let (left, top, width, height, sure) = (number(6)?, number(7)?, number(8)?, number(9)?, number(10)?);
    let text = cells.get(11)?.trim();
    let bbox = [left * scale[0], top * scale[1], (left + width) * scale[0], (top + height) * scale[1]];
    let bbox = bbox.map(|x| (x * 100.0).round() / 100.0);
    (sure >= LEAST_SURE && !text.is_empty()).then(|| ScannedWord {
        text: text.to_owned(),
        bbox,
        sure: (sure / 100.0).min(1.0),
        baseline: bbox[3],
        height: bbox[3] - bbox[1],
    })
}

/// Gives the words of one line the same foot and font: those of most letters, without what hangs below or stands out.
fn on_one_line(mut words: Vec<ScannedWord>) -> Vec<ScannedWord> {
    let median = |mut of: Vec<f64>| {
        of.sort_by(f64::total_cmp);
        of.get(of.len() / 2).copied().unwrap_or(0.0)
    };
    let baseline = median(words.iter().map(|word| word.baseline).collect());
    let height = median(words.iter().map(|word| word.height).collect());
    for word in &mut words {
        (word.baseline, word.height) = (baseline, height / CAPITALS);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
        4\t1\t1\t1\t1\t0\t100\t100\t500\t40\t-1\t\n\
        5\t1\t1\t1\t1\t1\t100\t100\t200\t30\t96.5\tTOTAL\n\
        5\t1\t1\t1\t1\t2\t310\t100\t200\t38\t91\t1,234.50\n\
        5\t1\t1\t1\t1\t3\t520\t100\t20\t30\t3\t|\n\
        5\t1\t1\t1\t1\t4\t540\t100\t20\tx\t90\tbroken\n";

    #[test]
    fn words_are_in_points_and_specks_are_dropped() {
        let words = recognised_words(TABLE, Size { width: 1000, height: 2000 }, [500.0, 1000.0]);
        let shown: Vec<(&str, [f64; 4], f64)> = words.iter().map(|w| (w.text.as_str(), w.bbox, w.sure)).collect();
        assert_eq!(
            shown,
            [("TOTAL", [50.0, 50.0, 150.0, 65.0], 0.965), ("1,234.50", [155.0, 50.0, 255.0, 69.0], 0.91)]
        );
        assert_eq!(words[0].baseline, words[1].baseline);
    }

    #[test]
    fn what_was_recognised_is_said_to_be_and_needs_a_look() {
        let words = recognised_words(TABLE, Size { width: 1000, height: 2000 }, [500.0, 1000.0]);
        let pages = vec![Recognised { size: [500.0, 1000.0], words }];
        let extraction = read_scan(pages, 1, &Limits::default()).expect("words");
        assert_eq!((extraction.state, extraction.words.len()), (ReadState::NoTextLayer, 2));
        assert_eq!(extraction.parsed.rejects[0].reason, RejectReason::NoTextLayer);
        assert!(read_scan(vec![Recognised { size: [1.0, 1.0], words: Vec::new() }], 1, &Limits::default()).is_none());
    }
}
