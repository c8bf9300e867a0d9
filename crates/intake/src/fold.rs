//! One folding of letters for every name that is compared: labels, months, days of the week.

/// A word as compared: capital letters without accents, and digits.
pub(crate) fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_uppercase) {
        match c {
            'Á' | 'À' | 'Â' | 'Ä' | 'Ã' | 'Å' | 'Ą' | 'Ă' => out.push('A'),
            'É' | 'È' | 'Ê' | 'Ë' | 'Ę' | 'Ě' => out.push('E'),
            'Í' | 'Ì' | 'Î' | 'Ï' => out.push('I'),
            'Ó' | 'Ò' | 'Ô' | 'Ö' | 'Õ' | 'Ø' | 'Ő' => out.push('O'),
            'Ú' | 'Ù' | 'Û' | 'Ü' | 'Ů' | 'Ű' => out.push('U'),
            'Ý' => out.push('Y'),
            'Ç' | 'Ć' | 'Č' => out.push('C'),
            'Ñ' | 'Ń' | 'Ň' => out.push('N'),
            'Ś' | 'Š' | 'Ș' | 'Ş' => out.push('S'),
            'Ź' | 'Ż' | 'Ž' => out.push('Z'),
            'Ł' | 'Ľ' => out.push('L'),
            'Ř' => out.push('R'),
            'Ť' | 'Ț' | 'Ţ' => out.push('T'),
            'Ď' => out.push('D'),
            'Œ' => out.push_str("OE"),
            'Æ' => out.push_str("AE"),
            '№' => out.push_str("NO"),
            'º' | 'ª' => {}
            c if c.is_alphanumeric() => out.push(c),
            _ => {}
        }
    }
    out
}
