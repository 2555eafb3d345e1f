//! What the handlers share.

use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpRequest;
use tokio::runtime::Handle;
use tokio::sync::watch;
use varsel_services::attempt::Trail;
use varsel_services::compliance::Installation;
use varsel_services::domain::rules::Text;
use varsel_services::local;
use varsel_services::session::{self, Browser};
use varsel_services::{Request, Services};

use super::attempt;
use super::credential::{Credential, Holder};
use super::csp_report::Reports;
use super::proxy::Proxies;
use super::site::Site;
use crate::graphql::{STREAMS, Schema, Seats};
use crate::oidc::{Providers, SignIn};

/// How long the body of a request may take to arrive, when nobody says otherwise.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

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
            _ if provider == local::PROVIDER => {
                let (da, en) = ("Varsels egen konto", "Varsel's own account");
                Some(Text { da: da.to_owned(), en: en.to_owned() })
            }
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
    pub(crate) streams: Seats,
    pub(crate) reports: Reports,
    pub(crate) body_timeout: Duration,
    pub(crate) proxies: Proxies,
    pub(crate) installation: Installation,
    /// Where documents are executed.
    pub(crate) runtime: Handle,
}

impl State {
    /// Live streams end when `ending` turns true, so that a shutdown does not wait for them. `installation` is what the settings
    /// say of it, for the report to the supervising authority. Documents are executed in the runtime in which this is called.
    pub fn new(
        services: Services,
        site: Site,
        door: Door,
        ending: watch::Receiver<bool>,
        installation: Installation,
    ) -> Self {
        let schema = crate::graphql::schema(services.clone(), door.clone());
        Self {
            services,
            schema,
            site,
            door,
            ending,
            streams: Seats::new(STREAMS),
            reports: Reports::default(),
            body_timeout: BODY_TIMEOUT,
            proxies: Proxies::default(),
            installation,
            runtime: Handle::current(),
        }
    }

    /// With another time in which the body of a request must arrive.
    #[must_use]
    pub fn with_body_timeout(self, body_timeout: Duration) -> Self {
        Self { body_timeout, ..self }
    }

    /// With proxies that are believed when they say whom a request comes from.
    #[must_use]
    pub fn with_proxies(self, proxies: Proxies) -> Self {
        Self { proxies, ..self }
    }

    /// The address under which people reach the server.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Whether people are invented.
    pub(crate) fn is_demo(&self) -> bool {
        matches!(self.door, Door::Demo)
    }

    /// Who asks: nobody where there is no credential, or one that has ended; that one is registered.
    ///
    /// # Errors
    /// A program's client is blocked; storage failed.
    pub(crate) async fn request(
        &self,
        request: &HttpRequest,
        credential: Option<&Credential>,
    ) -> varsel_services::Result<Request> {
        let request_id = super::observe::request_id(request);
        let origin = attempt::origin(request, &self.proxies);
        let holder = match credential {
            Some(credential) => credential.proved(&self.services, &origin, &request_id).await?,
            None => None,
        };
        let nobody = Request::by_nobody(Trail::from(origin), request_id);
        Ok(match holder {
            Some(Holder { actor, session, token }) => {
                Request { actor: Some(actor), session, token, ..nobody }
            }
            None => nobody,
        })
    }

    /// Who asks, by whatever the request shows.
    pub(crate) async fn asked(&self, request: &HttpRequest) -> varsel_services::Result<Request> {
        self.request(request, self.credential(request).as_ref()).await
    }

    /// The browser that asks, for a new session in it.
    pub(crate) async fn browser(&self, request: &HttpRequest) -> varsel_services::Result<Browser> {
        let user_agent = request.headers().get(actix_web::http::header::USER_AGENT);
        let device = user_agent.and_then(|value| value.to_str().ok()).and_then(session::device);
        let previous = self.asked(request).await?.session.map(|session| session.id);
        let known = request.cookie(&self.site.device_cookie_name()).map(|cookie| cookie.value().to_owned());
        Ok(Browser { device, known, previous, again: None })
    }

    /// What the request shows of who sends it.
    pub(crate) fn credential(&self, request: &HttpRequest) -> Option<Credential> {
        Credential::of(request, &self.site.session_cookie_name())
    }

    /// The token in the session's cookie.
    pub(crate) fn session_token(&self, request: &HttpRequest) -> Option<String> {
        request.cookie(&self.site.session_cookie_name()).map(|cookie| cookie.value().to_owned())
    }
}
