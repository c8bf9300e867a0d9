//! `cargo run -p signwright-app --example client -- DIR` writes the TypeScript client into DIR.

fn main() -> std::io::Result<()> {
    let dir = std::env::args_os().nth(1).ok_or_else(|| std::io::Error::other("usage: client DIR"))?;
    signwright_app::write_client(std::path::Path::new(&dir))
}
