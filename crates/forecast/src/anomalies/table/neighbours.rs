//! Nearest rows by Euclidean distance, exact; how far a row is from ordinary rows; how much thinner its surroundings are than
//! those of its neighbours.

use super::scaling::Points;

/// Nearest rows from which what is expected is read, and over which distances are averaged.
pub(super) const NEAREST: usize = 10;
/// Most neighbours looked at.
const MOST: usize = 100;
/// At least one in so many rows is a neighbour.
const ROWS_PER_NEIGHBOUR: usize = 8;
/// Against more rows than this, every so manieth is compared with: time grows with rows times this.
const MOST_COMPARED: usize = 3_000;

/// Distance and row of the nearest rows of each row, nearest first.
#[derive(Clone, Debug)]
pub(super) struct Neighbours {
    pub(super) lists: Vec<Vec<(f64, usize)>>,
}

impl Neighbours {
    pub(super) fn of(points: &Points) -> Self {
        let rows = points.len();
        let others: Vec<usize> = (0..rows).step_by(rows.div_ceil(MOST_COMPARED).max(1)).collect();
        let wanted = (others.len() / ROWS_PER_NEIGHBOUR).clamp(NEAREST, MOST);
        Self { lists: (0..rows).map(|row| nearest(points, &others, row, wanted)).collect() }
    }

    /// Mean distance to the nearest rows.
    pub(super) fn distances(&self) -> Vec<f64> {
        self.lists.iter().map(|list| mean(list.iter().take(NEAREST).map(|(far, _)| *far))).collect()
    }

    /// The same to the nearest rows that are not suspect: outliers that keep each other company are far from the others. A row
    /// with too few such neighbours is as far as its farthest one.
    pub(super) fn distances_to_others(&self, suspect: &[bool]) -> Vec<f64> {
        let distance = |list: &Vec<(f64, usize)>| {
            let farthest = list.last().map_or(0.0, |(far, _)| *far);
            let others = list.iter().filter(|(_, other)| !suspect[*other]).map(|(far, _)| *far);
            mean(others.chain(std::iter::repeat(farthest)).take(NEAREST))
        };
        self.lists.iter().map(distance).collect()
    }

    /// Local outlier factor over at most so many neighbours (Breunig, Kriegel, Ng and Sander 2000).
    pub(super) fn thinness(&self, most: usize) -> Vec<f64> {
        let reach: Vec<f64> =
            self.lists.iter().map(|list| list.iter().take(most).next_back().map_or(0.0, |l| l.0)).collect();
        let reached =
            |list: &Vec<(f64, usize)>| mean(list.iter().take(most).map(|(far, other)| far.max(reach[*other])));
        let sparseness: Vec<f64> = self.lists.iter().map(|list| reached(list).max(1e-12)).collect();
        let factor = |(row, list): (usize, &Vec<(f64, usize)>)| {
            sparseness[row] * mean(list.iter().take(most).map(|(_, other)| 1.0 / sparseness[*other]))
        };
        self.lists.iter().enumerate().map(factor).collect()
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0_usize), |(sum, count), value| (sum + value, count + 1));
    sum / count.max(1) as f64
}

fn nearest(points: &Points, others: &[usize], row: usize, wanted: usize) -> Vec<(f64, usize)> {
    let squared = |other: usize| points[row].iter().zip(&points[other]).map(|(a, b)| (a - b) * (a - b)).sum::<f64>();
    let mut near: Vec<(f64, usize)> =
        others.iter().filter(|other| **other != row).map(|other| (squared(*other), *other)).collect();
    let count = wanted.min(near.len());
    if count < near.len() {
        near.select_nth_unstable_by(count, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        near.truncate(count);
    }
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    near.iter_mut().for_each(|(far, _)| *far = far.sqrt());
    near
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_beside_a_dense_heap_is_thin_and_outliers_in_company_are_far_from_the_others() {
        let mut points: Points = (0..60).map(|i| vec![f64::from(i % 8) * 0.1, f64::from(i / 8) * 0.1]).collect();
        points.push(vec![1.6, 1.6]);
        points.extend((0..12).map(|i| vec![9.0 + 0.01 * f64::from(i), 9.0]));
        let neighbours = Neighbours::of(&points);
        let thin = neighbours.thinness(10);
        assert!(thin[60] > 3.0 && thin[20] < 1.3, "{thin:?}");
        assert!(neighbours.distances()[65] < neighbours.distances()[60]);
        let suspect: Vec<bool> = (0..points.len()).map(|row| row > 60).collect();
        let far = neighbours.distances_to_others(&suspect);
        assert!(far[65] < neighbours.lists[65].last().expect("neighbours").0 + 1e-9);
        assert!(neighbours.lists[65].iter().all(|(_, other)| *other > 60) || far[65] > far[60]);
    }
}
