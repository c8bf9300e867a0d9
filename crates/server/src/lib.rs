//! signwright-server
