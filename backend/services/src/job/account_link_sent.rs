//! The mail with a link to an account of Varsel's own.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use varsel_domain::LinkId;
use varsel_domain::authz::Scope;
use varsel_storage::{account_link, person};

use super::{Context, Failure, Job, Outcome};
use crate::mail::{self, Addressee};
use crate::session;

/// Sends a link. Its token is made here, for the mail alone: no row ever holds it. A mail that may have gone astray is sent
/// again with another token, and only the last one works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AccountLinkSent {
    /// The link.
    pub(crate) link: LinkId,
}

impl Job for AccountLinkSent {
    const KIND: &'static str = "account_link_sent";

    fn unique_key(&self) -> String {
        format!("{}/{}/mail", Self::KIND, self.link)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let gone = |what: &str| Failure::Hopeless(format!("no such {what}"));
        let tx = context.services.store.begin(&Scope::nothing()).await?;
        let link = account_link::find(&tx, self.link).await?.ok_or_else(|| gone("link"))?;
        let person = person::find(&tx, link.person).await?.ok_or_else(|| gone("person"))?;
        if link.used_at.is_some() || link.expires_at <= context.now {
            return Ok(Outcome::Nothing("the link works no more"));
        }
        let Some(to) = Addressee::person(&person) else { return Ok(Outcome::Nothing("no address")) };
        let to = Addressee { email: link.email.clone().unwrap_or(to.email), ..to };
        let token = URL_SAFE_NO_PAD.encode(context.services.ids.secret());
        account_link::send(&tx, link.id, &session::hash(&token)).await?;
        tx.commit().await?;

        let mail = mail::AccountLinkSent::new(
            link.purpose,
            link.expires_at,
            &context.mailer.settings().public_url,
            &token,
        );
        context.mailer.send(context.id, &to, &mail, context.now).await?;
        Ok(Outcome::Done)
    }
}
