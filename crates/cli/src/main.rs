//! The binary `signwright`: the command line, the window and the local web server in one executable.
//!
//! `main` only turns what was typed into what it means; every command is a use case of `app`.

mod arguments;
mod logging;
mod output;
mod run;
mod usage;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command};
use crate::output::Output;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage::explain(&error, std::env::args_os()),
    };
    logging::start(arguments.verbose);
    let output = Output::new(arguments.json);
    // A desktop's menu and a double click start the program without a word.
    let command = match arguments.command {
        Some(command) => command,
        None if signwright_desktop::has_display() => Command::Window,
        None => return usage::no_command(arguments.json),
    };
    match run::run(arguments.shop, command, &output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output.error(&error);
            ExitCode::FAILURE
        }
    }
}
