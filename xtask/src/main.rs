//! Set-up and chores: `cargo xtask run` and `cargo xtask test` need nothing but Rust, Node and a C compiler.
//!
//! The standard library alone, so that it starts within a second of the first clone. Every command that changes
//! something is printed before it runs.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

mod bench;
mod chores;
mod clone;
mod command;
mod hash;
mod node;
mod packages;
mod python;
mod run;
mod steps;
mod test;

use std::process::ExitCode;

use crate::clone::Clone;

const HELP: &str = "\
usage: cargo xtask COMMAND

  run         install what is missing, build, make the sample shop step by step, open it in the window
  test        install what is missing, run every check and test, print a table
  ui          build the user interface if its sources have changed
  generate    write the TypeScript client in ui/src/generated from the command list
  samples     write sample-data/ again from its seed
  starter     make the starter model in models/ again from its seed
  bench AREA  measure an area (intake, tables) and write its section of docs/benchmarks.md

Builds go to CARGO_TARGET_DIR, or else to a folder in the user's cache that further clones use as well.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let clone = Clone::here();
    let outcome = match words.as_slice() {
        ["run"] => run::run(&clone),
        ["test"] => return test::test(&clone),
        ["ui"] => node::built_ui(&clone),
        ["generate"] => chores::generate(&clone),
        ["samples"] => chores::samples(&clone),
        ["starter"] => chores::starter(&clone),
        ["bench", area, more @ ..] => bench::bench(&clone, area, more),
        ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nerror: {message}");
            ExitCode::FAILURE
        }
    }
}
