//! The report for the supervising authority (EO 528 § 4): who is authorised, what was reviewed, rejected, logged, erased and
//! decided by two, what runs here and what it talks to; first of all, what needs attention.
//!
//! [`report`] gathers it in one moment of the database and logs that it was made. [`document`] puts it into words of one
//! language, which [`text`] and [`html`] print; [`sign`] and [`verify`] make sure that what was printed stays as it was.

mod document;
mod finding;
mod gather;
mod installation;
mod model;
mod print;
mod signature;

pub use document::{Document, document};
pub use finding::{Finding, OfAccess, OfDecision, OfLog, OfMachine, Section};
pub use installation::{Database, Installation, Link, LinkKind, Protected, Tls};
pub use model::*;
pub use print::{html, text};
pub use signature::{Refused, Signed, attach, detach, sign, verify};

use chrono::{DateTime, Months, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::Scope;
use varsel_domain::rules::Text;

use crate::access::write_at_command_line;
use crate::{Error, Result, Services};

/// Months that a report covers where nobody says otherwise.
const MONTHS: Months = Months::new(6);

/// What is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    /// From when; six months before the end where nobody says.
    pub since: Option<DateTime<Utc>>,
    /// Until when, exclusive; now where nobody says.
    pub until: Option<DateTime<Utc>>,
    /// In which form it will be printed, for the log of use.
    pub form: &'static str,
}

/// The report, for whoever runs the server: it names people and the rights they have, and shows no content of incidents.
/// The log of use says that it was made.
///
/// # Errors
/// [`Error::Invalid`] naming `since` or `until`; storage failed.
pub async fn report(services: &Services, installation: &Installation, wanted: Wanted) -> Result<Report> {
    let now = services.clock.now();
    let period = period(wanted, now)?;
    let tx = services.store.begin_snapshot(&Scope::system()).await?;
    let report = gather::report(services, &tx, installation, (period, now)).await?;
    let detail = json!({
        "from": period.from, "to": period.until, "form": wanted.form, "findings": report.findings.len(),
    });
    let when = (report.made_at, "varsel compliance report");
    write_at_command_line(&*services.ids, &tx, when, UseKind::ComplianceReported, detail).await?;
    services.log.wrote(1);
    tx.commit().await?;
    Ok(report)
}

fn period(wanted: Wanted, now: DateTime<Utc>) -> Result<Period> {
    let until = wanted.until.unwrap_or(now);
    let invalid = |field, da: &str, en: &str| {
        Err(Error::Invalid { field, message: Text { da: da.to_owned(), en: en.to_owned() } })
    };
    if until > now {
        let da = "Perioden kan ikke slutte i fremtiden. Vælg et tidspunkt, der er forbi.";
        let en = "The period cannot end in the future. Choose a time that has passed.";
        return invalid("until", da, en);
    }
    let from = wanted.since.or_else(|| until.checked_sub_months(MONTHS)).unwrap_or(until);
    if from >= until {
        let da = "Perioden skal begynde, før den slutter. Vælg en tidligere begyndelse.";
        let en = "The period must begin before it ends. Choose an earlier beginning.";
        return invalid("since", da, en);
    }
    Ok(Period { from, until })
}
