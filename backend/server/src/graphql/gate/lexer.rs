//! A lexer for GraphQL documents (specification of October 2021, section 2.1): one pass, no recursion.

/// What the gate needs to know of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`, `(` or `[`.
    Open(char),
    /// `}`, `)` or `]`.
    Close,
    /// `...`
    Spread,
    /// `:`
    Colon,
    /// A name or keyword.
    Name(&'a str),
    /// Digits, strings, other punctuation, and characters that do not belong there.
    Other,
}

/// Tokens of a document, comments and insignificant characters left out.
pub(super) struct Lexer<'a> {
    rest: &'a str,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self { rest: source }
    }

    /// Takes as long as `belongs` holds.
    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|character| !belongs(character)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn skip_ignored(&mut self) {
        loop {
            self.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | ',' | '\u{feff}'));
            if !self.rest.starts_with('#') {
                return;
            }
            self.take_while(|c| !matches!(c, '\n' | '\r'));
        }
    }

    /// Skips a string whose opening quotes are at the front; an unfinished one ends with its line or the document.
    fn skip_string(&mut self) {
        if let Some(block) = self.rest.strip_prefix("\"\"\"") {
            self.rest = block;
            self.skip_until("\"\"\"", "\\\"\"\"");
        } else {
            self.rest = self.rest.strip_prefix('"').unwrap_or(self.rest);
            loop {
                self.take_while(|c| !matches!(c, '"' | '\\' | '\n' | '\r'));
                let mut characters = self.rest.chars();
                let end = characters.next();
                if end == Some('\\') {
                    characters.next();
                }
                self.rest = characters.as_str();
                if end != Some('\\') {
                    return;
                }
            }
        }
    }

    fn skip_until(&mut self, end: &str, escaped: &str) {
        while !self.rest.is_empty() {
            if let Some(rest) = self.rest.strip_prefix(escaped) {
                self.rest = rest;
            } else if let Some(rest) = self.rest.strip_prefix(end) {
                self.rest = rest;
                return;
            } else {
                let mut characters = self.rest.chars();
                characters.next();
                self.rest = characters.as_str();
            }
        }
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.skip_ignored();
        let first = self.rest.chars().next()?;
        if first == '"' {
            self.skip_string();
            return Some(Token::Other);
        }
        if first == '_' || first.is_ascii_alphabetic() {
            return Some(Token::Name(self.take_while(|c| c == '_' || c.is_ascii_alphanumeric())));
        }
        if first.is_ascii_digit() {
            self.take_while(|c| c.is_ascii_digit());
            return Some(Token::Other);
        }
        if let Some(rest) = self.rest.strip_prefix("...") {
            self.rest = rest;
            return Some(Token::Spread);
        }
        let mut characters = self.rest.chars();
        characters.next();
        self.rest = characters.as_str();
        Some(match first {
            '{' | '(' | '[' => Token::Open(first),
            '}' | ')' | ']' => Token::Close,
            ':' => Token::Colon,
            _ => Token::Other,
        })
    }
}
