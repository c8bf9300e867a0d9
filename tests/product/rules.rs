//! Who may use whom, read from the manifests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use toml::Table;

use crate::program::clone;

/// Each crate with those of ours it may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("intake", &["domain"]),
    ("store", &["domain"]),
    ("lake", &["domain"]),
    ("learn", &["domain"]),
    ("quoting", &["domain"]),
    ("report", &["domain"]),
    ("connect", &["domain"]),
    ("samples", &["domain"]),
    ("forecast", &["domain", "learn"]),
    ("app", &["domain", "intake", "store", "lake", "learn", "quoting", "report", "connect", "forecast"]),
    ("server", &["domain", "app"]),
    ("desktop", &["domain", "app"]),
    ("cli", &["domain", "app", "server", "desktop"]),
    ("tests", &["app"]),
];

/// Heavy or young dependencies and the one crate that may name them.
const CONFINED: &[(&str, &str)] = &[
    ("polars", "lake"),
    ("hessboost", "learn"),
    ("smartcore", "learn"),
    ("linfa", "learn"),
    ("linfa-elasticnet", "learn"),
    ("linfa-trees", "learn"),
    ("anofox-forecast", "forecast"),
    ("stlrs", "forecast"),
    ("hayro-interpret", "intake"),
    ("pdf-extract", "intake"),
    ("calamine", "intake"),
    ("rusqlite", "store"),
    ("plotters", "report"),
    ("typst", "report"),
    ("typst-pdf", "report"),
    ("axum", "server"),
    ("reqwest", "connect"),
    ("keyring", "connect"),
    ("tauri", "desktop"),
];

/// Names that say nothing; what would go there is a module, or nothing.
const FORBIDDEN: &[&str] = &[
    "core",
    "common",
    "utils",
    "types",
    "errors",
    "ports",
    "services",
    "repositories",
    "events",
    "config",
    "macros",
    "jobs",
    "scheduler",
];

fn manifests() -> BTreeMap<String, Table> {
    let root = clone();
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root.join("crates")).expect("crates").map(|entry| entry.expect("entry").path()).collect();
    folders.extend([root.join("src-tauri"), root.join("tests")]);
    let read = |folder: PathBuf| {
        let text = fs::read_to_string(folder.join("Cargo.toml")).expect("manifest");
        let manifest: Table = text.parse().expect("TOML");
        let name = manifest["package"]["name"].as_str().expect("name").to_owned();
        (name.strip_prefix("signwright-").unwrap_or(&name).to_owned(), manifest)
    };
    folders.into_iter().map(read).collect()
}

/// Dependencies that go into the product, and those of tests as well where `all`.
fn dependencies(manifest: &Table, all: bool) -> BTreeSet<String> {
    let sections: &[&str] = if all { &["dependencies", "dev-dependencies"] } else { &["dependencies"] };
    let sections = sections.iter().filter_map(|section| manifest.get(*section)?.as_table());
    sections.flat_map(|section| section.keys().cloned()).collect()
}

#[test]
fn every_crate_uses_only_the_layers_below_it() {
    for (name, manifest) in manifests() {
        let (_, allowed) = LAYERS.iter().find(|(layer, _)| *layer == name).unwrap_or_else(|| {
            panic!("crate {name} has no place in the architecture: give it one in ARCHITECTURE.md and here")
        });
        for used in dependencies(&manifest, true).iter().filter_map(|used| used.strip_prefix("signwright-")) {
            assert!(allowed.contains(&used), "{name} may not use {used}");
        }
    }
}

#[test]
fn a_heavy_dependency_lives_in_one_crate() {
    for (name, manifest) in manifests() {
        let used = dependencies(&manifest, false);
        for (dependency, home) in CONFINED {
            assert!(!used.contains(*dependency) || name == *home, "{dependency} belongs to {home}, not to {name}");
        }
    }
}

#[test]
fn no_crate_is_a_drawer_for_odds_and_ends() {
    for name in manifests().keys() {
        assert!(!FORBIDDEN.contains(&name.as_str()), "{name} says nothing about what is in it");
    }
}

#[test]
fn every_crate_keeps_the_workspace_lints() {
    for (name, manifest) in manifests() {
        assert_eq!(manifest["lints"]["workspace"].as_bool(), Some(true), "{name}");
    }
}

#[test]
fn the_user_interface_talks_to_the_backend_in_one_place() {
    fn sources(dir: PathBuf, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(dir).expect("folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                sources(path, found);
            } else if path.extension().is_some_and(|extension| extension == "ts" || extension == "tsx") {
                found.push(path);
            }
        }
    }
    let root = clone().join("ui/src");
    let mut found = Vec::new();
    sources(root.clone(), &mut found);
    assert!(found.len() > 20, "the user interface is where it should be");
    for path in found.iter().filter(|path| !path.starts_with(root.join("api"))) {
        let text = fs::read_to_string(path).expect("text");
        // `refetch(` of a query is not a request of its own.
        let text = text.replace("refetch(", "");
        for forbidden in ["@tauri-apps/", "fetch(", "new EventSource", "XMLHttpRequest"] {
            assert!(!text.contains(forbidden), "{} uses {forbidden}; only ui/src/api may", path.display());
        }
    }
}
