//! Letter-size pages with the fonts that every reader has, the same bytes each time: dates and ids are given.

use jiff::civil::Date;
use pdf_writer::{Content, Date as PdfDate, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use crate::files::windows_1252;

/// Letter size, points.
pub(crate) const WIDTH: f32 = 612.0;
pub(crate) const HEIGHT: f32 = 792.0;

/// One of the base fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Font {
    Courier,
    CourierBold,
    Helvetica,
    HelveticaBold,
}

impl Font {
    const ALL: [Self; 4] = [Self::Courier, Self::CourierBold, Self::Helvetica, Self::HelveticaBold];

    fn name(self) -> (Name<'static>, Name<'static>) {
        match self {
            Self::Courier => (Name(b"F1"), Name(b"Courier")),
            Self::CourierBold => (Name(b"F2"), Name(b"Courier-Bold")),
            Self::Helvetica => (Name(b"F3"), Name(b"Helvetica")),
            Self::HelveticaBold => (Name(b"F4"), Name(b"Helvetica-Bold")),
        }
    }

    /// Width of a text in points.
    pub(crate) fn width(self, text: &str, size: f32) -> f32 {
        let widths: Option<&[u16; 95]> = match self {
            Self::Courier | Self::CourierBold => None,
            Self::Helvetica => Some(&HELVETICA),
            Self::HelveticaBold => Some(&HELVETICA_BOLD),
        };
        let letter = |letter: char| {
            let place = (plain(letter) as usize).wrapping_sub(32);
            f32::from(widths.map_or(600, |widths| widths.get(place).copied().unwrap_or(556)))
        };
        text.chars().map(letter).sum::<f32>() * size / 1000.0
    }
}

/// The unaccented letter, which is as wide.
fn plain(letter: char) -> char {
    match letter {
        'é' | 'è' | 'ê' => 'e',
        'É' => 'E',
        'ñ' => 'n',
        'Ñ' => 'N',
        other => other,
    }
}

/// Advance widths of the printable ASCII letters in thousandths, from Adobe's metrics of the core fonts.
#[rustfmt::skip]
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
    556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
#[rustfmt::skip]
const HELVETICA_BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611,
    611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];

/// A page; positions are points from the top left corner, a text's is its baseline.
pub(crate) struct Page(Content);

impl Page {
    pub(crate) fn new() -> Self {
        Self(Content::new())
    }

    pub(crate) fn text(&mut self, font: Font, size: f32, (x, y): (f32, f32), text: &str) {
        if text.is_empty() {
            return;
        }
        let bytes: Vec<u8> = text.chars().map(windows_1252).collect();
        self.0.begin_text().set_font(font.name().0, size).next_line(x, HEIGHT - y).show(Str(&bytes)).end_text();
    }

    /// A text that ends at `x`.
    pub(crate) fn right(&mut self, font: Font, size: f32, (x, y): (f32, f32), text: &str) {
        let start = ((x - font.width(text, size)) * 100.0).round() / 100.0;
        self.text(font, size, (start, y), text);
    }

    pub(crate) fn line(&mut self, width: f32, from: (f32, f32), to: (f32, f32)) {
        self.0.set_line_width(width).move_to(from.0, HEIGHT - from.1).line_to(to.0, HEIGHT - to.1).stroke();
    }

    /// A rectangle by its left, top, width and height.
    pub(crate) fn frame(&mut self, width: f32, (x, y, w, h): (f32, f32, f32, f32)) {
        self.0.set_line_width(width).rect(x, HEIGHT - y - h, w, h).stroke();
    }

    /// A filled one, `grey` from 0 black to 1 white.
    pub(crate) fn shade(&mut self, grey: f32, (x, y, w, h): (f32, f32, f32, f32)) {
        self.0.save_state().set_fill_gray(grey).rect(x, HEIGHT - y - h, w, h).fill_nonzero().restore_state();
    }
}

/// The pages as a document.
pub(crate) fn document(title: &str, creator: &str, made_on: Date, pages: Vec<Page>) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let (catalog, tree, info) = (Ref::new(1), Ref::new(2), Ref::new(3));
    let font = |place: usize| Ref::new(4 + place as i32);
    let page = |place: usize| Ref::new(8 + 2 * place as i32);
    let content = |place: usize| Ref::new(9 + 2 * place as i32);
    pdf.catalog(catalog).pages(tree);
    pdf.pages(tree).kids((0..pages.len()).map(page)).count(pages.len() as i32);
    let date = PdfDate::new(made_on.year() as u16).month(made_on.month() as u8).day(made_on.day() as u8).hour(17);
    pdf.document_info(info).title(TextStr(title)).creator(TextStr(creator)).creation_date(date);
    for (place, font_of) in Font::ALL.into_iter().enumerate() {
        pdf.type1_font(font(place)).base_font(font_of.name().1).encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    for (place, drawn) in pages.into_iter().enumerate() {
        let mut sheet = pdf.page(page(place));
        sheet.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).parent(tree).contents(content(place));
        let mut resources = sheet.resources();
        let mut fonts = resources.fonts();
        for (place, of) in Font::ALL.into_iter().enumerate() {
            fonts.pair(of.name().0, font(place));
        }
        fonts.finish();
        resources.finish();
        sheet.finish();
        pdf.stream(content(place), &drawn.0.finish());
    }
    let id = title.bytes().chain(made_on.to_string().bytes()).collect::<Vec<u8>>();
    pdf.set_file_id((id.clone(), id));
    pdf.finish()
}
