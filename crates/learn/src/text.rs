//! Words of descriptions as features: "double faced", "illuminated", "36 x 48".
//!
//! A column of categories is read as text where many of its values share words. Words and pairs of words that repeat
//! become a vocabulary: the mean target of the rows that say a word, shrunk like that of a level, is averaged over the words
//! of a row; the words that tell most have a flag of their own. Two numbers joined by an "x" are a size.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::bits;

/// Rows of weight that the mean of all counts in the mean of a word.
const SHRINKAGE: f64 = 5.0;
const MOST_WORDS: usize = 300;
const MOST_FLAGS: usize = 16;
/// Fewest rows that say a word, fewest different values that do, and fewest such words for a column to be text.
const WORD_ROWS: usize = 5;
const WORD_VALUES: usize = 3;
const FEWEST_WORDS: usize = 4;
/// Fewest different values of a text.
const FEWEST_VALUES: usize = 20;
/// Most different values that words are looked for in.
const MOST_VALUES: usize = 20_000;
/// A word in more than this share of the rows says nothing.
const COMMON: f64 = 0.95;
/// Most characters of a value that are read.
const LONGEST: usize = 2_000;
/// Inches of a foot.
const FOOT: f64 = 12.0;

/// Features besides the flags: the mean effect, the area and the longer side.
const MEASURES: usize = 3;

/// What was learned of the words of a column. The first words have a flag each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Vocabulary {
    words: Vec<String>,
    flags: usize,
    #[serde(with = "bits::list")]
    effects: Vec<f64>,
    sizes: bool,
}

impl Vocabulary {
    /// Learns the words of a text; `None` where the values share too few to be one.
    pub(crate) fn fit(values: &[Option<String>], y: &[f64]) -> Option<Self> {
        let different: BTreeSet<&str> = values.iter().flatten().map(String::as_str).collect();
        if different.len() < FEWEST_VALUES {
            return None;
        }
        let mut in_values: HashMap<String, usize> = HashMap::new();
        let step = different.len().div_ceil(MOST_VALUES);
        different
            .iter()
            .step_by(step)
            .flat_map(|value| words(value))
            .for_each(|word| *in_values.entry(word).or_default() += 1);
        let mut said: BTreeMap<String, (f64, usize)> = BTreeMap::new();
        for (value, y) in values.iter().zip(y) {
            for word in value.iter().flat_map(|value| words(value)) {
                if in_values.get(&word).is_some_and(|values| *values >= WORD_VALUES) {
                    let (sum, rows) = said.entry(word).or_default();
                    *sum += y;
                    *rows += 1;
                }
            }
        }
        let known = values.iter().flatten().count() as f64;
        said.retain(|_, (_, rows)| *rows >= WORD_ROWS && (*rows as f64) < COMMON * known);
        if said.len() < FEWEST_WORDS {
            return None;
        }
        let mut said: Vec<(String, (f64, usize))> = said.into_iter().collect();
        // By the variance that a word explains; equal ones by name.
        let tells = |(sum, rows): (f64, usize)| sum * sum / (rows as f64 + SHRINKAGE);
        said.sort_by(|a, b| tells(b.1).total_cmp(&tells(a.1)).then_with(|| a.0.cmp(&b.0)));
        said.truncate(MOST_WORDS);
        let effects = said.iter().map(|(_, (sum, rows))| sum / (*rows as f64 + SHRINKAGE)).collect();
        let sized = values.iter().flatten().filter(|value| size(value).is_some()).count();
        let words: Vec<String> = said.into_iter().map(|(word, _)| word).collect();
        Some(Self { flags: words.len().min(MOST_FLAGS), words, effects, sizes: sized >= WORD_ROWS })
    }

    pub(crate) fn width(&self) -> usize {
        MEASURES + self.flags
    }

    /// The features of a value that is not given.
    pub(crate) fn missing(&self) -> Vec<f32> {
        let measures = std::iter::repeat_n(f32::NAN, MEASURES);
        measures.chain(std::iter::repeat_n(0.0, self.flags)).collect()
    }

    /// The words with a flag.
    pub(crate) fn flagged(&self) -> &[String] {
        &self.words[..self.flags]
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.effects.len() == self.words.len() && self.flags <= self.words.len()
    }

    /// Features for prediction, one list each.
    pub(crate) fn transform(&self, values: &[Option<&str>]) -> Vec<Vec<f64>> {
        self.features(values, |_, word| self.effects[word])
    }

    /// Features of the rows it was learned from, with the effects of the other folds.
    pub(crate) fn training(&self, values: &[Option<&str>], y: &[f64], folds: &[usize], count: usize) -> Vec<Vec<f64>> {
        let mut sums = vec![vec![(0.0, 0.0); count]; self.words.len()];
        let places = self.places();
        for ((value, y), &fold) in values.iter().zip(y).zip(folds) {
            for word in self.said(&places, *value) {
                let (sum, rows) = &mut sums[word][fold];
                *sum += y;
                *rows += 1.0;
            }
        }
        let others = |row: usize, word: usize| {
            let rest = sums[word].iter().enumerate().filter(|(fold, _)| *fold != folds[row]);
            let (sum, rows) = rest.fold((0.0, 0.0), |all, (_, part)| (all.0 + part.0, all.1 + part.1));
            sum / (rows + SHRINKAGE)
        };
        self.features(values, others)
    }

    fn features(&self, values: &[Option<&str>], effect: impl Fn(usize, usize) -> f64) -> Vec<Vec<f64>> {
        let places = self.places();
        let mut columns = vec![vec![0.0; values.len()]; self.width()];
        for (row, value) in values.iter().enumerate() {
            let said = self.said(&places, *value);
            let mean = said.iter().map(|&word| effect(row, word)).sum::<f64>() / said.len().max(1) as f64;
            columns[0][row] = if value.is_some() { mean } else { f64::NAN };
            let size = value.filter(|_| self.sizes).and_then(size);
            columns[1][row] = size.map_or(f64::NAN, |(a, b)| a * b);
            columns[2][row] = size.map_or(f64::NAN, |(a, b)| a.max(b));
            said.iter().filter(|word| **word < self.flags).for_each(|&word| columns[MEASURES + word][row] = 1.0);
        }
        columns
    }

    fn places(&self) -> HashMap<&str, usize> {
        self.words.iter().enumerate().map(|(place, word)| (word.as_str(), place)).collect()
    }

    /// The known words of a value, in the order of the vocabulary.
    fn said(&self, places: &HashMap<&str, usize>, value: Option<&str>) -> Vec<usize> {
        let mut said: Vec<usize> =
            value.iter().flat_map(|value| words(value)).filter_map(|word| places.get(word.as_str()).copied()).collect();
        said.sort_unstable();
        said
    }
}

/// The different words of a text and its pairs of neighbouring words, in small letters; numbers are none.
pub(crate) fn words(text: &str) -> BTreeSet<String> {
    let text: String = text.chars().take(LONGEST).flat_map(char::to_lowercase).collect();
    let single: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_word = |word: &str| word.chars().any(char::is_alphabetic) && word.chars().count() > 1;
    let pairs = single.windows(2).filter(|pair| pair.iter().all(|word| is_word(word)));
    let pairs = pairs.map(|pair| pair.join(" "));
    single.iter().filter(|word| is_word(word)).map(|word| (*word).to_owned()).chain(pairs).collect()
}

/// Whether a text has a word, or a pair of words, of a vocabulary.
pub(crate) fn says(text: &str, word: &str) -> bool {
    let first = word.split(' ').next().unwrap_or(word);
    // Most texts do not have it, and taking one apart takes long.
    text.to_lowercase().contains(first) && words(text).contains(word)
}

/// The first two lengths joined by an "x", in inches; those without a mark are in inches as well.
fn size(text: &str) -> Option<(f64, f64)> {
    let text: Vec<char> = text.chars().take(LONGEST).flat_map(char::to_lowercase).collect();
    let starts = (0..text.len()).filter(|&at| text[at].is_ascii_digit() && (at == 0 || !is_inside(text[at - 1])));
    starts.into_iter().find_map(|start| {
        let (first, rest) = length(&text, start)?;
        let mut rest = blanks(&text, rest);
        if !matches!(text.get(rest)?, 'x' | '×') {
            return None;
        }
        rest = blanks(&text, rest + 1);
        let (second, _) = length(&text, rest)?;
        Some((first, second)).filter(|(a, b)| *a > 0.0 && *b > 0.0)
    })
}

fn is_inside(before: char) -> bool {
    before.is_alphanumeric() || before == '.'
}

fn blanks(text: &[char], at: usize) -> usize {
    at + text[at.min(text.len())..].iter().take_while(|c| c.is_whitespace()).count()
}

/// A number with its mark for feet or inches, and the place behind it. Feet may be followed by inches: 4'6".
fn length(text: &[char], start: usize) -> Option<(f64, usize)> {
    let (x, at) = number(text, start)?;
    let (unit, at) = unit(text, at);
    if unit == FOOT
        && let Some((inches, end)) = number(text, blanks(text, at))
        && let (1.0, marked) = self::unit(text, end)
        && marked > end
    {
        return Some((x * FOOT + inches, marked));
    }
    Some((x * unit, at))
}

fn number(text: &[char], start: usize) -> Option<(f64, usize)> {
    let end = start + text.get(start..)?.iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
    let digits: String = text[start..end].iter().collect();
    Some((digits.parse().ok()?, end))
}

/// What one of the unit is in inches, and the place behind it; 1 where none is written.
fn unit(text: &[char], at: usize) -> (f64, usize) {
    const MARKS: [(&str, f64); 10] = [
        ("feet", FOOT),
        ("foot", FOOT),
        ("ft", FOOT),
        ("'", FOOT),
        ("′", FOOT),
        ("inches", 1.0),
        ("inch", 1.0),
        ("in", 1.0),
        ("\"", 1.0),
        ("″", 1.0),
    ];
    let here = blanks(text, at);
    let follows = |mark: &str| {
        let end = here + mark.chars().count();
        let same = text.get(here..end).is_some_and(|found| found.iter().copied().eq(mark.chars()));
        let whole =
            !mark.ends_with(char::is_alphabetic) || !text.get(end).is_some_and(|c| c.is_alphanumeric() && *c != 'x');
        (same && whole).then_some(end)
    };
    MARKS.iter().find_map(|(mark, inches)| follows(mark).map(|end| (*inches, end))).unwrap_or((1.0, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_their_marks() {
        let check = |text: &str, expected: Option<(f64, f64)>| assert_eq!(size(text), expected, "{text}");
        check("sign 36 x 48, aluminum", Some((36.0, 48.0)));
        check("36x48", Some((36.0, 48.0)));
        check("4'x8' panel", Some((48.0, 96.0)));
        check("4 ft x 8 ft", Some((48.0, 96.0)));
        check("4ftx8ft", Some((48.0, 96.0)));
        check("4'6\" X 30\"", Some((54.0, 30.0)));
        check("24 in × 18.5 in", Some((24.0, 18.5)));
        check("2 signs, 36 x 48", Some((36.0, 48.0)));
        check("R1 x 3 pieces", None);
        check("x 3", None);
        check("10 x", None);
        check("0 x 3", None);
        check("1.2.3 x 4", None);
    }

    #[test]
    fn words_and_their_neighbours_are_read_numbers_are_not() {
        let said = words("Double-Faced, 36 x 48 LED");
        assert_eq!(said.into_iter().collect::<Vec<_>>(), ["double", "double faced", "faced", "led"]);
    }

    fn notes() -> (Vec<Option<String>>, Vec<f64>) {
        let kinds = ["illuminated cabinet", "vinyl banner", "illuminated letters", "plain banner", "plain cabinet"];
        let note = |row: usize| format!("job {row}: {} for lot {}", kinds[row % 5], row * 7);
        let y = (0..100).map(|row| if row % 5 == 0 || row % 5 == 2 { 1.0 } else { -1.0 }).collect();
        ((0..100).map(|row| (row != 99).then(|| note(row))).collect(), y)
    }

    #[test]
    fn what_words_tell_is_learned_without_the_row_itself() {
        let (notes, mut y) = notes();
        let vocabulary = Vocabulary::fit(&notes, &y).expect("text");
        let flag = vocabulary.flagged().iter().position(|word| word == "illuminated").expect("tells most, with banner");
        let asked = vocabulary.transform(&[Some("an illuminated thing"), Some("nothing known"), None]);
        assert!(asked[0][0] > 0.8 && asked[0][1] == 0.0 && asked[0][2].is_nan());
        assert_eq!((asked[MEASURES + flag][0], asked[MEASURES + flag][1]), (1.0, 0.0));
        let (texts, folds): (Vec<Option<&str>>, Vec<usize>) =
            notes.iter().enumerate().map(|(row, note)| (note.as_deref(), row % 5)).unzip();
        let before = vocabulary.training(&texts, &y, &folds, 5);
        y[0] = 1e6;
        let after = vocabulary.training(&texts, &y, &folds, 5);
        assert_eq!(before[0][0], after[0][0]);
        assert_ne!(before[0][2], after[0][2], "the letters are illuminated as well");
    }

    #[test]
    fn values_that_share_no_words_are_no_text() {
        let y: Vec<f64> = (0..60).map(f64::from).collect();
        let check = |value: &dyn Fn(usize) -> String| {
            assert_eq!(Vocabulary::fit(&(0..60).map(|row| Some(value(row))).collect::<Vec<_>>(), &y), None);
        };
        check(&|row| format!("note {row}"));
        check(&|row| format!("kind {}", row % 7));
        check(&|_| "always the same words here".to_owned());
        check(&|row| format!("{}", row * row));
    }
}
