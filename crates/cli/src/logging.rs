//! Structured logs on standard error. They carry ids and durations, never customer data.

use tracing_subscriber::EnvFilter;

/// Silent by default; `-v` shows each command with its action id and duration, `-vv` more. `SIGNWRIGHT_LOG` overrules.
pub(crate) fn start(verbose: u8) {
    let level = match verbose {
        0 => "off",
        1 => "signwright=info,signwright_app=info,signwright_server=info",
        _ => "signwright=debug,signwright_app=debug,signwright_server=debug",
    };
    let filter = EnvFilter::try_from_env("SIGNWRIGHT_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
}
