//! `PUT /api/v1/files/{name}`: a browser cannot give a path, so it sends the file, and gets the path to import from.
//!
//! Every upload has a folder of its own inside one private folder that goes when the server ends; the file keeps its
//! name, because an import remembers it.

use std::fs::{self, File};
use std::future::poll_fn;
use std::io::{self, Write};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use futures_core::Stream;
use serde::Serialize;
use tempfile::TempDir;
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use crate::refusal::Refusal;
use crate::routes::Desk;

const LARGEST_MB: u64 = 200;
const LARGEST: u64 = LARGEST_MB << 20;
const LONGEST_NAME: usize = 120;

/// The private folder, and how many files came.
#[derive(Debug)]
pub(crate) struct Uploads {
    folder: TempDir,
    count: AtomicU64,
}

impl Uploads {
    pub(crate) fn new() -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("signwright-").tempdir()?;
        Ok(Self { folder, count: AtomicU64::new(1) })
    }

    fn place(&self, name: &str) -> PathBuf {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        self.folder.path().join(number.to_string()).join(name)
    }
}

/// Where an uploaded file lies on the server.
#[derive(Debug, Serialize)]
pub(crate) struct Uploaded {
    path: PathBuf,
    name: String,
    bytes: u64,
}

pub(crate) async fn upload(
    State(desk): State<Desk>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Uploaded>, Refusal> {
    let name = file_name(&name)?;
    if announced_length(&headers).is_some_and(|length| length > LARGEST) {
        return Err(too_large());
    }
    let path = desk.uploads.place(&name);
    let (chunks, received) = mpsc::channel(8);
    let target = path.clone();
    let writing = spawn_blocking(move || write(&target, received));
    let read = pass_on(body, chunks).await;
    let written = writing.await.map_err(|_| Refusal::internal("writing the upload stopped unexpectedly"))?;
    let outcome = read.and_then(|bytes| {
        written.map_err(|error| Refusal::internal(format!("{name} cannot be written: {error}"))).map(|()| bytes)
    });
    match outcome {
        Ok(bytes) => Ok(Json(Uploaded { path, name, bytes })),
        Err(refusal) => {
            // The part that came is of no use; the folder goes with the server in any case.
            let _ = fs::remove_file(&path);
            Err(refusal)
        }
    }
}

/// Gives the number of bytes that came. A writer that has failed says why itself.
async fn pass_on(body: Body, chunks: mpsc::Sender<Bytes>) -> Result<u64, Refusal> {
    let mut stream = body.into_data_stream();
    let mut bytes = 0;
    while let Some(chunk) = poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await {
        let chunk = chunk.map_err(|error| Refusal::invalid(format!("the upload broke off: {error}")))?;
        bytes += chunk.len() as u64;
        if bytes > LARGEST {
            return Err(too_large());
        }
        if chunks.send(chunk).await.is_err() {
            break;
        }
    }
    Ok(bytes)
}

fn write(path: &std::path::Path, mut chunks: mpsc::Receiver<Bytes>) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create_new(path)?;
    while let Some(chunk) = chunks.blocking_recv() {
        file.write_all(&chunk)?;
    }
    file.flush()
}

fn announced_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn too_large() -> Refusal {
    Refusal::too_large(format!("a file may have {LARGEST_MB} MB at most"))
        .hint("Import it from the command line or in the desktop window, where no limit holds.")
}

/// The name as the shop's own systems can keep it: without folders, without what Windows cannot write.
fn file_name(given: &str) -> Result<String, Refusal> {
    if given.contains(['/', '\\', '\0']) {
        return Err(Refusal::invalid(format!("\"{}\" is not the name of a file", given.escape_default())));
    }
    let plain: String =
        given.chars().map(|c| if c.is_control() || r#"<>:"|?*"#.contains(c) { '_' } else { c }).collect();
    let plain = plain.trim().trim_end_matches('.').trim_end();
    if plain.is_empty() {
        return Err(Refusal::invalid("an upload needs the name of its file"));
    }
    let tail: Vec<char> = plain.chars().rev().take(LONGEST_NAME).collect();
    let name: String = tail.into_iter().rev().collect();
    Ok(if is_a_device(&name) { format!("_{name}") } else { name })
}

/// Names that mean a device on Windows, with any extension.
fn is_a_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_uppercase();
    let numbered =
        |prefix: &str| stem.strip_prefix(prefix).is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit());
    ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(given: &str, expected: Option<&str>) {
        assert_eq!(file_name(given).ok().as_deref(), expected, "{given}");
    }

    #[test]
    fn a_name_is_kept_or_made_writable_and_never_leaves_its_folder() {
        check("WO-20431.pdf", Some("WO-20431.pdf"));
        check("Angebot Nr. 7 (für Müller).csv", Some("Angebot Nr. 7 (für Müller).csv"));
        check("what: now?.pdf", Some("what_ now_.pdf"));
        check(" quotes.csv. ", Some("quotes.csv"));
        check("con.pdf", Some("_con.pdf"));
        check("COM3", Some("_COM3"));
        check("company.pdf", Some("company.pdf"));
        for refused in ["", "..", ".", "../../etc/passwd", "..\\up.pdf", "/etc/passwd", "a\0b", "   "] {
            check(refused, None);
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = file_name(&format!("{}.pdf", "ä".repeat(300))).expect("a name");
        assert_eq!(name.chars().count(), LONGEST_NAME);
        assert!(name.ends_with("ä.pdf"));
    }
}
