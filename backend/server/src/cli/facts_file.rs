//! Files of facts: JSON or YAML, flat or with the filings so far.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail};
use serde_json::{Map, Value};
use varsel_rules::{Filing, read_json};

/// As large as a file of facts may be: many times the longest report.
const MOST_BYTES: usize = 1 << 20;
/// Sequences, mappings and scalars of one in YAML.
const MOST_NODES: usize = 20_000;

/// What a file of facts holds.
pub(super) struct FactsFile {
    pub(super) facts: Value,
    pub(super) filings: Vec<Filing>,
}

/// Reads `path`, or the standard input where it is `-`.
pub(super) fn read(path: &Path) -> anyhow::Result<FactsFile> {
    let text = if path == Path::new("-") {
        text(std::io::stdin()).context("the standard input cannot be read as UTF-8")?
    } else {
        let unreadable = || format!("{} cannot be read", path.display());
        text(File::open(path).with_context(unreadable)?).with_context(unreadable)?
    };
    if text.len() > MOST_BYTES {
        bail!("{}: more than {MOST_BYTES} bytes; a report is never that long", path.display());
    }
    parse(&text).with_context(|| path.display().to_string())
}

/// At most a little more than a file may have, so that no source is read without end.
fn text(from: impl Read) -> std::io::Result<String> {
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX).saturating_add(4);
    let mut bytes = Vec::new();
    from.take(most).read_to_end(&mut bytes)?;
    if bytes.len() > MOST_BYTES {
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    String::from_utf8(bytes).map_err(|error| std::io::Error::new(std::io::ErrorKind::InvalidData, error))
}

/// `{facts: {...}, filings: [...]}` or the facts alone. No fact is called `facts`, so the two cannot be mixed up.
fn parse(text: &str) -> anyhow::Result<FactsFile> {
    let value: Value = if text.trim_start().starts_with(['{', '[']) {
        read_json(text.as_bytes()).context("malformed JSON")?
    } else {
        let options = serde_saphyr::options! {
            budget: serde_saphyr::budget! { max_nodes: MOST_NODES, max_depth: 16, max_aliases: 0, max_documents: 1 },
        };
        serde_saphyr::from_str_with_options(text, options).context("malformed YAML")?
    };
    match value {
        Value::Object(mut fields) if fields.contains_key("facts") => {
            let facts = fields.remove("facts").unwrap_or_default();
            let filings = fields.remove("filings").unwrap_or_else(|| Value::Array(Vec::new()));
            let filings = serde_json::from_value(filings).context(
                "filings must be a list of {regime, stage, at}, with times like 2026-03-07T15:20:00+01:00",
            )?;
            Ok(FactsFile { facts, filings })
        }
        Value::Object(facts) => Ok(FactsFile { facts: Value::Object(facts), filings: Vec::new() }),
        Value::Null => Ok(FactsFile { facts: Value::Object(Map::new()), filings: Vec::new() }),
        _ => bail!("must hold one object of facts, e.g. {{\"impact.users_affected\": 1200}}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_and_yaml_flat_or_with_filings_read_the_same() {
        let facts = json!({"impact.users_affected": 1200, "incident.aware_at": "2026-03-07T15:20:00+01:00"});
        for text in [
            r#"{"impact.users_affected": 1200, "incident.aware_at": "2026-03-07T15:20:00+01:00"}"#,
            "impact.users_affected: 1200\nincident.aware_at: 2026-03-07T15:20:00+01:00\n",
            "facts:\n  impact.users_affected: 1200\n  incident.aware_at: \"2026-03-07T15:20:00+01:00\"\n",
        ] {
            assert_eq!(parse(text).unwrap().facts, facts, "{text}");
        }
        let filed =
            parse("facts: {}\nfilings:\n- {regime: r, stage: s, at: \"2026-03-07T15:20:00Z\"}").unwrap();
        assert_eq!(filed.filings.len(), 1);
    }

    #[test]
    fn malformed_files_say_where() {
        let error = |text| format!("{:#}", parse(text).err().unwrap());
        assert!(error("{\"a\": }").contains("line 1 column 7"), "{}", error("{\"a\": }"));
        assert!(error("[1]").contains("one object"));
        for twice in ["{\"a\": 1, \"a\": 2}", "a: 1\na: 2\n", "facts:\n  a: 1\n  a: 1\n"] {
            assert!(error(twice).contains('a') && error(twice).contains("line "), "{}", error(twice));
        }
        assert!(error("{\"a\": 1, \"a\": 2}").contains("`a` stands there twice"));
        assert!(error("facts: {}\nfilings: 3").contains("filings must be a list"));
        let bomb = "a: &a [x, x]\nb: &b [*a, *a]\n";
        assert!(error(bomb).starts_with("malformed YAML"), "{}", error(bomb));
        assert!(error(&format!("a: {}", "[".repeat(10_000))).starts_with("malformed YAML"));
    }

    #[test]
    fn no_file_is_read_without_end() {
        let error = read(Path::new("/dev/zero")).err().unwrap().to_string();
        assert!(error.contains("/dev/zero: more than 1048576 bytes"), "{error}");
    }
}
