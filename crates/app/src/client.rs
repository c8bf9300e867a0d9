//! Writes the typed TypeScript client from the command list. A test checks that what is committed is fresh.

use std::fs;
use std::io;
use std::path::Path;

use ts_rs::Config;

use crate::commands;

const HEADER: &str = "// Generated from the command list by `cargo xtask generate`. Do not edit.\n";

/// Writes one file per type and `commands.ts` into `dir`, which is emptied of `.ts` files first.
pub fn write_client(dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "ts") {
            fs::remove_file(path)?;
        }
    }
    let config = Config::new().with_large_int("number").with_out_dir(dir);
    let types = commands::types(&config).map_err(io::Error::other)?;
    fs::write(dir.join("commands.ts"), commands_file(&types))
}

fn commands_file(commands: &[commands::CommandTypes]) -> String {
    let mut imports: Vec<&str> = commands.iter().flat_map(|c| c.imports.iter().map(String::as_str)).collect();
    imports.sort_unstable();
    imports.dedup();
    let mut out = HEADER.to_owned();
    for name in imports {
        out.push_str(&format!("import type {{ {name} }} from \"./{name}\";\n"));
    }
    out.push_str("\nexport interface Commands {\n");
    for command in commands {
        out.push_str(&format!("  /** {} */\n", command.about));
        out.push_str(&format!("  {}: {{ input: {}; output: {} }};\n", command.name, command.input, command.output));
    }
    out.push_str("}\n");
    out
}
