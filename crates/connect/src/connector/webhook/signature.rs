//! The proof that a body comes from who knows the secret, and from now.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::secret::Secret;

/// `t=SECONDS,v1=HEX`: HMAC-SHA-256 (RFC 2104) over `SECONDS.BODY`.
pub(super) fn of(secret: &Secret, seconds: i64, body: &str) -> String {
    format!("t={seconds},v1={}", hex(&hmac(secret.reveal().as_bytes(), format!("{seconds}.{body}").as_bytes())))
}

fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test cases 2 and 6.
    #[test]
    fn it_is_the_published_function() {
        let check = |key: &[u8], message: &str, expected| assert_eq!(hex(&hmac(key, message.as_bytes())), expected);
        check(
            b"Jefe",
            "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        );
        check(
            &[0xaa; 131],
            "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        );
    }

    #[test]
    fn the_time_is_signed_with_the_body() {
        let signed = of(&Secret::new("Jefe"), 17, "{}");
        let expected = hex(&hmac(b"Jefe", b"17.{}"));
        assert_eq!(signed, format!("t=17,v1={expected}"));
        assert_ne!(signed[5..], of(&Secret::new("Jefe"), 18, "{}")[5..]);
    }
}
