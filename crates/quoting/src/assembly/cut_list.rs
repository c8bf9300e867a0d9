//! The pieces of a part, and the size of stock that serves them best.

use std::cmp::Ordering;

use signwright_domain::assembly::AssemblyProblem;
use signwright_domain::build_up::{Cutting, StockShape};
use signwright_domain::unit::Dimension;

use super::build::number;
use super::problem::{about, problem};
use super::values::Known;
use super::{CutPiece, Written};
use crate::cutting::{self, Piece, Saw, Stock};

/// What is cut, in square feet, or in feet of sticks.
pub(super) struct Cut<'p> {
    pub(super) net: f64,
    pub(super) charged: f64,
    pub(super) cutting: Cutting,
    /// The pieces in words: "faces of width x height".
    pub(super) formula: String,
    pub(super) written: Vec<&'p Written>,
}

/// Cuts the pieces of so many signs from each size; of those with the fewest joints the one that is charged least, the first
/// of equals, is taken.
pub(super) fn cut<'p>(
    place: &str,
    sizes: &[Stock],
    saw: Saw,
    pieces: &'p [CutPiece],
    times: u32,
    known: &Known,
) -> Result<Cut<'p>, Box<AssemblyProblem>> {
    let wanted = pieces.iter().map(|piece| sized(piece, times, known)).collect::<Result<Vec<_>, _>>()?;
    let mut best: Option<Cutting> = None;
    for stock in sizes {
        let cut = cutting::cut(&wanted, *stock, saw).map_err(|error| Box::new(problem(place, error.to_string())))?;
        if best.as_ref().is_none_or(|best| is_better(&cut, best)) {
            best = Some(cut);
        }
    }
    let cutting = best.ok_or_else(|| Box::new(problem(place, "stock without a size")))?;
    let flat = cutting.shape != StockShape::Stick;
    let of = |piece: &Piece| piece.length * if flat { piece.width } else { 1.0 } * f64::from(piece.count);
    Ok(Cut {
        net: wanted.iter().map(of).sum(),
        charged: charged(&cutting),
        cutting,
        formula: pieces.iter().map(said).collect::<Vec<_>>().join(" + "),
        written: pieces
            .iter()
            .flat_map(|piece| [piece.count.as_ref(), piece.width.as_ref(), Some(&piece.length)])
            .flatten()
            .collect(),
    })
}

/// Nobody joins a face to save on its sheet: fewer joints first, then less to pay.
fn is_better(cutting: &Cutting, than: &Cutting) -> bool {
    let joints = |cutting: &Cutting| -> u32 { cutting.joined.iter().map(|joined| joined.parts - 1).sum() };
    match joints(cutting).cmp(&joints(than)) {
        Ordering::Less => true,
        Ordering::Equal => charged(cutting) < charged(than) - 1e-9,
        Ordering::Greater => false,
    }
}

fn charged(cutting: &Cutting) -> f64 {
    cutting.bought - cutting.kept
}

fn said(piece: &CutPiece) -> String {
    let count = piece.count.as_ref().map_or("1", |count| count.text.as_str());
    match &piece.width {
        Some(width) => format!("{count} of {} x {}", width.text, piece.length.text),
        None => format!("{count} of {}", piece.length.text),
    }
}

fn sized(piece: &CutPiece, times: u32, known: &Known) -> Result<Piece, Box<AssemblyProblem>> {
    let count = match &piece.count {
        None => 1.0,
        Some(written) => {
            let count = number(written, known)?;
            if (count - count.round()).abs() > 1e-6 || count > 1e6 {
                return Err(Box::new(about(written, format!("{count} is no number of pieces"), known)));
            }
            count.round()
        }
    };
    Ok(Piece {
        width: piece.width.as_ref().map_or(Ok(0.0), |width| number(width, known))?,
        length: number(&piece.length, known)?,
        count: (count as u32).saturating_mul(times),
    })
}

/// By what square feet (or feet) become what the price counts, and of what dimension that is. Sheets and sticks of one
/// size may be priced by the piece, a roll by the foot of its length.
pub(super) fn counted_in(
    cutting: &Cutting,
    price: Option<Dimension>,
    sizes: usize,
) -> Result<(f64, Option<Dimension>), String> {
    let own = if cutting.shape == StockShape::Stick { Dimension::LENGTH } else { Dimension::AREA };
    match (price, cutting.shape) {
        (Some(dimension), StockShape::Roll) if dimension == Dimension::LENGTH => {
            Ok((cutting.width, Some(Dimension::LENGTH)))
        }
        (Some(Dimension::PLAIN), StockShape::Roll) => {
            Err("a roll is priced by its area or by the foot, not by the piece".to_owned())
        }
        (Some(Dimension::PLAIN), _) if sizes > 1 => {
            Err("stock of several sizes is priced by its area or length, not by the piece".to_owned())
        }
        (Some(Dimension::PLAIN), StockShape::Sheet) => Ok((cutting.width * cutting.length, Some(Dimension::PLAIN))),
        (Some(Dimension::PLAIN), StockShape::Stick) => Ok((cutting.length, Some(Dimension::PLAIN))),
        _ => Ok((1.0, Some(own))),
    }
}
