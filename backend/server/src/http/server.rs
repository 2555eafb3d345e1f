//! The routes and the server.

use std::net::TcpListener;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer, web};
use rustls::ServerConfig;

use super::state::State;
use super::{
    answer, assets, compliance, csp_report, demo, export, health, local, observe, packs, prepared, sign_in,
    sign_out, uses,
};
use crate::graphql;

/// Starts serving on `listener`, by TLS where there is a configuration of it; the answer runs until it is stopped, and
/// finishes what it has begun.
///
/// # Errors
/// The listener cannot be used.
pub fn start(state: State, listener: TcpListener, tls: Option<ServerConfig>) -> std::io::Result<Server> {
    let state = web::Data::new(state);
    let server = HttpServer::new(move || {
        let state = state.clone();
        App::new()
            .app_data(state.clone())
            .app_data(web::QueryConfig::default().error_handler(answer::wrong_query))
            .wrap(Compress::default())
            .wrap(from_fn(observe::observe))
            .configure(|routes| configure(routes, &state))
            .default_service(web::to(assets::serve))
    });
    let server = match tls {
        Some(tls) => server.listen_rustls_0_23(listener, tls)?,
        None => server.listen(listener)?,
    };
    Ok(server.disable_signals().shutdown_timeout(20).run())
}

fn configure(routes: &mut web::ServiceConfig, state: &State) {
    routes
        .route("/graphql", web::to(graphql::serve))
        .route("/csp-report", web::post().to(csp_report::take))
        .route("/health/live", web::get().to(health::live))
        .route("/health/ready", web::get().to(health::ready))
        .route("/packs", web::post().to(packs::receive))
        .route("/prepared/{incident}/{regime}/{stage:[a-z0-9_]+}.json", web::get().to(prepared::json))
        .route(
            "/prepared/{incident}/{regime}/{stage:[a-z0-9_]+}.{language:[a-z]+}.txt",
            web::get().to(prepared::text),
        )
        .route("/authorisations.csv", web::get().to(export::authorisations))
        .route("/uses.{form:html|csv|jsonl}", web::get().to(uses::file))
        .route("/compliance-report.{form:html|json|txt}", web::get().to(compliance::file))
        .route("/reviews/{id}.csv", web::get().to(export::evidence))
        .route("/sign-in/ways", web::get().to(local::ways))
        .route("/sign-out", web::post().to(sign_out::sign_out));
    if state.services.local.is_on() {
        local::configure(routes);
    }
    if state.is_demo() {
        routes
            .route("/graphiql", web::get().to(assets::graphiql))
            .route("/graphiql/{file}", web::get().to(assets::graphiql))
            .route("/demo/people", web::get().to(demo::people))
            .route("/demo/sign-in", web::post().to(demo::sign_in))
            .route("/demo/sign-in", web::get().to(demo::sign_in_by_link));
    } else {
        routes
            .route("/sign-in", web::get().to(sign_in::choose))
            .route("/sign-in/providers", web::get().to(sign_in::providers))
            .route("/sign-in/again", web::get().to(sign_in::again))
            .route("/sign-in/{provider}", web::get().to(sign_in::begin))
            .route("/sign-in/{provider}/callback", web::get().to(sign_in::complete))
            .route("/sign-in/{provider}/back-channel-logout", web::post().to(sign_in::logout));
    }
}
