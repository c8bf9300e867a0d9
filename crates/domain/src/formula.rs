//! Formulas that a shop writes and reads: `overall_height > 20 and access is "ground"`, `3 h + 0.18 h/sq ft * face_area`.
//!
//! A formula is parsed once against a [`Vocabulary`], which says what each name is; so a misspelt name, a text compared
//! with a number, feet added to hours or a missing bracket is an error with its place before anything is computed. It
//! cannot loop, and it has no effects. What is not known stays not known: a comparison with a missing value is neither
//! true nor false, as in Kleene's logic, and only `is missing` and `is known` look at it.
//!
//! ```text
//! or, and, not                     overall_height > 20 and not removal
//! is, is not, <, <=, >, >=         access is "ground"      width >= 4
//! in, not in                       sign_type in ("pole", "pylon")
//! is missing, is known             foundation is missing
//! + - * /, brackets, minus         2 * (width + height)
//! min(a, b), max(a, b), abs(a)     max(width, height)
//! ceil, floor, round, to a step    ceil(width / 4 ft)      round(hours, 0.25 h)
//! sqrt(a), pow(a, b)               sqrt(face_area)         pow(quantity, 0.93)
//! if(condition, a, b)              if(lit, 3 h, 2 h)
//! choose(text, "case", a, ..)      choose(font, "block", 5.0, "script", 6.3, 5.6)
//! units, per cent, money           18 in     0.05 h/sq ft     10 %     $85/sq ft
//! what the vocabulary adds         hours("install", "travel")
//! ```
//!
//! Where the vocabulary says of which dimension its names are, units are checked: feet and inches add, feet by feet are
//! square feet, money per foot by feet is money. A name without a dimension is a plain number.

use std::ops::Range;

use crate::unit::Dimension;

mod evaluate;
mod parse;
mod parts;
mod token;

pub use evaluate::{Value, Values};
pub use parts::{Lack, Part};

/// What a name or a function gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number without a dimension.
    Number,
    /// A number of feet, square feet, hours and so on, counted as [`crate::unit`] says; never a plain one.
    Measure(Dimension),
    Text,
    Flag,
}

impl Kind {
    /// A number of this dimension.
    pub fn of(dimension: Dimension) -> Self {
        if dimension.is_plain() { Self::Number } else { Self::Measure(dimension) }
    }

    /// `None` for what is no number.
    pub fn dimension(self) -> Option<Dimension> {
        match self {
            Self::Number => Some(Dimension::PLAIN),
            Self::Measure(dimension) => Some(dimension),
            Self::Text | Self::Flag => None,
        }
    }
}

/// The names that a formula may use.
pub trait Vocabulary {
    /// The number by which [`Values`] is asked for this name, and what it is.
    fn name(&self, name: &str) -> Option<(usize, Kind)>;
    /// The same for a function of texts, such as `hours("install")`.
    fn function(&self, name: &str) -> Option<(usize, Kind)>;
    /// Every name and function, for the hint of a misspelt one.
    fn all(&self) -> Vec<&str>;
}

/// A formula that fits its vocabulary.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    root: Node,
}

/// Why a text is not a formula.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FormulaError {
    pub message: String,
    /// Bytes of the text that are wrong; empty at its end.
    pub at: Range<usize>,
}

/// A part of a formula: what it is, what it gives, and the bytes of the text where it stands.
#[derive(Clone, Debug, PartialEq)]
struct Node {
    of: Of,
    kind: Kind,
    at: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
enum Of {
    Number(f64),
    Text(String),
    Flag(bool),
    Name(usize),
    Call(usize, Vec<String>),
    Negative(Box<Node>),
    Not(Box<Node>),
    Known { of: Box<Node>, known: bool },
    In { of: Box<Node>, list: Vec<Node>, inside: bool },
    Arithmetic(Operator, Box<Node>, Box<Node>),
    Compare(Comparison, Box<Node>, Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    Apply(Function, Vec<Node>),
    If { condition: Box<Node>, then: Box<Node>, otherwise: Box<Node> },
    Choose { of: Box<Node>, cases: Vec<(Node, Node)>, otherwise: Option<Box<Node>> },
}

/// A function of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    Least,
    Largest,
    Absolute,
    /// Up, down or to the nearest whole number, or multiple of the second number.
    Up,
    Down,
    Nearest,
    Root,
    Power,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Same,
    Other,
    Below,
    AtMost,
    Above,
    AtLeast,
}

impl Formula {
    /// # Errors
    /// What is wrong and where, when the text is not a formula or a name, kind or unit does not fit.
    pub fn parse(text: &str, vocabulary: &dyn Vocabulary) -> Result<Self, FormulaError> {
        Ok(Self { root: parse::formula(text, vocabulary)? })
    }

    /// What it gives.
    pub fn kind(&self) -> Kind {
        self.root.kind
    }

    /// Whether it gives a number of this dimension; zero is one of every dimension.
    pub fn is_of(&self, dimension: Dimension) -> bool {
        self.kind() == Kind::of(dimension) || self.root.of == Of::Number(0.0)
    }

    /// `None` where a value that it needs is missing, or a division by zero or an overflow leaves no number. Numbers with
    /// a dimension are counted as [`crate::unit`] says.
    pub fn value<'v>(&'v self, values: &'v dyn Values) -> Option<Value<'v>> {
        evaluate::value(&self.root, values)
    }

    /// Whether it is true; a missing value is not.
    pub fn holds(&self, values: &dyn Values) -> bool {
        self.value(values) == Some(Value::Flag(true))
    }

    /// Every name that it asks for, in the order of the text; a name that is asked for twice stands twice.
    pub fn names(&self) -> Vec<usize> {
        parts::names(&self.root)
    }

    /// Every function of texts that it asks for.
    pub fn calls(&self) -> Vec<(usize, &[String])> {
        parts::calls(&self.root)
    }

    /// What each part of it comes to, the innermost first. Written numbers and texts are left out, and so is what a
    /// condition does not ask for.
    pub fn parts<'v>(&'v self, values: &'v dyn Values) -> Vec<Part<'v>> {
        parts::parts(&self.root, values)
    }

    /// Why it has no value, and where; `None` where it has one.
    pub fn lack(&self, values: &dyn Values) -> Option<Lack> {
        parts::lack(&self.root, values)
    }
}

#[cfg(test)]
mod tests;
