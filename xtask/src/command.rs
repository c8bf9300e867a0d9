//! Runs other programs: each is printed first, may have a time limit, and says in a sentence how it failed.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// One command line.
#[derive(Debug)]
pub(crate) struct Command {
    words: Vec<OsString>,
    folder: Option<PathBuf>,
    set: Vec<(OsString, OsString)>,
    unset: Vec<OsString>,
    limit: Option<Duration>,
}

impl Command {
    pub(crate) fn new<A: Into<OsString>>(program: impl Into<OsString>, arguments: impl IntoIterator<Item = A>) -> Self {
        let words = std::iter::once(program.into()).chain(arguments.into_iter().map(Into::into)).collect();
        Self { words, folder: None, set: Vec::new(), unset: Vec::new(), limit: None }
    }

    /// Adds an option and its value.
    pub(crate) fn and(mut self, option: &str, value: impl AsRef<OsStr>) -> Self {
        self.words.extend([option.into(), value.as_ref().to_owned()]);
        self
    }

    pub(crate) fn inside(mut self, folder: &Path) -> Self {
        self.folder = Some(folder.to_owned());
        self
    }

    pub(crate) fn with(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.set.push((name.into(), value.as_ref().to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &OsStr) -> Self {
        self.unset.push(name.to_owned());
        self
    }

    /// After this time the command is ended, with everything it has started.
    pub(crate) fn limit(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Prints the command and runs it to its end.
    pub(crate) fn run(&self) -> Result<(), String> {
        println!("$ {}", self.line());
        let status = match self.limit {
            None => self.prepared().status(),
            Some(limit) => return self.run_within(limit),
        };
        self.verdict(status.map_err(|error| self.not_started(&error))?)
    }

    /// What it prints, or nothing if it cannot be started or fails. Not printed: it only looks.
    pub(crate) fn answer(&self) -> Option<String> {
        let output = self.prepared().stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    pub(crate) fn line(&self) -> String {
        let quoted = |word: &OsString| {
            let word = word.to_string_lossy();
            if word.is_empty() || word.contains(|c: char| c.is_whitespace() || "'\"$;&|<>*?".contains(c)) {
                format!("'{word}'")
            } else {
                word.into_owned()
            }
        };
        self.words.iter().map(quoted).collect::<Vec<_>>().join(" ")
    }

    fn prepared(&self) -> std::process::Command {
        let mut command = std::process::Command::new(&self.words[0]);
        command.args(&self.words[1..]);
        for name in &self.unset {
            command.env_remove(name);
        }
        command.envs(self.set.iter().map(|(name, value)| (name, value)));
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        command
    }

    fn run_within(&self, limit: Duration) -> Result<(), String> {
        let mut command = self.prepared();
        command.stdin(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn().map_err(|error| self.not_started(&error))?;
        let end = Instant::now() + limit;
        while Instant::now() < end {
            if let Some(status) = child.try_wait().map_err(|error| self.not_started(&error))? {
                return self.verdict(status);
            }
            sleep(Duration::from_millis(100));
        }
        end_with_children(&mut child);
        Err(format!("`{}` had not ended after {} s and was stopped", self.line(), limit.as_secs()))
    }

    fn verdict(&self, status: ExitStatus) -> Result<(), String> {
        if status.success() { Ok(()) } else { Err(format!("`{}` failed: {status}", self.line())) }
    }

    fn not_started(&self, error: &std::io::Error) -> String {
        format!("`{}` cannot be started: {error}", self.line())
    }
}

/// Asks first, so that a test can clear up, and insists after five seconds.
fn end_with_children(child: &mut Child) {
    let all = child.id();
    if cfg!(windows) {
        let _ = Command::new("taskkill", ["/T", "/F", "/PID", &all.to_string()]).answer();
    } else {
        let signal = |name: &str| Command::new("sh", ["-c", &format!("kill -{name} -{all}")]).answer();
        signal("TERM");
        let end = Instant::now() + Duration::from_secs(5);
        while Instant::now() < end && matches!(child.try_wait(), Ok(None)) {
            sleep(Duration::from_millis(100));
        }
        signal("KILL");
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Where a program of this name is found, if it can be started from here.
pub(crate) fn found(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(&name)).find(|file| file.is_file())
}

pub(crate) fn on_path(program: &str) -> bool {
    found(program).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_can_be_copied_into_a_shell() {
        assert_eq!(Command::new("say", ["two words", "", "plain"]).line(), "say 'two words' '' plain");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = Command::new("no-such-program-here", ["x"]).run().expect_err("it is not there");
        assert!(error.contains("`no-such-program-here x` cannot be started"), "{error}");
    }

    #[test]
    #[cfg(unix)]
    fn what_takes_too_long_is_stopped_with_its_children() {
        let begun = Instant::now();
        let error = Command::new("sh", ["-c", "sleep 60 & wait"]).limit(Duration::from_millis(300)).run();
        assert!(error.expect_err("it takes a minute").contains("was stopped"));
        assert!(begun.elapsed() < Duration::from_secs(20));
    }
}
