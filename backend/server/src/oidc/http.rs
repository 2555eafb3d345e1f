//! Asking the provider: its answers are bounded in size and time, and come from itself.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{ACCEPT, AUTHORIZATION};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use url::form_urlencoded::byte_serialize;

use super::SignInError;

/// How long one answer may take, its body included.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of an answer; metadata and keys have a few thousand.
const LARGEST: usize = 256 * 1024;

/// Speaks HTTP with one provider.
pub(super) struct Http(reqwest::Client);

impl Http {
    pub(super) fn new() -> anyhow::Result<Self> {
        // Redirects are not followed: the provider's answers must come from the provider.
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(PATIENCE);
        Ok(Self(client.build()?))
    }

    /// A JSON document of the provider.
    pub(super) async fn get<T: DeserializeOwned>(&self, url: &str) -> Result<T, SignInError> {
        let unreachable = |cause: String| SignInError::Unreachable(format!("{url}: {cause}"));
        let response = self.0.get(url).header(ACCEPT, "application/json").send().await;
        let response = response.map_err(|error| unreachable(explain(&error)))?;
        let status = response.status();
        let body = read(response).await.map_err(unreachable)?;
        if !status.is_success() {
            return Err(unreachable(format!("answered {status}")));
        }
        serde_json::from_slice(&body).map_err(|error| unreachable(error.to_string()))
    }

    /// Posts a form and authenticates by the client's secret, in the header or in the form (RFC 6749, section 2.3.1).
    pub(super) async fn post<'a, T: DeserializeOwned>(
        &self,
        url: &str,
        mut form: Vec<(&'a str, &'a str)>,
        client: &Credentials<'a>,
    ) -> Result<T, SignInError> {
        let mut request = self.0.post(url).header(ACCEPT, "application/json");
        match client.secret.map(ExposeSecret::expose_secret) {
            Some(secret) if client.in_header => {
                let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
                let pair = format!("{}:{}", encode(client.id), encode(secret));
                request = request.header(AUTHORIZATION, format!("Basic {}", STANDARD.encode(pair)));
            }
            Some(secret) => form.extend([("client_id", client.id), ("client_secret", secret)]),
            None => form.push(("client_id", client.id)),
        }
        let response = request.form(&form).send().await;
        let response = response.map_err(|error| SignInError::Unreachable(explain(&error)))?;
        let status = response.status();
        let body = read(response).await.map_err(SignInError::Refused)?;
        if !status.is_success() {
            // Of what stands in a refusal only its code is ours to log.
            let error: Option<Refusal> = serde_json::from_slice(&body).ok();
            let code = error.map_or_else(|| "no code".to_owned(), |refusal| refusal.error);
            return Err(SignInError::Refused(format!("{status}, {code}")));
        }
        serde_json::from_slice(&body).map_err(|error| SignInError::Untrusted(error.to_string()))
    }
}

/// What the provider knows this server by.
pub(super) struct Credentials<'a> {
    pub(super) id: &'a str,
    pub(super) secret: Option<&'a SecretString>,
    pub(super) in_header: bool,
}

#[derive(serde::Deserialize)]
struct Refusal {
    error: String,
}

/// Reads a body as it comes, and stops where it grows too large.
async fn read(mut response: reqwest::Response) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| explain(&error))? {
        if body.len().saturating_add(chunk.len()) > LARGEST {
            return Err("the answer is larger than 256 kB".to_owned());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// An error with its causes, for the log.
fn explain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words.push_str(": ");
        words.push_str(&error.to_string());
        cause = error.source();
    }
    words
}
