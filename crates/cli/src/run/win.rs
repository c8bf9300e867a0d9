//! `win`.

use signwright_app::tables::{ChancesWritten, WinFile, win_file};
use signwright_app::winning::{WinCurve, WinQuery, Winning, win_chance};
use signwright_app::{App, CallError};

use super::estimate::specification;
use super::forecast::{tell, written_text};
use super::quote::price;
use super::{action, destination, shown};
use crate::arguments::Win;
use crate::output::Output;

pub(super) fn file(input: &Win, output: &Output) -> Result<(), CallError> {
    let (Some(file), Some(price), Some(out)) = (&input.input, &input.price, &input.output) else {
        return Err(CallError::invalid("chances are told for a file: give --input, --price and --output"));
    };
    let request = |out: &std::path::Path| WinFile {
        input: file.clone(),
        won: input.won.clone(),
        price: price.clone(),
        cost: input.cost.clone(),
        customer: input.customer.clone(),
        time: input.time.clone(),
        group: input.group.clone(),
        drop: input.drop.clone(),
        output: out.to_owned(),
    };
    let written = destination::written(out, "csv", output, |out| win_file(&shown(output), &request(out)))?;
    tell(written, output, file_text);
    Ok(())
}

fn file_text(written: &ChancesWritten) -> String {
    let card = &written.card;
    let measured = &card.measured;
    let mut text = vec![
        format!("learned from {} outcomes, {} won", card.outcomes, card.won),
        format!(
            "on the newest {}: AUC {:.3}, squared error {:.3}; by the price alone {:.3} and {:.3}, by the share won {:.3}",
            measured.offers,
            measured.auc,
            measured.brier,
            measured.auc_price,
            measured.brier_price,
            measured.brier_share
        ),
    ];
    text.extend(written.words.iter().cloned());
    text.push(written_text(&written.written));
    text.join("\n")
}

pub(super) fn shop(app: &App, input: &Win, output: &Output) -> Result<(), CallError> {
    let action = action(app, "win");
    let specification = input.spec.as_deref().map(specification).transpose()?.unwrap_or_default();
    let request = WinQuery {
        cost: price(&action, &input.cost)?,
        price: input.price.as_deref().map(|text| price(&action, text)).transpose()?,
        customer: input.customer.clone(),
        specification,
    };
    output.result(&win_chance(&action, request)?, winning_text);
    Ok(())
}

fn winning_text(winning: &Winning) -> String {
    let percent = |share: f64| format!("{:.0} %", 100.0 * share);
    let mut text = vec![format!(
        "{} at {}; four times in five the chance lies between {} and {} ({} of {} offers as likely were won)",
        percent(winning.chance),
        winning.price,
        percent(winning.low),
        percent(winning.high),
        winning.near_won,
        winning.near
    )];
    if winning.outside {
        text.push(
            "such a price for such a cost was never tried: the chance is that at the edge of what was".to_owned(),
        );
    }
    text.push(match winning.customer_offers {
        0 => "nothing is known of the customer: an average one is assumed".to_owned(),
        offers => format!("this customer took {} of {offers} offers", winning.customer_won),
    });
    text.push(winning.curve.as_ref().map_or_else(
        || "no best price: the price did not tell won from lost, or none that was tried leaves a profit".to_owned(),
        curve_text,
    ));
    text.extend(winning.words.iter().map(|line| format!("  {line}")));
    let measured = &winning.measured;
    let verdict = if measured.better_than_share { "better" } else { "no better" };
    text.push(format!(
        "learned from {} outcomes, {} won; on the newest {} {verdict} than always saying the share won (squared error {:.3}, {:.3})",
        winning.outcomes, winning.won, measured.offers, measured.brier, measured.brier_share
    ));
    text.join("\n")
}

fn curve_text(curve: &WinCurve) -> String {
    let best = &curve.best;
    let mut text = format!(
        "expected to earn most at {} ({:.0} %, {} on average); {} to {} is within 2 % of it",
        best.price,
        100.0 * best.chance,
        best.profit,
        curve.from,
        curve.to
    );
    if curve.at_upper_edge {
        text.push_str("; the highest price that was ever tried, so a higher one may earn more");
    }
    if curve.at_lower_edge {
        text.push_str("; the lowest price that was ever tried");
    }
    text
}
