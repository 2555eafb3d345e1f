//! `varsel report`: files a report through the API of a running server.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use reqwest::Url;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use varsel_services::domain::organisation::Language;

use super::api_client::Api;
use super::assess::language;
use super::{Failure, Outcome, facts_file, runtime};

/// Files a report on a running server: as a person of its demo, or with a token. The same file and person again is the same
/// report.
#[derive(Args)]
#[command(after_help = "Examples:
  varsel report --facts incident.yaml --as reporter-energy
  varsel report --facts - --as reporter-bank --server http://127.0.0.1:9000 < incident.json
  varsel report --facts incident.yaml --token-file token.txt --server https://varsel.example.dk

The people are those that `varsel serve --demo` prints; a token is made by the server's operator with
`varsel token create`.")]
pub(super) struct Report {
    /// Facts in JSON or YAML; - reads the standard input
    #[arg(long, value_name = "FILE")]
    facts: PathBuf,
    /// Who files: the handle of a person of the demo
    #[arg(long = "as", value_name = "PERSON", required_unless_present = "token_file")]
    person: Option<String>,
    /// File with an API token, in place of --as: files as the person whose token it is
    #[arg(long, value_name = "FILE", conflicts_with = "person")]
    token_file: Option<PathBuf>,
    /// Address of the server
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    server: Url,
    /// File all the same when a person should look at something first, e.g. what may be a CPR number
    #[arg(long)]
    accept_warnings: bool,
    /// Language of the answer
    #[arg(long, value_name = "da|en", default_value = "en", value_parser = language)]
    lang: Language,
}

const SUBMIT: &str = "mutation Submit($input: SubmitReportInput!) {
  submitReport(input: $input) {
    __typename
    ... on ReportSubmitted {
      repeated
      incident { id number }
      receipt {
        receivedAt
        recipients { unit { name { da en } } part because { text { da en } } }
        next { stageName { da en } regimeName { da en } target due }
      }
    }
    ... on ReportKeyUsed { incident { id number } }
    ... on ReportIncomplete { missing { fact { id label { da en } } } }
    ... on ReportRefused { problems { fact message { da en } suggestion } }
    ... on ReportNeedsConfirmation { warnings { fact message { da en } } }
  }
}";

/// What the server answers, by the names of the schema.
#[derive(Deserialize)]
#[serde(tag = "__typename")]
enum Answer {
    #[serde(rename = "ReportSubmitted")]
    Submitted(Box<Submitted>),
    #[serde(rename = "ReportKeyUsed")]
    KeyUsed { incident: Incident },
    #[serde(rename = "ReportIncomplete")]
    Incomplete { missing: Vec<Missing> },
    #[serde(rename = "ReportRefused")]
    Refused { problems: Vec<Remark> },
    #[serde(rename = "ReportNeedsConfirmation")]
    NeedsConfirmation { warnings: Vec<Remark> },
}

#[derive(Deserialize)]
struct Submitted {
    repeated: bool,
    incident: Incident,
    receipt: Receipt,
}

#[derive(Deserialize)]
struct Incident {
    id: String,
    number: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Receipt {
    received_at: String,
    recipients: Vec<Recipient>,
    next: Option<Next>,
}

#[derive(Deserialize)]
struct Recipient {
    unit: Named,
    part: String,
    because: Because,
}

#[derive(Deserialize)]
struct Named {
    name: varsel_rules::Text,
}

#[derive(Deserialize)]
struct Because {
    text: varsel_rules::Text,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Next {
    stage_name: varsel_rules::Text,
    regime_name: varsel_rules::Text,
    target: Option<String>,
    due: Option<String>,
}

#[derive(Deserialize)]
struct Missing {
    fact: Asked,
}

#[derive(Deserialize)]
struct Asked {
    id: String,
    label: varsel_rules::Text,
}

#[derive(Deserialize)]
struct Remark {
    fact: String,
    message: varsel_rules::Text,
    suggestion: Option<String>,
}

impl Report {
    pub(super) fn run(self, out: &mut dyn Write) -> Outcome {
        let facts = facts_file::read(&self.facts)?.facts;
        let (answer, key) = runtime()?.block_on(self.submit(&facts))?;
        self.print(out, &answer, &key)
    }

    async fn submit(&self, facts: &Value) -> anyhow::Result<(Answer, String)> {
        let (api, person) = match (&self.token_file, &self.person) {
            (Some(file), _) => {
                let api = Api::with_token(&self.server, file)?;
                // By the person, not the token: a new token must not make a new report of the same facts.
                let me = api.execute("{ me { id } }", &json!({})).await?;
                let id = me.pointer("/me/id").and_then(Value::as_str).context("the token is nobody's")?;
                (api, id.to_owned())
            }
            (None, person) => {
                let person = person.clone().unwrap_or_default();
                (Api::as_demo_person(&self.server, &person).await?, person)
            }
        };
        let key = idempotency_key(facts, &person);
        let input = json!({ "idempotencyKey": key, "facts": facts, "warningsSeen": self.accept_warnings });
        let mut data = api.execute(SUBMIT, &json!({ "input": input })).await?;
        let answer = data.get_mut("submitReport").map(Value::take).unwrap_or_default();
        Ok((serde_json::from_value(answer).context("the answer is of another version of Varsel")?, key))
    }

    fn say<'t>(&self, da: &'t str, en: &'t str) -> &'t str {
        if self.lang == Language::Da { da } else { en }
    }

    fn print(&self, out: &mut dyn Write, answer: &Answer, key: &str) -> Outcome {
        match answer {
            Answer::Submitted(submitted) => {
                self.submitted(out, submitted)?;
                writeln!(out, "{} {key}", self.say("Nøgle:", "Idempotency key:"))?;
                return Ok(());
            }
            Answer::KeyUsed { incident } => {
                let number = &incident.number;
                let told = match self.lang {
                    Language::Da => format!("Ikke indberettet. Samme nøgle blev brugt til {number}: {key}"),
                    Language::En => format!("Not filed. The same key was used for {number}: {key}"),
                };
                writeln!(out, "{told}")?;
            }
            Answer::Incomplete { missing } => {
                writeln!(
                    out,
                    "{}",
                    self.say("Ikke indberettet. Der mangler svar på:", "Not filed. These lack an answer:")
                )?;
                for question in missing {
                    let asked = &question.fact;
                    writeln!(out, "  {}: {}", asked.id, self.lang.of(&asked.label))?;
                }
                writeln!(
                    out,
                    "{}",
                    self.say("Skriv værdien eller \"unknown\".", "Write the value, or \"unknown\".")
                )?;
            }
            Answer::Refused { problems } => {
                writeln!(
                    out,
                    "{}",
                    self.say("Ikke indberettet. Kan ikke bruges:", "Not filed. These cannot be taken:")
                )?;
                self.remarks(out, problems)?;
            }
            Answer::NeedsConfirmation { warnings } => {
                writeln!(
                    out,
                    "{}",
                    self.say("Ikke indberettet. Se først på:", "Not filed. Look at these first:")
                )?;
                self.remarks(out, warnings)?;
                let way_out = self.say(
                    "Er det, som det skal være, så brug --accept-warnings.",
                    "If they are as they should be, use --accept-warnings.",
                );
                writeln!(out, "{way_out}")?;
            }
        }
        Err(Failure::Refused)
    }

    fn submitted(&self, out: &mut dyn Write, submitted: &Submitted) -> std::io::Result<()> {
        let Submitted { repeated, incident, receipt } = submitted;
        let again =
            if *repeated { self.say(" (var indberettet før)", " (had been filed before)") } else { "" };
        writeln!(out, "{} {}{again}", self.say("Indberettet:", "Filed:"), incident.number)?;
        writeln!(out, "{} {}", self.say("Modtaget:", "Received:"), receipt.received_at)?;
        writeln!(out, "{}", self.say("Modtagere:", "Recipients:"))?;
        for recipient in &receipt.recipients {
            let (unit, why) = (self.lang.of(&recipient.unit.name), self.lang.of(&recipient.because.text));
            writeln!(out, "  {unit} ({}): {why}", recipient.part.to_lowercase())?;
        }
        if let Some(next) = &receipt.next {
            let (stage, regime) = (self.lang.of(&next.stage_name), self.lang.of(&next.regime_name));
            let by = next.target.as_deref().or(next.due.as_deref()).unwrap_or("-");
            writeln!(out, "{} {stage}, {regime}: {by}", self.say("Næste frist:", "Next due:"))?;
        }
        writeln!(out, "{} {}", self.say("Hændelse:", "Incident:"), incident.id)
    }

    fn remarks(&self, out: &mut dyn Write, remarks: &[Remark]) -> std::io::Result<()> {
        for remark in remarks {
            writeln!(out, "  {}: {}", remark.fact, self.lang.of(&remark.message))?;
            if let Some(near) = &remark.suggestion {
                writeln!(out, "    {} {near}", self.say("mente du", "did you mean"))?;
            }
        }
        Ok(())
    }
}

/// The same facts by the same person have the same key, so a repeat is harmless.
fn idempotency_key(facts: &Value, person: &str) -> String {
    let digest = Sha256::new().chain_update(facts.to_string()).chain_update("\0").chain_update(person);
    let first = digest.finalize().first_chunk().copied().unwrap_or_default();
    format!("cli-{:032x}", u128::from_be_bytes(first))
}
