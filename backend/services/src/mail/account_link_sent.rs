//! The mail with a link with which somebody chooses how they sign in, or confirms their address.

use chrono::{DateTime, Utc};
use serde::Serialize;
use varsel_domain::rules::Text;
use varsel_storage::account_link::Purpose;

use super::{Mail, danish_time};

/// The mail with a link. It says neither whose account it is nor where that belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct AccountLinkSent {
    invitation: bool,
    email: bool,
    until: Text,
    link: String,
}

impl AccountLinkSent {
    /// For this purpose. The token stands behind `#`, which browsers do not send: it comes into no log.
    pub(crate) fn new(purpose: Purpose, until: DateTime<Utc>, public_url: &str, token: &str) -> Self {
        let page = if purpose == Purpose::Email { "confirm-email" } else { "welcome" };
        Self {
            invitation: purpose == Purpose::Invitation,
            email: purpose == Purpose::Email,
            until: danish_time(until),
            link: format!("{}/{page}#{token}", public_url.trim_end_matches('/')),
        }
    }
}

impl Mail for AccountLinkSent {
    const NAME: &'static str = "account_link_sent";

    #[cfg(test)]
    fn samples() -> Vec<Self> {
        let until = "2026-11-26T12:05:59Z".parse().unwrap();
        let of = |purpose| Self::new(purpose, until, "https://varsel.example", "dG9rZW4");
        [Purpose::Invitation, Purpose::Reset, Purpose::Email].map(of).into()
    }
}
