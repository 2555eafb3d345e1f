//! Printing a document: for a terminal, and as a page that stands alone.

use std::fmt::Write as _;

use handlebars::Handlebars;

use super::document::{Document, Part, Table};
use crate::{Error, Result};

const TEMPLATE: &str = include_str!("page.html.hbs");

/// Characters of a line of a terminal that a table may take.
const WIDTH: usize = 140;

/// For a terminal.
pub fn text(document: &Document) -> String {
    let mut text = heading(&document.title, '=');
    for (what, how) in &document.lead {
        let _ = writeln!(text, "{what}: {how}");
    }
    text.push_str(&heading(&document.attention_heading, '-'));
    for sentence in &document.attention {
        let _ = writeln!(text, "{} {}", if document.in_order { "-" } else { "!" }, plain(sentence));
    }
    for part in &document.parts {
        print_part(&mut text, part);
    }
    text
}

/// A page without scripts, that needs no other file.
///
/// # Errors
/// The template cannot be filled in: a fault of ours.
pub fn html(document: &Document) -> Result<String> {
    let mut templates = Handlebars::new();
    templates.set_strict_mode(true);
    templates.render_template(TEMPLATE, document).map_err(|error| Error::Internal(error.to_string()))
}

fn heading(title: &str, line: char) -> String {
    let below: String = std::iter::repeat_n(line, title.chars().count()).collect();
    format!("\n{title}\n{below}\n")
}

fn print_part(text: &mut String, part: &Part) {
    text.push_str(&heading(&part.title, '-'));
    let _ = writeln!(text, "{}\n", part.law);
    for sentence in &part.findings {
        let _ = writeln!(text, "! {}", plain(sentence));
    }
    for (what, how) in &part.lines {
        let _ = writeln!(text, "{what}: {}", plain(how));
    }
    for table in &part.tables {
        let _ = writeln!(text, "\n{}: {}", table.caption, table.rows.len());
        if table.rows.is_empty() {
            let _ = writeln!(text, "  {}", table.empty);
        } else {
            print_table(text, table);
        }
    }
}

/// In columns where they fit into a line; else a row is a block of lines.
fn print_table(text: &mut String, table: &Table) {
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect()).collect();
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain(table.columns.get(column).map(|name| name.chars().count())).max().unwrap_or_default()
    };
    let widths: Vec<_> = (0..table.columns.len()).map(widest).collect();
    if widths.iter().map(|width| width + 2).sum::<usize>() <= WIDTH {
        for row in std::iter::once(&table.columns).chain(&rows) {
            let cells = row.iter().zip(&widths).map(|(cell, width)| format!("  {cell:<width$}"));
            let _ = writeln!(text, "{}", cells.collect::<String>().trim_end());
        }
        return;
    }
    for row in &rows {
        for (index, (name, cell)) in table.columns.iter().zip(row).enumerate() {
            let _ = match index {
                0 => writeln!(text, "  {cell}"),
                _ => writeln!(text, "    {name}: {cell}"),
            };
        }
    }
}

/// Words of others in one line, so that none of theirs looks like one of ours.
fn plain(words: &str) -> String {
    words
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compliance::Section;

    fn document(cell: &str) -> Document {
        let row = |first: &str| vec![first.to_owned(), cell.to_owned()];
        let table = Table {
            caption: "List".to_owned(),
            columns: vec!["One".to_owned(), "Two".to_owned()],
            rows: vec![row("a"), row("b")],
            empty: "None.".to_owned(),
        };
        let empty = Table { rows: Vec::new(), ..table.clone() };
        let part = Part {
            section: Section::Log,
            title: "Part".to_owned(),
            law: "Law".to_owned(),
            findings: vec![cell.to_owned()],
            lines: vec![("What".to_owned(), cell.to_owned())],
            tables: vec![table, empty],
        };
        Document {
            language: "en",
            title: "Title".to_owned(),
            lead: vec![("Made".to_owned(), "today".to_owned())],
            attention_heading: "Attention".to_owned(),
            attention: vec![cell.to_owned()],
            in_order: false,
            parts: vec![part],
        }
    }

    #[test]
    fn a_narrow_table_has_columns_and_a_wide_one_blocks() {
        assert!(text(&document("x")).contains("  One  Two\n  a    x\n  b    x\n"));
        let wide = "w".repeat(WIDTH);
        assert!(text(&document(&wide)).contains(&format!("  a\n    Two: {wide}\n  b\n")));
        assert!(text(&document("x")).contains("List: 0\n  None.\n"));
    }

    #[test]
    fn nobodys_words_are_a_line_of_the_report_or_markup_of_the_page() {
        let hostile = "a\n! 0 findings\r\n==== x ====\u{2028}<script>alert(1)</script>";
        let printed = text(&document(hostile));
        assert!(
            !printed.lines().any(|line| line.starts_with("! 0") || line.starts_with("====  ")),
            "{printed}"
        );
        assert!(!printed.contains('\r') && !printed.contains('\u{2028}'));
        let page = html(&document(hostile)).unwrap();
        assert!(!page.contains("<script") && page.contains("&lt;script&gt;"), "{page}");
    }
}
