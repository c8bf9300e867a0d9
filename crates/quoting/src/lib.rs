//! signwright-quoting
