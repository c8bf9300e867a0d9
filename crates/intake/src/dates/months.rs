//! The names of months and days of the week in English, German, French, Spanish, Italian and Dutch, whole or shortened.

/// Names of each month without accents, in small letters; a beginning of at least three letters counts where it is
/// the beginning of one month only.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "jaenner", "janner", "janvier", "enero", "gennaio", "januari"],
    &["february", "februar", "feber", "fevrier", "febrero", "febbraio", "februari"],
    &["march", "marz", "maerz", "mars", "marzo", "maart", "mrz", "mrt"],
    &["april", "avril", "abril", "aprile"],
    &["may", "mai", "mayo", "maggio", "mei"],
    &["june", "juni", "juin", "junio", "giugno"],
    &["july", "juli", "juillet", "julio", "luglio"],
    &["august", "aout", "agosto", "augustus"],
    &["september", "septembre", "septiembre", "settembre", "sept"],
    &["october", "oktober", "octobre", "octubre", "ottobre"],
    &["november", "novembre", "noviembre"],
    &["december", "dezember", "decembre", "diciembre", "dicembre"],
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
        'á' | 'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' => 'e',
        'í' | 'ì' | 'î' => 'i',
        'û' | 'ù' | 'ü' => 'u',
        c => c,
    });
    folded.collect()
}

/// All names of a month, from 0.
#[cfg(test)]
pub(super) fn names(month: usize) -> &'static [&'static str] {
    MONTHS[month]
}
