//! `cargo xtask test`: every check and every test, on one table.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use crate::clone::Clone;
use crate::command::{Command, on_path};
use crate::node::{self, npm};
use crate::packages::{self, Purpose};
use crate::steps::{Done, Steps};
use crate::{chores, python, run};

const MINUTE: Duration = Duration::from_secs(60);

const SYSTEM: &str = "system packages";
const NODE: &str = "npm packages";
const UI: &str = "build of the UI";
const BINARY: &str = "build";
const DEMO: &str = "demo";
const TRYTON: &str = "Tryton";

/// The CRM that quotes are sent to for real: of one series, so that a new one does not break an old clone.
const OF_TRYTON: [&str; 3] = ["trytond~=8.2.0", "trytond_sale~=8.2.0", "trytond_sale_opportunity~=8.2.0"];

/// Every step runs; it fails if any of them did. The table's last line is the last line printed.
pub(crate) fn test(clone: &Clone) -> ExitCode {
    let mut steps = Steps::default();
    set_up(&mut steps, clone);
    of_rust(&mut steps, clone);
    of_the_ui(&mut steps, clone);
    end_to_end(&mut steps, clone);
    println!("\n{}", steps.table());
    if steps.failed() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn set_up(steps: &mut Steps, clone: &Clone) {
    steps.step(SYSTEM, &[], || {
        clone.claim_target()?;
        passed(packages::present(Purpose::Test))
    });
    steps.step(NODE, &[], || {
        node::checked()?;
        node::installed(&clone.root.join("ui"))?;
        passed(node::installed(&clone.root.join("tests/e2e")))
    });
    steps.step(UI, &[NODE], || passed(node::built_ui(clone)));
    steps.step(TRYTON, &[SYSTEM], || {
        if !cfg!(unix) || !python::is_here() {
            return skipped("there is no python3 on the PATH, or no Unix; nothing is sent to a real Tryton");
        }
        passed(python::environment(&tryton(clone), &OF_TRYTON).map(drop))
    });
}

fn of_rust(steps: &mut Steps, clone: &Clone) {
    let cargo = |words: &[&str]| passed(with_tryton(clone, with_data(clone, clone.cargo(words.iter().copied()))).run());
    steps.step("formatting", &[], || cargo(&["fmt", "--all", "--check"]));
    steps.step(BINARY, &[SYSTEM], || passed(run::build(clone)));
    steps.step("tests", &[SYSTEM], || {
        let nextest = clone.cargo(["nextest", "--version"]).answer().is_some();
        let words: &[&str] = if nextest { &["nextest", "run"] } else { &["test", "--all-targets"] };
        cargo(&[words, &["--workspace", "--no-fail-fast"]].concat())
    });
    steps.step("doc tests", &[SYSTEM], || cargo(&["test", "--workspace", "--doc", "--no-fail-fast"]));
    steps.step("generated client", &[SYSTEM], || passed(chores::client_is_fresh(clone)));
    steps.step("clippy", &[SYSTEM], || cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]));
}

fn of_the_ui(steps: &mut Steps, clone: &Clone) {
    let ui = clone.root.join("ui");
    for (name, script) in [("UI types", "typecheck"), ("UI lint", "lint"), ("UI tests", "test")] {
        steps.step(name, &[NODE], || passed(npm(["run", script], &ui).limit(10 * MINUTE).run()));
    }
}

fn end_to_end(steps: &mut Steps, clone: &Clone) {
    let out = clone.target.join("e2e");
    let shop = out.join("sample.signwright");
    let script = |name: &str| {
        let node = Command::new("node", [name]).inside(&clone.root.join("tests/e2e"));
        node.with("SIGNWRIGHT", clone.program()).with("OUT", &out).with("SHOP", &shop).limit(10 * MINUTE)
    };
    steps.step(DEMO, &[BINARY], || {
        // Logs and pictures of the last run would only mislead; on the first run there are none.
        let _ = fs::remove_dir_all(&out);
        passed(run::demo(clone, &shop))
    });
    steps.step("end to end in Chromium", &[DEMO, UI], || match packages::browser() {
        Some(browser) => passed(script("chromium.mjs").with("CHROMIUM", browser).run()),
        None => skipped("no Chromium is on the PATH, and CHROMIUM names none"),
    });
    steps.step("end to end in the window", &[DEMO, UI], || {
        if !cfg!(target_os = "linux") {
            return skipped("only WebKitGTK's window can be driven by WebDriver");
        }
        match ["WebKitWebDriver", "Xvfb", "openbox", "xdotool"].into_iter().find(|program| !on_path(program)) {
            Some(lacking) => skipped(&format!("{lacking} is not on the PATH")),
            None => passed(script("window.mjs").run()),
        }
    });
}

/// Larger data than the repository carries, for the tests that want it: as named, or where a neighbour of the clone has it.
fn with_data(clone: &Clone, command: Command) -> Command {
    let beside = clone.root.join("../shared/data");
    if std::env::var_os("SIGNWRIGHT_DATA").is_none() && beside.is_dir() {
        return command.with("SIGNWRIGHT_DATA", beside);
    }
    command
}

fn tryton(clone: &Clone) -> PathBuf {
    clone.target.join("tryton")
}

/// Where Tryton is, for the tests that send to it; without it they say so.
fn with_tryton(clone: &Clone, command: Command) -> Command {
    let environment = tryton(clone);
    if environment.join("bin/trytond").is_file() { command.with("SIGNWRIGHT_TRYTON", environment) } else { command }
}

fn passed(outcome: Result<(), String>) -> Result<Done, String> {
    outcome.map(|()| Done::Passed)
}

fn skipped(reason: &str) -> Result<Done, String> {
    Ok(Done::Skipped(reason.to_owned()))
}
