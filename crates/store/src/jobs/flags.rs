//! What the sanity rules and the comparison with its peers found in each job. Derived, and replaced whole.

use std::collections::BTreeMap;

use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use signwright_domain::job::Job;
use signwright_domain::sanity::peers::{self, Figures};
use signwright_domain::sanity::{Severity, Warning};
use ts_rs::TS;

use crate::db::{Cells, limit, word};
use crate::{Db, StoreError};

/// A finding with the job that it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JobFlag {
    #[ts(type = "number")]
    pub job_id: i64,
    pub number: String,
    pub sign_type: Option<String>,
    pub flag: Warning,
}

/// How often a rule found something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuleCount {
    pub rule: String,
    pub severity: Severity,
    #[ts(type = "number")]
    pub jobs: u64,
}

/// Which findings of the rules are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of<'a> {
    Job(i64),
    /// Jobs that the document of this import speaks of.
    Import(i64),
    Rule(Option<&'a str>),
}

/// Keeps what the rules found in a job in place of what they found before; the comparison with peers is its own.
pub fn replace(db: &Db<'_>, job_id: i64, found: &[Warning]) -> Result<(), StoreError> {
    db.run("DELETE FROM job_flags WHERE job_id = ?1 AND rule <> 'peers'", [job_id])?;
    found.iter().try_for_each(|warning| insert(db, job_id, warning))
}

/// The same for what the comparison with its peers found.
pub fn replace_peers(db: &Db<'_>, job_id: i64, found: &[Warning]) -> Result<(), StoreError> {
    db.run("DELETE FROM job_flags WHERE job_id = ?1 AND rule = 'peers'", [job_id])?;
    found.iter().try_for_each(|warning| insert(db, job_id, warning))
}

fn insert(db: &Db<'_>, job_id: i64, warning: &Warning) -> Result<(), StoreError> {
    let Warning { rule, severity, driver, message } = warning;
    db.run(
        "INSERT OR REPLACE INTO job_flags (job_id, rule, field, severity, message) \
         VALUES (:job_id, :rule, :field, :severity, :message)",
        named_params! {
            ":job_id": job_id, ":rule": rule, ":field": driver, ":severity": word(severity)?, ":message": message,
        },
    )?;
    Ok(())
}

/// The findings at least as bad as `least`, the worst first, at most `most`, and how many there are in all.
pub fn list(db: &Db<'_>, of: Of<'_>, least: Severity, most: u32) -> Result<(u64, Vec<JobFlag>), StoreError> {
    let (asked, number, name) = match of {
        Of::Job(id) => ("job_id = :number", Some(id), None),
        Of::Import(id) => (
            "EXISTS (SELECT 1 FROM jobs j JOIN records r ON r.key IN (j.work_order, j.quote_number) \
             JOIN imports i ON i.id = r.import_id \
             WHERE j.id = job_id AND (i.sha256 = (SELECT sha256 FROM imports WHERE id = :number) \
             OR EXISTS (SELECT 1 FROM records_again a WHERE a.record_id = r.id AND a.import_id = :number)))",
            Some(id),
            None,
        ),
        Of::Rule(None) => ("true", None, None),
        Of::Rule(Some(rule)) => ("rule = :name", None, Some(rule)),
    };
    let severity = match least {
        Severity::Info => "true",
        Severity::Warning => "severity <> 'info'",
        Severity::Error => "severity = 'error'",
    };
    let condition = format!("{severity} AND {asked}");
    let both = named_params! { ":number": number, ":name": name, ":most": limit(most) };
    let used = |text: &str| -> Vec<(&str, &dyn rusqlite::ToSql)> {
        both.iter().filter(|(name, _)| text.contains(name)).copied().collect()
    };
    let text = format!("SELECT count(*) FROM job_flags WHERE {condition}");
    let total = db.count(&text, used(&text).as_slice())?;
    let text = format!(
        "SELECT job_id, number, sign_type, rule, severity, field, message FROM job_flags JOIN jobs ON jobs.id = job_id \
         WHERE {condition} ORDER BY {WORST_FIRST}, job_id DESC, rule LIMIT :most"
    );
    Ok((total, db.rows(&text, used(&text).as_slice(), read)?))
}

const WORST_FIRST: &str = "CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END";

fn read(cells: &mut Cells<'_>) -> Result<JobFlag, StoreError> {
    Ok(JobFlag {
        job_id: cells.get()?,
        number: cells.get::<Option<String>>()?.unwrap_or_default(),
        sign_type: cells.get()?,
        flag: Warning { rule: cells.get()?, severity: cells.word()?, driver: cells.get()?, message: cells.get()? },
    })
}

/// How many jobs each rule found something in, the worst and most frequent first.
pub fn by_rule(db: &Db<'_>) -> Result<Vec<RuleCount>, StoreError> {
    let text = format!(
        "SELECT rule, severity, count(DISTINCT job_id) FROM job_flags GROUP BY 1, 2 ORDER BY {WORST_FIRST}, 3 DESC, 1"
    );
    db.rows(&text, [], |cells| Ok(RuleCount { rule: cells.get()?, severity: cells.word()?, jobs: cells.count()? }))
}

/// Jobs in which a rule found something that cannot be, with what it says: they are not learned from.
pub fn errors(db: &Db<'_>) -> Result<BTreeMap<i64, Warning>, StoreError> {
    let text = "SELECT job_id, rule, field, message FROM job_flags WHERE severity = 'error' ORDER BY job_id, rule DESC";
    let found = db.rows(text, [], |cells| {
        let job: i64 = cells.get()?;
        let (rule, driver, message) = (cells.get()?, cells.get()?, cells.get()?);
        Ok((job, Warning { rule, severity: Severity::Error, driver, message }))
    })?;
    Ok(found.into_iter().collect())
}

/// The figures by which finished jobs are compared: id, sign type, figures.
pub fn figures(db: &Db<'_>) -> Result<Vec<(i64, String, Figures)>, StoreError> {
    let text = "SELECT id, sign_type, total_cost, material_cost, estimated_cost, coalesce(sale_price, quoted_price), \
                actual_hours, square_feet FROM jobs WHERE +status = 'completed' AND sign_type IS NOT NULL";
    db.rows(text, [], |cells| {
        let (id, sign_type) = (cells.get()?, cells.get()?);
        let figures = Figures {
            total_cost: cells.get()?,
            material_cost: cells.get()?,
            estimated_cost: cells.get()?,
            price: cells.get()?,
            hours: cells.get()?,
            square_feet: cells.get()?,
        };
        Ok((id, sign_type, figures))
    })
}

/// Ids of the jobs that have a finding of their peers.
pub fn unlike_peers(db: &Db<'_>) -> Result<Vec<i64>, StoreError> {
    db.rows("SELECT DISTINCT job_id FROM job_flags WHERE rule = ?1", [peers::RULE], |cells| cells.get())
}

/// The ids of all jobs, in the order they were first stored.
pub fn jobs(db: &Db<'_>) -> Result<Vec<i64>, StoreError> {
    db.rows("SELECT id FROM jobs ORDER BY id", [], |cells| cells.get())
}

/// Calls with each of these jobs that is still there and its lines; the first error ends it.
pub fn each_of<E: From<StoreError>>(
    db: &Db<'_>,
    ids: &[i64],
    mut with: impl FnMut(&Job, &[super::JobLine]) -> Result<(), E>,
) -> Result<(), E> {
    for id in ids {
        if let Some(job) = super::get(db, *id)? {
            with(&job, &super::lines(db, *id)?)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use signwright_domain::job::JobStatus;

    use super::*;
    use crate::{Shop, jobs};

    fn flag(rule: &str, severity: Severity) -> Warning {
        Warning { rule: rule.to_owned(), severity, driver: "width".to_owned(), message: format!("{rule}!") }
    }

    fn job(number: &str) -> Job {
        Job { work_order: Some(number.to_owned()), status: JobStatus::Completed, ..Job::default() }
    }

    #[test]
    fn findings_are_replaced_listed_counted_and_leave_with_their_job() {
        let shop = Shop::in_memory().expect("shop");
        shop.write(|db| {
            let (first, _) = jobs::upsert(db, &job("1"))?;
            let (second, _) = jobs::upsert(db, &job("2"))?;
            replace(db, first, &[flag("old", Severity::Warning)])?;
            replace_peers(db, first, &[flag(peers::RULE, Severity::Warning)])?;
            replace(db, first, &[flag("margin", Severity::Info), flag("own", Severity::Error)])?;
            replace(db, second, &[flag("margin", Severity::Info)])?;
            let rules = |list: Vec<JobFlag>| list.into_iter().map(|one| one.flag.rule).collect::<Vec<_>>();
            let (total, all) = list(db, Of::Job(first), Severity::Info, 100)?;
            assert_eq!((total, rules(all)), (3, vec!["own".to_owned(), "peers".to_owned(), "margin".to_owned()]));
            let (total, some) = list(db, Of::Rule(Some("margin")), Severity::Info, 1)?;
            assert_eq!((total, some.len(), some[0].number.as_str()), (2, 1, "2"));
            assert_eq!(list(db, Of::Rule(None), Severity::Info, 100)?.0, 4);
            assert_eq!(list(db, Of::Rule(None), Severity::Warning, 100)?.0, 2);
            assert_eq!(list(db, Of::Rule(None), Severity::Error, 100)?.0, 1);
            let counts: Vec<_> = by_rule(db)?.into_iter().map(|count| (count.rule, count.jobs)).collect();
            assert_eq!(counts, [("own".to_owned(), 1), ("peers".to_owned(), 1), ("margin".to_owned(), 2)]);
            assert_eq!(
                errors(db)?.into_iter().map(|(job, flag)| (job, flag.rule)).collect::<Vec<_>>(),
                [(first, "own".to_owned())]
            );
            assert_eq!(unlike_peers(db)?, [first]);
            jobs::remove_work_order(db, "1")?;
            assert_eq!(list(db, Of::Rule(None), Severity::Info, 100)?.0, 1);
            Ok::<_, StoreError>(())
        })
        .expect("flags");
    }
}
