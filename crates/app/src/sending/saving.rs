//! Writing a connection down together with what becomes of its secret.

use signwright_domain::connection::Connection;
use signwright_store::{Db, connections, outbox};

use super::connections::{said, subject};
use super::deliver::Kept;
use super::enqueue::kind_word;
use super::secrets;
use crate::{Action, CallError, audit};

/// A connection that is possible by itself.
pub(super) struct Saving {
    pub(super) connection: Connection,
    pub(super) secret: NextSecret,
    /// Send there as well what has waited for a connection until now.
    pub(super) take_waiting: bool,
}

/// What becomes of the secret of a connection.
pub(super) enum NextSecret {
    Stays,
    Forgotten,
    /// It is kept under this name.
    Named(String),
}

impl NextSecret {
    /// Nothing entered leaves it as it is, an empty one is forgotten, another is kept.
    pub(super) fn keep(action: &Action, entered: Option<&str>) -> Result<Self, CallError> {
        Ok(match entered {
            None => Self::Stays,
            Some("") => Self::Forgotten,
            Some(secret) => Self::Named(secrets::keep(action, secret)?),
        })
    }

    pub(super) fn named(self) -> Option<String> {
        match self {
            Self::Named(name) => Some(name),
            Self::Stays | Self::Forgotten => None,
        }
    }
}

impl Saving {
    /// Gives the id of the connection, and the name of the secret that another took the place of.
    pub(super) fn write(&self, db: &Db<'_>, action: &Action) -> Result<(i64, Option<String>), CallError> {
        let Self { connection, secret, take_waiting } = self;
        let all: Vec<Kept> = connections::list(db)?;
        self.fits(&all)?;
        let before = all.into_iter().find(|kept| kept.connection.id == connection.id);
        let old = before.as_ref().and_then(|kept| kept.secret.clone());
        let (name, replaced) = match secret {
            NextSecret::Stays => (old.as_deref(), None),
            NextSecret::Forgotten => (None, old.clone()),
            NextSecret::Named(name) => (Some(name.as_str()), old.clone()),
        };
        let id = connections::put(db, connection, name)?
            .ok_or_else(|| CallError::not_found(format!("connection {}", connection.id)))?;
        let kinds: Vec<&str> = connection.sends.iter().map(|kind| kind_word(*kind)).collect();
        outbox::withdraw_kinds_but(db, id, &kinds, "its connection takes it no more")?;
        if *take_waiting {
            kinds.iter().try_for_each(|kind| outbox::assign(db, kind, id, action.now).map(drop))?;
        }
        let before = before.map(|kept| said(&kept.connection));
        audit::record(db, action, &subject(id), before, &said(&Connection { id, ..connection.clone() }))?;
        Ok((id, replaced))
    }

    /// Its name is free, and its secret goes nowhere else than where it was entered for.
    fn fits(&self, all: &[Kept]) -> Result<(), CallError> {
        let connection = &self.connection;
        let is_other = |kept: &&Kept| kept.connection.id != connection.id && kept.connection.name == connection.name;
        if all.iter().any(|kept| is_other(&kept)) {
            return Err(CallError::invalid(format!("there is a connection {:?} already", connection.name))
                .hint("Give it another name."));
        }
        let before = all.iter().find(|kept| kept.connection.id == connection.id && kept.secret.is_some());
        let is_same = |before: &Connection| {
            let (a, b) = (&before.endpoint, &connection.endpoint);
            (a.kind(), a.origin()) == (b.kind(), b.origin())
        };
        match (before, &self.secret) {
            (Some(kept), NextSecret::Stays) if !is_same(&kept.connection) => {
                Err(CallError::invalid("the secret that is kept was entered for another address")
                    .hint("Enter the secret for this one."))
            }
            _ => Ok(()),
        }
    }
}
