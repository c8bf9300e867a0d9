//! signwright-lake
