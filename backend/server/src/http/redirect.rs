//! The plain listener beside TLS: it sends people on to the public address, and serves nothing.

use std::net::TcpListener;

use actix_web::dev::Server;
use actix_web::http::{Method, StatusCode, header};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};

use super::answer;
use super::site::Site;

/// Starts sending whoever comes to `listener` on to `site`; the answer runs until it is stopped.
///
/// # Errors
/// The listener cannot be used.
pub fn redirect(site: &Site, listener: TcpListener) -> std::io::Result<Server> {
    let origin = web::Data::new(site.origin().to_owned());
    let server =
        HttpServer::new(move || App::new().app_data(origin.clone()).default_service(web::to(send_on)));
    Ok(server.listen(listener)?.workers(1).disable_signals().shutdown_timeout(1).run())
}

/// Only what a browser opens is sent on. A program that has just shown its token to the network must be told, not helped.
async fn send_on(request: HttpRequest, origin: web::Data<String>) -> HttpResponse {
    let opens = matches!(*request.method(), Method::GET | Method::HEAD);
    if !opens || request.headers().contains_key(header::AUTHORIZATION) {
        let message = format!(
            "use {} instead: what was sent here went over the network in the clear; revoke a token that was part of it",
            origin.as_str()
        );
        return answer::refusal(StatusCode::FORBIDDEN, "TLS_REQUIRED", &message);
    }
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let address = format!("{}{path}", origin.as_str());
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, address)).finish()
}
