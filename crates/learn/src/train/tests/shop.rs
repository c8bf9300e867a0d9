//! A shop whose truth is known: cost = class rate x area^0.7 x (1 + height) x drift x noise.

use std::time::Duration;

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};

use crate::random::Random;
use crate::{Column, Table, TrainParams, TrainingSet};

const CLASSES: [(&str, f64); 4] = [("cabinet", 40.0), ("monument", 120.0), ("pole", 90.0), ("vinyl", 12.0)];

pub(crate) fn params(seed: u64) -> TrainParams {
    TrainParams {
        target: "total_cost".into(),
        seed,
        created_at: Timestamp::UNIX_EPOCH,
        version: "test".into(),
        budget: Duration::from_secs(2),
        test_share: 0.25,
    }
}

/// Normal noise by the sum of twelve uniforms.
pub(super) fn normal(random: &mut Random) -> f64 {
    (0..12).map(|_| random.uniform()).sum::<f64>() - 6.0
}

fn day(number: usize, rows: usize, more: i64) -> Date {
    date(2022, 1, 1).saturating_add((number as i64 * 1095 / rows as i64 + more).days())
}

/// Jobs over three years, one after the other, completed 30 days after their quote. Noise is `noise` for small and
/// twice that for large jobs.
pub(crate) fn shop(rows: usize, noise: f64, seed: u64) -> TrainingSet {
    let mut random = Random::new(seed);
    let (mut area, mut height, mut class, mut useless, mut target, mut own) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for row in 0..rows {
        let (name, rate) = CLASSES[random.below(4)];
        let size = 4.0 + 196.0 * random.uniform().powi(2);
        let tall = 30.0 * random.uniform();
        let spread = if size > 60.0 { 2.0 * noise } else { noise };
        let drift = 1.0 + 0.1 * row as f64 / rows as f64;
        let cost = rate * size.powf(0.7) * (1.0 + tall / 20.0) * drift;
        target.push(cost * (spread * normal(&mut random)).exp());
        own.push(cost * (0.35 * normal(&mut random)).exp());
        area.push(size);
        height.push(if random.uniform() < 0.05 { f64::NAN } else { tall });
        class.push(Some(name.to_owned()));
        useless.push(random.uniform());
    }
    TrainingSet {
        table: Table::new(vec![
            Column::number("face_area", area),
            Column::number("overall_height", height),
            Column::category("sign_type", class),
            Column::number("useless", useless),
        ])
        .expect("table"),
        target,
        known_from: (0..rows).map(|row| Some(day(row, rows, 0))).collect(),
        known_to: (0..rows).map(|row| Some(day(row, rows, 30))).collect(),
        group: None,
        time_column: None,
        group_column: None,
        class_column: Some("sign_type".into()),
        insisted: Vec::new(),
        own_estimate: Some(own),
    }
}
