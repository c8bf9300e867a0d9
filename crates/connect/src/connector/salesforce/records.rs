//! Records as Salesforce wants them, and what must be known to write them.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::tz::Offset;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use signwright_domain::connection::Receipt;

use super::{KEY, PRODUCT, VERSION, quoted};
use crate::connector::offer::{EstimateEntry, Offer, small_print};
use crate::export::QuoteEntry;
use crate::export::document::LineEntry;
use crate::failure::PushError;
use crate::wire::Wire;

/// Records that one part of a request may hold.
const MOST_LINES: usize = 200;
/// Characters of a name, and of a line's text.
const NAME: usize = 120;
const LINE_TEXT: usize = 225;
/// Decimals of quantities and prices.
const DIGITS: u32 = 2;
/// An opportunity must close on some day; for one that nobody has quoted yet it is this far away.
const DAYS_OPEN: i64 = 90;

/// What is there already.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    account: Option<String>,
    opportunity: Option<String>,
    stage: Option<String>,
    quote: Option<String>,
    quote_name: Option<String>,
    /// Lines by our key.
    lines: BTreeMap<String, String>,
    /// The price book entry of the product that lines are of, and its price book.
    pub(super) price: Option<(String, String)>,
}

/// What is asked for first.
#[derive(Clone, Copy, Debug)]
pub(super) enum Question {
    Account,
    Opportunity,
    Quote,
    Price,
}

impl Standing {
    /// For a preview: nothing is there yet but the product.
    pub(super) fn unknown() -> Self {
        Self { price: Some(("<price book entry>".into(), "<price book>".into())), ..Self::default() }
    }

    /// The stage it was closed with.
    pub(super) fn closed(&self) -> Option<&str> {
        self.stage.as_deref()
    }

    pub(super) fn learn(&mut self, question: Question, row: Option<&Value>) {
        let Some(row) = row else { return };
        let text = |name: &str| row[name].as_str().map(str::to_owned);
        match question {
            Question::Account => self.account = text("Id"),
            Question::Opportunity => {
                self.opportunity = text("Id");
                self.stage = (row["IsClosed"] == true).then(|| text("StageName").unwrap_or_default());
            }
            Question::Quote => {
                self.quote = text("Id");
                self.quote_name = text("Name");
                let lines = row["QuoteLineItems"]["records"].as_array().map(Vec::as_slice).unwrap_or_default();
                let pair = |line: &Value| Some((line[KEY].as_str()?.to_owned(), line["Id"].as_str()?.to_owned()));
                self.lines = lines.iter().filter_map(pair).collect();
            }
            Question::Price => self.price = text("Id").zip(text("Pricebook2Id")),
        }
    }
}

pub(super) fn questions(offer: &Offer) -> Vec<(Question, String)> {
    let key = quoted(&key(offer));
    let mut questions = vec![(
        Question::Opportunity,
        format!("SELECT Id, StageName, IsClosed FROM Opportunity WHERE {KEY} = {key} LIMIT 1"),
    )];
    if !customer(offer).is_empty() {
        let name = quoted(customer(offer));
        questions.push((
            Question::Account,
            format!("SELECT Id FROM Account WHERE Name = {name} ORDER BY CreatedDate LIMIT 1"),
        ));
    }
    if matches!(offer, Offer::Quote(_)) {
        let lines = format!("(SELECT Id, {KEY} FROM QuoteLineItems)");
        questions.push((Question::Quote, format!("SELECT Id, Name, {lines} FROM Quote WHERE {KEY} = {key} LIMIT 1")));
        let product =
            format!("Product2.ProductCode = '{PRODUCT}' AND IsActive = true AND Pricebook2.IsStandard = true");
        questions
            .push((Question::Price, format!("SELECT Id, Pricebook2Id FROM PricebookEntry WHERE {product} LIMIT 1")));
    }
    questions
}

/// The parts of the composite request.
pub(super) fn requests(offer: &Offer, standing: &Standing) -> Result<Vec<Value>, String> {
    let mut parts = Vec::new();
    let account = match (&standing.account, customer(offer)) {
        (Some(id), _) => Some(json!(id)),
        (None, "") => None,
        (None, name) => {
            let body = json!({"Name": cut(name, NAME)});
            parts.push(part("account", "POST", &["sobjects", "Account"], body));
            Some(json!("@{account.id}"))
        }
    };
    parts.push(part(
        "opportunity",
        "PATCH",
        &["sobjects", "Opportunity", KEY, &key(offer)],
        opportunity(offer, standing, account),
    ));
    if let Offer::Quote(quote) = offer {
        parts.push(part("quote", "PATCH", &["sobjects", "Quote", KEY, &quote.number], quote_record(quote, standing)));
        parts.extend(line_parts(quote, standing)?);
    }
    Ok(parts)
}

/// A closed opportunity is not changed. It is ours already, or a person must decide.
pub(super) fn left_alone(wire: &Wire, offer: &Offer, standing: &Standing, stage: &str) -> Result<Receipt, PushError> {
    let there = match offer {
        Offer::Quote(quote) => standing.quote_name.as_deref() == Some(quote_name(quote).as_str()),
        Offer::Estimate(_) => true,
    };
    if !there {
        return Err(wire.refused(format!("its opportunity is closed ({stage}) and is not changed any more")));
    }
    Ok(Receipt { known: known(standing), said: format!("the opportunity is closed ({stage}) and was left as it is") })
}

pub(super) fn receipt(offer: &Offer, standing: &Standing, made: &BTreeMap<String, Value>) -> Receipt {
    let mut known = known(standing);
    for (part, entity) in [("account", "Account"), ("opportunity", "Opportunity"), ("quote", "Quote")] {
        if let Some(id) = made.get(part).and_then(|body| body["id"].as_str()) {
            known.insert(entity.to_owned(), id.to_owned());
        }
    }
    let (what, before) = match offer {
        Offer::Quote(_) => ("Quote", standing.quote.is_some()),
        Offer::Estimate(_) => ("Opportunity", standing.opportunity.is_some()),
    };
    let done = if before { "updated" } else { "made" };
    let id = known.get(what).map_or("", String::as_str);
    let said = format!("{} {id} {done}", what.to_lowercase());
    Receipt { said, known }
}

fn known(standing: &Standing) -> BTreeMap<String, String> {
    let ids = [("Account", &standing.account), ("Opportunity", &standing.opportunity), ("Quote", &standing.quote)];
    ids.into_iter().filter_map(|(name, id)| Some((name.to_owned(), id.clone()?))).collect()
}

fn key(offer: &Offer) -> String {
    match offer {
        Offer::Quote(quote) => quote.number.clone(),
        Offer::Estimate(estimate) => estimate.reference(),
    }
}

fn customer(offer: &Offer) -> &str {
    match offer {
        Offer::Quote(quote) => quote.customer.trim(),
        Offer::Estimate(estimate) => estimate.customer.trim(),
    }
}

/// Stage and closing day are set once: afterwards they are the salesperson's.
fn opportunity(offer: &Offer, standing: &Standing, account: Option<Value>) -> Value {
    let mut fields = match offer {
        Offer::Quote(quote) => json!({"Name": cut(&quote.title, NAME), "Amount": number(quote.subtotal)}),
        Offer::Estimate(estimate) => json!({"Name": cut(&estimate.title, NAME), "Description": estimate.told()}),
    };
    if let Some(account) = account {
        fields["AccountId"] = account;
    }
    if standing.opportunity.is_none() {
        let (stage, close) = match offer {
            Offer::Quote(quote) => ("Proposal/Price Quote", quote.valid_until),
            Offer::Estimate(estimate) => ("Qualification", closing_day(estimate)),
        };
        fields["StageName"] = json!(stage);
        fields["CloseDate"] = json!(close);
    }
    fields
}

fn closing_day(estimate: &EstimateEntry) -> jiff::civil::Date {
    let day = Offset::UTC.to_datetime(estimate.at).date();
    day.checked_add(DAYS_OPEN.days()).unwrap_or(day)
}

fn quote_record(quote: &QuoteEntry, standing: &Standing) -> Value {
    let mut fields = json!({
        "Name": quote_name(quote),
        "Description": small_print(quote),
        "ExpirationDate": quote.valid_until,
        "Tax": number(quote.tax),
    });
    if standing.quote.is_none() {
        fields["OpportunityId"] = json!("@{opportunity.id}");
        fields["Status"] = json!("Presented");
        fields["Pricebook2Id"] = json!(standing.price.as_ref().map(|(_, book)| book));
    }
    fields
}

/// With the version, by which it is known whether a quote is this one.
fn quote_name(quote: &QuoteEntry) -> String {
    cut(&format!("{} version {}: {}", quote.number, quote.version, quote.title), NAME)
}

/// Lines keep their records by their place; those beyond the last one go.
fn line_parts(quote: &QuoteEntry, standing: &Standing) -> Result<Vec<Value>, String> {
    if quote.lines.len() > MOST_LINES {
        return Err(format!("it has {} lines, and Salesforce takes {MOST_LINES} at a time", quote.lines.len()));
    }
    let (mut update, mut create) = (Vec::new(), Vec::new());
    let mut surplus = standing.lines.clone();
    for (place, line) in quote.lines.iter().enumerate() {
        let key = format!("{}:{}", quote.number, place + 1);
        let mut record = line_record(line);
        match surplus.remove(&key) {
            Some(id) => {
                record["id"] = json!(id);
                update.push(record);
            }
            None => {
                record[KEY] = json!(key);
                record["QuoteId"] = json!("@{quote.id}");
                record["PricebookEntryId"] = json!(standing.price.as_ref().map(|(entry, _)| entry));
                create.push(record);
            }
        }
    }
    let collection = ["composite", "sobjects"];
    let records = |records: Vec<Value>| json!({"allOrNone": true, "records": records});
    let mut parts = Vec::new();
    if !update.is_empty() {
        parts.push(part("changed_lines", "PATCH", &collection, records(update)));
    }
    if !create.is_empty() {
        parts.push(part("new_lines", "POST", &collection, records(create)));
    }
    if !surplus.is_empty() {
        let ids = surplus.into_values().collect::<Vec<_>>().join(",");
        parts.push(json!({
            "method": "DELETE",
            "url": format!("/services/data/{VERSION}/composite/sobjects?ids={ids}&allOrNone=true"),
            "referenceId": "surplus_lines",
        }));
    }
    Ok(parts)
}

/// Where two decimals do not give our amount, the line goes as one piece at its amount.
fn line_record(line: &LineEntry) -> Value {
    let (quantity, price) = (line.quantity.normalize(), line.unit_price.normalize());
    let exact = quantity.scale() <= DIGITS && price.scale() <= DIGITS && quantity * price == line.amount;
    let unit = line.unit.trim();
    let (quantity, price, text) = match exact {
        true if matches!(unit, "" | "each") => (quantity, price, line.description.clone()),
        true => (quantity, price, format!("{} ({unit})", line.description)),
        false => (Decimal::ONE, line.amount, format!("{}, {quantity} {unit} at {price}", line.description)),
    };
    json!({
        "attributes": {"type": "QuoteLineItem"},
        "Description": cut(&text, LINE_TEXT),
        "Quantity": number(quantity),
        "UnitPrice": number(price),
    })
}

fn part(reference: &str, method: &str, path: &[&str], body: Value) -> Value {
    let mut url = format!("/services/data/{VERSION}");
    for segment in path {
        url.push('/');
        url.extend(segment.bytes().map(crate::delivery::encoded));
    }
    json!({"method": method, "url": url, "referenceId": reference, "body": body})
}

/// A decimal as a number of JSON: amounts of two decimals survive the way through a double.
fn number(amount: Decimal) -> Value {
    serde_json::from_str(&amount.normalize().to_string()).unwrap_or(Value::Null)
}

fn cut(text: &str, most: usize) -> String {
    text.trim().chars().take(most).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::connector::offer::tests::lines;

    proptest! {
        /// However it rounds: there is nothing to round.
        #[test]
        fn a_line_comes_to_our_amount(entry in lines()) {
            let record = line_record(&entry);
            let decimal = |name: &str| record[name].to_string().parse::<Decimal>().expect("a number");
            prop_assert!(decimal("Quantity").scale() <= DIGITS && decimal("UnitPrice").scale() <= DIGITS);
            prop_assert_eq!(decimal("Quantity") * decimal("UnitPrice"), entry.amount);
        }

        #[test]
        fn a_key_stays_one_segment(number in ".{1,40}") {
            let url = part("quote", "PATCH", &["sobjects", "Quote", KEY, &number], Value::Null)["url"].clone();
            let url = url.as_str().expect("a url");
            prop_assert_eq!(url.matches('/').count(), 7);
            prop_assert!(url.bytes().all(|byte| byte.is_ascii_graphic() && !b"?#&".contains(&byte)));
        }
    }
}
