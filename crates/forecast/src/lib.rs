//! signwright-forecast
