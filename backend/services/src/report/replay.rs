//! Replaying what is stored: the same facts, filings and version of the rules must give the same assessment, years
//! later, to the byte.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use varsel_domain::access::UseKind;
use varsel_domain::authz::Scope;
use varsel_domain::incident::Filing;
use varsel_domain::rules::{self, Facts, History, Pack};
use varsel_domain::{Ids, IncidentId};
use varsel_storage::revision::StoredRevision;
use varsel_storage::{Store, Tx, dossier, incident, revision};

use crate::access::write_shown_at_command_line;
use crate::report::consequence;
use crate::{Error, Result, pack};

/// Incidents whose ids are read at once.
const BATCH: u64 = 500;

/// Places at which an assessment differs that are named; more help nobody.
const PLACES: usize = 10;

/// What replaying one revision came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayed {
    /// The incident.
    pub incident: IncidentId,
    /// Number of the incident.
    pub number: String,
    /// Revision, from 1.
    pub revision: u32,
    /// The version under which it was assessed.
    pub pack_version: String,
    /// Same or not.
    pub outcome: Replay,
}

/// Whether the stored assessment is what its facts give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replay {
    /// The same bytes.
    Same,
    /// Another assessment; the places where, as JSON pointers. Values are not named.
    Differs(Vec<String>),
    /// It cannot be told: the version is not stored, or damaged.
    NoPack(String),
}

/// Replays every revision of one incident, by its number, or of all: those that are not the same, and how many are. The log of use
/// says that it was done at the command line, and names the incidents that are told of.
///
/// # Errors
/// No such incident, or storage failed: then nothing may be shown.
pub async fn replay_at_command_line(
    store: &Store,
    (ids, now): (&dyn Ids, DateTime<Utc>),
    number: Option<&str>,
) -> Result<(u64, Vec<Replayed>)> {
    let (mut same, mut others, mut replayed) = (0_u64, Vec::new(), BTreeSet::new());
    replay(store, number, |one| {
        replayed.insert(one.incident);
        if one.outcome == Replay::Same {
            same = same.saturating_add(1);
        } else {
            others.push(one);
        }
    })
    .await?;
    let differing: BTreeSet<_> = others.iter().map(|other| other.incident).collect();
    let detail = json!({ "incidents": replayed.len(), "differing": differing.len() });
    // Of one that was asked for by its number it is told, too, that it is the same.
    let told = if number.is_some() { &replayed } else { &differing };
    let tx = store.begin(&Scope::system()).await?;
    let when = (now, "varsel replay");
    write_shown_at_command_line(ids, &tx, when, (UseKind::Replayed, told), detail).await?;
    tx.commit().await?;
    Ok((same, others))
}

/// Replays every revision of one incident, by its number, or of all, and tells `each`. It writes nothing.
///
/// # Errors
/// No such incident, or storage failed.
pub async fn replay(store: &Store, number: Option<&str>, mut each: impl FnMut(Replayed)) -> Result<()> {
    let (scope, mut packs) = (Scope::system(), Packs::default());
    if let Some(number) = number {
        let tx = store.begin_snapshot(&Scope::system()).await?;
        let found = incident::find_by_number(&tx, &scope, number).await?;
        let found = found.ok_or(Error::NotFound { kind: "incident" })?;
        return incident_replay(&tx, found.id, &mut packs, &mut each).await;
    }
    let mut after = None;
    loop {
        let tx = store.begin_snapshot(&Scope::system()).await?;
        let ids = incident::page(&tx, &scope, after, BATCH).await?;
        let Some(last) = ids.last() else { return Ok(()) };
        after = Some(*last);
        for id in ids {
            incident_replay(&tx, id, &mut packs, &mut each).await?;
        }
    }
}

/// Versions that were read, or why they cannot be.
#[derive(Default)]
struct Packs(HashMap<String, Result<Arc<Pack>, String>>);

impl Packs {
    async fn of(&mut self, tx: &Tx, version: &str) -> Result<Result<Arc<Pack>, String>> {
        if let Some(known) = self.0.get(version) {
            return Ok(known.clone());
        }
        let found = pack::stored(tx, version).await?;
        self.0.insert(version.to_owned(), found.clone());
        Ok(found)
    }
}

async fn incident_replay(
    tx: &Tx,
    id: IncidentId,
    packs: &mut Packs,
    each: &mut impl FnMut(Replayed),
) -> Result<()> {
    let scope = Scope::system();
    let Some(incident) = incident::find(tx, &scope, id).await? else { return Ok(()) };
    let history = revision::history(tx, &scope, id).await?;
    let filings: Vec<_> =
        dossier::assessed(tx, &scope, &[id]).await?.into_iter().flat_map(|it| it.1).collect();
    let requests = dossier::requests(tx, &scope, id).await?;
    for stored in &history {
        let asked: Vec<_> =
            requests.iter().map(|request| request.asked.clone()).filter(|it| it.at <= stored.at).collect();
        let filed = filed_until(&history, stored, &filings);
        let past = History { filings: &filed, requests: &asked };
        let version = stored.assessment.pointer("/pack/version").and_then(Value::as_str).unwrap_or_default();
        let outcome = match packs.of(tx, version).await? {
            Ok(pack) => compare(stored, &again(&pack, stored, past)?),
            Err(cause) => Replay::NoPack(cause),
        };
        let (number, pack_version) = (incident.number.clone(), version.to_owned());
        each(Replayed { incident: id, number, revision: stored.revision, pack_version, outcome });
    }
    Ok(())
}

/// The stages filed with this revision or an earlier one, in the order in which they were.
fn filed_until(
    history: &[StoredRevision],
    stored: &StoredRevision,
    filings: &[Filing],
) -> Vec<rules::Filing> {
    let number = |filing: &Filing| history.iter().find(|it| it.id == filing.revision).map(|it| it.revision);
    let mut until: Vec<_> = filings
        .iter()
        .filter_map(|filing| number(filing).filter(|it| *it <= stored.revision).map(|it| (it, filing)))
        .collect();
    until.sort_by_key(|(number, _)| *number);
    until.into_iter().flat_map(|(_, filing)| filing.discharged.iter().cloned()).collect()
}

fn again(pack: &Pack, stored: &StoredRevision, past: History<'_>) -> Result<Value> {
    let (facts, _) = Facts::parse_lenient(pack, &stored.facts);
    let assessment = consequence::assess(pack, &facts, past, stored.at);
    serde_json::to_value(assessment).map_err(|error| Error::Internal(error.to_string()))
}

fn compare(stored: &StoredRevision, again: &Value) -> Replay {
    let mut places = Vec::new();
    differing(&stored.assessment, again, String::new(), &mut places);
    if places.is_empty() { Replay::Same } else { Replay::Differs(places) }
}

fn differing(one: &Value, other: &Value, place: String, places: &mut Vec<String>) {
    if places.len() >= PLACES || one == other {
        return;
    }
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let mut keys: Vec<_> = one.keys().chain(other.keys()).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                let value = |of: &serde_json::Map<String, Value>| of.get(key).cloned().unwrap_or_default();
                differing(&value(one), &value(other), format!("{place}/{key}"), places);
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (index, (one, other)) in one.iter().zip(other).enumerate() {
                differing(one, other, format!("{place}/{index}"), places);
            }
        }
        _ => places.push(place),
    }
}
