//! Reading what a report says, all in one moment of the database.

mod attempts;
mod authorisations;
mod changes;
mod kept;
mod log;
mod people;
mod retention;
mod reviews;
mod settings;
mod versions;

use chrono::{DateTime, Utc};
use varsel_storage::Tx;

use super::finding::OfMachine;
use super::installation::{Installation, Link, Protected};
use super::model::{FORMAT, Period, Report, Told};
use crate::{Result, Services};

/// The report of `period`.
///
/// # Errors
/// Storage failed.
pub(super) async fn report(
    services: &Services,
    tx: &Tx,
    installation: &Installation,
    (period, made_at): (Period, DateTime<Utc>),
) -> Result<Report> {
    let mut findings = Vec::new();
    let authorisations = authorisations::gather(services, tx, &mut findings).await?;
    let reviews = reviews::gather(services, tx, (period, &authorisations), &mut findings).await?;
    let attempts = attempts::gather(services, tx, period, &mut findings).await?;
    let log = log::gather(services, tx, period, &mut findings).await?;
    let retention = retention::gather(services, tx, &mut findings).await?;
    let changes = changes::gather(services, tx, (period, &authorisations), &mut findings).await?;
    let versions = versions::gather(services, tx, installation, &mut findings).await?;
    findings.extend(installation.links.iter().filter_map(unprotected));
    Ok(Report {
        format: FORMAT,
        made_at,
        period,
        origin: services.log.signer().verifier().name().to_owned(),
        findings,
        authorisations,
        reviews,
        attempts,
        log,
        retention,
        changes,
        versions,
        links: installation.links.clone(),
    })
}

fn unprotected(link: &Link) -> Option<Told> {
    let Link { name, address, protected, .. } = link.clone();
    (protected == Protected::No).then(|| OfMachine::LinkUnprotected { name, address }.into())
}

/// How many, as a report counts.
fn count<T>(items: impl IntoIterator<Item = T>) -> u64 {
    u64::try_from(items.into_iter().count()).unwrap_or(u64::MAX)
}
