//! Rows apart in labelled tables: ROC AUC and average precision next to an isolation forest alone.
//!
//! Reads `anomaly/tabular/*.csv` below `SIGNWRIGHT_DATA` (last column 1 for an outlier); skipped, saying so, without it. The
//! detectors and their weights were chosen on every other table; asserted are the figures of the rest.
#![allow(clippy::print_stdout)]

use std::path::{Path, PathBuf};

use signwright_forecast::anomalies::{NumberColumn, forest_alone, in_table};

#[test]
fn the_detectors_together_are_better_than_a_forest_alone() {
    let Some(folder) = std::env::var_os("SIGNWRIGHT_DATA").map(|f| PathBuf::from(f).join("anomaly/tabular")) else {
        println!("skipped: SIGNWRIGHT_DATA is not set");
        return;
    };
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("folder").map(|entry| entry.expect("entry").path()).collect();
    files.sort();
    let mut sums = [[0.0; 4]; 2];
    let held = files.len() / 2;
    println!("table                 forest AUC / AP    together AUC / AP");
    for (at, file) in files.iter().enumerate() {
        let (columns, truth) = read(file);
        let forest = forest_alone(&columns);
        let together: Vec<f64> = in_table(&columns).expect("judged").iter().map(|row| row.score).collect();
        let figures =
            [auc(&forest, &truth), precision(&forest, &truth), auc(&together, &truth), precision(&together, &truth)];
        let name = file.file_stem().expect("name").to_string_lossy();
        println!("{name:<20} {:>8.3} / {:.3} {:>12.3} / {:.3}", figures[0], figures[1], figures[2], figures[3]);
        let count = if at % 2 == 0 { files.len() - held } else { held };
        sums[at % 2].iter_mut().zip(figures).for_each(|(sum, figure)| *sum += figure / count as f64);
    }
    for (name, sums) in ["developed on", "held"].iter().zip(sums) {
        println!("{name:<20} {:>8.3} / {:.3} {:>12.3} / {:.3}", sums[0], sums[1], sums[2], sums[3]);
    }
    let [_, sums] = sums;
    assert!(sums[2] > sums[0] + 0.01 && sums[3] > sums[1] - 0.01, "{sums:?}");
}

fn read(path: &Path) -> (Vec<NumberColumn>, Vec<bool>) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).expect("readable");
    let mut columns: Vec<NumberColumn> = Vec::new();
    for record in reader.records() {
        for (at, cell) in record.expect("row").iter().enumerate() {
            if at == columns.len() {
                columns.push(NumberColumn { name: format!("column {at}"), values: Vec::new() });
            }
            columns[at].values.push(cell.parse().expect("number"));
        }
    }
    let truth = columns.pop().expect("label column").values.iter().map(|x| *x == 1.0).collect();
    (columns, truth)
}

/// Chance that an outlier scores above another row, ties counting half.
fn auc(scores: &[f64], truth: &[bool]) -> f64 {
    let pick = |label: bool| scores.iter().zip(truth).filter(move |(_, t)| **t == label).map(|(s, _)| *s);
    let mut inliers: Vec<f64> = pick(false).collect();
    inliers.sort_by(f64::total_cmp);
    let outliers: Vec<f64> = pick(true).collect();
    let below = |s: f64| inliers.partition_point(|x| *x < s) as f64 + inliers.partition_point(|x| *x <= s) as f64;
    outliers.iter().map(|s| below(*s) / 2.0).sum::<f64>() / (outliers.len() * inliers.len()) as f64
}

fn precision(scores: &[f64], truth: &[bool]) -> f64 {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
    let (mut hits, mut sum) = (0.0, 0.0);
    for (at, row) in order.iter().enumerate() {
        if truth[*row] {
            hits += 1.0;
            sum += hits / (at + 1) as f64;
        }
    }
    sum / hits
}
