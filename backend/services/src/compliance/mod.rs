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
use serde_json::{Value, json};
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::rules::Text;
use varsel_storage::Tx;

use crate::access::{AccessLog, write_at_command_line};
use crate::{Error, Request, Result, Services};

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
    let tx = services.store.begin_snapshot(&Scope::system()).await?;
    let report = make(services, &tx, installation, wanted).await?;
    let when = (report.made_at, "varsel compliance report");
    let said = detail(&report, wanted.form);
    write_at_command_line(&*services.ids, &tx, when, UseKind::ComplianceReported, said).await?;
    services.log.wrote(1);
    tx.commit().await?;
    Ok(report)
}

/// The same report, for those who answer to the authority; the log of use says who made it.
///
/// # Errors
/// As [`report`]; the actor may not make it (not found).
pub async fn report_for(
    services: &Services,
    request: &Request,
    installation: &Installation,
    wanted: Wanted,
) -> Result<Report> {
    request.require(Action::MakeComplianceReport, Resource::ComplianceReport, "compliance report")?;
    // It takes a while; nobody who writes waits for it.
    let tx = services.store.begin_reading(&Scope::system()).await?;
    let report = make(services, &tx, installation, wanted).await?;
    let mut log = AccessLog::new(services, request, report.made_at)?;
    log.under(Action::MakeComplianceReport, Resource::ComplianceReport);
    log.add(UseKind::ComplianceReported, None, detail(&report, wanted.form));
    log.write_after(tx).await?;
    Ok(report)
}

/// The report, of one moment of the database.
async fn make(services: &Services, tx: &Tx, installation: &Installation, wanted: Wanted) -> Result<Report> {
    let now = services.clock.now();
    let period = period(wanted, now)?;
    gather::report(services, tx, installation, (period, now)).await
}

/// What the log of use says of a report.
fn detail(report: &Report, form: &str) -> Value {
    let Report { period, findings, .. } = report;
    json!({ "from": period.from, "to": period.until, "form": form, "findings": findings.len() })
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
