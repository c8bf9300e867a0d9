//! The same job twice: the same work order, or the same customer, type, size and amounts under another one.

use std::collections::BTreeMap;

use signwright_domain::job::Job;

/// For each job the earlier one that it repeats. Two amounts at least must agree to the cent: repeat orders of the same
/// sign never cost exactly the same twice.
pub(super) fn repeated(jobs: &[Job]) -> Vec<Option<usize>> {
    let mut orders: BTreeMap<&str, usize> = BTreeMap::new();
    let mut contents: BTreeMap<String, usize> = BTreeMap::new();
    let mut repeats = Vec::with_capacity(jobs.len());
    for (at, job) in jobs.iter().enumerate() {
        let by_order = job.work_order.as_deref().map(str::trim).filter(|w| !w.is_empty());
        let same_order = by_order.and_then(|order| first(&mut orders, order, at));
        let same_content = content(job).and_then(|content| first(&mut contents, content, at));
        repeats.push(same_order.or(same_content));
    }
    repeats
}

fn first<K: Ord>(seen: &mut BTreeMap<K, usize>, key: K, at: usize) -> Option<usize> {
    let earlier = *seen.entry(key).or_insert(at);
    (earlier != at).then_some(earlier)
}

/// What two records of one job have in common; `None` where too little is known.
fn content(job: &Job) -> Option<String> {
    let customer = job.customer_id.as_deref().or(job.customer.as_deref())?;
    let total = job.actual.total.or(job.actual.sum()).filter(|total| total.minor != 0)?;
    let parts: Vec<i64> = job.actual.parts().iter().filter_map(|(_, part)| Some((*part)?.minor)).collect();
    if parts.iter().filter(|part| **part != 0).count() < 2 {
        return None;
    }
    let size = |name| job.specification.number(name).map(f64::to_bits);
    Some(format!(
        "{}|{:?}|{:?}|{:?}|{}|{parts:?}",
        customer.trim().to_lowercase(),
        job.sign_type,
        size("width"),
        size("height"),
        total.minor,
    ))
}
