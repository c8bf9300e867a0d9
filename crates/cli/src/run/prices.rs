//! `models prices`.

use signwright_app::commands::Nothing;
use signwright_app::price_drivers::{
    PriceDrivers, PriceSeries, SetPriceDrivers, set_price_drivers, show_price_drivers,
};
use signwright_app::{Action, CallError};
use signwright_domain::driver::PriceDriver;

use crate::output::{Output, table};

pub(super) fn prices(action: &Action, set: &[String], level: bool, output: &Output) -> Result<(), CallError> {
    let found = if set.is_empty() && !level {
        show_price_drivers(action, Nothing {})?
    } else {
        set_price_drivers(action, SetPriceDrivers { chosen: set.iter().map(|text| driver(text)).collect() })?
    };
    output.result(&found, text);
    Ok(())
}

/// "steel angle@2"; without a number behind the last @ the whole is the name.
fn driver(text: &str) -> PriceDriver {
    let lagged = text.rsplit_once('@').and_then(|(series, lag)| Some((series.trim(), lag.trim().parse().ok()?)));
    let (series, lag) = lagged.unwrap_or((text.trim(), 0));
    PriceDriver { series: series.to_owned(), lag }
}

fn text(found: &PriceDrivers) -> String {
    let chosen: Vec<String> = found.chosen.iter().map(|driver| format!("  {}", driver.label())).collect();
    let learns = if chosen.is_empty() {
        "a new model learns from the level of all series together".to_owned()
    } else {
        format!("a new model learns from\n{}", chosen.join("\n"))
    };
    if found.series.is_empty() {
        return "no prices were imported: signwright import material-prices.csv".to_owned();
    }
    let row = |series: &PriceSeries| {
        vec![
            series.series.clone(),
            series.unit.clone(),
            series.points.to_string(),
            series.from.to_string(),
            series.to.to_string(),
        ]
    };
    let rows: Vec<_> = found.series.iter().map(row).collect();
    format!("{}\n\n{learns}", table(&["series", "unit", "prices", "from", "to"], &rows, &[2]))
}
