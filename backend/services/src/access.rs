//! Entries of the access log, made beside the read or write that they describe.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use varsel_domain::access::{AccessEntry, UseKind};
use varsel_domain::authorisation::Function;
use varsel_domain::authz::{Action, Resource, Scope, grounds};
use varsel_domain::shown::Part;
use varsel_domain::{Actor, AuthorisationId, EntryId, Ids, IncidentId, JobId, Role};
use varsel_storage::{Tx, access_log, authorisation_use};

use crate::log::{Uses, write_together};
use crate::view::IncidentView;
use crate::{Request, Result, Services};

/// Collects what one request used; nothing may be answered before [`AccessLog::write`] succeeded.
pub(crate) struct AccessLog<'a> {
    services: &'a Services,
    request: &'a Request,
    actor: &'a Actor,
    now: DateTime<Utc>,
    entries: Vec<AccessEntry>,
    used: BTreeSet<(AuthorisationId, Function)>,
}

impl<'a> AccessLog<'a> {
    /// An empty one.
    pub(crate) fn new(services: &'a Services, request: &'a Request, now: DateTime<Utc>) -> Result<Self> {
        let (actor, entries, used) = (request.actor()?, Vec::new(), BTreeSet::new());
        Ok(Self { services, request, actor, now, entries, used })
    }

    /// Adds one use. `detail` names facts and criteria, never the values of facts.
    /// What a program did with a token names that token.
    pub(crate) fn add(&mut self, use_kind: UseKind, incident: Option<IncidentId>, mut detail: Value) {
        if let (Some(token), Some(fields)) = (self.request.token, detail.as_object_mut()) {
            fields.insert("token".to_owned(), json!(token));
        }
        self.entries.push(AccessEntry {
            id: EntryId(self.services.ids.next(self.now)),
            at: self.now,
            person: Some(self.actor.person),
            name: self.actor.name.clone(),
            function: function(&self.actor.role),
            use_kind,
            incident,
            detail,
            request_id: self.request.request_id.clone(),
        });
    }

    /// Adds that a list was sought, as the detail says: of one that shows no rows, how many there are.
    pub(crate) fn add_list(&mut self, use_kind: UseKind, mut detail: Value, total: u64) {
        if let (false, Some(fields)) = (self.request.rows, detail.as_object_mut()) {
            fields.insert("counted".to_owned(), json!(total));
        }
        self.add(use_kind, None, detail);
    }

    /// Counts the rights by which it was done as used.
    pub(crate) fn under(&mut self, action: Action, resource: Resource<'_>) {
        let rights = grounds(self.actor, action, resource);
        self.used.extend(rights.map(|right| (right.authorisation, right.function)));
    }

    /// Counts all the rights as used that let somebody do it anywhere: what was sought is in reach of one or the other.
    pub(crate) fn under_all(&mut self, action: Action) {
        let rights = self.actor.rights.iter().filter(|right| action.functions().contains(&right.function));
        self.used.extend(rights.map(|right| (right.authorisation, right.function)));
    }

    /// Each entry says by which authorisations it was done, and so for which purposes.
    fn name_rights(&mut self) {
        let under: BTreeSet<_> =
            self.used.iter().map(|(authorisation, _)| authorisation.to_string()).collect();
        let details = self.entries.iter_mut().filter_map(|entry| entry.detail.as_object_mut());
        for detail in details.filter(|_| !under.is_empty()) {
            detail.insert("under".to_owned(), json!(under));
        }
    }

    /// Adds that an incident was shown: which parts of it, and which answers, if they were among them.
    pub(crate) fn add_shown(&mut self, use_kind: UseKind, view: &IncidentView) {
        let parts = &self.request.shown;
        let facts = || view.facts.iter().map(|answer| answer.fact.as_str()).collect::<Vec<_>>();
        let detail = if parts.has(Part::Facts) {
            json!({ "parts": parts, "facts": facts() })
        } else {
            json!({ "parts": parts })
        };
        self.add(use_kind, Some(view.id), detail);
        let units: Vec<_> = view.cases.iter().map(|case| case.unit.clone()).collect();
        let resource = Resource::Incident { organisation: view.organisation.id, units: &units };
        self.under(Action::ReadIncident, resource);
    }

    /// Ends a transaction that has only read, and writes the entries beside those of others. What was read may be answered when
    /// this returns.
    ///
    /// # Errors
    /// Storage failed: then nothing may be shown.
    pub(crate) async fn write_after(mut self, tx: Tx) -> Result<()> {
        tx.commit().await?;
        self.name_rights();
        if self.entries.is_empty() && self.used.is_empty() {
            return Ok(());
        }
        let uses = Uses { entries: self.entries, used: self.used, at: self.now };
        write_together(self.services, uses).await
    }

    /// Writes the entries in the transaction of what they describe.
    ///
    /// # Errors
    /// Storage failed: then nothing may be shown.
    pub(crate) async fn write(mut self, tx: &Tx) -> Result<()> {
        self.name_rights();
        let used: Vec<_> = self.used.iter().map(|used| (*used, self.now)).collect();
        authorisation_use::append(tx, &used).await?;
        access_log::append(tx, &*self.services.ids, &self.entries).await?;
        self.services.log.wrote(self.entries.len());
        Ok(())
    }
}

/// Adds that an attempt was refused, in a transaction of its own: what was begun for the attempt is undone.
///
/// # Errors
/// Storage failed: then the refusal may not be answered either.
pub(crate) async fn write_refusal(
    services: &Services,
    request: &Request,
    now: DateTime<Utc>,
    detail: Value,
) -> Result<()> {
    let tx = services.store.begin(&Scope::nothing()).await?;
    let mut log = AccessLog::new(services, request, now)?;
    log.add(UseKind::ChangeRefused, None, detail);
    log.write(&tx).await?;
    Ok(tx.commit().await?)
}

/// Adds what the system did by itself, because its time had come, and to which incident, where it was one.
///
/// # Errors
/// Storage failed: then it may not be done.
pub(crate) async fn write_of_system(
    services: &Services,
    tx: &Tx,
    (now, request_id): (DateTime<Utc>, String),
    what: (UseKind, Option<IncidentId>),
    detail: Value,
) -> Result<()> {
    let entry = of_system(EntryId(services.ids.next(now)), (now, request_id), what, detail);
    Ok(access_log::append(tx, &*services.ids, &[entry]).await?)
}

/// Adds that the mail of a job names an incident, before it is handed over: once, however often that is tried.
///
/// # Errors
/// Storage failed: then it may not be handed over.
pub(crate) async fn write_mail(
    services: &Services,
    tx: &Tx,
    (now, job): (DateTime<Utc>, JobId),
    incident: IncidentId,
    detail: Value,
) -> Result<()> {
    // The job's own id, so that another attempt finds it.
    let id = EntryId(job.0);
    if access_log::is_there(tx, id).await? {
        return Ok(());
    }
    let entry = of_system(id, (now, job.to_string()), (UseKind::Mailed, Some(incident)), detail);
    Ok(access_log::append(tx, &*services.ids, &[entry]).await?)
}

fn of_system(
    id: EntryId,
    (at, request_id): (DateTime<Utc>, String),
    (use_kind, incident): (UseKind, Option<IncidentId>),
    detail: Value,
) -> AccessEntry {
    let (name, function) = ("Varsel".to_owned(), "system".to_owned());
    AccessEntry { id, at, person: None, name, function, use_kind, incident, detail, request_id }
}

/// Adds what whoever runs the server did at the command line: `command` is the one that was given.
///
/// # Errors
/// Storage failed: then it may not be done.
pub(crate) async fn write_at_command_line(
    ids: &dyn Ids,
    tx: &Tx,
    when: (DateTime<Utc>, &str),
    use_kind: UseKind,
    detail: Value,
) -> Result<()> {
    let entry = at_command_line(ids, when, (use_kind, None), detail);
    Ok(access_log::append(tx, ids, &[entry]).await?)
}

/// As [`write_at_command_line`], and once more for each of the incidents that were shown with it.
///
/// # Errors
/// As there.
pub(crate) async fn write_shown_at_command_line(
    ids: &dyn Ids,
    tx: &Tx,
    when: (DateTime<Utc>, &str),
    (use_kind, shown): (UseKind, &BTreeSet<IncidentId>),
    detail: Value,
) -> Result<()> {
    let mut entries = vec![at_command_line(ids, when, (use_kind, None), detail)];
    entries.extend(shown.iter().map(|id| at_command_line(ids, when, (use_kind, Some(*id)), json!({}))));
    Ok(access_log::append(tx, ids, &entries).await?)
}

fn at_command_line(
    ids: &dyn Ids,
    (now, command): (DateTime<Utc>, &str),
    (use_kind, incident): (UseKind, Option<IncidentId>),
    detail: Value,
) -> AccessEntry {
    AccessEntry {
        id: EntryId(ids.next(now)),
        at: now,
        person: None,
        name: "whoever runs the server".to_owned(),
        function: "command line".to_owned(),
        use_kind,
        incident,
        detail,
        request_id: command.to_owned(),
    }
}

/// The function somebody acts in, in words that stay the same.
fn function(role: &Role) -> String {
    match role {
        Role::Reporter { organisation } => format!("reporter of {organisation}"),
        Role::Officer { unit } => format!("officer of {unit}"),
        Role::Coordinator { unit } => format!("coordinator of {unit}"),
        Role::SecurityOfficer => "security officer".to_owned(),
        Role::Administrator => "administrator".to_owned(),
    }
}
