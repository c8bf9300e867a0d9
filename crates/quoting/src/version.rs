//! Versions of a quote, and the words that stand under one.
//!
//! A version is made whole: its totals are always those of its lines. A locked version never changes; a further one is
//! made from it.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use rust_decimal::Decimal;
use signwright_domain::price_decision::{DecidedPrice, PriceStepKind};
use signwright_domain::quote::{QuoteLine, QuoteVersion, Totals};
use signwright_domain::quote_option::{OptionKind, QuoteOption};
use signwright_domain::{Currency, Specification};

use crate::{QuotingError, roll_up, totals};

/// Days a quote holds where nothing else is said.
pub const VALID_DAYS: i32 = 30;

/// What is offered: everything of a version that a person decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    pub lines: Vec<QuoteLine>,
    /// As a fraction: 0.07 is 7 %.
    pub tax_rate: Decimal,
    pub currency: Currency,
    pub valid_until: Date,
    pub terms: String,
    pub exclusions: Vec<String>,
    /// How the price was decided; it goes as soon as lines, costs or tax no longer come to it.
    pub decided: Option<DecidedPrice>,
    /// Where there are any, the chosen ones make the lines.
    pub options: Vec<QuoteOption>,
}

impl Offer {
    /// The offer a version makes, to be changed and made again.
    pub fn of(version: &QuoteVersion) -> Self {
        Self {
            lines: version.lines.clone(),
            tax_rate: version.tax_rate,
            currency: version.totals.total.currency,
            valid_until: version.valid_until,
            terms: version.terms.clone(),
            exclusions: version.exclusions.clone(),
            decided: version.decided.clone(),
            options: version.options.clone(),
        }
    }
}

/// The first version, or the one after `previous`, open for editing.
pub fn new_version(
    previous: Option<&QuoteVersion>,
    created_at: Timestamp,
    offer: Offer,
) -> Result<QuoteVersion, QuotingError> {
    version(previous.map_or(1, |previous| previous.version + 1), created_at, offer)
}

/// The same version with another offer in it. A locked one is refused.
pub fn edit(current: &QuoteVersion, offer: Offer) -> Result<QuoteVersion, QuotingError> {
    if current.locked {
        return Err(QuotingError::Locked(current.version));
    }
    version(current.version, current.created_at, offer)
}

/// The last day a quote of this day holds: 30 days on.
pub fn valid_until(quoted_on: Date) -> Date {
    quoted_on.saturating_add(VALID_DAYS.days())
}

/// Terms of payment and of price, for a shop that has not written its own.
pub fn default_terms() -> String {
    "50 % with the order, balance on completion. Prices hold until the date above; after it, changes in the price of \
     metal, plastics and LED of more than 5 % are passed on with the supplier's notice. The lead time starts with \
     approved artwork, deposit and permit. Signs remain our property until they are paid in full."
        .to_owned()
}

/// What is not included unless a line says so. Pass the specification of each estimate in the quote.
///
/// Digging is excluded where something may be dug, power where something may be lit: what is not known counts as yes.
pub fn default_exclusions(specifications: &[&Specification]) -> Vec<String> {
    let all =
        |test: fn(&Specification) -> bool| !specifications.is_empty() && specifications.iter().all(|spec| test(spec));
    let stays_above_ground = all(stays_above_ground);
    let excluded = [
        (!stays_above_ground, "Rock, groundwater and unsuitable soil in excavations"),
        (!stays_above_ground, "Underground utilities, obstructions and their location beyond the public service"),
        (!all(|spec| spec.flag("permit")), "Permits, permit fees and variance hearings"),
        (!all(|spec| spec.flag("engineering")), "Sealed engineering"),
        (!all(unlit), "Primary power to the sign location and final hook-up by others"),
        (!all(|spec| spec.flag("removal")), "Removal and disposal of existing signs"),
    ];
    excluded.into_iter().filter(|(applies, _)| *applies).map(|(_, words)| words.to_owned()).collect()
}

fn version(version: u32, created_at: Timestamp, offer: Offer) -> Result<QuoteVersion, QuotingError> {
    let (lines, totals, option_amounts) = if offer.options.is_empty() {
        let totals = totals(&offer.lines, offer.tax_rate, offer.currency)?;
        (offer.lines, totals, Vec::new())
    } else {
        based(&offer.options)?;
        let rolled = roll_up(&offer.options, offer.tax_rate, offer.currency)?;
        (rolled.lines, rolled.totals, rolled.options)
    };
    Ok(QuoteVersion {
        version,
        created_at,
        locked: false,
        lines,
        tax_rate: offer.tax_rate,
        valid_until: offer.valid_until,
        terms: offer.terms,
        exclusions: offer.exclusions,
        decided: offer.decided.filter(|decided| stands(decided, offer.tax_rate, &totals)),
        approval: None,
        options: offer.options,
        option_amounts,
        totals,
    })
}

/// The first option is the one that is always part of the quote: a discount goes there.
fn based(options: &[QuoteOption]) -> Result<(), QuotingError> {
    let bases = options.iter().filter(|option| option.kind == OptionKind::Base).count();
    match options.first() {
        Some(first) if first.kind == OptionKind::Base && bases == 1 => Ok(()),
        _ => {
            Err(QuotingError::Options("the first option, and no other, is what is always part of the quote".to_owned()))
        }
    }
}

/// Whether lines still come to what was decided.
fn stands(decided: &DecidedPrice, tax_rate: Decimal, totals: &Totals) -> bool {
    let DecidedPrice { decision, priced, .. } = decided;
    let expected = priced.steps.iter().find(|step| step.kind == PriceStepKind::ExpectedCost);
    priced.net == totals.subtotal
        && decision.tax_rate == tax_rate
        && expected.is_some_and(|step| step.amount == totals.cost)
}

fn stays_above_ground(spec: &Specification) -> bool {
    match spec.text("foundation") {
        Some(foundation) => matches!(foundation, "none" | "existing"),
        None => matches!(spec.text("mounting"), Some("flush" | "raceway" | "hanging" | "pickup")),
    }
}

fn unlit(spec: &Specification) -> bool {
    let lit = spec.text("lighting").is_none_or(|lighting| lighting != "none");
    let display = spec.number("emc_area").is_some_and(|area| area > 0.0) || spec.text("sign_type") == Some("emc");
    !lit && !display
}

#[cfg(test)]
mod tests {
    use signwright_domain::DriverValue;

    use super::*;

    fn offer(price: i64) -> Offer {
        let line = QuoteLine {
            description: "Monument sign".into(),
            quantity: Decimal::TWO,
            unit: "each".into(),
            unit_cost: Decimal::from(50),
            unit_price: Decimal::from(price),
            estimate_id: None,
        };
        Offer {
            lines: vec![line],
            tax_rate: Decimal::new(7, 2),
            currency: Currency::USD,
            valid_until: "2026-12-01".parse().expect("date"),
            terms: default_terms(),
            exclusions: default_exclusions(&[]),
            decided: None,
            options: Vec::new(),
        }
    }

    fn now() -> Timestamp {
        "2026-11-01T12:00:00Z".parse().expect("timestamp")
    }

    #[test]
    fn versions_count_up_and_carry_the_totals_of_their_lines() {
        let first = new_version(None, now(), offer(70)).expect("version");
        let second = new_version(Some(&first), now(), offer(65)).expect("version");
        assert_eq!((first.version, first.totals.total.minor), (1, 14_980));
        assert_eq!((second.version, second.totals.total.minor, second.locked), (2, 13_910, false));
    }

    #[test]
    fn a_locked_version_is_not_edited() {
        let mut version = new_version(None, now(), offer(70)).expect("version");
        assert_eq!(edit(&version, offer(80)).map(|v| v.totals.subtotal.minor), Ok(16_000));
        assert_eq!(edit(&version, Offer::of(&version)).as_ref(), Ok(&version));
        version.locked = true;
        assert_eq!(edit(&version, offer(80)), Err(QuotingError::Locked(1)));
    }

    #[test]
    fn a_quote_holds_thirty_days() {
        assert_eq!(valid_until("2026-01-31".parse().expect("date")).to_string(), "2026-03-02");
        assert_eq!(valid_until(Date::MAX), Date::MAX);
    }

    #[test]
    fn what_is_included_is_not_excluded() {
        let check = |drivers: &[(&str, DriverValue)], word: &str, excluded: bool| {
            let mut spec = Specification::default();
            drivers.iter().for_each(|(name, value)| spec.set(*name, value.clone()));
            let found = default_exclusions(&[&spec]).iter().any(|line| line.contains(word));
            assert_eq!(found, excluded, "{word}");
        };
        let text = |value: &str| DriverValue::Text(value.into());
        check(&[], "Permits", true);
        check(&[("permit", DriverValue::Flag(true))], "Permits", false);
        check(&[("lighting", text("led"))], "Primary power", true);
        check(&[("lighting", text("none"))], "Primary power", false);
        check(&[("lighting", text("none")), ("emc_area", DriverValue::Number(18.0))], "Primary power", true);
        check(&[("foundation", text("pier"))], "Rock", true);
        check(&[("mounting", text("flush"))], "Rock", false);
        check(&[("mounting", text("base"))], "Underground", true);
    }
}
