//! The binary `signwright`: the command line, the window and the local web server in one executable.
//!
//! `main` only turns what was typed into what it means; every command is a use case of `app`.

mod arguments;
mod logging;
mod output;
mod run;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::Arguments;
use crate::output::Output;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    logging::start(arguments.verbose);
    let output = Output::new(arguments.json);
    match run::run(arguments, &output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output.error(&error);
            ExitCode::FAILURE
        }
    }
}
