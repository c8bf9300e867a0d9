//! Rectangles on shelves across a sheet or a roll.

use signwright_domain::build_up::Placed;

use super::{HAIR, Piece, Saw};

/// Where the pieces lie, and how far each sheet is used across its width and along its length.
pub(super) struct Nest {
    pub(super) used: Vec<Used>,
    pub(super) placed: Vec<Placed>,
}

#[derive(Clone, Copy)]
pub(super) struct Used {
    pub(super) across: f64,
    pub(super) along: f64,
}

impl Nest {
    /// Square feet that go back into the rack: what is left at the end of a sheet, beside what was cut, or both, where it is
    /// long enough. Nothing of a roll does.
    pub(super) fn kept(&self, width: f64, length: f64, saw: Saw) -> f64 {
        let Some(usable) = saw.usable_drop.filter(|_| length.is_finite()) else { return 0.0 };
        let rest = |size: f64, used: f64| (size - used - saw.kerf).max(0.0);
        let is_usable = |rest: f64| rest > 0.0 && rest >= usable - HAIR;
        let of = |used: &Used| {
            let (beside, behind) = (rest(width, used.across), rest(length, used.along));
            match (is_usable(beside), is_usable(behind)) {
                (true, true) => beside * length + behind * (width - beside),
                (true, false) => beside * length,
                (false, true) => behind * width,
                (false, false) => 0.0,
            }
        };
        self.used.iter().map(of).sum()
    }
}

/// A piece as it lies: `across` the width of the sheet, `along` its length.
#[derive(Clone, Copy)]
struct Lying {
    across: f64,
    along: f64,
}

/// Which way pieces that may be turned are laid.
#[derive(Clone, Copy)]
enum Way {
    AsGiven,
    /// The longer side across the sheet, so that shelves are low.
    Flat,
    /// The longer side along the sheet, so that many stand side by side.
    Upright,
}

/// The best of all ways and orders: fewest sheets, then least that is charged, then least of their length. Every piece fits
/// in one direction.
pub(super) fn nest(pieces: &[Piece], width: f64, length: f64, saw: Saw) -> Nest {
    let ways: &[Way] = if saw.may_turn { &[Way::AsGiven, Way::Flat, Way::Upright] } else { &[Way::AsGiven] };
    let orders: [fn(&Lying) -> f64; 2] = [|piece| piece.along, |piece| piece.across];
    let mut best: Option<Nest> = None;
    for way in ways {
        for order in orders {
            let mut lying = laid(pieces, *way, width, length, saw.may_turn);
            lying.sort_by(|a, b| order(b).total_cmp(&order(a)).then(b.along.total_cmp(&a.along)));
            let nest = shelve(&lying, width, length, saw.kerf);
            let costs = |nest: &Nest| costs(nest, width, length, saw);
            if best.as_ref().is_none_or(|best| costs(&nest) < costs(best)) {
                best = Some(nest);
            }
        }
    }
    best.unwrap_or(Nest { used: Vec::new(), placed: Vec::new() })
}

fn costs(nest: &Nest, width: f64, length: f64, saw: Saw) -> (usize, f64, f64) {
    (nest.used.len(), -nest.kept(width, length, saw), nest.used.iter().map(|used| used.along).sum())
}

fn laid(pieces: &[Piece], way: Way, width: f64, length: f64, may_turn: bool) -> Vec<Lying> {
    let lay = |piece: &Piece| {
        let given = Lying { across: piece.width, along: piece.length };
        let turned = Lying { across: piece.length, along: piece.width };
        let fits = |lying: &Lying| lying.across <= width + HAIR && lying.along <= length + HAIR;
        let turn = match way {
            Way::AsGiven => false,
            Way::Flat => piece.length > piece.width,
            Way::Upright => piece.width > piece.length,
        };
        let (first, second) = if turn { (turned, given) } else { (given, turned) };
        if fits(&first) || !may_turn { first } else { second }
    };
    pieces.iter().flat_map(|piece| std::iter::repeat_n(lay(piece), piece.count as usize)).collect()
}

struct Shelf {
    sheet: usize,
    y: f64,
    height: f64,
    /// Where the next piece begins.
    x: f64,
}

fn shelve(pieces: &[Lying], width: f64, length: f64, kerf: f64) -> Nest {
    let mut shelves: Vec<Shelf> = Vec::new();
    let mut used: Vec<Used> = Vec::new();
    let mut placed = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let room = |shelf: &Shelf| shelf.x + piece.across <= width + HAIR && piece.along <= shelf.height + HAIR;
        let on = shelves.iter().position(room).unwrap_or_else(|| {
            shelves.push(opened(&mut used, piece.along, length, kerf));
            shelves.len() - 1
        });
        let shelf = &mut shelves[on];
        let sheet = u32::try_from(shelf.sheet).unwrap_or(u32::MAX);
        placed.push(Placed { on: sheet, x: shelf.x, y: shelf.y, width: piece.across, length: piece.along });
        used[shelf.sheet].across = used[shelf.sheet].across.max(shelf.x + piece.across);
        shelf.x += piece.across + kerf;
    }
    Nest { used, placed }
}

/// A further shelf on the first sheet that has room for it, or on another sheet.
fn opened(used: &mut Vec<Used>, height: f64, length: f64, kerf: f64) -> Shelf {
    let sheet = used.iter().position(|used| used.along + kerf + height <= length + HAIR).unwrap_or_else(|| {
        used.push(Used { across: 0.0, along: 0.0 });
        used.len() - 1
    });
    let y = if used[sheet].along > 0.0 { used[sheet].along + kerf } else { 0.0 };
    used[sheet].along = y + height;
    Shelf { sheet, y, height, x: 0.0 }
}
