//! Text of others in files that people open: what would move a cursor, colour, hide or turn around other text stands there as an
//! escape, `\u001b`, which can be read back.

use std::fmt::Write as _;

/// Whether a character does something to the text around it: controls (C0, DEL, C1), what turns the direction of writing, line
/// and paragraph separators, and what is invisible.
pub fn is_harmful(character: char) -> bool {
    matches!(
        character,
        '\u{0}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
    )
}

/// The text in one line, with such characters as `\u` and four hexadecimal digits. Where the text itself has `\u`, its backslash
/// is written so as well: whoever reads the escapes back has the text exactly.
pub fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        if is_harmful(character) || (character == '\\' && rest.peek() == Some(&'u')) {
            // Writing to a text never fails.
            let _ = write!(visible, "\\u{:04x}", u32::from(character));
        } else {
            visible.push(character);
        }
    }
    visible
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_would_do_something_is_shown_and_can_be_told_from_what_was_typed() {
        assert_eq!(visible("Ærø ≥ 3\\n"), "Ærø ≥ 3\\n");
        assert_eq!(
            visible("a\r\nb\u{1b}[31m\u{202e}gpj.exe\0"),
            "a\\u000d\\u000ab\\u001b[31m\\u202egpj.exe\\u0000"
        );
        assert_eq!(visible("\\u202e\\\u{202e}\\"), "\\u005cu202e\\\\u202e\\");
    }
}
