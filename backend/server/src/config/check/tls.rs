//! What settings of TLS must satisfy.

use super::Mistake;
use crate::config::Config;

/// Every mistake in `tls`, and in what it needs of `http`.
pub(super) fn check(config: &Config, mistakes: &mut Vec<Mistake>) {
    let tls = &config.tls;
    match (&tls.certificate, &tls.key) {
        (Some(_), Some(_)) => certificate(config, mistakes),
        (Some(_), None) => mistakes.push(Mistake::of(
            "tls.key",
            "is not set, but tls.certificate is; name the file with its key, or leave both out where a proxy ends TLS",
        )),
        (None, Some(_)) => mistakes.push(Mistake::of(
            "tls.certificate",
            "is not set, but tls.key is; name the file with its certificate, or leave both out where a proxy ends TLS",
        )),
        (None, None) if tls.redirect_port.is_some() => mistakes.push(Mistake::of(
            "tls.redirect_port",
            "sends people on to TLS, which the server does not speak; set tls.certificate and tls.key, or leave it out",
        )),
        (None, None) => {}
    }
    if tls.redirect_port.is_some_and(|port| port == 0 || port == config.http.port) {
        mistakes.push(Mistake::of("tls.redirect_port", "must be 1 to 65535, and not that of http.port"));
    }
}

fn certificate(config: &Config, mistakes: &mut Vec<Mistake>) {
    if !config.http.public_url.as_deref().is_some_and(|url| url.starts_with("https://")) {
        mistakes.push(Mistake::of(
            "http.public_url",
            "must be set and begin with https://, because the server speaks TLS itself (tls.certificate)",
        ));
    }
    // Without a readable address it is not known for whom the certificate must be.
    if let Some(Err(unusable)) = config.certificate().map(|files| files.check()) {
        mistakes.push(Mistake::of(&format!("tls.{}", unusable.setting), unusable.to_string()));
    }
}
