//! Recursive descent, one function per strength of binding; each gives what it read, what that is and where it stood.

use std::ops::Range;

use super::token::{self, Token};
use super::{Comparison, FormulaError, Kind, Node, Of, Vocabulary};

mod functions;
mod kinds;
mod terms;

use kinds::{alike, fits};

/// Brackets in brackets, and the like; a person needs few.
const DEEPEST: usize = 50;

/// Longer than any formula that a person can read.
const LONGEST: usize = 2000;

type Read = Result<Node, FormulaError>;

pub(super) fn formula(text: &str, vocabulary: &dyn Vocabulary) -> Read {
    if text.len() > LONGEST {
        let message = format!("longer than {LONGEST} characters");
        return Err(FormulaError { message, at: 0..text.len() });
    }
    let mut reader = Reader { tokens: token::tokens(text)?, next: 0, end: text.len(), depth: 0, vocabulary };
    let read = reader.either()?;
    match reader.peek() {
        None => Ok(read),
        Some(_) => Err(reader.wrong("something is missing before this")),
    }
}

struct Reader<'v> {
    tokens: Vec<(Token, Range<usize>)>,
    next: usize,
    end: usize,
    depth: usize,
    vocabulary: &'v dyn Vocabulary,
}

/// A part from the beginning of one to the end of another.
fn over(from: &Node, to: &Node) -> Range<usize> {
    from.at.start..to.at.end
}

fn flag(of: Of, at: Range<usize>) -> Node {
    Node { of, kind: Kind::Flag, at }
}

impl Reader<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(token, _)| token)
    }

    fn place(&self) -> Range<usize> {
        self.tokens.get(self.next).map_or(self.end..self.end, |(_, at)| at.clone())
    }

    /// The end of what was read last.
    fn behind(&self) -> usize {
        self.next.checked_sub(1).map_or(0, |last| self.tokens[last].1.end)
    }

    fn wrong(&self, message: impl Into<String>) -> FormulaError {
        FormulaError { message: message.into(), at: self.place() }
    }

    fn deeper(&mut self, message: &str) -> Result<(), FormulaError> {
        self.depth += 1;
        if self.depth > DEEPEST { Err(self.wrong(message)) } else { Ok(()) }
    }

    fn take_word(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(word)) if word.eq_ignore_ascii_case(wanted));
        self.next += usize::from(found);
        found
    }

    fn take_sign(&mut self, wanted: &[&str]) -> Option<&'static str> {
        match self.peek() {
            Some(Token::Sign(sign)) if wanted.contains(sign) => {
                let sign = *sign;
                self.next += 1;
                Some(sign)
            }
            _ => None,
        }
    }

    fn close(&mut self) -> Result<(), FormulaError> {
        match self.take_sign(&[")"]) {
            Some(_) => Ok(()),
            None => Err(self.wrong("a closing bracket is missing here")),
        }
    }

    fn either(&mut self) -> Read {
        self.deeper("brackets within brackets too often")?;
        let mut left = self.both()?;
        while self.take_word("or") {
            left = self.logical(left, Self::both, Of::Or)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    fn both(&mut self) -> Read {
        let mut left = self.negation()?;
        while self.take_word("and") {
            left = self.logical(left, Self::negation, Of::And)?;
        }
        Ok(left)
    }

    fn logical(&mut self, left: Node, read: fn(&mut Self) -> Read, of: fn(Box<Node>, Box<Node>) -> Of) -> Read {
        fits(&left, Kind::Flag)?;
        let right = read(self)?;
        fits(&right, Kind::Flag)?;
        let at = over(&left, &right);
        Ok(flag(of(Box::new(left), Box::new(right)), at))
    }

    fn negation(&mut self) -> Read {
        let from = self.place().start;
        if !self.take_word("not") {
            return self.comparison();
        }
        self.deeper("\"not\" too often")?;
        let of = self.negation()?;
        self.depth -= 1;
        fits(&of, Kind::Flag)?;
        let at = from..of.at.end;
        Ok(flag(Of::Not(Box::new(of)), at))
    }

    fn comparison(&mut self) -> Read {
        let left = self.sum()?;
        if self.take_word("is") {
            let other = self.take_word("not");
            for (word, known) in [("missing", other), ("known", !other)] {
                if self.take_word(word) {
                    let at = left.at.start..self.behind();
                    return Ok(flag(Of::Known { of: Box::new(left), known }, at));
                }
            }
            return self.compared(if other { Comparison::Other } else { Comparison::Same }, left);
        }
        let outside = self.take_word("not");
        if self.take_word("in") {
            return self.list(left, !outside);
        }
        if outside {
            return Err(self.wrong("\"in\" is missing after \"not\""));
        }
        let Some(sign) = self.take_sign(&["<=", ">=", "!=", "==", "<", ">", "="]) else { return Ok(left) };
        let comparison = match sign {
            "<=" => Comparison::AtMost,
            ">=" => Comparison::AtLeast,
            "<" => Comparison::Below,
            ">" => Comparison::Above,
            "!=" => Comparison::Other,
            _ => Comparison::Same,
        };
        if !matches!(comparison, Comparison::Same | Comparison::Other) {
            kinds::dimension(&left)?;
        }
        self.compared(comparison, left)
    }

    fn compared(&mut self, comparison: Comparison, mut left: Node) -> Read {
        let mut right = self.sum()?;
        alike(&mut left, &mut right)?;
        let at = over(&left, &right);
        Ok(flag(Of::Compare(comparison, Box::new(left), Box::new(right)), at))
    }

    fn list(&mut self, mut of: Node, inside: bool) -> Read {
        if self.take_sign(&["("]).is_none() {
            return Err(self.wrong("\"in\" needs a list in brackets"));
        }
        let mut list = Vec::new();
        loop {
            let mut one = self.sum()?;
            alike(&mut of, &mut one)?;
            list.push(one);
            if self.take_sign(&[","]).is_none() {
                break;
            }
        }
        self.close()?;
        let at = of.at.start..self.behind();
        Ok(flag(Of::In { of: Box::new(of), list, inside }, at))
    }
}
