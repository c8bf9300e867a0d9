//! Formulas taken apart: what each part comes to, what it asks for, and why one has no value.

use std::ops::Range;

use super::evaluate::{Value, Values, chosen, value};
use super::{Function, Kind, Node, Of, Operator};

/// What a part of a formula comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Part<'v> {
    /// Bytes of the text.
    pub at: Range<usize>,
    pub kind: Kind,
    /// `None` where it has no value.
    pub value: Option<Value<'v>>,
}

/// Why a formula has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// Bytes of the text of the part that has none.
    pub at: Range<usize>,
    /// "this is not known", "this is divided by zero".
    pub message: &'static str,
}

/// The parts of a part, in the order of the text.
fn children(node: &Node) -> Vec<&Node> {
    match &node.of {
        Of::Number(_) | Of::Text(_) | Of::Flag(_) | Of::Name(_) | Of::Call(..) => Vec::new(),
        Of::Negative(of) | Of::Not(of) | Of::Known { of, .. } => vec![of],
        Of::In { of, list, .. } => [of.as_ref()].into_iter().chain(list).collect(),
        Of::Arithmetic(_, a, b) | Of::Compare(_, a, b) | Of::And(a, b) | Of::Or(a, b) => vec![a, b],
        Of::Apply(_, of) => of.iter().collect(),
        Of::If { condition, then, otherwise } => vec![condition, then, otherwise],
        Of::Choose { of, cases, otherwise } => {
            let cases = cases.iter().flat_map(|(case, then)| [case, then]);
            [of.as_ref()].into_iter().chain(cases).chain(otherwise.as_deref()).collect()
        }
    }
}

fn walk<'n>(node: &'n Node, visit: &mut dyn FnMut(&'n Node)) {
    visit(node);
    children(node).into_iter().for_each(|child| walk(child, visit));
}

pub(super) fn names(root: &Node) -> Vec<usize> {
    let mut found = Vec::new();
    walk(root, &mut |node| {
        if let Of::Name(id) = node.of {
            found.push(id);
        }
    });
    found
}

pub(super) fn calls(root: &Node) -> Vec<(usize, &[String])> {
    let mut found = Vec::new();
    walk(root, &mut |node| {
        if let Of::Call(id, texts) = &node.of {
            found.push((*id, texts.as_slice()));
        }
    });
    found
}

/// What is looked at for the value of a part: of a condition and a choice, what they decide by and what they stand for.
fn asked<'n>(node: &'n Node, values: &dyn Values) -> Vec<&'n Node> {
    match &node.of {
        Of::If { condition: by, .. } | Of::Choose { of: by, .. } => {
            [by.as_ref()].into_iter().chain(chosen(node, values)).collect()
        }
        _ => children(node),
    }
}

pub(super) fn parts<'v>(root: &'v Node, values: &'v dyn Values) -> Vec<Part<'v>> {
    let mut found: Vec<Part<'v>> = asked(root, values).into_iter().flat_map(|child| parts(child, values)).collect();
    if !matches!(root.of, Of::Number(_) | Of::Text(_) | Of::Flag(_)) {
        found.push(Part { at: root.at.clone(), kind: root.kind, value: value(root, values) });
    }
    found
}

pub(super) fn lack(root: &Node, values: &dyn Values) -> Option<Lack> {
    if value(root, values).is_some() {
        return None;
    }
    let deeper = asked(root, values).into_iter().find_map(|child| lack(child, values));
    Some(deeper.unwrap_or_else(|| Lack { at: root.at.clone(), message: reason(root, values) }))
}

/// Why a part has no value although all its parts have one.
fn reason(node: &Node, values: &dyn Values) -> &'static str {
    match &node.of {
        Of::Name(_) | Of::Call(..) => "this is not known",
        Of::Choose { .. } => "none of the cases fits",
        Of::Arithmetic(Operator::Divide, _, by) if value(by, values) == Some(Value::Number(0.0)) => {
            "this is divided by zero"
        }
        Of::Apply(Function::Root, _) => "there is no root of a number below zero",
        Of::Apply(Function::Up | Function::Down | Function::Nearest, _) => "a step of zero leads nowhere",
        _ => "this is too large, or no number",
    }
}
