//! signwright-samples
