//! The invoice that a Factur-X or ZUGFeRD file carries as XML beside its pages.

use encoding_rs::Encoding;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Object, Stream};

/// A larger attachment is no invoice.
const MAX_BYTES: usize = 8 << 20;
/// How deep a tree of names is followed; a damaged file may name itself as its child.
const MAX_DEPTH: usize = 8;
/// How many attachments are looked at.
const MAX_FILES: usize = 64;

/// The XML of the first attachment that is a cross-industry invoice.
pub(super) fn invoice(pdf: &Pdf) -> Option<String> {
    let root: Dict<'_> = pdf.xref().get(pdf.xref().root_id())?;
    let mut files = Vec::new();
    if let Some(tree) = root.get::<Dict<'_>>("Names").and_then(|names| names.get::<Dict<'_>>("EmbeddedFiles")) {
        collect(&tree, 0, &mut files);
    }
    if let Some(associated) = root.get::<Array<'_>>("AF") {
        files.extend(associated.iter::<Dict<'_>>().take(MAX_FILES));
    }
    files.iter().take(MAX_FILES).find_map(xml)
}

fn collect<'a>(node: &Dict<'a>, depth: usize, files: &mut Vec<Dict<'a>>) {
    if depth > MAX_DEPTH || files.len() >= MAX_FILES {
        return;
    }
    if let Some(names) = node.get::<Array<'a>>("Names") {
        // Names and files take turns; what is no dictionary is a name.
        files.extend(names.iter::<Object<'a>>().filter_map(Object::into_dict).take(MAX_FILES));
    }
    for kid in node.get::<Array<'a>>("Kids").iter().flat_map(|kids| kids.iter::<Dict<'a>>().take(MAX_FILES)) {
        collect(&kid, depth + 1, files);
    }
}

fn xml(file: &Dict<'_>) -> Option<String> {
    let streams = file.get::<Dict<'_>>("EF")?;
    let stream = streams.get::<Stream<'_>>("F").or_else(|| streams.get::<Stream<'_>>("UF"))?;
    if stream.raw_data().len() > MAX_BYTES {
        return None;
    }
    let bytes = stream.decoded().ok()?;
    if bytes.len() > MAX_BYTES {
        return None;
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).into_owned();
    let text = decoded(&bytes, &head);
    (text.contains("CrossIndustryInvoice") || text.contains("CrossIndustryDocument")).then_some(text)
}

/// The bytes as text: by their mark, else as UTF-8, else as the declaration says.
fn decoded(bytes: &[u8], head: &str) -> String {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[skip..]).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let label = head.split_once("encoding=").and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next());
    let encoding = label.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(encoding_rs::WINDOWS_1252);
    encoding.decode(bytes).0.into_owned()
}
