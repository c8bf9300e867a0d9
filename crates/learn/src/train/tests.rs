mod bad_input;
mod rule;
mod shop;
mod whole;
