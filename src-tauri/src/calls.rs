//! What the page can invoke: the commands of the list, and the bytes of a kept file.

use serde_json::Value;
use signwright_app::{App, CallError, Code, document};
use tauri::State;
use tauri::async_runtime::spawn_blocking;
use tauri::ipc::Response;

/// Runs a command of the list on a thread of its own, so that the window never waits.
#[tauri::command]
pub(crate) async fn call(app: State<'_, App>, command: String, input: Option<Value>) -> Result<Value, CallError> {
    let app = app.inner().clone();
    spawn_blocking(move || app.call(&command, input.unwrap_or_default()))
        .await
        .unwrap_or_else(|_| Err(CallError::new(Code::Internal, "the command stopped unexpectedly")))
}

/// A kept file as it came in. Raw, because twenty megabytes as JSON would take the page seconds.
#[tauri::command]
pub(crate) async fn document(app: State<'_, App>, sha256: String) -> Result<Response, CallError> {
    let app = app.inner().clone();
    spawn_blocking(move || document::bytes(&app, &sha256))
        .await
        .unwrap_or_else(|_| Err(CallError::new(Code::Internal, "reading the document stopped unexpectedly")))
        .map(|(_, bytes)| Response::new(bytes))
}
