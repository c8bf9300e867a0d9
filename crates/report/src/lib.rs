//! signwright-report
