//! The keychain of the system, which blocks while a person unlocks it.

use keyring::{Entry, Error};

use super::VaultError;
use crate::secret::Secret;

/// Asked for to see whether there is a keychain; nothing is kept under it.
const NOBODY: &str = "is-there-a-keychain";

#[derive(Debug)]
pub(super) struct Keychain {
    service: String,
}

impl Keychain {
    /// `None` where the system has no keychain, or none that answers.
    pub(super) fn of(service: &str) -> Option<Self> {
        let asked = Entry::new(service, NOBODY).and_then(|entry| entry.get_password());
        matches!(asked, Ok(_) | Err(Error::NoEntry)).then(|| Self { service: service.to_owned() })
    }

    pub(super) fn set(&self, name: &str, secret: &Secret) -> Result<(), VaultError> {
        self.entry(name)?.set_password(secret.reveal()).map_err(|error| refused(&error))
    }

    pub(super) fn get(&self, name: &str) -> Result<Option<Secret>, VaultError> {
        match self.entry(name)?.get_password() {
            Ok(secret) => Ok(Some(Secret::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(refused(&error)),
        }
    }

    pub(super) fn remove(&self, name: &str) -> Result<(), VaultError> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(refused(&error)),
        }
    }

    fn entry(&self, name: &str) -> Result<Entry, VaultError> {
        Entry::new(&self.service, name).map_err(|error| refused(&error))
    }
}

/// In words of our own for those that carry what was kept: `BadEncoding` holds its bytes.
fn refused(error: &Error) -> VaultError {
    VaultError::Keychain(match error {
        Error::BadEncoding(_) => "what is kept there is no text".to_owned(),
        Error::NoStorageAccess(why) | Error::PlatformFailure(why) => why.to_string(),
        other => other.to_string(),
    })
}
