//! `alerts list | check | rules | test | save | remove | ack | resolve | snooze`.

use std::path::Path;

use serde::de::DeserializeOwned;
use signwright_app::alerts::{
    ActOnAlert, AlertChannelsStanding, AlertCheck, AlertDetail, AlertQuery, AlertRef, AlertRuleRef, AlertStep,
    AlertTest, act_on_alert, alert_channels, check_alerts, list_alert_rules, list_alerts, remove_alert_rule,
    save_alert_channels, save_alert_rule, show_alert, test_alert_rule,
};
use signwright_app::commands::Nothing;
use signwright_app::{App, CallError, files};
use signwright_domain::alert::{Alert, AlertChannels, AlertRule, WatchedRule};

use super::action;
use crate::arguments::Alerts;
use crate::output::{Output, table, word};

pub(super) fn alerts(app: &App, input: &Alerts, output: &Output) -> Result<(), CallError> {
    let action = action(app, "alerts");
    let act = |id: i64, step: AlertStep, note: &Option<String>| {
        act_on_alert(&action, ActOnAlert { id, step, note: note.clone().unwrap_or_default() })
    };
    match input {
        Alerts::List { all } => {
            output.result(&list_alerts(&action, AlertQuery { all: *all })?, |found| list_text(found))
        }
        Alerts::Show { id } => output.result(&show_alert(&action, AlertRef { id: *id })?, detail_text),
        Alerts::Check => output.result(&check_alerts(&action, Nothing {})?, check_text),
        Alerts::Rules => output.result(&list_alert_rules(&action, Nothing {})?, |rules| rules_text(rules)),
        Alerts::Channels { channels } => {
            let standing = match channels {
                Some(file) => save_alert_channels(&action, read(file, "no channels of alerts", "channels")?)?,
                None => alert_channels(&action, Nothing {})?,
            };
            output.result(&standing, channels_text);
        }
        Alerts::Test { rule } => output.result(&test_alert_rule(&action, read_rule(rule)?)?, test_text),
        Alerts::Save { rule } => {
            output.result(&save_alert_rule(&action, read_rule(rule)?)?, |rule| {
                format!("rule {}: {}", rule.id, rule.title)
            });
        }
        Alerts::Remove { id } => {
            let gone = remove_alert_rule(&action, AlertRuleRef { id: *id })?;
            output.result(&gone, |rule| format!("{} is not watched any more", rule.title));
        }
        Alerts::Acknowledge { id, note } => output.result(&act(*id, AlertStep::Acknowledge, note)?, detail_text),
        Alerts::Resolve { id, note } => output.result(&act(*id, AlertStep::Resolve, note)?, detail_text),
        Alerts::Snooze { id, days, note } => {
            output.result(&act(*id, AlertStep::Snooze { days: *days }, note)?, detail_text);
        }
    }
    Ok(())
}

fn read_rule(file: &Path) -> Result<AlertRule, CallError> {
    read(file, "no alert rule", "test")
}

/// What a file of JSON says; `like` is the subcommand whose help shows one.
fn read<T: DeserializeOwned>(file: &Path, is_no: &str, like: &str) -> Result<T, CallError> {
    serde_json::from_slice(&files::read(file)?).map_err(|error| {
        CallError::invalid(format!("{} is {is_no}: {error}", file.display()))
            .hint(format!("See signwright alerts {like} --help for one."))
    })
}

fn channels_text(standing: &AlertChannelsStanding) -> String {
    let AlertChannels { desktop, draft, quiet } = &standing.channels;
    let mut text = vec![match desktop {
        Some(severity) => format!("a window tells the desktop of alerts from {} severity on", word(severity)),
        None => "the desktop is not told".to_owned(),
    }];
    text.push(match draft {
        Some(draft) => format!(
            "mails to {} are drafted in {} for alerts from {} severity on",
            draft.to,
            draft.folder,
            word(&draft.severity)
        ),
        None => "no mails are drafted".to_owned(),
    });
    if let Some(quiet) = quiet {
        let hour = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
        let weekends = if quiet.weekends { " and at weekends" } else { "" };
        let except = if quiet.except_high { ", except for high severity" } else { "" };
        text.push(format!("quiet from {} until {}{weekends}{except}", hour(quiet.from), hour(quiet.until)));
    }
    text.extend(standing.trouble.iter().map(|why| format!("the last mail could not be drafted: {why}")));
    text.join("\n")
}

fn list_text(found: &[Alert]) -> String {
    if found.is_empty() {
        return "nothing has fired".to_owned();
    }
    let row = |alert: &Alert| {
        let since = alert.opened_at.strftime("%Y-%m-%d").to_string();
        vec![
            alert.id.to_string(),
            since,
            word(&alert.severity),
            word(&alert.state),
            format!("{}: {}", alert.title, alert.message),
        ]
    };
    table(&["alert", "since", "severity", "state", "what"], &found.iter().map(row).collect::<Vec<_>>(), &[0])
}

fn detail_text(detail: &AlertDetail) -> String {
    let alert = &detail.alert;
    let mut text = vec![format!("alert {}, {}: {}", alert.id, word(&alert.state), alert.title), alert.message.clone()];
    let event = |event: &signwright_domain::alert::AlertEvent| {
        let note = if event.note.is_empty() { String::new() } else { format!(": {}", event.note) };
        format!("  {} {} {}{note}", event.at.strftime("%Y-%m-%d %H:%M"), event.who, event.what)
    };
    text.extend(detail.history.iter().map(event));
    text.join("\n")
}

fn check_text(check: &AlertCheck) -> String {
    let mut text = vec![format!("{} rules asked, {} fired", check.rules, check.fired.len())];
    text.extend(check.fired.iter().map(|one| format!("fired: {one}")));
    text.extend(check.escalated.iter().map(|one| format!("escalated: {one}")));
    text.extend(check.ended.iter().map(|one| format!("holds no more: {one}")));
    text.extend(check.failed.iter().map(|one| format!("could not be asked: {one}")));
    text.join("\n")
}

fn rules_text(rules: &[WatchedRule]) -> String {
    if rules.is_empty() {
        return "there is no rule yet: signwright alerts save RULE.json".to_owned();
    }
    let row = |WatchedRule { rule, trouble, .. }: &WatchedRule| {
        let watched = match trouble {
            _ if !rule.enabled => "off".to_owned(),
            Some(why) => format!("could not be asked: {why}"),
            None => "watched".to_owned(),
        };
        vec![rule.id.to_string(), rule.title.clone(), word(&rule.severity), watched]
    };
    table(&["rule", "title", "severity", ""], &rules.iter().map(row).collect::<Vec<_>>(), &[0])
}

fn test_text(test: &AlertTest) -> String {
    let mut text = vec![format!("it {}", test.summary)];
    text.extend(test.fired.iter().map(|one| format!("  {} {}", one.on, one.message)));
    text.push(
        test.now.as_ref().map_or_else(|| "it does not hold now".to_owned(), |now| format!("it holds now: {now}")),
    );
    text.join("\n")
}
