//! Profiles: mappings that are taken without being named, because a file has all the headers they are known by. The shop's
//! own come first; these stand in for programs whose exports are publicly documented.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::columns::HeaderText;
use super::grid::Grid;
use super::mapping::Mapping;

const READY: &[&str] = &[
    include_str!("ready/keyedin-work-orders.toml"),
    include_str!("ready/keyedin-labour.toml"),
    include_str!("ready/salesforce-opportunities.toml"),
    include_str!("ready/salesforce-quotes.toml"),
    include_str!("ready/salesforce-quote-line-items.toml"),
    include_str!("ready/salesforce-opportunity-line-items.toml"),
    include_str!("ready/hubspot-deals.toml"),
    include_str!("ready/hubspot-line-items.toml"),
    include_str!("ready/quickbooks-estimates.toml"),
    include_str!("ready/quickbooks-estimate-list.toml"),
    include_str!("ready/odoo-order-lines.toml"),
    include_str!("ready/odoo-sale-orders.toml"),
    include_str!("ready/odoo-sale-order-api.toml"),
    include_str!("ready/odoo-order-lines-api.toml"),
    include_str!("ready/shopvox-jobs.toml"),
    include_str!("ready/bls-series.toml"),
];

static PROFILES: LazyLock<Vec<Mapping>> = LazyLock::new(|| {
    let read = |text: &&str| Mapping::from_toml(text).expect("a test reads every ready profile");
    READY.iter().map(read).collect()
});

/// The profiles that come with the program.
pub fn ready_profiles() -> &'static [Mapping] {
    &PROFILES
}

/// The profile all of whose headers stand in one of the first rows; among several, the shop's own before those that are
/// ready, and the one with the most headers.
pub(super) fn recognised(grid: &Grid<'_>, own: &[Mapping]) -> Option<Mapping> {
    let names = |row: usize| -> HashSet<String> {
        let rows = grid.head[row..].iter().take(1);
        rows.flat_map(|row| &row.cells).filter_map(|cell| cell.text()).map(|text| HeaderText::of(text).plain).collect()
    };
    let rows: Vec<HashSet<String>> = (0..grid.head.len()).map(names).collect();
    let best = |profiles: &[Mapping]| {
        let fits = profiles.iter().filter(|profile| is_in(profile, &rows));
        fits.max_by_key(|profile| profile.recognise.len()).cloned()
    };
    best(own).or_else(|| best(&PROFILES))
}

fn is_in(profile: &Mapping, rows: &[HashSet<String>]) -> bool {
    let wanted: Vec<String> = profile.recognise.iter().map(|name| HeaderText::of(name).plain).collect();
    !wanted.is_empty() && rows.iter().any(|row| wanted.iter().all(|name| row.contains(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ready_profile_is_sound_and_known_by_columns_it_uses() {
        for text in READY {
            let profile = Mapping::from_toml(text).expect("a sound profile");
            assert!(profile.name.is_some() && profile.kind.is_some() && profile.recognise.len() >= 3, "{text}");
        }
        assert_eq!(ready_profiles().len(), READY.len());
    }
}
