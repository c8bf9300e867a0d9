//! signwright-connect
