//! The password of a locked document: from standard input or typed unseen, never an argument, which others could read.

use std::io::{IsTerminal, stdin};
use std::path::Path;

use signwright_app::worker::Password;
use signwright_app::{CallError, Code};

/// The first line of standard input, where it was announced there.
pub(super) fn given(on_standard_input: bool) -> Result<Option<Password>, CallError> {
    if !on_standard_input {
        return Ok(None);
    }
    let mut line = String::new();
    stdin().read_line(&mut line).map_err(unreadable)?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        return Err(CallError::invalid("standard input holds no password in its first line"));
    }
    Ok(Some(Password::new(password)))
}

/// Asks whoever sits at the terminal; `None` where nobody does, in a script.
pub(super) fn asked(file: &Path) -> Result<Option<Password>, CallError> {
    if !stdin().is_terminal() {
        return Ok(None);
    }
    let typed = rpassword::prompt_password(format!("password of {}: ", file.display())).map_err(unreadable)?;
    Ok((!typed.is_empty()).then(|| Password::new(typed)))
}

fn unreadable(cause: std::io::Error) -> CallError {
    CallError::new(Code::UnreadableFile, format!("cannot read the password: {cause}"))
}
