//! Typst with nothing around it: the templates and files of one document, two fonts. No network, no packages, no clock.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::{Manuscript, Template};
use crate::{ReportError, fonts};

/// How many further documents a piece of typst's cache outlives its last use.
const CACHE_AGE: usize = 4;

static FONTS: LazyLock<(LazyHash<FontBook>, Vec<Font>)> = LazyLock::new(|| {
    let fonts: Vec<Font> =
        [fonts::REGULAR, fonts::SEMI_BOLD].into_iter().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
    (LazyHash::new(FontBook::from_fonts(&fonts)), fonts)
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// A document as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// PDF.
    pub bytes: Vec<u8>,
    /// It keeps to PDF/A-2a, for archives and readers aloud, and says so. Not where it holds letters that the bundled
    /// typeface lacks.
    pub archival: bool,
}

/// Sets a document. The same manuscript gives the same bytes.
///
/// A template that cannot be set gives [`ReportError::Template`] with its line. It may still run for long: what is not ours
/// is set in a process that can be ended.
pub fn typeset(manuscript: &Manuscript) -> Result<Document, ReportError> {
    let desk = Desk::of(manuscript)?;
    let document = typst::compile(&desk).output.map_err(|errors| failed(&desk, &errors))?;
    let archival = PdfStandards::new(&[PdfStandard::A_2a]).unwrap_or_default();
    let options = |standards| PdfOptions {
        ident: Smart::Custom(manuscript.identity.clone()),
        creator: Smart::Custom(Some("Signwright".into())),
        standards,
        ..PdfOptions::default()
    };
    let kept = typst_pdf::pdf(&document, &options(archival)).map(|bytes| Document { bytes, archival: true });
    let set = kept.or_else(|_| {
        let plain = typst_pdf::pdf(&document, &options(PdfStandards::default()));
        plain.map(|bytes| Document { bytes, archival: false })
    });
    typst::comemo::evict(CACHE_AGE);
    set.map_err(|errors| failed(&desk, &errors))
}

/// Whether a template can be read at all; the first slip with its line. What its names stand for shows when it is set.
pub fn check_template(template: Template, text: &str) -> Result<(), ReportError> {
    let source = Source::new(file_id(&file_name(template)), text.to_owned());
    let (errors, _) = source.root().errors_and_warnings();
    let Some(error) = errors.first() else { return Ok(()) };
    let desk = Desk { main: source.id(), sources: [(source.id(), source.clone())].into(), files: BTreeMap::new() };
    let line = desk.range(error.span).and_then(|range| source.lines().byte_to_line(range.start));
    Err(ReportError::Template {
        name: file_name(template),
        line: line.map_or(0, |line| line + 1),
        message: error.message.to_string(),
    })
}

fn file_name(template: Template) -> String {
    format!("{}.typ", template.name())
}

/// The world of one document.
struct Desk {
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: BTreeMap<String, Bytes>,
}

impl Desk {
    fn of(manuscript: &Manuscript) -> Result<Self, ReportError> {
        let data = serde_json::to_vec(&manuscript.data).map_err(|error| ReportError::Typesetting(error.to_string()))?;
        let files = manuscript.files.iter().map(|(name, bytes)| (name.clone(), Bytes::new(bytes.clone())));
        let source =
            |template: Template| Source::new(file_id(&file_name(template)), manuscript.source(template).to_owned());
        let main = source(manuscript.template);
        Ok(Self {
            main: main.id(),
            sources: [source(Template::House), main].into_iter().map(|source| (source.id(), source)).collect(),
            files: files.chain([("data.json".to_owned(), Bytes::new(data))]).collect(),
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.0
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or(FileError::AccessDenied)
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

/// The first error, with the place in the template where it is, or where the template called for it.
fn failed(desk: &Desk, errors: &[SourceDiagnostic]) -> ReportError {
    let Some(error) = errors.first() else { return ReportError::Typesetting("no reason was given".to_owned()) };
    let hints = error.hints.iter().map(|hint| format!("; {}", hint.v));
    let message = format!("{}{}", error.message, hints.collect::<String>());
    let place = error.span.id().and_then(|id| {
        let source = desk.sources.get(&id)?;
        let range = desk.range(error.span)?;
        Some((id.vpath().get_without_slash().to_owned(), source.lines().byte_to_line(range.start)? + 1))
    });
    match place {
        Some((name, line)) => ReportError::Template { name, line, message },
        None => ReportError::Typesetting(message),
    }
}
