//! Frames of tables from lines: which lines touch each other, and which cells they leave.
//!
//! The outermost edges of what touches count as lines, drawn or not: many tables are open at their sides.

use std::ops::Range;

use crate::pdf::rules::{Rule, Rules};

/// Lines closer than this are one, and ends closer than this touch, in points.
const TOUCH: f64 = 3.0;
/// More cells than this are a drawing.
const MOST_CELLS: usize = 40_000;
/// More lines than this touching each other are a drawing.
const MOST_LINES: usize = 2_500;

/// The ruled cells of one table.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) xs: Vec<f64>,
    pub(super) ys: Vec<f64>,
    pub(super) areas: Vec<Area>,
}

/// A cell: which of the frame's bands it covers.
#[derive(Debug)]
pub(super) struct Area {
    pub(super) columns: Range<usize>,
    pub(super) rows: Range<usize>,
}

/// All frames of a page with more than one cell.
pub(super) fn frames(rules: &Rules) -> Vec<Frame> {
    if rules.across.len() + rules.down.len() > MOST_LINES {
        return Vec::new();
    }
    groups(rules).into_iter().filter_map(|(across, down)| frame(&across, &down)).collect()
}

/// Lines that touch each other, directly or through others.
fn groups(rules: &Rules) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let count = rules.across.len();
    let mut sets = Sets::of(count + rules.down.len());
    for (a, across) in rules.across.iter().enumerate() {
        let from = rules.down.partition_point(|down| down.at < across.from - TOUCH);
        for (d, down) in rules.down.iter().enumerate().skip(from).take_while(|(_, down)| down.at <= across.to + TOUCH) {
            if (down.from - TOUCH..=down.to + TOUCH).contains(&across.at) {
                sets.join(a, count + d);
            }
        }
    }
    let mut out: Vec<(usize, Vec<Rule>, Vec<Rule>)> = Vec::new();
    for line in 0..count + rules.down.len() {
        let root = sets.root(line);
        let at = out.iter().position(|(other, ..)| *other == root).unwrap_or_else(|| {
            out.push((root, Vec::new(), Vec::new()));
            out.len() - 1
        });
        match line.checked_sub(count) {
            None => out[at].1.push(rules.across[line]),
            Some(down) => out[at].2.push(rules.down[down]),
        }
    }
    out.into_iter().map(|(_, across, down)| (across, down)).collect()
}

fn frame(across: &[Rule], down: &[Rule]) -> Option<Frame> {
    if across.len() < 2 || down.is_empty() {
        return None;
    }
    let xs = edges(down, across);
    let ys = edges(across, down);
    let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    if columns * rows < 2 || columns * rows > MOST_CELLS {
        return None;
    }
    let mut sets = Sets::of(columns * rows);
    let right = walls(down, &xs, &ys);
    let below = walls(across, &ys, &xs);
    for row in 0..rows {
        for column in 0..columns {
            let cell = row * columns + column;
            if column + 1 < columns && !right[(column + 1) * rows + row] {
                sets.join(cell, cell + 1);
            }
            if row + 1 < rows && !below[(row + 1) * columns + column] {
                sets.join(cell, cell + columns);
            }
        }
    }
    Some(Frame { areas: areas(&mut sets, columns, rows), xs, ys })
}

/// Where lines of one direction stand, with the furthest ends of the lines of the other direction.
fn edges(lines: &[Rule], crossing: &[Rule]) -> Vec<f64> {
    let first = crossing.iter().map(|line| line.from).fold(f64::INFINITY, f64::min);
    let last = crossing.iter().map(|line| line.to).fold(f64::NEG_INFINITY, f64::max);
    let mut at: Vec<f64> = lines.iter().map(|line| line.at).chain([first, last]).filter(|x| x.is_finite()).collect();
    at.sort_by(f64::total_cmp);
    at.chunk_by(|a, b| b - a < TOUCH).map(|near| near.iter().sum::<f64>() / near.len() as f64).collect()
}

/// For every edge and every band across it, whether a line stands there: `edge * bands + band`.
fn walls(lines: &[Rule], edges: &[f64], bands: &[f64]) -> Vec<bool> {
    let count = bands.len() - 1;
    let mut out = vec![false; edges.len() * count];
    for line in lines {
        let nearest =
            (0..edges.len()).min_by(|a, b| (edges[*a] - line.at).abs().total_cmp(&(edges[*b] - line.at).abs()));
        let Some(edge) = nearest else { continue };
        for band in 0..count {
            let (from, to) = (bands[band], bands[band + 1]);
            let covered = line.to.min(to) - line.from.max(from);
            if covered > 0.6 * (to - from) {
                out[edge * count + band] = true;
            }
        }
    }
    out
}

/// The columns and rows that a set of cells reaches over, and how many cells it has.
type Counted = (Range<usize>, Range<usize>, usize);

/// Joined cells that make a box; what does not is taken apart again.
fn areas(sets: &mut Sets, columns: usize, rows: usize) -> Vec<Area> {
    let mut boxes: Vec<Option<Counted>> = vec![None; columns * rows];
    for cell in 0..columns * rows {
        let (column, row) = (cell % columns, cell / columns);
        let known = &mut boxes[sets.root(cell)];
        *known = Some(match known.take() {
            None => (column..column + 1, row..row + 1, 1),
            Some((c, r, count)) => {
                (c.start.min(column)..c.end.max(column + 1), r.start.min(row)..r.end.max(row + 1), count + 1)
            }
        });
    }
    let mut out = Vec::new();
    for cell in 0..columns * rows {
        let root = sets.root(cell);
        let Some((c, r, count)) = boxes[root].clone() else { continue };
        if c.len() * r.len() != count {
            out.push(Area { columns: cell % columns..cell % columns + 1, rows: cell / columns..cell / columns + 1 });
        } else if root == cell {
            out.push(Area { columns: c, rows: r });
        }
    }
    out.sort_by_key(|area| (area.rows.start, area.columns.start));
    out
}

/// Things joined into sets.
struct Sets(Vec<usize>);

impl Sets {
    fn of(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut of: usize) -> usize {
        while self.0[of] != of {
            self.0[of] = self.0[self.0[of]];
            of = self.0[of];
        }
        of
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        self.0[high] = low;
    }
}
