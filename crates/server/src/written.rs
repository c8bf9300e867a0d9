//! `GET /api/v1/written/{id}`: the files that commands wrote, for a browser that cannot open their path.
//!
//! Only a file that a command of this run has named as written can be fetched, by the id that its answer carries.

use std::fs::File;
use std::io::{self, Read};

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use crate::chunks::Chunks;
use crate::refusal::Refusal;
use crate::routes::Desk;

const CHUNK: u64 = 1 << 16;

pub(crate) async fn download(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Response, Refusal> {
    let path = desk.app.written(&id).ok_or_else(|| Refusal::not_found(format!("no written file with id {id}")))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = spawn_blocking(move || File::open(path)).await;
    let Ok(Ok(file)) = file else {
        return Err(Refusal::not_found(format!("{name} is no longer where it was written")));
    };
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, attachment(&name)),
    ];
    Ok((headers, streamed(file)).into_response())
}

/// The name in ASCII and, percent-encoded, as it is (RFC 6266).
fn attachment(name: &str) -> String {
    let kept = |c: char| c.is_ascii_graphic() && !"\"\\%".contains(c);
    let plain: String = name.chars().map(|c| if kept(c) { c } else { '_' }).collect();
    let encoded: String = name.bytes().map(encoded).collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

fn encoded(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

fn streamed(file: File) -> Body {
    let (sender, receiver) = mpsc::channel(4);
    spawn_blocking(move || read(file, &sender));
    Body::from_stream(Chunks(receiver))
}

/// Until the end, an error, or a client that has gone.
fn read(mut file: File, to: &mpsc::Sender<io::Result<Bytes>>) {
    loop {
        let mut chunk = Vec::new();
        let more = match file.by_ref().take(CHUNK).read_to_end(&mut chunk) {
            Ok(0) => false,
            Ok(_) => to.blocking_send(Ok(Bytes::from(chunk))).is_ok(),
            Err(error) => {
                // Nobody is left to tell when the client has gone too.
                let _ = to.blocking_send(Err(error));
                false
            }
        };
        if !more {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_download_survives_its_header() {
        assert_eq!(
            attachment("Größe 7%.pdf"),
            "attachment; filename=\"Gr__e_7_.pdf\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%207%25.pdf"
        );
    }
}
