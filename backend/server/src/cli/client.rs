//! A client of a running demo server: signs in as one of its people, then asks.

use anyhow::{Context, bail};
use reqwest::{Response, Url};
use serde_json::{Value, json};

/// How long a server may take to answer.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// Signed in.
pub(super) struct Client {
    http: reqwest::Client,
    server: Url,
}

impl Client {
    /// Signs in at `server` as the person with this handle.
    pub(super) async fn sign_in(server: &Url, person: &str) -> anyhow::Result<Self> {
        // A redirect would carry what is sent to a host that nobody named.
        let http = reqwest::Client::builder().cookie_store(true).redirect(reqwest::redirect::Policy::none());
        let client = Self { http: http.timeout(PATIENCE).build()?, server: server.clone() };
        let signed_in = client.post("/demo/sign-in", &json!({ "person": person })).await?;
        if !signed_in.status().is_success() {
            let status = signed_in.status();
            let body: Value = signed_in.json().await.unwrap_or_default();
            let reason = body.get("message").and_then(Value::as_str).unwrap_or("it is no demo server");
            bail!("{person} was not signed in ({status}): {reason}");
        }
        Ok(client)
    }

    /// Posts JSON.
    pub(super) async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Response> {
        let sent = self.http.post(self.server.join(path)?).json(body).send().await;
        sent.with_context(|| format!("{} does not answer; start it with `varsel serve --demo`", self.server))
    }

    /// Executes a document with one field `field`: what that field answers.
    pub(super) async fn graphql(
        &self,
        document: &str,
        variables: Value,
        field: &str,
    ) -> anyhow::Result<Value> {
        let response = self.post("/graphql", &json!({ "query": document, "variables": variables })).await?;
        let mut body: Value = response.json().await.context("the answer is not JSON")?;
        if let Some(error) = body.pointer("/errors/0") {
            let words =
                |pointer| error.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
            bail!("the server refused: {} ({})", words("/message"), words("/extensions/code"));
        }
        Ok(body.pointer_mut(&format!("/data/{field}")).map(Value::take).unwrap_or_default())
    }
}
