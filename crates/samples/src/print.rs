//! Printed paper: a page to write on with the base fonts, and the three forms that the shop prints or receives.

pub(crate) mod bill;
pub(crate) mod paper;
pub(crate) mod report;
pub(crate) mod spool;
