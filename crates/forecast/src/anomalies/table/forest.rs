//! Isolation forest (Liu, Ting and Zhou 2008): what random cuts separate early lies apart.

use super::Standardised;

const TREES: u64 = 200;
const SAMPLE: usize = 256;

/// `2^(-mean depth / expected depth)` per row, 0 to 1.
pub(super) fn scores(table: &[Standardised], rows: usize, seed: u64) -> Vec<f64> {
    let sample = SAMPLE.min(rows);
    let mut depths = vec![0.0; rows];
    for tree in 0..TREES {
        let mut draw = Draw::of(seed, tree);
        let mut members: Vec<usize> = (0..rows).collect();
        for at in 0..sample {
            members.swap(at, at + draw.below(rows - at));
        }
        members.truncate(sample);
        let tree = Tree::grown(table, members, sample.max(2).next_power_of_two().ilog2(), &mut draw);
        for (row, depth) in depths.iter_mut().enumerate() {
            *depth += tree.depth(table, row) / TREES as f64;
        }
    }
    let usual = usual_depth(sample).max(1.0);
    depths.iter().map(|depth| (-depth / usual).exp2()).collect()
}

enum Tree {
    Cut { column: usize, at: f64, low: Box<Tree>, high: Box<Tree> },
    Leaf { rows: usize },
}

impl Tree {
    fn grown(table: &[Standardised], members: Vec<usize>, levels: u32, draw: &mut Draw) -> Self {
        let leaf = Self::Leaf { rows: members.len() };
        if levels == 0 || members.len() < 2 || table.is_empty() {
            return leaf;
        }
        let Some((column, low, high)) = cuttable(table, &members, draw) else { return leaf };
        let values = &table[column].values;
        let at = low + draw.uniform() * (high - low);
        let (below, above): (Vec<usize>, Vec<usize>) = members.into_iter().partition(|row| values[*row] < at);
        Self::Cut {
            column,
            at,
            low: Box::new(Self::grown(table, below, levels - 1, draw)),
            high: Box::new(Self::grown(table, above, levels - 1, draw)),
        }
    }

    fn depth(&self, table: &[Standardised], row: usize) -> f64 {
        match self {
            Self::Leaf { rows } => usual_depth(*rows),
            Self::Cut { column, at, low, high } => {
                let next = if table[*column].values[row] < *at { low } else { high };
                1.0 + next.depth(table, row)
            }
        }
    }
}

/// A random column in which the rows differ, with its range among them: one in which they agree says nothing about them.
fn cuttable(table: &[Standardised], members: &[usize], draw: &mut Draw) -> Option<(usize, f64, f64)> {
    let mut left: Vec<usize> = (0..table.len()).collect();
    while !left.is_empty() {
        let column = left.swap_remove(draw.below(left.len()));
        let values = members.iter().map(|row| table[column].values[*row]);
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), x| (l.min(x), h.max(x)));
        if low < high {
            return Some((column, low, high));
        }
    }
    None
}

/// Mean depth of an unsuccessful search in a binary tree of so many rows (Preiss 1999).
fn usual_depth(rows: usize) -> f64 {
    match rows {
        0 | 1 => 0.0,
        2 => 1.0,
        n => {
            let n = n as f64;
            2.0 * ((n - 1.0).ln() + 0.577_215_664_9) - 2.0 * (n - 1.0) / n
        }
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): small, and the same everywhere.
struct Draw(u64);

impl Draw {
    /// A stream of its own for every tree: states that lie a step apart would give all trees the same numbers, shifted.
    fn of(seed: u64, tree: u64) -> Self {
        Self(Self(seed ^ Self(tree).next()).next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, limit: usize) -> usize {
        ((self.uniform() * limit as f64) as usize).min(limit.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_depth_is_the_published_one() {
        assert!((usual_depth(256) - 10.2448).abs() < 1e-3, "{}", usual_depth(256));
    }
}
