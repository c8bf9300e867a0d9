//! Each system behind one trait, chosen by the kind of the endpoint.

mod hubspot;
mod offer;
mod salesforce;
mod tryton;
mod webhook;

use jiff::Timestamp;
use signwright_domain::connection::{Endpoint, Outgoing, Parcel, ParcelKind, Pulled, Receipt};

use self::hubspot::Hubspot;
use self::salesforce::Salesforce;
use self::tryton::Tryton;
use self::webhook::Webhook;
use crate::failure::PushError;
use crate::secret::Secret;
use crate::wire::Limits;
use crate::{ConnectError, plural};

/// A system that parcels go to.
trait Connector: Sized {
    /// What it is called in a sentence.
    const NAME: &'static str;
    const TAKES: &'static [ParcelKind];

    /// Every request of a first delivery, with what only the answers will tell in angle brackets.
    fn preview(&self, parcel: &Parcel) -> Result<Vec<Outgoing>, ConnectError>;

    /// Delivers, in such a way that doing it again, even after a lost answer, makes nothing twice.
    async fn push(&self, secret: Option<&Secret>, parcel: &Parcel, limits: Limits) -> Result<Receipt, PushError>;

    /// Looks whether it is there and lets us in, without changing anything.
    async fn probe(&self, secret: Option<&Secret>, limits: Limits) -> Result<String, PushError>;

    /// What has changed there since.
    async fn pull(&self, secret: Option<&Secret>, since: Timestamp, limits: Limits) -> Result<Vec<Pulled>, PushError>;
}

/// Does something with the connector of an endpoint, which is checked on the way.
macro_rules! with {
    ($endpoint:expr, $connector:ident => $answer:expr) => {
        match $endpoint {
            Endpoint::Webhook { url, template } => {
                let $connector = Webhook::new(url, template.as_deref())?;
                $answer
            }
            Endpoint::Salesforce { url, client_id } => {
                let $connector = Salesforce::new(url, client_id.as_deref())?;
                $answer
            }
            Endpoint::Hubspot { url, pipeline, stage } => {
                let $connector = Hubspot::new(url, pipeline.as_deref(), stage.as_deref())?;
                $answer
            }
            Endpoint::Tryton { url, database, user } => {
                let $connector = Tryton::new(url, database, user)?;
                $answer
            }
        }
    };
}

/// Whether an endpoint can be sent to as it is written; asks nobody.
pub fn check(endpoint: &Endpoint) -> Result<(), ConnectError> {
    with!(endpoint, connector => {
        let _ = connector;
        Ok(())
    })
}

/// What can be sent to an endpoint of this kind.
pub fn takes(endpoint: &Endpoint) -> &'static [ParcelKind] {
    match endpoint {
        Endpoint::Webhook { .. } => Webhook::TAKES,
        Endpoint::Salesforce { .. } => Salesforce::TAKES,
        Endpoint::Hubspot { .. } => Hubspot::TAKES,
        Endpoint::Tryton { .. } => Tryton::TAKES,
    }
}

/// Exactly what [`push`] would send first, secrets blanked. What is known only from an answer stands in angle brackets.
pub fn preview(endpoint: &Endpoint, parcel: &Parcel) -> Result<Vec<Outgoing>, ConnectError> {
    with!(endpoint, connector => {
        taken(&connector, parcel.kind)?;
        connector.preview(parcel)
    })
}

/// Delivers a parcel, once. Doing it again with the same parcel makes nothing twice.
pub async fn push(endpoint: &Endpoint, secret: Option<&Secret>, parcel: &Parcel) -> Result<Receipt, PushError> {
    with!(endpoint, connector => {
        taken(&connector, parcel.kind)?;
        connector.push(secret, parcel, Limits::default()).await
    })
}

/// Looks whether an endpoint is there and lets us in: "Tryton 8.2, database crm, signed in as admin".
pub async fn probe(endpoint: &Endpoint, secret: Option<&Secret>) -> Result<String, PushError> {
    with!(endpoint, connector => connector.probe(secret, Limits::default()).await)
}

/// What has changed there at that time or later, oldest first; nothing where the system cannot say. What was seen at
/// that very time comes again, and a system may date a change a little before others can see it: ask from some minutes
/// before the last change that was seen, and take the same change once.
pub async fn pull(endpoint: &Endpoint, secret: Option<&Secret>, since: Timestamp) -> Result<Vec<Pulled>, PushError> {
    with!(endpoint, connector => connector.pull(secret, since, Limits::default()).await)
}

fn taken<C: Connector>(_: &C, kind: ParcelKind) -> Result<(), ConnectError> {
    if C::TAKES.contains(&kind) { Ok(()) } else { Err(ConnectError::NotTaken { to: C::NAME, kind: plural(kind) }) }
}
