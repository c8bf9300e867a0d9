mod bad_input;
mod rule;
pub(crate) mod shop;
mod whole;
