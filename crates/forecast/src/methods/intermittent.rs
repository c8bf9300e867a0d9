//! Demand that comes now and then: how much at a time and how often, each smoothed by itself.
//!
//! Croston (1972) with the correction of Syntetos and Boylan (2005), who also draw the line between steady and
//! intermittent demand used here; and the variant of Teunter, Syntetos and Babai (2011), whose chance of a demand falls in
//! every period without one, so that what is no longer asked for fades. Both give the mean demand per period, a level.

/// Mean distance of two demands from which they are called intermittent (Syntetos, Boylan and Croston 2005).
pub(super) const INTERMITTENT: f64 = 1.32;
/// Fewer demands say nothing about their distance.
pub(super) const FEWEST_DEMANDS: usize = 4;

/// Smoothing of demands and distances, the usual one in the literature.
const SMOOTHING: f64 = 0.1;
/// Smoothings of demand and of chance that are tried on the history.
const OF_DEMAND: [f64; 4] = [0.05, 0.1, 0.2, 0.3];
const OF_CHANCE: [f64; 5] = [0.02, 0.05, 0.1, 0.2, 0.3];

/// Periods per demand; `None` without zeros, with negative values, or with too few demands.
pub(super) fn interval(history: &[f64]) -> Option<f64> {
    let demands = history.iter().filter(|y| **y > 0.0).count();
    let counted = history.iter().all(|y| *y >= 0.0) && demands >= FEWEST_DEMANDS;
    counted.then(|| history.len() as f64 / demands as f64)
}

/// Mean demand per period; `None` without a demand.
pub(super) fn croston(history: &[f64]) -> Option<f64> {
    let (mut size, mut distance) = (None, None);
    let mut since = 0.0;
    for y in history {
        since += 1.0;
        if *y > 0.0 {
            size = Some(smoothed(size, *y, SMOOTHING));
            distance = Some(smoothed(distance, since, SMOOTHING));
            since = 0.0;
        }
    }
    Some((1.0 - SMOOTHING / 2.0) * size? / distance?)
}

/// The same with a chance that fades, by the pair of smoothings whose errors one step ahead were smallest.
pub(super) fn fading(history: &[f64]) -> Option<f64> {
    let pairs = OF_DEMAND.iter().flat_map(|demand| OF_CHANCE.iter().map(|chance| (*demand, *chance)));
    let fits = pairs.filter_map(|(demand, chance)| Fading::fitted(history, demand, chance));
    fits.min_by(|a, b| a.squares.total_cmp(&b.squares)).map(|fit| fit.size * fit.chance)
}

#[derive(Clone, Copy, Debug)]
struct Fading {
    size: f64,
    chance: f64,
    /// Of the errors one step ahead, from the first demand on.
    squares: f64,
}

impl Fading {
    fn fitted(history: &[f64], of_demand: f64, of_chance: f64) -> Option<Self> {
        let (mut size, mut chance) = (None, None);
        let mut squares = 0.0;
        for y in history {
            if let (Some(size), Some(chance)) = (size, chance) {
                let error: f64 = y - size * chance;
                squares += error * error;
            }
            chance = Some(smoothed(chance, f64::from(*y > 0.0), of_chance));
            if *y > 0.0 {
                size = Some(smoothed(size, *y, of_demand));
            }
        }
        Some(Self { size: size?, chance: chance?, squares })
    }
}

/// The first value starts the level.
fn smoothed(level: Option<f64>, y: f64, smoothing: f64) -> f64 {
    level.map_or(y, |level| level + smoothing * (y - level))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEMAND: [f64; 30] = [
        0.0, 2.0, 0.0, 0.0, 1.0, 0.0, 3.0, 0.0, 0.0, 0.0, 1.0, 2.0, 0.0, 0.0, 0.0, 4.0, 0.0, 1.0, 0.0, 0.0, 0.0, 2.0,
        0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 3.0,
    ];

    /// CrostonSBA and TSB of statsforecast 2.1 on the same 30 values.
    #[test]
    fn an_independent_implementation_says_the_same() {
        assert!((croston(&DEMAND).expect("demand") - 0.691_889_97).abs() < 1e-7);
        for (of_demand, of_chance, theirs) in
            [(0.2, 0.1, 0.623_410_33), (0.1, 0.1, 0.612_065_4), (0.05, 0.3, 0.752_014_8)]
        {
            let fit = Fading::fitted(&DEMAND, of_demand, of_chance).expect("demand");
            assert!((fit.size * fit.chance - theirs).abs() < 1e-6, "{fit:?}");
        }
    }

    #[test]
    fn what_is_no_longer_asked_for_fades() {
        let ended: Vec<f64> = DEMAND.iter().copied().chain([0.0; 30]).collect();
        let (before, after) = (fading(&DEMAND).expect("demand"), fading(&ended).expect("demand"));
        assert!(after < 0.4 * before, "{before} {after}");
        assert_eq!(croston(&DEMAND), croston(&ended), "Croston learns only where there is a demand");
    }

    #[test]
    fn steady_negative_and_empty_demand_is_not_intermittent() {
        let is_intermittent = |history: &[f64]| interval(history).is_some_and(|interval| interval > INTERMITTENT);
        assert!(is_intermittent(&DEMAND));
        assert!(!is_intermittent(&[3.0, 4.0, 0.0, 5.0, 6.0, 4.0, 3.0, 2.0]));
        assert!(!is_intermittent(&[0.0, -1.0, 0.0, 5.0, 0.0, 4.0, 3.0, 2.0, 1.0]));
        assert!(!is_intermittent(&[0.0; 20]));
        assert_eq!((croston(&[0.0; 9]), fading(&[])), (None, None));
    }
}
