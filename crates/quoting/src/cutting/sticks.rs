//! Lengths from sticks, the longest first onto the first stick that has room.

use signwright_domain::build_up::Placed;

use super::{HAIR, Piece};

/// Where the lengths lie, and how far each stick is used.
pub(super) struct Sticks {
    pub(super) used: Vec<f64>,
    pub(super) placed: Vec<Placed>,
}

/// Every piece fits on a stick.
pub(super) fn cut(pieces: &[Piece], length: f64, kerf: f64) -> Sticks {
    let each = |piece: &Piece| std::iter::repeat_n(piece.length, piece.count as usize);
    let mut lengths: Vec<f64> = pieces.iter().flat_map(each).collect();
    lengths.sort_by(|a, b| b.total_cmp(a));
    let mut used: Vec<f64> = Vec::new();
    let mut placed = Vec::with_capacity(lengths.len());
    for piece in lengths {
        let on = used.iter().position(|used| used + kerf + piece <= length + HAIR).unwrap_or_else(|| {
            used.push(0.0);
            used.len() - 1
        });
        let y = if used[on] > 0.0 { used[on] + kerf } else { 0.0 };
        let stick = u32::try_from(on).unwrap_or(u32::MAX);
        placed.push(Placed { on: stick, x: 0.0, y, width: 0.0, length: piece });
        used[on] = y + piece;
    }
    Sticks { used, placed }
}

/// A length longer than the stick is made of whole sticks and a rest.
pub(super) fn spliced(piece: Piece, length: f64) -> Vec<Piece> {
    let whole = ((piece.length + HAIR) / length).floor();
    let rest = piece.length - whole * length;
    let of = |length: f64, times: f64| {
        let count = (f64::from(piece.count) * times).min(f64::from(u32::MAX)) as u32;
        Piece { width: 0.0, length, count }
    };
    let mut made = Vec::new();
    if whole > 0.0 {
        made.push(of(length, whole));
    }
    if rest > HAIR {
        made.push(of(rest, 1.0));
    }
    made
}
