//! Rules as they stand in a file.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::super::names::Names;
use super::{Asked, DriverRange, Part, Peers, Rule, Rules, is_named};
use crate::driver::{self, DriverKind};
use crate::formula::{Formula, Kind, Vocabulary};
use crate::sanity::Severity;

/// Why a file of rules was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct RulesError {
    /// From 1.
    pub line: usize,
    pub message: String,
}

/// What ranges, peers and arithmetic are told under.
const RESERVED: [&str; 3] = ["ranges", "peers", "figures"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    ranges: BTreeMap<String, Spanned<RangeEntry>>,
    #[serde(default)]
    peers: PeersEntry,
    #[serde(default)]
    rule: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RangeEntry {
    min: Option<f64>,
    max: Option<f64>,
    severity: Option<Level>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PeersEntry {
    at_least: Option<Spanned<usize>>,
    beyond: Option<Spanned<f64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: Spanned<String>,
    of: Option<Vec<Whom>>,
    severity: Option<Level>,
    about: Option<Spanned<String>>,
    when: Option<Spanned<String>>,
    say: Option<Spanned<String>>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Whom {
    Estimate,
    Job,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Level {
    Off,
    Info,
    Warning,
    Error,
}

impl Level {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// Reads a file of rules on top of others.
pub(super) fn read(text: &str, on: Option<&Rules>) -> Result<Rules, RulesError> {
    let file: File = toml::from_str(text).map_err(|error| RulesError {
        line: line(text, error.span().map_or(0, |span| span.start)),
        message: error.message().to_owned(),
    })?;
    let fewest = Peers { at_least: 20, beyond: 5.0 };
    let mut rules = on.cloned().unwrap_or(Rules { rules: Vec::new(), ranges: BTreeMap::new(), peers: fewest });
    let at = |start: usize| line(text, start);
    for (name, entry) in file.ranges {
        let start = entry.span().start;
        let range =
            range(&rules.ranges, &name, entry.get_ref()).map_err(|message| RulesError { line: at(start), message })?;
        rules.ranges.insert(name, range);
    }
    rules.peers =
        peers(rules.peers, &file.peers).map_err(|(start, message)| RulesError { line: at(start), message })?;
    let mut seen: Vec<String> = Vec::new();
    for entry in file.rule {
        let start = entry.span().start;
        let entry = entry.into_inner();
        let name = entry.name.get_ref().clone();
        let told = |(start, message): (usize, String)| RulesError {
            line: at(start),
            message: format!("rule \"{name}\", {message}"),
        };
        if seen.contains(&name) {
            return Err(told((entry.name.span().start, "it stands twice in this file".to_owned())));
        }
        let before = rules.rules.iter().position(|rule| rule.name == name);
        let rule = changed(before.map(|i| &rules.rules[i]), &entry, start, text).map_err(told)?;
        match before {
            Some(i) => rules.rules[i] = rule,
            None => rules.rules.push(rule),
        }
        seen.push(name);
    }
    Ok(rules)
}

fn line(text: &str, byte: usize) -> usize {
    1 + text.as_bytes()[..byte.min(text.len())].iter().filter(|byte| **byte == b'\n').count()
}

fn range(known: &BTreeMap<String, DriverRange>, name: &str, entry: &RangeEntry) -> Result<DriverRange, String> {
    let (least, most) = match driver::find(name).map(|driver| &driver.kind) {
        Some(DriverKind::Number { min, max, .. }) => (*min, *max),
        Some(DriverKind::Choice { .. } | DriverKind::Flag | DriverKind::Text) => {
            return Err(format!("{name} is not a number and has no range"));
        }
        None if entry.min.is_some() && entry.max.is_some() => (f64::NAN, f64::NAN),
        None => return Err(format!("{name} is not a driver of the product: give min and max for a shop's own")),
    };
    let before = known.get(name).copied();
    let before = before.unwrap_or(DriverRange { min: least, max: most, severity: Some(Severity::Warning) });
    let (min, max) = (entry.min.unwrap_or(before.min), entry.max.unwrap_or(before.max));
    if min.partial_cmp(&max) != Some(Ordering::Less) {
        return Err(format!("{name}: min must be below max"));
    }
    Ok(DriverRange { min, max, severity: entry.severity.map_or(before.severity, Level::severity) })
}

fn peers(before: Peers, entry: &PeersEntry) -> Result<Peers, (usize, String)> {
    if let Some(beyond) = entry.beyond.as_ref().filter(|beyond| beyond.get_ref().is_nan() || *beyond.get_ref() < 2.0) {
        return Err((beyond.span().start, "beyond below 2 would tell of every tenth job".to_owned()));
    }
    if let Some(least) = entry.at_least.as_ref().filter(|least| *least.get_ref() < 8) {
        return Err((least.span().start, "at_least must be 8 or more: fewer jobs show no pattern".to_owned()));
    }
    Ok(Peers {
        at_least: entry.at_least.as_ref().map_or(before.at_least, |least| *least.get_ref()),
        beyond: entry.beyond.as_ref().map_or(before.beyond, |beyond| *beyond.get_ref()),
    })
}

type Wrong = (usize, String);

/// A rule as the entry changes it, or a new one.
fn changed(before: Option<&Rule>, entry: &Entry, start: usize, file: &str) -> Result<Rule, Wrong> {
    let name = entry.name.get_ref();
    if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '-') {
        return Err((entry.name.span().start, "name: letters, digits and hyphens only".to_owned()));
    }
    if RESERVED.contains(&name.as_str()) {
        return Err((entry.name.span().start, "name: findings that no rule makes are told under it".to_owned()));
    }
    let missing = |what: &str| (start, format!("which is new, needs {what}"));
    let of = match (&entry.of, before) {
        (Some(of), _) if of.is_empty() => return Err((start, "of: it is asked of nothing".to_owned())),
        (Some(of), _) => of.iter().map(|whom| asked(*whom)).collect(),
        (None, Some(rule)) => rule.of.clone(),
        (None, None) => return Err(missing("of")),
    };
    let severity = match (entry.severity, before) {
        (Some(level), _) => level.severity(),
        (None, Some(rule)) => rule.severity,
        (None, None) => return Err(missing("severity")),
    };
    let about = match (&entry.about, before) {
        (Some(about), _) => about_of(about)?,
        (None, Some(rule)) => rule.about.clone(),
        (None, None) => return Err(missing("about")),
    };
    let when = match (&entry.when, before) {
        (Some(when), _) => condition(when, file)?,
        (None, Some(rule)) => rule.when.clone(),
        (None, None) => return Err(missing("when")),
    };
    let say = match (&entry.say, before) {
        (Some(say), _) => sentence(say)?,
        (None, Some(rule)) => rule.say.clone(),
        (None, None) => return Err(missing("say")),
    };
    Ok(Rule { name: name.clone(), of, severity, about, when, say })
}

fn asked(whom: Whom) -> Asked {
    match whom {
        Whom::Estimate => Asked::Estimate,
        Whom::Job => Asked::Job,
    }
}

fn about_of(about: &Spanned<String>) -> Result<String, Wrong> {
    let name = about.get_ref();
    match is_named(name) {
        true => Ok(name.clone()),
        false => Err((about.span().start, format!("about: \"{name}\" is neither a driver nor a figure of a job"))),
    }
}

/// `file` is the text of the whole file, to find the line of a long condition that is wrong.
fn condition(when: &Spanned<String>, file: &str) -> Result<Formula, Wrong> {
    let text = when.get_ref();
    let start = when.span().start;
    let formula = Formula::parse(text, &Names).map_err(|error| {
        let near = text[error.at.clone()].trim();
        let near = if near.is_empty() { String::new() } else { format!(" (at {near})") };
        let behind_the_mark = file.get(when.span()).and_then(|raw| raw.find(text.as_str())).unwrap_or(0);
        (start + behind_the_mark + error.at.start, format!("when: {}{near}", error.message))
    })?;
    match formula.kind() {
        Kind::Flag => Ok(formula),
        Kind::Number | Kind::Measure(_) | Kind::Text => {
            Err((start, "when: it is neither true nor false; compare it".to_owned()))
        }
    }
}

fn sentence(say: &Spanned<String>) -> Result<Vec<Part>, Wrong> {
    let wrong = |message: String| (say.span().start, format!("say: {message}"));
    let mut parts = Vec::new();
    let mut rest = say.get_ref().as_str();
    if rest.trim().is_empty() {
        return Err(wrong("it says nothing".to_owned()));
    }
    while let Some(open) = rest.find('{') {
        let close = rest[open..].find('}').ok_or_else(|| wrong("a closing brace is missing".to_owned()))? + open;
        let name = &rest[open + 1..close];
        let (id, _) = Names.name(name).ok_or_else(|| wrong(format!("\"{name}\" in braces is not known")))?;
        parts.push(Part::Text(rest[..open].to_owned()));
        parts.push(Part::Name(id));
        rest = &rest[close + 1..];
    }
    parts.push(Part::Text(rest.to_owned()));
    Ok(parts)
}
