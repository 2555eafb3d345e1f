//! The report for the supervising authority over HTTP: who gets it, what is written down, and that it is the very report of the
//! command line.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chrono::TimeDelta;
use reqwest::Response;
use serde_json::{Value, json};
use varsel_services::compliance::{Wanted, attach, detach, document, html, report, sign, text, verify};
use varsel_services::domain::organisation::Language;
use varsel_services::log;

use crate::cli::{ended, run, varsel};
use crate::harness::{App, in_each_app, in_each_patient_app, installation};

const FORMS: [&str; 3] = ["html", "json", "txt"];

fn header(answer: &Response, name: &str) -> String {
    answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

/// What somebody gets: the file, and the signature beside it.
async fn fetched(answer: Response) -> (Vec<u8>, String) {
    let note = BASE64.decode(header(&answer, "varsel-signature")).unwrap();
    (answer.bytes().await.unwrap().to_vec(), String::from_utf8(note).unwrap())
}

/// What the command line writes at this moment, by the services' own hand: the file and its signature.
async fn at_the_command_line(app: &App, form: &'static str, language: Language) -> (String, String) {
    let services = &app.house.services;
    let wanted = Wanted { since: None, until: None, form };
    let told = report(services, &installation(), wanted).await.unwrap();
    let printed = match form {
        "html" => html(&document(&told, language)).unwrap(),
        "json" => serde_json::to_string_pretty(&told).unwrap() + "\n",
        _ => text(&document(&told, language)),
    };
    let note = sign(services.log.signer(), &told, printed.as_bytes());
    (printed, note)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_is_byte_for_byte_that_of_the_command_line_and_its_signature_holds() {
    in_each_app(async |app| {
        app.house.file("reporter-energy", "one-report").await;
        app.house.advance(TimeDelta::hours(1));
        log::seal_waiting(&app.house.services).await.unwrap();
        let key = app.house.services.log.signer().verifier().clone();
        for (word, form) in [("html", "html"), ("json", "json"), ("text", "txt")] {
            for (code, language) in [("da", Language::Da), ("en", Language::En)] {
                // That it looks is itself a use of a right, which the next report tells of; so first without looking.
                let client = app.person("security-officer").await;
                let (printed, note) = at_the_command_line(app, word, language).await;
                let answer = client.get(&format!("/compliance-report.{form}?language={code}")).send().await;
                let answer = answer.unwrap();
                assert_eq!(answer.status(), 200);
                assert_eq!(header(&answer, "cache-control"), "no-store");
                let name = format!("attachment; filename=\"varsel-report-2026-11-25.{form}\"");
                assert_eq!(header(&answer, "content-disposition"), name);
                let (file, signature) = fetched(answer).await;
                assert_eq!(signature, note, "{form} {code}");
                let whole = if form == "txt" { attach(&printed, &note) } else { printed };
                assert_eq!(String::from_utf8(file.clone()).unwrap(), whole, "{form} {code}");
                let signed = if form == "txt" { detach(&file).unwrap().0 } else { &file };
                verify(signed, &signature, &key).unwrap();
                verify(&[signed, b"x"].concat(), &signature, &key).unwrap_err();
            }
        }
    })
    .await;
}

/// The real program, which knows nothing of the server, accepts what a browser saved; and nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn varsel_compliance_verify_accepts_what_was_downloaded() {
    in_each_app(async |app| {
        let key = app.house.services.log.signer().verifier().to_string();
        let folder = tempfile::tempdir().unwrap();
        let client = app.person("administrator").await;
        for form in FORMS {
            let answer = client.get(&format!("/compliance-report.{form}")).send().await.unwrap();
            let (file, note) = fetched(answer).await;
            let path = folder.path().join(format!("report.{form}"));
            fs::write(&path, &file).unwrap();
            if form != "txt" {
                fs::write(folder.path().join(format!("report.{form}.sig")), &note).unwrap();
            }
            let verified =
                || ended(&run(varsel(&["compliance", "verify"]).arg(&path).args(["--key", &key]), ""));
            let (code, out, err) = verified();
            assert!(code == 0 && out.starts_with("Nothing was changed"), "{form}: {out}{err}");
            let mut forged = file;
            forged[100] ^= 1;
            fs::write(&path, forged).unwrap();
            let (code, out, _) = verified();
            assert!(code == 1 && out.starts_with("REFUSED"), "{form}: {out}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_those_who_answer_for_it_get_it_and_that_they_did_is_a_use_in_words() {
    in_each_patient_app(async |app| {
        let officer = app.person("security-officer").await;
        let rejected = async || officer.data("{ attemptPatterns { total } }", json!({})).await["attemptPatterns"]["total"].clone();
        let before = rejected().await.as_f64().unwrap();
        for form in FORMS {
            let path = format!("/compliance-report.{form}");
            assert_eq!(app.nobody().get(&path).send().await.unwrap().status(), 401);
            for handle in ["reporter-energy", "officer-sektorcert", "duty-officer", "coordinator"] {
                let answer = app.person(handle).await.get(&path).send().await.unwrap();
                assert_eq!(answer.status(), 404, "{form} as {handle}");
                assert!(!answer.text().await.unwrap().contains("authorisations"));
            }
            let foreign = app.person("administrator").await.get(&path).header("sec-fetch-site", "cross-site");
            assert_eq!(foreign.send().await.unwrap().status(), 403);
        }
        let registered = rejected().await.as_f64().unwrap() - before;
        assert!((17.5..18.5).contains(&registered), "three forms, each refused to six: {registered}");
        let query = "query($inquiry: UseInquiry!) { uses(inquiry: $inquiry, first: 100) { nodes { sentence { da en } } } }";
        let inquiry = json!({ "inquiry": { "case": "2026-17", "kind": "COMPLIANCE_REPORTED" } });
        let before = officer.data(query, inquiry.clone()).await;
        assert_eq!(before["uses"]["nodes"], json!([]), "what was refused made no report");
        let path = "/compliance-report.json?since=2026-07-01T00:00:00Z&until=2026-10-01T00:00:00Z";
        let answer = app.person("administrator").await.get(path).send().await.unwrap();
        let told: Value = answer.json().await.unwrap();
        assert_eq!(told["period"]["from"], "2026-07-01T00:00:00Z");
        let nodes = officer.data(query, inquiry).await["uses"]["nodes"].clone();
        let [node] = nodes.as_array().unwrap().as_slice() else { panic!("{nodes:#}") };
        let said = node["sentence"]["en"].as_str().unwrap();
        assert!(said.contains("(administrator) made the report for the supervising authority"), "{said}");
        assert!(said.contains("form “json”") && said.contains("2026-10-01"), "{said}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_that_cannot_be_names_its_field_in_both_languages() {
    in_each_app(async |app| {
        let client = app.person("administrator").await;
        for (query, field) in [
            ("until=2999-01-01T00:00:00Z", "until"),
            ("since=2026-10-01T00:00:00Z&until=2026-09-01T00:00:00Z", "since"),
        ] {
            let answer = client.get(&format!("/compliance-report.html?{query}")).send().await.unwrap();
            assert_eq!(answer.status(), 400);
            let told: Value = answer.json().await.unwrap();
            assert_eq!((&told["code"], &told["field"]), (&json!("INVALID"), &json!(field)));
            let words = told["text"].as_object().unwrap();
            assert!(words["da"].as_str().unwrap().starts_with("Perioden"), "{words:?}");
            assert!(words["en"].as_str().unwrap().starts_with("The period"), "{words:?}");
        }
    })
    .await;
}
