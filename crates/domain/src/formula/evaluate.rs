//! The value of a formula.

use super::{Comparison, Node, Operator};

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

pub(super) fn value<'v>(node: &'v Node, values: &'v dyn Values) -> Option<Value<'v>> {
    let given = match node {
        Node::Number(number) => Value::Number(*number),
        Node::Text(text) => Value::Text(text),
        Node::Flag(flag) => Value::Flag(*flag),
        Node::Name(id) => values.name(*id)?,
        Node::Call(id, texts) => values.function(*id, texts)?,
        Node::Negative(of) => Value::Number(-number(of, values)?),
        Node::Absolute(of) => Value::Number(number(of, values)?.abs()),
        Node::Least(list) => Value::Number(fold(list, values, f64::min)?),
        Node::Largest(list) => Value::Number(fold(list, values, f64::max)?),
        Node::Arithmetic(operator, a, b) => {
            Value::Number(arithmetic(*operator, number(a, values)?, number(b, values)?))
        }
        Node::Not(of) => Value::Flag(!flag(of, values)?),
        Node::Known { of, known } => Value::Flag(value(of, values).is_some() == *known),
        Node::In { of, list, inside } => Value::Flag(is_in(of, list, values)? == *inside),
        Node::Compare(comparison, a, b) => Value::Flag(compare(*comparison, value(a, values)?, value(b, values)?)?),
        Node::And(a, b) => Value::Flag(decided(false, a, b, values)?),
        Node::Or(a, b) => Value::Flag(decided(true, a, b, values)?),
    };
    match given {
        Value::Number(number) if !number.is_finite() => None,
        Value::Number(_) | Value::Text(_) | Value::Flag(_) => Some(given),
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

fn fold(list: &[Node], values: &dyn Values, of: fn(f64, f64) -> f64) -> Option<f64> {
    list.iter().map(|node| number(node, values)).reduce(|a, b| Some(of(a?, b?)))?
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
