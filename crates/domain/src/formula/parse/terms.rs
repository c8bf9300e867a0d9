//! Sums, products, and what they are made of: numbers with their units, texts, names.

use std::ops::Range;

use super::super::token::Token;
use super::super::{FormulaError, Kind, Node, Of, Operator};
use super::kinds::{alike, dimension};
use super::{Read, Reader, over};
use crate::unit::{Dimension, Unit};

impl Reader<'_> {
    pub(super) fn sum(&mut self) -> Read {
        let mut left = self.product()?;
        while let Some(sign) = self.take_sign(&["+", "-"]) {
            dimension(&left)?;
            let mut right = self.product()?;
            dimension(&right)?;
            alike(&mut left, &mut right)?;
            let operator = if sign == "+" { Operator::Add } else { Operator::Subtract };
            let (kind, at) = (left.kind, over(&left, &right));
            left = Node { of: Of::Arithmetic(operator, Box::new(left), Box::new(right)), kind, at };
        }
        Ok(left)
    }

    fn product(&mut self) -> Read {
        let mut left = self.signed()?;
        while let Some(sign) = self.take_sign(&["*", "/"]) {
            let of = dimension(&left)?;
            let right = self.signed()?;
            let by = dimension(&right)?;
            let (operator, of) = match sign {
                "*" => (Operator::Multiply, of.times(by)),
                _ => (Operator::Divide, of.over(by)),
            };
            let at = over(&left, &right);
            let of = (Of::Arithmetic(operator, Box::new(left), Box::new(right)), Kind::of(of));
            left = Node { of: of.0, kind: of.1, at };
        }
        Ok(left)
    }

    fn signed(&mut self) -> Read {
        let from = self.place().start;
        if self.take_sign(&["-"]).is_none() {
            return self.atom();
        }
        let of = self.atom()?;
        dimension(&of)?;
        let (kind, at) = (of.kind, from..of.at.end);
        Ok(Node { of: Of::Negative(Box::new(of)), kind, at })
    }

    fn atom(&mut self) -> Read {
        let at = self.place();
        if self.take_sign(&["("]).is_some() {
            let mut inner = self.either()?;
            self.close()?;
            inner.at = at.start..self.behind();
            return Ok(inner);
        }
        if self.take_sign(&["$", "€", "£"]).is_some() {
            return self.money(at);
        }
        match self.peek().cloned() {
            Some(Token::Number(number)) => {
                self.next += 1;
                Ok(self.measured(number, at))
            }
            Some(Token::Text(text)) => {
                self.next += 1;
                Ok(Node { of: Of::Text(text), kind: Kind::Text, at })
            }
            Some(Token::Word(word)) => self.named(&word),
            Some(Token::Sign(sign)) => Err(self.wrong(format!("a value is missing before \"{sign}\""))),
            None => Err(self.wrong("a value is missing at the end")),
        }
    }

    /// An amount in the shop's currency, whichever sign it is written with.
    fn money(&mut self, at: Range<usize>) -> Read {
        let Some(Token::Number(number)) = self.peek().cloned() else {
            return Err(self.wrong("an amount is missing after the sign of the currency"));
        };
        self.next += 1;
        Ok(Node { of: Of::Number(number), kind: Kind::of(Dimension::MONEY), at: at.start..self.behind() })
    }

    /// A written number with what stands behind it: `18 in`, `10 %`, or nothing.
    fn measured(&mut self, number: f64, at: Range<usize>) -> Node {
        let (number, dimension) = if self.take_sign(&["%"]).is_some() {
            (number / 100.0, Dimension::PLAIN)
        } else {
            self.unit().map_or((number, Dimension::PLAIN), |unit| (unit.to_base(number), unit.dimension()))
        };
        Node { of: Of::Number(number), kind: Kind::of(dimension), at: at.start..self.behind() }
    }

    /// A unit of one or two words that is no name of the vocabulary; `in` before a bracket begins a list.
    fn unit(&mut self) -> Option<Unit> {
        let word = |at: usize| match self.tokens.get(at) {
            Some((Token::Word(word), _)) => Some(word.as_str()),
            _ => None,
        };
        let first = word(self.next)?;
        if self.vocabulary.name(first).is_some() {
            return None;
        }
        if let Some(unit) = word(self.next + 1).and_then(|second| Unit::parse(&format!("{first} {second}"))) {
            self.next += 2;
            return Some(unit);
        }
        let listed = matches!(self.tokens.get(self.next + 1), Some((Token::Sign("("), _)));
        let unit = Unit::parse(first).filter(|_| !listed)?;
        self.next += 1;
        Some(unit)
    }

    fn named(&mut self, word: &str) -> Read {
        let at = self.place();
        if let Some(unit) = self.unit() {
            let at = at.start..self.behind();
            return Ok(Node { of: Of::Number(unit.to_base(1.0)), kind: Kind::of(unit.dimension()), at });
        }
        self.next += 1;
        match word {
            "true" | "yes" => return Ok(Node { of: Of::Flag(true), kind: Kind::Flag, at }),
            "false" | "no" => return Ok(Node { of: Of::Flag(false), kind: Kind::Flag, at }),
            _ => {}
        }
        if self.take_sign(&["("]).is_some() {
            return self.called(word, at);
        }
        match self.vocabulary.name(word) {
            Some((id, kind)) => Ok(Node { of: Of::Name(id), kind, at }),
            None => Err(FormulaError { message: self.unknown(word), at }),
        }
    }

    pub(super) fn unknown(&self, word: &str) -> String {
        let all = self.vocabulary.all();
        let near = all.into_iter().map(|name| (distance(word, name), name)).min();
        match near {
            Some((far, name)) if far <= 1 + word.chars().count() / 5 => {
                format!("\"{word}\" is not known: is {name} meant?")
            }
            _ => format!("\"{word}\" is not known; a text stands in quotation marks"),
        }
    }
}

/// Edits between two words (Levenshtein 1966).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let replaced = before + usize::from(letter != *other);
            before = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(before + 1);
        }
    }
    row[b.len()]
}
