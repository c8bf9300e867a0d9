//! A document before it is set: its data, its figures, and the templates it is set by. A value, so that it can be handed to
//! a process of its own where a template is not ours.

use std::collections::BTreeMap;
use std::io::{self, Write};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Template;
use super::letterhead::{Head, Letterhead};
use crate::ReportError;
use crate::words::one_line;

/// No file of a document is larger: a logo, a figure, its data.
const LARGEST: usize = 16 << 20;

/// What a document is made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Manuscript {
    pub template: Template,
    /// Templates of the shop, in place of those that come with the program.
    pub own: BTreeMap<Template, String>,
    /// Read by the template as `json("data.json")`.
    pub(super) data: Value,
    /// Further files by the name the template reads them under.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// Stands for this document in its identifier.
    pub(super) identity: String,
}

impl Manuscript {
    pub(super) fn new(template: Template, identity: String, sheet: &impl Serialize) -> Result<Self, ReportError> {
        let data = serde_json::to_value(sheet).map_err(|error| ReportError::Typesetting(error.to_string()))?;
        Ok(Self { template, own: BTreeMap::new(), data, files: BTreeMap::new(), identity })
    }

    pub(super) fn with_file(mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(name.into(), bytes.into());
        self
    }

    pub(super) fn with_logo(self, letterhead: &Letterhead) -> Self {
        match &letterhead.logo {
            Some(bytes) => self.with_file("logo", bytes.clone()),
            None => self,
        }
    }

    /// Set by these templates of the shop, of which only those are used that the document needs.
    pub fn with_own(mut self, own: BTreeMap<Template, String>) -> Self {
        let needed = [Template::House, self.template];
        self.own = own.into_iter().filter(|(template, _)| needed.contains(template)).collect();
        self
    }

    pub(super) fn source(&self, template: Template) -> &str {
        self.own.get(&template).map_or_else(|| template.shipped(), String::as_str)
    }

    /// One line of JSON, then the files one after another.
    pub fn send(&self, to: &mut impl Write) -> io::Result<()> {
        let files = self.files.iter().map(|(name, bytes)| (name.clone(), bytes.len())).collect();
        let head = Sent {
            template: self.template,
            own: self.own.clone(),
            data: self.data.clone(),
            files,
            identity: self.identity.clone(),
        };
        serde_json::to_writer(&mut *to, &head)?;
        to.write_all(b"\n")?;
        self.files.values().try_for_each(|bytes| to.write_all(bytes))?;
        to.flush()
    }

    /// What [`Manuscript::send`] wrote.
    pub fn receive(from: &mut impl io::BufRead) -> io::Result<Self> {
        let mut line = Vec::new();
        from.read_until(b'\n', &mut line)?;
        let Sent { template, own, data, files: sizes, identity } = serde_json::from_slice(&line)?;
        let mut files = BTreeMap::new();
        for (name, size) in sizes {
            let mut bytes = vec![0; size.min(LARGEST)];
            from.read_exact(&mut bytes)?;
            files.insert(name, bytes);
        }
        Ok(Self { template, own, data, files, identity })
    }
}

#[derive(Serialize, Deserialize)]
struct Sent {
    template: Template,
    own: BTreeMap<Template, String>,
    data: Value,
    files: Vec<(String, usize)>,
    identity: String,
}

/// What every document has around it.
#[derive(Debug, Serialize)]
pub(super) struct Frame {
    shop: Head,
    paper: &'static str,
    date: Day,
    /// The title in the document's properties.
    document_title: String,
    /// What the foot of every page says: "Quote Q-2026-0007".
    running: String,
    /// What the head of further pages says.
    further: String,
    /// What makes it internal, said at the foot; empty for what a customer is handed.
    internal: &'static str,
}

/// The words of a [`Frame`].
pub(super) struct Framing<'a> {
    pub(super) paper: &'static str,
    pub(super) date: Date,
    pub(super) title: &'a str,
    pub(super) running: &'a str,
    pub(super) further: &'a str,
    pub(super) internal: &'static str,
}

impl Frame {
    pub(super) fn of(letterhead: &Letterhead, words: &Framing<'_>) -> Result<Self, ReportError> {
        Ok(Self {
            shop: Head::of(letterhead)?,
            paper: words.paper,
            date: words.date.into(),
            document_title: one_line(words.title),
            running: crate::words::cell(words.running),
            further: crate::words::cell(words.further),
            internal: words.internal,
        })
    }
}

/// A date as templates build it: `datetime(..data.date)`.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Day {
    year: i16,
    month: i8,
    day: i8,
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: date.month(), day: date.day() }
    }
}
