//! signwright-app
