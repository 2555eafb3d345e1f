//! Rejected attempts, as the edge registers them: where a request comes from, and what was refused in it.

use std::net::IpAddr;

use actix_web::HttpRequest;
use varsel_services::attempt::{self, Origin, Refused, Tried};
use varsel_services::domain::attempt::{Cause, Client};
use varsel_services::{Request, Services, session};

use super::observe::request_id;
use super::proxy::Proxies;
use super::state::State;

/// Where a request comes from.
pub(super) fn origin(request: &HttpRequest, proxies: &Proxies) -> Origin {
    let header = |name: &str| request.headers().get_all(name).map(|value| value.to_str().unwrap_or_default());
    let peer = request.peer_addr().map(|peer| peer.ip());
    let client = peer.map(|peer| proxies.client(peer, header("x-forwarded-for")));
    let device = header("user-agent").next().and_then(session::device);
    Origin { client: client.map(Client::of).unwrap_or_default(), device }
}

/// Registers that the request was refused before anybody knew who asks.
pub(crate) async fn refuse(state: &State, request: &HttpRequest, cause: Cause, code: &str) {
    refuse_whom(state, request, Refused::new(cause, code, Tried::Nobody)).await;
}

/// Registers that the request was refused.
pub(crate) async fn refuse_whom(state: &State, request: &HttpRequest, refused: Refused<'_>) {
    let origin = origin(request, &state.proxies);
    write(&state.services, &origin, &request_id(request), refused).await;
}

/// Registers what use cases refused in a request.
pub(crate) async fn register_noted(services: &Services, request: &Request) {
    let who = request.person().map_or(Tried::Nobody, Tried::Person);
    for noted in request.trail.take() {
        let refused = Refused::new(noted.cause, noted.code, who);
        write(services, &request.trail.origin, &request.request_id, refused).await;
    }
}

/// A refusal is answered also when it cannot be written down: it gives nothing away. The log has it then.
async fn write(services: &Services, origin: &Origin, request_id: &str, refused: Refused<'_>) {
    if let Err(error) = attempt::register(services, origin, request_id, refused).await {
        let (cause, code) = (refused.cause, refused.code);
        tracing::error!(
            request.id = request_id,
            ?cause,
            code,
            ?error,
            "a rejected attempt could not be registered"
        );
    }
}

/// An address as people write it, for tests and settings.
pub(super) fn parse(text: &str) -> Option<IpAddr> {
    text.trim().trim_start_matches('[').trim_end_matches(']').parse().ok()
}
