//! The API of a server, as a command uses it: as a person of the demo, or with a token.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use reqwest::{RequestBuilder, Url};
use serde_json::{Value, json};
use varsel_services::api_token;

use crate::http::is_loopback;

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of an answer; a receipt has a few thousand.
const LONGEST_ANSWER: usize = 1024 * 1024;

/// A server, and as whom it is asked.
pub(super) struct Api {
    client: reqwest::Client,
    server: Url,
    token: Option<String>,
}

impl Api {
    fn new(server: &Url, token: Option<String>) -> anyhow::Result<Self> {
        // A redirect would carry the facts to a host that nobody named.
        let client =
            reqwest::Client::builder().cookie_store(true).redirect(reqwest::redirect::Policy::none());
        Ok(Self { client: client.timeout(PATIENCE).build()?, server: server.clone(), token })
    }

    /// As a person of a demo server.
    pub(super) async fn as_demo_person(server: &Url, person: &str) -> anyhow::Result<Self> {
        let api = Self::new(server, None)?;
        let request = api.client.post(server.join("/demo/sign-in")?).json(&json!({ "person": person }));
        let (status, body) = api.send(request).await?;
        if !status.is_success() {
            let reason = body.get("message").and_then(Value::as_str).unwrap_or("it is no demo server");
            bail!("{person} was not signed in ({status}): {reason}");
        }
        Ok(api)
    }

    /// With the token in a file; it goes over TLS only, or to this machine.
    pub(super) fn with_token(server: &Url, file: &Path) -> anyhow::Result<Self> {
        if server.scheme() != "https" && !server.host_str().is_some_and(is_loopback) {
            bail!("{server}: a token is sent to https:// addresses only");
        }
        let token =
            std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
        let token = token.trim();
        let is_token =
            token.starts_with(api_token::PREFIX) && token.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_token {
            bail!("{} does not hold a token; it begins with {}", file.display(), api_token::PREFIX);
        }
        Self::new(server, Some(token.to_owned()))
    }

    /// As a person of the demo, or with the token in a file.
    pub(super) async fn of(server: &Url, person: Option<&str>, token: Option<&Path>) -> anyhow::Result<Self> {
        match token {
            Some(file) => Self::with_token(server, file),
            None => Self::as_demo_person(server, person.unwrap_or_default()).await,
        }
    }

    /// Posts JSON: the status, and the JSON of the answer.
    pub(super) async fn post(
        &self,
        path: &str,
        body: &Value,
    ) -> anyhow::Result<(reqwest::StatusCode, Value)> {
        let request = self.client.post(self.server.join(path)?);
        let request = match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        self.send(request.json(body)).await
    }

    /// Executes a document: its data.
    pub(super) async fn execute(&self, document: &str, variables: &Value) -> anyhow::Result<Value> {
        let (_, mut body) =
            self.post("/graphql", &json!({ "query": document, "variables": variables })).await?;
        if let Some(error) = body.pointer("/errors/0") {
            let words =
                |pointer| error.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
            bail!("the server refused: {} ({})", words("/message"), words("/extensions/code"));
        }
        Ok(body.get_mut("data").map(Value::take).unwrap_or_default())
    }

    /// The status and the JSON of the answer, of which no more is read than an answer of ours can have.
    async fn send(&self, request: RequestBuilder) -> anyhow::Result<(reqwest::StatusCode, Value)> {
        let unreachable = || format!("{} does not answer; start it with `varsel serve --demo`", self.server);
        let mut response = request.send().await.with_context(unreachable)?;
        let (status, mut body) = (response.status(), Vec::new());
        while let Some(chunk) = response.chunk().await.with_context(unreachable)? {
            body.extend_from_slice(&chunk);
            if body.len() > LONGEST_ANSWER {
                bail!("{} answers with more than {LONGEST_ANSWER} bytes; is it Varsel?", self.server);
            }
        }
        let body = serde_json::from_slice(&body);
        if status.is_success() {
            Ok((status, body.context("the answer is not JSON")?))
        } else {
            Ok((status, body.unwrap_or_default()))
        }
    }
}
