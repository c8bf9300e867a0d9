//! How long roll-ups over a million lines take: `cargo run -p signwright-lake --example roll_up`.
#![allow(clippy::print_stdout)]

use std::time::Instant;

use jiff::ToSpan;
use jiff::civil::date;
use signwright_lake::{Aggregate, Column, Columns, DAY, Every, Frame, LakeError, Ledger, Measured, RollUp};

const LINES: usize = 1_000_000;
const RUNS: usize = 11;

fn main() -> Result<(), LakeError> {
    let begun = Instant::now();
    let mixed = |at: usize, which: usize| (at.wrapping_mul(2_654_435_761).wrapping_add(which * 97) >> 7) % 10_007;
    let days = (0..LINES).map(|at| Some(date(2016, 1, 1).saturating_add(((mixed(at, 1) % 3_650) as i64).days())));
    let number = |which: usize| Columns::Number((0..LINES).map(|at| Some(mixed(at, which) as f64 / 10.0)).collect());
    let codes = (0..LINES).map(|at| Some(format!("{}", 100 + 5 * (mixed(at, 5) % 40))));
    let ledger = Ledger::new(&Frame::new(vec![
        Column::new(DAY, Columns::Date(days.collect())),
        Column::new("hours", number(2)),
        Column::new("cost", number(3)),
        Column::new("work_code", Columns::Text(codes.collect())),
    ])?)?;
    println!("{LINES} lines into columns: {:.0} ms", begun.elapsed().as_secs_f64() * 1000.0);
    let every = [("week", Every::Week), ("month", Every::Month), ("quarter", Every::Quarter(1))];
    let ways = [
        ("sum of hours", Measured::Column("hours"), Aggregate::Sum),
        ("median of hours", Measured::Column("hours"), Aggregate::Median),
        ("90th percentile of hours", Measured::Column("hours"), Aggregate::Percentile(90)),
        ("cost of an hour", Measured::OfSums("cost", "hours"), Aggregate::Sum),
    ];
    for (what, of, how) in ways {
        for (period, every) in every {
            for only in [None, Some(("work_code", "205"))] {
                let ask = RollUp { of, how, every, only };
                let mut times = Vec::new();
                for _ in 0..RUNS {
                    let begun = Instant::now();
                    ledger.roll_up(&ask)?;
                    times.push(begun.elapsed().as_secs_f64() * 1000.0);
                }
                times.sort_by(f64::total_cmp);
                let of = only.map_or("all codes", |_| "one code");
                println!(
                    "{what}, by {period}, {of}: median {:.0} ms, slowest {:.0} ms",
                    times[RUNS / 2],
                    times[RUNS - 1]
                );
            }
        }
    }
    Ok(())
}
