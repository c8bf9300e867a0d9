//! Errors planted into an otherwise clean invented history of jobs are found, named and put right; clean history is quiet.
#![allow(clippy::print_stdout)]

use std::time::{Duration, Instant};

use jiff::civil::date;
use signwright_domain::anomaly::{AnomalyKind, RowAnomaly};
use signwright_domain::job::{Job, JobStatus};
use signwright_domain::{Currency, DriverValue, Money};
use signwright_forecast::anomalies::in_jobs;

const TYPES: [(&str, f64, f64); 6] = [
    ("channel_letters", 55.0, 0.9),
    ("cabinet", 48.0, 0.6),
    ("monument", 95.0, 0.8),
    ("pole", 120.0, 0.7),
    ("flat_panel", 14.0, 0.12),
    ("directional", 30.0, 0.3),
];

struct Planted {
    row: usize,
    kind: AnomalyKind,
    field: &'static str,
    right: f64,
}

/// Multiplicative congruential noise, the same on every machine.
struct Draw(u64);

impl Draw {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    fn factor(&mut self, sigma: f64) -> f64 {
        (sigma * self.normal()).exp()
    }

    fn below(&mut self, limit: usize) -> usize {
        ((self.uniform() * limit as f64) as usize).min(limit - 1)
    }
}

fn money(value: f64) -> Option<Money> {
    Some(Money::new((value * 100.0).round() as i64, Currency::USD))
}

fn job(at: usize, draw: &mut Draw) -> (Job, f64) {
    let (sign_type, material_rate, hours_rate) = TYPES[draw.below(TYPES.len())];
    let (width, height) = ((4.0 + 12.0 * draw.uniform()).round(), (2.0 + 8.0 * draw.uniform()).round());
    let area = width * height;
    let true_hours = 4.0 + hours_rate * area.powf(0.9);
    let overrun = draw.uniform() < 0.08;
    let hours = true_hours * draw.factor(0.10) * if overrun { 1.3 + 0.7 * draw.uniform() } else { 1.0 };
    let material = (150.0 + material_rate * area) * draw.factor(0.06);
    let labour = hours * 26.0 * draw.factor(0.03);
    let burden = labour * 1.45;
    let outplant = if draw.uniform() < 0.3 { 300.0 + 900.0 * draw.uniform() } else { 0.0 };
    let tax = material * 0.06;
    let usual = (150.0 + material_rate * area) * 1.06 + true_hours * 26.0 * 2.45 + outplant;
    let estimate = usual * draw.factor(0.08);
    let price = estimate * (1.62 + 0.1 * draw.uniform());
    let mut job = Job {
        work_order: Some(format!("{}", 20_000 + at)),
        customer_id: Some(format!("C{:03}", draw.below(90))),
        sign_type: Some(sign_type.to_owned()),
        status: JobStatus::Completed,
        completed_on: Some(date(2024, 1 + (at % 12) as i8, 1 + (at % 28) as i8)),
        estimated_cost: money(estimate),
        estimated_hours: Some(true_hours * draw.factor(0.07)),
        actual_hours: Some(hours),
        quoted_price: money(price),
        sale_price: money(price),
        overrun_cause: overrun.then(|| "rock".to_owned()),
        ..Job::default()
    };
    job.specification.set("width", DriverValue::Number(width));
    job.specification.set("height", DriverValue::Number(height));
    let actual = &mut job.actual;
    (actual.material, actual.labour, actual.burden) = (money(material), money(labour), money(burden));
    (actual.outplant, actual.use_tax) = (money(outplant), money(tax));
    actual.total = actual.sum();
    (job, usual * draw.factor(0.05))
}

/// One error of each sort in turn, at rows far enough apart not to meet.
fn plant(jobs: &mut [Job], expected: &mut [f64], draw: &mut Draw) -> Vec<Planted> {
    let mut planted = Vec::new();
    for (turn, row) in (11..jobs.len()).step_by(37).enumerate() {
        let row = row + draw.below(20).min(jobs.len() - 1 - row);
        let job = &mut jobs[row];
        let actual = &mut job.actual;
        let known = |amount: Option<Money>| amount.map_or(0.0, Money::to_f64);
        let (material, labour, total) = (known(actual.material), known(actual.labour), known(actual.total));
        let (kind, field, right) = match turn % 9 {
            0 => {
                actual.material = money(material * 10.0);
                (AnomalyKind::DecimalSlip, "material_cost", material)
            }
            1 => {
                actual.labour = money(labour / 10.0);
                actual.total = actual.sum();
                (AnomalyKind::DecimalSlip, "labour_cost", labour)
            }
            2 => {
                actual.total = money(total * 10.0);
                (AnomalyKind::DecimalSlip, "total_cost", total)
            }
            3 => {
                let hours = job.actual_hours.expect("hours");
                job.actual_hours = Some(hours * 10.0);
                (AnomalyKind::DecimalSlip, "actual_hours", hours)
            }
            4 if (material / labour).ln().abs() > 0.5 => {
                (actual.material, actual.labour) = (actual.labour, actual.material);
                (AnomalyKind::SwappedColumns, "material_cost", material)
            }
            5 => {
                let height = job.specification.number("height").expect("height");
                job.specification.set("height", DriverValue::Number(height * 12.0));
                (AnomalyKind::WrongUnit, "height", height)
            }
            6 => {
                actual.labour = None;
                (AnomalyKind::MissingDepartment, "labour_cost", labour)
            }
            7 => {
                actual.material = money(material * 3.5);
                actual.total = actual.sum();
                (AnomalyKind::Unusual, "material_cost", material)
            }
            8 if row > 5 => {
                let mut copy = jobs[row - 5].clone();
                copy.work_order = jobs[row].work_order.clone();
                jobs[row] = copy;
                expected[row] = expected[row - 5];
                (AnomalyKind::Duplicate, "work_order", f64::NAN)
            }
            _ => continue,
        };
        planted.push(Planted { row, kind, field, right });
    }
    planted
}

fn history(seed: u64, count: usize) -> (Vec<Job>, Vec<f64>, Draw) {
    let mut draw = Draw(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) + 1);
    let (jobs, expected) = (0..count).map(|at| job(at, &mut draw)).unzip();
    (jobs, expected, draw)
}

fn expectations(expected: &[f64], with: bool) -> Vec<Option<f64>> {
    expected.iter().map(|x| with.then_some(*x)).collect()
}

#[test]
fn planted_errors_are_found_named_and_put_right() {
    for with_model in [true, false] {
        let (mut found_all, mut right_all, mut planted_all, mut seen, mut named) = (0, 0, 0, 0, 0);
        for seed in 1..=4 {
            let (mut jobs, mut expected, mut draw) = history(seed, 500);
            let planted = plant(&mut jobs, &mut expected, &mut draw);
            let found = in_jobs(&jobs, &expectations(&expected, with_model));
            let of = |p: &Planted| found.iter().find(|a| a.row as usize == p.row);
            found_all += found.len();
            right_all += found.iter().filter(|a| planted.iter().any(|p| p.row == a.row as usize)).count();
            planted_all += planted.len();
            seen += planted.iter().filter(|p| of(p).is_some()).count();
            named += planted.iter().filter(|p| of(p).is_some_and(|a| is_named(p, a))).count();
            if std::env::var_os("SIGNWRIGHT_SHOW").is_some() {
                show(&planted, &found);
            }
        }
        let share = |part: usize, whole: usize| part as f64 / whole as f64;
        let (precision, recall) = (share(right_all, found_all), share(seen, planted_all));
        println!(
            "model {with_model}: {planted_all} planted, precision {precision:.3} recall {recall:.3} field and value right {:.3}",
            share(named, seen)
        );
        assert!(precision >= 0.9 && recall >= 0.9 && share(named, seen) >= 0.85);
    }
}

/// What arrives wrong beyond the plain slips: a department's hours that never came (labour, burden and hours all low, the sum
/// in order), and amounts three to five times too large or too small with the sum in order.
fn plant_more(jobs: &mut [Job], draw: &mut Draw) -> Vec<Planted> {
    let mut planted = Vec::new();
    for (turn, row) in (7..jobs.len()).step_by(31).enumerate() {
        let job = &mut jobs[row];
        let (actual, known) = (&mut job.actual, |amount: Option<Money>| amount.map_or(0.0, Money::to_f64));
        let (material, labour, burden) = (known(actual.material), known(actual.labour), known(actual.burden));
        let hours = job.actual_hours.expect("hours");
        let times = 3.0 + 2.0 * draw.uniform();
        let (kind, field, right) = match turn % 4 {
            0 => {
                let kept = 0.25 + 0.25 * draw.uniform();
                (actual.labour, actual.burden) = (money(labour * kept), money(burden * kept));
                job.actual_hours = Some(hours * kept);
                (AnomalyKind::MissingDepartment, "labour_cost", labour)
            }
            1 => {
                actual.material = money(material * times);
                (AnomalyKind::Unusual, "material_cost", material)
            }
            2 => {
                actual.labour = money(labour / times);
                (AnomalyKind::Unusual, "labour_cost", labour)
            }
            _ => {
                job.actual_hours = Some(hours * times);
                (AnomalyKind::Unusual, "actual_hours", hours)
            }
        };
        actual.total = actual.sum();
        planted.push(Planted { row, kind, field, right });
    }
    planted
}

/// Seeds 1 to 4 were developed on, those from 7,000 up were not.
#[test]
fn missing_departments_and_slips_of_three_and_more_are_found_on_seeds_never_developed_on() {
    for (seeds, with_model) in [(1..=4, true), (1..=4, false), (7_001..=7_006, true), (7_001..=7_006, false)] {
        let held = *seeds.start() > 4;
        let (mut found_all, mut right_all, mut planted_all, mut seen, mut named) = (0, 0, 0, 0, 0);
        let mut departments = (0, 0);
        for seed in seeds {
            let (mut jobs, expected, mut draw) = history(seed, 500);
            let planted = plant_more(&mut jobs, &mut draw);
            let found = in_jobs(&jobs, &expectations(&expected, with_model));
            let of = |p: &Planted| found.iter().find(|a| a.row as usize == p.row);
            found_all += found.len();
            right_all += found.iter().filter(|a| planted.iter().any(|p| p.row == a.row as usize)).count();
            planted_all += planted.len();
            seen += planted.iter().filter(|p| of(p).is_some()).count();
            named += planted.iter().filter(|p| of(p).is_some_and(|a| a.field == p.field)).count();
            for p in planted.iter().filter(|p| p.kind == AnomalyKind::MissingDepartment) {
                departments.0 += 1;
                departments.1 += usize::from(of(p).is_some_and(|a| a.kind == p.kind));
            }
            if std::env::var_os("SIGNWRIGHT_SHOW").is_some() && !held {
                show(&planted, &found);
            }
        }
        let share = |part: usize, whole: usize| part as f64 / whole as f64;
        let (precision, recall) = (share(right_all, found_all), share(seen, planted_all));
        println!(
            "held {held} model {with_model}: {planted_all} planted, precision {precision:.3} recall {recall:.3} field right {:.3}, departments {} of {}",
            share(named, seen),
            departments.1,
            departments.0
        );
        assert!(precision >= 0.9 && recall >= 0.9 && share(named, seen) >= 0.8);
    }
}

/// Kind, field, and the right value within a quarter.
fn is_named(planted: &Planted, found: &RowAnomaly) -> bool {
    let number: String = found.expected.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let close =
        planted.right.is_nan() || number.parse::<f64>().is_ok_and(|value| (value / planted.right).ln().abs() < 0.25);
    found.kind == planted.kind && found.field == planted.field && close
}

fn show(planted: &[Planted], found: &[RowAnomaly]) {
    for p in planted {
        match found.iter().find(|a| a.row as usize == p.row) {
            Some(a) if is_named(p, a) => {}
            Some(a) => println!("  other: {:?} {} {:.0}: {}", p.kind, p.field, p.right, a.explanation),
            None => println!("  missed: row {} {:?} {} {:.0}", p.row, p.kind, p.field, p.right),
        }
    }
    for a in found.iter().filter(|a| !planted.iter().any(|p| p.row == a.row as usize)) {
        println!("  false: {:?} {:.2} {}", a.kind, a.score, a.explanation);
    }
}

#[test]
fn clean_history_is_quiet_with_and_without_a_model() {
    for seed in 100..103 {
        let (jobs, expected, _) = history(seed, 400);
        for with in [true, false] {
            let found = in_jobs(&jobs, &expectations(&expected, with));
            assert!(found.len() <= 2, "{found:#?}");
        }
    }
}

#[test]
fn small_and_empty_histories_are_answered() {
    assert_eq!(in_jobs(&[], &[]), []);
    assert_eq!(in_jobs(&vec![Job::default(); 40], &[]), []);
    let (mut jobs, _, _) = history(7, 4);
    jobs[3] = jobs[1].clone();
    let found = in_jobs(&jobs, &[]);
    assert_eq!((found.len(), found[0].kind, found[0].row), (1, AnomalyKind::Duplicate, 3));
    assert_eq!(found[0].explanation, "work order 20001 is in the history twice; one of the two should go");
}

/// One line per finding, with all that a caller sees except the sentence.
fn written(shop: &str, found: &[RowAnomaly]) -> Vec<String> {
    let line = |a: &RowAnomaly| {
        let detectors = a.detectors.join(" + ");
        format!(
            "{shop} | {} | {:?} {:?} {:.6} | {} {} | {detectors}",
            a.row, a.kind, a.severity, a.score, a.field, a.expected
        )
    };
    found.iter().map(line).collect()
}

/// Findings of the first, plain implementation (every figure's logarithm and every relation worked out anew for every
/// suspicion) on invented shops: a large and a small one, and one whose totals are not the sums of their parts.
#[test]
fn what_is_found_stays_the_same() {
    let mut lines = Vec::new();
    for (name, seed, count, loose) in [("large", 5, 1_235, false), ("small", 6, 60, false), ("loose", 7, 400, true)] {
        for with_model in [true, false] {
            let (mut jobs, mut expected, mut draw) = history(seed, count);
            plant(&mut jobs, &mut expected, &mut draw);
            for job in jobs.iter_mut().filter(|_| loose) {
                job.actual.total = job.actual.total.and_then(|total| money(total.to_f64() * draw.factor(0.05)));
            }
            lines.extend(written(name, &in_jobs(&jobs, &expectations(&expected, with_model))));
        }
    }
    let before: Vec<&str> = include_str!("planted_findings.txt").lines().collect();
    assert_eq!(lines, before);
}

#[test]
fn ten_years_of_jobs_are_searched_in_seconds() {
    let (mut jobs, mut expected, mut draw) = history(8, 20_000);
    plant(&mut jobs, &mut expected, &mut draw);
    let begun = Instant::now();
    let found = in_jobs(&jobs, &expectations(&expected, true));
    println!("{} findings in {:.2} s", found.len(), begun.elapsed().as_secs_f64());
    assert!(found.len() > 400 && begun.elapsed() < Duration::from_secs(10));
}
