//! The log of use, for an investigation and nothing else: it has a case number, nobody sees their own acts in it, and
//! looking is itself a use.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::incident::read_incident_number;
use varsel_domain::rules::Text;
use varsel_domain::{Actor, AuthorisationId, IncidentId, OrganisationId, PersonId};
use varsel_storage::access_log::{self, After, LoggedEntry, Sought};
use varsel_storage::{Tx, authorisation, incident, organisation, person};

use super::sentence::{Concerned, sentence};
use crate::access::AccessLog;
use crate::attempt::Watchers;
use crate::job::{AttemptsAlarm, enqueue};
use crate::page::Wanted;
use crate::view::{Page, PageRequest};
use crate::{Error, Request, Result, Services};

/// The longest case number.
const LONGEST_CASE: usize = 60;
/// The longest time that is investigated at once: as long as the log is kept, and a day.
const LONGEST_TIME: TimeDelta = TimeDelta::days(5 * 366);

/// What is investigated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inquiry {
    /// The number of the case in which it is done, as the investigator's own files have it.
    pub case: String,
    /// Whose acts; everybody's but one's own where it is not said.
    pub person: Option<PersonId>,
    /// Acts on this incident, by its number, or its id where it has been erased.
    pub incident: Option<String>,
    /// Acts of this kind.
    pub use_kind: Option<UseKind>,
    /// From this moment on.
    pub from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub until: Option<DateTime<Utc>>,
}

/// A use, as an investigator reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct UseView {
    /// The entry as it was logged, and where it stands in the tree.
    pub logged: LoggedEntry,
    /// Whose data: the incident's number, where it is still there.
    pub incident: Option<String>,
    /// What was done, in one sentence.
    pub sentence: Text,
    /// For which purposes those authorisations were given by which it was done.
    pub purposes: Vec<Text>,
    /// The answers that were shown, by their names in the rules in force.
    pub shown: Vec<Text>,
}

/// The uses, oldest first.
///
/// # Errors
/// The actor investigates nothing (not found), asks for their own acts (forbidden), or for what cannot be taken; storage
/// failed.
pub async fn investigate(
    services: &Services,
    request: &Request,
    inquiry: &Inquiry,
    page: PageRequest,
) -> Result<Page<UseView>> {
    let wanted: Wanted<After> = Wanted::parse(&page)?;
    let (tx, sought) = begin(services, request, inquiry).await?;
    let rows = access_log::list(&tx, &sought, wanted.after, wanted.limit()).await?;
    let total = access_log::count(&tx, &sought).await?;
    let (keys, logged): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let views = view_all(services, &tx, logged).await?;
    let page = wanted.page(keys.into_iter().zip(views).collect(), total)?;
    let shown = request.shown_of(&page).len();
    write_after(services, request, tx, inquiry, (UseKind::UsesRead, shown, total)).await?;
    Ok(page)
}

pub(super) fn investigator(request: &Request) -> Result<&Actor> {
    request.require(Action::ReadUses, Resource::Uses, "log of use")
}

/// Begins an inquiry: what is read in, and what is looked for. Whoever asks for what they did themselves, by whatever account, is
/// refused, and those who watch over access are told.
///
/// # Errors
/// See [`investigate`].
pub(super) async fn begin(services: &Services, request: &Request, inquiry: &Inquiry) -> Result<(Tx, Sought)> {
    let investigator = investigator(request)?.person;
    check(inquiry)?;
    let tx = services.store.begin_reading(&Scope::system()).await?;
    let own = person::accounts_of(&tx, investigator).await?;
    if inquiry.person.is_some_and(|person| own.contains(&person)) {
        tx.commit().await?;
        alarm_of_own_uses(services, investigator, &own).await?;
        return Err(request.forbid("read the log of one's own acts"));
    }
    let sought = sought(&tx, inquiry, own).await?;
    Ok((tx, sought))
}

/// Tells all who watch over access but the investigator that somebody has asked for the log of their own acts.
async fn alarm_of_own_uses(services: &Services, investigator: PersonId, own: &[PersonId]) -> Result<()> {
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    for watcher in Watchers::now(services, &tx).await?.all() {
        if !own.contains(&watcher) {
            enqueue(&tx, &*services.ids, now, &AttemptsAlarm::of_own_uses(watcher, investigator, now))
                .await?;
        }
    }
    tx.commit().await?;
    services.live.ring();
    Ok(())
}

/// Ends the transaction that has read the log, and adds that it was read: by whom, in which case, and what was sought.
pub(super) async fn write_after(
    services: &Services,
    request: &Request,
    tx: Tx,
    inquiry: &Inquiry,
    (use_kind, shown, total): (UseKind, usize, u64),
) -> Result<()> {
    let mut log = AccessLog::new(services, request, services.clock.now())?;
    let detail = json!({
        "case": inquiry.case.trim(), "person": inquiry.person, "incident": inquiry.incident.as_deref().map(named),
        "use": inquiry.use_kind, "from": inquiry.from, "until": inquiry.until, "shown": shown,
    });
    log.add_list(use_kind, detail, total);
    log.under(Action::ReadUses, Resource::Uses);
    log.write_after(tx).await
}

/// What is looked for. An incident is named by its number, or by its id as entries from before its erasure name it.
async fn sought(tx: &Tx, inquiry: &Inquiry, not_by: Vec<PersonId>) -> Result<Sought> {
    let id = match &inquiry.incident {
        Some(named) => Some(incident_of(tx, named.trim()).await?),
        None => None,
    };
    Ok(Sought {
        person: inquiry.person,
        incident: id,
        use_kind: inquiry.use_kind,
        from: inquiry.from,
        until: inquiry.until,
        not_by,
    })
}

/// An incident as an inquiry names it, in the form in which it is looked up.
fn named(incident: &str) -> String {
    read_incident_number(incident.trim()).unwrap_or_else(|| incident.trim().to_owned())
}

/// # Errors
/// [`Error::Invalid`]: an answer that says that nobody looked must not come from a slip of the pen.
async fn incident_of(tx: &Tx, named: &str) -> Result<IncidentId> {
    if let Ok(id) = named.parse() {
        return Ok(id);
    }
    let number = read_incident_number(named);
    let found = match &number {
        Some(number) => incident::find_by_number(tx, &Scope::system(), number).await?,
        None => None,
    };
    found.map(|incident| incident.id).ok_or_else(|| {
        let da = "Der er ingen hændelse med det nummer. Skriv det som V-2026-00042. Er hændelsen slettet, så skriv dens id \
                  (incident_…), som det står ved anvendelser fra før.";
        let en = "There is no incident with that number. Write it as V-2026-00042. If the incident has been erased, write its id \
                  (incident_…) as it stands in uses from before.";
        Error::Invalid { field: "incident", message: Text { da: da.to_owned(), en: en.to_owned() } }
    })
}

fn check(inquiry: &Inquiry) -> Result<()> {
    let case = inquiry.case.trim();
    if case.is_empty() || case.chars().count() > LONGEST_CASE || case.chars().any(char::is_control) {
        let da =
            format!("Skriv sagens nummer, højst {LONGEST_CASE} tegn: loggen bruges kun til undersøgelser.");
        let en = format!(
            "Write the number of the case, at most {LONGEST_CASE} characters: the log is used for investigations only."
        );
        return Err(Error::Invalid { field: "case", message: Text { da, en } });
    }
    if let (Some(from), Some(until)) = (inquiry.from, inquiry.until)
        && (until <= from || until - from > LONGEST_TIME)
    {
        let da = "Slutningen skal ligge efter begyndelsen, og højst fem år efter.".to_owned();
        let en = "The end must be after the beginning, and five years after it at most.".to_owned();
        return Err(Error::Invalid { field: "until", message: Text { da, en } });
    }
    Ok(())
}

/// Entries with whose data they were about, and a sentence each.
///
/// # Errors
/// Storage failed.
pub(super) async fn view_all(services: &Services, tx: &Tx, logged: Vec<LoggedEntry>) -> Result<Vec<UseView>> {
    let ids: BTreeSet<_> = logged.iter().filter_map(|it| it.entry.incident).collect();
    let incidents = named_incidents(tx, ids).await?;
    let people: BTreeSet<_> = logged.iter().filter_map(concerned_person).collect();
    let people: Vec<_> = people.into_iter().collect();
    let names: HashMap<_, _> =
        person::find_many(tx, &people).await?.into_iter().map(|it| (it.id, it.name)).collect();
    let organisations = names_of(tx, logged.iter().filter_map(home).collect()).await?;
    let purposes = purposes_of(tx, &logged).await?;
    let pack = services.packs.in_force(services.clock.now());
    let view = |logged: LoggedEntry| {
        let incident = logged.entry.incident.and_then(|id| incidents.get(&id));
        let concerned = Concerned {
            incident: incident.map(|(number, organisation)| format!("{number} ({organisation})")),
            person: concerned_person(&logged).and_then(|id| names.get(&id).cloned()),
            organisation: home(&logged).and_then(|id| organisations.get(&id).cloned()),
        };
        let ids = logged.entry.detail.get("facts").and_then(|facts| facts.as_array()).into_iter().flatten();
        let label = |id: &str| {
            let unknown = || Text { da: id.to_owned(), en: id.to_owned() };
            pack.fact(id).map_or_else(unknown, |fact| fact.label.clone())
        };
        let shown = ids.filter_map(|id| id.as_str()).map(label).collect();
        let (incident, sentence) =
            (incident.map(|(number, _)| number.clone()), sentence(&logged.entry, &concerned));
        let purposes = rights(&logged).filter_map(|id| purposes.get(&id).cloned()).collect::<BTreeSet<_>>();
        let purposes = purposes.into_iter().map(|(da, en)| Text { da, en }).collect();
        UseView { logged, incident, sentence, purposes, shown }
    };
    Ok(logged.into_iter().map(view).collect())
}

/// The authorisations by which it was done, as [`crate::access`] writes them.
fn rights(logged: &LoggedEntry) -> impl Iterator<Item = AuthorisationId> {
    let under = logged.entry.detail.get("under").and_then(|under| under.as_array()).into_iter().flatten();
    under.filter_map(|id| id.as_str()?.parse().ok())
}

/// For what the authorisations were given, in Danish and in English.
async fn purposes_of(tx: &Tx, logged: &[LoggedEntry]) -> Result<HashMap<AuthorisationId, (String, String)>> {
    let ids: BTreeSet<_> = logged.iter().flat_map(rights).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    let found = authorisation::find_many(tx, &ids).await?;
    let words = found.into_iter().map(|it| (it.id, it.purpose.in_words()));
    Ok(words.map(|(id, Text { da, en })| (id, (da, en))).collect())
}

/// The person whom an entry names in its detail; `to` is one where a mail went to a person.
fn concerned_person(logged: &LoggedEntry) -> Option<PersonId> {
    let named = |field: &str| logged.entry.detail.get(field)?.as_str()?.parse().ok();
    named("person").or_else(|| named("holder")).or_else(|| named("to"))
}

/// The organisation for which a reporter acted, from the words of [`crate::access`].
fn home(logged: &LoggedEntry) -> Option<OrganisationId> {
    logged.entry.function.strip_prefix("reporter of ")?.parse().ok()
}

async fn names_of(tx: &Tx, ids: BTreeSet<OrganisationId>) -> Result<HashMap<OrganisationId, String>> {
    let found = organisation::find_many(tx, ids).await?;
    Ok(found.into_iter().map(|it| (it.id, it.name)).collect())
}

/// Number and organisation of the incidents that are still there.
async fn named_incidents(
    tx: &Tx,
    ids: BTreeSet<IncidentId>,
) -> Result<HashMap<IncidentId, (String, String)>> {
    let ids: Vec<_> = ids.into_iter().collect();
    let found = incident::find_many(tx, &Scope::system(), &ids).await?;
    let owners = found.iter().map(|it| it.organisation).collect::<BTreeSet<_>>();
    let owners = names_of(tx, owners).await?;
    let named = found.into_iter().map(|it| {
        let owner = owners.get(&it.organisation).cloned().unwrap_or_default();
        (it.id, (it.number, owner))
    });
    Ok(named.collect())
}
