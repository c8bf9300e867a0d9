//! Words by the second reader, for pages that the first one gives up on.
//!
//! Its letters go through the same joining to words as the first reader's. It knows nothing of turned pages and crop boxes,
//! so its words may stand beside where they are displayed; what it reads is said to be partly read.

use std::sync::Arc;
use std::sync::mpsc;

use hayro_interpret::kurbo::{Point, Vec2};
use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform};

use super::glyphs::{Placed, spelled};
use super::open::PageText;
use super::second::{PATIENCE, opened};
use super::{isolated, words};

/// Letters of one page; more are dropped.
const MOST_GLYPHS: usize = 400_000;

/// The words of every page that the second reader gets through, by page number from 1, at most `max_pages` pages.
pub(super) fn pages(bytes: &Arc<Vec<u8>>, password: &str, max_pages: u32) -> Vec<(u32, PageText)> {
    let (bytes, password) = (Arc::clone(bytes), password.to_owned());
    let (sender, pages) = mpsc::channel();
    let reader = isolated::spawn("second reader", move || {
        let Some(document) = opened(&bytes, &password) else { return };
        for number in document.get_pages().into_keys().take(max_pages as usize) {
            let page = isolated::catch(|| page(&document, number));
            // Nobody waits any more where the answer comes too late.
            if let Some(page) = page.flatten()
                && sender.send((number, page)).is_err()
            {
                return;
            }
        }
    });
    if reader.is_none() {
        return Vec::new();
    }
    std::iter::from_fn(|| pages.recv_timeout(PATIENCE).ok()).collect()
}

fn page(document: &Document, number: u32) -> Option<PageText> {
    let mut collector = Collector::default();
    let outcome = pdf_extract::output_doc_page(document, &mut collector, number);
    let words = words::from_glyphs(&collector.glyphs);
    (outcome.is_ok() || !words.is_empty()).then_some(PageText { size: collector.size, words, ..PageText::default() })
}

#[derive(Default)]
struct Collector {
    left: f64,
    top: f64,
    size: [f64; 2],
    glyphs: Vec<Placed>,
}

impl OutputDev for Collector {
    fn begin_page(&mut self, _: u32, media: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        (self.left, self.top) = (media.llx.min(media.urx), media.ury.max(media.lly));
        self.size = [(media.urx - media.llx).abs(), (media.ury - media.lly).abs()];
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        trm: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        char: &str,
    ) -> Result<(), OutputError> {
        let from = Point::new(trm.m31 - self.left, self.top - trm.m32);
        let to = from + Vec2::new(trm.m11, -trm.m12) * (width * font_size);
        let up = Vec2::new(trm.m21, -trm.m22) * font_size;
        let known = [from.x, from.y, to.x, to.y, up.x, up.y].iter().all(|x| x.is_finite());
        let text = spelled(char);
        if known && !text.is_empty() && self.glyphs.len() < MOST_GLYPHS {
            self.glyphs.push(Placed { text, from, to, up });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
