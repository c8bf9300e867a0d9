//! Recursive descent, one function per strength of binding; each gives what it read and what that is.

use std::ops::Range;

use super::token::{self, Token};
use super::{Comparison, FormulaError, Kind, Node, Operator, Vocabulary};

/// Brackets in brackets, and the like; a person needs few.
const DEEPEST: usize = 50;

/// Longer than any formula that a person can read.
const LONGEST: usize = 2000;

type Read = Result<(Node, Kind), FormulaError>;

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

impl Reader<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(token, _)| token)
    }

    fn place(&self) -> Range<usize> {
        self.tokens.get(self.next).map_or(self.end..self.end, |(_, at)| at.clone())
    }

    fn wrong(&self, message: impl Into<String>) -> FormulaError {
        FormulaError { message: message.into(), at: self.place() }
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
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong("brackets within brackets too often"));
        }
        let from = self.place();
        let mut left = self.both()?;
        while self.take_word("or") {
            let right = self.operand(&from, &left, Kind::Flag, Self::both)?;
            left = (Node::Or(Box::new(left.0), Box::new(right)), Kind::Flag);
        }
        self.depth -= 1;
        Ok(left)
    }

    fn both(&mut self) -> Read {
        let from = self.place();
        let mut left = self.negation()?;
        while self.take_word("and") {
            let right = self.operand(&from, &left, Kind::Flag, Self::negation)?;
            left = (Node::And(Box::new(left.0), Box::new(right)), Kind::Flag);
        }
        Ok(left)
    }

    /// The right side of an operator whose two sides are of one kind.
    fn operand(
        &mut self,
        from: &Range<usize>,
        left: &(Node, Kind),
        kind: Kind,
        read: fn(&mut Self) -> Read,
    ) -> Result<Node, FormulaError> {
        let of_left = from.start..self.tokens[self.next - 2].1.end;
        fits(left.1, kind, of_left)?;
        let from = self.place();
        let (node, found) = read(self)?;
        fits(found, kind, from.start..self.tokens[self.next - 1].1.end)?;
        Ok(node)
    }

    fn negation(&mut self) -> Read {
        if !self.take_word("not") {
            return self.comparison();
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong("\"not\" too often"));
        }
        let from = self.place();
        let (node, kind) = self.negation()?;
        self.depth -= 1;
        fits(kind, Kind::Flag, from)?;
        Ok((Node::Not(Box::new(node)), Kind::Flag))
    }

    fn comparison(&mut self) -> Read {
        let from = self.place();
        let (left, kind) = self.sum()?;
        let of_left = from.start..self.tokens[self.next - 1].1.end;
        if self.take_word("is") {
            let other = self.take_word("not");
            for (word, known) in [("missing", other), ("known", !other)] {
                if self.take_word(word) {
                    return Ok((Node::Known { of: Box::new(left), known }, Kind::Flag));
                }
            }
            let comparison = if other { Comparison::Other } else { Comparison::Same };
            return self.compared(comparison, left, kind);
        }
        let outside = self.take_word("not");
        if self.take_word("in") {
            return self.list(left, kind, !outside);
        }
        if outside {
            return Err(self.wrong("\"in\" is missing after \"not\""));
        }
        let Some(sign) = self.take_sign(&["<=", ">=", "!=", "==", "<", ">", "="]) else { return Ok((left, kind)) };
        let comparison = match sign {
            "<=" => Comparison::AtMost,
            ">=" => Comparison::AtLeast,
            "<" => Comparison::Below,
            ">" => Comparison::Above,
            "!=" => Comparison::Other,
            _ => Comparison::Same,
        };
        if !matches!(comparison, Comparison::Same | Comparison::Other) {
            fits(kind, Kind::Number, of_left)?;
        }
        self.compared(comparison, left, kind)
    }

    fn compared(&mut self, comparison: Comparison, left: Node, kind: Kind) -> Read {
        let from = self.place();
        let (right, found) = self.sum()?;
        fits(found, kind, from.start..self.tokens[self.next - 1].1.end)?;
        Ok((Node::Compare(comparison, Box::new(left), Box::new(right)), Kind::Flag))
    }

    fn list(&mut self, of: Node, kind: Kind, inside: bool) -> Read {
        if self.take_sign(&["("]).is_none() {
            return Err(self.wrong("\"in\" needs a list in brackets"));
        }
        let mut list = Vec::new();
        loop {
            let at = self.place();
            let (one, found) = self.sum()?;
            fits(found, kind, at)?;
            list.push(one);
            if self.take_sign(&[","]).is_none() {
                break;
            }
        }
        self.close()?;
        Ok((Node::In { of: Box::new(of), list, inside }, Kind::Flag))
    }

    fn sum(&mut self) -> Read {
        self.arithmetic(&[("+", Operator::Add), ("-", Operator::Subtract)], Self::product)
    }

    fn product(&mut self) -> Read {
        self.arithmetic(&[("*", Operator::Multiply), ("/", Operator::Divide)], Self::sign)
    }

    fn arithmetic(&mut self, operators: &[(&'static str, Operator); 2], read: fn(&mut Self) -> Read) -> Read {
        let from = self.place();
        let mut left = read(self)?;
        while let Some(sign) = self.take_sign(&[operators[0].0, operators[1].0]) {
            let operator = if sign == operators[0].0 { operators[0].1 } else { operators[1].1 };
            let right = self.operand(&from, &left, Kind::Number, read)?;
            left = (Node::Arithmetic(operator, Box::new(left.0), Box::new(right)), Kind::Number);
        }
        Ok(left)
    }

    fn sign(&mut self) -> Read {
        if self.take_sign(&["-"]).is_none() {
            return self.atom();
        }
        let from = self.place();
        let (node, kind) = self.atom()?;
        fits(kind, Kind::Number, from)?;
        Ok((Node::Negative(Box::new(node)), Kind::Number))
    }

    fn atom(&mut self) -> Read {
        if self.take_sign(&["("]).is_some() {
            let inner = self.either()?;
            self.close()?;
            return Ok(inner);
        }
        match self.peek().cloned() {
            Some(Token::Number(number)) => {
                self.next += 1;
                Ok((Node::Number(number), Kind::Number))
            }
            Some(Token::Text(text)) => {
                self.next += 1;
                Ok((Node::Text(text), Kind::Text))
            }
            Some(Token::Word(word)) => self.named(&word),
            Some(Token::Sign(sign)) => Err(self.wrong(format!("a value is missing before \"{sign}\""))),
            None => Err(self.wrong("a value is missing at the end")),
        }
    }

    fn named(&mut self, word: &str) -> Read {
        let at = self.place();
        self.next += 1;
        match word {
            "true" | "yes" => return Ok((Node::Flag(true), Kind::Flag)),
            "false" | "no" => return Ok((Node::Flag(false), Kind::Flag)),
            _ => {}
        }
        if self.take_sign(&["("]).is_some() {
            return self.called(word, at);
        }
        match self.vocabulary.name(word) {
            Some((id, kind)) => Ok((Node::Name(id), kind)),
            None => Err(FormulaError { message: self.unknown(word), at }),
        }
    }

    fn unknown(&self, word: &str) -> String {
        let all = self.vocabulary.all();
        let near = all.into_iter().map(|name| (distance(word, name), name)).min();
        match near {
            Some((far, name)) if far <= 1 + word.chars().count() / 5 => {
                format!("\"{word}\" is not known: is {name} meant?")
            }
            _ => format!("\"{word}\" is not known; a text stands in quotation marks"),
        }
    }

    fn called(&mut self, word: &str, at: Range<usize>) -> Read {
        if let "min" | "max" | "abs" = word {
            self.depth += 1;
            if self.depth > DEEPEST {
                return Err(self.wrong("functions within functions too often"));
            }
            let mut numbers = vec![self.number()?];
            while self.take_sign(&[","]).is_some() {
                numbers.push(self.number()?);
            }
            self.close()?;
            self.depth -= 1;
            return match (word, numbers.len()) {
                ("abs", 1) => Ok((Node::Absolute(Box::new(numbers.remove(0))), Kind::Number)),
                ("min", 2..) => Ok((Node::Least(numbers), Kind::Number)),
                ("max", 2..) => Ok((Node::Largest(numbers), Kind::Number)),
                ("abs", _) => Err(FormulaError { message: "abs is of one number".to_owned(), at }),
                _ => Err(FormulaError { message: format!("{word} is of two numbers or more"), at }),
            };
        }
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
        Ok((Node::Call(id, texts), kind))
    }

    fn number(&mut self) -> Result<Node, FormulaError> {
        let from = self.place();
        let (node, kind) = self.sum()?;
        fits(kind, Kind::Number, from)?;
        Ok(node)
    }
}

fn fits(found: Kind, wanted: Kind, at: Range<usize>) -> Result<(), FormulaError> {
    let said = |kind: Kind| match kind {
        Kind::Number => "a number",
        Kind::Text => "a text",
        Kind::Flag => "yes or no",
    };
    match found == wanted {
        true => Ok(()),
        false => Err(FormulaError { message: format!("this is {}, not {}", said(found), said(wanted)), at }),
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
