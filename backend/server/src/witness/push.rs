//! Showing the log's checkpoints to the witnesses of the settings.

use std::time::Duration;

use url::Url;
use varsel_log::key::{Purpose, Verifier};
use varsel_services::domain::settings::Witness;
use varsel_services::log::{Answer, Testified, testify};
use varsel_services::{Error, Services, settings};

/// A witness that does not answer within this time is asked again later.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often the witnesses are shown what is new.
const PAUSE: Duration = Duration::from_secs(10);
/// No answer of a witness is longer.
const LONGEST_ANSWER: usize = 16 << 10;

/// A witness of the settings.
#[derive(Debug, Clone)]
pub struct Listener {
    /// Its public key.
    key: Verifier,
    /// Where it takes checkpoints, without `add-checkpoint`.
    url: Url,
}

impl Listener {
    /// The witness.
    ///
    /// # Errors
    /// The field that is wrong, and how.
    pub fn parse(witness: &Witness) -> Result<Self, (&'static str, String)> {
        let url = Url::parse(&witness.url).map_err(|error| {
            ("url", format!("must be an address like https://witness.example.dk ({error})"))
        })?;
        let plain = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if url.scheme() != "https" && !(url.scheme() == "http" && plain) {
            return Err(("url", "must begin with https://; http:// only to this machine".to_owned()));
        }
        let key: Verifier = witness
            .key
            .parse()
            .map_err(|error| ("key", format!("must be the public key of a witness ({error})")))?;
        if key.purpose() != Purpose::Witness {
            return Err(("key", "is the key of a log, not of a witness".to_owned()));
        }
        Ok(Self { key, url })
    }
}

/// Shows what is new to the witnesses that two have adopted, again and again, until the future is dropped. What they refuse is an alarm.
pub async fn push(services: Services) {
    let client =
        reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build();
    let client = match client {
        Ok(client) => client,
        Err(error) => return tracing::error!(%error, "no witness can be shown anything"),
    };
    loop {
        let witnesses = settings::now_in_force(&services).await.map(|it| it.use_log.witnesses);
        let witnesses = witnesses.unwrap_or_else(|error| {
            tracing::warn!(?error, "the witnesses cannot be read; trying again");
            Vec::new()
        });
        // Those that cannot be used were refused with the other settings, before anybody could adopt them.
        for witness in witnesses.iter().filter_map(|it| Listener::parse(it).ok()) {
            let name = witness.key.name();
            match testify(&services, &witness.key, |body| post(client.clone(), witness.url.clone(), body))
                .await
            {
                Ok(Testified::Refused(why)) => {
                    tracing::error!(witness = name, why, "a witness does not cosign the log of use");
                }
                Ok(Testified::Now) => tracing::debug!(witness = name, "a witness has cosigned"),
                Ok(Testified::Before) => {}
                Err(error) => {
                    tracing::warn!(witness = name, error = ?error, "a witness could not be shown the log; trying again");
                }
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn post(client: reqwest::Client, url: Url, body: String) -> Result<Answer, Error> {
    let failed = |error: reqwest::Error| Error::Internal(error.without_url().to_string());
    let url = format!("{}/add-checkpoint", url.as_str().trim_end_matches('/'));
    let mut response = client.post(url).body(body).send().await.map_err(failed)?;
    let status = response.status().as_u16();
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LONGEST_ANSWER {
            return Err(Error::Internal("its answer is too long".to_owned()));
        }
    }
    let body = String::from_utf8(bytes).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Answer { status, body })
}
