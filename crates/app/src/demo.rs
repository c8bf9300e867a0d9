//! The whole way once, on the sample shop: import, train, estimate, explain, forecast, anomalies, quote, export.
//!
//! Every stage is the use case that the desktop and the command line use; the demo adds only the order, the sample
//! specification, and the sentences. Its shop is a file of its own.

mod answers;
mod figures;

use std::path::{Path, PathBuf};

use serde::Serialize;
use signwright_domain::card::Model;
use signwright_domain::estimate::Estimate;
use signwright_domain::quote::Quote;
use signwright_domain::{DriverValue, Specification, Task};
use signwright_store::{Shop, ShopSettings, settings};

use crate::anomalies::{Anomalies, find_anomalies};
use crate::commands::Nothing;
use crate::documents::{WriteQuotePdf, write_quote_pdf};
use crate::estimates::{CreateEstimate, create_estimate};
use crate::export::{ExportLake, ExportQuotes, QuoteFormat, export_lake, export_quotes};
use crate::forecasts::{ForecastSeries, SeriesForecast, forecast_series};
use crate::import::{ImportHow, ImportReport, import_files};
use crate::quotes::{ApproveQuote, CreateQuote, QuoteRef, approve_quote, create_quote, send_quote};
use crate::shop::{Verification, verify_shop};
use crate::train::train_shop;
use crate::{App, CallError, Code, audit, files};

pub use answers::AnswerCheck;

const SERIES: &str = "material:aluminium sheet";
const HORIZON: u32 = 12;
const BUDGET: std::time::Duration = std::time::Duration::from_secs(15);

/// What the demo did, stage by stage.
#[derive(Clone, Debug, Serialize)]
pub struct DemoReport {
    pub shop: String,
    pub import: ImportReport,
    pub second_import: ImportReport,
    pub model: Model,
    pub estimate: Estimate,
    pub forecast: SeriesForecast,
    pub anomalies: Anomalies,
    pub answers: AnswerCheck,
    pub quote: Quote,
    pub verification: Verification,
    /// Every file that was written, in order.
    pub files: Vec<String>,
}

/// A stage that has just been finished, for the one who watches.
#[derive(Clone, Copy, Debug)]
pub enum Stage<'a> {
    Imported(&'a ImportReport),
    ImportedAgain(&'a ImportReport),
    Trained(&'a Model),
    Estimated(&'a Estimate),
    Forecast(&'a SeriesForecast),
    Anomalies(&'a Anomalies, &'a AnswerCheck),
    Quoted(&'a Quote),
    Verified(&'a Verification),
    Written(&'a [String]),
}

/// Runs every stage on an app whose shop is new, with the files of `samples`, and tells `watch` of each.
pub fn run(app: &App, task: &Task, samples: &Path, watch: &mut dyn FnMut(Stage<'_>)) -> Result<DemoReport, CallError> {
    let action = app.action("demo");
    name_the_shop(app)?;
    let sources = sources(samples)?;
    let import = import_files(&action, task, &sources, ImportHow::default())?;
    if let Some(stopped) = import.stopped {
        return Err(stopped);
    }
    watch(Stage::Imported(&import));
    let second_import = import_files(&action, task, &sources, ImportHow::default())?;
    watch(Stage::ImportedAgain(&second_import));
    let model = train_shop(&action, task, BUDGET)?;
    watch(Stage::Trained(&model));
    let input = CreateEstimate {
        title: "Riverside Clinic monument".into(),
        specification: monument(),
        quoted_on: None,
        save: true,
        ..CreateEstimate::default()
    };
    let estimate = create_estimate(&action, input)?;
    watch(Stage::Estimated(&estimate));
    let forecast =
        forecast_series(&action, ForecastSeries { name: SERIES.to_owned(), horizon: Some(HORIZON), with: Vec::new() })?;
    watch(Stage::Forecast(&forecast));
    let anomalies = find_anomalies(&action, Nothing {})?;
    let answers = answers::check(&action, &samples.join("answer-key.json"), &anomalies)?;
    watch(Stage::Anomalies(&anomalies, &answers));
    let quote = quote(app, &estimate)?;
    watch(Stage::Quoted(&quote));
    let files = write(app, &model, &estimate, &forecast, &quote)?;
    watch(Stage::Written(&files));
    let verification = verify_shop(&action, Nothing {})?;
    watch(Stage::Verified(&verification));
    let shop = app.shop_path().display().to_string();
    Ok(DemoReport {
        shop,
        import,
        second_import,
        model,
        estimate,
        forecast,
        anomalies,
        answers,
        quote,
        verification,
        files,
    })
}

/// Moves a sample shop that an earlier demo made aside, so that the next one starts anew. Refuses a file that is not one:
/// a demo never touches the user's own shop.
pub fn set_aside_sample_shop(path: &Path) -> Result<(), CallError> {
    if !path.exists() {
        return Ok(());
    }
    let refused = || {
        CallError::new(Code::Conflict, format!("{} is there already and was not made by the demo", path.display()))
            .hint("Name another file for the sample shop: signwright demo --shop FILE.")
    };
    let shop = Shop::open_existing(path, jiff::Timestamp::now()).map_err(|_| refused())?;
    let made_by_demo = settings::get::<bool>(&shop.read(), SAMPLE)?.unwrap_or(false);
    shop.close()?;
    if !made_by_demo {
        return Err(refused());
    }
    // What somebody tried on it is kept until the demo after this one.
    let kept = path.with_extension("before.signwright");
    std::fs::rename(path, &kept).map_err(|cause| files::unwritable(&kept, cause))
}

/// The setting that marks a shop as a sample.
const SAMPLE: &str = "sample_shop";

/// What a shop would drag in; the later outcomes and the answer key stay out.
pub fn sources(samples: &Path) -> Result<Vec<PathBuf>, CallError> {
    let sources: Vec<PathBuf> =
        ["prices", "crm", "erp", "cost-summaries", "bills"].iter().map(|name| samples.join(name)).collect();
    match sources.iter().find(|path| !path.is_dir()) {
        Some(missing) => Err(files::unreadable(missing, "the sample data are not there")
            .hint("Name their folder: signwright demo --sample-data DIR.")),
        None => Ok(sources),
    }
}

fn name_the_shop(app: &App) -> Result<(), CallError> {
    let action = app.action("demo");
    app.shop().write(|db| {
        let before = settings::shop(db)?;
        let after = ShopSettings {
            name: "Northside Signs".to_owned(),
            address: "1450 Foundry Road\nMillbrook".to_owned(),
            phone: "555-0142".to_owned(),
            email: "estimating@northside-signs.example".to_owned(),
            tax_rate: rust_decimal::Decimal::new(65, 3),
            ..before.clone()
        };
        settings::set(db, SAMPLE, &true)?;
        settings::set_shop(db, &after)?;
        audit::record(db, &action, "settings", Some(before), &after)
    })
}

/// The job on the drawing board: a lit double-faced monument for a clinic.
fn monument() -> Specification {
    let mut spec = Specification::default();
    let text = |value: &str| DriverValue::Text(value.to_owned());
    for (name, value) in [
        ("sign_type", text("monument")),
        ("width", DriverValue::Number(10.0)),
        ("height", DriverValue::Number(6.0)),
        ("faces", DriverValue::Number(2.0)),
        ("lighting", text("led")),
        ("face_material", text("acrylic_routed")),
        ("finish", text("paint")),
        ("colours", DriverValue::Number(2.0)),
        ("mounting", text("base")),
        ("overall_height", DriverValue::Number(8.0)),
        ("base", text("masonry")),
        ("base_area", DriverValue::Number(42.0)),
        ("foundation", text("pier")),
        ("wind_speed", DriverValue::Number(115.0)),
        ("exposure", text("C")),
        ("soil", text("clay")),
        ("access", text("lift")),
        ("travel_miles", DriverValue::Number(34.0)),
        ("removal", DriverValue::Flag(false)),
        ("quantity", DriverValue::Number(1.0)),
        ("permit", DriverValue::Flag(true)),
        ("engineering", DriverValue::Flag(true)),
        ("survey", DriverValue::Flag(true)),
        ("customer_type", text("retail")),
    ] {
        spec.set(name, value);
    }
    spec
}

fn quote(app: &App, estimate: &Estimate) -> Result<Quote, CallError> {
    let action = app.action("demo");
    let input = CreateQuote {
        title: "Monument sign, main entrance".to_owned(),
        customer: "Riverside Clinic".to_owned(),
        contact: "Facilities Office".to_owned(),
        estimate_ids: vec![estimate.id],
        markup: None,
        tax_rate: None,
        contingency: None,
    };
    let quote = create_quote(&action, input)?;
    approve_quote(&action, ApproveQuote { id: quote.id, approval: None })?;
    send_quote(&action, QuoteRef { id: quote.id })
}

fn write(
    app: &App,
    model: &Model,
    estimate: &Estimate,
    forecast: &SeriesForecast,
    quote: &Quote,
) -> Result<Vec<String>, CallError> {
    let action = app.action("demo");
    let dir = app.shop_path().with_file_name("exports");
    let mut written = figures::write(&action, &dir, model, estimate, forecast)?;
    let pdf = write_quote_pdf(&action, WriteQuotePdf::of(quote.id, None))?;
    written.push(pdf.path);
    for format in [QuoteFormat::Csv, QuoteFormat::Json] {
        let exported = export_quotes(&action, ExportQuotes::of(format, None))?;
        written.extend(exported.files.into_iter().map(|file| file.path));
    }
    let lake = dir.join("lake");
    written.push(export_lake(&action, ExportLake { dir: lake.display().to_string() })?.dir);
    Ok(written)
}
