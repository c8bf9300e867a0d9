//! Secrets in a file, sealed with XChaCha20-Poly1305 (RFC 8439 with the extended nonce of draft-irtf-cfrg-xchacha-03)
//! under a key from a passphrase by argon2id (RFC 9106, its second recommended choice), or under a random one.
//!
//! Every writing seals everything anew with a new nonce, into a new file that takes the place of the old one at once.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{KeptIn, VaultError};
use crate::secret::Secret;

const SEALED: &str = "secrets.json";
const KEY: &str = "secrets.key";
const LOCK: &str = "secrets.lock";
const SHAPE: u32 = 1;
const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;
const SALT_BYTES: usize = 16;
/// What a file may ask for at most: one from elsewhere must not use up the computer.
const MOST_MEMORY: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 16;

type Secrets = BTreeMap<String, Zeroizing<String>>;

pub(super) struct SealedFile {
    folder: PathBuf,
    opened_by: OpenedBy,
    key: Zeroizing<[u8; KEY_BYTES]>,
}

/// Where the key comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum OpenedBy {
    KeyFile,
    Argon2id { salt: String, memory_kib: u32, passes: u32, lanes: u32 },
}

/// The file as it stands.
#[derive(Serialize, Deserialize)]
struct Sealed {
    version: u32,
    opened_by: OpenedBy,
    nonce: String,
    sealed: String,
}

impl SealedFile {
    pub(super) fn open(folder: &Path, passphrase: Option<&Secret>) -> Result<Self, VaultError> {
        make_private(folder).map_err(|error| failed(folder, "made", error))?;
        let _held = lock(folder)?;
        let path = folder.join(SEALED);
        let found = sealed(&path)?;
        let opened_by = match (&found, passphrase) {
            (Some(Sealed { opened_by: OpenedBy::KeyFile, .. }), Some(_)) => {
                return Err(VaultError::NoPassphrase(name(&path)));
            }
            (Some(Sealed { opened_by: OpenedBy::Argon2id { .. }, .. }), None) => {
                return Err(VaultError::NeedsPassphrase(name(&path)));
            }
            (Some(sealed), _) => sealed.opened_by.clone(),
            (None, Some(_)) => OpenedBy::passphrase()?,
            (None, None) => OpenedBy::KeyFile,
        };
        let key = match (&opened_by, passphrase) {
            (OpenedBy::Argon2id { .. }, Some(passphrase)) => derived(&opened_by, passphrase, &path)?,
            _ => key_beside(folder, found.is_some())?,
        };
        let file = Self { folder: folder.to_owned(), opened_by, key };
        match found {
            Some(sealed) => drop(file.unsealed(&sealed)?),
            None => file.write(&Secrets::new())?,
        }
        Ok(file)
    }

    pub(super) fn kept_in(&self) -> KeptIn {
        match self.opened_by {
            OpenedBy::KeyFile => KeptIn::KeyFile,
            OpenedBy::Argon2id { .. } => KeptIn::PassphraseFile,
        }
    }

    pub(super) fn get(&self, name: &str) -> Result<Option<Secret>, VaultError> {
        let _held = lock(&self.folder)?;
        Ok(self.read()?.get(name).map(|text| Secret::new(text.as_str())))
    }

    /// Keeps it, or forgets it.
    pub(super) fn set(&self, name: &str, secret: Option<&Secret>) -> Result<(), VaultError> {
        let _held = lock(&self.folder)?;
        let mut secrets = self.read()?;
        match secret {
            Some(secret) => drop(secrets.insert(name.to_owned(), Zeroizing::new(secret.reveal().to_owned()))),
            None => drop(secrets.remove(name)),
        }
        self.write(&secrets)
    }

    fn path(&self) -> PathBuf {
        self.folder.join(SEALED)
    }

    fn read(&self) -> Result<Secrets, VaultError> {
        match sealed(&self.path())? {
            Some(sealed) => self.unsealed(&sealed),
            // Somebody took the file away: what was in it is gone.
            None => Ok(Secrets::new()),
        }
    }

    fn unsealed(&self, sealed: &Sealed) -> Result<Secrets, VaultError> {
        let unreadable = || VaultError::Unreadable(name(&self.path()));
        let nonce = STANDARD.decode(&sealed.nonce).map_err(|_| unreadable())?;
        let msg = STANDARD.decode(&sealed.sealed).map_err(|_| unreadable())?;
        if nonce.len() != NONCE_BYTES {
            return Err(unreadable());
        }
        let payload = Payload { msg: &msg, aad: &self.bound() };
        let plain = self.cipher().decrypt(XNonce::from_slice(&nonce), payload);
        let plain = Zeroizing::new(plain.map_err(|_| VaultError::DoesNotOpen(name(&self.path())))?);
        let texts: BTreeMap<String, String> = serde_json::from_slice(&plain).map_err(|_| unreadable())?;
        Ok(texts.into_iter().map(|(name, text)| (name, Zeroizing::new(text))).collect())
    }

    fn write(&self, secrets: &Secrets) -> Result<(), VaultError> {
        let path = self.path();
        let nonce = random::<NONCE_BYTES>()?;
        let texts: BTreeMap<&str, &str> = secrets.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let plain = Zeroizing::new(serde_json::to_vec(&texts).map_err(|error| failed(&path, "written", error.into()))?);
        let payload = Payload { msg: &plain, aad: &self.bound() };
        let sealed = self.cipher().encrypt(XNonce::from_slice(&*nonce), payload);
        let sealed = sealed.map_err(|_| failed(&path, "sealed", io::ErrorKind::InvalidData.into()))?;
        let file = Sealed {
            version: SHAPE,
            opened_by: self.opened_by.clone(),
            nonce: STANDARD.encode(*nonce),
            sealed: STANDARD.encode(sealed),
        };
        let text = serde_json::to_vec_pretty(&file).map_err(|error| failed(&path, "written", error.into()))?;
        replaced(&path, &text).map_err(|error| failed(&path, "written", error))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.key).into())
    }

    /// What is not secret and must not be changed either.
    fn bound(&self) -> Vec<u8> {
        serde_json::to_vec(&(SHAPE, &self.opened_by)).unwrap_or_default()
    }
}

impl fmt::Debug for SealedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealedFile").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl OpenedBy {
    fn passphrase() -> Result<Self, VaultError> {
        let salt = STANDARD.encode(*random::<SALT_BYTES>()?);
        Ok(Self::Argon2id { salt, memory_kib: 64 * 1024, passes: 3, lanes: 4 })
    }
}

fn derived(by: &OpenedBy, passphrase: &Secret, path: &Path) -> Result<Zeroizing<[u8; KEY_BYTES]>, VaultError> {
    let unreadable = || VaultError::Unreadable(name(path));
    let OpenedBy::Argon2id { salt, memory_kib, passes, lanes } = by else { return Err(unreadable()) };
    if *memory_kib > MOST_MEMORY || *passes > MOST_PASSES {
        return Err(unreadable());
    }
    let salt = STANDARD.decode(salt).map_err(|_| unreadable())?;
    let params = Params::new(*memory_kib, *passes, *lanes, Some(KEY_BYTES)).map_err(|_| unreadable())?;
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.reveal().as_bytes(), &salt, &mut *key)
        .map_err(|_| unreadable())?;
    Ok(key)
}

/// The key beside the file. Where the file is there and its key is not, a new one would only hide the loss.
fn key_beside(folder: &Path, needed: bool) -> Result<Zeroizing<[u8; KEY_BYTES]>, VaultError> {
    let path = folder.join(KEY);
    match fs::read(&path).map(Zeroizing::new) {
        Ok(bytes) => {
            keep_private(&path);
            let key: Result<[u8; KEY_BYTES], _> = bytes.as_slice().try_into();
            key.map(Zeroizing::new).map_err(|_| VaultError::Unreadable(name(&path)))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && !needed => {
            let key = random::<KEY_BYTES>()?;
            replaced(&path, &*key).map_err(|error| failed(&path, "written", error))?;
            Ok(key)
        }
        Err(error) => Err(failed(&path, "read", error)),
    }
}

fn sealed(path: &Path) -> Result<Option<Sealed>, VaultError> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(path, "read", error)),
    };
    keep_private(path);
    let read: Result<Sealed, _> = serde_json::from_slice(&text);
    match read {
        Ok(sealed) if sealed.version == SHAPE => Ok(Some(sealed)),
        _ => Err(VaultError::Unreadable(name(path))),
    }
}

/// Held while a file is read, changed and written: window, server and command line may do so at once.
fn lock(folder: &Path) -> Result<File, VaultError> {
    let path = folder.join(LOCK);
    let file = private().create(true).write(true).truncate(false).open(&path);
    let file = file.map_err(|error| failed(&path, "opened", error))?;
    file.lock().map_err(|error| failed(&path, "locked", error))?;
    Ok(file)
}

fn replaced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("writing");
    let mut file = private().create(true).write(true).truncate(true).open(&beside)?;
    keep_private(&beside);
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, VaultError> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(&mut *bytes).map_err(|error| VaultError::Random(error.to_string()))?;
    Ok(bytes)
}

#[cfg(unix)]
fn private() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

/// Elsewhere the user's own folder keeps others out.
#[cfg(not(unix))]
fn private() -> OpenOptions {
    OpenOptions::new()
}

#[cfg(unix)]
fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Takes from others what a copy or a careless hand has given them.
#[cfg(unix)]
fn keep_private(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let _ = fs::set_permissions(path, fs::Permissions::from_mode(0o600));
}

#[cfg(not(unix))]
fn keep_private(_: &Path) {}

fn failed(path: &Path, done: &'static str, error: io::Error) -> VaultError {
    VaultError::File { file: name(path), done, error }
}

fn name(path: &Path) -> String {
    path.display().to_string()
}
