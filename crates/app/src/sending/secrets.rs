//! The secrets of connections. They are kept by the system, or in an encrypted file of the user, and never in the shop, which
//! knows only under which name. Every secret has a name of its own: a copy of a shop never takes another's by accident.

use signwright_connect::Secret;
use signwright_connect::secrets::Vault;

use super::deliver::Kept;
use crate::{Action, CallError, Code, SecretsIn};

/// What the keychain of the system shows as their owner.
const SERVICE: &str = "Signwright";

/// The secret of a connection; `None` where it has none.
///
/// # Errors
/// `Conflict` where it has one that is not on this computer: nothing goes out without it.
pub(super) fn get(action: &Action, kept: &Kept) -> Result<Option<Secret>, CallError> {
    let Some(name) = &kept.secret else { return Ok(None) };
    let found = vault(action)?.get(name)?;
    found.map(Some).ok_or_else(|| {
        CallError::new(Code::Conflict, format!("the secret of {} is not on this computer", kept.connection.name))
            .hint("Enter it anew: Settings, Connections, or signwright connections secret NAME.")
    })
}

/// Keeps a secret and gives the name under which it is kept.
pub(super) fn keep(action: &Action, secret: &str) -> Result<String, CallError> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| CallError::new(Code::Internal, format!("the system gives no random numbers: {error}")))?;
    let name: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    vault(action)?.set(&name, &Secret::new(secret))?;
    Ok(name)
}

pub(super) fn forget(action: &Action, name: &str) -> Result<(), CallError> {
    Ok(vault(action)?.remove(name)?)
}

fn vault(action: &Action) -> Result<Vault, CallError> {
    Ok(match &action.options().secrets {
        SecretsIn::Keychain(Some(folder)) => Vault::open(SERVICE, folder, None)?,
        SecretsIn::Folder(folder) => Vault::in_folder(folder, None)?,
        SecretsIn::Keychain(None) => {
            return Err(CallError::new(Code::Conflict, "this system names no place for secrets")
                .hint("Name a folder that only you can read: SIGNWRIGHT_SECRETS=FOLDER."));
        }
    })
}
