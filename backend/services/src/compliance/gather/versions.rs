//! What runs here, and what its settings say.

use varsel_domain::pack::{PackStatus, statuses};
use varsel_storage::{Tx, pack_version, schema};

use crate::compliance::finding::OfMachine;
use crate::compliance::installation::{Installation, Tls};
use crate::compliance::model::{Pack, Provider, Settings, Told, Versions};
use crate::{Result, Services, provider};

/// Program, schema, rules and settings.
///
/// # Errors
/// Storage failed.
pub(super) async fn gather(
    services: &Services,
    tx: &Tx,
    installation: &Installation,
    findings: &mut Vec<Told>,
) -> Result<Versions> {
    let had = schema::migrations(tx).await?;
    let without = |some: &[String], others: &[String]| -> Vec<String> {
        some.iter().filter(|name| !others.contains(name)).cloned().collect()
    };
    let missing = without(&installation.migrations, &had);
    let unknown = without(&had, &installation.migrations);
    if !missing.is_empty() || !unknown.is_empty() {
        findings.push(OfMachine::SchemaDiffers { missing: missing.len(), unknown: unknown.len() }.into());
    }
    let packs = packs(services, tx).await?;
    if packs.iter().all(|pack| pack.status != PackStatus::InForce) {
        findings.push(OfMachine::NoRules.into());
    }
    let settings = settings(services, tx, installation).await?;
    if settings.tls == Tls::None {
        findings.push(OfMachine::NoTls.into());
    }
    let lax = settings.providers.iter().filter(|provider| provider.assurance.is_empty());
    findings.extend(lax.map(|it| OfMachine::NoAssuranceLevel { provider: it.name.clone() }.into()));
    Ok(Versions {
        program: installation.program.clone(),
        schema: had.last().cloned(),
        missing_migrations: missing,
        unknown_migrations: unknown,
        packs,
        settings,
    })
}

async fn packs(services: &Services, tx: &Tx) -> Result<Vec<Pack>> {
    let versions = pack_version::list(tx).await?;
    let statuses = statuses(&versions, |_| false, services.clock.now());
    let pack = |(version, status): (varsel_domain::pack::PackVersion, PackStatus)| Pack {
        version: version.version,
        status,
        in_force_from: version.in_force_from,
        content_sha256: version.content_sha256,
        change: version.change.map(|change| change.to_string()),
    };
    Ok(versions.into_iter().zip(statuses).map(pack).collect())
}

async fn settings(services: &Services, tx: &Tx, installation: &Installation) -> Result<Settings> {
    let (sessions, rules) = (&services.sessions, &services.attempts.rules);
    let providers = provider::standing_in(services, tx).await?.into_iter().map(|view| Provider {
        name: view.provider.name,
        issuer: view.provider.issuer,
        assurance: view.provider.settings.get("acr").cloned().unwrap_or_default(),
        trusted_since: view.trusted_since,
        change: view.change.map(|change| change.to_string()),
    });
    Ok(Settings {
        database: installation.database,
        public_address: installation.public_address.clone(),
        tls: installation.tls,
        authority_idle_minutes: sessions.authority_idle.num_minutes(),
        reporter_idle_minutes: sessions.reporter_idle.num_minutes(),
        longest_session_hours: sessions.longest.num_hours(),
        parallel_sessions: sessions.parallel,
        attempts_per_user: rules.per_user,
        attempts_per_client: rules.per_client,
        attempts_window_minutes: rules.window.num_minutes(),
        attempts_block_minutes: rules.block.num_minutes(),
        longest_temporary_days: services.longest_temporary.num_days(),
        local_accounts: installation.local_accounts,
        local_fallback: installation.local_fallback,
        providers: providers.collect(),
    })
}
