//! Conditions as C preprocessor text, as in QEMU 3.0 to 6.1.

use crate::ast::Condition;

/// The maximum nesting of parentheses and negations.
const MAX_DEPTH: usize = 100;

/// Parses conditions such as `defined(A) && !defined(B)`. `None` for anything else.
pub(super) fn parse(text: &str) -> Option<Condition> {
    let mut parser = Parser {
        rest: text,
        depth: 0,
    };
    let condition = parser.any()?;
    parser.rest.trim_start().is_empty().then_some(condition)
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn take(&mut self, token: &str) -> bool {
        match self.rest.trim_start().strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn any(&mut self) -> Option<Condition> {
        self.chain("||", Self::all, Condition::Any)
    }

    fn all(&mut self) -> Option<Condition> {
        self.chain("&&", Self::not, Condition::All)
    }

    fn chain(
        &mut self,
        operator: &str,
        operand: fn(&mut Self) -> Option<Condition>,
        combine: fn(Vec<Condition>) -> Condition,
    ) -> Option<Condition> {
        let first = operand(self)?;
        let mut more = Vec::new();
        while self.take(operator) {
            more.push(operand(self)?);
        }
        if more.is_empty() {
            return Some(first);
        }
        more.insert(0, first);
        Some(combine(more))
    }

    fn not(&mut self) -> Option<Condition> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let condition = if self.take("!") {
            Condition::Not(Box::new(self.not()?))
        } else if self.take("(") {
            let inner = self.any()?;
            self.take(")").then_some(inner)?
        } else {
            self.symbol()?
        };
        self.depth -= 1;
        Some(condition)
    }

    /// `NAME`, `defined(NAME)` or `defined NAME`.
    fn symbol(&mut self) -> Option<Condition> {
        let word = self.word()?;
        let name = match word {
            "defined" if self.take("(") => {
                let name = self.word()?;
                self.take(")").then_some(name)?
            }
            "defined" => self.word()?,
            name => name,
        };
        Some(Condition::Symbol(name.to_owned()))
    }

    fn word(&mut self) -> Option<&'a str> {
        let text = self.rest.trim_start();
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        self.rest = rest;
        word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            .then_some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbol(name: &str) -> Condition {
        Condition::Symbol(name.into())
    }

    #[test]
    fn operators_bind_as_in_c() {
        let not = |c| Condition::Not(Box::new(c));
        assert_eq!(parse("defined(A)"), Some(symbol("A")));
        assert_eq!(parse(" defined A "), Some(symbol("A")));
        assert_eq!(
            parse("defined(A) && !defined(B)"),
            Some(Condition::All(vec![symbol("A"), not(symbol("B"))]))
        );
        assert_eq!(
            parse("A || B && (C || D)"),
            Some(Condition::Any(vec![
                symbol("A"),
                Condition::All(vec![
                    symbol("B"),
                    Condition::Any(vec![symbol("C"), symbol("D")])
                ])
            ]))
        );
    }

    #[test]
    fn invalid_conditions_are_rejected() {
        for text in ["", "defined(", "A &&", "A B", "A > 1", "1", "(A"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"(".repeat(100_000)), None);
        assert_eq!(parse(&"!".repeat(100_000)), None);
    }
}
