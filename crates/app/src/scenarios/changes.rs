//! In which drivers specifications differ, and which of the changed values no finished job of the type had.

use signwright_domain::driver::{self, DriverKind};
use signwright_domain::job::Job;
use signwright_domain::{DriverValue, Specification};
use signwright_learn::{Cell, features};

/// Fewest jobs that must say a driver before a number of it is called new.
const FEWEST_SAID: usize = 10;

/// The drivers that are not the same in all of these, in the order of the form, a shop's own last.
pub(super) fn differing(specifications: &[&Specification]) -> Vec<String> {
    let mut names: Vec<&String> = specifications.iter().flat_map(|one| one.drivers.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let differs = |name: &&&String| specifications.iter().any(|one| one.get(name) != specifications[0].get(name));
    let mut names: Vec<String> = names.iter().filter(differs).map(|name| (*name).clone()).collect();
    let place = |name: &String| driver::catalogue().iter().position(|known| known.name == name.as_str());
    names.sort_by_key(|name| place(name).unwrap_or(usize::MAX));
    names
}

/// "Height 12 ft instead of 15 ft", "without Rush".
pub(super) fn in_words(from: &Specification, to: &Specification) -> Vec<String> {
    let words = |name: String| {
        let label = features::label(&name);
        match (from.get(&name), to.get(&name)) {
            (Some(before), Some(now)) => {
                format!("{label} {} instead of {}", written(&name, now), written(&name, before))
            }
            (None, Some(now)) => format!("{label} {}", written(&name, now)),
            (Some(_), None) | (None, None) => format!("{label} not given"),
        }
    };
    differing(&[from, to]).into_iter().map(words).collect()
}

/// A value with its unit, in the words of the form.
pub(super) fn written(name: &str, value: &DriverValue) -> String {
    match value {
        DriverValue::Number(x) => features::describe(name, Cell::Number(*x)),
        DriverValue::Text(text) => features::describe(name, Cell::Category(text)),
        DriverValue::Flag(flag) => (if *flag { "yes" } else { "no" }).to_owned(),
    }
}

/// What the change goes beyond: each changed value that no finished job of the type had, in a sentence.
pub(super) fn unseen(history: &[Job], from: &Specification, to: &Specification) -> Vec<String> {
    let jobs = of_type(history, to);
    if jobs.is_empty() {
        return vec!["no finished job is of this type".to_owned()];
    }
    let changed = differing(&[from, to]).into_iter().filter(|name| name != "sign_type" && name != "estimator");
    changed.filter_map(|name| to.get(&name).and_then(|value| beyond(&jobs, &name, value))).collect()
}

fn of_type<'a>(history: &'a [Job], specification: &Specification) -> Vec<&'a Job> {
    let sign_type = specification.text("sign_type");
    history.iter().filter(|job| job.sign_type.as_deref() == sign_type).collect()
}

/// The least and the most; `None` of nothing.
fn span(numbers: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    numbers.map(|x| (x, x)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

fn beyond(jobs: &[&Job], name: &str, value: &DriverValue) -> Option<String> {
    let (label, now) = (features::label(name), written(name, value));
    let had: Vec<&DriverValue> = jobs.iter().filter_map(|job| job.specification.get(name)).collect();
    if had.contains(&value) {
        return None;
    }
    let number = matches!(driver::find(name).map(|known| &known.kind), Some(DriverKind::Number { .. }) | None);
    match (value.number().filter(|_| number), span(had.iter().filter_map(|value| value.number()))) {
        (Some(x), Some((least, most))) if (least..=most).contains(&x) => None,
        (Some(_), Some((least, most))) => {
            let [least, most] = [least, most].map(|x| written(name, &DriverValue::Number(x)));
            Some(format!("{label} {now}: finished jobs of this type had {least} to {most}"))
        }
        _ => Some(format!("{label} {now}: no finished job of this type had that")),
    }
}

/// Numbers of a specification beyond those that the finished jobs of its type had, in sentences; nothing of a driver that only a
/// few of them say.
pub(crate) fn outside_of_type(history: &[Job], specification: &Specification) -> Vec<String> {
    let jobs = of_type(history, specification);
    let outside = |(name, value): (&String, &DriverValue)| {
        let x = value.number()?;
        let had: Vec<f64> = jobs.iter().filter_map(|job| job.specification.number(name)).collect();
        let (least, most) = span(had.iter().copied())?;
        let [label, now, least_said, most_said] = [
            features::label(name),
            written(name, value),
            written(name, &DriverValue::Number(least)),
            written(name, &DriverValue::Number(most)),
        ];
        let seen = if least < most { format!("{least_said} to {most_said}") } else { format!("only {least_said}") };
        (had.len() >= FEWEST_SAID && !(least..=most).contains(&x))
            .then(|| format!("{label} {now}: finished jobs of this type had {seen}"))
    };
    specification.drivers.iter().filter_map(outside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(drivers: &[(&str, DriverValue)]) -> Specification {
        let mut spec = Specification::default();
        drivers.iter().for_each(|(name, value)| spec.set(*name, value.clone()));
        spec
    }

    fn pole(height: f64, lighting: &str) -> Specification {
        spec(&[
            ("sign_type", DriverValue::Text("pole".into())),
            ("height", DriverValue::Number(height)),
            ("lighting", DriverValue::Text(lighting.into())),
        ])
    }

    #[test]
    fn what_differs_is_said_in_the_order_of_the_form() {
        let (from, mut to) = (pole(8.0, "led"), pole(6.0, "none"));
        to.set("rush", DriverValue::Flag(true));
        assert_eq!(differing(&[&from, &to]), ["height", "lighting", "rush"]);
        assert_eq!(in_words(&from, &to), ["Height 6 ft instead of 8 ft", "Lighting None instead of LED", "Rush yes"]);
        assert!(in_words(&from, &from).is_empty());
    }

    #[test]
    fn values_that_no_job_of_the_type_had_are_said() {
        let job = |height| Job { sign_type: Some("pole".into()), specification: pole(height, "led"), ..Job::default() };
        let jobs = [job(4.0), job(9.0)];
        let check = |to: &Specification, expected: &[&str]| assert_eq!(unseen(&jobs, &pole(8.0, "led"), to), expected);
        check(&pole(6.0, "led"), &[]);
        check(&pole(12.0, "led"), &["Height 12 ft: finished jobs of this type had 4 ft to 9 ft"]);
        check(&pole(8.0, "neon"), &["Lighting Neon: no finished job of this type had that"]);
        check(&spec(&[("sign_type", DriverValue::Text("blade".into()))]), &["no finished job is of this type"]);
    }

    #[test]
    fn a_number_that_no_job_of_the_type_had_is_said_once_enough_say_it() {
        let job =
            |height: f64| Job { sign_type: Some("pole".into()), specification: pole(height, "none"), ..Job::default() };
        let mut history: Vec<Job> = (0..9).map(|more| job(10.0 + f64::from(more))).collect();
        assert!(outside_of_type(&history, &pole(30.0, "none")).is_empty(), "nine jobs say little");
        history.push(job(18.0));
        assert_eq!(outside_of_type(&history, &pole(18.0, "none")), Vec::<String>::new());
        assert_eq!(outside_of_type(&history, &pole(30.0, "none")).len(), 1);
        assert!(
            outside_of_type(&history, &pole(30.0, "none"))[0]
                .ends_with("finished jobs of this type had 10 ft to 18 ft")
        );
        history.iter_mut().for_each(|job| job.specification.set("quantity", DriverValue::Number(1.0)));
        let mut several = pole(12.0, "none");
        several.set("quantity", DriverValue::Number(10.0));
        assert!(outside_of_type(&history, &several)[0].contains("had only 1"));
    }
}
