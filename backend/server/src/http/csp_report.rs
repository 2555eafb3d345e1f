//! Reports of browsers that a page broke the content security policy: logged, so that somebody looks.
//!
//! Anybody may send one, so they are small, counted, and trusted in nothing.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::StreamExt;
use serde_json::Value;

use super::observe::request_id;
use super::state::State;

/// Bytes of a report.
const BODY: usize = 16 * 1024;
/// Characters of a field that are logged.
const LOGGED: usize = 200;
/// Reports that are logged in one minute; the others are dropped.
const A_MINUTE: u32 = 60;
/// How long a report may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many were logged in the present minute.
#[derive(Clone, Default)]
pub(crate) struct Reports(Arc<Mutex<(DateTime<Utc>, u32)>>);

impl Reports {
    /// Whether one more may be logged.
    fn admit(&self, now: DateTime<Utc>) -> bool {
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if now - minute.0 >= TimeDelta::minutes(1) {
            *minute = (now, 0);
        }
        minute.1 += 1;
        minute.1 <= A_MINUTE
    }
}

/// POST /csp-report, as `report-uri` of the policy says; the answer tells nothing.
pub(super) async fn take(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let content_type = request.headers().get(header::CONTENT_TYPE).map(header::HeaderValue::as_bytes);
    let is_report = content_type.is_some_and(|value| value.starts_with(b"application/csp-report"));
    if is_report
        && let Ok(Some(body)) = tokio::time::timeout(PATIENCE, read(payload)).await
        && let Ok(report) = serde_json::from_slice::<Value>(&body)
        && let Some(report) = report.get("csp-report")
        && state.reports.admit(state.services.clock.now())
    {
        let field = |name: &str| -> String {
            report.get(name).and_then(Value::as_str).unwrap_or_default().chars().take(LOGGED).collect()
        };
        tracing::warn!(
            request.id = request_id(&request),
            csp.directive = ?field("effective-directive"),
            csp.blocked = ?field("blocked-uri"),
            csp.source = ?field("source-file"),
            "a page broke the content security policy"
        );
    }
    HttpResponse::NoContent().finish()
}

/// The body; none when it is too large or broke off.
async fn read(mut payload: web::Payload) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        body.extend_from_slice(&chunk.ok()?);
        if body.len() > BODY {
            return None;
        }
    }
    Some(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_reports_fills_no_log() {
        let (reports, now) = (Reports::default(), DateTime::UNIX_EPOCH + TimeDelta::days(1));
        let logged = (0..10_000).filter(|_| reports.admit(now)).count();
        assert_eq!(logged, 60);
        assert!(reports.admit(now + TimeDelta::minutes(1)));
    }
}
