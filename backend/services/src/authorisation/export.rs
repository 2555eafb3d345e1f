//! Authorisations as a file, page by page: whoever loses the right on the way gets no further page.

use std::fmt::Write as _;

use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authorisation::Function;
use varsel_domain::authz::{Action, Scope};
use varsel_storage::authorisation::{self as stored, ListKey};

use super::list::{criteria, searched, view_all};
use super::{AuthorisationView, Filter};
use crate::access::AccessLog;
use crate::{Request, Result, Services};

/// Rows of a page.
const ROWS: u64 = 200;

/// Its first line. A byte order mark before it tells spreadsheets that it is UTF-8.
const HEADER: &str = "\u{feff}id,holder,email,functions,reach,purpose,from,until,temporary,status,granted at,\
                      last change,by,reason,last used,uses,unused for six months\r\n";

/// A page of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Its lines (RFC 4180).
    pub text: String,
    /// Where the next page begins; none at the end.
    pub next: Option<ListKey>,
}

/// A page of the file of the authorisations that the filter lets through.
///
/// # Errors
/// The actor administers and audits nothing (not found); a text that cannot be taken; storage failed.
pub async fn export(
    services: &Services,
    request: &Request,
    filter: &Filter,
    after: Option<ListKey>,
) -> Result<Export> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let criteria = criteria(request, filter, now)?;
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let held = stored::list(&tx, &criteria, after, ROWS).await?;
    let full = u64::try_from(held.len()).is_ok_and(|rows| rows == ROWS);
    let last = held.last().map(|held| ListKey { granted_at: held.granted_at, id: held.id });
    let views = view_all(&tx, actor, held, now).await?;
    let mut log = AccessLog::new(services, request, now)?;
    let shown: Vec<_> = views.iter().map(|view| view.authorisation.id).collect();
    log.under_all(Action::ReadAuthorisations);
    log.add(UseKind::AuthorisationsExported, None, json!({ "filter": searched(&criteria), "shown": shown }));
    log.write_after(tx).await?;
    let mut text = if after.is_none() { HEADER.to_owned() } else { String::new() };
    for view in &views {
        line(&mut text, view);
    }
    Ok(Export { text, next: last.filter(|_| full) })
}

fn line(text: &mut String, view: &AuthorisationView) {
    let held = &view.authorisation;
    let time = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| at.to_rfc3339()).unwrap_or_default();
    let functions: Vec<_> = held.functions.iter().map(|it: &Function| it.word()).collect();
    let uses: u64 = view.used.iter().filter_map(|(_, used)| *used).map(|used| used.uses).sum();
    let step = held.step.as_ref();
    let cells = [
        held.id.to_string(),
        view.holder.name.clone(),
        view.holder.email.clone().unwrap_or_default(),
        functions.join(" "),
        held.reach.to_string(),
        held.purpose.in_words().en,
        time(Some(held.from)),
        time(held.until),
        held.temporary.map(|why| format!("{why:?}").to_lowercase()).unwrap_or_default(),
        format!("{:?}", view.status).to_lowercase(),
        time(Some(held.granted_at)),
        time(step.map(|step| step.at)),
        step.and_then(|step| step.by_name.clone()).unwrap_or_default(),
        step.map(|step| step.reason.clone()).unwrap_or_default(),
        time(view.last_used_at),
        uses.to_string(),
        if view.unused { "yes" } else { "no" }.to_owned(),
    ];
    let cells: Vec<_> = cells.iter().map(|text| cell(text)).collect();
    let _ = write!(text, "{}\r\n", cells.join(","));
}

/// A cell that no spreadsheet takes for a formula (ASVS V1.2.10), quoted where it must be (RFC 4180).
pub fn cell(text: &str) -> String {
    let safe = text.replace('\0', "");
    // Quotation marks that were there already are told from the one that is put before them.
    let typed = safe.trim_start_matches('\'');
    let formula = typed.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let safe = if formula { format!("'{safe}") } else { safe };
    if safe.contains([',', ';', '"', '\r', '\n', '\t', '\'']) {
        format!("\"{}\"", safe.replace('"', "\"\""))
    } else {
        safe
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_no_formula_and_stays_one_cell() {
        for (text, expected) in [
            ("Karen Holm", "Karen Holm"),
            ("", ""),
            ("=HYPERLINK(\"http://evil\")", "\"'=HYPERLINK(\"\"http://evil\"\")\""),
            ("+45 1234", "\"'+45 1234\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t=1\""),
            ("\0=1", "\"'=1\""),
            ("＝1", "\"'＝1\""),
            ("a,b\r\nc", "\"a,b\r\nc\""),
        ] {
            assert_eq!(cell(text), expected, "{text:?}");
        }
    }
}
