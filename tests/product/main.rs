//! The product end to end, through its executable as a user has it, and the rules of the architecture.

mod client;
mod demo;
mod documents;
mod files;
mod program;
mod rules;
mod safety;
mod tables;
mod told;
