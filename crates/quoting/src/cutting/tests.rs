use proptest::prelude::*;

use super::*;

const SAW: Saw = Saw { kerf: 0.0, overlap: 0.0, usable_drop: None, may_turn: true };
const FOUR_BY_TEN: Stock = Stock::Sheet { width: 4.0, length: 10.0 };

fn piece(width: f64, length: f64, count: u32) -> Piece {
    Piece { width, length, count }
}

#[test]
fn sheets_are_filled_shelf_by_shelf() {
    let check = |pieces: &[Piece], saw: Saw, count: u32, kept: f64| {
        let cutting = cut(pieces, FOUR_BY_TEN, saw).expect("a cutting");
        assert_eq!((cutting.count, cutting.kept), (count, kept), "{pieces:?}");
    };
    check(&[piece(4.0, 10.0, 3)], SAW, 3, 0.0);
    check(&[piece(2.0, 5.0, 4)], SAW, 1, 0.0);
    check(&[piece(2.0, 5.0, 4)], Saw { kerf: 0.02, ..SAW }, 4, 0.0);
    // Two a sheet; two feet of its length are left on each, over its whole width.
    check(&[piece(4.0, 4.0, 4)], Saw { usable_drop: Some(2.0), ..SAW }, 2, 2.0 * 2.0 * 4.0);
    check(&[piece(4.0, 4.0, 4)], Saw { usable_drop: Some(2.5), ..SAW }, 2, 0.0);
    check(&[piece(10.0, 4.0, 1)], SAW, 1, 0.0);
    // A strip leaves three feet beside it, and two behind it.
    check(&[piece(1.0, 9.0, 1)], Saw { usable_drop: Some(2.0), ..SAW }, 1, 3.0 * 10.0);
    check(&[piece(1.0, 8.0, 1)], Saw { usable_drop: Some(2.0), ..SAW }, 1, 3.0 * 10.0 + 2.0 * 1.0);
    check(&[piece(3.0, 8.0, 1)], Saw { usable_drop: Some(1.5), ..SAW }, 1, 2.0 * 4.0);
    check(&[piece(3.0, 6.0, 1), piece(4.0, 4.0, 1), piece(1.0, 6.0, 1)], SAW, 1, 0.0);
    check(&[], SAW, 0, 0.0);
}

#[test]
fn a_direction_is_kept_where_it_matters() {
    let saw = Saw { may_turn: false, ..SAW };
    let cutting = cut(&[piece(10.0, 4.0, 1)], FOUR_BY_TEN, saw).expect("a cutting");
    assert_eq!(cutting.joined, [Joined { width: 10.0, length: 4.0, parts: 3 }]);
    assert_eq!(cutting.count, 2);
}

#[test]
fn what_is_larger_than_the_stock_is_joined_of_equal_parts() {
    let cutting = cut(&[piece(12.0, 9.0, 2)], FOUR_BY_TEN, SAW).expect("a cutting");
    assert_eq!(cutting.joined, [Joined { width: 12.0, length: 9.0, parts: 3 }]);
    assert_eq!((cutting.count, cutting.bought), (6, 240.0));
    let roll = Stock::Roll { width: 4.0 };
    let saw = Saw { overlap: 0.5, ..SAW };
    let cutting = cut(&[piece(7.5, 6.0, 1)], roll, saw).expect("a cutting");
    assert_eq!(cutting.joined, [Joined { width: 7.5, length: 6.0, parts: 2 }]);
    assert_eq!((cutting.length, cutting.bought), (12.0, 48.0));
}

#[test]
fn a_roll_is_charged_by_its_whole_width() {
    let roll = Stock::Roll { width: 4.5 };
    let check = |pieces: &[Piece], length: f64| {
        let cutting = cut(pieces, roll, SAW).expect("a cutting");
        assert_eq!((cutting.length, cutting.bought), (length, 4.5 * length), "{pieces:?}");
    };
    check(&[piece(3.0, 8.0, 1)], 8.0);
    check(&[piece(1.5, 8.0, 3)], 8.0);
    check(&[piece(8.0, 4.0, 1)], 8.0);
    check(&[piece(4.0, 1.0, 2), piece(2.0, 2.0, 2)], 4.0);
}

#[test]
fn sticks_take_the_longest_first() {
    let stick = Stock::Stick { length: 20.0 };
    let check = |pieces: &[(f64, u32)], saw: Saw, count: u32, kept: f64| {
        let pieces: Vec<_> = pieces.iter().map(|(length, count)| piece(0.0, *length, *count)).collect();
        let cutting = cut(&pieces, stick, saw).expect("a cutting");
        assert_eq!(cutting.count, count, "{pieces:?}");
        assert!((cutting.kept - kept).abs() < 1e-9, "{pieces:?}: {}", cutting.kept);
    };
    check(&[(10.0, 2), (4.0, 5)], SAW, 2, 0.0);
    check(&[(10.0, 2)], Saw { kerf: 0.02, ..SAW }, 2, 0.0);
    check(&[(6.0, 2), (12.0, 1), (8.0, 1)], Saw { usable_drop: Some(6.0), ..SAW }, 2, 8.0);
    check(&[(6.0, 1), (8.0, 1), (12.0, 1), (14.0, 1)], SAW, 2, 0.0);
    check(&[(45.0, 1)], SAW, 3, 0.0);
    check(&[(40.0, 1)], Saw { usable_drop: Some(1.0), ..SAW }, 2, 0.0);
}

#[test]
fn what_has_no_size_is_refused() {
    assert_eq!(cut(&[piece(0.0, 2.0, 1)], FOUR_BY_TEN, SAW), Err(CuttingError::NoSize(0.0)));
    assert_eq!(cut(&[], Stock::Stick { length: -1.0 }, SAW), Err(CuttingError::NoSize(-1.0)));
    assert!(cut(&[piece(0.0, 2.0, 0)], FOUR_BY_TEN, SAW).is_ok());
    assert_eq!(cut(&[piece(1.0, 1.0, 9_000)], FOUR_BY_TEN, SAW), Err(CuttingError::TooMany(9_000)));
    assert!(cut(&[piece(1e6, 1e6, 1)], FOUR_BY_TEN, SAW).is_err());
}

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let one = (1_u32..600, 1_u32..600, 1_u32..8);
    let feet = |inches: u32| f64::from(inches) / 12.0;
    prop::collection::vec(one.prop_map(move |(w, l, count)| piece(feet(w), feet(l), count)), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn pieces_lie_inside_and_apart(pieces in pieces(), kerf in 0_u32..4, turn in any::<bool>(), roll in any::<bool>()) {
        let kerf = f64::from(kerf) / 24.0;
        let stock = if roll { Stock::Roll { width: 5.0 } } else { Stock::Sheet { width: 5.0, length: 10.0 } };
        let cutting = cut(&pieces, stock, Saw { kerf, may_turn: turn, ..SAW }).expect("a cutting");
        let asked: f64 = pieces.iter().map(|piece| piece.width * piece.length * f64::from(piece.count)).sum();
        prop_assert!(cutting.bought >= asked - 1e-6);
        prop_assert!(cutting.kept >= 0.0);
        for (i, a) in cutting.placed.iter().enumerate() {
            prop_assert!(a.x >= 0.0 && a.x + a.width <= 5.0 + 1e-6);
            prop_assert!(a.y >= 0.0 && a.y + a.length <= cutting.length + 1e-6);
            prop_assert!(a.on < cutting.count);
            for b in cutting.placed[..i].iter().filter(|b| b.on == a.on) {
                let apart = a.x + a.width + kerf <= b.x + 1e-6 || b.x + b.width + kerf <= a.x + 1e-6
                    || a.y + a.length + kerf <= b.y + 1e-6 || b.y + b.length + kerf <= a.y + 1e-6;
                prop_assert!(apart, "{a:?} {b:?}");
            }
        }
        if cutting.placed.len() < DRAWN {
            let laid: f64 = cutting.placed.iter().map(|placed| placed.width * placed.length).sum();
            prop_assert!((laid - asked).abs() < 1e-6 * asked, "{laid} {asked}");
        }
    }

    #[test]
    fn lengths_lie_apart_and_no_stick_is_wasted(pieces in pieces(), kerf in 0_u32..4) {
        let kerf = f64::from(kerf) / 24.0;
        let saw = Saw { kerf, usable_drop: Some(2.0), ..SAW };
        let cutting = cut(&pieces, Stock::Stick { length: 20.0 }, saw).expect("a cutting");
        let asked: f64 = pieces.iter().map(|piece| piece.length * f64::from(piece.count)).sum();
        prop_assert!(cutting.bought - cutting.kept >= asked - 1e-6);
        // First fit leaves at most one stick less than half full.
        prop_assert!(f64::from(cutting.count) <= 2.0 * (asked + kerf * 200.0) / 20.0 + 1.0);
        for (i, a) in cutting.placed.iter().enumerate() {
            prop_assert!(a.y + a.length <= 20.0 + 1e-6);
            for b in cutting.placed[..i].iter().filter(|b| b.on == a.on) {
                prop_assert!(a.y + a.length + kerf <= b.y + 1e-6 || b.y + b.length + kerf <= a.y + 1e-6);
            }
        }
    }

    #[test]
    fn more_of_the_same_never_needs_less(width in 1_u32..150, length in 1_u32..150, count in 1_u32..60) {
        let of = |count| {
            let pieces = [piece(f64::from(width) / 12.0, f64::from(length) / 12.0, count)];
            cut(&pieces, FOUR_BY_TEN, Saw { kerf: 0.02, ..SAW }).expect("a cutting").count
        };
        prop_assert!(of(count) <= of(count + 1));
    }
}
