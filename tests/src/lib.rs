//! signwright-tests
