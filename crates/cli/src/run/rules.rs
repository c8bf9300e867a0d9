//! `rules show | set | reset | check`.

use std::path::Path;

use signwright_app::commands::Nothing;
use signwright_app::rules::{
    Findings, JobFlag, ListFindings, RuleFile, SetRules, ask_again, reset_rules, set_rules, show_rules,
};
use signwright_app::{App, CallError, files};

use super::{action, shown};
use crate::arguments::Rules;
use crate::output::{Output, table, word};

pub(super) fn rules(app: &App, input: &Rules, output: &Output) -> Result<(), CallError> {
    let action = action(app, "rules");
    match input {
        Rules::Show { output: path } => show(&show_rules(&action, Nothing {})?, path.as_deref(), output)?,
        Rules::Set { file } => {
            let text = String::from_utf8(files::read(file)?)
                .map_err(|_| CallError::invalid(format!("{} is not UTF-8 text", file.display())))?;
            output.result(&set_rules(&action, &shown(output), SetRules { text })?, findings_text);
        }
        Rules::Reset => output.result(&reset_rules(&action, &shown(output))?, findings_text),
        Rules::Check { rule, info } => {
            let asked = ListFindings { rule: rule.clone(), info: *info };
            output.result(&ask_again(&action, &shown(output), &asked)?, findings_text);
        }
    }
    Ok(())
}

fn show(rules: &RuleFile, path: Option<&Path>, output: &Output) -> Result<(), CallError> {
    let Some(path) = path else {
        output.result(rules, |file| file.text.trim_end().to_owned());
        return Ok(());
    };
    files::write(path, rules.text.as_bytes())?;
    output.result(rules, |_| path.display().to_string());
    Ok(())
}

fn findings_text(found: &Findings) -> String {
    if found.rules.is_empty() {
        return "the rules find nothing".to_owned();
    }
    let rows: Vec<_> = found.flags.iter().map(row).collect();
    let list = table(&["job", "type", "", "rule", "what"], &rows, &[]);
    let counts: Vec<_> =
        found.rules.iter().map(|one| vec![one.rule.clone(), word(&one.severity), one.jobs.to_string()]).collect();
    let counts = table(&["rule", "", "jobs"], &counts, &[2]);
    let shown = found.flags.len() as u64;
    let more = if shown < found.total { format!("\n{shown} of {} are shown", found.total) } else { String::new() };
    match rows.is_empty() {
        true => counts,
        false => format!("{list}{more}\n\n{counts}"),
    }
}

pub(super) fn row(found: &JobFlag) -> Vec<String> {
    let sign_type = found.sign_type.clone().unwrap_or_default().replace('_', " ");
    let flag = &found.flag;
    vec![found.number.clone(), sign_type, word(&flag.severity), flag.rule.clone(), flag.message.clone()]
}
