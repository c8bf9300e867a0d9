//! Pages for tests: Courier or Helvetica at given places, rotated or cropped on demand.

use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str};

/// A page of `size` points; a text is its baseline's left end, from the top left corner.
#[derive(Clone)]
pub(crate) struct Paper {
    pub(crate) pages: Vec<Vec<(f32, f32, String)>>,
    pub(crate) font: &'static [u8],
    pub(crate) points: f32,
    pub(crate) rotate: i32,
    pub(crate) crop: Option<Rect>,
    /// Lines on every page: left, top, right, bottom from the top left corner.
    pub(crate) rules: Vec<[f32; 4]>,
}

impl Paper {
    /// Courier of 10 points, the lines 12 points apart.
    pub(crate) fn spool(pages: &[&str]) -> Self {
        let lines = |page: &&str| {
            (0_u8..).zip(page.lines()).map(|(i, line)| (50.0, 60.0 + 12.0 * f32::from(i), line.to_owned())).collect()
        };
        let pages = pages.iter().map(lines).collect();
        Self { pages, font: b"Courier", points: 10.0, rotate: 0, crop: None, rules: Vec::new() }
    }

    pub(crate) fn helvetica(page: Vec<(f32, f32, String)>) -> Self {
        Self { pages: vec![page], font: b"Helvetica", points: 10.0, rotate: 0, crop: None, rules: Vec::new() }
    }

    pub(crate) fn print(&self) -> Vec<u8> {
        let mut pdf = Pdf::new();
        let (catalog, tree, font) = (Ref::new(1), Ref::new(2), Ref::new(3));
        let page_id = |i: usize| Ref::new(4 + 2 * i as i32);
        pdf.catalog(catalog).pages(tree);
        pdf.pages(tree).kids((0..self.pages.len()).map(page_id)).count(self.pages.len() as i32);
        pdf.type1_font(font).base_font(Name(self.font)).encoding_predefined(Name(b"WinAnsiEncoding"));
        for (i, texts) in self.pages.iter().enumerate() {
            let content_id = Ref::new(5 + 2 * i as i32);
            let mut page = pdf.page(page_id(i));
            page.media_box(Rect::new(0.0, 0.0, 612.0, 792.0)).parent(tree).contents(content_id).rotate(self.rotate);
            if let Some(crop) = self.crop {
                page.crop_box(crop);
            }
            page.resources().fonts().pair(Name(b"F1"), font);
            page.finish();
            pdf.stream(content_id, &self.content(texts));
        }
        pdf.finish()
    }

    fn content(&self, texts: &[(f32, f32, String)]) -> Vec<u8> {
        let mut content = Content::new();
        for [left, top, right, bottom] in &self.rules {
            content.move_to(*left, 792.0 - top).line_to(*right, 792.0 - bottom).stroke();
        }
        for (x, y, text) in texts {
            content.begin_text().set_font(Name(b"F1"), self.points).next_line(*x, 792.0 - y);
            // The letters of WinAnsi that tests use stand where Unicode has them.
            let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
            content.show(Str(&bytes)).end_text();
        }
        content.finish().to_vec()
    }
}
