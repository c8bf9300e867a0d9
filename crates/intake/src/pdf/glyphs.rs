//! The glyphs of one page with their places, and the lines that rule it, collected while the page is interpreted as for
//! drawing.
//!
//! Pictures are ignored. A glyph whose meaning the file does not say becomes U+FFFD: a digit
//! that cannot be read must spoil its number, not vanish from it.

use std::collections::HashSet;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, Paint, SoftMask, TransformExt, interpret_page,
};

use super::rules::Rules;

/// What stands for a glyph without a known meaning.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// The top of letters that are written downwards, and how far left of their middle their foot is drawn so that they are
/// boxed around it, in thousandths of the font's size.
const ASCENT: f64 = 880.0;
const VERTICAL_FOOT: f64 = 265.0;

/// One glyph as displayed: points from the top left corner of the page, y downwards.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) text: String,
    /// Where its baseline starts and ends.
    pub(super) from: Point,
    pub(super) to: Point,
    /// From the baseline towards the top of the letters, as long as the font is high.
    pub(super) up: Vec2,
}

/// All glyphs of a page in the order in which they are drawn, at most `max` of them, and its lines.
pub(super) fn of_page<'a>(page: &Page<'a>, cache: &InterpreterCache<'a>, max: usize) -> (Vec<Placed>, Rules) {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let settings = InterpreterSettings::default();
    let mut context = Context::new(page.initial_transform(true).to_kurbo(), bounds, cache, page.xref(), settings);
    let mut collector = Collector { bounds: bounds.inflate(1.0, 1.0), max, ..Collector::default() };
    interpret_page(page, &mut context, &mut collector);
    (collector.glyphs, collector.rules.tidied(bounds))
}

#[derive(Default)]
struct Collector {
    bounds: Rect,
    max: usize,
    glyphs: Vec<Placed>,
    rules: Rules,
    /// Bold is often faked by printing twice at nearly the same place.
    printed: HashSet<(String, i64, i64)>,
}

impl Collector {
    fn place(&mut self, glyph: &Glyph<'_>, transform: Affine, mode: WritingMode) {
        let advance = f64::from(advance(glyph));
        let (from, to, up) = match mode {
            WritingMode::Horizontal => (Point::ZERO, Point::new(advance, 0.0), Vec2::new(0.0, 1000.0)),
            // Written downwards, the right side of the letters is what the top is otherwise.
            WritingMode::Vertical => {
                let foot = advance / 2.0 - VERTICAL_FOOT;
                (Point::new(foot, ASCENT), Point::new(foot, ASCENT - 1000.0), Vec2::new(1000.0, 0.0))
            }
        };
        let (from, to) = (transform * from, transform * to);
        let up = transform * up.to_point() - transform * Point::ZERO;
        let visible = [from.x, from.y, to.x, to.y, up.x, up.y].iter().all(|x| x.is_finite());
        if self.glyphs.len() >= self.max || !visible || !self.bounds.contains(from) {
            return;
        }
        let text = meaning(glyph);
        if !text.is_empty() && (text.trim().is_empty() || !self.is_printed_again(&text, from, up.hypot())) {
            self.glyphs.push(Placed { text, from, to, up });
        }
    }

    /// Whether the same glyph was drawn within a twentieth of its height.
    fn is_printed_again(&mut self, text: &str, at: Point, size: f64) -> bool {
        let cell = (size / 20.0).max(0.05);
        let (x, y) = ((at.x / cell).round() as i64, (at.y / cell).round() as i64);
        let near = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (x + dx, y + dy)));
        let again = near.into_iter().any(|(x, y)| self.printed.contains(&(text.to_owned(), x, y)));
        self.printed.insert((text.to_owned(), x, y));
        again
    }
}

/// The width of a glyph in thousandths of its font's size; half the size where the font does not say.
fn advance(glyph: &Glyph<'_>) -> f32 {
    let advance = match glyph {
        Glyph::Outline(outline) => outline.advance_width(),
        Glyph::Type3(type3) => type3.advance_width(),
    };
    advance.unwrap_or(500.0)
}

fn meaning(glyph: &Glyph<'_>) -> String {
    match glyph.as_unicode() {
        Some(BfString::Char(c)) => spelled(&c.to_string()),
        Some(BfString::String(text)) => spelled(&text),
        None if glyph.char_code() == 32 => " ".to_owned(),
        None => UNKNOWN.to_string(),
    }
}

/// Whether a surface stands out from white paper.
fn is_seen(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(color) => {
            let [red, green, blue, alpha] = color.to_rgba().to_rgba8();
            alpha > 10 && [red, green, blue].iter().any(|part| *part < 250)
        }
        Paint::Pattern(_) => false,
    }
}

/// Ligatures as letters, all kinds of blank as one, control characters and soft hyphens dropped.
pub(super) fn spelled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{fb00}' => out.push_str("ff"),
            '\u{fb01}' => out.push_str("fi"),
            '\u{fb02}' => out.push_str("fl"),
            '\u{fb03}' => out.push_str("ffi"),
            '\u{fb04}' => out.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => out.push_str("st"),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' => {}
            c if c.is_whitespace() => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

impl<'a> Device<'a> for Collector {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let transform = props.transform;
        match mode {
            DrawMode::Fill(_) => self.rules.fill(path, transform, || is_seen(&props.paint)),
            DrawMode::Stroke(_) => self.rules.stroke(path, transform),
            DrawMode::FillAndStroke(..) => self.rules.stroke(path, transform),
            DrawMode::Invisible => {}
        }
    }
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.place(glyph, props.transform * glyph.transform(), run.writing_mode());
        }
    }
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
