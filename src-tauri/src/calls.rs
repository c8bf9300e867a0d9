//! The one command that the page can invoke.

use serde_json::Value;
use signwright_app::{App, CallError, Code};
use tauri::State;
use tauri::async_runtime::spawn_blocking;

/// Runs a command of the list on a thread of its own, so that the window never waits.
#[tauri::command]
pub(crate) async fn call(app: State<'_, App>, command: String, input: Option<Value>) -> Result<Value, CallError> {
    let app = app.inner().clone();
    spawn_blocking(move || app.call(&command, input.unwrap_or_default()))
        .await
        .unwrap_or_else(|_| Err(CallError::new(Code::Internal, "the command stopped unexpectedly")))
}
