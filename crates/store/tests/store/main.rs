//! The shop file as the product relies on it: opening, atomic writes, killed processes, backups, and every table.

mod backups;
mod given;
mod history;
mod killed;
mod large;
mod opening;
mod paperwork;
mod registry;
mod writing;
