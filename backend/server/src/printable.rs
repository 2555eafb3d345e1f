//! Text of others on a terminal or in a log: what would move the cursor, colour, hide or turn around other text is
//! written as an escape, `\u001b`. That form means the same character in JSON, so what programs read stays exact.

use std::io::{Result, Write};

use varsel_services::printable::is_harmful;

/// Writes on, with such characters escaped. Tabs pass.
pub(crate) struct Printable<W> {
    inner: W,
    lines: Lines,
    /// Sequences for colours pass: for a log whose writer escapes those of values itself.
    colours: bool,
}

/// What a line break is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lines {
    /// One of ours, or of a text of ours.
    Many,
    /// The end of an event, where it stands last; anywhere else somebody's attempt to write an event of their own.
    OneEachWrite,
}

impl<W: Write> Printable<W> {
    /// For answers and complaints of a command.
    pub(crate) fn terminal(inner: W) -> Self {
        Self { inner, lines: Lines::Many, colours: false }
    }

    /// For a log that writes one event at a time.
    pub(crate) fn log(inner: W, colours: bool) -> Self {
        Self { inner, lines: Lines::OneEachWrite, colours }
    }
}

impl<W: Write> Write for Printable<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        // Texts come whole, so no character is cut in two; what is no text at all cannot do harm as U+FFFD.
        let text = String::from_utf8_lossy(bytes);
        let mut safe = String::with_capacity(text.len());
        for (index, character) in text.char_indices() {
            let passes = match character {
                '\t' => true,
                '\n' => self.lines == Lines::Many || index + 1 == text.len(),
                '\u{1b}' => self.colours,
                other => !is_harmful(other),
            };
            if passes {
                safe.push(character);
            } else {
                let escape = format!("\\u{:04x}", u32::from(character));
                safe.push_str(&escape);
            }
        }
        self.inner.write_all(safe.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str, wrap: impl Fn(Vec<u8>) -> Printable<Vec<u8>>) -> String {
        let mut out = wrap(Vec::new());
        out.write_all(text.as_bytes()).unwrap();
        String::from_utf8(out.inner).unwrap()
    }

    #[test]
    fn controls_and_turned_writing_are_shown_and_not_obeyed() {
        let terminal = |text| written(text, Printable::terminal);
        assert_eq!(terminal("Ærø\t≥ 3\n"), "Ærø\t≥ 3\n");
        assert_eq!(terminal("\u{1b}]0;title\u{7}\u{1b}[2J"), "\\u001b]0;title\\u0007\\u001b[2J");
        assert_eq!(
            terminal("a\rb\u{9b}31m\u{202e}gpj.exe\u{7f}"),
            "a\\u000db\\u009b31m\\u202egpj.exe\\u007f"
        );
        let log = |text| written(text, |inner| Printable::log(inner, false));
        assert_eq!(log("one\n2026-11-25 INFO forged\n"), "one\\u000a2026-11-25 INFO forged\n");
        assert_eq!(written("\u{1b}[31m", |inner| Printable::log(inner, true)), "\u{1b}[31m");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Whatever a text holds, a log stays one line an event, and what reads its JSON gets the text back.
        #[test]
        fn an_event_stays_one_line_and_its_json_means_the_same(text in any::<String>()) {
            let event = format!("{}\n", serde_json::json!({ "message": text }));
            let line = written(&event, |inner| Printable::log(inner, false));
            prop_assert_eq!(line.lines().count(), 1);
            prop_assert!(!line.trim_end_matches('\n').contains(is_harmful));
            let read: serde_json::Value = serde_json::from_str(&line).unwrap();
            prop_assert_eq!(read["message"].as_str(), Some(text.as_str()));
        }
    }
}
