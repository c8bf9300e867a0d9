//! Makes `sample-data/`: three years of an invented sign shop as the files such a shop really has, and an answer key;
//! and the jobs that the starter model is made from.
//!
//! The same seed gives the same bytes. Nothing here reads a clock, a file or the network.

mod amounts;
mod errors;
mod files;
mod history;
mod people;
mod prices;
mod print;
mod recipe;
mod rng;
mod signs;
mod starter;
mod work;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use files::{File, SampleError};

/// The seed of the committed files.
const SEED: u64 = 20_431;

/// Writes the sample shop's files.
#[derive(Debug, Parser)]
#[command(name = "signwright-samples", version)]
struct Arguments {
    /// Folder to write into; files of the same names are replaced.
    out_dir: PathBuf,
    /// Another seed makes another shop.
    #[arg(long, default_value_t = SEED)]
    seed: u64,
    /// Writes the jobs that the starter model is made from instead.
    #[arg(long)]
    starter: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let files = if arguments.starter { starter::files(arguments.seed) } else { generate(arguments.seed) };
    match files.and_then(|files| write(&arguments.out_dir, &files).map(|()| files)) {
        Ok(files) => {
            let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
            eprintln!("{} files, {} KB, in {}", files.len(), bytes / 1024, arguments.out_dir.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// All files of the sample shop for a seed, in a fixed order.
fn generate(seed: u64) -> Result<Vec<File>, SampleError> {
    let history = history::History::of(seed);
    let mut tables = files::Tables::of(&history);
    let planted = errors::plant(&history, &mut tables);
    files::all(&history, &tables, &planted)
}

fn write(out_dir: &Path, files: &[File]) -> Result<(), SampleError> {
    for file in files {
        let path = file.path.split('/').fold(out_dir.to_path_buf(), |path, part| path.join(part));
        let failed = |source| SampleError::Write { path: path.display().to_string(), source };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        std::fs::write(&path, &file.bytes).map_err(failed)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
