//! Headers as they are compared: words in lower case, abbreviations spelled out, a unit in parentheses taken off.

/// A header taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HeaderText {
    /// `WO #` is `work order number`, `StageName` is `stage name`.
    pub(super) plain: String,
    /// What stood in parentheses or brackets at the end, in lower case.
    pub(super) unit: Option<String>,
}

impl HeaderText {
    pub(super) fn of(header: &str) -> Self {
        let (name, unit) = without_unit(header.trim());
        let name = name.strip_suffix("__c").unwrap_or(name);
        Self { plain: spelled_out(&words(name)), unit }
    }
}

/// A field name for a shop's own driver: letters, digits and underscores.
pub(super) fn snake_case(header: &str) -> String {
    words(header).join("_")
}

fn without_unit(header: &str) -> (&str, Option<String>) {
    let end = [('(', ')'), ('[', ']')].into_iter().find_map(|(open, close)| {
        let inner = header.strip_suffix(close)?;
        inner.rfind(open).filter(|at| *at > 0)
    });
    match end {
        Some(at) => {
            let unit = header[at..].trim_matches(['(', ')', '[', ']']).trim().to_lowercase();
            (header[..at].trim_end(), Some(unit).filter(|unit| !unit.is_empty()))
        }
        None => (header, None),
    }
}

/// Lower-case words; `#` is a word of its own, `camelCase` is two.
fn words(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in text.replace("W/O", "WO").chars() {
        let starts = !before.is_alphanumeric() || (before.is_lowercase() && c.is_uppercase());
        if c == '#' {
            out.push("number".to_owned());
        } else if c.is_alphanumeric() {
            match out.last_mut() {
                Some(word) if !starts => word.extend(c.to_lowercase()),
                Some(_) | None => out.push(c.to_lowercase().collect()),
            }
        }
        before = c;
    }
    out
}

fn spelled_out(words: &[String]) -> String {
    let spell = |word: &String| match word.as_str() {
        "no" | "num" | "nbr" | "nr" => "number".to_owned(),
        "est" => "estimated".to_owned(),
        "act" => "actual".to_owned(),
        "labor" => "labour".to_owned(),
        "qty" => "quantity".to_owned(),
        "hrs" | "hr" => "hours".to_owned(),
        "wo" => "work order".to_owned(),
        "cust" => "customer".to_owned(),
        "opp" => "opportunity".to_owned(),
        "amt" => "amount".to_owned(),
        "acct" => "account".to_owned(),
        "inv" => "invoice".to_owned(),
        "desc" => "description".to_owned(),
        "color" => "colour".to_owned(),
        "colors" => "colours".to_owned(),
        "center" => "centre".to_owned(),
        "subcontract" | "subcontractor" => "outplant".to_owned(),
        other => other.to_owned(),
    };
    words.iter().map(spell).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(header: &str, plain: &str, unit: Option<&str>) {
        assert_eq!(HeaderText::of(header), HeaderText { plain: plain.to_owned(), unit: unit.map(str::to_owned) });
    }

    #[test]
    fn headers_are_compared_in_one_spelling() {
        check("WO #", "work order number", None);
        check("W/O No.", "work order number", None);
        check("Work Order", "work order", None);
        check("StageName", "stage name", None);
        check("AccountId", "account id", None);
        check("Quoted_Price__c", "quoted price", None);
        check("Est. Hours", "estimated hours", None);
        check("Width (ft)", "width", Some("ft"));
        check("LED display (sq ft)", "led display", Some("sq ft"));
        check("Travel [miles]", "travel", Some("miles"));
        check("Total Labor Cost", "total labour cost", None);
        check("  ", "", None);
        assert_eq!(snake_case("Panel Thickness (mm)"), "panel_thickness_mm");
    }
}
