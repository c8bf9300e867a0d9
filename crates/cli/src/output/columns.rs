//! Tables for people: as wide as they need where that fits the terminal, else with long texts wrapped in their column.
//! Nothing is cut off.

use std::io::IsTerminal;

/// Where no terminal says how wide it is.
const WIDTH: usize = 120;
/// No text is squeezed below this.
const NARROWEST: usize = 16;
const GAP: &str = "  ";

/// Rows under a header; columns named in `right` are right-aligned and never wrapped.
pub(crate) fn table(header: &[&str], rows: &[Vec<String>], right: &[usize]) -> String {
    within(room(), header, rows, right)
}

fn room() -> usize {
    let named = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
    let shown = || std::io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    named.or_else(|| shown().map(|(width, _)| usize::from(width.0))).filter(|width| *width > 0).unwrap_or(WIDTH)
}

fn within(room: usize, header: &[&str], rows: &[Vec<String>], right: &[usize]) -> String {
    let natural = |i: usize| {
        let cells = rows.iter().filter_map(|row| row.get(i)).map(|cell| cell.chars().count());
        cells.chain([header[i].chars().count()]).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..header.len()).map(natural).collect();
    squeeze(&mut widths, header, right, room);
    let head: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
    let rule = widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>().join(GAP);
    let mut lines = render(&head, &widths, right);
    lines.push(rule.trim_end().to_owned());
    lines.extend(rows.iter().flat_map(|row| render(row, &widths, right)));
    lines.join("\n")
}

/// Takes from the widest column of text, one character at a time, until the line fits or nothing more can be taken.
fn squeeze(widths: &mut [usize], header: &[&str], right: &[usize], room: usize) {
    let gaps = GAP.len() * widths.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > room {
        let texts = (0..widths.len()).filter(|i| !right.contains(i));
        let narrowest = |i: &usize| header[*i].chars().count().max(NARROWEST);
        let Some(widest) = texts.filter(|i| widths[*i] > narrowest(i)).max_by_key(|i| widths[*i]) else { return };
        widths[widest] -= 1;
    }
}

/// One row, as many lines as its longest cell needs.
fn render(cells: &[String], widths: &[usize], right: &[usize]) -> Vec<String> {
    let cells: Vec<Vec<String>> = cells.iter().zip(widths).map(|(cell, width)| wrapped(cell, *width)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let line = |at: usize| {
        let parts = cells
            .iter()
            .enumerate()
            .map(|(i, lines)| pad(lines.get(at).map_or("", String::as_str), widths[i], right.contains(&i)));
        parts.collect::<Vec<_>>().join(GAP).trim_end().to_owned()
    };
    (0..height.max(1)).map(line).collect()
}

/// Between words where there are some, within a word that is longer than the column.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    if text.chars().count() <= width {
        return vec![text.to_owned()];
    }
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let mut word: Vec<char> = word.chars().collect();
        if let Some(last) = lines.last_mut().filter(|last| last.chars().count() + 1 + word.len() <= width) {
            last.push(' ');
            last.extend(word);
            continue;
        }
        while word.len() > width {
            lines.push(word.drain(..width).collect());
        }
        lines.push(word.into_iter().collect());
    }
    lines
}

fn pad(text: &str, width: usize, right: bool) -> String {
    let space = " ".repeat(width.saturating_sub(text.chars().count()));
    if right { format!("{space}{text}") } else { format!("{text}{space}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn columns_line_up() {
        let rows = rows(&[&["20431", "$9.50"], &["7", "$11,836.10"]]);
        let expected = "Job          Cost\n-----  ----------\n20431       $9.50\n7      $11,836.10";
        assert_eq!(within(80, &["Job", "Cost"], &rows, &[1]), expected);
    }

    #[test]
    fn a_long_text_is_wrapped_in_its_column_and_nothing_of_it_is_lost() {
        let why = "the parts come to 1,200.00 and the total says 12,000.00; a decimal point may have slipped";
        let text = within(40, &["id", "why", "amount"], &rows(&[&["7", why, "$12.00"]]), &[0, 2]);
        assert!(text.lines().all(|line| line.chars().count() <= 40), "{text}");
        let words: Vec<&str> = text.lines().skip(2).flat_map(str::split_whitespace).collect();
        let kept: Vec<&str> = words.into_iter().filter(|word| !["7", "$12.00"].contains(word)).collect();
        assert_eq!(kept.join(" "), why);
    }

    #[test]
    fn a_word_longer_than_its_column_is_broken() {
        assert_eq!(wrapped("a abcdefghij", 4), ["a", "abcd", "efgh", "ij"]);
    }
}
