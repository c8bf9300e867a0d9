//! The names of months and days of the week in English, German, French, Spanish, Italian, Dutch, Portuguese,
//! the Scandinavian languages, Finnish, Polish and Czech, whole or shortened.

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
    &["november", "novembro", "listopad", "listopada", "listopadu", "novembre", "noviembre"],
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
    let name = plain(name);
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

fn plain(name: &str) -> String {
    let folded = name.chars().flat_map(char::to_lowercase).map(|c| match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' => 'a',
        'é' | 'è' | 'ê' | 'ě' => 'e',
        'í' | 'ì' | 'î' => 'i',
        'û' | 'ù' | 'ü' | 'ú' => 'u',
        'ç' => 'c',
        'ř' => 'r',
        'ś' => 's',
        'ź' => 'z',
        'ń' => 'n',
        c => c,
    });
    folded.collect()
}

/// All names of a month, from 0.
#[cfg(test)]
pub(super) fn names(month: usize) -> &'static [&'static str] {
    MONTHS[month]
}
