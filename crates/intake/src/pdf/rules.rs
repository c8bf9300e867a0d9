//! The lines drawn on a page that stand upright or level: strokes, thin filled boxes and the edges of filled ones.
//!
//! They rule tables. Curves, slanted lines and pictures are passed over. A page with more of them than any form has is a
//! drawing, and is taken to have none.

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};

/// More lines than this in one direction are a drawing; a filled surface is not kept beyond that either.
const MOST: usize = 6_000;
/// A filled box thinner than this is a line, in points.
const THIN: f64 = 2.6;
/// Shorter lines rule nothing.
const SHORT: f64 = 3.0;
/// How far a line may lean, and how far two lines may stand apart to be one, in points.
const LEAN: f64 = 0.6;
const BESIDE: f64 = 0.8;
/// A gap inside a line that is still the same line: dots and dashes.
const GAP: f64 = 3.0;

/// A line: its distance from the page's left or top, and where it begins and ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rule {
    pub(crate) at: f64,
    pub(crate) from: f64,
    pub(crate) to: f64,
}

/// The lines of one page as displayed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Rules {
    /// Level lines, from top to bottom.
    pub(crate) across: Vec<Rule>,
    /// Upright lines, from left to right.
    pub(crate) down: Vec<Rule>,
}

impl Rules {
    /// Takes the straight pieces of a stroked path.
    pub(super) fn stroke(&mut self, path: &BezPath, transform: Affine) {
        if self.is_drawing() {
            return;
        }
        let (mut start, mut last) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(point) => (start, last) = (point, point),
                PathEl::LineTo(point) => {
                    self.piece(transform * last, transform * point);
                    last = point;
                }
                PathEl::QuadTo(_, point) | PathEl::CurveTo(_, _, point) => last = point,
                PathEl::ClosePath => {
                    self.piece(transform * last, transform * start);
                    last = start;
                }
            }
        }
    }

    /// Takes the level boxes of a filled path: thin ones as lines, the edges of others where they can be seen.
    pub(super) fn fill(&mut self, path: &BezPath, transform: Affine, is_seen: impl Fn() -> bool) {
        if self.is_drawing() {
            return;
        }
        let mut corners: Vec<Point> = Vec::with_capacity(5);
        let mut straight = true;
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(point) => {
                    self.surface(&corners, straight, &is_seen);
                    (straight, corners) = (true, vec![transform * point]);
                }
                PathEl::LineTo(point) if corners.len() < 6 => corners.push(transform * point),
                PathEl::LineTo(_) | PathEl::QuadTo(..) | PathEl::CurveTo(..) => straight = false,
                PathEl::ClosePath => {}
            }
        }
        self.surface(&corners, straight, &is_seen);
    }

    fn surface(&mut self, corners: &[Point], straight: bool, is_seen: &impl Fn() -> bool) {
        let Some((first, rest)) = corners.split_first().filter(|_| straight && (4..=5).contains(&corners.len())) else {
            return;
        };
        let bounds = rest.iter().fold(Rect::from_points(*first, *first), |bounds, point| bounds.union_pt(*point));
        let level =
            corners.windows(2).all(|pair| (pair[0].x - pair[1].x).abs().min((pair[0].y - pair[1].y).abs()) < LEAN);
        if !level {
            return;
        }
        let middle = bounds.center();
        if bounds.height() < THIN.min(bounds.width()) {
            self.piece(Point::new(bounds.x0, middle.y), Point::new(bounds.x1, middle.y));
        } else if bounds.width() < THIN {
            self.piece(Point::new(middle.x, bounds.y0), Point::new(middle.x, bounds.y1));
        } else if is_seen() {
            for y in [bounds.y0, bounds.y1] {
                self.piece(Point::new(bounds.x0, y), Point::new(bounds.x1, y));
            }
            for x in [bounds.x0, bounds.x1] {
                self.piece(Point::new(x, bounds.y0), Point::new(x, bounds.y1));
            }
        }
    }

    fn piece(&mut self, a: Point, b: Point) {
        let (wide, high) = ((a.x - b.x).abs(), (a.y - b.y).abs());
        let known = [a.x, a.y, b.x, b.y].iter().all(|x| x.is_finite());
        if !known || wide.max(high) == 0.0 {
            return;
        }
        if high < LEAN && wide > high && self.across.len() <= MOST {
            self.across.push(Rule { at: f64::midpoint(a.y, b.y), from: a.x.min(b.x), to: a.x.max(b.x) });
        } else if wide < LEAN && self.down.len() <= MOST {
            self.down.push(Rule { at: f64::midpoint(a.x, b.x), from: a.y.min(b.y), to: a.y.max(b.y) });
        }
    }

    fn is_drawing(&self) -> bool {
        self.across.len() > MOST || self.down.len() > MOST
    }

    /// Pieces joined to lines, those too short to rule anything left out.
    pub(super) fn tidied(self, page: Rect) -> Self {
        if self.is_drawing() {
            return Self::default();
        }
        let across = joined(self.across, (page.x0, page.x1), (page.y0, page.y1));
        Self { across, down: joined(self.down, (page.y0, page.y1), (page.x0, page.x1)) }
    }
}

/// Lines that go on behind each other become one; what is beyond the page is cut off.
fn joined(mut pieces: Vec<Rule>, along: (f64, f64), beside: (f64, f64)) -> Vec<Rule> {
    for piece in &mut pieces {
        (piece.from, piece.to) = (piece.from.max(along.0), piece.to.min(along.1));
    }
    pieces.retain(|piece| piece.to > piece.from && (beside.0..=beside.1).contains(&piece.at));
    pieces.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut out = Vec::new();
    for level in pieces.chunk_by_mut(|a, b| b.at - a.at < BESIDE) {
        level.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut current: Option<Rule> = None;
        for piece in level.iter() {
            match current.as_mut() {
                Some(line) if piece.from - line.to < GAP => line.to = line.to.max(piece.to),
                Some(_) | None => out.extend(current.replace(*piece)),
            }
        }
        out.extend(current);
    }
    out.retain(|line| line.to - line.from >= SHORT);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(corners: &[(f64, f64)]) -> BezPath {
        let mut path = BezPath::new();
        path.move_to(corners[0]);
        corners[1..].iter().for_each(|corner| path.line_to(*corner));
        path
    }

    #[test]
    fn strokes_thin_boxes_and_surfaces_become_lines() {
        let mut rules = Rules::default();
        rules.stroke(&path(&[(10.0, 20.0), (60.0, 20.0)]), Affine::IDENTITY);
        rules.stroke(&path(&[(61.0, 20.2), (90.0, 20.2)]), Affine::IDENTITY);
        rules.stroke(&path(&[(10.0, 20.0), (60.0, 70.0)]), Affine::IDENTITY);
        rules.fill(&path(&[(30.0, 0.0), (31.0, 0.0), (31.0, 50.0), (30.0, 50.0)]), Affine::IDENTITY, || true);
        rules
            .fill(&path(&[(100.0, 100.0), (120.0, 100.0), (120.0, 140.0), (100.0, 140.0)]), Affine::IDENTITY, || false);
        let tidied = rules.tidied(Rect::new(0.0, 0.0, 80.0, 200.0));
        assert_eq!(tidied.across, [Rule { at: 20.0, from: 10.0, to: 80.0 }]);
        assert_eq!(tidied.down, [Rule { at: 30.5, from: 0.0, to: 50.0 }]);
    }

    #[test]
    fn a_drawing_rules_nothing() {
        let mut rules = Rules::default();
        for y in 0..7_000 {
            rules.stroke(&path(&[(10.0, f64::from(y)), (60.0, f64::from(y))]), Affine::IDENTITY);
        }
        assert_eq!(rules.tidied(Rect::new(0.0, 0.0, 100.0, 9_000.0)), Rules::default());
    }
}
