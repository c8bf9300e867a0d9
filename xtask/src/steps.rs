//! A list of steps: all of them run, each is timed, and at the end a table says how each went.

use std::time::{Duration, Instant};

/// How a step can end without an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    Passed,
    /// Not possible on this system, for this reason.
    Skipped(String),
}

#[derive(Debug)]
struct Step {
    name: &'static str,
    outcome: Result<Done, String>,
    took: Duration,
}

/// The steps so far.
#[derive(Debug, Default)]
pub(crate) struct Steps(Vec<Step>);

impl Steps {
    /// Runs a step now, unless one that it needs has not passed.
    pub(crate) fn step(&mut self, name: &'static str, needs: &[&str], work: impl FnOnce() -> Result<Done, String>) {
        println!("\n== {name}");
        let begun = Instant::now();
        let lacking = needs.iter().find(|need| !self.passed(need));
        let outcome = match lacking {
            Some(need) => Err(format!("not run, because \"{need}\" did not pass")),
            None => work(),
        };
        match &outcome {
            Ok(Done::Passed) => {}
            Ok(Done::Skipped(reason)) => println!("skipped: {reason}"),
            Err(message) => println!("failed: {message}"),
        }
        self.0.push(Step { name, outcome, took: begun.elapsed() });
    }

    fn passed(&self, name: &str) -> bool {
        self.0.iter().any(|step| step.name == name && step.outcome == Ok(Done::Passed))
    }

    fn count(&self, is: impl Fn(&Result<Done, String>) -> bool) -> usize {
        self.0.iter().filter(|step| is(&step.outcome)).count()
    }

    pub(crate) fn failed(&self) -> usize {
        self.count(Result::is_err)
    }

    /// Every step with its seconds, what went wrong, and a last line that counts.
    pub(crate) fn table(&self) -> String {
        let width = self.0.iter().map(|step| step.name.len()).max().unwrap_or(0);
        let mut text = String::new();
        for step in &self.0 {
            let (word, why) = match &step.outcome {
                Ok(Done::Passed) => ("passed", ""),
                Ok(Done::Skipped(reason)) => ("skipped", reason.as_str()),
                Err(message) => ("FAILED", message.as_str()),
            };
            let line = format!("{:width$}  {word:7}  {:>7.1} s  {why}", step.name, step.took.as_secs_f64());
            text.push_str(line.trim_end());
            text.push('\n');
        }
        let passed = self.count(|outcome| *outcome == Ok(Done::Passed));
        let skipped = self.count(|outcome| matches!(outcome, Ok(Done::Skipped(_))));
        if skipped > 0 {
            text.push_str(&format!("{skipped} skipped\n"));
        }
        text.push_str(&format!("{passed} passed, {} failed", self.failed()));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_step_hides_no_other_and_stops_only_what_needs_it() {
        let mut steps = Steps::default();
        steps.step("build", &[], || Err("no compiler".to_owned()));
        steps.step("lint", &[], || Ok(Done::Passed));
        steps.step("window", &["build"], || panic!("must not run"));
        steps.step("mac", &["lint"], || Ok(Done::Skipped("not a Mac".to_owned())));
        let table = steps.table();
        let lines: Vec<&str> = table.lines().collect();
        assert!(lines[0].starts_with("build   FAILED") && lines[0].ends_with("no compiler"), "{table}");
        assert!(lines[2].ends_with("not run, because \"build\" did not pass"), "{table}");
        assert_eq!(lines[4..], ["1 skipped", "1 passed, 2 failed"]);
        assert_eq!(steps.failed(), 2);
    }
}
