//! `backup`, `restore`, `verify`, `serve`, `window`.

use std::io::IsTerminal;
use std::path::Path;
use std::time::Duration;

use signwright_app::shop::{Verification, WriteBackup, restore_shop, verify_file, write_backup};
use signwright_app::{App, CallError, Code, alerts, sending, watch};

use super::{action, shown};
use crate::output::Output;

/// How often the watched folder is looked at while the window or the server is open.
const LOOKED: Duration = Duration::from_secs(3);

pub(super) fn backup(app: &App, file: &Path, output: &Output) -> Result<(), CallError> {
    let request = WriteBackup { path: Some(file.display().to_string()) };
    let written = write_backup(&action(app, "backup"), request)?;
    output.result(&written, |file| format!("a checked copy of the shop is in {} ({} bytes)", file.path, file.bytes));
    Ok(())
}

pub(super) fn restore(file: &Path, shop: &Path, output: &Output) -> Result<(), CallError> {
    let restored = restore_shop(&shown(output), file, shop)?;
    output.result(&restored, |restored| {
        let kept = restored.kept.as_ref().map_or(String::new(), |kept| format!("; what was there before is in {kept}"));
        format!("{} is the shop now{kept}\n{}", restored.shop, verification_text(&restored.verification))
    });
    Ok(())
}

pub(super) fn verify(shop: &Path, output: &Output) -> Result<(), CallError> {
    let verification = verify_file(&shown(output), shop)?;
    output.result(&verification, verification_text);
    if verification.sound {
        Ok(())
    } else {
        Err(CallError::new(Code::ShopFile, format!("{} is damaged", shop.display()))
            .hint("Restore a backup: signwright restore FILE."))
    }
}

pub(super) fn verification_text(verification: &Verification) -> String {
    let counts = format!(
        "{} documents with the right hash, {} imports, {} records, {} jobs, {} quotes, {} events",
        verification.documents - verification.hashes_wrong.len() as u64,
        verification.imports,
        verification.records,
        verification.jobs,
        verification.quotes,
        verification.events
    );
    // Of a file whose structure is broken nothing can be counted.
    let mut text = if verification.sound {
        vec![format!("sound: {counts}")]
    } else if verification.integrity.is_empty() {
        vec![format!("damaged: {counts}")]
    } else {
        vec!["damaged: the file cannot be read as a whole".to_owned()]
    };
    text.extend(verification.integrity.iter().map(|line| format!("integrity: {line}")));
    text.extend(verification.foreign_keys.iter().map(|line| format!("reference: {line}")));
    text.extend(verification.hashes_wrong.iter().map(|wrong| format!("{} is not what came in", wrong.name)));
    text.join("\n")
}

pub(super) fn serve(app: App, port: u16, output: &Output) -> Result<(), CallError> {
    app.stay();
    let watching = (watch::start(&app, LOOKED), alerts::start(&app), sending::start(&app));
    let served = signwright_server::serve(app.clone(), port, |address| {
        let url = address.url();
        output.result(&serde_json::json!({ "url": url }), |_| format!("open {url}\nCtrl-C ends it"));
    });
    drop(watching);
    served.map_err(|error| CallError::new(Code::Internal, error.to_string()).hint("Take another port: --port 0."))
}

/// Why the shop does not open, for people who started the program from a menu and see no terminal. Only for that: where the
/// display itself refuses, a message would wait for it forever.
pub(super) fn say_unseen(error: &CallError) {
    if !std::io::stderr().is_terminal() && signwright_desktop::has_display() {
        signwright_desktop::say(&error.message, error.hint.as_deref());
    }
}

pub(super) fn window(app: App) -> Result<(), CallError> {
    app.stay();
    let watching = (watch::start(&app, LOOKED), alerts::start(&app), sending::start(&app));
    let closed = signwright_desktop::run(app.clone());
    drop(watching);
    closed.map_err(|error| CallError::new(Code::Internal, error.to_string()))
}
