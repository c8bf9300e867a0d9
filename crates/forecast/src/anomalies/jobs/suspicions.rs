//! What may have happened to a job's figures: each suspicion puts something right and is believed by how much better the
//! figures then agree.

use super::fields::{FIELDS, Field, Figures, logarithms, sum_of_parts};
use super::relations::{Relations, positive};
use signwright_domain::anomaly::AnomalyKind;

/// Usual disagreements from which a figure is suspected.
const SUSPECT: f64 = 4.0;
/// Factor below which a figure is dear or cheap, not wrong: overruns double a job's labour honestly.
const LEAST_FACTOR: f64 = 2.4;
/// What putting a figure right must take off the inconsistency, in squared disagreements.
const WORTH: f64 = 16.0;
const WORTH_OF_ESTIMATE: f64 = 28.0;
/// A swap moves two figures, and has to explain more.
const WORTH_OF_SWAP: f64 = 24.0;
/// A sum that is not the total counts as much as this.
const WRONG_SUM: f64 = 60.0;
/// A known slip is preferred to "some other value" as long as it explains this share of it.
const PLAIN_SLIP: f64 = 0.8;
/// Share of jobs of a type that have a figure which "always" is there.
const ALWAYS: f64 = 0.96;
const INCHES_PER_FOOT: f64 = 12.0;
/// Times the size that 97 in 100 signs of the type stay below.
const FAR_TOO_LARGE: f64 = 1.5;
const MINUTES_PER_HOUR: f64 = 60.0;
/// Labour at or below this share of what is expected suggests that a department's hours never arrived.
const DEPARTMENT_GONE: f64 = 0.62;
/// Usual disagreements, and what putting right must take off, where labour and its burden say the same.
const SUSPECT_TOGETHER: f64 = 4.0;
const WORTH_TOGETHER: f64 = 16.0;
/// Usual disagreements with the figures that do not follow the hours; the hours alone may be the ones that are wrong.
const SUSPECT_BY_THE_REST: f64 = 2.5;
/// Where far fewer hours than estimated were worked as well; and where no hours were estimated.
const SUSPECT_WITH_HOURS: f64 = 3.0;
const SUSPECT_WITHOUT_ESTIMATE: f64 = 6.0;
/// Missing hours count as much as this at most.
const MOST_TOGETHER: f64 = 100.0;
/// Below one part in so many a slipped point is likelier.
const SLIPPED: f64 = 7.0;

/// One explanation of what is wrong.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Suspicion {
    pub(super) kind: AnomalyKind,
    pub(super) field: Field,
    /// The other column of a swap.
    pub(super) partner: Option<Field>,
    pub(super) right: f64,
    /// What it takes off the inconsistency.
    pub(super) gain: f64,
    /// The parts do not add up to the total as it stands.
    pub(super) wrong_sum: bool,
}

/// A job in front of what is usual for its type.
pub(super) struct Case<'a> {
    figures: &'a Figures,
    logs: Figures,
    usual: &'a Relations,
    /// The shop's totals are the sums of their parts.
    sums_hold: bool,
    /// Logarithm of each figure over what the others say it should be.
    off: [Option<f64>; FIELDS.len()],
    trouble: f64,
}

impl<'a> Case<'a> {
    pub(super) fn of(figures: &'a Figures, usual: &'a Relations, sums_hold: bool) -> Self {
        let logs = logarithms(figures);
        let off = FIELDS.map(|field| usual.off(&logs, field));
        let mut case = Self { figures, logs, usual, sums_hold, off, trouble: 0.0 };
        case.trouble = case.trouble_of(figures);
        case
    }

    /// The most convincing suspicion.
    pub(super) fn strongest(&self) -> Option<Suspicion> {
        let mut all = self.missing();
        all.extend(self.swaps());
        all.extend(self.partly_missing());
        all.extend(self.hours_missing());
        all.extend(FIELDS.into_iter().filter(|f| *f != Field::Model).filter_map(|f| self.wrong_value(f)));
        all.into_iter().max_by(|a, b| a.gain.total_cmp(&b.gain))
    }

    fn is_sum_wrong(&self, figures: &Figures) -> bool {
        let (Some(total), Some(sum)) = (figures[Field::Total.index()], sum_of_parts(figures)) else { return false };
        self.sums_hold && (total - sum).abs() > (0.005 * total.abs()).max(1.0)
    }

    fn trouble_of(&self, figures: &Figures) -> f64 {
        self.usual.inconsistency(&logarithms(figures)) + if self.is_sum_wrong(figures) { WRONG_SUM } else { 0.0 }
    }

    /// A total that was the sum stays the sum.
    fn corrected(&self, changes: &[(Field, f64)]) -> Figures {
        let mut figures = *self.figures;
        for (field, value) in changes {
            figures[field.index()] = Some(*value);
        }
        let summed = self.sums_hold && !self.is_sum_wrong(self.figures);
        if summed && self.figures[Field::Total.index()].is_some() && changes.iter().any(|(f, _)| f.is_part()) {
            figures[Field::Total.index()] = sum_of_parts(&figures);
        }
        figures
    }

    fn gain(&self, changes: &[(Field, f64)]) -> f64 {
        self.trouble - self.trouble_of(&self.corrected(changes))
    }

    /// Usual disagreements by which a figure stands apart, of either sign.
    fn apart(&self, field: Field) -> Option<f64> {
        self.usual.in_doubts(self.off[field.index()]?, field).map(f64::abs)
    }

    /// The same after a correction.
    fn apart_in(&self, figures: &Figures, field: Field) -> Option<f64> {
        self.usual.strangeness(&logarithms(figures), field).map(f64::abs)
    }

    fn suspicion(&self, kind: AnomalyKind, field: Field, right: f64, gain: f64) -> Suspicion {
        Suspicion { kind, field, partner: None, right, gain, wrong_sum: self.is_sum_wrong(self.figures) }
    }

    /// Lumps (subcontract, crane, freight) come in every size, so they are blamed only by the sum; so is a total, which is
    /// no better than its parts. A size is blamed only where hardly any sign of the type is nearly as large.
    fn may_be_blamed(&self, field: Field, value: f64) -> bool {
        let in_sum = field.is_part() || field == Field::Total;
        let lump = matches!(field, Field::Outplant | Field::Equipment | Field::Shipping | Field::UseTax);
        if self.sums_hold && in_sum && (lump || field == Field::Total) {
            return self.is_sum_wrong(self.figures);
        }
        !lump && (!field.is_size() || value > FAR_TOO_LARGE * self.usual.large(field))
    }

    fn wrong_value(&self, field: Field) -> Option<Suspicion> {
        let value = positive(self.figures, field).filter(|value| self.may_be_blamed(field, *value))?;
        let (off, strange) = (self.off[field.index()]?, self.apart(field)?);
        let sum_wrong = self.is_sum_wrong(self.figures) && (field.is_part() || field == Field::Total);
        if !(sum_wrong && off.exp().max((-off).exp()) > 1.5) && (strange < SUSPECT || off.abs() < LEAST_FACTOR.ln()) {
            return None;
        }
        let known = self.known_slips(field, value);
        let likely = |s: &Suspicion| if s.kind == AnomalyKind::WrongUnit { s.gain / PLAIN_SLIP } else { s.gain };
        let best = known.into_iter().max_by(|a, b| likely(a).total_cmp(&likely(b)));
        let other = self.other_value(field, off)?;
        let chosen = best.filter(|slip| slip.gain >= PLAIN_SLIP * other.gain).unwrap_or(other);
        let fits = self.apart_in(&self.corrected(&[(field, chosen.right)]), field).is_none_or(|z| z < SUSPECT);
        let estimate = !field.is_part() && !matches!(field, Field::Total | Field::ActualHours);
        let named = !(estimate && chosen.kind == AnomalyKind::Unusual);
        (named && chosen.gain >= self.worth(field) && fits).then_some(chosen)
    }

    /// Estimates and prices may differ honestly from what was built.
    fn worth(&self, field: Field) -> f64 {
        if field.is_part() || field.is_size() { WORTH } else { WORTH_OF_ESTIMATE }
    }

    /// A point or a unit in the wrong place, in either direction.
    fn known_slips(&self, field: Field, value: f64) -> Vec<Suspicion> {
        let units: &[(AnomalyKind, f64)] = if field.is_size() {
            &[(AnomalyKind::WrongUnit, INCHES_PER_FOOT)]
        } else if matches!(field, Field::EstimatedHours | Field::ActualHours) {
            &[
                (AnomalyKind::WrongUnit, MINUTES_PER_HOUR),
                (AnomalyKind::DecimalSlip, 10.0),
                (AnomalyKind::DecimalSlip, 100.0),
            ]
        } else {
            &[(AnomalyKind::DecimalSlip, 10.0), (AnomalyKind::DecimalSlip, 100.0), (AnomalyKind::DecimalSlip, 1_000.0)]
        };
        let mut slips = Vec::new();
        for (kind, factor) in units {
            for right in [value / factor, value * factor] {
                slips.push(self.suspicion(*kind, field, right, self.gain(&[(field, right)])));
            }
        }
        slips
    }

    /// No known slip: what the sum demands, else what the other figures say.
    fn other_value(&self, field: Field, off: f64) -> Option<Suspicion> {
        let value = positive(self.figures, field)?;
        let mut right = value / off.exp();
        if self.is_sum_wrong(self.figures) {
            let (total, sum) = (self.figures[Field::Total.index()]?, sum_of_parts(self.figures)?);
            let demanded = if field == Field::Total { sum } else { total - (sum - value) };
            if field == Field::Total || (field.is_part() && demanded > 0.0) {
                right = demanded;
            }
        }
        Some(self.suspicion(AnomalyKind::Unusual, field, right, self.gain(&[(field, right)])))
    }

    fn swaps(&self) -> Vec<Suspicion> {
        let pairs = [
            (Field::Material, Field::Labour),
            (Field::Material, Field::Burden),
            (Field::Material, Field::UseTax),
            (Field::Labour, Field::UseTax),
            (Field::Labour, Field::Burden),
            (Field::Material, Field::Outplant),
            (Field::Labour, Field::Outplant),
            (Field::EstimatedCost, Field::QuotedPrice),
        ];
        pairs.into_iter().filter_map(|(a, b)| self.swap(a, b)).collect()
    }

    fn swap(&self, a: Field, b: Field) -> Option<Suspicion> {
        let (x, y) = (positive(self.figures, a)?, positive(self.figures, b)?);
        let before = (self.apart(a)?, self.apart(b)?);
        if before.0.max(before.1) <= 3.0 || (x / y).ln().abs() <= 0.2 {
            return None;
        }
        let exchanged = self.corrected(&[(a, y), (b, x)]);
        let after = (self.apart_in(&exchanged, a)?, self.apart_in(&exchanged, b)?);
        let better = before.0 > after.0 && before.1 > after.1 && after.0.max(after.1) < 3.0;
        if !better {
            return None;
        }
        let gain = self.gain(&[(a, y), (b, x)]);
        (gain >= WORTH_OF_SWAP)
            .then(|| Suspicion { partner: Some(b), ..self.suspicion(AnomalyKind::SwappedColumns, a, y, gain) })
    }

    /// A part that jobs of the type always have is absent or zero while others are there.
    fn missing(&self) -> Vec<Suspicion> {
        let parts = FIELDS.into_iter().filter(|f| f.is_part());
        let others = parts.filter(|f| positive(self.figures, *f).is_some()).count();
        if others < 2 {
            return Vec::new();
        }
        let departments = [Field::Material, Field::Labour, Field::Burden].into_iter();
        let gone = departments
            .filter(|f| self.figures[f.index()].is_none_or(|v| v == 0.0) && self.usual.presence(*f) >= ALWAYS);
        gone.filter_map(|field| self.missing_part(field)).collect()
    }

    /// Labour and its burden are both there and both far too low: the hours of a department are not in them.
    fn partly_missing(&self) -> Option<Suspicion> {
        let (labour, burden) = (positive(self.figures, Field::Labour)?, positive(self.figures, Field::Burden)?);
        let mut without = self.logs;
        without[Field::Burden.index()] = None;
        let right = self.usual.expected(&without, Field::Labour)?.exp();
        let strange = self.usual.strangeness(&without, Field::Labour)?;
        if labour > DEPARTMENT_GONE * right || labour < right / SLIPPED || strange > -SUSPECT_TOGETHER {
            return None;
        }
        if self.usual.labour_by_the_rest(&self.logs).is_some_and(|(_, strange)| strange > -SUSPECT_BY_THE_REST) {
            return None;
        }
        let changes = [(Field::Labour, right), (Field::Burden, burden * right / labour)];
        let gain = self.gain(&changes);
        (gain >= WORTH_TOGETHER).then(|| self.suspicion(AnomalyKind::MissingDepartment, Field::Labour, right, gain))
    }

    /// Labour, its burden and the hours worked agree, and are all far below what estimate, material and size say: the hours of
    /// a department never reached the job. They vouch for each other, so putting them right takes nothing off the
    /// inconsistency; what counts is how far the labour is from the rest.
    fn hours_missing(&self) -> Option<Suspicion> {
        let labour = positive(self.figures, Field::Labour)?;
        let (expected, strange) = self.usual.labour_by_the_rest(&self.logs)?;
        let right = expected.exp();
        let too_little = labour <= DEPARTMENT_GONE * right && labour >= right / SLIPPED;
        let suspect = match self.usual.hours_by_estimate(&self.logs) {
            Some(off) if off <= DEPARTMENT_GONE.ln() => strange <= -SUSPECT_WITH_HOURS,
            Some(_) => false,
            None => strange <= -SUSPECT_WITHOUT_ESTIMATE,
        };
        if !too_little || !suspect || !self.usual.labour_fits_hours(&self.logs) {
            return None;
        }
        let gain = strange.powi(2).min(MOST_TOGETHER);
        Some(self.suspicion(AnomalyKind::MissingDepartment, Field::Labour, right, gain))
    }

    fn missing_part(&self, field: Field) -> Option<Suspicion> {
        let mut right = self.usual.expected(&self.logs, field)?.exp();
        if self.is_sum_wrong(self.figures) {
            let rest = self.figures[Field::Total.index()]? - sum_of_parts(self.figures)?;
            right = if rest > 0.0 { rest } else { right };
        }
        let gain = self.gain(&[(field, right)]).max(0.0) + 2.0 * WORTH;
        Some(self.suspicion(AnomalyKind::MissingDepartment, field, right, gain))
    }
}
