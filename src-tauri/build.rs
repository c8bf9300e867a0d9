//! Prepares the window's configuration, and makes sure that there is a page to embed: in a clone whose UI has not been
//! built, one that says how to build it.

use std::{fs, io, path::Path, process};

const DIST: &str = "../ui/dist";

const PLACEHOLDER: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<title>Signwright</title>
<body>
<h1>The user interface has not been built</h1>
<p>Run <code>cargo xtask ui</code> in the clone, build again, and open this page anew.</p>
</body>
</html>
";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={DIST}");
    let page = Path::new(DIST).join("index.html");
    if !page.exists() {
        write_placeholder(&page)?;
    }
    tauri_build::build();
    Ok(())
}

/// Another crate's build script may be doing the same: each writes a file of its own and moves it into place.
fn write_placeholder(page: &Path) -> io::Result<()> {
    fs::create_dir_all(DIST)?;
    let own = Path::new(DIST).join(format!("index.{}.tmp", process::id()));
    fs::write(&own, PLACEHOLDER)?;
    fs::rename(&own, page)
}
