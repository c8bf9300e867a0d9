//! Today: what needs attention, with where to go for it, and the key figures with their trend.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use signwright_domain::alert::Alert;
use signwright_domain::card::Model;
use signwright_domain::counted;
use signwright_domain::quote::QuoteStatus;
use signwright_store::jobs::JobQuery;
use signwright_store::quotes::QuoteQuery;
use signwright_store::quotes::life::FollowUpDue;
use signwright_store::{Db, imports, jobs, models, quotes, rejects, settings};
use ts_rs::TS;

use crate::anomalies::Anomalies;
use crate::commands::Nothing;
use crate::models::watch::show_watching;
use crate::train::TARGET;
use crate::{Action, CallError, alerts, anomalies, series};

/// The shop at a glance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ShopSummary {
    pub name: String,
    pub path: String,
    pub currency: String,
    #[ts(type = "number")]
    pub jobs: u64,
    #[ts(type = "number")]
    pub completed_jobs: u64,
    #[ts(type = "number")]
    pub open_quotes: u64,
    #[ts(type = "number")]
    pub open_rejects: u64,
    /// How many jobs do not fit; absent while that is not known.
    pub anomalies: Option<u32>,
    /// Alerts that are open and do not sleep.
    pub alerts: u32,
    /// The task that reads the finished jobs and looks for those that do not fit. The key figures may come with its end.
    #[ts(type = "number | null")]
    pub looking: Option<u64>,
    #[ts(type = "string | null")]
    pub last_import_at: Option<Timestamp>,
    pub champion: Option<Model>,
    pub attention: Vec<Attention>,
    pub figures: Vec<KeyFigure>,
}

/// Alerts that are told one by one.
const ALERTS: usize = 3;
const KIND: &str = "alert";
const LINK: &str = "/alerts";

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Attention {
    /// `alert`, `import`, `rejects`, `model`, `anomalies`, `quotes` or `info`.
    pub kind: String,
    pub title: String,
    pub detail: String,
    /// The page that deals with it: `/import`.
    pub link: String,
}

/// A figure with its last twelve months.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct KeyFigure {
    pub label: String,
    pub value: f64,
    pub unit: String,
    pub trend: Vec<f64>,
    /// What the figure is of: "September 2026".
    pub note: String,
    /// The series behind it.
    pub series: String,
}

pub fn shop_summary(action: &Action, _: Nothing) -> Result<ShopSummary, CallError> {
    let Glance { figures, found, looking } = glance(action)?;
    let db = action.shop().read();
    let shop = settings::shop(&db)?;
    let completed = JobQuery { status: Some(signwright_domain::job::JobStatus::Completed), ..one_job() };
    let mut summary = ShopSummary {
        name: shop.name,
        path: action.shop_path().display().to_string(),
        currency: shop.currency.to_string(),
        jobs: jobs::count(&db)?,
        completed_jobs: jobs::page(&db, &completed)?.0,
        open_quotes: open_quotes(&db)?,
        open_rejects: rejects::count_open(&db)?,
        anomalies: found.map(|found| u32::try_from(found.open_jobs()).unwrap_or(u32::MAX)),
        alerts: 0,
        looking,
        last_import_at: imports::list(&db, 0, 1)?.first().map(|import| import.started_at),
        champion: models::champion(&db, TARGET)?,
        attention: Vec::new(),
        figures,
    };
    summary.attention = attention(&summary, &waiting(action, &db)?);
    if let Some(proposal) = show_watching(action, Nothing {})?.watch.and_then(|watch| watch.proposal) {
        let title = format!("Model {} is better than the one in use", proposal.model_id);
        let (kind, link) = ("model".to_owned(), format!("/models?id={}", proposal.model_id));
        summary.attention.insert(0, Attention { kind, title, detail: proposal.reason, link });
    }
    let awake = alerts::awake(&db, action.now)?;
    summary.alerts = u32::try_from(awake.len()).unwrap_or(u32::MAX);
    summary.attention.splice(0..0, fired(awake));
    Ok(summary)
}

/// What is made of all finished jobs.
struct Glance {
    figures: Vec<KeyFigure>,
    found: Option<Anomalies>,
    looking: Option<u64>,
}

/// What takes long is left to a task, and what is known is told at once.
fn glance(action: &Action) -> Result<Glance, CallError> {
    if !anomalies::takes_long(action)? {
        let found = anomalies::find_anomalies(action, Nothing {})?;
        return Ok(Glance { figures: figures(action)?, found: Some(found), looking: None });
    }
    let known = anomalies::known(action)?;
    let figures = if known.is_read { figures(action)? } else { Vec::new() };
    Ok(Glance { figures, found: known.so_far.found, looking: known.so_far.task_id })
}

/// The most severe first, then the newest; more than a few under one title.
fn fired(mut alerts: Vec<Alert>) -> Vec<Attention> {
    alerts.sort_by_key(|alert| (std::cmp::Reverse(alert.severity), std::cmp::Reverse(alert.id)));
    let more = alerts.split_off(alerts.len().min(ALERTS));
    let mut told: Vec<Attention> = alerts
        .into_iter()
        .map(|alert| {
            let (kind, link) = (KIND.to_owned(), format!("{LINK}?id={}", alert.id));
            Attention { kind, title: alert.title, detail: alert.message, link }
        })
        .collect();
    if !more.is_empty() {
        let title = counted(more.len(), "more alert", "more alerts");
        told.push(Attention {
            kind: KIND.to_owned(),
            title,
            detail: "Fired and not acknowledged.".to_owned(),
            link: LINK.to_owned(),
        });
    }
    told
}

fn one_job() -> JobQuery {
    JobQuery { limit: 1, ..JobQuery::default() }
}

fn open_quotes(db: &Db<'_>) -> Result<u64, CallError> {
    let mut open = 0;
    for status in [QuoteStatus::Draft, QuoteStatus::Approved, QuoteStatus::Sent] {
        open += quotes::list(db, &QuoteQuery { status: Some(status), limit: 1, ..QuoteQuery::default() })?.0;
    }
    Ok(open)
}

/// Quotes that want somebody.
struct Waiting {
    due: Vec<FollowUpDue>,
    /// Offers past their last day that nobody has closed.
    expired: u64,
}

fn waiting(action: &Action, db: &Db<'_>) -> Result<Waiting, CallError> {
    let of = |as_of| {
        let query = QuoteQuery { status: Some(QuoteStatus::Expired), as_of, limit: 0, ..QuoteQuery::default() };
        quotes::list(db, &query).map(|(total, _)| total)
    };
    let today = action.today();
    Ok(Waiting { due: quotes::life::due(db, today)?, expired: of(Some(today))?.saturating_sub(of(None)?) })
}

fn to_follow_up(due: &[FollowUpDue]) -> Option<Attention> {
    let first = due.first()?;
    let of = |one: &FollowUpDue| match one.follow_up.note.as_str() {
        "" => format!("{} {}", one.number, one.customer),
        note => format!("{} {}: {note}", one.number, one.customer),
    };
    let link = if due.len() == 1 { format!("/quotes/{}", first.quote_id) } else { "/quotes?due=true".to_owned() };
    Some(Attention {
        kind: "quotes".to_owned(),
        title: counted(due.len() as u64, "quote to follow up", "quotes to follow up"),
        detail: due.iter().take(ALERTS).map(of).collect::<Vec<_>>().join("; "),
        link,
    })
}

fn attention(summary: &ShopSummary, quotes: &Waiting) -> Vec<Attention> {
    let mut list = Vec::new();
    let mut add = |kind: &str, title: String, detail: &str, link: &str| {
        let (kind, detail, link) = (kind.to_owned(), detail.to_owned(), link.to_owned());
        list.push(Attention { kind, title, detail, link });
    };
    if summary.jobs == 0 {
        let detail = "Drop cost summaries, work-order lists or CRM exports anywhere in the window.";
        add("import", "Bring in your jobs".to_owned(), detail, "/import");
    }
    if summary.open_rejects > 0 {
        let title = counted(summary.open_rejects, "value to check", "values to check");
        add("rejects", title, "Refused at import, kept with place and reason.", "/import?view=rejects");
    }
    match &summary.champion {
        None if summary.completed_jobs > 0 => {
            let detail = "Estimates rest on medians until a model is trained.";
            add("model", "Train a cost model".to_owned(), detail, "/models");
        }
        Some(model) if !model.card.verdict.better_than_rule => {
            add("model", "The simple rule is in use".to_owned(), &model.card.verdict.reason, "/models");
        }
        Some(_) | None => {}
    }
    match (summary.anomalies, summary.looking) {
        (Some(0), _) => {}
        (Some(strange), _) => {
            let title = counted(strange, "job does not fit", "jobs do not fit");
            add("anomalies", title, "Slips, doubles and overruns, each with the likely right value.", "/anomalies");
        }
        (None, _) if summary.completed_jobs == 0 => {}
        (None, Some(_)) => {
            let detail = "Every finished job is compared with its type. Nothing waits for that.";
            add("info", "Jobs that do not fit are being looked for".to_owned(), detail, "/anomalies");
        }
        (None, None) => {
            let detail = "The search was stopped. It begins again with the next change, or on its page.";
            add("info", "Jobs that do not fit were not looked for".to_owned(), detail, "/anomalies");
        }
    }
    if let Some(asked) = to_follow_up(&quotes.due) {
        add(&asked.kind, asked.title, &asked.detail, &asked.link);
    }
    if quotes.expired > 0 {
        let title = counted(quotes.expired, "offer ran out", "offers ran out");
        let detail = "Nobody answered by the last day: revise it, or say what became of it.";
        add("quotes", title, detail, "/quotes?status=expired");
    }
    if summary.open_quotes > 0 {
        add("quotes", counted(summary.open_quotes, "open quote", "open quotes"), "Draft, approved or sent.", "/quotes");
    }
    list
}

/// Of the last whole month, with the twelve before it.
fn figures(action: &Action) -> Result<Vec<KeyFigure>, CallError> {
    const SHOWN: [&str; 4] = ["booked_revenue", "cost_per_square_foot", "finished_jobs", "win_rate"];
    let series = series::all(action)?;
    let figure = |name: &&str| {
        let series = series.iter().find(|series| series.name == *name)?;
        let recent = &series.points[series.points.len().saturating_sub(13)..];
        let last = recent.last()?;
        Some(KeyFigure {
            label: series.label.clone(),
            value: last.y,
            unit: series.unit.split('/').next().unwrap_or_default().to_owned(),
            trend: recent.iter().map(|point| point.y).collect(),
            note: last.ds.strftime("%B %Y").to_string(),
            series: series.name.clone(),
        })
    };
    Ok(SHOWN.iter().filter_map(figure).collect())
}
