//! Markdown of playbooks, made into HTML that cannot run anything and into plain text.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

/// Lets through text, lists, emphasis and links; no images, so that reading advice calls nobody.
static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| cleaner(&[]));

/// The same, and the headings and tables of a page.
static PAGE_CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| cleaner(&PAGE_TAGS));

const TAGS: [&str; 13] =
    ["p", "br", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "a", "h3", "h4"];

const PAGE_TAGS: [&str; 7] = ["h2", "table", "thead", "tbody", "tr", "th", "td"];

fn cleaner(more_tags: &[&'static str]) -> ammonia::Builder<'static> {
    let mut cleaner = ammonia::Builder::empty();
    cleaner
        .tags(TAGS.iter().chain(more_tags).copied().collect())
        // Else it lets `title` and `lang` through.
        .generic_attributes(HashSet::new())
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))]))
        .url_schemes(HashSet::from(["https", "mailto", "tel"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer"));
    cleaner
}

/// Sanitised HTML of a whole page, without its title: whoever shows it has one.
pub(crate) fn to_page(markdown: &str) -> String {
    let below_title = markdown.strip_prefix("# ").and_then(|rest| rest.split_once('\n'));
    let below_title = below_title.map_or(markdown, |(_, rest)| rest);
    let mut raw = String::with_capacity(below_title.len() * 2);
    html::push_html(&mut raw, Parser::new_ext(below_title, Options::ENABLE_TABLES));
    PAGE_CLEANER.clean(&raw).to_string()
}

/// Sanitised HTML.
pub(crate) fn to_html(markdown: &str) -> String {
    let mut raw = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut raw, Parser::new(markdown));
    CLEANER.clean(&raw).to_string()
}

/// The words alone: paragraphs and list items each on a line.
pub(crate) fn to_text(markdown: &str) -> String {
    to_spans(markdown).into_iter().map(|(text, _)| text).collect()
}

/// The words in pieces, those of a link with where it leads: by telephone, mail or `https` only.
pub(crate) fn to_spans(markdown: &str) -> Vec<(String, Option<String>)> {
    let (mut spans, mut href) = (Vec::<(String, Option<String>)>::new(), None);
    for event in Parser::new(markdown) {
        let piece = match &event {
            Event::Text(words) | Event::Code(words) => words.as_ref(),
            Event::SoftBreak => " ",
            Event::HardBreak
            | Event::Start(Tag::Item)
            | Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock)
                if spans.last().is_some_and(|(text, _)| !text.ends_with('\n')) =>
            {
                "\n"
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let safe = ["tel:", "mailto:", "https://"].iter().any(|scheme| dest_url.starts_with(scheme));
                href = safe.then(|| dest_url.to_string());
                continue;
            }
            Event::End(TagEnd::Link) => {
                href = None;
                continue;
            }
            _ => continue,
        };
        match spans.last_mut() {
            Some((text, of)) if *of == href => text.push_str(piece),
            _ => spans.push((piece.to_owned(), href.clone())),
        }
    }
    if let Some((text, _)) = spans.last_mut() {
        text.truncate(text.trim_end().len());
    }
    spans.retain(|(text, _)| !text.is_empty());
    spans
}

#[cfg(test)]
mod attacks;
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_lists_and_links_are_kept() {
        let html = to_html("Call **now**: [centre](https://example.dk)\n\n- one\n- two");
        assert_eq!(
            html,
            "<p>Call <strong>now</strong>: <a href=\"https://example.dk\" rel=\"noopener noreferrer\">centre</a></p>\n\
             <ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
        );
    }

    #[test]
    fn a_page_keeps_headings_and_tables_and_loses_its_title() {
        let html = to_page("# Title\n\n## Part\n\n| a | b |\n|---|---|\n| 1 | <script>x</script> |\n");
        assert!(html.starts_with("\n<h2>Part</h2>") || html.starts_with("<h2>Part</h2>"), "{html}");
        assert!(html.contains("<td>1</td>") && !html.contains("script") && !html.contains("Title"), "{html}");
    }

    #[test]
    fn nothing_that_runs_or_loads_gets_through() {
        for attack in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "![x](https://evil.example/pixel.png)",
            "[x](javascript:alert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "[x](//evil.example)",
            "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
            "<p style='background:url(https://evil.example)' onclick=alert(1)>x</p>",
            "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
            "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
            "<form action=https://evil.example><input></form>",
        ] {
            let html = to_html(attack).to_lowercase();
            for bad in [
                "<script",
                "<img",
                "<svg",
                "<style",
                "<iframe",
                "<form",
                "javascript:",
                "data:",
                "evil",
                "onerror=",
                "onclick=",
            ] {
                assert!(
                    !html.contains(bad) || (bad == "onerror=" && html.contains("&lt;")),
                    "{attack}: {html}"
                );
            }
        }
    }

    #[test]
    fn plain_text_keeps_the_words_and_the_lines() {
        assert_eq!(
            to_text("Do **this**\nfirst.\n\n1. one\n2. [two](https://x.dk)"),
            "Do this first.\none\ntwo"
        );
    }

    #[test]
    fn pieces_keep_the_links_that_are_safe() {
        let words = |text: &str| (text.to_owned(), None);
        let link = |text: &str, href: &str| (text.to_owned(), Some(href.to_owned()));
        assert_eq!(
            to_spans(
                "Call [\\+45 114](<tel:+45114>), [mail](<mailto:a@b.dk>) or [x](javascript:alert(1)).\n\n- [read](<https://b.dk>)"
            ),
            [
                words("Call "),
                link("+45 114", "tel:+45114"),
                words(", "),
                link("mail", "mailto:a@b.dk"),
                words(" or x.\n"),
                link("read", "https://b.dk"),
            ]
        );
    }
}
