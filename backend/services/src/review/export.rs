//! The evidence of a review as a file.

use std::fmt::Write as _;

use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Scope};
use varsel_domain::review::{FunctionUsed, Item};
use varsel_domain::{AuthorisationId, ReviewId};
use varsel_storage::review::{self as stored, ItemCriteria, ItemKey};

use super::read::readable;
use super::resource;
use crate::access::AccessLog;
use crate::authorisation::cell;
use crate::{Error, Request, Result, Services};

/// Rows of a page.
const ROWS: u64 = 200;

/// Its first line, after a byte order mark.
const HEADER: &str = "\u{feff}review,authorisation,holder,functions,reach,purpose,last used,uses,unused for six months,\
                      verdict,by,at,reason,uses by function since the review before\r\n";

/// A page of the file of a review, after `after`: its lines (RFC 4180), and where the next page begins; none at the end.
///
/// # Errors
/// No such review, or the actor may not know of it (not found); storage failed.
pub async fn export(
    services: &Services,
    request: &Request,
    id: ReviewId,
    after: Option<ItemKey>,
) -> Result<(String, Option<ItemKey>)> {
    let now = services.clock.now();
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let review = readable(&tx, request, id).await?.ok_or(Error::NotFound { kind: "review" })?;
    let mut text = if after.is_none() { HEADER.to_owned() } else { String::new() };
    let items = stored::items(&tx, id, ItemCriteria::default(), (after, ROWS)).await?;
    let full = u64::try_from(items.len()).is_ok_and(|rows| rows == ROWS);
    let last = items.last().filter(|_| full);
    let next = last.map(|item| ItemKey { holder_name: item.holder_name.clone(), id: item.authorisation });
    let shown: Vec<AuthorisationId> = items.iter().map(|item| item.authorisation).collect();
    let mut log = AccessLog::new(services, request, now)?;
    log.under(Action::ReadAuthorisations, resource(&review));
    log.add(UseKind::ReviewExported, None, json!({ "review": id, "shown": shown }));
    log.write_after(tx).await?;
    for item in &items {
        line(&mut text, item, &review.reach.to_string());
    }
    Ok((text, next))
}

fn line(text: &mut String, item: &Item, reach: &str) {
    let decision = item.decision.as_ref();
    let functions: Vec<_> = item.functions.iter().map(|function| function.word()).collect();
    let cells = [
        item.review.to_string(),
        item.authorisation.to_string(),
        item.holder_name.clone(),
        functions.join(" "),
        reach.to_owned(),
        item.purpose.in_words().en,
        item.last_used_at.map(|at| at.to_rfc3339()).unwrap_or_default(),
        item.uses.to_string(),
        if item.unused { "yes" } else { "no" }.to_owned(),
        decision.map(|it| format!("{:?}", it.verdict).to_lowercase()).unwrap_or_default(),
        decision.and_then(|it| it.by_name.clone()).unwrap_or_default(),
        decision.map(|it| it.at.to_rfc3339()).unwrap_or_default(),
        decision.map(|it| it.reason.clone()).unwrap_or_default(),
        item.used.iter().map(used).collect::<Vec<_>>().join("; "),
    ];
    let cells: Vec<_> = cells.iter().map(|text| cell(text)).collect();
    let _ = write!(text, "{}\r\n", cells.join(","));
}

/// A function, how often it was used since the review before, and when last.
fn used(used: &FunctionUsed) -> String {
    let last = used.last_at.map_or_else(|| "never".to_owned(), |at| at.to_rfc3339());
    format!("{} {} ({last})", used.function.word(), used.uses)
}
