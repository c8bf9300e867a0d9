//! `cargo run -p signwright-app --example starter -- JOBS.json DIR` makes the starter model from generated jobs and writes
//! the model, its card and the README that tells of both into DIR. `cargo xtask starter` does the whole way.

mod readme;

use std::error::Error;
use std::path::Path;

use signwright_app::starter::make_starter;
use signwright_domain::Task;
use signwright_domain::job::Job;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args_os().skip(1);
    let (Some(jobs), Some(dir)) = (words.next(), words.next()) else {
        return Err("usage: starter JOBS.json DIR".into());
    };
    let jobs: Vec<Job> = serde_json::from_slice(&std::fs::read(jobs)?)?;
    let made = make_starter(&Task::silent(), &jobs)?;
    let dir = Path::new(&dir);
    std::fs::write(dir.join("starter.model"), &made.model)?;
    std::fs::write(dir.join("starter.json"), serde_json::to_string_pretty(&made.card)? + "\n")?;
    std::fs::write(dir.join("README.md"), readme::text(&made.card, made.model.len()))?;
    Ok(())
}
