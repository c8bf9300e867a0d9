//! Who a document comes from.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::manuscript::{Frame, Framing};
use super::{Manuscript, Template, typeset};
use crate::ReportError;
use crate::words::{cell, one_line};

/// The shop as its documents show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Letterhead {
    pub shop: String,
    pub address: Vec<String>,
    pub phone: String,
    pub email: String,
    /// `#rrggbb`
    pub accent: String,
    /// The bytes of a PNG, JPEG, GIF, WebP or SVG image.
    pub logo: Option<Vec<u8>>,
    /// Where the shop is: documents carry the local date.
    pub time_zone: TimeZone,
}

impl Letterhead {
    /// A letterhead of a name alone, in the product's blue, dated in UTC.
    pub fn new(shop: impl Into<String>) -> Self {
        Self {
            shop: shop.into(),
            address: Vec::new(),
            phone: String::new(),
            email: String::new(),
            accent: "#1f5eff".into(),
            logo: None,
            time_zone: TimeZone::UTC,
        }
    }
}

/// The letterhead as the template gets it.
#[derive(Debug, Serialize)]
pub(super) struct Head {
    name: String,
    /// For the document's properties.
    plain_name: String,
    address: Vec<String>,
    contact: Vec<String>,
    accent: String,
    /// The format of the file `logo`, where there is one.
    logo: Option<&'static str>,
}

impl Head {
    pub(super) fn of(letterhead: &Letterhead) -> Result<Self, ReportError> {
        let contact = [&letterhead.phone, &letterhead.email];
        Ok(Self {
            name: cell(&letterhead.shop),
            plain_name: one_line(&letterhead.shop),
            address: letterhead.address.iter().map(|line| cell(line)).filter(|line| !line.is_empty()).collect(),
            contact: contact.into_iter().map(|line| cell(line)).filter(|line| !line.is_empty()).collect(),
            accent: colour(&letterhead.accent)?,
            logo: letterhead.logo.as_deref().map(image_format).transpose()?,
        })
    }
}

/// Refuses an accent that is no colour and a logo that is no image, before a document is printed with them.
pub fn check_letterhead(letterhead: &Letterhead) -> Result<(), ReportError> {
    Head::of(letterhead).map(|_| ())?;
    if letterhead.logo.is_none() {
        return Ok(());
    }
    // An image can be broken behind its first bytes: setting it is what tells.
    let frame =
        Framing { paper: "a4", date: Date::constant(2000, 1, 1), title: "", running: "", further: "", internal: "" };
    let manuscript = Manuscript::new(Template::House, String::new(), &Frame::of(letterhead, &frame)?)?;
    let text = "#import \"house.typ\": *\n#mark(15mm, 80mm, 19pt)".to_owned();
    let trial = Manuscript { template: Template::Quote, ..manuscript }.with_logo(letterhead);
    typeset(&trial.with_own([(Template::Quote, text)].into())).map(|_| ()).map_err(|_| ReportError::Logo)
}

fn colour(text: &str) -> Result<String, ReportError> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
    match digits {
        Some(digits) if digits.bytes().all(|b| b.is_ascii_hexdigit()) => Ok(text.to_owned()),
        Some(_) | None => Err(ReportError::Colour(text.to_owned())),
    }
}

/// Formats by their first bytes; an SVG by its tag among the first kilobyte.
fn image_format(bytes: &[u8]) -> Result<&'static str, ReportError> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]);
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Ok("png"),
        [0xff, 0xd8, 0xff, ..] => Ok("jpg"),
        [b'G', b'I', b'F', b'8', ..] => Ok("gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok("webp"),
        _ if start.contains("<svg") => Ok("svg"),
        _ => Err(ReportError::Logo),
    }
}
