//! Values as Markdown: words that stay words, and links that lead where they say.

/// Characters that can begin markup: in a line, or as its first.
const MARKUP: &str = "\\`*_~[](){}<>#!&|+-=.";

/// `text` so that Markdown shows it as it stands, on one line: no name of a unit can become a link, a list or a heading.
pub(super) fn words(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let visible: String = text.chars().map(|c| if turns_text(c) { ' ' } else { c }).collect();
    for c in visible.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if MARKUP.contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Control characters, and those that turn the direction of what follows.
fn turns_text(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What is given, and says anything.
pub(super) fn given(text: Option<&String>) -> Option<&str> {
    text.map(String::as_str).filter(|text| !words(text).is_empty())
}

/// A telephone number that a telephone can call.
pub(super) fn phone(number: &str) -> String {
    let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    link(number, &format!("tel:{digits}"))
}

/// A mail address.
pub(super) fn email(address: &str) -> String {
    link(address, &format!("mailto:{address}"))
}

/// A web page, shown without its scheme. One that is not `https` is shown and not linked.
pub(super) fn url(address: &str) -> String {
    match address.strip_prefix("https://") {
        Some(short) => link(short.trim_end_matches('/'), address),
        None => words(address),
    }
}

fn link(label: &str, address: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "+-._~:/?#@!$&'*,;=%".contains(c);
    if address.chars().all(plain) { format!("[{}](<{address}>)", words(label)) } else { words(label) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_called_written_to_or_opened_is_a_link() {
        assert_eq!(phone("+45 33 19 32 00"), "[\\+45 33 19 32 00](<tel:+4533193200>)");
        assert_eq!(email("vagt@ens.dk"), "[vagt@ens\\.dk](<mailto:vagt@ens.dk>)");
        assert_eq!(url("https://ens.dk/"), "[ens\\.dk](<https://ens.dk/>)");
        assert_eq!(url("http://ens.dk"), "http://ens\\.dk");
        assert_eq!(
            email("vagt@ens.dk>)[x](<"),
            "vagt@ens\\.dk\\>\\)\\[x\\]\\(\\<",
            "and what could break one is not"
        );
    }
}
