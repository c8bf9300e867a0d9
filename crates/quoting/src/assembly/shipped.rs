//! The assemblies, prices and rates that come with the product: published figures and stated assumptions.
//!
//! None of them is a shop's own. They are marked as not confirmed, and every build-up that uses them says so.

use signwright_domain::assembly::AssemblyDefinition;
use signwright_domain::cost_library::CostLibrary;

/// In the order in which they are offered; the blocks that others use stand at the end.
const FILES: [&str; 23] = [
    include_str!("shipped/channel-letters.toml"),
    include_str!("shipped/channel-letters-halo.toml"),
    include_str!("shipped/channel-letters-unlit.toml"),
    include_str!("shipped/cabinet.toml"),
    include_str!("shipped/blade.toml"),
    include_str!("shipped/monument.toml"),
    include_str!("shipped/pole.toml"),
    include_str!("shipped/pylon.toml"),
    include_str!("shipped/message-centre.toml"),
    include_str!("shipped/flat-panel.toml"),
    include_str!("shipped/directional.toml"),
    include_str!("shipped/ada.toml"),
    include_str!("shipped/vinyl.toml"),
    include_str!("shipped/banner.toml"),
    include_str!("shipped/awning.toml"),
    include_str!("shipped/reface.toml"),
    include_str!("shipped/removal.toml"),
    include_str!("shipped/service-call.toml"),
    include_str!("shipped/lit-box.toml"),
    include_str!("shipped/display.toml"),
    include_str!("shipped/papers.toml"),
    include_str!("shipped/site.toml"),
    include_str!("shipped/ground.toml"),
];

const LIBRARY: &str = include_str!("shipped/library.toml");

/// Assemblies and the blocks that they use.
pub fn shipped_assemblies() -> Vec<AssemblyDefinition> {
    let read = |text: &str| toml::from_str(text).expect("a test reads every shipped assembly");
    FILES.into_iter().map(read).collect()
}

/// Placeholders for prices and rates, which a shop confirms or replaces.
pub fn shipped_library() -> CostLibrary {
    toml::from_str(LIBRARY).expect("a test reads the shipped library")
}
