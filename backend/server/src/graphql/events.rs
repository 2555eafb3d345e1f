//! Live updates as server-sent events (GraphQL over SSE, distinct connections).

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::header::{self, ContentEncoding};
use actix_web::web::Bytes;
use async_graphql::Response;
use futures_util::{Stream, StreamExt};
use tokio::sync::{Notify, watch};

use super::accept::Media;
use super::output;
use super::seats::Seat;

/// A sign of life, more often than proxies lose patience.
const KEEP_ALIVE: Duration = Duration::from_secs(12);

/// Rung by a subscription when it watches: what is committed from then on is told.
#[derive(Clone, Default)]
pub(in crate::graphql) struct Watching(Arc<Notify>);

impl Watching {
    /// It watches now.
    pub(in crate::graphql) fn begun(&self) {
        self.0.notify_one();
    }
}

/// Sends each response as an event, until there are no more or the server is `ending`.
pub(super) fn answer(
    mut responses: impl Stream<Item = Response> + Unpin + 'static,
    watching: Watching,
    mut ending: watch::Receiver<bool>,
    seat: Seat,
) -> HttpResponse {
    let events = async_stream::stream! {
        // Taken along, so that it is free again when the stream ends or the client goes.
        let _seat = seat;
        let mut alive = tokio::time::interval(KEEP_ALIVE);
        alive.reset();
        loop {
            tokio::select! {
                response = responses.next() => match response {
                    Some(response) => yield Bytes::from(format!("event: next\ndata: {}\n\n", output::body(&response))),
                    None => {
                        yield Bytes::from("event: complete\ndata:\n\n".to_owned());
                        break;
                    }
                },
                () = watching.0.notified() => yield Bytes::from(": watching\n\n".to_owned()),
                _ = alive.tick() => yield Bytes::from(": alive\n\n".to_owned()),
                // No `complete`: the client shall come back when the server is there again.
                _ = ending.wait_for(|ending| *ending) => break,
            }
        }
    };
    HttpResponse::Ok()
        .content_type(Media::Events.content_type())
        .insert_header(ContentEncoding::Identity)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::HeaderName::from_static("x-accel-buffering"), "no"))
        .streaming(events.map(Ok::<Bytes, Infallible>))
}
