//! A sheet to draw on: plotters' SVG backend with pixel fractions, our font and our text anchors.
//!
//! The backend knows whole coordinates only, so everything is drawn four times as large inside the same view box.

use std::sync::LazyLock;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, register_font};

use crate::ReportError;
use crate::fonts;
use crate::palette::SURFACE;
use crate::words::one_line;

/// Drawn units per pixel.
const FINE: f64 = 4.0;
/// No line of a figure holds more characters.
const MOST: usize = 400;
/// The name under which the bundled font is registered; viewers without Inter take their own.
const FAMILY: &str = "Inter, system-ui, sans-serif";

static REGISTERED: LazyLock<()> = LazyLock::new(|| {
    let registered = register_font(FAMILY, FontStyle::Normal, fonts::REGULAR)
        .and_then(|()| register_font(FAMILY, FontStyle::Bold, fonts::SEMI_BOLD));
    assert!(registered.is_ok(), "the bundled fonts are valid OpenType");
});

pub(crate) type Drawn = Result<(), ReportError>;

/// Where a text stands relative to its point; vertically it is centred on it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Align {
    Left,
    Centre,
    Right,
}

/// How a text looks: size in pixels, colour, semi-bold or not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Type {
    pub(crate) size: f64,
    pub(crate) colour: RGBColor,
    pub(crate) bold: bool,
}

impl Type {
    pub(crate) const fn plain(size: f64, colour: RGBColor) -> Self {
        Self { size, colour, bold: false }
    }

    pub(crate) const fn bold(size: f64, colour: RGBColor) -> Self {
        Self { size, colour, bold: true }
    }

    fn font(self) -> FontDesc<'static> {
        LazyLock::force(&REGISTERED);
        let style = if self.bold { FontStyle::Bold } else { FontStyle::Normal };
        // The backend divides sizes by 1.24 on writing.
        (FAMILY, self.size * FINE * 1.24).into_font().style(style)
    }

    /// Width of a text in pixels, a little generous: the measure scales by line height, which is 1.21 em in Inter.
    pub(crate) fn width(self, text: &str) -> f64 {
        let (width, _) = self.font().box_size(text).unwrap_or_default();
        f64::from(width) / FINE
    }

    /// The text, cut with an ellipsis where it is wider than `width` pixels.
    pub(crate) fn fit(self, text: &str, width: f64) -> String {
        let text = one_line(text);
        if self.width(&text) <= width {
            return text;
        }
        let chars: Vec<char> = text.chars().take(MOST).collect();
        let cut = |kept: usize| format!("{}…", chars[..kept].iter().collect::<String>().trim_end());
        let lengths: Vec<usize> = (1..=chars.len()).collect();
        match lengths.partition_point(|kept| self.width(&cut(*kept)) <= width) {
            0 => String::new(),
            kept => cut(kept),
        }
    }
}

/// A drawing in progress, `width` x `height` pixels from the top left corner.
pub(crate) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

/// Draws on a white sheet and gives it back as SVG. The title is what a screen reader says.
pub(crate) fn sheet(
    width: u32,
    height: u32,
    title: &str,
    paint: impl FnOnce(&Canvas<'_>) -> Drawn,
) -> Result<String, ReportError> {
    let mut drawn = String::new();
    let fine = |pixels: u32| pixels * FINE as u32;
    {
        let area = SVGBackend::with_string(&mut drawn, (fine(width), fine(height))).into_drawing_area();
        area.fill(&SURFACE).map_err(failed)?;
        let canvas = Canvas { area };
        paint(&canvas)?;
        canvas.area.present().map_err(failed)?;
    }
    let body = drawn.split_once('\n').map_or("", |(_, body)| body);
    Ok(format!(
        "<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" xmlns=\"http://www.w3.org/2000/svg\" \
         role=\"img\">\n<title>{}</title>\n{body}",
        fine(width),
        fine(height),
        escaped(title),
    ))
}

impl Canvas<'_> {
    pub(crate) fn line(&self, from: (f64, f64), to: (f64, f64), colour: RGBColor, width: f64) -> Drawn {
        self.path(&[from, to], colour, width)
    }

    pub(crate) fn path(&self, points: &[(f64, f64)], colour: RGBColor, width: f64) -> Drawn {
        let points: Vec<_> = points.iter().copied().map(fine).collect();
        self.area.draw(&PathElement::new(points, stroke(colour, width))).map_err(failed)
    }

    /// An upright line of dashes.
    pub(crate) fn dashed(&self, x: f64, from: f64, to: f64, colour: RGBColor) -> Drawn {
        let dashes = ((to - from) / 5.0).max(0.0) as u32;
        (0..dashes).try_for_each(|i| {
            let y = from + f64::from(i) * 5.0;
            self.line((x, y), (x, (y + 3.0).min(to)), colour, 1.0)
        })
    }

    pub(crate) fn polygon(&self, points: &[(f64, f64)], colour: RGBColor) -> Drawn {
        let points: Vec<_> = points.iter().copied().map(fine).collect();
        self.area.draw(&Polygon::new(points, colour.filled())).map_err(failed)
    }

    pub(crate) fn bar(&self, (x0, y0): (f64, f64), (x1, y1): (f64, f64), colour: RGBColor) -> Drawn {
        let corners = [fine((x0.min(x1), y0.min(y1))), fine((x0.max(x1), y0.max(y1)))];
        self.area.draw(&Rectangle::new(corners, colour.filled())).map_err(failed)
    }

    pub(crate) fn dot(&self, centre: (f64, f64), radius: f64, colour: RGBColor) -> Drawn {
        self.area.draw(&Circle::new(fine(centre), radius * FINE, colour.filled())).map_err(failed)
    }

    /// A ring with the sheet's colour inside.
    pub(crate) fn ring(&self, centre: (f64, f64), radius: f64, colour: RGBColor) -> Drawn {
        self.dot(centre, radius, SURFACE)?;
        self.area.draw(&Circle::new(fine(centre), radius * FINE, stroke(colour, 1.8))).map_err(failed)
    }

    pub(crate) fn text(&self, text: &str, (x, y): (f64, f64), align: Align, style: Type) -> Drawn {
        let horizontal = match align {
            Align::Left => HPos::Left,
            Align::Centre => HPos::Center,
            Align::Right => HPos::Right,
        };
        let look = TextStyle::from(style.font()).color(&style.colour).pos(Pos::new(horizontal, VPos::Center));
        self.area.draw(&Text::new(one_line(text), fine((x, y)), look)).map_err(failed)
    }

    /// The heading of a figure: what it shows, and beside it on what it rests, cut to `width`.
    pub(crate) fn heading(&self, title: &str, note: &str, width: f64) -> Drawn {
        const TITLE: Type = Type::bold(13.0, crate::palette::INK);
        const NOTE: Type = Type::plain(11.5, crate::palette::INK_3);
        let title = TITLE.fit(title, width - 32.0);
        let after = 16.0 + TITLE.width(&title) + 12.0;
        self.text(&title, (16.0, 20.0), Align::Left, TITLE)?;
        self.text(&NOTE.fit(note, width - 16.0 - after), (after, 20.5), Align::Left, NOTE)
    }
}

fn stroke(colour: RGBColor, width: f64) -> ShapeStyle {
    ShapeStyle { color: colour.to_rgba(), filled: false, stroke_width: (width * FINE).round() as u32 }
}

fn fine((x, y): (f64, f64)) -> (i32, i32) {
    ((x * FINE).round() as i32, (y * FINE).round() as i32)
}

fn failed<E: std::error::Error + Send + Sync>(error: DrawingAreaErrorKind<E>) -> ReportError {
    ReportError::Drawing(error.to_string())
}

fn escaped(text: &str) -> String {
    one_line(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
