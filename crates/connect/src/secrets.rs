//! Where the secrets of connections are kept: never in the shop file.
//!
//! What each place protects from:
//!
//! - **The system's keychain** (Keychain on macOS, Credential Manager on Windows, Secret Service on Linux): other users
//!   of the computer, and whoever gets the disk or a copy of files. Not programs that run as the same person.
//! - **An encrypted file with a passphrase**: whoever gets the files, as far as the passphrase is hard to guess (argon2id
//!   makes each guess cost 64 MB and a good part of a second).
//! - **An encrypted file with a key file beside it**: whoever gets the one without the other, such as a copy of
//!   `secrets.json` alone, and other users, who may not read either. Not who can read the folder: that is where the key is.

mod file;
mod keychain;

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

use self::file::SealedFile;
use self::keychain::Keychain;
use crate::secret::Secret;

/// Where secrets are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeptIn {
    Keychain,
    /// A file that a passphrase opens.
    PassphraseFile,
    /// A file that a key beside it opens.
    KeyFile,
}

/// Secrets by name.
#[derive(Debug)]
pub struct Vault(Place);

#[derive(Debug)]
enum Place {
    Keychain(Keychain),
    File(SealedFile),
}

/// Why secrets cannot be kept or read.
#[derive(Debug, Error)]
pub enum VaultError {
    #[error("the system's keychain refused: {0}; unlock it and try again")]
    Keychain(String),
    #[error("{file} could not be {done}: {error}")]
    File { file: String, done: &'static str, error: io::Error },
    #[error("{0} is opened by a passphrase; give it")]
    NeedsPassphrase(String),
    #[error("{0} was made without a passphrase and cannot be opened with one")]
    NoPassphrase(String),
    #[error("{0} does not open: the passphrase or the key beside it is another one, or the file was changed")]
    DoesNotOpen(String),
    #[error("{0} is not a file of secrets that this version can read")]
    Unreadable(String),
    #[error("the system gave no random numbers: {0}")]
    Random(String),
}

impl Vault {
    /// The system's keychain where there is one, else files in `folder`, which is made.
    pub fn open(service: &str, folder: &Path, passphrase: Option<&Secret>) -> Result<Self, VaultError> {
        match Keychain::of(service) {
            Some(keychain) => Ok(Self(Place::Keychain(keychain))),
            None => Self::in_folder(folder, passphrase),
        }
    }

    /// `secrets.json` in `folder`. The first opening decides between a passphrase and a key file; later ones must agree.
    pub fn in_folder(folder: &Path, passphrase: Option<&Secret>) -> Result<Self, VaultError> {
        Ok(Self(Place::File(SealedFile::open(folder, passphrase)?)))
    }

    pub fn kept_in(&self) -> KeptIn {
        match &self.0 {
            Place::Keychain(_) => KeptIn::Keychain,
            Place::File(file) => file.kept_in(),
        }
    }

    /// Keeps a secret, in the place of what had the name before.
    pub fn set(&self, name: &str, secret: &Secret) -> Result<(), VaultError> {
        match &self.0 {
            Place::Keychain(keychain) => keychain.set(name, secret),
            Place::File(file) => file.set(name, Some(secret)),
        }
    }

    pub fn get(&self, name: &str) -> Result<Option<Secret>, VaultError> {
        match &self.0 {
            Place::Keychain(keychain) => keychain.get(name),
            Place::File(file) => file.get(name),
        }
    }

    /// Forgets a secret; nothing happens where there is none.
    pub fn remove(&self, name: &str) -> Result<(), VaultError> {
        match &self.0 {
            Place::Keychain(keychain) => keychain.remove(name),
            Place::File(file) => file.set(name, None),
        }
    }
}

#[cfg(test)]
mod tests;
