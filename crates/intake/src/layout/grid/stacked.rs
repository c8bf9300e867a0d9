//! Words put into a frame's cells. Where only columns are ruled and the rows of a band are not, the numbers that stand
//! above each other in it tell its rows.

use signwright_domain::printed::TableSign;

use super::ruled::Frame;
use super::{Cell, Draft, Row, in_order, is_number};
use crate::pdf::words::{self, Token};

/// White space higher than this, in font sizes, parts rows.
const PARTED: f64 = 0.8;

/// A frame around more words than this is a page, not a cell.
const FULLEST: usize = 1_000;

/// The table in a frame; `None` where its words make none. Marks the words it takes.
pub(super) fn filled(page: u32, frame: &Frame, words: &[Token], free: &mut [bool]) -> Option<Draft> {
    let inside = |word: &Token| {
        let (x, y) = middle(word);
        let (first, last) = (frame.xs.first()?, frame.xs.last()?);
        let (top, bottom) = (frame.ys.first()?, frame.ys.last()?);
        let holds = (*first..*last).contains(&x) && (*top..*bottom).contains(&y);
        holds.then(|| (band(&frame.xs, x), band(&frame.ys, y)))
    };
    let (columns, bands) = (frame.xs.len() - 1, frame.ys.len() - 1);
    let mut owner = vec![usize::MAX; columns * bands];
    for (number, area) in frame.areas.iter().enumerate() {
        for row in area.rows.clone() {
            area.columns.clone().for_each(|column| owner[row * columns + column] = number);
        }
    }
    let mut held: Vec<Vec<Token>> = vec![Vec::new(); frame.areas.len()];
    let mut taken = Vec::new();
    for (number, word) in words.iter().enumerate().filter(|(number, _)| free[*number]) {
        if let Some((column, row)) = inside(word)
            && let Some(cell) = held.get_mut(owner[row * columns + column])
        {
            cell.push(word.clone());
            taken.push(number);
        }
    }
    if held.iter().any(|words| words.len() > FULLEST) {
        return None;
    }
    let draft = draft(page, frame, held)?;
    taken.into_iter().for_each(|number| free[number] = false);
    Some(draft)
}

fn middle(word: &Token) -> (f64, f64) {
    (f64::midpoint(word.bbox[0], word.bbox[2]), f64::midpoint(word.bbox[1], word.bbox[3]))
}

fn band(edges: &[f64], x: f64) -> usize {
    edges.partition_point(|edge| *edge <= x).saturating_sub(1).min(edges.len() - 2)
}

fn draft(page: u32, frame: &Frame, held: Vec<Vec<Token>>) -> Option<Draft> {
    let bands = frame.ys.len() - 1;
    let mut rows: Vec<Row> =
        (0..bands).map(|row| Row { top: frame.ys[row], bottom: frame.ys[row + 1], ..Row::default() }).collect();
    for (area, words) in frame.areas.iter().zip(held).filter(|(_, words)| !words.is_empty()) {
        let words = in_order(words);
        let (column, columns) = (area.columns.start, area.columns.len());
        rows[area.rows.start].cells.push(Cell { column, columns, rows: area.rows.len(), words });
    }
    let mut draft = Draft { page, sign: TableSign::Ruled, edges: frame.xs.clone(), rows, header: 0 };
    draft.rows = draft.rows.into_iter().flat_map(parted).flat_map(apart).collect();
    without_gaps(&mut draft);
    let cells = draft.rows.iter().map(|row| row.cells.len()).sum::<usize>();
    let beside = draft.rows.iter().filter(|row| row.cells.len() > 1).count();
    (draft.edges.len() > 2 && draft.rows.len() > 1 && beside > 0 && cells >= 4 && !is_drawing(&draft)).then_some(draft)
}

/// A chart has many cells and hardly a word in them.
fn is_drawing(draft: &Draft) -> bool {
    let all = draft.rows.len() * (draft.edges.len() - 1);
    let covered: usize = draft.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.columns * cell.rows).sum();
    all > 20 && covered * 8 < all
}

/// Rows of one band, where white space runs through all of it and more than one column has words above and below.
fn parted(row: Row) -> Vec<Row> {
    if row.cells.len() < 2 || row.cells.iter().any(|cell| cell.rows > 1 || cell.words.iter().any(|word| !word.level)) {
        return vec![row];
    }
    let mut spans: Vec<(f64, f64, f64)> =
        row.cells.iter().flat_map(|cell| &cell.words).map(|word| (word.bbox[1], word.bbox[3], word.size)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut cuts, mut bottom) = (Vec::new(), f64::NEG_INFINITY);
    for (top, end, size) in spans {
        if bottom.is_finite() && top - bottom > PARTED * size {
            cuts.push(f64::midpoint(top, bottom));
        }
        bottom = bottom.max(end);
    }
    let both = |cut: &f64| {
        let has = |cell: &&Cell| {
            cell.words.iter().any(|word| word.bbox[3] < *cut) && cell.words.iter().any(|word| word.bbox[1] > *cut)
        };
        row.cells.iter().filter(has).count() > 1
    };
    cuts.retain(both);
    let mut out: Vec<Row> = Vec::new();
    let mut top = row.top;
    for bottom in cuts.into_iter().chain([row.bottom]) {
        let within = |word: &&Token| (top..bottom).contains(&middle(word).1);
        let cell = |cell: &Cell| {
            let words: Vec<Token> = cell.words.iter().filter(within).cloned().collect();
            (!words.is_empty()).then_some(Cell { words, column: cell.column, columns: cell.columns, rows: 1 })
        };
        out.push(Row { top, bottom, cells: row.cells.iter().filter_map(cell).collect(), is_subtotal: false });
        top = bottom;
    }
    out
}

/// Rows of one band, where two columns of it or a long one hold nothing but numbers above each other.
fn apart(row: Row) -> Vec<Row> {
    if row.cells.iter().any(|cell| cell.rows > 1) {
        return vec![row];
    }
    let lines = |cell: &Cell| words::lines(cell.words.clone(), |word| (word.baseline, word.size));
    let numbers = |cell: &Cell| -> Option<Vec<f64>> {
        let lines = lines(cell);
        let plain = |line: &Vec<Token>| is_number(&line.iter().map(|word| word.text.as_str()).collect::<String>());
        let level = cell.words.iter().all(|word| word.level);
        (lines.len() > 1 && level && lines.iter().all(plain))
            .then(|| lines.iter().map(|line| line[0].baseline).collect())
    };
    let stacks: Vec<Vec<f64>> = row.cells.iter().filter_map(numbers).collect();
    let Some(longest) = stacks.iter().max_by_key(|stack| stack.len()) else { return vec![row] };
    let same = stacks.iter().filter(|stack| stack.iter().all(|y| longest.iter().any(|other| (y - other).abs() < 2.0)));
    if same.count() < 2 && longest.len() < 3 {
        return vec![row];
    }
    let height = row.cells.iter().flat_map(|cell| &cell.words).map(|word| word.size).fold(1.0, f64::max);
    let mut out: Vec<Row> =
        longest.iter().map(|y| Row { top: y - 0.75 * height, bottom: y + 0.22 * height, ..Row::default() }).collect();
    for cell in row.cells {
        for word in cell.words {
            // What stands between two rows goes on with the upper one.
            let at = longest.iter().rposition(|y| *y <= word.baseline + 0.3 * word.size).unwrap_or(0);
            match out[at].cells.last_mut().filter(|last| last.column == cell.column) {
                Some(last) => last.words.push(word),
                None => {
                    out[at].cells.push(Cell { column: cell.column, columns: cell.columns, rows: 1, words: vec![word] })
                }
            }
        }
    }
    out
}

/// Leaves out rows and columns in which no cell begins: borders drawn twice, and gaps between boxes.
fn without_gaps(draft: &mut Draft) {
    let count = draft.edges.len() - 1;
    let used: Vec<bool> = (0..count)
        .map(|column| draft.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.column == column))
        .collect();
    let before: Vec<usize> = (0..=count).map(|column| used[..column].iter().filter(|used| **used).count()).collect();
    let kept: Vec<bool> = draft.rows.iter().map(|row| !row.cells.is_empty()).collect();
    for (number, row) in draft.rows.iter_mut().enumerate() {
        for cell in &mut row.cells {
            let end = (cell.column + cell.columns).min(count);
            cell.columns = (before[end] - before[cell.column]).max(1);
            cell.column = before[cell.column];
            let rows = kept.iter().skip(number).take(cell.rows).filter(|kept| **kept).count();
            cell.rows = rows.max(1);
        }
    }
    draft.rows.retain(|row| !row.cells.is_empty());
    let last = draft.edges[count];
    let edges = (0..count).filter(|column| used[*column]).map(|column| draft.edges[column]).chain([last]).collect();
    draft.edges = edges;
}
