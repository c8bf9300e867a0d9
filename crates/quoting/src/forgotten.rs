//! What is forgotten: lines that many similar jobs have and this one lacks, with how many and the median cost.
//!
//! Labour is the same where its work code is. Material is the same where the words of its name are, sizes and numbers left
//! aside: "ALUM SHEET .080" is "Aluminium sheet .125", because a word of four letters and more is any that it begins. Names
//! with more than two thirds of their words in common count as the same, and so does a short name whose words a longer one
//! has, if that is not twice as long. A line of this job may begin so and say more, and may have two names.

use std::collections::BTreeMap;

use signwright_domain::Money;
use signwright_domain::build_up::BuildUp;
use signwright_domain::forgotten::{ComparedLine, ForgottenLine, LinesOfJob};

/// Fewer similar jobs show no habit.
const FEWEST: usize = 3;
/// Lines that fewer of them have are no habit either.
const SHARE: f64 = 0.5;
const EXAMPLES: usize = 5;

/// The lines of a build-up, to be compared.
pub fn lines_of(build_up: &BuildUp) -> Vec<ComparedLine> {
    let of = |line: &signwright_domain::build_up::BuildUpLine| ComparedLine {
        work_code: line.is_labour.then(|| line.item.clone()),
        name: if line.is_labour { line.name.clone() } else { line.item_name.clone() },
        also: if line.is_labour { Vec::new() } else { vec![line.name.clone()] },
        cost: line.amount,
    };
    build_up.lines.iter().map(of).collect()
}

/// What at least half of the similar jobs have and `own` lacks, what is expected to be missing most in money first. Nothing
/// where fewer than three jobs are known by their lines.
pub fn forgotten(own: &[ComparedLine], similar: &[LinesOfJob]) -> Vec<ForgottenLine> {
    let similar: Vec<&LinesOfJob> = similar.iter().filter(|job| !job.lines.is_empty()).collect();
    if similar.len() < FEWEST {
        return Vec::new();
    }
    let mut habits: Vec<Habit<'_>> = Vec::new();
    for (at, job) in similar.iter().enumerate() {
        job.lines.iter().filter(|line| line.cost.minor > 0).for_each(|line| note(&mut habits, at, line));
    }
    let own: Vec<Sort> = own.iter().map(Sort::of).collect();
    let missing = habits.iter().filter(|habit| !own.iter().any(|own| own.covers(&habit.sort)));
    let mut found: Vec<ForgottenLine> = missing.filter_map(|habit| told(habit, &similar)).collect();
    let weight = |line: &ForgottenLine| i128::from(line.median_cost.minor) * i128::from(line.jobs);
    found.sort_by(|a, b| weight(b).cmp(&weight(a)).then_with(|| a.name.cmp(&b.name)));
    found
}

/// What makes two lines the same.
#[derive(Clone, Debug)]
enum Sort {
    Work(String),
    /// The words of each of its names.
    Words(Vec<Vec<String>>),
}

impl Sort {
    fn of(line: &ComparedLine) -> Self {
        match &line.work_code {
            Some(code) => Self::Work(code.trim().to_uppercase()),
            None => Self::Words([&line.name].into_iter().chain(&line.also).map(|name| words(name)).collect()),
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        self.by(other, |a, b| {
            let (common, fewer, more) = compared(a, b);
            (common == fewer && (fewer == 1 || 2 * fewer > more)) || 3 * common > 2 * more
        })
    }

    /// Whether this job has what others have: its line is the same, or begins with it and says more.
    fn covers(&self, habit: &Self) -> bool {
        let begins = |own: &[String], theirs: &[String]| {
            theirs.len() <= own.len() && theirs.iter().zip(own).all(|(a, b)| alike(a, b))
        };
        self.is_same(habit) || self.by(habit, begins)
    }

    fn by(&self, other: &Self, fits: fn(&[String], &[String]) -> bool) -> bool {
        match (self, other) {
            (Self::Work(a), Self::Work(b)) => a == b,
            (Self::Words(a), Self::Words(b)) => a.iter().any(|a| b.iter().any(|b| fits(a, b))),
            (Self::Work(_), Self::Words(_)) | (Self::Words(_), Self::Work(_)) => false,
        }
    }
}

/// Words in common, of the shorter name, of the longer one.
fn compared(a: &[String], b: &[String]) -> (usize, usize, usize) {
    (
        a.iter().filter(|word| b.iter().any(|other| alike(word, other))).count(),
        a.len().min(b.len()),
        a.len().max(b.len()),
    )
}

fn alike(a: &str, b: &str) -> bool {
    let begins = |short: &str, long: &str| short.len() >= 4 && long.starts_with(short);
    a == b || begins(a, b) || begins(b, a)
}

/// Words of three letters and more without sizes, little words and the s of a plural.
fn words(name: &str) -> Vec<String> {
    let name = name.to_lowercase().replace('-', "");
    let split = name.split(|c: char| !c.is_alphanumeric());
    let is_word = |word: &&str| {
        word.chars().count() > 2
            && !word.chars().any(|c| c.is_ascii_digit())
            && !matches!(*word, "and" | "with" | "for" | "the" | "per")
    };
    let stem = |word: &str| word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(word).to_owned();
    let found: Vec<String> = split.filter(is_word).map(stem).collect();
    if found.is_empty() { vec![name.trim().to_owned()] } else { found }
}

/// One sort of line over the jobs that have it.
struct Habit<'a> {
    sort: Sort,
    /// What it costs in each job.
    costs: BTreeMap<usize, Money>,
    names: BTreeMap<&'a str, u32>,
    work_code: Option<&'a str>,
}

fn note<'a>(habits: &mut Vec<Habit<'a>>, job: usize, line: &'a ComparedLine) {
    let sort = Sort::of(line);
    let at = habits.iter().position(|habit| habit.sort.is_same(&sort)).unwrap_or_else(|| {
        let work_code = line.work_code.as_deref();
        habits.push(Habit { sort, costs: BTreeMap::new(), names: BTreeMap::new(), work_code });
        habits.len() - 1
    });
    let habit = &mut habits[at];
    habit.costs.entry(job).and_modify(|cost| *cost = *cost + line.cost).or_insert(line.cost);
    *habit.names.entry(line.name.as_str()).or_default() += 1;
}

fn told(habit: &Habit<'_>, similar: &[&LinesOfJob]) -> Option<ForgottenLine> {
    let jobs = habit.costs.len();
    if jobs < FEWEST || (jobs as f64) < SHARE * similar.len() as f64 {
        return None;
    }
    let name = habit.names.iter().max_by_key(|(_, times)| **times).map(|(name, _)| *name)?;
    let mut costs: Vec<Money> = habit.costs.values().copied().collect();
    costs.sort_by_key(|cost| cost.minor);
    let (low, high) = (costs[(jobs - 1) / 2], costs[jobs / 2]);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Some(ForgottenLine {
        work_code: habit.work_code.map(str::to_owned),
        name: name.to_owned(),
        jobs: count(jobs),
        of: count(similar.len()),
        median_cost: Money::new(low.minor + (high.minor - low.minor) / 2, low.currency),
        examples: habit.costs.keys().take(EXAMPLES).map(|job| similar[*job].number.clone()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use signwright_domain::Currency;

    use super::*;

    fn line(code: &str, name: &str, dollars: i64) -> ComparedLine {
        let work_code = (!code.is_empty()).then(|| code.to_owned());
        ComparedLine { work_code, name: name.into(), also: Vec::new(), cost: Money::new(dollars * 100, Currency::USD) }
    }

    fn jobs(lines: &[&[(&str, &str, i64)]]) -> Vec<LinesOfJob> {
        let job = |(at, lines): (usize, &&[(&str, &str, i64)])| LinesOfJob {
            number: format!("W{at}"),
            lines: lines.iter().map(|(code, name, dollars)| line(code, name, *dollars)).collect(),
        };
        lines.iter().enumerate().map(job).collect()
    }

    #[test]
    fn what_most_similar_jobs_have_is_missed() {
        let similar = jobs(&[
            &[("620", "INSTALL", 900), ("", "POWER SUPPLY 60W", 38), ("650", "REMOVAL", 300)],
            &[("620", "INSTALL", 800), ("", "POWER SUPPLY 100W", 52), ("650", "REMOVAL", 100)],
            &[("620", "INSTALL", 700), ("", "Power supply", 76), ("650", "TAKE DOWN", 200), ("650", "REMOVAL", 50)],
            &[("620", "INSTALL", 700), ("", "CRANE", 1_680)],
        ]);
        let own = [line("620", "Installing", 500), line("", "LED modules", 90)];
        let found = forgotten(&own, &similar);
        let told: Vec<_> = found
            .iter()
            .map(|line| (line.name.as_str(), line.work_code.as_deref(), line.jobs, line.of, line.median_cost.minor))
            .collect();
        assert_eq!(told, [("REMOVAL", Some("650"), 3, 4, 25_000), ("Power supply", None, 3, 4, 5_200)]);
        assert_eq!(found[0].examples, ["W0", "W1", "W2"]);
    }

    #[test]
    fn names_are_the_same_by_their_words() {
        let check = |a: &str, b: &str, same: bool| {
            assert_eq!(Sort::of(&line("", a, 1)).is_same(&Sort::of(&line("", b, 1))), same, "{a} {b}");
        };
        check("ALUM SHEET .080", "Alum sheet .125", true);
        check("LED MODULE", "LED modules", true);
        check("LED MODULE", "LED DISPLAY MODULES, COMPLETE", false);
        check("LED MODULE", "POWER SUPPLY 60W", false);
        check("ACRYLIC 3/16 FACES", "ACRYLIC 1/2 PUSH THROUGH", false);
        check("1/8", "1/8", true);
        check("ALUM SHEET .080 FILLER", "ALUM SHEET .090 CLADDING", false);
        check("ALUM SHEET .080 FILLER", "Alum sheet .080", true);
        check("PAINT, ACRYLIC URETHANE", "Acrylic urethane paint", true);
        check("ALUM COIL 5IN RETURN", "Aluminium coil, return", true);
        check("FASTENERS & STANDOFFS", "Fasteners and stand-offs", true);
        check("INK", "Inks and tape", true);
        check("CONCRETE 3000 PSI", "Concrete", true);
    }

    /// What is built up says more than what accounts print, and has the name of its part besides that of its item.
    #[test]
    fn a_line_of_this_job_may_say_more_and_have_two_names() {
        let covers = |own: &ComparedLine, habit: &str| Sort::of(own).covers(&Sort::of(&line("", habit, 1)));
        assert!(covers(&line("", "Cabinet extrusion, double face", 1), "CABINET EXTRUSION"));
        assert!(!covers(&line("", "LED module", 1), "LED DISPLAY MODULES, COMPLETE"));
        assert!(!covers(&line("", "LED display modules, complete", 1), "LED MODULE"));
        let backs = ComparedLine { also: vec!["Backs".into()], ..line("", "ACM panel 3 mm", 1) };
        assert!(covers(&backs, "ACM BACKS 3MM"));
        assert!(!covers(&line("", "ACM panel 3 mm", 1), "ACM BACKS 3MM"));
    }

    #[test]
    fn few_jobs_and_rare_lines_say_nothing() {
        let few = jobs(&[&[("650", "REMOVAL", 1)], &[("650", "REMOVAL", 1)]]);
        assert!(forgotten(&[], &few).is_empty());
        let rare: Vec<&[(&str, &str, i64)]> = vec![&[("620", "INSTALL", 1)]; 7];
        let with =
            [rare.as_slice(), &[&[("650", "REMOVAL", 9)], &[("650", "REMOVAL", 9)], &[("650", "REMOVAL", 9)]]].concat();
        let found = forgotten(&[line("620", "Install", 1)], &jobs(&with));
        assert!(found.is_empty(), "three of ten are no habit");
        assert!(forgotten(&[], &jobs(&[&[], &[], &[]])).is_empty());
    }
}
