//! System packages: found out with dpkg, installed with apt, as root or with sudo. Elsewhere it says what is needed.

use std::fs;
use std::path::PathBuf;

use crate::command::{Command, found, on_path};

const TO_BUILD: [&str; 5] =
    ["pkg-config", "libwebkit2gtk-4.1-dev", "libayatana-appindicator3-dev", "librsvg2-dev", "libxdo-dev"];

const TO_TEST: [&str; 12] = [
    "webkit2gtk-driver",
    "xvfb",
    "xauth",
    "x11-utils",
    "xdotool",
    "imagemagick",
    "openbox",
    "dbus",
    "dbus-x11",
    "python3-gi",
    "python3-venv",
    "gir1.2-gtk-3.0",
];

/// Browsers that the test of the web UI can use, by the names they are installed under.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// What is going to be done with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Build,
    Test,
}

/// The browser named by `CHROMIUM`, or the first of the known ones, with its folder.
pub(crate) fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").filter(|path| !path.is_empty()).map(PathBuf::from);
    named.or_else(|| BROWSERS.into_iter().find_map(found))
}

/// Installs the packages that are missing, if there are any.
pub(crate) fn present(purpose: Purpose) -> Result<(), String> {
    if cfg!(windows) {
        println!("Windows: needs the C++ build tools of Visual Studio and WebView2, which Windows 11 has");
        return Ok(());
    }
    if cfg!(target_os = "macos") {
        println!("macOS: needs the command line tools of Xcode (`xcode-select --install`)");
        return Ok(());
    }
    if !on_path("apt-get") || !on_path("dpkg-query") {
        return elsewhere();
    }
    let wanted = wanted(purpose, browser().is_some());
    let missing = missing(&wanted, &installed(&wanted));
    if missing.is_empty() {
        return Ok(());
    }
    println!("missing system packages: {}", missing.join(" "));
    install(&missing)
}

/// Installs these packages, if any, where there is apt; elsewhere it says that they are needed.
pub(crate) fn install_named(missing: &[&str]) -> Result<(), String> {
    match missing {
        [] => Ok(()),
        _ if on_path("apt-get") => install(missing),
        _ => Err(format!("needs what on Debian is {}", missing.join(" "))),
    }
}

fn wanted(purpose: Purpose, has_browser: bool) -> Vec<&'static str> {
    let mut wanted = TO_BUILD.to_vec();
    if purpose == Purpose::Test {
        wanted.extend(TO_TEST);
        if !has_browser {
            wanted.push(if is_ubuntu() { "chromium-browser" } else { "chromium" });
        }
    }
    wanted
}

fn is_ubuntu() -> bool {
    fs::read_to_string("/etc/os-release").is_ok_and(|text| text.lines().any(|line| line == "ID=ubuntu"))
}

/// dpkg's answer for these packages, one line for each it knows. It fails when it does not know all of them.
fn installed(wanted: &[&str]) -> String {
    let query = "dpkg-query -W -f '${db:Status-Status} ${Package}\\n' \"$@\" 2>/dev/null || true";
    let words = ["-c", query, "dpkg-query"].into_iter().chain(wanted.iter().copied());
    Command::new("sh", words).answer().unwrap_or_default()
}

fn missing<'a>(wanted: &[&'a str], installed: &str) -> Vec<&'a str> {
    let has = |name: &str| installed.lines().any(|line| line.strip_prefix("installed ") == Some(name));
    wanted.iter().copied().filter(|name| !has(name)).collect()
}

fn install(missing: &[&str]) -> Result<(), String> {
    let root = Command::new("id", ["-u"]).answer().is_some_and(|id| id == "0");
    if !root && !on_path("sudo") {
        let command = format!("apt-get install --no-install-recommends {}", missing.join(" "));
        return Err(format!(
            "these packages can be installed by root only, and there is no sudo; run as root: {command}"
        ));
    }
    if let Err(error) = apt(root, &["update"]).run() {
        println!("{error}; going on with the package lists that are here");
    }
    let mut words = vec!["install", "-y", "--no-install-recommends"];
    words.extend(missing);
    apt(root, &words).run()
}

fn apt(root: bool, words: &[&str]) -> Command {
    let front: &[&str] = if root { &["env"] } else { &["sudo", "env"] };
    let apt = ["DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"];
    Command::new(front[0], front[1..].iter().chain(&apt).chain(words).copied())
}

fn elsewhere() -> Result<(), String> {
    if Command::new("pkg-config", ["--exists", "webkit2gtk-4.1"]).answer().is_some() {
        return Ok(());
    }
    Err(format!(
        "this system has no apt; install with its own package manager what on Debian is {} (for the tests also {} and \
         chromium), so that `pkg-config --exists webkit2gtk-4.1` succeeds, and try again",
        TO_BUILD.join(", "),
        TO_TEST.join(", "),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_that_was_removed_or_is_unknown_is_missing() {
        let answer = "installed xvfb\nconfig-files openbox\nnot-installed xauth\ninstalled libxdo-dev";
        assert_eq!(missing(&["xvfb", "openbox", "xauth", "libxdo-dev", "dbus"], answer), ["openbox", "xauth", "dbus"]);
    }

    #[test]
    fn a_browser_that_is_there_is_not_installed_again() {
        let with = wanted(Purpose::Test, true);
        assert!(with.contains(&"xvfb") && !with.iter().any(|name| name.starts_with("chromium")));
        assert!(wanted(Purpose::Test, false).iter().any(|name| name.starts_with("chromium")));
        assert_eq!(wanted(Purpose::Build, false), TO_BUILD);
    }

    #[test]
    fn what_runs_as_root_is_shown_whole() {
        let line = apt(false, &["update"]).line();
        assert_eq!(line, "sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 update");
    }
}
