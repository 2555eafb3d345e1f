//! Files of facts: JSON or YAML, flat or with the filings so far.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail};
use serde_json::{Map, Value};
use varsel_rules::Filing;

/// What a file of facts holds.
pub(super) struct FactsFile {
    pub(super) facts: Value,
    pub(super) filings: Vec<Filing>,
}

/// Reads `path`, or the standard input where it is `-`.
pub(super) fn read(path: &Path) -> anyhow::Result<FactsFile> {
    let text = if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("the standard input cannot be read as UTF-8")?;
        text
    } else {
        std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?
    };
    parse(&text).with_context(|| path.display().to_string())
}

/// `{facts: {...}, filings: [...]}` or the facts alone. No fact is called `facts`, so the two cannot be mixed up.
fn parse(text: &str) -> anyhow::Result<FactsFile> {
    let value: Value = if text.trim_start().starts_with(['{', '[']) {
        serde_json::from_str(text).context("malformed JSON")?
    } else {
        serde_saphyr::from_str(text).context("malformed YAML")?
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
        assert!(error("facts: {}\nfilings: 3").contains("filings must be a list"));
    }
}
