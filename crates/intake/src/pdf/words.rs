//! Glyphs merged to words by the gaps between them, and words brought into reading order.
//!
//! Glyphs are first joined in the order in which they are drawn, then neighbours on the same line are joined where a
//! word was drawn in pieces. A drawn blank always ends a word.

use hayro_interpret::kurbo::{Point, Vec2};

use super::glyphs::Placed;

/// A gap that ends a word and one that still joins pieces of a word, in font sizes.
const WORD_GAP: f64 = 0.17;
const PIECE_GAP: f64 = 0.08;
/// A gap that ends a word after a colon: a label and its value are often set close.
const COLON_GAP: f64 = 0.1;
/// A gap that ends a word whose letters stood close until now: two cells of a table without a margin.
const SUDDEN_GAP: f64 = 0.12;
const CLOSE: f64 = 0.03;

/// One word of one page, as displayed.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) text: String,
    /// Left, top, right, bottom.
    pub(crate) bbox: [f64; 4],
    /// The baseline's distance from the top of the page; only for level words.
    pub(crate) baseline: f64,
    /// Height of the font.
    pub(crate) size: f64,
    /// Whether it is written from left to right.
    pub(crate) level: bool,
}

/// The words of one page: level ones from top to bottom and left to right, then the turned ones as drawn.
pub(super) fn from_glyphs(glyphs: &[Placed]) -> Vec<Token> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut blank = false;
    for glyph in glyphs {
        if glyph.text.trim().is_empty() {
            blank = true;
            continue;
        }
        let after_blank = std::mem::take(&mut blank) || glyph.text.starts_with(' ');
        match pieces.last_mut() {
            Some(piece) if !after_blank && piece.continues(glyph) => piece.extend(glyph),
            Some(piece) => {
                piece.closed_right |= after_blank;
                pieces.push(Piece::start(glyph, after_blank));
            }
            None => pieces.push(Piece::start(glyph, after_blank)),
        }
    }
    arranged(pieces)
}

/// A word, or a part of one, while it grows.
struct Piece {
    text: String,
    from: Point,
    to: Point,
    up: Vec2,
    closed_left: bool,
    closed_right: bool,
    /// How many glyphs it has, and the widest gap between two of them.
    glyphs: usize,
    widest: f64,
}

impl Piece {
    fn start(glyph: &Placed, closed_left: bool) -> Self {
        let text = glyph.text.trim().to_owned();
        Self {
            text,
            from: glyph.from,
            to: glyph.to,
            up: glyph.up,
            closed_left,
            closed_right: false,
            glyphs: 1,
            widest: 0.0,
        }
    }

    fn size(&self) -> f64 {
        self.up.hypot()
    }

    /// The direction of writing, from the letters' upright: to its right.
    fn along(&self) -> Vec2 {
        let up = self.up / self.size().max(f64::MIN_POSITIVE);
        Vec2::new(-up.y, up.x)
    }

    fn is_level(&self) -> bool {
        self.along().x > 0.99
    }

    fn continues(&self, glyph: &Placed) -> bool {
        let max_gap = if self.text.ends_with(':') { COLON_GAP } else { WORD_GAP };
        let size = self.size();
        let step = glyph.from - self.to;
        let (gap, rise) = (step.dot(self.along()), step.cross(self.along()));
        let same_font = (glyph.up - self.up).hypot() < 0.2 * size;
        let sudden = self.glyphs > 2 && self.widest < CLOSE * size && gap > SUDDEN_GAP * size;
        same_font && rise.abs() < 0.1 * size && gap < max_gap * size && gap > -0.5 * size && !sudden
    }

    fn extend(&mut self, glyph: &Placed) {
        self.text.push_str(glyph.text.trim_end());
        self.closed_right |= glyph.text.ends_with(' ');
        self.widest = self.widest.max((glyph.from - self.to).dot(self.along()));
        self.glyphs += 1;
        self.to = glyph.to;
    }

    fn joins(&self, next: &Piece) -> bool {
        let size = self.size();
        let gap = next.from.x - self.to.x;
        !self.closed_right
            && !next.closed_left
            && (next.size() - size).abs() < 0.2 * size
            && (next.from.y - self.from.y).abs() < 0.1 * size
            && gap.abs() < PIECE_GAP * size
    }

    fn absorb(&mut self, next: Piece) {
        self.text.push_str(&next.text);
        self.to = next.to;
        self.closed_right = next.closed_right;
        self.glyphs += next.glyphs;
        self.widest = self.widest.max(next.widest);
    }

    fn token(self) -> Token {
        let (rise, fall) = (self.up * 0.75, self.up * -0.22);
        let corners = [self.from + rise, self.from + fall, self.to + rise, self.to + fall];
        let min = |f: fn(&Point) -> f64| corners.iter().map(f).fold(f64::INFINITY, f64::min);
        let max = |f: fn(&Point) -> f64| corners.iter().map(f).fold(f64::NEG_INFINITY, f64::max);
        let bbox = [min(|p| p.x), min(|p| p.y), max(|p| p.x), max(|p| p.y)].map(hundredths);
        Token { bbox, baseline: self.from.y, size: self.size(), level: self.is_level(), text: self.text }
    }
}

fn hundredths(x: f64) -> f64 {
    (x * 100.0).round() / 100.0
}

fn arranged(pieces: Vec<Piece>) -> Vec<Token> {
    let (level, turned): (Vec<Piece>, Vec<Piece>) = pieces.into_iter().partition(Piece::is_level);
    let mut out: Vec<Token> = Vec::with_capacity(level.len() + turned.len());
    for line in lines(level, |piece| (piece.from.y, piece.size())) {
        out.extend(joined(line).into_iter().map(Piece::token));
    }
    out.extend(turned.into_iter().map(Piece::token));
    out
}

/// One line's pieces from left to right, those of one word joined.
fn joined(mut line: Vec<Piece>) -> Vec<Piece> {
    line.sort_by(|a, b| a.from.x.total_cmp(&b.from.x));
    let mut out: Vec<Piece> = Vec::with_capacity(line.len());
    for piece in line {
        match out.last_mut() {
            Some(last) if last.joins(&piece) => last.absorb(piece),
            Some(_) | None => out.push(piece),
        }
    }
    out
}

/// Groups what stands on one baseline, top to bottom; `place` gives baseline and font size.
pub(crate) fn lines<T>(mut items: Vec<T>, place: impl Fn(&T) -> (f64, f64)) -> Vec<Vec<T>> {
    items.sort_by(|a, b| place(a).0.total_cmp(&place(b).0));
    let mut out: Vec<Vec<T>> = Vec::new();
    let mut last = (f64::NEG_INFINITY, 0.0);
    for item in items {
        let (baseline, size) = place(&item);
        let same = baseline - last.0 < 0.35 * f64::min(size, last.1);
        match out.last_mut() {
            Some(line) if same => line.push(item),
            Some(_) | None => {
                last = (baseline, size);
                out.push(vec![item]);
            }
        }
    }
    out
}
