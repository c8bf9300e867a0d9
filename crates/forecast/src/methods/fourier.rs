//! Trend in pieces, Fourier terms and smoothing, boosted one after the other on what the ones before leave (MFLES, Blume 2024), by
//! the `anofox-forecast` crate. It errs in other ways than smoothing does, which is what a combination lives on.

use anofox_forecast::models::MFLES;

use super::smoothing::continued;

/// Fewest seasons that Fourier terms are fitted to.
const SEASONS: usize = 2;

pub(super) fn fourier(history: &[f64], season: usize, horizon: usize) -> Option<Vec<f64>> {
    if season < 2 || history.len() < SEASONS * season {
        return None;
    }
    continued(&mut MFLES::new(vec![season]), history, horizon)
}
