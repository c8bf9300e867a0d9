//! The product end to end, through its executable as a user has it, and the rules of the architecture.

mod bids;
mod client;
mod demo;
mod documents;
mod files;
mod history;
mod learning;
mod mapping;
#[expect(dead_code, reason = "tests of the reader use the rest")]
#[path = "../../crates/intake/tests/intake/paper.rs"]
mod paper;
mod printing;
mod program;
mod rules;
mod safety;
mod sanity;
mod shop;
mod starter;
mod tables;
mod told;
#[path = "../../crates/intake/tests/intake/unseen.rs"]
mod unseen;
mod watch;
mod winning;
