//! `varsel pack publish`: sends a version to a running server, and proposes to put it into force.

use std::io::Write;
use std::path::PathBuf;

use chrono::{DateTime, FixedOffset};
use clap::Args;
use reqwest::{StatusCode, Url};
use serde_json::{Value, json};
use varsel_rules::{Pack, PackFiles};

use super::api_client::Api;
use super::{Failure, Outcome, refused, runtime};

/// Sends a version to a running server and proposes to publish it; somebody else has to approve it there.
#[derive(Args)]
#[command(after_help = "Examples:
  varsel pack publish law --as administrator --in-force-from 2027-01-01T00:00:00+01:00 --reason \"NIS 2 Act amended\"
  varsel pack publish law --as administrator --in-force-from 2027-01-01T00:00:00+01:00 --reason \"...\" --reassess-running

The version is checked here first, as by `varsel pack check`. The same files again are the same version.")]
pub(super) struct Publish {
    /// Directory of the version
    directory: PathBuf,
    /// Who proposes: the handle of a person of the demo
    #[arg(long = "as", value_name = "PERSON", required_unless_present = "token_file")]
    person: Option<String>,
    /// File with an API token, in place of --as: proposes as the person whose token it is
    #[arg(long, value_name = "FILE", conflicts_with = "person")]
    token_file: Option<PathBuf>,
    /// From when it is in force, RFC 3339; at least five minutes from now
    #[arg(long, value_name = "TIME")]
    in_force_from: DateTime<FixedOffset>,
    /// Why; 10 to 2000 characters
    #[arg(long)]
    reason: String,
    /// Assess running incidents anew when it comes into force; otherwise each keeps its version
    #[arg(long)]
    reassess_running: bool,
    /// Address of the server
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    server: Url,
}

const PROPOSE: &str = "mutation Propose($input: ProposePackVersionInput!) {
  proposePackVersion(input: $input) {
    ... on ChangeProposed { change { id payload payloadSha256 expiresAt } }
    ... on ChangeRefused { code message { en } }
  }
}";

impl Publish {
    pub(super) fn run(self, out: &mut dyn Write) -> Outcome {
        let files = PackFiles::read(&self.directory).map_err(|errors| refused(&errors))?;
        let pack = Pack::from_files(&files).map_err(|errors| refused(&errors))?;
        runtime()?.block_on(self.publish(out, &files, pack.version()))
    }

    async fn publish(&self, out: &mut dyn Write, files: &PackFiles, version: &str) -> Outcome {
        let api = Api::of(&self.server, self.person.as_deref(), self.token_file.as_deref()).await?;
        let (status, body) = api.post("/packs", &json!({ "files": files })).await?;
        match status {
            StatusCode::OK => writeln!(out, "Received: {version}, SHA-256 {}", words(&body, "/sha256"))?,
            StatusCode::UNPROCESSABLE_ENTITY => {
                for problem in body.pointer("/problems").and_then(Value::as_array).into_iter().flatten() {
                    let line = problem.pointer("/line").and_then(Value::as_u64).unwrap_or_default();
                    writeln!(out, "{}:{line}: {}", words(problem, "/file"), words(problem, "/message"))?;
                }
                return Err(Failure::Refused);
            }
            _ => return Err(refusal(&body).into()),
        }
        let input = json!({
            "version": version, "inForceFrom": self.in_force_from.to_rfc3339(), "reason": self.reason,
            "reassessRunning": self.reassess_running,
        });
        let data = api.execute(PROPOSE, &json!({ "input": input })).await?;
        let answer = data.get("proposePackVersion").cloned().unwrap_or_default();
        let Some(change) = answer.pointer("/change") else {
            writeln!(out, "Not proposed: {} ({})", words(&answer, "/message/en"), words(&answer, "/code"))?;
            return Err(Failure::Refused);
        };
        writeln!(out, "Proposed: {}", words(change, "/id"))?;
        writeln!(out, "Another administrator approves exactly this before {}:", words(change, "/expiresAt"))?;
        writeln!(out, "  {}", words(change, "/payload"))?;
        Ok(writeln!(out, "  SHA-256 {}", words(change, "/payloadSha256"))?)
    }
}

fn refusal(body: &Value) -> anyhow::Error {
    anyhow::anyhow!("the server refused: {} ({})", words(body, "/message"), words(body, "/code"))
}

fn words<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}
