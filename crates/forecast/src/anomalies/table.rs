//! Rows of a table that lie apart from the others: an isolation forest, tail probabilities, the distance to the nearest
//! ordinary rows and the thinness of the surroundings, each as the share of rows that are at least as strange, in a weighted
//! geometric mean: what stands far out for one detector is not averaged away by the others.
//!
//! No detector without labels is right about every table; the score says how sure all are together, not that a row is
//! wrong.

mod ecod;
mod forest;
mod neighbours;
mod scaling;

use signwright_domain::anomaly::{AnomalyKind, AnomalySeverity, RowAnomaly};

use crate::ForecastError;
use crate::numbers::{median, quantile, robust_sigma, shown, sorted};
use neighbours::{NEAREST, Neighbours};

/// One column of numbers; NaN (and infinities) for missing.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberColumn {
    pub name: String,
    pub values: Vec<f64>,
}

/// How much each detector has to say, in the order below, summing to 1.
const SAY: [f64; 4] = [0.30, 0.10, 0.42, 0.18];
/// Neighbours over which the surroundings are compared.
const SURROUNDINGS: [usize; 2] = [50, 100];
/// Share of the rows that are too suspect to be company for others.
const SUSPECT: f64 = 0.1;
/// A detector agrees about the strangest twentieth: -ln 0.05.
const AGREED: f64 = 2.995_732;
/// Rows below this give no picture of what is usual.
const FEWEST_ROWS: usize = 8;
/// Robust standard deviations at which a column's own value counts as fully strange.
const FULLY_STRANGE: f64 = 12.0;
/// Score from which a row may be an anomaly (of severity medium or high) ...
pub const FROM_SCORE: f64 = 0.95;
/// ... if its field is also so many robust standard deviations away from the rows nearest to it.
pub const FROM_DEVIATIONS: f64 = FULLY_STRANGE / 3.0;

/// One judgement per row, in the order of the rows; `score` 0 to 1 rises with strangeness and ranks the rows, `field` is
/// the column that is off the most from the nearest rows, `expected` their median. With fewer than eight rows every score
/// is 0. Errors: columns of unequal length.
pub fn in_table(columns: &[NumberColumn]) -> Result<Vec<RowAnomaly>, ForecastError> {
    let rows = columns.first().map_or(0, |column| column.values.len());
    if let Some(odd) = columns.iter().find(|column| column.values.len() != rows) {
        let (column, found) = (odd.name.clone(), odd.values.len());
        return Err(ForecastError::UnequalColumns { column, rows: found, expected: rows });
    }
    let table = standardised(columns);
    if rows < FEWEST_ROWS || table.is_empty() {
        return Ok((0..rows).map(|row| nothing_to_say(row, columns)).collect());
    }
    let forest = tails(&forest::scores(&table, rows, SEED));
    let neighbours =
        [scaling::by_size, scaling::compressed, scaling::by_rank].map(|way| Neighbours::of(&way(&table, rows)));
    let distances = neighbours.each_ref().map(|one| tails(&one.distances_to_others(&suspects(one, &forest))));
    let thinness = [tails(&neighbours[1].thinness(SURROUNDINGS[0])), tails(&neighbours[0].thinness(SURROUNDINGS[1]))];
    let detectors = [
        ("isolation forest", forest),
        ("tail probability", tails(&ecod::scores(&table, rows))),
        ("nearest rows", means(&distances)),
        ("thin surroundings", means(&thinness)),
    ];
    let [neighbours, ..] = neighbours;
    let judge = Judge { columns, table: &table, neighbours: &neighbours, detectors: &detectors };
    Ok((0..rows).map(|row| judge.row(row)).collect())
}

/// The forest is drawn from this: the same table always gives the same scores.
const SEED: u64 = 20_080_815;

/// Scores of the isolation forest alone, for comparison.
pub fn forest_alone(columns: &[NumberColumn]) -> Vec<f64> {
    let rows = columns.first().map_or(0, |column| column.values.len());
    forest::scores(&standardised(columns), rows, SEED)
}

/// A column with what is usual in it.
#[derive(Clone, Debug)]
struct Standardised {
    /// Which of the given columns.
    index: usize,
    /// Distance from the mean in standard deviations; 0 for missing.
    values: Vec<f64>,
}

/// Columns with at least two different values.
fn standardised(columns: &[NumberColumn]) -> Vec<Standardised> {
    let mut table = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        let known: Vec<f64> = column.values.iter().copied().filter(|x| x.is_finite()).collect();
        let largest = known.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
        let unit = if largest > 0.0 { largest } else { 1.0 };
        let mean = known.iter().map(|x| x / unit).sum::<f64>() / known.len().max(1) as f64;
        let variance = known.iter().map(|x| (x / unit - mean).powi(2)).sum::<f64>() / known.len().max(1) as f64;
        if variance <= 1e-24 {
            continue;
        }
        let z = |x: &f64| if x.is_finite() { (x / unit - mean) / variance.sqrt() } else { 0.0 };
        table.push(Standardised { index, values: column.values.iter().map(z).collect() });
    }
    table
}

/// -ln of the share of rows that are at least as strange, ties sharing their mean; the strangest row counts as a quarter, so
/// that one of ten can stand out.
fn tails(scores: &[f64]) -> Vec<f64> {
    let ordered = sorted(scores);
    let count = scores.len() as f64;
    let tail = |score: &f64| {
        let below = ordered.partition_point(|other| other < score);
        let until = ordered.partition_point(|other| other <= score);
        -(1.0 - ((below + until) as f64 / 2.0 + 0.25) / count).ln()
    };
    scores.iter().map(tail).collect()
}

fn means(all: &[Vec<f64>]) -> Vec<f64> {
    (0..all[0].len()).map(|row| all.iter().map(|one| one[row]).sum::<f64>() / all.len() as f64).collect()
}

/// By the forest and the distance to all rows.
fn suspects(neighbours: &Neighbours, forest: &[f64]) -> Vec<bool> {
    let together: Vec<f64> = tails(&neighbours.distances()).iter().zip(forest).map(|(a, b)| a + b).collect();
    let bar = quantile(&sorted(&together), 1.0 - SUSPECT);
    together.iter().map(|strange| *strange > bar).collect()
}

fn nothing_to_say(row: usize, columns: &[NumberColumn]) -> RowAnomaly {
    RowAnomaly {
        row: row as u32,
        kind: AnomalyKind::Unusual,
        score: 0.0,
        severity: AnomalySeverity::Low,
        field: columns.first().map_or_else(String::new, |column| column.name.clone()),
        expected: String::new(),
        detectors: Vec::new(),
        explanation: "the table is too small or too uniform to say what is usual".to_owned(),
    }
}

struct Judge<'a> {
    columns: &'a [NumberColumn],
    table: &'a [Standardised],
    neighbours: &'a Neighbours,
    detectors: &'a [(&'static str, Vec<f64>); 4],
}

impl Judge<'_> {
    fn row(&self, row: usize) -> RowAnomaly {
        let strange: f64 = self.detectors.iter().zip(SAY).map(|((_, tails), say)| say * tails[row]).sum();
        let score = 1.0 - (-strange).exp();
        let column = &self.columns[self.most_off(row)];
        let near: Vec<f64> = self.nearest(row).map(|near| column.values[near]).filter(|x| x.is_finite()).collect();
        let (actual, expected) = (column.values[row], median(&near));
        let off =
            (actual - expected).abs() / robust_sigma(&near).max(robust_sigma_of(&column.values)).max(f64::MIN_POSITIVE);
        let agreed = self.detectors.iter().filter(|(_, tails)| tails[row] >= AGREED);
        RowAnomaly {
            row: row as u32,
            kind: AnomalyKind::Unusual,
            score,
            severity: severity(score, off),
            field: column.name.clone(),
            expected: shown(expected),
            detectors: agreed.map(|(name, _)| (*name).to_owned()).collect(),
            explanation: explanation(&column.name, actual, expected),
        }
    }

    fn nearest(&self, row: usize) -> impl Iterator<Item = usize> {
        self.neighbours.lists[row].iter().take(NEAREST).map(|(_, near)| *near)
    }

    /// Index of the column in which the row differs most from its nearest rows.
    fn most_off(&self, row: usize) -> usize {
        let off = |column: &Standardised| {
            let near: Vec<f64> = self.nearest(row).map(|near| column.values[near]).collect();
            (column.values[row] - median(&near)).abs()
        };
        let most = self.table.iter().max_by(|a, b| off(a).total_cmp(&off(b)));
        most.map_or(0, |column| column.index)
    }
}

fn robust_sigma_of(values: &[f64]) -> f64 {
    let known: Vec<f64> = values.iter().copied().filter(|x| x.is_finite()).collect();
    robust_sigma(&known)
}

/// A high rank alone is not strange: some row is always the last.
fn severity(score: f64, off: f64) -> AnomalySeverity {
    match score {
        s if s >= 0.97 && off >= FULLY_STRANGE => AnomalySeverity::High,
        s if s >= FROM_SCORE && off >= FROM_DEVIATIONS => AnomalySeverity::Medium,
        _ => AnomalySeverity::Low,
    }
}

fn explanation(field: &str, actual: f64, expected: f64) -> String {
    if actual.is_finite() {
        format!("{field} is {}; the rows most like this one have {}", shown(actual), shown(expected))
    } else {
        format!("{field} is missing; the rows most like this one have {}", shown(expected))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<NumberColumn> {
        let noise = |i: u32, k: u32| f64::from((i * k) % 17) / 17.0;
        let mut width: Vec<f64> = (0..60).map(|i| 8.0 + noise(i, 7)).collect();
        let cost: Vec<f64> = (0..60).map(|i| 4_000.0 + 300.0 * noise(i, 5)).collect();
        width[23] = 96.0;
        vec![NumberColumn { name: "width".into(), values: width }, NumberColumn { name: "cost".into(), values: cost }]
    }

    #[test]
    fn the_planted_row_comes_first_with_its_field_and_the_usual_value() {
        let rows = in_table(&columns()).expect("judged");
        let first = rows.iter().max_by(|a, b| a.score.total_cmp(&b.score)).expect("rows");
        assert_eq!((first.row, first.field.as_str(), first.severity), (23, "width", AnomalySeverity::High));
        let expected: f64 = first.expected.parse().expect("number");
        assert!((8.0..9.0).contains(&expected), "{expected}");
        assert_eq!(in_table(&columns()), Ok(rows));
    }

    #[test]
    fn one_wild_value_among_ten_is_an_anomaly() {
        let mut cost: Vec<f64> = (0..10).map(|i| 40.0 + f64::from((i * 7) % 5)).collect();
        cost[4] = 4_200.0;
        let rows = in_table(&[NumberColumn { name: "cost".into(), values: cost }]).expect("judged");
        let flagged: Vec<u32> = rows.iter().filter(|r| r.severity != AnomalySeverity::Low).map(|r| r.row).collect();
        assert_eq!(flagged, [4]);
    }

    #[test]
    fn odd_tables_get_an_answer_or_a_clear_refusal() {
        let column = |name: &str, values: &[f64]| NumberColumn { name: name.into(), values: values.to_vec() };
        assert_eq!(in_table(&[]), Ok(Vec::new()));
        let constant = in_table(&[column("a", &[1.0; 20])]).expect("judged");
        assert!(constant.iter().all(|row| row.score == 0.0));
        let missing =
            in_table(&[column("a", &[f64::NAN; 9]), column("b", &[1.0, 2.0, 3.0, 1.0, 2.0, 3.0, 1.0, 2.0, 9.0])]);
        assert_eq!(missing.map(|rows| rows.len()), Ok(9));
        let unequal = in_table(&[column("a", &[1.0, 2.0]), column("b", &[1.0])]).expect_err("refused").to_string();
        assert_eq!(unequal, "column \"b\" has 1 rows where the first column has 2");
    }
}
