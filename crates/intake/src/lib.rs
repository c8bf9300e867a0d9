//! signwright-intake
