//! The secrets of connections. They are kept by the system, or in an encrypted file of the user, and never in the shop.

use signwright_connect::Secret;
use signwright_connect::secrets::Vault;
use signwright_domain::connection::Connection;
use signwright_store::{Db, settings};

use crate::{Action, CallError, Code, SecretsIn};

/// What the keychain of the system shows as their owner.
const SERVICE: &str = "Signwright";
const SHOP_ID: &str = "shop id";

/// By what the secrets of this shop are told from those of others; made when it is first needed.
fn shop_id(db: &Db<'_>) -> Result<String, CallError> {
    if let Some(id) = settings::get(db, SHOP_ID)? {
        return Ok(id);
    }
    let mut bytes = [0_u8; 12];
    getrandom::fill(&mut bytes)
        .map_err(|error| CallError::new(Code::Internal, format!("the system gives no random numbers: {error}")))?;
    let id: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    settings::set(db, SHOP_ID, &id)?;
    Ok(id)
}

fn name(action: &Action, connection: &Connection) -> Result<Option<String>, CallError> {
    let id: Option<String> = settings::get(&action.shop().read(), SHOP_ID)?;
    Ok(id.map(|id| connection.secret_name(&id)))
}

pub(super) fn get(action: &Action, connection: &Connection) -> Result<Option<Secret>, CallError> {
    match name(action, connection)? {
        Some(name) => Ok(vault(action)?.get(&name)?),
        None => Ok(None),
    }
}

/// Keeps it; an empty one is forgotten.
pub(super) fn set(action: &Action, connection: &Connection, secret: &str) -> Result<(), CallError> {
    if secret.is_empty() {
        return forget(action, connection);
    }
    let id = action.shop().write(shop_id)?;
    Ok(vault(action)?.set(&connection.secret_name(&id), &Secret::new(secret))?)
}

pub(super) fn forget(action: &Action, connection: &Connection) -> Result<(), CallError> {
    match name(action, connection)? {
        Some(name) => Ok(vault(action)?.remove(&name)?),
        None => Ok(()),
    }
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
