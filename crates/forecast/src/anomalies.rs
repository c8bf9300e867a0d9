//! What does not fit: in a series, in a table of numbers, among jobs.
