//! Thousands of attacks, put together from their parts, against what makes HTML of Markdown. The browser tests try the same
//! texts on pages; `e2e/fixtures/attacks.json` has the parts.

use std::collections::HashSet;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{to_html, to_page, to_spans};

#[derive(Deserialize)]
struct Parts {
    count: usize,
    sha256: String,
    sets: Vec<Set>,
    groups: Vec<Group>,
}

#[derive(Deserialize)]
struct Set {
    name: String,
    values: Vec<String>,
}

#[derive(Deserialize)]
struct Group {
    templates: Vec<String>,
    encodings: Vec<String>,
}

/// Every template with every value in each place.
fn filled(sets: &[Set], templates: Vec<String>) -> Vec<String> {
    sets.iter().fold(templates, |texts, set| {
        let place = format!("{{{}}}", set.name);
        let fill = |text: String| {
            if !text.contains(&place) {
                return vec![text];
            }
            set.values.iter().map(|value| text.replace(&place, value)).collect()
        };
        texts.into_iter().flat_map(fill).collect()
    })
}

fn encoded(text: &str, encoding: &str) -> String {
    let each = |written: &dyn Fn(char) -> String| -> String {
        text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_string() } else { written(c) }).collect()
    };
    match encoding {
        "decimal" => each(&|c| format!("&#{};", u32::from(c))),
        "hexadecimal" => each(&|c| format!("&#x{:x};", u32::from(c))),
        "percent" => each(&|c| format!("%{:02X}", u32::from(c))),
        "twice" => encoded(&encoded(text, "percent"), "percent"),
        "escaped" => each(&|c| format!("\\u{:04x}", u32::from(c))),
        "upper" => text.to_uppercase(),
        "wide" => each(&|c| if c.is_ascii_graphic() { wide(c) } else { c }.to_string()),
        _ => panic!("no encoding {encoding}"),
    }
}

fn wide(c: char) -> char {
    char::from_u32(u32::from(c) + 0xfee0).unwrap()
}

/// The corpus, held to the count and the digest in its file.
fn corpus() -> Vec<String> {
    let parts: Parts =
        serde_json::from_str(include_str!("../../../../../../e2e/fixtures/attacks.json")).unwrap();
    let (mut corpus, mut seen) = (Vec::new(), HashSet::new());
    for Group { templates, encodings } in parts.groups {
        for text in filled(&parts.sets, templates) {
            let written = if encodings.is_empty() {
                vec![text]
            } else {
                encodings.iter().map(|encoding| encoded(&text, encoding)).collect()
            };
            corpus.extend(written.into_iter().filter(|text| seen.insert(text.clone())));
        }
    }
    let digest = Sha256::digest(corpus.join("\0"));
    let digest = digest.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    assert_eq!((corpus.len(), digest.as_str()), (parts.count, parts.sha256.as_str()), "attacks.json");
    corpus
}

const SCHEMES: [&str; 3] = ["https:", "mailto:", "tel:"];

/// Whether `html` has nothing but text and the tags that are let through, written as the cleaner writes them: so strictly
/// that no browser can read it otherwise. Else the place where it has.
fn strange(html: &str, tags: &[&str]) -> Option<String> {
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((tag, next)) = closed(after) else { return Some(after.to_owned()) };
        if !known(tag, tags) {
            return Some(format!("<{tag}>"));
        }
        rest = next;
    }
    None
}

/// A tag up to its end, which is not within quotes.
fn closed(text: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let end = text.find(|c| {
        quoted ^= c == '"';
        c == '>' && !quoted
    })?;
    Some((text.get(..end)?, text.get(end + 1..)?))
}

fn known(tag: &str, tags: &[&str]) -> bool {
    if let Some(name) = tag.strip_prefix('/') {
        return tags.contains(&name);
    }
    let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
    if !tags.contains(&name) {
        return false;
    }
    while !attributes.is_empty() {
        let Some((attribute, after)) = attributes.split_once("=\"") else { return false };
        let Some((value, next)) = after.split_once('"') else { return false };
        let harmless = match (name, attribute.trim()) {
            ("a", "href") => SCHEMES.iter().any(|scheme| value.to_ascii_lowercase().starts_with(scheme)),
            ("a", "rel") => value == "noopener noreferrer",
            ("ol", "start") => value.bytes().all(|byte| byte.is_ascii_digit()),
            _ => false,
        };
        if !harmless {
            return false;
        }
        attributes = next;
    }
    true
}

#[test]
fn the_corpus_has_thousands_of_different_attacks() {
    assert!(corpus().len() >= 5_000);
}

#[test]
fn what_is_let_through_is_known_when_it_is_seen() {
    let tags = super::TAGS;
    for harmless in [
        "",
        "a &lt;script&gt; b",
        "<p>x</p>\n<ol start=\"3\"><li><a href=\"tel:+45\" rel=\"noopener noreferrer\">x</a></li></ol>",
    ] {
        assert_eq!(strange(harmless, &tags), None, "{harmless}");
    }
    for harmful in [
        "<script>",
        "<img src=\"x\">",
        "<p onclick=\"x\">",
        "<a href=\"javascript:x\">",
        "<a href=x>",
        "<p",
        "<!-- x -->",
        "<P>",
        "<a href=\"https://x\" onclick=\"x\">",
        "</script>",
    ] {
        assert!(strange(harmful, &tags).is_some(), "{harmful}");
    }
}

#[test]
fn no_attack_of_the_corpus_gets_through() {
    let page_tags: Vec<_> = super::TAGS.into_iter().chain(super::PAGE_TAGS).collect();
    for attack in corpus() {
        let (html, page) = (to_html(&attack), to_page(&attack));
        assert_eq!(strange(&html, &super::TAGS), None, "{attack:?}: {html}");
        assert_eq!(strange(&page, &page_tags), None, "{attack:?}: {page}");
        for (_, href) in to_spans(&attack) {
            let safe = href.is_none_or(|href| {
                ["https://", "mailto:", "tel:"].iter().any(|scheme| href.starts_with(scheme))
            });
            assert!(safe, "{attack:?}");
        }
    }
}
