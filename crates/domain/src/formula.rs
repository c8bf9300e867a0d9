//! Formulas that a shop writes and reads: `overall_height > 20 and access is "ground"`.
//!
//! A formula is parsed once against a [`Vocabulary`], which says what each name is; so a misspelt name, a text compared
//! with a number or a missing bracket is an error with its place before anything is computed. It cannot loop, and it
//! has no effects. What is not known stays not known: a comparison with a missing value is neither true nor false, as in
//! Kleene's logic, and only `is missing` and `is known` look at it.
//!
//! ```text
//! or, and, not                     overall_height > 20 and not removal
//! is, is not, <, <=, >, >=         access is "ground"      width >= 4
//! in, not in                       sign_type in ("pole", "pylon")
//! is missing, is known             foundation is missing
//! + - * /, brackets, minus         2 * (width + height)
//! min(a, b), max(a, b), abs(a)     max(width, height)
//! what the vocabulary adds         hours("install", "travel")
//! ```

use std::ops::Range;

mod evaluate;
mod parse;
mod token;

pub use evaluate::{Value, Values};

/// What a name or a function gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Number,
    Text,
    Flag,
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
    kind: Kind,
}

/// Why a text is not a formula.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FormulaError {
    pub message: String,
    /// Bytes of the text that are wrong; empty at its end.
    pub at: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
enum Node {
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
    Least(Vec<Node>),
    Largest(Vec<Node>),
    Absolute(Box<Node>),
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
    /// What is wrong and where, when the text is not a formula or a name or kind does not fit.
    pub fn parse(text: &str, vocabulary: &dyn Vocabulary) -> Result<Self, FormulaError> {
        let (root, kind) = parse::formula(text, vocabulary)?;
        Ok(Self { root, kind })
    }

    /// What it gives.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// `None` where a value that it needs is missing, or a division by zero or an overflow leaves no number.
    pub fn value<'v>(&'v self, values: &'v dyn Values) -> Option<Value<'v>> {
        evaluate::value(&self.root, values)
    }

    /// Whether it is true; a missing value is not.
    pub fn holds(&self, values: &dyn Values) -> bool {
        self.value(values) == Some(Value::Flag(true))
    }
}

#[cfg(test)]
mod tests;
