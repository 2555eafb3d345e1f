//! What the handlers share.

use std::sync::Arc;

use tokio::sync::watch;
use varsel_services::domain::rules::Text;
use varsel_services::session::{self, Browser};
use varsel_services::{Request, Services};

use super::site::Site;
use crate::graphql::{Schema, Streams};
use crate::oidc::{Providers, SignIn};

/// How people sign in.
#[derive(Clone)]
pub enum Door {
    /// By choosing an invented person.
    Demo,
    /// Through identity providers.
    Providers(Arc<Providers>),
}

impl Door {
    /// What people call a provider; none where there is none of that name.
    pub(crate) fn label(&self, provider: &str) -> Option<Text> {
        match self {
            Self::Demo => None,
            Self::Providers(providers) => providers.find(provider).map(SignIn::label),
        }
    }
}

/// What the handlers share; one for the whole process.
pub struct State {
    pub(crate) services: Services,
    pub(crate) schema: Schema,
    pub(crate) site: Site,
    pub(crate) door: Door,
    pub(crate) ending: watch::Receiver<bool>,
    pub(crate) streams: Streams,
}

impl State {
    /// Live streams end when `ending` turns true, so that a shutdown does not wait for them.
    pub fn new(services: Services, site: Site, door: Door, ending: watch::Receiver<bool>) -> Self {
        let schema = crate::graphql::schema(services.clone(), door.clone());
        Self { services, schema, site, door, ending, streams: Streams::default() }
    }

    /// Whether people are invented.
    pub(crate) fn is_demo(&self) -> bool {
        matches!(self.door, Door::Demo)
    }

    /// Who asks, by the session's cookie.
    pub(crate) async fn request(&self, request: &actix_web::HttpRequest) -> varsel_services::Result<Request> {
        let found = match self.session_token(request) {
            Some(token) => session::find(&self.services, &token).await?,
            None => None,
        };
        let (actor, session) = found.unzip();
        Ok(Request { actor, session, request_id: super::observe::request_id(request) })
    }

    /// The browser that asks, for a new session in it.
    pub(crate) async fn browser(&self, request: &actix_web::HttpRequest) -> varsel_services::Result<Browser> {
        let user_agent = request.headers().get(actix_web::http::header::USER_AGENT);
        let device = user_agent.and_then(|value| value.to_str().ok()).and_then(session::device);
        let session = self.request(request).await?.session;
        Ok(Browser { device, previous: session.map(|session| session.id), ..Browser::default() })
    }

    /// The token in the session's cookie.
    pub(crate) fn session_token(&self, request: &actix_web::HttpRequest) -> Option<String> {
        request.cookie(&self.site.session_cookie_name()).map(|cookie| cookie.value().to_owned())
    }
}
