//! Reading a condition: `or` binds least, then `and`, then `not`; brackets as usual.

use super::function::{Function, Functions};
use super::{Condition, Sign, Test};
use crate::limits;
use crate::table::Table;

/// A piece of a condition.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Number(f64),
    Sign(Sign),
    Open,
    Close,
    Comma,
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    if text.len() > limits::CONDITION_CHARS {
        return Err(format!(
            "longer than {} characters",
            limits::CONDITION_CHARS
        ));
    }
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            ',' => (Token::Comma, 1),
            '>' if rest.starts_with(">=") => (Token::Sign(Sign::AtLeast), 2),
            '<' if rest.starts_with("<=") => (Token::Sign(Sign::AtMost), 2),
            '=' if rest.starts_with("==") => (Token::Sign(Sign::Equal), 2),
            '>' => (Token::Sign(Sign::Above), 1),
            '<' => (Token::Sign(Sign::Below), 1),
            '=' => (Token::Sign(Sign::Equal), 1),
            '"' => {
                let inner = rest.get(1..).unwrap_or("");
                let end = inner.find('"').ok_or("a quotation mark is not closed")?;
                (
                    Token::Word(inner.get(..end).unwrap_or("").to_owned()),
                    end + 2,
                )
            }
            c if c.is_ascii_digit() || c == '-' => {
                let end = rest
                    .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'))
                    .unwrap_or(rest.len());
                let number = rest.get(..end).unwrap_or("");
                (
                    Token::Number(
                        number
                            .parse()
                            .map_err(|_| format!("\"{number}\" is no number"))?,
                    ),
                    end,
                )
            }
            c if c.is_alphabetic() || c == '_' => {
                let end = rest
                    .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                    .unwrap_or(rest.len());
                (Token::Word(rest.get(..end).unwrap_or("").to_owned()), end)
            }
            c => return Err(format!("\"{c}\" means nothing here")),
        };
        out.push(taken.0);
        rest = rest.get(taken.1..).unwrap_or("").trim_start();
    }
    Ok(out)
}

struct Reader<'r> {
    tokens: Vec<Token>,
    at: usize,
    table: &'r Table,
    functions: &'r Functions,
    number: &'r mut u32,
}

/// Reads a whole condition.
pub fn read(
    text: &str,
    table: &Table,
    functions: &Functions,
    number: &mut u32,
) -> Result<Condition, String> {
    let mut reader = Reader {
        tokens: tokens(text)?,
        at: 0,
        table,
        functions,
        number,
    };
    let condition = reader.any(0)?;
    match reader.tokens.get(reader.at) {
        None => Ok(condition),
        Some(token) => Err(format!("{token:?} comes too late")),
    }
}

impl Reader<'_> {
    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }
    fn takes(&mut self, token: &Token) -> bool {
        let is = self.tokens.get(self.at) == Some(token);
        self.at += usize::from(is);
        is
    }
    fn takes_word(&mut self, word: &str) -> bool {
        self.takes(&Token::Word(word.to_owned()))
    }
    fn any(&mut self, depth: usize) -> Result<Condition, String> {
        if depth > limits::CONDITION_DEPTH {
            return Err("too many brackets".to_owned());
        }
        let mut parts = vec![self.all(depth)?];
        while self.takes_word("or") {
            parts.push(self.all(depth)?);
        }
        Ok(Condition::Any(parts))
    }
    fn all(&mut self, depth: usize) -> Result<Condition, String> {
        let mut parts = vec![self.one(depth)?];
        while self.takes_word("and") {
            parts.push(self.one(depth)?);
        }
        Ok(Condition::All(parts))
    }
    fn one(&mut self, depth: usize) -> Result<Condition, String> {
        if depth > limits::CONDITION_DEPTH {
            return Err("too many brackets".to_owned());
        }
        if self.takes_word("not") {
            return Ok(Condition::Not(Box::new(self.one(depth + 1)?)));
        }
        if self.takes(&Token::Open) {
            let inner = self.any(depth + 1)?;
            return if self.takes(&Token::Close) {
                Ok(inner)
            } else {
                Err("a bracket is not closed".to_owned())
            };
        }
        self.test().map(Condition::Test)
    }
    fn test(&mut self) -> Result<Test, String> {
        let Some(Token::Word(name)) = self.next() else {
            return Err("a function is wanted, as in exact(name)".to_owned());
        };
        let function = match self.functions.find(&name) {
            Some(own) => Function::Own(own),
            None => {
                Function::named(&name).ok_or_else(|| format!("there is no function \"{name}\""))?
            }
        };
        if !self.takes(&Token::Open) {
            return Err(format!("\"{name}\" needs a column in brackets"));
        }
        let first = self.column()?;
        let second = if self.takes(&Token::Comma) {
            self.column()?
        } else {
            first
        };
        if !self.takes(&Token::Close) {
            return Err(format!("the bracket of \"{name}\" is not closed"));
        }
        let (sign, bound) = if let Some(Token::Sign(sign)) = self.tokens.get(self.at).cloned() {
            self.at += 1;
            let Some(Token::Number(bound)) = self.next() else {
                return Err("a number is wanted after the sign".to_owned());
            };
            (sign, bound)
        } else {
            (Sign::AtLeast, 1.0)
        };
        *self.number += 1;
        Ok(Test {
            function,
            number: *self.number,
            columns: (first, second),
            sign,
            bound,
        })
    }
    fn column(&mut self) -> Result<usize, String> {
        match self.next() {
            Some(Token::Word(name)) => self
                .table
                .column(&name)
                .ok_or_else(|| format!("there is no column \"{name}\"")),
            _ => Err("a column is wanted".to_owned()),
        }
    }
}
