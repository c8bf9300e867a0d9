//! What is said when the words typed make no command: as text for people, as the error object of every other failure for
//! programs. The exit code is 2 either way; asking for help or the version is no error.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::CommandFactory;
use clap::error::ErrorKind;
use signwright_app::CallError;

use crate::arguments::Arguments;
use crate::output::Output;

/// Prints why `words` could not be understood, or the help they asked for.
pub(crate) fn explain(error: &clap::Error, words: impl Iterator<Item = OsString>) -> ExitCode {
    if error.use_stderr() && wants_json(words) {
        let text = error.to_string();
        let told = match error.kind() {
            // The text is the whole help then.
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => incomplete(&text),
            _ => as_call_error(&text),
        };
        Output::new(true).error(&told);
    } else {
        // A closed pipe is not an error of ours.
        let _ = error.print();
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// Nothing was asked for, and there is no display for a window.
pub(crate) fn no_command(json: bool) -> ExitCode {
    let help = Arguments::command().render_help().to_string();
    if json {
        Output::new(true).error(&incomplete(&help));
    } else {
        eprintln!("{help}");
    }
    ExitCode::from(2)
}

/// The arguments could not be parsed, so the flag is looked for by its name; after `--` it would be a value.
fn wants_json(words: impl Iterator<Item = OsString>) -> bool {
    words.take_while(|word| word != "--").any(|word| word == "--json")
}

fn incomplete(help: &str) -> CallError {
    let usage = help.lines().find(|line| line.starts_with("Usage:")).unwrap_or_default();
    CallError::invalid("the command is not complete").hint(format!("{usage}; --help says more."))
}

/// The first paragraph is what is wrong, the others are what to do.
fn as_call_error(text: &str) -> CallError {
    let text = text.trim().trim_start_matches("error: ");
    let (what, then) = text.split_once("\n\n").unwrap_or((text, ""));
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let hints: Vec<String> = then.split("\n\n").map(one_line).filter(|hint| !hint.is_empty()).collect();
    let error = CallError::invalid(one_line(what));
    if hints.is_empty() { error } else { error.hint(hints.join("\n")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_paragraph_is_the_message_and_the_rest_the_hint() {
        let error = as_call_error(
            "error: unexpected argument '--bugdet' found\n\n  tip: a similar argument exists: '--budget'\n\nUsage: signwright train\n",
        );
        assert_eq!(error.message, "unexpected argument '--bugdet' found");
        assert_eq!(error.hint.as_deref(), Some("tip: a similar argument exists: '--budget'\nUsage: signwright train"));
    }

    #[test]
    fn json_is_asked_for_by_the_flag_and_not_by_a_value() {
        let words = |words: &[&str]| wants_json(words.iter().map(OsString::from).collect::<Vec<_>>().into_iter());
        assert!(words(&["signwright", "jobs", "--json"]));
        assert!(!words(&["signwright", "jobs", "search", "--", "--json"]));
    }
}
