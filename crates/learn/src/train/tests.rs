mod bad_input;
mod shop;
mod whole;
