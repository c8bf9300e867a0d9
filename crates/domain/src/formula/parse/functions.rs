//! What stands before brackets: functions of numbers, conditions, choices, and functions of texts.

use std::ops::Range;

use super::super::token::Token;
use super::super::{FormulaError, Function, Kind, Node, Of};
use super::kinds::{alike, dimension, fits};
use super::{Read, Reader};
use crate::unit::Dimension;

/// Each with the fewest and the most numbers that it takes, and how many these are in words.
const FUNCTIONS: [(&str, Function, usize, usize, &str); 8] = [
    ("min", Function::Least, 2, usize::MAX, "of two numbers or more"),
    ("max", Function::Largest, 2, usize::MAX, "of two numbers or more"),
    ("abs", Function::Absolute, 1, 1, "of one number"),
    ("ceil", Function::Up, 1, 2, "of one number, or of one and a step"),
    ("floor", Function::Down, 1, 2, "of one number, or of one and a step"),
    ("round", Function::Nearest, 1, 2, "of one number, or of one and a step"),
    ("sqrt", Function::Root, 1, 1, "of one number"),
    ("pow", Function::Power, 2, 2, "of two numbers"),
];

impl Reader<'_> {
    /// The opening bracket was read; `at` is where the word before it stood.
    pub(super) fn called(&mut self, word: &str, at: Range<usize>) -> Read {
        if let Some((_, function, fewest, most, words)) = FUNCTIONS.iter().find(|(name, ..)| *name == word) {
            let of = self.listed()?;
            if !(*fewest..=*most).contains(&of.len()) {
                return Err(FormulaError { message: format!("{word} is {words}"), at });
            }
            return self.applied(*function, of, at);
        }
        match word {
            "if" => self.condition(at),
            "choose" => self.choice(at),
            _ => self.of_texts(word, at),
        }
    }

    /// What stands in the brackets, which are closed.
    fn listed(&mut self) -> Result<Vec<Node>, FormulaError> {
        self.deeper("functions within functions too often")?;
        let mut of = vec![self.either()?];
        while self.take_sign(&[","]).is_some() {
            of.push(self.either()?);
        }
        self.close()?;
        self.depth -= 1;
        Ok(of)
    }

    fn applied(&self, function: Function, mut of: Vec<Node>, at: Range<usize>) -> Read {
        let first = dimension(&of[0])?;
        let kind = match function {
            Function::Least | Function::Largest => alike_all(&mut of)?,
            Function::Absolute => of[0].kind,
            Function::Up | Function::Down | Function::Nearest => stepped(&mut of)?,
            Function::Root => first.root().map(Kind::of).ok_or_else(|| FormulaError {
                message: format!("there is no root of {first}"),
                at: of[0].at.clone(),
            })?,
            Function::Power => {
                fits(&of[0], Kind::Number)?;
                fits(&of[1], Kind::Number)?;
                Kind::Number
            }
        };
        Ok(Node { of: Of::Apply(function, of), kind, at: at.start..self.behind() })
    }

    fn condition(&mut self, at: Range<usize>) -> Read {
        let of = self.listed()?;
        let Ok([condition, mut then, mut otherwise]) = <[Node; 3]>::try_from(of) else {
            return Err(FormulaError { message: "if needs a condition and two values".to_owned(), at });
        };
        fits(&condition, Kind::Flag)?;
        alike(&mut then, &mut otherwise)?;
        let kind = then.kind;
        let [condition, then, otherwise] = [condition, then, otherwise].map(Box::new);
        Ok(Node { of: Of::If { condition, then, otherwise }, kind, at: at.start..self.behind() })
    }

    fn choice(&mut self, at: Range<usize>) -> Read {
        let mut of = self.listed()?;
        if of.len() < 3 {
            let message = "choose needs what it goes by, and a case with its value".to_owned();
            return Err(FormulaError { message, at });
        }
        let mut sought = of.remove(0);
        let otherwise = if of.len() % 2 == 1 { of.pop() } else { None };
        let mut cases: Vec<(Node, Node)> = Vec::new();
        let mut rest = of.into_iter();
        while let (Some(mut case), Some(then)) = (rest.next(), rest.next()) {
            alike(&mut sought, &mut case)?;
            cases.push((case, then));
        }
        let mut given: Vec<Node> = cases.iter().map(|(_, then)| then.clone()).chain(otherwise).collect();
        let kind = alike_all(&mut given)?;
        let otherwise = if given.len() > cases.len() { given.pop().map(Box::new) } else { None };
        cases.iter_mut().zip(given).for_each(|(case, then)| case.1 = then);
        Ok(Node { of: Of::Choose { of: Box::new(sought), cases, otherwise }, kind, at: at.start..self.behind() })
    }

    fn of_texts(&mut self, word: &str, at: Range<usize>) -> Read {
        let Some((id, kind)) = self.vocabulary.function(word) else {
            return Err(FormulaError { message: self.unknown(word), at });
        };
        let mut texts = Vec::new();
        loop {
            let Some(Token::Text(text)) = self.peek().cloned() else {
                return Err(self.wrong(format!("{word} is of texts in quotation marks")));
            };
            self.next += 1;
            texts.push(text);
            if self.take_sign(&[","]).is_none() {
                break;
            }
        }
        self.close()?;
        Ok(Node { of: Of::Call(id, texts), kind, at: at.start..self.behind() })
    }
}

/// All of one kind: that of the first which is no written zero.
fn alike_all(of: &mut [Node]) -> Result<Kind, FormulaError> {
    let leader = of.iter().position(|node| node.of != Of::Number(0.0)).unwrap_or(0);
    let mut first = of[leader].clone();
    for node in of.iter_mut() {
        alike(&mut first, node)?;
    }
    Ok(first.kind)
}

/// A measure is rounded to a step of its own dimension, a plain number to whole ones or to a step.
fn stepped(of: &mut [Node]) -> Result<Kind, FormulaError> {
    match of {
        [number, step] => {
            dimension(step)?;
            alike(number, step)?;
            Ok(number.kind)
        }
        [number, ..] if number.kind == Kind::of(Dimension::PLAIN) => Ok(Kind::Number),
        [number, ..] => Err(FormulaError {
            message: "say to what step this is rounded, such as ceil(width, 1 ft)".to_owned(),
            at: number.at.clone(),
        }),
        [] => unreachable!("a function is read with at least one number"),
    }
}
