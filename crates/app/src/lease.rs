//! The right to do what only one of several processes on a shop may do at a time.

use jiff::Timestamp;
use signwright_store::leases;

use crate::{Action, CallError};

/// Given back when it is dropped, also by an error or a panic.
pub(crate) struct Lease<'a> {
    action: &'a Action,
    name: &'static str,
    seconds: u32,
}

impl<'a> Lease<'a> {
    /// `None` while somebody else has it. Held by the action, not by its process: process ids of machines that share a
    /// network drive collide.
    pub(crate) fn take(action: &'a Action, name: &'static str, seconds: u32) -> Result<Option<Self>, CallError> {
        let lease = Self { action, name, seconds };
        Ok(if lease.acquire()? { Some(lease) } else { None })
    }

    /// Whether it is still ours, from now for its whole time.
    pub(crate) fn renew(&self) -> Result<bool, CallError> {
        self.acquire()
    }

    fn acquire(&self) -> Result<bool, CallError> {
        let Self { action, name, seconds } = self;
        Ok(action.shop().write(|db| leases::acquire(db, name, &action.id, Timestamp::now(), *seconds))?)
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        // A lease that cannot be given back runs out.
        let _ = self.action.shop().write(|db| leases::release(db, self.name, &self.action.id));
    }
}
