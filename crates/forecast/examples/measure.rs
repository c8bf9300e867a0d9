//! Measures the forecasts on files in the long format: OWA against the deseasonalised naive (Naive 2 of the M
//! competitions), MASE, RMSSE (M5), sMAPE, MSIS, coverage and time per series, and how far the combination is behind its
//! best member.
//!
//! `cargo run -p signwright-forecast --example measure -- FOLDER [NAME...]` reads `NAME_train.csv` and `NAME_test.csv`
//! (`unique_id, ds, y`); without names `m1_monthly` and `ppi_dev`. With `--inside` before the folder the test file gives only
//! the horizon: what is tested on is cut from the end of the training part, so that choices can be made without the test.
//! With `--last N` before it, only the last N points of each history are known. With `--beside A,B` the series A and B (`A@x`
//! for a series `C@x`) are given to all others.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

use jiff::civil::Date;
use signwright_domain::Task;
use signwright_domain::series::{Forecast, ForecastPoint, Frequency, Point, Series};
use signwright_forecast::{forecast_many, forecast_with, frequency_of};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).peekable();
    let last = if arguments.next_if(|argument| argument == "--last").is_some() {
        arguments.next().ok_or("--last needs a number")?.parse()?
    } else {
        usize::MAX
    };
    let beside: Vec<String> = if arguments.next_if(|argument| argument == "--beside").is_some() {
        arguments.next().ok_or("--beside needs names")?.split(',').map(str::to_owned).collect()
    } else {
        Vec::new()
    };
    let inside = arguments.next_if(|argument| argument == "--inside").is_some();
    let folder = arguments.next().ok_or("usage: measure [--last N] [--inside] FOLDER [NAME...]")?;
    let names: Vec<String> = arguments.collect();
    let names = if names.is_empty() { vec!["m1_monthly".into(), "ppi_dev".into()] } else { names };
    println!("set          series   OWA  sMAPE   MASE  RMSSE   MSIS  in 80  in 95   MAPE mean / median   s per series");
    for name in names {
        measure(Path::new(&folder), &name, inside, last, &beside)?;
    }
    Ok(())
}

fn measure(folder: &Path, name: &str, inside: bool, last: usize, beside: &[String]) -> Result<(), Box<dyn Error>> {
    let mut train = read(&folder.join(format!("{name}_train.csv")))?;
    let mut test = read(&folder.join(format!("{name}_test.csv")))?;
    let horizon = test.iter().map(|s| s.points.len()).max().ok_or("no test series")?;
    if inside {
        train.retain(|series| series.points.len() >= 3 * horizon);
        test = train.iter_mut().map(|series| cut(series, horizon)).collect();
    }
    for series in &mut train {
        series.points.drain(..series.points.len().saturating_sub(last));
    }
    let all = train.clone();
    let begun = Instant::now();
    let forecasts = if beside.is_empty() {
        forecast_many(&Task::silent(), &train, horizon)
    } else {
        train.retain(|series| !beside.iter().any(|other| other == stem(&series.name).0));
        train
            .iter()
            .map(|series| forecast_with(&Task::silent(), series, &others(series, beside, &all), horizon))
            .collect()
    };
    let seconds = begun.elapsed().as_secs_f64() / train.len() as f64;
    let truths: BTreeMap<&str, &Series> = test.iter().map(|s| (s.name.as_str(), s)).collect();
    let (mut rows, mut methods) = (Vec::new(), Vec::new());
    let mut of_members: BTreeMap<String, Vec<(Row, f64)>> = BTreeMap::new();
    for (series, forecast) in train.iter().zip(forecasts) {
        let forecast = forecast?;
        methods.push(forecast.method.clone());
        if let Some(truth) = truths.get(series.name.as_str()) {
            rows.push(scored(series, &values(truth), &forecast));
            for member in forecast.methods.iter().filter(|m| m.serves) {
                let alone = alone(&forecast, &member.path);
                of_members
                    .entry(member.method.clone())
                    .or_default()
                    .push((scored(series, &values(truth), &alone), rows.last().map_or(0.0, |row: &Row| row.mase)));
            }
        }
    }
    let mean = |f: fn(&Row) -> f64| rows.iter().map(f).sum::<f64>() / rows.len() as f64;
    let owa = owa(&rows);
    let mut mapes: Vec<f64> = rows.iter().map(|r| r.mape).collect();
    mapes.sort_by(f64::total_cmp);
    println!(
        "{name:<12} {:>6} {owa:>5.3} {:>6.2} {:>6.3} {:>6.3} {:>6.2} {:>6.1} {:>6.1} {:>9.1} / {:<8.1} {seconds:>12.3}",
        rows.len(),
        mean(|r| r.smape),
        mean(|r| r.mase),
        mean(|r| r.rmsse),
        mean(|r| r.msis),
        100.0 * mean(|r| r.in_80),
        100.0 * mean(|r| r.in_95),
        mean(|r| r.mape),
        mapes[mapes.len() / 2],
    );
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    for method in methods.iter().flat_map(|methods| methods.split(" + ")) {
        *used.entry(method).or_default() += 1;
    }
    println!("    used: {used:?}");
    for (member, rows_of_member) in of_members {
        let of = rows_of_member.len();
        let (alone, together): (Vec<Row>, Vec<f64>) = rows_of_member.into_iter().unzip();
        let mase = alone.iter().map(|row| row.mase).sum::<f64>() / of as f64;
        let together = together.iter().sum::<f64>() / of as f64;
        let owa = self::owa(&alone);
        println!(
            "    {member:<20} alone {owa:>6.3}, MASE {mase:>6.3} where the combination has {together:>6.3} ({of} series)"
        );
    }
    Ok(())
}

/// Name and origin of `NAME@ORIGIN`.
fn stem(name: &str) -> (&str, &str) {
    name.split_once('@').unwrap_or((name, ""))
}

/// Those of `beside` that end where the series does.
fn others(series: &Series, beside: &[String], all: &[Series]) -> Vec<Series> {
    let (_, origin) = stem(&series.name);
    let is_one = |other: &&Series| {
        let (name, of) = stem(&other.name);
        of == origin && beside.iter().any(|one| one == name)
    };
    all.iter().filter(is_one).cloned().collect()
}

fn owa(rows: &[Row]) -> f64 {
    let mean = |f: fn(&Row) -> f64| rows.iter().map(f).sum::<f64>() / rows.len() as f64;
    0.5 * (mean(|r| r.smape) / mean(|r| r.smape_naive) + mean(|r| r.mase) / mean(|r| r.mase_naive))
}

/// The same forecast as one member would have made it, with the ranges of the combination.
fn alone(forecast: &Forecast, path: &[f64]) -> Forecast {
    let points = forecast.points.iter().zip(path).map(|(p, yhat)| ForecastPoint { yhat: *yhat, ..*p }).collect();
    Forecast { points, ..forecast.clone() }
}

/// Takes the last values of a series away as what is to be forecast.
fn cut(series: &mut Series, horizon: usize) -> Series {
    let points = series.points.split_off(series.points.len() - horizon);
    Series { points, ..series.clone() }
}

fn read(path: &Path) -> Result<Vec<Series>, Box<dyn Error>> {
    let mut all: Vec<Series> = Vec::new();
    for record in csv::Reader::from_path(path)?.records() {
        let record = record?;
        let point = Point { ds: record[1].parse::<Date>()?, y: record[2].parse()? };
        match all.last_mut().filter(|series| series.name == record[0]) {
            Some(series) => series.points.push(point),
            None => all.push(Series {
                name: record[0].to_owned(),
                label: record[0].to_owned(),
                unit: String::new(),
                frequency: Frequency::Monthly,
                points: vec![point],
            }),
        }
    }
    for series in &mut all {
        let dates: Vec<Date> = series.points.iter().map(|p| p.ds).collect();
        series.frequency = frequency_of(&dates).unwrap_or(Frequency::Monthly);
    }
    Ok(all)
}

fn values(series: &Series) -> Vec<f64> {
    series.points.iter().map(|p| p.y).collect()
}

struct Row {
    smape: f64,
    smape_naive: f64,
    mase: f64,
    mase_naive: f64,
    rmsse: f64,
    msis: f64,
    mape: f64,
    in_80: f64,
    in_95: f64,
}

fn scored(series: &Series, truth: &[f64], forecast: &Forecast) -> Row {
    let (history, season) = (&values(series)[..], season(series.frequency));
    let steps = history.len().saturating_sub(season);
    let unit = (0..steps).map(|t| (history[t + season] - history[t]).abs()).sum::<f64>() / steps as f64;
    let unit = unit.max(f64::MIN_POSITIVE);
    let step = history.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum::<f64>() / (history.len() - 1) as f64;
    let naive = naive_2(history, season, truth.len());
    let yhat: Vec<f64> = forecast.points.iter().map(|p| p.yhat).collect();
    let share =
        |inside: &dyn Fn(usize) -> bool| (0..truth.len()).filter(|i| inside(*i)).count() as f64 / truth.len() as f64;
    let points = &forecast.points;
    let interval = |i: usize| {
        let (lo, hi, y) = (points[i].lo_95, points[i].hi_95, truth[i]);
        hi - lo + 40.0 * ((lo - y).max(0.0) + (y - hi).max(0.0))
    };
    Row {
        smape: smape(truth, &yhat),
        smape_naive: smape(truth, &naive),
        mase: mae(truth, &yhat) / unit,
        mase_naive: mae(truth, &naive) / unit,
        rmsse: (squares(truth, &yhat) / step.max(f64::MIN_POSITIVE)).sqrt(),
        msis: (0..truth.len()).map(interval).sum::<f64>() / truth.len() as f64 / unit,
        mape: truth.iter().zip(&yhat).map(|(y, f)| 100.0 * ((y - f) / y).abs()).sum::<f64>() / truth.len() as f64,
        in_80: share(&|i| (points[i].lo_80..=points[i].hi_80).contains(&truth[i])),
        in_95: share(&|i| (points[i].lo_95..=points[i].hi_95).contains(&truth[i])),
    }
}

fn mae(truth: &[f64], yhat: &[f64]) -> f64 {
    truth.iter().zip(yhat).map(|(y, f)| (y - f).abs()).sum::<f64>() / truth.len() as f64
}

fn squares(truth: &[f64], yhat: &[f64]) -> f64 {
    truth.iter().zip(yhat).map(|(y, f)| (y - f).powi(2)).sum::<f64>() / truth.len() as f64
}

fn smape(truth: &[f64], yhat: &[f64]) -> f64 {
    let one = |(y, f): (&f64, &f64)| 200.0 * (y - f).abs() / (y.abs() + f.abs()).max(f64::MIN_POSITIVE);
    truth.iter().zip(yhat).map(one).sum::<f64>() / truth.len() as f64
}

/// As the M competitions take it: weeks and days have none.
fn season(frequency: Frequency) -> usize {
    match frequency {
        Frequency::Monthly => 12,
        Frequency::Quarterly => 4,
        Frequency::Daily | Frequency::Weekly | Frequency::Yearly => 1,
    }
}

/// The last value after classical multiplicative adjustment, where the 90 % autocorrelation test of the M4 rules sees a
/// season.
fn naive_2(y: &[f64], season: usize, horizon: usize) -> Vec<f64> {
    let last = y[y.len() - 1];
    if y.len() < 3 * season || season < 2 || !seasonal(y, season) {
        return vec![last; horizon];
    }
    let half = season / 2;
    let mut ratios = vec![Vec::new(); season];
    for t in half..y.len() - half {
        let inner: f64 = y[t - half + 1..t + half].iter().sum();
        let trend = (inner + 0.5 * (y[t - half] + y[t + half])) / season as f64;
        ratios[t % season].push(y[t] / trend);
    }
    let index: Vec<f64> = ratios.iter().map(|r| r.iter().sum::<f64>() / r.len() as f64).collect();
    let mean = index.iter().sum::<f64>() / season as f64;
    let at = |t: usize| index[t % season] / mean;
    (0..horizon).map(|h| last / at(y.len() - 1) * at(y.len() + h)).collect()
}

fn seasonal(y: &[f64], season: usize) -> bool {
    let mean = y.iter().sum::<f64>() / y.len() as f64;
    let variance: f64 = y.iter().map(|v| (v - mean).powi(2)).sum();
    let acf = |lag: usize| (lag..y.len()).map(|t| (y[t] - mean) * (y[t - lag] - mean)).sum::<f64>() / variance;
    let sum: f64 = (1..season).map(|lag| acf(lag).powi(2)).sum();
    acf(season).abs() > 1.645 * ((1.0 + 2.0 * sum) / y.len() as f64).sqrt()
}
