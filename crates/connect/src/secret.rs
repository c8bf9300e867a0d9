//! A token, a password or a key that must not be seen.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// What stands where a secret is not shown.
pub(crate) const BLANK: &str = "•••";

/// Below this length a secret may stand in any text by chance, and blanking it there would spell it out.
const TELLING: usize = 6;

/// It has no text form: `Debug` says only that there is one. Its memory is overwritten when it goes.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// The text without this secret, also where it stands there as JSON, URL or base64 write it.
    pub(crate) fn blanked_in(&self, text: &str) -> String {
        let own = self.reveal();
        if own.is_empty() {
            return text.to_owned();
        }
        let quoted = serde_json::to_string(own).unwrap_or_default();
        let in_url: String = url::form_urlencoded::byte_serialize(own.as_bytes()).collect();
        let forms = [own, quoted.trim_matches('"'), &in_url, &STANDARD.encode(own)].map(str::to_owned);
        if own.len() < TELLING && forms.iter().any(|form| text.contains(form)) {
            return BLANK.to_owned();
        }
        forms.iter().fold(text.to_owned(), |text, form| text.replace(form, BLANK))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(•••)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_does_not_show_itself() {
        assert_eq!(format!("{:?}", Some(Secret::new("hunter2hunter2"))), "Some(Secret(•••))");
    }

    #[test]
    fn a_text_that_repeats_it_is_blanked_in_every_form() {
        let secret = Secret::new("p\"ss w/rd+1");
        let check = |text: &str, shown: &str| assert_eq!(secret.blanked_in(text), shown);
        check("wrong: p\"ss w/rd+1!", "wrong: •••!");
        check(r#"{"password": "p\"ss w/rd+1"}"#, r#"{"password": "•••"}"#);
        check("secret=p%22ss+w%2Frd%2B1&x=1", "secret=•••&x=1");
        check("Basic cCJzcyB3L3JkKzE=", "Basic •••");
        check("nothing of it", "nothing of it");
    }

    #[test]
    fn a_short_one_is_not_spelled_out_by_what_is_missing() {
        assert_eq!(Secret::new("a").blanked_in("a plain text"), "•••");
        assert_eq!(Secret::new("").blanked_in("a plain text"), "a plain text");
    }
}
