//! A specification in words a customer reads: what is made and what is included, nothing of what drives the cost inside.
//!
//! Wind, soil, travel, rush, estimator and a shop's own drivers are left out on purpose: they are the shop's business.

use signwright_domain::{DriverValue, Specification, driver};

/// "Monument sign, double face, 10 x 6 ft, LED lit, masonry base". Empty for an empty specification.
pub fn describe(spec: &Specification) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(noun(spec));
    parts.extend(letters(spec));
    parts.extend(faces(spec));
    parts.extend(size(spec));
    parts.extend(display(spec));
    parts.extend(word(spec, "lighting", lighting));
    parts.extend(face_material(spec));
    parts.extend(finish(spec));
    parts.extend(word(spec, "base", base));
    parts.extend(word(spec, "mounting", mounting));
    parts.extend(overall_height(spec));
    parts.extend(word(spec, "foundation", foundation));
    parts.extend(services(spec));
    parts.join(", ")
}

fn noun(spec: &Specification) -> Option<String> {
    let kind = spec.text("sign_type")?;
    let noun = match kind {
        "channel_letters" | "channel_letters_unlit" => "Channel letters",
        "cabinet" => "Cabinet sign",
        "monument" => "Monument sign",
        "pole" => "Pole sign",
        "pylon" => "Pylon sign",
        "blade" => "Projecting sign",
        "flat_panel" => "Flat panel sign",
        "directional" => "Directional sign",
        "ada" => "ADA sign",
        "reface" => "Sign reface",
        other => return Some(capitalised(&choice_label("sign_type", other))),
    };
    Some(noun.to_owned())
}

fn letters(spec: &Specification) -> Option<String> {
    let height = amount(spec, "letter_height").map(|height| format!("{height} in high"));
    let count = amount(spec, "letter_count").map(|n| if n == "1" { "1 letter".into() } else { format!("{n} letters") });
    let font = spec.text("font").map(|font| format!("{} lettering", choice_label("font", font).to_lowercase()));
    joined([count, height, font])
}

fn faces(spec: &Specification) -> Option<String> {
    let flat = matches!(spec.text("sign_type"), Some("channel_letters" | "channel_letters_unlit" | "vinyl" | "awning"));
    match amount(spec, "faces")?.as_str() {
        "1" if flat => None,
        "1" => Some("single face".into()),
        "2" => Some("double face".into()),
        n => Some(format!("{n} faces")),
    }
}

fn size(spec: &Specification) -> Option<String> {
    match (amount(spec, "width"), amount(spec, "height")) {
        (Some(width), Some(height)) => Some(format!("{width} x {height} ft")),
        (Some(width), None) => Some(format!("{width} ft wide")),
        (None, Some(height)) => Some(format!("{height} ft high")),
        (None, None) => None,
    }
}

fn display(spec: &Specification) -> Option<String> {
    amount(spec, "emc_area").map(|area| format!("{area} sq ft LED display"))
}

fn lighting(value: &str) -> Option<&'static str> {
    match value {
        "none" => Some("non-illuminated"),
        "led" => Some("LED lit"),
        "halo" => Some("halo lit"),
        "neon" => Some("neon lit"),
        _ => None,
    }
}

fn face_material(spec: &Specification) -> Option<String> {
    let material = match spec.text("face_material")? {
        "acrylic" => "flat acrylic",
        "acrylic_routed" => "routed acrylic",
        "acrylic_formed" => "pan-formed acrylic",
        "flex" => "flex",
        "aluminium" => "aluminium",
        "acm" => "ACM",
        "pvc" => "PVC",
        "vinyl" => "vinyl film",
        _ => return None,
    };
    let one = amount(spec, "faces").is_some_and(|n| n == "1");
    Some(format!("{material} {}", if one { "face" } else { "faces" }))
}

fn finish(spec: &Specification) -> Option<String> {
    let finish = match spec.text("finish")? {
        "mill" => "mill finish",
        "paint" => "painted",
        "powder" => "powder coated",
        "vinyl" => "applied vinyl",
        "print" => "printed and laminated",
        _ => return None,
    };
    let colours = match amount(spec, "colours").as_deref() {
        Some("1") => " in 1 colour".to_owned(),
        Some(n) => format!(" in {n} colours"),
        None => String::new(),
    };
    Some(format!("{finish}{colours}"))
}

fn base(value: &str) -> Option<&'static str> {
    match value {
        "masonry" => Some("masonry base"),
        "cladding" => Some("aluminium-clad base"),
        _ => None,
    }
}

fn mounting(value: &str) -> Option<&'static str> {
    match value {
        "flush" => Some("mounted flush to wall"),
        "raceway" => Some("mounted on raceway"),
        "single_pole" => Some("on a single pole"),
        "double_pole" => Some("on two poles"),
        "hanging" => Some("hanging"),
        "pickup" => Some("for pick-up"),
        _ => None,
    }
}

fn overall_height(spec: &Specification) -> Option<String> {
    amount(spec, "overall_height").map(|height| format!("{height} ft overall height"))
}

fn foundation(value: &str) -> Option<&'static str> {
    match value {
        "direct_burial" => Some("direct burial foundation"),
        "pier" => Some("drilled pier foundation"),
        "existing" => Some("on existing foundation"),
        _ => None,
    }
}

/// "including site survey, permit and removal of the existing sign".
fn services(spec: &Specification) -> Option<String> {
    let offered = [
        ("survey", "site survey"),
        ("engineering", "sealed engineering"),
        ("permit", "permit"),
        ("removal", "removal of the existing sign"),
    ];
    let included: Vec<_> = offered.iter().filter(|(name, _)| spec.flag(name)).map(|(_, words)| *words).collect();
    let (last, rest) = included.split_last()?;
    Some(if rest.is_empty() {
        format!("including {last}")
    } else {
        format!("including {} and {last}", rest.join(", "))
    })
}

fn word(spec: &Specification, name: &str, words: fn(&str) -> Option<&'static str>) -> Option<String> {
    spec.text(name).and_then(words).map(str::to_owned)
}

/// A number above zero, to two decimal places without trailing zeros.
fn amount(spec: &Specification, name: &str) -> Option<String> {
    match spec.get(name)? {
        DriverValue::Number(x) if x.is_finite() && *x >= 0.005 => {
            let text = format!("{x:.2}");
            Some(text.trim_end_matches('0').trim_end_matches('.').to_owned())
        }
        DriverValue::Number(_) | DriverValue::Flag(_) | DriverValue::Text(_) => None,
    }
}

pub(crate) fn choice_label(name: &str, value: &str) -> String {
    let known = driver::choices(name).iter().find(|choice| choice.value == value);
    known.map_or_else(|| value.replace('_', " "), |choice| choice.label.to_owned())
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> Option<String> {
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    if parts.is_empty() { None } else { Some(parts.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(json: &str) -> Specification {
        let drivers = json.split(';').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').expect("name=value");
            let value = match (value, value.parse()) {
                ("yes", _) => DriverValue::Flag(true),
                (_, Ok(number)) => DriverValue::Number(number),
                (text, Err(_)) => DriverValue::Text(text.into()),
            };
            (name.to_owned(), value)
        });
        Specification { drivers: drivers.collect() }
    }

    #[test]
    fn a_sign_reads_as_the_trade_describes_it() {
        let check = |drivers: &str, words: &str| assert_eq!(describe(&spec(drivers)), words);
        check(
            "sign_type=monument;faces=2;width=10;height=6;lighting=led;base=masonry",
            "Monument sign, double face, 10 x 6 ft, LED lit, masonry base",
        );
        check(
            "sign_type=channel_letters;letter_count=14;letter_height=24;font=script;lighting=halo;mounting=raceway;faces=1",
            "Channel letters, 14 letters, 24 in high, script lettering, halo lit, mounted on raceway",
        );
        check(
            "sign_type=pole;faces=2;width=8.5;height=4;emc_area=18;finish=paint;colours=2;overall_height=20;foundation=pier",
            "Pole sign, double face, 8.5 x 4 ft, 18 sq ft LED display, painted in 2 colours, 20 ft overall height, \
             drilled pier foundation",
        );
        check("sign_type=banner;width=20", "Banner, 20 ft wide");
        check("sign_type=cabinet;faces=1;face_material=flex", "Cabinet sign, single face, flex face");
        check("sign_type=roof_blade", "Roof blade");
        check("", "");
    }

    #[test]
    fn what_is_included_is_said() {
        let check = |drivers: &str, words: &str| assert_eq!(describe(&spec(drivers)), words);
        check("sign_type=ada;permit=yes", "ADA sign, including permit");
        check(
            "sign_type=ada;permit=yes;removal=yes;survey=yes",
            "ADA sign, including site survey, permit and removal of the existing sign",
        );
    }

    #[test]
    fn nothing_of_the_inside_is_told() {
        let words = describe(&spec(
            "sign_type=pylon;estimator=KM;wind_speed=115;soil=clay;travel_miles=34;rush=yes;own=secret",
        ));
        assert_eq!(words, "Pylon sign");
    }

    #[test]
    fn every_catalogue_choice_of_a_type_has_a_noun() {
        let Some(driver::DriverKind::Choice { choices }) = driver::find("sign_type").map(|d| &d.kind) else {
            panic!("sign_type is a choice");
        };
        for choice in *choices {
            let words = describe(&spec(&format!("sign_type={}", choice.value)));
            assert!(!words.is_empty() && !words.contains('_'), "{words}");
        }
    }
}
