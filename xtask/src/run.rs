//! `cargo xtask run`: from a clone to the window on a sample shop.

use std::fs;
use std::path::Path;

use crate::clone::Clone;
use crate::command::Command;
use crate::node;
use crate::packages::{self, Purpose};

/// Sets up, builds, makes the sample shop while printing each step's result, and opens it.
pub(crate) fn run(clone: &Clone) -> Result<(), String> {
    packages::present(Purpose::Build)?;
    node::built_ui(clone)?;
    clone.claim_target()?;
    build(clone)?;
    let shop = clone.target.join("demo").join("demo.signwright");
    demo(clone, &shop)?;
    open(clone, &shop)
}

/// The whole workspace decides on the features, so that the tests find the same dependencies built.
pub(crate) fn build(clone: &Clone) -> Result<(), String> {
    clone.cargo(["build", "--workspace", "--bin", "signwright"]).run()
}

/// Makes the sample shop anew: it is a file of its own, never a user's.
pub(crate) fn demo(clone: &Clone, shop: &Path) -> Result<(), String> {
    if let Some(folder) = shop.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let samples = clone.root.join("sample-data");
    signwright(clone, &["demo", "--shop", &shop.to_string_lossy(), "--sample-data", &samples.to_string_lossy()]).run()
}

fn open(clone: &Clone, shop: &Path) -> Result<(), String> {
    let shop = shop.to_string_lossy();
    if has_display() {
        return signwright(clone, &["window", "--shop", &shop]).run();
    }
    let serve = signwright(clone, &["serve", "--shop", &shop]);
    println!("\nThere is no display for a window. The same pages in a browser:\n  {}", serve.line());
    Ok(())
}

fn signwright(clone: &Clone, words: &[&str]) -> Command {
    Command::new(clone.program(), words.iter().copied())
}

fn has_display() -> bool {
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos")) || named("DISPLAY") || named("WAYLAND_DISPLAY")
}
