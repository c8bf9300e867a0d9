//! Tables that nothing but white space rules: lines below each other whose parts keep to the same columns.

use std::ops::Range;

use signwright_domain::printed::TableSign;

use super::{Cell, Draft, Row, is_number};
use crate::layout::lines::{is_rule, union};
use crate::pdf::words::{self, Token};

/// A gap wider than this parts a line, in font sizes; between two numbers a narrower one does.
const GAP: f64 = 0.9;
const NUMBER_GAP: f64 = 0.55;
/// White space of this width, in font sizes, parts two columns.
const STREAM: f64 = 0.4;
/// How far below the last line the next one may stand: any line, one that keeps to its columns, one without columns.
const NEAR: f64 = 1.8;
const ALIGNED: f64 = 6.0;
const SINGLE: f64 = 1.2;
/// A line of more words than this without a gap is prose.
const PROSE: usize = 12;
/// How many lines without columns may stand between two with them.
const MOST_SINGLE: usize = 3;

/// Lines closer than this, in font sizes, may be one cell.
const CLOSE: f64 = 0.45;
/// A page of fewer lines has no columns of prose.
const PAGE: usize = 12;

struct Line {
    top: f64,
    bottom: f64,
    size: f64,
    parts: Vec<Vec<Token>>,
}

/// All such tables among some words of a page.
pub(super) fn drafts(page: u32, words: Vec<Token>) -> Vec<Draft> {
    let lines = lines(words);
    match gutter(&lines) {
        Some(x) => {
            let words = lines.into_iter().flat_map(|line| line.parts).flatten();
            let (left, right): (Vec<Token>, Vec<Token>) = words.partition(|word| word.bbox[2] <= x);
            [left, right].into_iter().flat_map(|side| of_lines(page, &self::lines(side))).collect()
        }
        None => of_lines(page, &lines),
    }
}

fn of_lines(page: u32, lines: &[Line]) -> Vec<Draft> {
    blocks(lines).into_iter().filter_map(|block| draft(page, &lines[block])).collect()
}

fn lines(words: Vec<Token>) -> Vec<Line> {
    words::lines(words, |word| (word.baseline, word.size)).into_iter().filter_map(line).collect()
}

/// Where the two columns of a page of prose part: hardly a line crosses there, and many fill their side.
fn gutter(lines: &[Line]) -> Option<f64> {
    let words = || lines.iter().flat_map(|line| &line.parts).flatten();
    let left = words().map(|word| word.bbox[0]).fold(f64::INFINITY, f64::min);
    let right = words().map(|word| word.bbox[2]).fold(f64::NEG_INFINITY, f64::max);
    let (width, count) = (right - left, lines.len());
    if count < PAGE || !width.is_finite() {
        return None;
    }
    let crossing = |x: f64| {
        let over = |part: &&Vec<Token>| part[0].bbox[0] < x && part[part.len() - 1].bbox[2] > x;
        lines.iter().flat_map(|line| &line.parts).filter(over).count()
    };
    let x = (30..=70).map(|share| left + width * f64::from(share) / 100.0).min_by_key(|x| crossing(*x))?;
    // The parts that lie on one side and fill most of it with words.
    let filling = |from: f64, to: f64| {
        let fills = |part: &&Vec<Token>| {
            let (start, end) = (part[0].bbox[0], part[part.len() - 1].bbox[2]);
            start >= from - 1.0 && end <= to + 1.0 && end - start > 0.7 * (to - from) && part.len() > 4
        };
        lines.iter().flat_map(|line| &line.parts).filter(fills).count()
    };
    let prose = filling(left, x) + filling(x, right);
    (crossing(x) * 20 <= count && prose * 2 > count).then_some(x)
}

fn line(mut words: Vec<Token>) -> Option<Line> {
    words.retain(|word| !is_rule(&word.text));
    words.sort_by(|a, b| a.bbox[0].total_cmp(&b.bbox[0]));
    let bounds = words.iter().map(|word| word.bbox).reduce(union)?;
    let size = words.iter().map(|word| word.size).fold(1.0, f64::max);
    let mut parts: Vec<Vec<Token>> = Vec::new();
    for word in words {
        match parts.last_mut() {
            Some(part) if !part.last().is_some_and(|last| is_apart(last, &word)) => part.push(word),
            Some(_) | None => parts.push(vec![word]),
        }
    }
    Some(Line { top: bounds[1], bottom: bounds[3], size, parts })
}

fn is_apart(left: &Token, right: &Token) -> bool {
    let gap = (right.bbox[0] - left.bbox[2]) / left.size.max(right.size).max(0.1);
    gap > GAP || (gap > NUMBER_GAP && is_number(&left.text) && is_number(&right.text))
}

/// Runs of lines that may be one table: they begin and end with lines that have parts.
fn blocks(lines: &[Line]) -> Vec<Range<usize>> {
    let (mut out, mut at) = (Vec::new(), 0);
    while at < lines.len() {
        if lines[at].parts.len() < 2 {
            at += 1;
            continue;
        }
        let (start, mut last) = (at, at);
        for next in at + 1..lines.len() {
            if !goes_on(lines, last, next) {
                break;
            }
            if lines[next].parts.len() > 1 {
                last = next;
            }
        }
        let (first, end) = reach(lines, start, last, out.last().map_or(0, |before: &Range<usize>| before.end));
        out.push(first..end);
        at = end;
    }
    out
}

/// A run with the lines of a name of a column above it, and those below it that go on with its last row.
fn reach(lines: &[Line], start: usize, last: usize, free: usize) -> (usize, usize) {
    let bounds = |part: &Vec<Token>| part.iter().map(|word| word.bbox).reduce(union).unwrap_or_default();
    let close = |above: &Line, below: &Line| below.top - above.bottom < CLOSE * below.size;
    let over = |line: &Line| {
        let own = bounds(&line.parts[0]);
        let under = lines[start].parts.iter().map(bounds).filter(|part| part[0] < own[2] && part[2] > own[0]).count();
        let first = bounds(&lines[start].parts[0]);
        line.parts.len() == 1 && line.parts[0].len() <= 4 && under == 1 && own[0] > first[2]
    };
    let mut from = start;
    while from > free && start - from < 3 && over(&lines[from - 1]) && close(&lines[from - 1], &lines[from]) {
        from -= 1;
    }
    let goes_on = |line: &Line| {
        let part = &line.parts[0];
        let small = part[0].text.starts_with(|c: char| c.is_lowercase() || c == '(');
        line.parts.len() == 1
            && small
            && part.len() <= PROSE
            && (part[0].bbox[0] - lines[last].parts[0][0].bbox[0]).abs() < line.size
    };
    let mut end = last + 1;
    while end < lines.len() && end - last < 3 && goes_on(&lines[end]) && close(&lines[end - 1], &lines[end]) {
        end += 1;
    }
    (from, end)
}

fn goes_on(lines: &[Line], last: usize, next: usize) -> bool {
    let (above, line) = (&lines[next - 1], &lines[next]);
    let gap = (line.top - above.bottom) / line.size.max(0.1);
    if line.parts.len() > 1 {
        return gap < NEAR || (gap < ALIGNED && is_aligned(&lines[last], line));
    }
    gap < SINGLE && line.parts[0].len() <= PROSE && next - last <= MOST_SINGLE
}

/// Whether two parts of a line begin, end or have their middle where parts of another do.
fn is_aligned(above: &Line, below: &Line) -> bool {
    let bounds = |part: &Vec<Token>| part.iter().map(|word| word.bbox).reduce(union).unwrap_or_default();
    let near = |a: f64, b: f64| (a - b).abs() < 3.0;
    let others: Vec<[f64; 4]> = above.parts.iter().map(bounds).collect();
    let meets = |part: &&Vec<Token>| {
        let own = bounds(part);
        others.iter().any(|o| near(o[0], own[0]) || near(o[2], own[2]) || near(o[0] + o[2], own[0] + own[2]))
    };
    below.parts.iter().filter(meets).count() >= 2
}

fn draft(page: u32, lines: &[Line]) -> Option<Draft> {
    let edges = edges(lines)?;
    let row = |line: &Line| Row {
        top: line.top,
        bottom: line.bottom,
        cells: merged(line.parts.iter().flat_map(|part| cells(part, &edges)).collect()),
        is_subtotal: false,
    };
    let rows: Vec<Row> = lines.iter().map(row).collect();
    let draft = Draft { page, sign: TableSign::Spaced, edges, rows, header: 0 };
    is_table(&draft).then_some(draft)
}

/// Where the columns part: white space that hardly any line with many parts crosses.
fn edges(lines: &[Line]) -> Option<Vec<f64>> {
    let mut counts: Vec<usize> = lines.iter().map(|line| line.parts.len()).filter(|count| *count > 1).collect();
    counts.sort_unstable();
    let usual = *counts.get(counts.len() * 3 / 4)?;
    let full: Vec<&Line> = lines.iter().filter(|line| line.parts.len() >= (usual * 3 / 5).max(2)).collect();
    let words = || full.iter().flat_map(|line| &line.parts).flatten();
    let left = words().map(|word| word.bbox[0]).fold(f64::INFINITY, f64::min);
    let right = words().map(|word| word.bbox[2]).fold(f64::NEG_INFINITY, f64::max);
    if !(right - left).is_finite() || right - left > 20_000.0 {
        return None;
    }
    let mut covered = vec![0_usize; (right - left).ceil() as usize + 1];
    for part in full.iter().flat_map(|line| &line.parts) {
        let from = (part[0].bbox[0] - left).round() as usize;
        let to = (part[part.len() - 1].bbox[2] - left).round() as usize;
        covered[from..to.max(from + 1)].iter_mut().for_each(|count| *count += 1);
    }
    let most = full.len() / 12;
    let size = full.iter().map(|line| line.size).sum::<f64>() / full.len().max(1) as f64;
    let mut edges = vec![left - 1.0];
    let mut from = None;
    for (x, count) in covered.iter().enumerate() {
        match (*count <= most, from) {
            (true, None) => from = Some(x),
            (false, Some(start)) => {
                if (x - start) as f64 >= (STREAM * size).max(2.0) && start > 0 {
                    edges.push(left + f64::midpoint(start as f64, x as f64));
                }
                from = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    edges.push(right + 1.0);
    begun(&full, &mut edges);
    (edges.len() > 2).then_some(edges)
}

/// Adds a column where most lines have a part that begins at the same place though some long text runs into it.
fn begun(full: &[&Line], edges: &mut Vec<f64>) {
    let mut starts: Vec<f64> = full.iter().flat_map(|line| &line.parts).map(|part| part[0].bbox[0]).collect();
    starts.sort_by(f64::total_cmp);
    for near in starts.chunk_by(|a, b| b - a < 1.5).filter(|near| near.len() * 10 >= full.len() * 7 && near.len() > 3) {
        let x = near[0] - 1.0;
        let at = edges.partition_point(|edge| *edge < x);
        let before = edges[at.saturating_sub(1)];
        let filled = full
            .iter()
            .filter(|line| line.parts.iter().any(|part| part[0].bbox[0] > before && part[0].bbox[0] < x - 3.0));
        if filled.count() * 2 > full.len() {
            edges.insert(at, x);
        }
    }
}

/// Cells that begin in one column are one.
fn merged(cells: Vec<Cell>) -> Vec<Cell> {
    let mut out: Vec<Cell> = Vec::with_capacity(cells.len());
    for cell in cells {
        match out.last_mut().filter(|last| cell.column < last.column + last.columns) {
            Some(last) => {
                last.columns = last.columns.max(cell.column + cell.columns - last.column);
                last.words.extend(cell.words);
            }
            None => out.push(cell),
        }
    }
    out
}

/// A part of a line in its columns: apart where a gap stands between two columns, else over all of them.
fn cells(part: &[Token], edges: &[f64]) -> Vec<Cell> {
    let last = edges.len() - 2;
    let column = |word: &Token| {
        let middle = f64::midpoint(word.bbox[0], word.bbox[2]);
        edges.partition_point(|edge| *edge <= middle).saturating_sub(1).min(last)
    };
    let gap = |pair: &[Token]| (pair[1].bbox[0] - pair[0].bbox[2]) / pair[0].size.max(0.1);
    let numbers = part.iter().all(|word| is_number(&word.text));
    let parts = part.windows(2).all(|pair| column(&pair[0]) == column(&pair[1]) || numbers || gap(pair) > 0.45);
    let cell = |words: &[Token]| {
        let (from, to) = (column(&words[0]), column(&words[words.len() - 1]));
        Cell { column: from, columns: to - from + 1, rows: 1, words: words.to_vec() }
    };
    if parts { part.chunk_by(|a, b| column(a) == column(b)).map(cell).collect() } else { vec![cell(part)] }
}

/// Enough rows with several cells, and more of numbers or short words than of sentences.
fn is_table(draft: &Draft) -> bool {
    let columns = draft.edges.len() - 1;
    let rows = draft.rows.iter().filter(|row| row.cells.len() > 1).count();
    let cells = || draft.rows.iter().flat_map(|row| &row.cells);
    let count = cells().count().max(1) as f64;
    let share = |which: &dyn Fn(&&Cell) -> bool| cells().filter(which).count() as f64 / count;
    let numbers =
        share(&|cell| cell.is_number()) * count / cells().filter(|cell| cell.column > 0).count().max(1) as f64;
    let long = share(&|cell| cell.words.len() > 8);
    let words = cells().map(|cell| cell.words.len()).sum::<usize>() as f64 / count;
    let full = count / (draft.rows.len() * columns) as f64;
    let enough = if columns == 2 { 3 } else { 2 };
    let numeric = numbers >= if columns == 2 { 0.5 } else { 0.3 };
    let wordy = columns >= 3 && rows >= 3 && words <= 4.5 && full >= 0.6;
    rows >= enough && full >= 0.35 && long <= 0.25 && (numeric || wordy)
}
