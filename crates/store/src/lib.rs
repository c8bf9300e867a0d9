//! signwright-store
