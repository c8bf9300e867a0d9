//! Mails that nobody has sent yet.

use jiff::Timestamp;
use mail_builder::MessageBuilder;
use mail_builder::headers::text::Text;

use crate::ReportError;

/// A mail to be looked at, completed and sent by a person, as the text of an `.eml` file (RFC 5322, MIME). Mail programs open
/// it for writing because of its `X-Unsent` header; it has no sender, who is whoever sends it.
///
/// # Errors
/// [`ReportError::Address`] for what is no address, or where there is none.
pub fn mail_draft(to: &str, subject: &str, text: &str, at: Timestamp) -> Result<Vec<u8>, ReportError> {
    let to: Vec<&str> = addresses(to)?;
    // Random in its place would make the same draft differ from itself.
    let id = format!("{}.draft@signwright.invalid", at.as_millisecond());
    let mail = MessageBuilder::new()
        .to(to)
        .subject(one_line(subject))
        .date(at.as_second())
        .message_id(id)
        .header("X-Unsent", Text::from("1"))
        .text_body(text);
    mail.write_to_vec().map_err(|error| ReportError::Typesetting(error.to_string()))
}

/// The addresses of a list separated by commas or semicolons.
///
/// # Errors
/// [`ReportError::Address`] for what is no address, or where there is none.
pub fn addresses(list: &str) -> Result<Vec<&str>, ReportError> {
    let parts: Vec<&str> = list.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
    match parts.iter().find(|part| !is_address(part)) {
        Some(wrong) => Err(ReportError::Address((*wrong).to_owned())),
        None if parts.is_empty() => Err(ReportError::Address(list.trim().to_owned())),
        None => Ok(parts),
    }
}

/// `name@host` in letters that any mail program takes; whether somebody reads there is not known.
fn is_address(text: &str) -> bool {
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[]\\\":,;".contains(c);
    text.split_once('@').is_some_and(|(name, host)| {
        let is_host = host.split('.').all(|part| !part.is_empty()) && !host.contains('@');
        !name.is_empty() && is_host && text.chars().all(is_plain)
    })
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_can_be_opened_and_sent() {
        let at = "2026-11-22T09:15:00Z".parse().expect("a time");
        let text = "Cost per square foot was above $80.\n\nMärz: 12 %.";
        let draft =
            mail_draft("ana@example.com, owner@example.com", "Signwright: 2 alerts", text, at).expect("a draft");
        let draft = String::from_utf8(draft).expect("text");
        let (head, body) = draft.split_once("\r\n\r\n").expect("a head and a body");
        assert!(head.contains("X-Unsent: 1"), "{head}");
        assert!(head.contains("<ana@example.com>") && head.contains("<owner@example.com>"), "{head}");
        assert!(head.contains("Subject: Signwright: 2 alerts"), "{head}");
        assert!(head.contains("Date: Sun, 22 Nov 2026 09:15:00"), "{head}");
        assert!(!head.contains("From:"), "{head}");
        assert!(head.is_ascii() && body.is_ascii(), "{draft}");
        assert!(body.contains("Cost per square foot was above $80."), "{body}");
    }

    #[test]
    fn nothing_in_a_subject_becomes_a_header() {
        let at = Timestamp::UNIX_EPOCH;
        let draft = mail_draft("a@example.com", "steel\r\nBcc: thief@example.com", "", at).expect("a draft");
        let draft = String::from_utf8(draft).expect("text");
        assert!(!draft.contains("\nBcc"), "{draft}");
    }

    #[test]
    fn what_is_no_address_is_said() {
        let check = |list: &str, wrong: &str| {
            assert_eq!(addresses(list), Err(ReportError::Address(wrong.to_owned())), "{list}");
        };
        check("", "");
        check(" , ", ",");
        check("ana", "ana");
        check("ana@", "ana@");
        check("ana@example..com", "ana@example..com");
        check("a@b@c", "a@b@c");
        check("a@example.com\r\nBcc: b@example.com", "a@example.com\r\nBcc: b@example.com");
        check("Ana <ana@example.com>", "Ana <ana@example.com>");
        assert_eq!(addresses("a@example.com; b@example.com").expect("two").len(), 2);
    }
}
