//! Pieces out of stock: rectangles from sheets and rolls, lengths from sticks.
//!
//! Sheets and rolls are cut by guillotine into shelves, the way a table saw or a plotter works: shelves across the width,
//! pieces side by side on a shelf, the highest first, each on the first shelf and sheet that has room. A few orders and
//! directions are tried and the best counts. Lengths go, the longest first, onto the first stick that has room. Neither is
//! the optimum, which is hard to find; both are what a careful person does. Everything is in feet.

mod shelves;
mod sticks;

use signwright_domain::build_up::{Cutting, Joined, Placed, StockShape};

/// Rectangles; of lengths the width is zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    pub width: f64,
    pub length: f64,
    pub count: u32,
}

/// What the pieces are cut from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stock {
    Sheet { width: f64, length: f64 },
    Roll { width: f64 },
    Stick { length: f64 },
}

/// How it is cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Saw {
    /// Lost between two pieces.
    pub kerf: f64,
    /// By how much the panels of a piece that is wider than the roll overlap.
    pub overlap: f64,
    /// A rest that measures this much goes back into the rack; `None`: nothing does.
    pub usable_drop: Option<f64>,
    pub may_turn: bool,
}

/// Pieces of one cutting; more are no sign.
pub const MOST_PIECES: u32 = 5_000;
/// More would only blur a drawing.
const DRAWN: usize = 200;
/// What the last digits of a computed length may be off.
const HAIR: f64 = 1e-9;

/// Why nothing can be cut.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum CuttingError {
    #[error("{0} pieces are more than {MOST_PIECES}")]
    TooMany(u64),
    #[error("a size of {0} ft is not above zero")]
    NoSize(f64),
}

/// Cuts the pieces from the stock. Without pieces nothing is bought.
pub fn cut(pieces: &[Piece], stock: Stock, saw: Saw) -> Result<Cutting, CuttingError> {
    check(pieces, stock)?;
    let (pieces, joined) = fitting(pieces, stock, saw);
    let asked: u64 = pieces.iter().map(|piece| u64::from(piece.count)).sum();
    if asked > u64::from(MOST_PIECES) {
        return Err(CuttingError::TooMany(asked));
    }
    let mut cutting = match stock {
        Stock::Sheet { width, length } => {
            let nest = shelves::nest(&pieces, width, length, saw);
            let (count, kept) = (nest.used.len(), nest.kept(width, length, saw));
            let area = width * length;
            of(StockShape::Sheet, [width, length], count, area * count as f64, kept, nest.placed)
        }
        Stock::Roll { width } => {
            let nest = shelves::nest(&pieces, width, f64::INFINITY, saw);
            let used = nest.used.first().map_or(0.0, |used| used.along);
            of(StockShape::Roll, [width, used], nest.used.len(), width * used, 0.0, nest.placed)
        }
        Stock::Stick { length } => {
            let sticks = sticks::cut(&pieces, length, saw.kerf);
            let (count, kept) = (sticks.used.len(), kept(&sticks.used, length, saw));
            of(StockShape::Stick, [0.0, length], count, length * count as f64, kept, sticks.placed)
        }
    };
    cutting.joined = joined;
    cutting.placed.truncate(DRAWN);
    Ok(cutting)
}

fn of(shape: StockShape, size: [f64; 2], count: usize, bought: f64, kept: f64, placed: Vec<Placed>) -> Cutting {
    let [width, length] = size;
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    Cutting { shape, width, length, count, bought, kept, joined: Vec::new(), placed }
}

/// Length of the rests of sticks that go back into the rack.
fn kept(used: &[f64], length: f64, saw: Saw) -> f64 {
    let Some(usable) = saw.usable_drop else { return 0.0 };
    let rests = used.iter().map(|used| length - used - saw.kerf);
    rests.filter(|rest| *rest > 0.0 && *rest >= usable - HAIR).sum()
}

fn check(pieces: &[Piece], stock: Stock) -> Result<(), CuttingError> {
    let (sizes, flat) = match stock {
        Stock::Sheet { width, length } => (vec![width, length], true),
        Stock::Roll { width } => (vec![width], true),
        Stock::Stick { length } => (vec![length], false),
    };
    let wanted = pieces.iter().filter(|piece| piece.count > 0);
    let of_pieces = wanted.flat_map(|piece| if flat { vec![piece.width, piece.length] } else { vec![piece.length] });
    match sizes.into_iter().chain(of_pieces).find(|size| !size.is_finite() || *size <= 0.0) {
        Some(size) => Err(CuttingError::NoSize(size)),
        None => Ok(()),
    }
}

/// Pieces that fit: those that are too large are made of equal parts (of a stick: of whole sticks and a rest).
fn fitting(pieces: &[Piece], stock: Stock, saw: Saw) -> (Vec<Piece>, Vec<Joined>) {
    let mut fit = Vec::new();
    let mut joined = Vec::new();
    for piece in pieces.iter().filter(|piece| piece.count > 0) {
        let made = match stock {
            Stock::Sheet { width, length } => panels(*piece, width, length, saw),
            Stock::Roll { width } => panels(*piece, width, f64::INFINITY, saw),
            Stock::Stick { length } => sticks::spliced(*piece, length),
        };
        let parts = made.iter().map(|part| part.count / piece.count).sum();
        if parts > 1 {
            joined.push(Joined { width: piece.width, length: piece.length, parts });
        }
        fit.extend(made);
    }
    (fit, joined)
}

/// Equal parts, in the direction that needs fewer of them.
fn panels(piece: Piece, width: f64, length: f64, saw: Saw) -> Vec<Piece> {
    let across = |size: f64, room: f64| {
        let overlap = saw.overlap.min(room / 2.0);
        if size <= room + HAIR { 1.0 } else { ((size - overlap) / (room - overlap) - HAIR).ceil() }
    };
    let upright = (across(piece.width, width), across(piece.length, length));
    let turned = (across(piece.width, length), across(piece.length, width));
    let fewer = saw.may_turn && turned.0 * turned.1 < upright.0 * upright.1;
    let (by_width, by_length) = if fewer { turned } else { upright };
    let part = |size: f64, parts: f64| if parts > 1.0 { (size + (parts - 1.0) * saw.overlap) / parts } else { size };
    vec![Piece {
        width: part(piece.width, by_width),
        length: part(piece.length, by_length),
        count: (f64::from(piece.count) * by_width * by_length).min(f64::from(u32::MAX)) as u32,
    }]
}

#[cfg(test)]
mod tests;
