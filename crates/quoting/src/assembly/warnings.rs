//! What an estimator should look at before a cost is believed. Each kind is told once, with all that it is about.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use signwright_domain::DriverValue;
use signwright_domain::build_up::{BuildUpInput, BuildUpLine, BuildUpWarning, BuildUpWarningKind, InputFrom};

use super::Assembly;
use super::merge::QUANTITY;

pub(super) fn of(assembly: &Assembly, inputs: &[BuildUpInput], lines: &[BuildUpLine], on: Date) -> Vec<BuildUpWarning> {
    let mut warnings = Vec::new();
    if !assembly.confirmed {
        let message = "the figures of this assembly are published ones: look at them and make them the shop's own";
        warnings.push(warning(BuildUpWarningKind::UnconfirmedAssembly, assembly.id.clone(), message.to_owned()));
    }
    let told = [
        (BuildUpWarningKind::Placeholder, "prices and rates that the shop has not confirmed", placeholders(lines)),
        (BuildUpWarningKind::OldPrice, "priced more than twelve months ago", old(lines, on)),
        (BuildUpWarningKind::Default, "nobody said it, so the usual counts", defaults(inputs)),
        (BuildUpWarningKind::Joint, "larger than the stock, so made of parts", joints(lines)),
    ];
    for (kind, words, about) in told.into_iter().filter(|(.., about)| !about.is_empty()) {
        let about = about.into_iter().collect::<Vec<_>>().join(", ");
        let message = format!("{words}: {about}");
        warnings.push(warning(kind, about, message));
    }
    warnings
}

fn warning(kind: BuildUpWarningKind, about: String, message: String) -> BuildUpWarning {
    BuildUpWarning { kind, about, message }
}

fn placeholders(lines: &[BuildUpLine]) -> BTreeSet<String> {
    lines.iter().filter(|line| line.placeholder).map(|line| line.item_name.clone()).collect()
}

fn old(lines: &[BuildUpLine], on: Date) -> BTreeSet<String> {
    let since = on.saturating_sub(12.months());
    let old = lines.iter().filter(|line| line.priced_on < since);
    old.map(|line| format!("{} of {}", line.item_name, line.priced_on)).collect()
}

/// Defaults that stand for nothing are left aside.
fn defaults(inputs: &[BuildUpInput]) -> BTreeSet<String> {
    let nothing = [DriverValue::Flag(false), DriverValue::Number(0.0), DriverValue::Text("none".to_owned())];
    let taken = inputs.iter().filter(|input| input.from == InputFrom::Default && input.name != QUANTITY);
    let said = |input: &BuildUpInput| format!("{} {} {}", input.label, input.value, input.unit).trim().to_owned();
    taken.filter(|input| !nothing.contains(&input.value)).map(said).collect()
}

fn joints(lines: &[BuildUpLine]) -> BTreeSet<String> {
    let joined = |line: &BuildUpLine| {
        let parts = line.cutting.as_ref()?.joined.first()?.parts;
        Some(format!("{} of {parts}", line.name))
    };
    lines.iter().filter_map(joined).collect()
}
