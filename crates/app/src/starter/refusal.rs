//! Where the starter model does not answer.

use signwright_domain::Currency;
use signwright_domain::starter::StarterCard;

use super::words::month;

pub(super) fn of_currency(card: &StarterCard, currency: Currency) -> Option<String> {
    let (theirs, day) = (card.currency, month(card.price_level));
    (currency != theirs).then(|| {
        format!("the starter model knows prices in {theirs} of {day} alone, and this shop reckons in {currency}")
    })
}

pub(super) fn of_type(card: &StarterCard, sign_type: &str) -> Option<String> {
    let known = card.types.iter().any(|known| known == sign_type);
    (!known).then(|| format!("the starter model was not made for signs of type {}", sign_type.replace('_', " ")))
}
