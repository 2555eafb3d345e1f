//! What the handlers share.

use std::sync::Arc;

use tokio::sync::watch;
use varsel_services::{Request, Services};

use super::site::Site;
use crate::graphql::{Schema, Streams};
use crate::oidc::SignIn;

/// How people sign in.
#[derive(Clone)]
pub enum Door {
    /// By choosing an invented person.
    Demo,
    /// Through the identity provider.
    Provider(Arc<SignIn>),
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
        let schema = crate::graphql::schema(services.clone(), matches!(door, Door::Demo));
        Self { services, schema, site, door, ending, streams: Streams::default() }
    }

    /// Whether people are invented.
    pub(crate) fn is_demo(&self) -> bool {
        matches!(self.door, Door::Demo)
    }

    /// Who asks, by the session's cookie.
    pub(crate) async fn request(&self, request: &actix_web::HttpRequest) -> varsel_services::Result<Request> {
        let actor = match self.session_token(request) {
            Some(token) => varsel_services::session::actor(&self.services, &token).await?,
            None => None,
        };
        Ok(Request { actor, request_id: super::observe::request_id(request) })
    }

    /// The token in the session's cookie.
    pub(crate) fn session_token(&self, request: &actix_web::HttpRequest) -> Option<String> {
        request.cookie(&self.site.session_cookie_name()).map(|cookie| cookie.value().to_owned())
    }
}
