//! signwright-learn
