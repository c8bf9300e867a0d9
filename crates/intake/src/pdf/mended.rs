//! Files that say they are locked though their pages are not.

/// The same file without its lock, where the lock is on its attachments alone: its streams and strings are said to be as
/// they are (ISO 32000-1, 7.6.5), so what is on its pages needs no password.
pub(super) fn with_open_pages(bytes: &[u8]) -> Option<Vec<u8>> {
    let is_plain = |name: &[u8]| {
        let mut ends = found(bytes, name).map(|at| at + name.len()).peekable();
        ends.peek().is_some() && ends.all(|end| bytes[end..].trim_ascii_start().starts_with(b"/Identity"))
    };
    if !is_plain(b"/StmF") || !is_plain(b"/StrF") {
        return None;
    }
    let mut open = bytes.to_vec();
    for at in found(bytes, b"/Encrypt") {
        // A name that means nothing; metadata that is said to be encrypted or not is another name.
        if bytes.get(at + 8).is_some_and(|next| !next.is_ascii_alphanumeric()) {
            open[at + 1..at + 8].fill(b'X');
        }
    }
    Some(open)
}

fn found<'b>(bytes: &'b [u8], name: &'b [u8]) -> impl Iterator<Item = usize> + 'b {
    bytes.windows(name.len()).enumerate().filter(move |(_, window)| *window == name).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_lock_on_attachments_alone_is_passed_over() {
        let locked = |stream: &str| {
            format!(
                "<< /StmF {stream} /StrF/Identity /EFF /StdCF /EncryptMetadata true >> trailer << /Encrypt 5 0 R >>"
            )
        };
        let open = with_open_pages(locked("/Identity").as_bytes()).expect("open pages");
        let open = String::from_utf8(open).expect("text");
        assert!(open.contains("/XXXXXXX 5 0 R") && open.contains("/EncryptMetadata true"), "{open}");
        assert_eq!(with_open_pages(locked("/StdCF").as_bytes()), None);
        assert_eq!(with_open_pages(b"%PDF-1.4 trailer << /Encrypt 5 0 R >>"), None);
    }
}
