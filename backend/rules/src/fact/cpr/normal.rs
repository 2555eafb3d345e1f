//! Free text in the plain characters in which numbers are looked for.

use crate::fact::text;

/// The text with ASCII digits and marks, every dash a hyphen, every run of blanks one, and nothing invisible. A line's
/// end stays, as no number goes on over it.
pub(super) fn normal(text: &str) -> Vec<char> {
    let mut plain: Vec<char> = Vec::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)).map(plainly) {
        match (plain.last_mut(), c) {
            (Some('\n'), ' ' | '\n') | (Some(' '), ' ') => {}
            (Some(blank @ ' '), '\n') => *blank = '\n',
            _ => plain.push(c),
        }
    }
    plain
}

fn plainly(c: char) -> char {
    match c {
        '\n' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => '-',
        // Full width: the whole of visible ASCII once more, in the same order.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Soft hyphen and joiners, which text may have, and what it may not: it can be older than that rule.
fn is_invisible(c: char) -> bool {
    let may_stand = matches!(c, '\u{AD}' | '\u{200C}' | '\u{200D}');
    may_stand || (text::is_forbidden(c) && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn a_run_of_blanks_is_one_and_the_end_of_a_line_stays() {
        let plain = |text: &str| normal(text).into_iter().collect::<String>();
        assert_eq!(plain("a \t b"), "a b");
        assert_eq!(plain("a \t\r\n\n b"), "a\nb");
        assert_eq!(plain("a\u{2028} b"), "a\nb");
    }
}
