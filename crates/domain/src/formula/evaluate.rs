//! The value of a formula.

use super::{Comparison, Function, Node, Of, Operator};

/// What a formula or a name gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'v> {
    /// Always finite.
    Number(f64),
    Text(&'v str),
    Flag(bool),
}

/// Where the names of a formula get their values. A value of another kind than the vocabulary said counts as missing.
pub trait Values {
    fn name(&self, id: usize) -> Option<Value<'_>>;
    fn function(&self, id: usize, texts: &[String]) -> Option<Value<'_>>;
}

/// How far from a whole number a quotient may lie by the last digits of its computation.
const LAST_DIGITS: f64 = 1e-9;

pub(super) fn value<'v>(node: &'v Node, values: &'v dyn Values) -> Option<Value<'v>> {
    let given = match &node.of {
        Of::Number(number) => Value::Number(*number),
        Of::Text(text) => Value::Text(text),
        Of::Flag(flag) => Value::Flag(*flag),
        Of::Name(id) => values.name(*id)?,
        Of::Call(id, texts) => values.function(*id, texts)?,
        Of::Negative(of) => Value::Number(-number(of, values)?),
        Of::Apply(function, of) => Value::Number(apply(*function, of, values)?),
        Of::Arithmetic(operator, a, b) => Value::Number(arithmetic(*operator, number(a, values)?, number(b, values)?)),
        Of::Not(of) => Value::Flag(!flag(of, values)?),
        Of::Known { of, known } => Value::Flag(value(of, values).is_some() == *known),
        Of::In { of, list, inside } => Value::Flag(is_in(of, list, values)? == *inside),
        Of::Compare(comparison, a, b) => Value::Flag(compare(*comparison, value(a, values)?, value(b, values)?)?),
        Of::And(a, b) => Value::Flag(decided(false, a, b, values)?),
        Of::Or(a, b) => Value::Flag(decided(true, a, b, values)?),
        Of::If { .. } | Of::Choose { .. } => value(chosen(node, values)?, values)?,
    };
    match given {
        Value::Number(number) if !number.is_finite() => None,
        Value::Number(_) | Value::Text(_) | Value::Flag(_) => Some(given),
    }
}

/// The part that a condition or a choice stands for; `None` where that is open, or no case fits.
pub(super) fn chosen<'n>(node: &'n Node, values: &dyn Values) -> Option<&'n Node> {
    match &node.of {
        Of::If { condition, then, otherwise } => Some(if flag(condition, values)? { then } else { otherwise }),
        Of::Choose { of, cases, otherwise } => {
            let sought = value(of, values)?;
            for (case, then) in cases {
                if compare(Comparison::Same, sought, value(case, values)?)? {
                    return Some(then);
                }
            }
            otherwise.as_deref()
        }
        Of::Number(_)
        | Of::Text(_)
        | Of::Flag(_)
        | Of::Name(_)
        | Of::Call(..)
        | Of::Negative(_)
        | Of::Not(_)
        | Of::Known { .. }
        | Of::In { .. }
        | Of::Arithmetic(..)
        | Of::Compare(..)
        | Of::And(..)
        | Of::Or(..)
        | Of::Apply(..) => None,
    }
}

fn number(node: &Node, values: &dyn Values) -> Option<f64> {
    match value(node, values)? {
        Value::Number(number) => Some(number),
        Value::Text(_) | Value::Flag(_) => None,
    }
}

fn flag(node: &Node, values: &dyn Values) -> Option<bool> {
    match value(node, values)? {
        Value::Flag(flag) => Some(flag),
        Value::Number(_) | Value::Text(_) => None,
    }
}

/// One side that is `by` decides; two sides that are not decide otherwise; else it stays open.
fn decided(by: bool, a: &Node, b: &Node, values: &dyn Values) -> Option<bool> {
    let left = flag(a, values);
    if left == Some(by) {
        return Some(by);
    }
    match (left, flag(b, values)) {
        (_, Some(right)) if right == by => Some(by),
        (Some(_), Some(_)) => Some(!by),
        _ => None,
    }
}

fn apply(function: Function, of: &[Node], values: &dyn Values) -> Option<f64> {
    let numbers = of.iter().map(|node| number(node, values)).collect::<Option<Vec<_>>>()?;
    let step = numbers.get(1).copied().unwrap_or(1.0);
    let first = *numbers.first()?;
    match function {
        Function::Least => numbers.into_iter().reduce(f64::min),
        Function::Largest => numbers.into_iter().reduce(f64::max),
        Function::Absolute => Some(first.abs()),
        Function::Up => Some((first / step - slack(first / step)).ceil() * step),
        Function::Down => Some((first / step + slack(first / step)).floor() * step),
        Function::Nearest => Some((first / step).round() * step),
        Function::Root => Some(first.sqrt()),
        Function::Power => Some(first.powf(step)),
    }
}

fn slack(number: f64) -> f64 {
    LAST_DIGITS * number.abs().max(1.0)
}

fn is_in(of: &Node, list: &[Node], values: &dyn Values) -> Option<bool> {
    let sought = value(of, values)?;
    let mut open = false;
    for node in list {
        match value(node, values) {
            Some(one) if compare(Comparison::Same, sought, one)? => return Some(true),
            Some(_) => {}
            None => open = true,
        }
    }
    (!open).then_some(false)
}

fn arithmetic(operator: Operator, a: f64, b: f64) -> f64 {
    match operator {
        Operator::Add => a + b,
        Operator::Subtract => a - b,
        Operator::Multiply => a * b,
        Operator::Divide => a / b,
    }
}

/// Texts are compared without regard to case.
fn compare(comparison: Comparison, a: Value<'_>, b: Value<'_>) -> Option<bool> {
    let same = match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b,
        (Value::Text(a), Value::Text(b)) => a.eq_ignore_ascii_case(b),
        (Value::Flag(a), Value::Flag(b)) => a == b,
        (Value::Number(_) | Value::Text(_) | Value::Flag(_), _) => return None,
    };
    let (Value::Number(a), Value::Number(b)) = (a, b) else {
        return Some(same == (comparison == Comparison::Same));
    };
    Some(match comparison {
        Comparison::Same => same,
        Comparison::Other => !same,
        Comparison::Below => a < b,
        Comparison::AtMost => a <= b,
        Comparison::Above => a > b,
        Comparison::AtLeast => a >= b,
    })
}
