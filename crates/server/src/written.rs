//! `GET /api/v1/written/{id}`: the files that commands wrote, for a browser that cannot open their path.
//!
//! Only a file that a command of this run has named as written can be fetched, by a number that the answer carries.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path as FilePath, PathBuf};
use std::sync::{Mutex, MutexGuard};

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use crate::chunks::Chunks;
use crate::refusal::Refusal;
use crate::routes::Desk;

/// The files written so far, by the id that the client was given.
#[derive(Debug, Default)]
pub(crate) struct Written {
    files: Mutex<HashMap<String, PathBuf>>,
}

impl Written {
    /// An answer that names a written file (`path` and `bytes`) is remembered, and gets an `id` if it has none.
    pub(crate) fn remember(&self, mut answer: Value) -> Value {
        let Some(fields) = answer.as_object_mut() else { return answer };
        let (Some(path), true) = (fields.get("path").and_then(Value::as_str), fields.contains_key("bytes")) else {
            return answer;
        };
        let path = PathBuf::from(path);
        let mut files = self.lock();
        let id = fields.get("id").and_then(Value::as_str).map_or_else(|| (files.len() + 1).to_string(), str::to_owned);
        files.insert(id.clone(), path);
        fields.insert("id".to_owned(), json!(id));
        answer
    }

    fn path(&self, id: &str) -> Option<PathBuf> {
        self.lock().get(id).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, PathBuf>> {
        self.files.lock().expect("nobody panics while the list of files is locked")
    }
}

pub(crate) async fn download(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Response, Refusal> {
    let path = desk.written.path(&id).ok_or_else(|| Refusal::not_found(format!("no written file with id {id}")))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = spawn_blocking(move || File::open(path)).await;
    let Ok(Ok(file)) = file else {
        return Err(Refusal::not_found(format!("{name} is no longer where it was written")));
    };
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, attachment(FilePath::new(&name))),
    ];
    Ok((headers, streamed(file)).into_response())
}

/// The name in ASCII and, percent-encoded, as it is (RFC 6266).
fn attachment(name: &FilePath) -> String {
    let name = name.to_string_lossy();
    let plain: String =
        name.chars().map(|c| if c.is_ascii_graphic() && !"\"\\%".contains(c) { c } else { '_' }).collect();
    let encoded: String = name.bytes().fold(String::new(), |text, byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => text + &char::from(byte).to_string(),
        _ => text + &format!("%{byte:02X}"),
    });
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

fn streamed(mut file: File) -> Body {
    let (sender, receiver) = mpsc::channel::<io::Result<Bytes>>(4);
    spawn_blocking(move || {
        loop {
            let mut chunk = Vec::with_capacity(1 << 16);
            let read = file.by_ref().take(1 << 16).read_to_end(&mut chunk);
            let last = !matches!(read, Ok(count) if count > 0);
            let item = read.map(|_| Bytes::from(chunk));
            if matches!(&item, Ok(chunk) if chunk.is_empty()) || sender.blocking_send(item).is_err() || last {
                return;
            }
        }
    });
    Body::from_stream(Chunks(receiver))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_file_is_remembered_and_nothing_else() {
        let written = Written::default();
        let answer = written.remember(json!({"path": "/shop/quote.pdf", "bytes": 12}));
        assert_eq!(written.path(answer["id"].as_str().expect("an id")), Some(PathBuf::from("/shop/quote.pdf")));
        let job = json!({"path": "/shop/job"});
        assert_eq!(written.remember(job.clone()), job);
        assert_eq!(written.path("/shop/job"), None);
    }

    #[test]
    fn the_name_of_a_download_survives_its_header() {
        assert_eq!(
            attachment(FilePath::new("Größe 7%.pdf")),
            "attachment; filename=\"Gr__e_7_.pdf\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%207%25.pdf"
        );
    }
}
