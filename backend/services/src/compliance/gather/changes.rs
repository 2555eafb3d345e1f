//! What two decided, and whether what holds now rests on that.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use varsel_domain::ChangeId;
use varsel_domain::access::{AccessEntry, UseKind};
use varsel_domain::change::{Change, ChangeKind, ChangeStatus, Flaw, Payload, Subject};
use varsel_domain::retention::uses_kept;
use varsel_storage::access_log::{self, Sought};
use varsel_storage::{Tx, change_proposal, legal_hold, pack_version, trusted_provider};

use super::count;
use super::kept;
use super::people::{People, of_change};
use super::settings;
use crate::compliance::document::words::change_kind;
use crate::compliance::finding::OfDecision;
use crate::compliance::model::{Authorisations, Changes, Decided, GuardedKind, Period, Told, Words};
use crate::keys::{What, replacements};
use crate::{Result, Services};

/// The changes of the period, and what holds now.
///
/// # Errors
/// Storage failed.
pub(super) async fn gather(
    services: &Services,
    tx: &Tx,
    (period, authorisations): (Period, &Authorisations),
    findings: &mut Vec<Told>,
) -> Result<Changes> {
    let now = services.clock.now();
    let changes = change_proposal::between(tx, period.from, period.until).await?;
    let people = People::read(tx, changes.iter().flat_map(of_change)).await?;
    let mut unguarded = Vec::new();
    let mut list = Vec::new();
    for change in &changes {
        let carried_out = change.status == ChangeStatus::Executed;
        let flaw = if carried_out { people.flaw(change) } else { None };
        unguarded.extend(flaw.map(|flaw| (change.kind, change.id.to_string(), flaw)));
        list.push(line(change, (change.status_at(now), flaw)));
    }
    effects(services, tx, &mut unguarded).await?;
    settings::effects(services, tx, &mut unguarded).await?;
    kept::effects(tx, now, &mut unguarded).await?;
    unguarded.extend(settings::later_starts(tx, period).await?);
    // What was decided and is flawed, and still holds, is one thing.
    unguarded.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
    unguarded.dedup_by(|one, other| (one.0, &one.1) == (other.0, &other.1));
    keys(tx, period, (&mut unguarded, findings)).await?;
    alone(tx, period, findings).await?;
    let unfounded = count(authorisations.list.iter().filter(|held| held.flaw.is_some()));
    let ended = |it: &&Decided| it.decided_at.is_none_or(|at| period.holds(at));
    let kinds = ChangeKind::ALL.map(|kind| {
        let of_kind: Vec<_> = list.iter().filter(|it| it.kind == kind).collect();
        let standing = |status| count(of_kind.iter().copied().filter(ended).filter(|it| it.status == status));
        let granted = if kind == ChangeKind::GrantAuthorisation { unfounded } else { 0 };
        GuardedKind {
            kind,
            proposed: count(of_kind.iter().filter(|it| period.holds(it.proposed_at))),
            executed: standing(ChangeStatus::Executed),
            rejected: standing(ChangeStatus::Rejected),
            withdrawn: standing(ChangeStatus::Withdrawn),
            expired: standing(ChangeStatus::Expired),
            open: standing(ChangeStatus::Open),
            unguarded: count(unguarded.iter().filter(|(of, ..)| *of == kind)).max(granted),
        }
    });
    let told = |(kind, what, flaw)| Told::from(OfDecision::Unguarded { kind, what, flaw });
    findings.extend(unguarded.into_iter().map(told));
    Ok(Changes { kinds: kinds.into(), list })
}

fn line(change: &Change, (status, flaw): (ChangeStatus, Option<Flaw>)) -> Decided {
    let decision = change.decision.as_ref();
    Decided {
        id: change.id.to_string(),
        kind: change.kind,
        title: title(change),
        proposed_by: change.proposer.name.clone(),
        proposed_at: change.proposed_at,
        status,
        decided_by: decision.and_then(|it| it.by_name.clone()),
        decided_at: decision.map(|it| it.at),
        flaw,
    }
}

/// What it does; but whose acts the log keeps is for nobody to read here who may be that person.
fn title(change: &Change) -> Words {
    match change.subject() {
        Subject::Uses { .. } => change_kind(change.kind),
        Subject::Platform | Subject::Right { .. } => change.title().into(),
    }
}

/// What holds now without the decision of two: of versions, providers and holds on incidents. Authorisations have a part of their own.
async fn effects(services: &Services, tx: &Tx, found: &mut Vec<(ChangeKind, String, Flaw)>) -> Result<()> {
    let packs = pack_version::list(tx).await?;
    let trusted = trusted_provider::list(tx).await?;
    let holds = legal_hold::standing(tx, None, services.clock.now()).await?;
    let ids = packs.iter().filter_map(|it| it.change).chain(trusted.iter().filter_map(|it| it.change));
    let ids = ids.chain(holds.iter().map(|it| it.change));
    let decisions = Decisions::read(tx, ids.collect()).await?;
    let logged_since = uses_kept().before(services.clock.now());
    // The first one came with the program.
    let alone = packs.iter().filter(|it| it.change.is_none() && it.in_force_from.is_some());
    let first = alone.min_by_key(|it| it.in_force_from).map(|it| it.version.as_str());
    for pack in packs.iter().filter(|it| it.in_force_from.is_some()) {
        let publishes = |payload: &Payload| {
            matches!(payload, Payload::PublishPack { version, content_sha256, .. }
                if *version == pack.version && *content_sha256 == pack.content_sha256)
        };
        let flaw = match pack.change {
            Some(change) => decisions.flaw(change, &publishes),
            None => (Some(pack.version.as_str()) != first).then_some(Flaw::NoDecision),
        };
        found.extend(flaw.map(|flaw| (ChangeKind::PublishPack, pack.version.clone(), flaw)));
    }
    let named = all_logged(tx, ADOPTED[0], logged_since).await?;
    for provider in &trusted {
        let trusts = |payload: &Payload| matches!(payload, Payload::TrustProvider { name, .. } if *name == provider.name);
        let unlogged = || provider.since > logged_since && !named.contains(&provider.name);
        let flaw = decisions.flaw_or_unlogged(provider.change, &trusts, unlogged);
        found.extend(flaw.map(|flaw| (ChangeKind::TrustProvider, provider.name.clone(), flaw)));
    }
    for hold in &holds {
        let places = |payload: &Payload| matches!(payload, Payload::PlaceHold { incident, .. } if *incident == hold.incident);
        let flaw = decisions.flaw(hold.change, &places);
        found.extend(flaw.map(|flaw| (ChangeKind::PlaceHold, hold.change.to_string(), flaw)));
    }
    Ok(())
}

/// Decisions on which something rests, and the people who took them.
pub(super) struct Decisions {
    changes: HashMap<ChangeId, Change>,
    people: People,
}

impl Decisions {
    pub(super) async fn read(tx: &Tx, ids: Vec<ChangeId>) -> Result<Self> {
        Self::of(tx, change_proposal::find_many(tx, &ids).await?).await
    }

    pub(super) async fn of(tx: &Tx, changes: Vec<Change>) -> Result<Self> {
        let people = People::read(tx, changes.iter().flat_map(of_change)).await?;
        Ok(Self { changes: changes.into_iter().map(|change| (change.id, change)).collect(), people })
    }

    /// Whether a change was ended by the person whom it concerns, by whatever account.
    pub(super) fn was_ended_by_whom_it_concerns(&self, change: &Change) -> bool {
        self.people.decided_on_themselves(change)
    }

    /// What is wrong with the decision `id`, on which something rests that it `fits`.
    pub(super) fn flaw(&self, id: ChangeId, fits: &dyn Fn(&Payload) -> bool) -> Option<Flaw> {
        let Some(change) = self.changes.get(&id) else { return Some(Flaw::NoDecision) };
        self.people.flaw(change).or_else(|| {
            let fits = change.read_payload().is_some_and(|payload| fits(&payload));
            (!fits).then_some(Flaw::OtherContent)
        })
    }

    /// The same of what may be there from the beginning: then the log of use says so.
    fn flaw_or_unlogged(
        &self,
        id: Option<ChangeId>,
        fits: &dyn Fn(&Payload) -> bool,
        unlogged: impl Fn() -> bool,
    ) -> Option<Flaw> {
        match id {
            Some(id) => self.flaw(id, fits),
            None => unlogged().then_some(Flaw::NotLogged),
        }
    }
}

/// The day on which nobody could sign in any more: what whoever runs the server did alone then.
async fn alone(tx: &Tx, period: Period, findings: &mut Vec<Told>) -> Result<()> {
    for (entry, providers) in logged(tx, ADOPTED[0], period.from, Some(period.until)).await? {
        if entry.function == "command line" {
            findings.push(OfDecision::ProviderTrustedAlone { at: entry.at, providers }.into());
        }
    }
    Ok(())
}

/// Keys that were replaced in the period: by whoever runs the server alone, or on the word of a change that there is not.
async fn keys(
    tx: &Tx,
    period: Period,
    (unguarded, findings): (&mut Vec<(ChangeKind, String, Flaw)>, &mut Vec<Told>),
) -> Result<()> {
    let replaced = replacements(tx, period.from, Some(period.until)).await?;
    let ids: Vec<_> = replaced.iter().filter_map(|it| it.change).collect();
    let changes = change_proposal::find_many(tx, &ids).await?;
    for it in replaced {
        let kind = match it.what {
            What::Renewed => ChangeKind::RenewKeys,
            What::RootReplaced => ChangeKind::ReplaceRootKey,
        };
        match it.change {
            // What is wrong with one that there is, is said where it was decided.
            Some(id) if changes.iter().any(|change| change.id == id && change.kind == kind) => {}
            Some(id) => unguarded.push((kind, id.to_string(), Flaw::NoDecision)),
            None => findings.push(OfDecision::KeysReplacedAlone { at: it.at, reason: it.reason }.into()),
        }
    }
    Ok(())
}

/// How the log of use tells of what was there from the beginning, and in which detail it names it.
pub(super) const ADOPTED: [(UseKind, &str); 2] =
    [(UseKind::ProviderTrusted, "providers"), (UseKind::SettingsAdopted, "settings")];

/// What entries of a kind name in their detail.
pub(super) async fn logged(
    tx: &Tx,
    (kind, detail): (UseKind, &str),
    from: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
) -> Result<Vec<(AccessEntry, Vec<String>)>> {
    let sought = Sought { use_kind: Some(kind), from: Some(from), until, ..Sought::default() };
    let logged = access_log::list(tx, &sought, None, u64::from(u32::MAX)).await?;
    let named = |(_, logged): (_, access_log::LoggedEntry)| {
        let names = logged.entry.detail.get(detail).and_then(|it| it.as_array()).cloned();
        let names = names.into_iter().flatten().filter_map(|name| Some(name.as_str()?.to_owned()));
        (logged.entry.clone(), names.collect())
    };
    Ok(logged.into_iter().map(named).collect())
}

async fn all_logged(tx: &Tx, what: (UseKind, &str), from: DateTime<Utc>) -> Result<Vec<String>> {
    Ok(logged(tx, what, from, None).await?.into_iter().flat_map(|it| it.1).collect())
}
