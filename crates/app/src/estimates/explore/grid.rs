//! The cost of a job over two drivers at once, and where finished jobs stood.

use serde::{Deserialize, Serialize};
use signwright_domain::driver::{self, Driver, DriverKind};
use signwright_domain::{DriverValue, Money, Specification};
use ts_rs::TS;

use super::{Ground, written};
use crate::{Action, CallError};

/// Most values of one driver: few enough that a cell holds its amount.
const VALUES: usize = 6;

/// Two drivers of a job.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ExplorePair {
    pub specification: Specification,
    #[serde(default)]
    #[ts(type = "string | null")]
    pub quoted_on: Option<jiff::civil::Date>,
    pub first: String,
    pub second: String,
}

/// What the job would cost with other values of two drivers, all else as it is.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct PairGrid {
    pub first: GridAxis,
    pub second: GridAxis,
    /// A row per value of the second driver, a cell per value of the first; empty where finished jobs of the type do not tell.
    pub cells: Vec<Vec<GridCell>>,
}

/// The values of one driver.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct GridAxis {
    pub driver: String,
    pub label: String,
    pub values: Vec<GridValue>,
    /// Which of them the job has.
    pub now: Option<usize>,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct GridValue {
    pub value: DriverValue,
    pub label: String,
}

/// The cost with two values.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct GridCell {
    pub cost: Money,
    /// Finished jobs of the type that are nearest to these two values; with 0 the cost is only what the model makes of others.
    pub jobs: u32,
}

/// The cost of a job over two drivers, within what finished jobs of its type had.
///
/// # Errors
/// `InvalidInput` for a driver that is none, or one twice; `NotEnoughData` where no model is in use.
pub fn explore_pair(action: &Action, input: ExplorePair) -> Result<PairGrid, CallError> {
    let find = |name: &str| {
        driver::find(name).ok_or_else(|| CallError::invalid(format!("there is no driver called \"{name}\"")))
    };
    let (first, second) = (find(&input.first)?, find(&input.second)?);
    if first.name == second.name {
        return Err(CallError::invalid("two different drivers are needed"));
    }
    let experience = action.experience()?;
    let ground = Ground::new(action, &experience, &input.specification, input.quoted_on)?;
    let axes = [first, second].map(|known| axis(&ground, known));
    let [columns, rows] = &axes;
    let pairs = rows.values.iter().flat_map(|row| columns.values.iter().map(move |column| (column, row)));
    let changed: Vec<Specification> =
        pairs.map(|(column, row)| ground.with(&[(first, &column.value), (second, &row.value)])).collect();
    let costs = ground.costs(&changed)?;
    let mut jobs = vec![0_u32; costs.len()];
    for job in &ground.jobs {
        let places = |axis: &GridAxis| job.specification.get(&axis.driver).map_or(Vec::new(), |had| near(axis, had));
        for row in places(rows) {
            places(columns).into_iter().for_each(|column| jobs[row * columns.values.len() + column] += 1);
        }
    }
    let cells: Vec<GridCell> = costs.into_iter().zip(jobs).map(|(cost, jobs)| GridCell { cost, jobs }).collect();
    let cells = cells.chunks(columns.values.len().max(1)).map(<[GridCell]>::to_vec).collect();
    let [first, second] = axes;
    Ok(PairGrid { first, second, cells })
}

/// A few of the values that jobs had, and the one that this job has.
fn axis(ground: &Ground<'_>, known: &Driver) -> GridAxis {
    let now = ground.specification.get(known.name);
    let seen = few(ground.values(known));
    let values = match now {
        Some(now) => with(seen, now),
        None => seen,
    };
    GridAxis {
        driver: known.name.to_owned(),
        label: known.label.to_owned(),
        now: values.iter().position(|value| Some(value) == now),
        values: values.into_iter().map(|value| GridValue { label: written(known, &value), value }).collect(),
    }
}

/// With the value of this job in the place of the nearest number, so that steps stay about as wide; a choice that is not among
/// them, or a number beyond both ends, stands beside them.
fn with(mut values: Vec<DriverValue>, now: &DriverValue) -> Vec<DriverValue> {
    if values.is_empty() || values.contains(now) {
        return values;
    }
    let Some(x) = now.number() else {
        values.push(now.clone());
        return values;
    };
    let number = |value: &DriverValue| value.number().unwrap_or(f64::INFINITY);
    let place = values.partition_point(|value| number(value) <= x);
    match place {
        0 => values.insert(0, now.clone()),
        end if end == values.len() => values.push(now.clone()),
        // The ends tell how far jobs went: they stay.
        _ => {
            let lower = x - number(&values[place - 1]) <= number(&values[place]) - x;
            let nearest = if lower { place - 1 } else { place };
            if nearest == 0 || nearest == values.len() - 1 {
                values.insert(place, now.clone());
            } else {
                values[nearest] = now.clone();
            }
        }
    }
    values
}

/// Evenly chosen ones of many numbers; all of a choice, of which there are never many.
fn few(values: Vec<DriverValue>) -> Vec<DriverValue> {
    if values.len() <= VALUES || values[0].number().is_none() {
        return values;
    }
    let last = values.len() - 1;
    (0..VALUES).map(|place| values[place * last / (VALUES - 1)].clone()).collect()
}

fn is_number(axis: &GridAxis) -> bool {
    matches!(driver::find(&axis.driver).map(|known| &known.kind), Some(DriverKind::Number { .. }))
}

/// The place on the axis that a job stands at: the nearest number, the same choice.
fn nearest(axis: &GridAxis, had: &DriverValue) -> Option<usize> {
    let places = 0..axis.values.len();
    match had.number().filter(|_| is_number(axis)) {
        Some(x) => {
            let away =
                |place: &usize| axis.values[*place].value.number().map_or(f64::INFINITY, |value| (value - x).abs());
            places.min_by(|a, b| away(a).total_cmp(&away(b)))
        }
        None => places.into_iter().find(|place| axis.values[*place].value == *had),
    }
}

/// The places that a job is near to: the nearest number and those beside it, the same choice.
fn near(axis: &GridAxis, had: &DriverValue) -> Vec<usize> {
    let Some(place) = nearest(axis, had) else { return Vec::new() };
    let reach = usize::from(is_number(axis));
    (place.saturating_sub(reach)..=(place + reach).min(axis.values.len() - 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimates::{CreateEstimate, create_estimate};
    use crate::models::tests::history::{JOBS, Shop};

    #[test]
    fn the_cell_of_the_job_is_its_estimate_and_every_finished_job_is_near_to_some() {
        let shop = Shop::new();
        shop.train();
        let mut specification = Specification::default();
        specification.set("sign_type", DriverValue::Text("pole".to_owned()));
        specification.set("width", DriverValue::Number(11.0));
        specification.set("height", DriverValue::Number(7.0));
        let ask = |first: &str, second: &str| {
            let (first, second) = (first.to_owned(), second.to_owned());
            let specification = specification.clone();
            explore_pair(&shop.action(), ExplorePair { specification, quoted_on: None, first, second })
        };
        let grid = ask("width", "height").expect("a grid");
        let (column, row) = (grid.first.now.expect("has a width"), grid.second.now.expect("has a height"));
        let input = CreateEstimate {
            title: String::new(),
            specification: specification.clone(),
            quoted_on: None,
            save: false,
            ..CreateEstimate::default()
        };
        assert_eq!(grid.cells[row][column].cost, create_estimate(&shop.action(), input).expect("an estimate").cost);
        assert!(grid.cells.iter().flatten().map(|cell| cell.jobs).sum::<u32>() > JOBS / 3);
        assert!(grid.cells[row][column].jobs > 0, "{:?}", grid.cells);
        assert!(grid.cells[0][0].cost.minor < grid.cells.last().and_then(|row| row.last()).expect("a cell").cost.minor);
        assert!(ask("width", "lighting").expect("nobody says it").cells.is_empty());
        assert_eq!(ask("width", "width").expect_err("one twice").code, crate::Code::InvalidInput);
        assert_eq!(ask("width", "weight").expect_err("no driver").code, crate::Code::InvalidInput);
    }

    #[test]
    fn a_job_stands_at_the_nearest_number_or_the_same_choice() {
        let value = |value: DriverValue| GridValue { label: value.to_string(), value };
        let axis = |driver: &str, values: Vec<DriverValue>| GridAxis {
            driver: driver.to_owned(),
            label: String::new(),
            values: values.into_iter().map(value).collect(),
            now: None,
        };
        let width = axis("width", [2.0, 6.0, 20.0].map(DriverValue::Number).to_vec());
        let check =
            |had: f64, expected| assert_eq!(nearest(&width, &DriverValue::Number(had)), Some(expected), "{had}");
        check(1.0, 0);
        check(12.0, 1);
        check(14.0, 2);
        assert_eq!(near(&width, &DriverValue::Number(1.0)), [0, 1]);
        assert_eq!(near(&width, &DriverValue::Number(12.0)), [0, 1, 2]);
        let text = |word: &str| DriverValue::Text(word.to_owned());
        let light = axis("lighting", vec![text("none"), text("led")]);
        assert_eq!((nearest(&light, &text("led")), nearest(&light, &text("neon"))), (Some(1), None));
        assert_eq!(near(&light, &text("led")), [1]);
    }

    #[test]
    fn the_value_of_this_job_takes_the_place_of_the_nearest_between_the_ends() {
        let numbers = |values: &[f64]| values.iter().copied().map(DriverValue::Number).collect::<Vec<_>>();
        let check = |now: f64, expected: &[f64]| {
            let found = with(numbers(&[2.0, 4.0, 6.0, 8.0]), &DriverValue::Number(now));
            assert_eq!(found, numbers(expected), "{now}");
        };
        check(4.0, &[2.0, 4.0, 6.0, 8.0]);
        check(4.5, &[2.0, 4.5, 6.0, 8.0]);
        check(5.5, &[2.0, 4.0, 5.5, 8.0]);
        check(2.5, &[2.0, 2.5, 4.0, 6.0, 8.0]);
        check(1.0, &[1.0, 2.0, 4.0, 6.0, 8.0]);
        check(9.0, &[2.0, 4.0, 6.0, 8.0, 9.0]);
    }

    #[test]
    fn of_many_numbers_a_few_are_taken_with_both_ends() {
        let many: Vec<DriverValue> = (0..17).map(|x| DriverValue::Number(f64::from(x))).collect();
        let taken: Vec<f64> = few(many).iter().filter_map(DriverValue::number).collect();
        assert_eq!(taken, [0.0, 3.0, 6.0, 9.0, 12.0, 16.0]);
    }
}
