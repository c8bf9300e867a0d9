//! The TypeScript client is what the command list says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::program::clone;

fn read(dir: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(dir).expect("the folder of the client").map(|entry| entry.expect("entry").path());
    let name = |path: &Path| path.file_name().expect("name").to_string_lossy().into_owned();
    // Line ends are git's business, not the client's.
    entries.map(|path| (name(&path), fs::read_to_string(&path).expect("text").replace("\r\n", "\n"))).collect()
}

#[test]
fn the_generated_client_is_fresh() {
    let dir = tempfile::tempdir().expect("dir");
    signwright_app::write_client(dir.path()).expect("write");
    let (fresh, committed) = (read(dir.path()), read(&clone().join("ui/src/generated")));
    let stale: Vec<_> =
        fresh.iter().filter(|(name, text)| committed.get(*name) != Some(text)).map(|(n, _)| n).collect();
    let left: Vec<_> = committed.keys().filter(|name| !fresh.contains_key(*name)).collect();
    assert!(stale.is_empty() && left.is_empty(), "run `cargo xtask generate`: stale {stale:?}, left over {left:?}");
}
