//! `varsel compliance` on the data of a real server.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{ended, run, varsel};
use crate::kill::server::Server;

fn report(data: &Path, more: &[&str]) -> (i32, String, String) {
    let mut command = varsel(&["compliance", "report", "--data"]);
    ended(&run(command.arg(data).args(more).env("VARSEL_LOG__LEVEL", "error"), ""))
}

fn verify(file: &Path, key: &str) -> (i32, String, String) {
    ended(&run(varsel(&["compliance", "verify"]).arg(file).args(["--key", key]), ""))
}

/// The data of a server that ran and stopped, and its log's public key.
async fn served() -> (tempfile::TempDir, String) {
    let data = tempfile::tempdir().unwrap();
    Server::start(data.path(), None).await.stop_gently().await;
    let (code, key, err) = ended(&run(varsel(&["log", "key", "--data"]).arg(data.path()), ""));
    assert_eq!(code, 0, "{err}");
    (data, key.trim().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_made_signed_verified_and_refused_when_a_byte_is_another() {
    let (data, key) = served().await;
    let (path, page) = (data.path(), data.path().join("report.html"));
    let name = page.to_str().unwrap();
    let (code, out, err) = report(path, &["--format", "html", "--out", name, "--lang", "da"]);
    assert_eq!((code, err.as_str()), (1, ""), "a demo has no TLS: {out}");
    assert!(out.starts_with("Kræver handling:\n  ") && out.contains("uden TLS"), "{out}");
    assert!(fs::read_to_string(&page).unwrap().starts_with("<!DOCTYPE html>\n<html lang=\"da\">"));
    let (code, out, err) = verify(&page, &key);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.starts_with("Nothing was changed: the report is the one that was signed.\n  made"), "{out}");
    // Evidence is not written over.
    let (code, _, err) = report(path, &["--format", "html", "--out", name]);
    assert!(code == 1 && err.contains("report.html is there already"), "{err}");
    let other = ended(&run(&mut varsel(&["log", "new-key", "localhost/use-log"]), "")).1;
    let witness = ended(&run(varsel(&["compliance", "verify"]).arg(&page).args(["--key", other.trim()]), ""));
    assert_eq!(witness.0, 2, "a private key is no public one: {}", witness.2);
    let mut bytes = fs::read(&page).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&page, bytes).unwrap();
    let (code, out, err) = verify(&page, &key);
    assert_eq!((code, err.as_str()), (1, ""), "{out}");
    assert!(out.starts_with("REFUSED: ") && out.contains("was changed after it was signed"), "{out}");
    fs::remove_file(data.path().join("report.html.sig")).unwrap();
    let (code, out, _) = verify(&page, &key);
    assert!(code == 1 && out.contains("there is no signature"), "{out}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_terminal_shows_carries_its_signature_and_the_json_is_as_its_schema_says() {
    let (data, key) = served().await;
    let (code, out, err) = report(data.path(), &[]);
    assert_eq!((code, err.as_str()), (1, ""), "{out}");
    assert!(out.contains("\nNeeds attention\n---------------\n! "), "{out}");
    let shown = data.path().join("shown.txt");
    fs::write(&shown, &out).unwrap();
    let (code, verified, _) = verify(&shown, &key);
    assert_eq!(code, 0, "{verified}");
    fs::write(&shown, out.replacen("Active: ", "Active: 1", 1)).unwrap();
    assert_eq!(verify(&shown, &key).0, 1);
    let (code, out, err) = report(data.path(), &["--format", "json"]);
    assert!(code == 1 && err.starts_with("varsel: it is not signed; write --out FILE"), "{err}");
    let told: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(told["versions"]["program"], env!("CARGO_PKG_VERSION"));
    assert_eq!(told["versions"]["missing_migrations"], serde_json::json!([]));
    let schema: Value =
        serde_json::from_str(include_str!("../../../../../schema/compliance-report.schema.json")).unwrap();
    as_described(&told, &schema, &schema, "report");
    let printed = ended(&run(&mut varsel(&["schema", "compliance-report"]), "")).1;
    assert_eq!(serde_json::from_str::<Value>(&printed).unwrap(), schema, "make generate");
}

/// Every object has the fields that its schema has, and no other, all the way down.
fn as_described(value: &Value, schema: &Value, root: &Value, place: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.strip_prefix("#/$defs/").unwrap();
        return as_described(value, &root["$defs"][name], root, place);
    }
    if let (Some(object), Some(fields)) = (value.as_object(), schema["properties"].as_object()) {
        let mut names: Vec<_> = object.keys().collect();
        let mut expected: Vec<_> = fields.keys().collect();
        names.sort();
        expected.sort();
        assert_eq!(names, expected, "{place}");
        for (name, field) in object {
            as_described(field, &fields[name], root, &format!("{place}.{name}"));
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        as_described(item, &schema["items"], root, &format!("{place}[{index}]"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_or_a_key_that_will_not_do_is_named_with_the_way_out() {
    let (data, _) = served().await;
    let (code, _, err) = report(data.path(), &["--since", "last summer"]);
    assert!(code == 2 && err.contains("--since") && err.contains("2026-06-30"), "{err}");
    let (code, _, err) = report(data.path(), &["--until", "2999-01-01", "--lang", "da"]);
    assert!(code == 1 && err.contains("--until: Perioden kan ikke slutte i fremtiden"), "{err}");
    let (code, out, err) = report(data.path(), &["--since", "2026-01-01", "--until", "2026-06-30"]);
    assert!(code == 1 && out.contains("2026-01-01 00:00 CET – 2026-07-01 00:00 CEST"), "{out} {err}");
    fs::remove_file(data.path().join("use-log.key")).unwrap();
    let (code, out, err) = report(data.path(), &[]);
    assert!(code == 1 && out.is_empty() && err.contains("use-log.key cannot be read"), "{err}");
    assert!(!data.path().join("use-log.key").exists(), "no key is made that nobody knows");
}
