//! Which two drivers act together in the model in use: what one of them costs depends on the other.
//!
//! Asked on a sample of the finished jobs, each with drivers of the others; areas, wind and footings are made anew for each,
//! so that it is drivers a person can change that are compared, not columns. In money: where a model multiplies, doubling one
//! dimension costs more on a large sign than on a small one, and that is said.

use serde::{Deserialize, Serialize};
use signwright_domain::job::Job;
use signwright_domain::{Money, Specification, driver};
use signwright_learn::{Interaction, Mix, effects, interactions, sampled_rows};
use ts_rs::TS;

use crate::estimates::{Champion, Experience, Priced};
use crate::train::{SEED, known_at_quote, offered};
use crate::{CallError, money};

/// Jobs that are asked with each other's drivers: for all drivers alone, then for the pairs of the strongest.
const FIRST: usize = 16;
const SAMPLE: usize = 32;
const STRONGEST: usize = 6;
/// A driver that fewer of the jobs say is not one of all jobs.
const KNOWN: f64 = 0.5;
/// Pairs that are told, and from which share of what both do (H squared) they are worth it.
const TOLD: usize = 5;
const WORTH_IT: f64 = 0.005;

/// Two drivers that act together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Together {
    pub first: String,
    pub second: String,
    pub labels: [String; 2],
    /// Friedman and Popescu's H squared: the share of what both do that neither does alone, 0 to 1.
    pub share: f64,
    /// What they usually add or take together that neither does alone (a standard deviation over jobs).
    pub effect: Money,
    /// "Width and Height: together they move a job by $410 more or less than each alone".
    pub words: String,
}

/// The pairs that act together most, the largest effect in money first.
pub(super) fn together(experience: &Experience, champion: &Champion) -> Result<Vec<Together>, CallError> {
    let history = &experience.history;
    let jobs: Vec<&Job> = sampled_rows(history.len(), SAMPLE, SEED).into_iter().map(|row| &history[row]).collect();
    let sample =
        Sample { experience, champion, specifications: jobs.iter().map(|job| known_at_quote(job)).collect(), jobs };
    let names = sample.strongest()?;
    let asked = |mixes: &[Mix<'_>]| sample.asked(&names, mixes);
    let found = interactions(names.len(), sample.jobs.len(), asked)?;
    let worth_it = found.into_iter().filter(|pair| pair.share >= WORTH_IT).take(TOLD);
    worth_it.map(|pair| in_words(experience, &names, pair)).collect()
}

fn in_words(experience: &Experience, names: &[&str], pair: Interaction) -> Result<Together, CallError> {
    let (first, second) = (names[pair.first], names[pair.second]);
    let effect = money::from_statistics(pair.effect, experience.currency)?;
    let labels = [driver::label(first), driver::label(second)];
    let [one, other] = &labels;
    let words = format!("{one} and {other}: together they move a job by {effect} more or less than each alone");
    Ok(Together { first: first.to_owned(), second: second.to_owned(), labels, share: pair.share, effect, words })
}

struct Sample<'a> {
    experience: &'a Experience,
    champion: &'a Champion,
    jobs: Vec<&'a Job>,
    specifications: Vec<Specification>,
}

impl Sample<'_> {
    /// The drivers that move the cost most by themselves.
    fn strongest(&self) -> Result<Vec<&'static str>, CallError> {
        let known = |name: &str| self.specifications.iter().filter(|one| one.get(name).is_some()).count();
        let often = |name: &&str| known(name) as f64 >= KNOWN * self.jobs.len() as f64;
        let names: Vec<&str> = driver::catalogue().iter().map(|known| known.name).filter(often).collect();
        let alone = effects(names.len(), self.jobs.len().min(FIRST), |mixes| self.asked(&names, mixes))?;
        let mut ranked: Vec<(&str, f64)> = names.into_iter().zip(alone).filter(|(_, effect)| *effect > 0.0).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(ranked.into_iter().take(STRONGEST).map(|(name, _)| name).collect())
    }

    fn asked(&self, names: &[&str], mixes: &[Mix<'_>]) -> Result<Vec<f64>, CallError> {
        let levels = &self.experience.levels;
        let priced = |mix: &Mix<'_>| levels.priced(self.mixed(names, mix), offered(self.jobs[mix.row]));
        let priced: Vec<Priced> = mixes.iter().map(priced).collect();
        let table = levels.table(&priced);
        Ok(self.champion.model.values(&self.champion.model.aligned(table))?)
    }

    fn mixed(&self, names: &[&str], mix: &Mix<'_>) -> Specification {
        let mut specification = self.specifications[mix.row].clone();
        for &driver in mix.drivers {
            match self.specifications[mix.from].get(names[driver]) {
                Some(value) => specification.set(names[driver], value.clone()),
                None => drop(specification.drivers.remove(names[driver])),
            }
        }
        specification
    }
}

#[cfg(test)]
mod tests {
    use crate::commands::Nothing;
    use crate::model_words::describe_model;
    use crate::models::tests::history::Shop;

    /// What these jobs cost is their area to a power: a wide one costs more for every foot of height.
    #[test]
    fn width_and_height_act_together_where_cost_follows_the_area() {
        let shop = Shop::new();
        shop.train();
        let words = describe_model(&shop.action(), Nothing {}).expect("words");
        let pair =
            words.together.iter().find(|pair| (pair.first.as_str(), pair.second.as_str()) == ("height", "width"));
        let pair = pair.or_else(|| words.together.iter().find(|pair| pair.first == "width" && pair.second == "height"));
        let pair = pair.expect("told");
        assert!(pair.effect.minor > 0 && (0.005..0.5).contains(&pair.share), "{pair:?}");
        assert!(pair.words.contains("Width") && pair.words.contains("Height"), "{}", pair.words);
        assert!(words.together.iter().all(|pair| pair.first != "estimator" && pair.second != "estimator"), "{words:?}");
        assert_eq!(describe_model(&shop.action(), Nothing {}), Ok(words));
    }
}
