//! Typst with nothing around it: one template, the files it is given, two fonts. No network, no packages, no clock.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Serialize;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_pdf::PdfOptions;

use crate::{ReportError, fonts};

/// How many further documents a piece of typst's cache outlives its last use.
const CACHE_AGE: usize = 4;

static FONTS: LazyLock<(LazyHash<FontBook>, Vec<Font>)> = LazyLock::new(|| {
    let fonts: Vec<Font> =
        [fonts::REGULAR, fonts::SEMI_BOLD].into_iter().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
    (LazyHash::new(FontBook::from_fonts(&fonts)), fonts)
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

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

/// What a document is made from.
pub(super) struct Manuscript<'a, T> {
    pub(super) template: &'static str,
    /// Read by the template as `json("data.json")`.
    pub(super) data: &'a T,
    /// Further files by the name the template reads them under.
    pub(super) files: Vec<(&'static str, Vec<u8>)>,
    /// Stands for this document in its identifier.
    pub(super) identity: String,
}

/// Sets a document. The same manuscript gives the same bytes.
pub(super) fn pdf<T: Serialize>(manuscript: Manuscript<'_, T>) -> Result<Vec<u8>, ReportError> {
    let data = serde_json::to_vec(manuscript.data).map_err(|error| ReportError::Typesetting(error.to_string()))?;
    let files = manuscript.files.into_iter().chain([("data.json", data)]);
    let desk = Desk {
        main: Source::new(file_id("main.typ"), manuscript.template.to_owned()),
        files: files.map(|(name, bytes)| (name, Bytes::new(bytes))).collect(),
    };
    let document = typst::compile(&desk).output.map_err(|errors| failed(&errors))?;
    let options = PdfOptions {
        ident: Smart::Custom(manuscript.identity),
        creator: Smart::Custom(Some("Signwright".into())),
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| failed(&errors));
    typst::comemo::evict(CACHE_AGE);
    bytes
}

/// The world of one document.
struct Desk {
    main: Source,
    files: BTreeMap<&'static str, Bytes>,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.0
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let name = match id.root() {
            VirtualRoot::Project => id.vpath().get_without_slash(),
            VirtualRoot::Package(_) => return Err(FileError::AccessDenied),
        };
        self.files.get(name).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.1.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn file_id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("the names of our files are plain");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

fn failed(errors: &[SourceDiagnostic]) -> ReportError {
    let messages: Vec<_> = errors.iter().map(|error| error.message.to_string()).collect();
    ReportError::Typesetting(messages.join("; "))
}
