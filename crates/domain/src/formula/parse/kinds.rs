//! Whether what was read fits where it stands: numbers, texts, yes and no, and numbers of one dimension.

use super::super::{FormulaError, Kind, Node, Of};
use crate::unit::Dimension;

fn said(kind: Kind) -> String {
    match kind {
        Kind::Number => "a number".to_owned(),
        Kind::Measure(dimension) => format!("a number of {dimension}"),
        Kind::Text => "a text".to_owned(),
        Kind::Flag => "yes or no".to_owned(),
    }
}

fn misfit(node: &Node, wanted: Kind) -> FormulaError {
    let hint = match (&node.of, wanted) {
        (Of::Number(_), Kind::Measure(dimension)) => format!(": write its unit, such as {dimension}"),
        _ => String::new(),
    };
    let plain = |kind| if kind == Kind::Number { "a plain number".to_owned() } else { said(kind) };
    let message = match (node.kind.dimension(), wanted.dimension()) {
        (Some(_), Some(_)) => format!("this is {}, not {}{hint}", plain(node.kind), plain(wanted)),
        _ => format!("this is {}, not {}", said(node.kind), said(wanted)),
    };
    FormulaError { message, at: node.at.clone() }
}

pub(super) fn fits(node: &Node, wanted: Kind) -> Result<(), FormulaError> {
    if node.kind == wanted { Ok(()) } else { Err(misfit(node, wanted)) }
}

/// Any number will do: its dimension.
pub(super) fn dimension(node: &Node) -> Result<Dimension, FormulaError> {
    node.kind.dimension().ok_or_else(|| misfit(node, Kind::Number))
}

/// Two that are compared, added or chosen between must be of one kind and dimension; a written zero is of every
/// dimension.
pub(super) fn alike(left: &mut Node, right: &mut Node) -> Result<(), FormulaError> {
    let zero = |node: &Node| node.of == Of::Number(0.0);
    if zero(right) && left.kind.dimension().is_some() {
        right.kind = left.kind;
    } else if zero(left) && right.kind.dimension().is_some() {
        left.kind = right.kind;
    }
    fits(right, left.kind)
}
