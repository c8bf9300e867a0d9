//! Where something is sent: checked once.

use std::net::IpAddr;

use url::{Host, Url};

use crate::ConnectError;

/// An address that may be sent to: https, or http on this machine only; without user, password and fragment.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Address(Url);

impl Address {
    pub(crate) fn parse(text: &str) -> Result<Self, ConnectError> {
        let url = Url::parse(text.trim()).map_err(|_| ConnectError::Address("write it as https://host/path"))?;
        let address = Self(url);
        let fault = match address.0.scheme() {
            "https" | "http" if address.0.host().is_none() => "it names no host",
            "http" if !address.is_loopback() => "it must begin with https://, because http:// can be read on the way",
            "https" | "http" if !address.0.username().is_empty() || address.0.password().is_some() => {
                "a user or password does not belong into it; keep it as the secret of the connection"
            }
            "https" | "http" if address.0.fragment().is_some() => "what stands behind # is never sent",
            "https" | "http" => return Ok(address),
            _ => "it must begin with https://",
        };
        Err(ConnectError::Address(fault))
    }

    /// Host and port, for messages: path and query may hold secrets.
    pub(crate) fn name(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0
    }

    /// The address below this one; every segment is percent-encoded.
    pub(crate) fn below(&self, segments: &[&str]) -> Url {
        let mut url = self.0.clone();
        url.set_query(None);
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }

    pub(crate) fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
            Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, &str>) {
        let said = Address::parse(text).map(|address| address.name()).map_err(|error| error.to_string());
        match (said, expected) {
            (Ok(name), Ok(expected)) => assert_eq!(name, expected, "{text}"),
            (Err(said), Err(expected)) => assert!(said.contains(expected), "{text}: {said}"),
            (said, _) => panic!("{text}: {said:?}"),
        }
    }

    #[test]
    fn only_what_nobody_can_read_on_the_way_is_sent_to() {
        check("https://hooks.example.com/T1/B2?key=3", Ok("hooks.example.com"));
        check(" https://crm.example.com:8443 ", Ok("crm.example.com:8443"));
        check("http://127.0.0.1:8000/x", Ok("127.0.0.1:8000"));
        check("http://localhost/x", Ok("localhost"));
        check("http://[::1]:8000", Ok("[::1]:8000"));
        check("http://hooks.example.com", Err("https://"));
        check("http://127.0.0.1.example.com", Err("https://"));
        check("http://localhost.example.com", Err("https://"));
        check("ftp://hooks.example.com", Err("https://"));
        check("file:///etc/passwd", Err("https://"));
        check("hooks.example.com/x", Err("https://host/path"));
        check("", Err("https://host/path"));
    }

    #[test]
    fn a_password_in_the_address_is_refused_and_not_repeated() {
        check("https://ana:hunter2@crm.example.com", Err("does not belong"));
        check("https://ana@crm.example.com", Err("does not belong"));
        check("https://crm.example.com/#token", Err("#"));
        let said =
            Address::parse("https://ana:hunter2@crm.example.com").err().map(|error| format!("{error} {error:?}"));
        assert!(!said.expect("an error").contains("hunter2"));
    }

    #[test]
    fn what_comes_below_cannot_leave_its_place() {
        let address = Address::parse("https://crm.example.com/base/?q=1").expect("address");
        assert_eq!(address.below(&["a b", "../c/d"]).as_str(), "https://crm.example.com/base/a%20b/..%2Fc%2Fd");
        assert_eq!(Address::parse("https://a.example").expect("address").below(&["x"]).as_str(), "https://a.example/x");
    }
}
