//! The names of months in English, German, French, Spanish, Italian, Dutch, Portuguese, Swedish, Danish, Norwegian,
//! Finnish, Polish and Czech, and of days of the week in the first six, whole or shortened.

use crate::fold::fold;

/// Names of each month without accents, in small letters; a beginning of at least three letters counts where it is
/// the beginning of one month only.
const MONTHS: [&[&str]; 12] = [
    &[
        "january", "janeiro", "styczen", "stycznia", "leden", "ledna", "tammikuu", "januar", "jaenner", "janner",
        "janvier", "enero", "gennaio", "januari",
    ],
    &[
        "february",
        "fevereiro",
        "luty",
        "lutego",
        "unor",
        "unora",
        "helmikuu",
        "februar",
        "feber",
        "fevrier",
        "febrero",
        "febbraio",
        "februari",
    ],
    &[
        "march",
        // Finnish November begins with it too.
        "mar",
        "marco",
        "marts",
        "marzec",
        "marca",
        "brezen",
        "brezna",
        "maaliskuu",
        "marz",
        "maerz",
        "mars",
        "marzo",
        "maart",
        "mrz",
        "mrt",
    ],
    &["april", "kwiecien", "kwietnia", "duben", "dubna", "huhtikuu", "avril", "abril", "aprile"],
    &["may", "maio", "maj", "maja", "kveten", "kvetna", "toukokuu", "mai", "mayo", "maggio", "mei"],
    &["june", "junho", "czerwiec", "czerwca", "cerven", "cervna", "kesakuu", "juni", "juin", "junio", "giugno"],
    &["july", "julho", "lipiec", "lipca", "cervenec", "cervence", "heinakuu", "juli", "juillet", "julio", "luglio"],
    &["august", "augusti", "sierpien", "sierpnia", "srpen", "srpna", "elokuu", "aout", "agosto", "augustus"],
    &[
        "september",
        "setembro",
        "wrzesien",
        "wrzesnia",
        "zari",
        "syyskuu",
        "septembre",
        "septiembre",
        "setiembre",
        "settembre",
        "sept",
    ],
    &[
        "october",
        "outubro",
        "pazdziernik",
        "pazdziernika",
        "rijen",
        "rijna",
        "lokakuu",
        "oktober",
        "octobre",
        "octubre",
        "ottobre",
    ],
    &["november", "novembro", "listopad", "listopada", "listopadu", "marraskuu", "novembre", "noviembre"],
    &[
        "december",
        "dezembro",
        "desember",
        "grudzien",
        "grudnia",
        "prosinec",
        "prosince",
        "joulukuu",
        "dezember",
        "decembre",
        "diciembre",
        "dicembre",
    ],
];

const WEEKDAYS: [&[&str]; 7] = [
    &["monday", "montag", "lundi", "lunes", "lunedi", "maandag"],
    &["tuesday", "dienstag", "mardi", "martes", "martedi", "dinsdag"],
    &["wednesday", "mittwoch", "mercredi", "miercoles", "mercoledi", "woensdag"],
    &["thursday", "donnerstag", "jeudi", "jueves", "giovedi", "donderdag"],
    &["friday", "freitag", "vendredi", "viernes", "venerdi", "vrijdag"],
    &["saturday", "samstag", "sonnabend", "samedi", "sabado", "sabato", "zaterdag"],
    &["sunday", "sonntag", "dimanche", "domingo", "domenica", "zondag"],
];

/// The month a name or its beginning means, from 1.
pub(super) fn month(name: &str) -> Option<i16> {
    let mut name = plain(name);
    // `5. tammikuuta`: a Finnish day is one of its month.
    if name.ends_with("kuuta") {
        name.truncate(name.len() - "ta".len());
    }
    if let Some(found) = MONTHS.iter().position(|names| names.contains(&name.as_str())) {
        return i16::try_from(found + 1).ok();
    }
    let shortened = |names: &[&str]| (3..=4).contains(&name.len()) && names.iter().any(|full| full.starts_with(&name));
    let mut found = (0..12).filter(|month| shortened(MONTHS[*month]));
    match (found.next(), found.next()) {
        (Some(only), None) => i16::try_from(only + 1).ok(),
        _ => None,
    }
}

/// Whether a word is a day of the week.
pub(super) fn is_weekday(name: &str) -> bool {
    let name = plain(name);
    name.len() >= 2
        && WEEKDAYS
            .iter()
            .flat_map(|names| names.iter())
            .any(|full| *full == name || (name.len() <= 4 && full.starts_with(&name)))
}

/// Words between the parts of a written date: `5 de marzo de 2026`, `the 5th of March`.
pub(super) fn is_joint(word: &str) -> bool {
    matches!(plain(word).as_str(), "de" | "del" | "di" | "of" | "the" | "den" | "le" | "el" | "il")
}

/// A name without accents in small letters; nothing where something else than letters stands in it. Accents may be
/// characters of their own.
fn plain(name: &str) -> String {
    let letters = name.chars().all(|c| c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c));
    if letters { fold(name).to_lowercase() } else { String::new() }
}

/// All names of a month, from 0.
#[cfg(test)]
pub(super) fn names(month: usize) -> &'static [&'static str] {
    MONTHS[month]
}

#[cfg(test)]
mod tests {
    use super::month;

    /// All months of each language as its calendars print them, in the form that stands behind a day where that is another.
    const YEARS: &[(&str, &str)] = &[
        ("English", "January February March April May June July August September October November December"),
        ("German", "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
        ("Austrian", "Jänner Feber März April Mai Juni Juli August September Oktober November Dezember"),
        ("French", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
        ("Spanish", "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
        ("Italian", "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
        ("Dutch", "januari februari maart april mei juni juli augustus september oktober november december"),
        ("Portuguese", "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
        ("Swedish", "januari februari mars april maj juni juli augusti september oktober november december"),
        ("Danish", "januar februar marts april maj juni juli august september oktober november december"),
        ("Norwegian", "januar februar mars april mai juni juli august september oktober november desember"),
        (
            "Finnish",
            "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
        ),
        (
            "Finnish, of a day",
            "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta \
             marraskuuta joulukuuta",
        ),
        ("Polish", "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień"),
        (
            "Polish, of a day",
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
        ),
        ("Czech", "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec"),
        ("Czech, of a day", "ledna února března dubna května června července srpna září října listopadu prosince"),
    ];

    #[test]
    fn all_months_of_every_language() {
        for (language, names) in YEARS {
            let months: Vec<Option<i16>> = names.split_whitespace().map(month).collect();
            assert_eq!(months, (1..=12).map(Some).collect::<Vec<_>>(), "{language}");
            let loud: Vec<Option<i16>> = names.split_whitespace().map(|name| month(&name.to_uppercase())).collect();
            assert_eq!(loud, months, "{language} in capitals");
        }
    }

    #[test]
    fn what_may_mean_two_months_means_none() {
        assert_eq!(month("jui"), None);
        assert_eq!(month("čer"), None);
        assert_eq!(month("cerv"), None);
        assert_eq!(month("Mar"), Some(3));
        assert_eq!(month("marr"), Some(11));
        assert_eq!(month("c\u{30c}ervna"), Some(6));
        assert_eq!(month("(May"), None);
        assert_eq!(month(""), None);
    }
}
