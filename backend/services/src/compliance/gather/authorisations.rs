//! Who may do what, by whose word, and whether they still do it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use varsel_domain::access::UseKind;
use varsel_domain::authorisation::{
    Authorisation, Basis, State, Status, Suspension, WAITS_AT_MOST, check_beside,
};
use varsel_domain::change::{Change, Flaw, Payload};
use varsel_domain::retention::uses_kept;
use varsel_domain::review::is_unused;
use varsel_domain::{ChangeId, PersonId};
use varsel_storage::access_log::{self, Sought};
use varsel_storage::authorisation::{self, Criteria, Standing as Stored};
use varsel_storage::authorisation_use::{self, Uses};
use varsel_storage::{Tx, change_proposal};

use super::count;
use super::people::{People, of_change};
use crate::authorisation::reach_in_words;
use crate::compliance::finding::OfAccess;
use crate::compliance::model::{Authorisations, GrantedBy, Held, Standing, Told};
use crate::{Result, Services};

/// The demo's people have what goes with their role, and no log says so.
const DEMO: &str = "demo";

/// All that are not over.
///
/// # Errors
/// Storage failed.
pub(super) async fn gather(services: &Services, tx: &Tx, findings: &mut Vec<Told>) -> Result<Authorisations> {
    let now = services.clock.now();
    let held = authorisation::live_everywhere(tx, now).await?;
    let grounds = Grounds::read(services, tx, &held).await?;
    findings.extend(beside(&held, &grounds.people, now).map(Told::from));
    let alone =
        |held: &&Authorisation| held.waits_since(now).is_some_and(|since| now - since > WAITS_AT_MOST);
    let movers: BTreeSet<_> = held.iter().filter(alone).map(|held| held.holder).collect();
    if !movers.is_empty() {
        findings.push(OfAccess::MoversLeftAlone { count: count(movers) }.into());
    }
    let mut list = Vec::new();
    for held in held {
        let line = line(services, tx, &grounds, held).await?;
        let (authorisation, holder) = (line.id.clone(), line.holder.clone());
        if let Some(flaw) = line.flaw {
            let (authorisation, holder) = (authorisation.clone(), holder.clone());
            findings.push(OfAccess::UnfoundedAuthorisation { authorisation, holder, flaw }.into());
        }
        let begins = line.from.max(line.granted_at);
        let too_long = line.until.is_none_or(|until| until - begins > services.longest_temporary);
        if line.temporary.is_some() && too_long {
            findings.push(OfAccess::TemporaryTooLong { authorisation, holder }.into());
        }
        list.push(line);
    }
    let over = Criteria { standing: Some(Stored::Over), now, ..Criteria::default() };
    let all = summed(list, authorisation::count(tx, &over).await?);
    if all.unused > 0 {
        findings.push(OfAccess::UnusedAuthorisations { count: all.unused }.into());
    }
    Ok(all)
}

/// Those who audit and may write, by all that they hold together.
fn beside<'a>(
    held: &'a [Authorisation],
    people: &'a People,
    now: DateTime<Utc>,
) -> impl Iterator<Item = OfAccess> + 'a {
    let holders: BTreeSet<_> = held.iter().map(|held| held.holder).collect();
    let both = move |holder: &PersonId| {
        let theirs = held.iter().filter(|held| held.holder == *holder);
        check_beside(&BTreeSet::new(), theirs, now).is_err()
    };
    let finding = |holder| OfAccess::AuditBesideWriting { holder: people.name(holder) };
    holders.into_iter().filter(both).map(finding)
}

fn summed(list: Vec<Held>, over: u64) -> Authorisations {
    let standing = |wanted: Standing| count(list.iter().filter(|held| held.standing == wanted));
    let mut by_function = BTreeMap::new();
    for held in list.iter().filter(|held| held.standing == Standing::Active) {
        for function in &held.functions {
            *by_function.entry(*function).or_default() += 1;
        }
    }
    Authorisations {
        active: standing(Standing::Active),
        pending: standing(Standing::Pending),
        suspended: standing(Standing::Unconfirmed) + standing(Standing::Moved),
        over,
        temporary: count(list.iter().filter(|held| held.temporary.is_some())),
        unused: count(list.iter().filter(|held| held.unused)),
        by_function,
        list,
    }
}

/// On what authorisations rest.
struct Grounds {
    changes: HashMap<ChangeId, Change>,
    people: People,
    uses: Uses,
    /// Ids of authorisations, and of holders for whom somebody did it, that the log of use names.
    logged: HashSet<String>,
    /// What was granted after this is in the log.
    logged_since: DateTime<Utc>,
}

impl Grounds {
    async fn read(services: &Services, tx: &Tx, held: &[Authorisation]) -> Result<Self> {
        let now = services.clock.now();
        let approved = held.iter().filter_map(|held| match held.basis {
            Basis::Approved(change) => Some(change),
            _ => None,
        });
        let changes = change_proposal::find_many(tx, &approved.collect::<Vec<_>>()).await?;
        let holders = held.iter().map(|held| held.holder);
        let people = People::read(tx, changes.iter().flat_map(of_change).chain(holders)).await?;
        let logged_since = uses_kept().before(now);
        Ok(Self {
            changes: changes.into_iter().map(|change| (change.id, change)).collect(),
            people,
            uses: authorisation_use::of(tx, held.iter().map(|held| held.id)).await?,
            logged: logged(tx, logged_since).await?,
            logged_since,
        })
    }

    /// What is wrong with how somebody got an authorisation, if anything.
    fn flaw(&self, held: &Authorisation) -> Option<Flaw> {
        let named = match &held.basis {
            Basis::Provider(provider) if provider == DEMO && self.people.is_invented(held.holder) => {
                return None;
            }
            Basis::Approved(change) => match self.changes.get(change) {
                None => return Some(Flaw::NoDecision),
                Some(change) => {
                    let flaw = self.people.flaw(change);
                    let flaw = flaw.or_else(|| (!gives(change, held)).then_some(Flaw::OtherContent));
                    if flaw.is_some() {
                        return flaw;
                    }
                    self.logged.contains(&held.id.to_string())
                }
            },
            Basis::Provider(_) => self.logged.contains(&held.id.to_string()),
            Basis::Bootstrap => self.logged.contains(&held.holder.to_string()),
        };
        (held.granted_at > self.logged_since && !named).then_some(Flaw::NotLogged)
    }

    fn granted_by(&self, held: &Authorisation) -> GrantedBy {
        match &held.basis {
            Basis::Approved(id) => {
                let change = self.changes.get(id);
                GrantedBy::Two {
                    proposed_by: change.map(|change| change.proposer.name.clone()),
                    approved_by: change.and_then(|it| it.decision.as_ref()).and_then(|it| it.by_name.clone()),
                    change: id.to_string(),
                }
            }
            Basis::Provider(name) => GrantedBy::Provider { name: name.clone() },
            Basis::Bootstrap => GrantedBy::Operator,
        }
    }
}

/// Whether a change gives just this authorisation.
fn gives(change: &Change, held: &Authorisation) -> bool {
    match change.read_payload() {
        Some(Payload::GrantAuthorisation(grant)) => {
            grant.holder == held.holder
                && grant.functions == held.functions
                && grant.reach == held.reach
                && grant.until == held.until
                && grant.temporary == held.temporary
        }
        _ => false,
    }
}

/// What the log of use says was granted: authorisations by their ids, and people whom a one-time token let in.
async fn logged(tx: &Tx, since: DateTime<Utc>) -> Result<HashSet<String>> {
    let mut named = HashSet::new();
    for (kind, field) in [
        (UseKind::AuthorisationGranted, "authorisation"),
        (UseKind::AdministratorNamed, "person"),
        (UseKind::AccountInvited, "person"),
    ] {
        let sought = Sought { use_kind: Some(kind), from: Some(since), ..Sought::default() };
        for (_, logged) in access_log::list(tx, &sought, None, u64::from(u32::MAX)).await? {
            let said = logged.entry.detail.get(field).and_then(serde_json::Value::as_str);
            named.extend(said.map(str::to_owned));
        }
    }
    Ok(named)
}

async fn line(services: &Services, tx: &Tx, grounds: &Grounds, held: Authorisation) -> Result<Held> {
    let now = services.clock.now();
    let used = grounds.uses.get(&held.id);
    let last_used_at = used.into_iter().flatten().map(|(_, used)| used.last_at).max();
    let standing = match (held.state, held.status_at(now)) {
        (State::Suspended(Suspension::Unconfirmed), _) => Standing::Unconfirmed,
        (State::Suspended(Suspension::Moved), _) => Standing::Moved,
        (_, Status::Pending) => Standing::Pending,
        _ => Standing::Active,
    };
    Ok(Held {
        id: held.id.to_string(),
        holder: grounds.people.name(held.holder),
        reach_words: reach_in_words(services, tx, &held.reach, now).await?.into(),
        purpose: held.purpose.in_words().into(),
        from: held.from,
        until: held.until,
        temporary: held.temporary,
        standing,
        granted_at: held.granted_at,
        granted_by: grounds.granted_by(&held),
        last_used_at,
        uses: used.into_iter().flatten().map(|(_, used)| used.uses).sum(),
        unused: standing == Standing::Active && is_unused(held.granted_at, last_used_at, now),
        flaw: grounds.flaw(&held),
        functions: held.functions.into_iter().collect(),
        reach: held.reach,
    })
}
