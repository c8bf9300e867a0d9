//! How currencies are written beside an amount.

/// A sign or code and the currencies it may mean, the likeliest first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    text: &'static str,
    pub(super) codes: &'static [&'static str],
}

const fn sign(text: &'static str, codes: &'static [&'static str]) -> Sign {
    Sign { text, codes }
}

/// Longer writings before the shorter ones they begin or end with. A bare `$` is any of the dollars.
const SIGNS: &[Sign] = &[
    sign("US$", &["USD"]),
    sign("CA$", &["CAD"]),
    sign("AU$", &["AUD"]),
    sign("NZ$", &["NZD"]),
    sign("HK$", &["HKD"]),
    sign("R$", &["BRL"]),
    sign("C$", &["CAD"]),
    sign("A$", &["AUD"]),
    sign("$US", &["USD"]),
    sign("$", &["USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN"]),
    sign("€", &["EUR"]),
    sign("£", &["GBP"]),
    sign("¥", &["JPY", "CNY"]),
    sign("₹", &["INR"]),
    sign("Rs.", &["INR"]),
    sign("Rs", &["INR"]),
    sign("zł", &["PLN"]),
    sign("Kč", &["CZK"]),
    sign("kr.", &["SEK", "NOK", "DKK"]),
    sign("kr", &["SEK", "NOK", "DKK"]),
    sign("Fr.", &["CHF"]),
    sign("EURO", &["EUR"]),
    sign("Euro", &["EUR"]),
    sign("Eur", &["EUR"]),
    sign("USD", &["USD"]),
    sign("CAD", &["CAD"]),
    sign("AUD", &["AUD"]),
    sign("NZD", &["NZD"]),
    sign("EUR", &["EUR"]),
    sign("GBP", &["GBP"]),
    sign("CHF", &["CHF"]),
    sign("JPY", &["JPY"]),
    sign("CNY", &["CNY"]),
    sign("INR", &["INR"]),
    sign("MXN", &["MXN"]),
    sign("BRL", &["BRL"]),
    sign("PLN", &["PLN"]),
    sign("CZK", &["CZK"]),
    sign("SEK", &["SEK"]),
    sign("NOK", &["NOK"]),
    sign("DKK", &["DKK"]),
    sign("SGD", &["SGD"]),
    sign("HKD", &["HKD"]),
];

/// A sign at either end, and the text without it.
pub(super) fn without_currency(body: &str) -> Option<(Sign, &str)> {
    SIGNS.iter().find_map(|sign| {
        let rest = body.strip_prefix(sign.text).or_else(|| body.strip_suffix(sign.text))?;
        Some((*sign, rest))
    })
}
