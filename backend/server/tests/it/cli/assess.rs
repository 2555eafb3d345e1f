//! `varsel assess`, `schema`, `pack check`, `config`: what works without a server.

use std::process::Stdio;

use serde_json::Value;

use super::{ended, run, varsel};

const NOW: &str = "2026-03-06T16:00:00+01:00";

const FACTS: &str = r#"
facts:
  org.nis2_class: essential
  org.public_body: none
  service.sectors: [energy.electricity]
  incident.kind: ransomware
  incident.aware_at: "2026-03-06T15:20:00+01:00"
  incident.cyber: true
  impact.serious_disruption: true
"#;

#[test]
fn the_json_keeps_its_contract() {
    let output = run(&mut varsel(&["assess", "--facts", "-", "--now", NOW, "--json"]), FACTS);
    let (code, out, err) = ended(&output);
    assert_eq!((code, err.as_str()), (0, ""));
    let answer: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(answer["pack"]["id"], "dk");
    let nis2 = answer["regimes"].as_array().unwrap().iter().find(|regime| regime["id"] == "nis2_dk").unwrap();
    assert!(["yes", "no", "cannot_tell"].contains(&nis2["applies"].as_str().unwrap()));
    assert!(nis2["because"][0]["text"]["da"].is_string() && nis2["because"][0]["cite"].is_string());
    assert!(nis2["need_to_know"].is_array());
    let duties = answer["obligations"].as_array().unwrap();
    let warning =
        duties.iter().find(|duty| duty["stage"] == "first_notice" && duty["status"] == "open").unwrap();
    assert_eq!(warning["target"], "2026-03-07T15:20:00+01:00");
    assert_eq!(warning["due"], "2026-03-07T16:00:00+01:00");
    assert!(
        warning["recipients"].is_array()
            && warning["provisional"].is_boolean()
            && warning["cite"].is_string()
    );
    let later = duties.iter().find(|duty| duty["status"] == "not_yet_open").unwrap();
    assert!(later["target"].is_null() && later["due"].is_null());
    let lead = answer["routes"].as_array().unwrap().iter().find(|route| route["part"] == "lead").unwrap();
    assert_eq!((&lead["unit"], &lead["role"]), (&"sektorcert".into(), &"sector_unit".into()));
    assert!(answer["severity"]["level"].is_u64() && answer["severity"]["because"].is_array());
    let question = &answer["questions"][0];
    assert!(
        question["fact"].is_string() && question["for"].is_array() && question["need"].is_string(),
        "{question}"
    );
    assert!(
        answer["guidance"].as_array().unwrap().iter().any(|playbook| playbook["playbook"] == "ransomware")
    );
}

#[test]
fn the_same_facts_give_the_same_bytes_and_json_reads_like_yaml() {
    let yaml = run(&mut varsel(&["assess", "--facts", "-", "--now", NOW, "--json"]), FACTS);
    let facts: Value = serde_saphyr::from_str(FACTS).unwrap();
    let json =
        run(&mut varsel(&["assess", "--facts", "-", "--now", NOW, "--json"]), &facts["facts"].to_string());
    assert_eq!(yaml.stdout, json.stdout);
}

#[test]
fn people_read_it_in_their_language() {
    let english = ended(&run(&mut varsel(&["assess", "--facts", "-", "--now", NOW]), FACTS)).1;
    for expected in [
        "LAWS",
        "DUTIES",
        "by 2026-03-07 15:20 +01:00 (the period ends 2026-03-07 16:00 +01:00)",
        "SektorCERT",
    ] {
        assert!(english.contains(expected), "{expected}: {english}");
    }
    let danish = ended(&run(&mut varsel(&["assess", "--facts", "-", "--now", NOW, "--lang", "da"]), FACTS)).1;
    for expected in ["LOVE", "PLIGTER", "senest 2026-03-07 15:20 +01:00", "FØR DET KAN INDBERETTES"] {
        assert!(danish.contains(expected), "{expected}: {danish}");
    }
}

#[test]
fn wrong_facts_are_named_with_what_was_probably_meant() {
    let wrong =
        r#"{"impact.user_affected": 1, "incident.kind": 7, "incident.aware_at": "2027-01-01T00:00:00Z"}"#;
    let (code, out, err) = ended(&run(&mut varsel(&["assess", "--facts", "-", "--now", NOW]), wrong));
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(
        err.contains("impact.user_affected: ") && err.contains("did you mean impact.users_affected"),
        "{err}"
    );
    assert!(err.contains("incident.kind: "), "{err}");
    let future = r#"{"incident.aware_at": "2027-01-01T00:00:00Z"}"#;
    let (code, out, err) =
        ended(&run(&mut varsel(&["assess", "--facts", "-", "--now", NOW, "--json"]), future));
    assert_eq!(code, 1, "{err}");
    let answer: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(answer["problems"][0]["code"], "in_future");
}

#[test]
fn unreadable_files_and_wrong_usage_have_their_exit_codes() {
    let (code, _, err) = ended(&run(&mut varsel(&["assess", "--facts", "-"]), "{\"a\": "));
    assert!(code == 1 && err.contains("malformed JSON") && err.contains("line 1"), "{code} {err}");
    let (code, _, err) = ended(&run(&mut varsel(&["assess", "--facts", "/not/there.yaml"]), ""));
    assert!(code == 1 && err.contains("/not/there.yaml cannot be read"), "{code} {err}");
    assert_eq!(ended(&run(&mut varsel(&["assess"]), "")).0, 2);
    assert_eq!(ended(&run(&mut varsel(&["asses"]), "")).0, 2);
    assert_eq!(ended(&run(&mut varsel(&["assess", "--facts", "-", "--now", "noon"]), "")).0, 2);
}

#[test]
fn help_teaches_with_examples() {
    for arguments in [
        &["--help"][..],
        &["assess", "--help"],
        &["report", "--help"],
        &["serve", "--help"],
        &["pack", "check", "--help"],
    ] {
        let (code, out, _) = ended(&run(&mut varsel(arguments), ""));
        assert!(code == 0 && out.contains("Examples:\n  varsel "), "{arguments:?}: {out}");
    }
}

#[test]
fn the_pack_that_is_built_in_has_no_mistakes_and_another_one_has() {
    let (code, out, err) = ended(&run(&mut varsel(&["pack", "check"]), ""));
    assert!(code == 0 && out.starts_with("Pack dk "), "{out} {err}");
    let empty = tempfile::tempdir().unwrap();
    let (code, _, err) = ended(&run(&mut varsel(&["pack", "check", empty.path().to_str().unwrap()]), ""));
    assert!(code == 1 && err.contains("pack.yaml"), "{err}");
}

#[test]
fn the_contracts_are_printed() {
    for (name, expected) in
        [("graphql", "type Query {"), ("facts", "\"$schema\""), ("config", "\"public_url\"")]
    {
        let (code, out, _) = ended(&run(&mut varsel(&["schema", name]), ""));
        assert!(code == 0 && out.contains(expected), "{name}: {out}");
    }
}

#[test]
fn all_wrong_settings_are_listed_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("varsel.toml");
    std::fs::write(&file, "[http]\nprot = 1\naddress = \"nowhere\"\n[log]\nformat = \"xml\"\n").unwrap();
    let file = file.to_str().unwrap();
    let (code, _, err) =
        ended(&run(varsel(&["config", "check", "--config", file]).env("VARSEL_HTTP__PORT", "many"), ""));
    assert_eq!(code, 1);
    for expected in [
        "http.prot (",
        "did you mean port?",
        "http.address (",
        "log.format (",
        "must be text or json",
        "http.port (VARSEL_HTTP__PORT): must be a whole number from 0 to 65535",
        "identity.providers: names none",
        "mail.smtp.url: is not set",
    ] {
        assert!(err.contains(expected), "{expected}: {err}");
    }
    let (code, out, err) = ended(&run(&mut varsel(&["config", "check", "--demo"]), ""));
    assert!(code == 0 && out.contains("127.0.0.1:8080"), "{out} {err}");
    assert!(!out.contains("Warning"), "{out}");
    std::fs::write(file, "[identity.providers.lax]\nissuer = \"https://id.example\"\nacr = []\n").unwrap();
    let (code, out, err) = ended(&run(&mut varsel(&["config", "check", "--demo", "--config", file]), ""));
    assert!(code == 0 && out.contains("Warning: identity.providers.lax.acr: is empty"), "{out} {err}");
    let (_, default, _) = ended(&run(&mut varsel(&["config", "default"]), ""));
    assert!(default.contains("[identity.defaults.claims]"));
}

#[test]
fn a_reader_that_has_read_enough_is_no_failure() {
    // The schema is longer than a pipe holds, so the program is still writing when the reader goes.
    let mut child =
        varsel(&["schema", "facts"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let (code, _, err) = ended(&child.wait_with_output().unwrap());
    assert_eq!((code, err.as_str()), (0, ""));
}
