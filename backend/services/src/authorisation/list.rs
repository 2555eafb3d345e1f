//! Reading authorisations: one's own, and those of the people one administers or audits.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authorisation::{Authorisation, Function, Reach, State, Status};
use varsel_domain::authz::{Action, Reaches, Resource, Scope, permits};
use varsel_domain::change::Author;
use varsel_domain::organisation::{Organisation, Person};
use varsel_domain::review::is_unused;
use varsel_domain::{Actor, AuthorisationId, OrganisationId, PersonId, Role};
use varsel_storage::authorisation::{self as stored, Criteria, ListKey, Standing, Visible};
use varsel_storage::authorisation_use::{self, Used};
use varsel_storage::{Tx, organisation, person};

use crate::access::AccessLog;
use crate::page::Wanted;
use crate::view::{Page, PageRequest};
use crate::{Error, Request, Result, Services};

/// The longest text to search for, in characters.
const LONGEST_TEXT: usize = 200;

/// People shown at most when looked up.
const PEOPLE: u64 = 50;

/// An authorisation, for one viewer.
#[derive(Debug, Clone, PartialEq)]
pub struct AuthorisationView {
    /// The authorisation.
    pub authorisation: Authorisation,
    /// Where it stands now.
    pub status: Status,
    /// Whose it is.
    pub holder: Person,
    /// The organisation it reaches, where it is one.
    pub organisation: Option<Organisation>,
    /// How each function was used; none where it never was.
    pub used: Vec<(Function, Option<Used>)>,
    /// When it was last used.
    pub last_used_at: Option<DateTime<Utc>>,
    /// Nobody has used it for half a year.
    pub unused: bool,
    /// The viewer may withdraw it.
    pub withdrawable: bool,
    /// It is suspended, and the viewer may propose to reinstate it.
    pub reinstatable: bool,
}

/// A person, with the organisation they belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct Organised {
    /// The person.
    pub person: Person,
    /// Their organisation, where it is one.
    pub organisation: Option<Organisation>,
}

/// Which authorisations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this person's.
    pub holder: Option<PersonId>,
    /// Only with this reach.
    pub reach: Option<Reach>,
    /// Only with this function.
    pub function: Option<Function>,
    /// Only those that stand so.
    pub standing: Option<Standing>,
    /// Part of the holder's name or mail address.
    pub text: Option<String>,
}

/// Everything one holds or held oneself, newest first.
///
/// # Errors
/// Nobody is signed in; storage failed.
pub async fn own(services: &Services, request: &Request) -> Result<Vec<AuthorisationView>> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let mut held = stored::of_holder(&tx, actor.person).await?;
    held.reverse();
    let views = view_all(&tx, actor, held, now).await?;
    tx.commit().await?;
    Ok(views)
}

/// The authorisations of those whom the actor administers or audits, newest first.
///
/// # Errors
/// The actor does neither (not found); a cursor, page size or text that cannot be taken; storage failed.
pub async fn list(
    services: &Services,
    request: &Request,
    filter: Filter,
    page: PageRequest,
) -> Result<Page<AuthorisationView>> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let wanted = Wanted::parse(&page)?;
    let criteria = criteria(request, &filter, now)?;
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let after = wanted.after.map(|(granted_at, id)| ListKey { granted_at, id });
    let held = stored::list(&tx, &criteria, after, wanted.limit()).await?;
    let total = stored::count(&tx, &criteria).await?;
    let views = view_all(&tx, actor, held, now).await?;
    let rows = views.into_iter().map(|view| ((view.authorisation.granted_at, view.authorisation.id), view));
    let page = wanted.page(rows.collect(), total)?;
    let mut log = AccessLog::new(services, request, now)?;
    for (_, view) in request.shown_of(&page) {
        log.under(Action::ReadAuthorisations, resource(&view.authorisation));
    }
    let shown: Vec<_> = request.shown_of(&page).iter().map(|(_, view)| view.authorisation.id).collect();
    if shown.is_empty() {
        log.under_all(Action::ReadAuthorisations);
    }
    let detail = json!({ "filter": searched(&criteria), "shown": shown });
    log.add_list(UseKind::AuthorisationsRead, detail, total);
    log.write_after(tx).await?;
    Ok(page)
}

/// One of them; none when it does not exist or the actor may not know that it does.
///
/// # Errors
/// Nobody is signed in; storage failed.
pub async fn find(
    services: &Services,
    request: &Request,
    id: AuthorisationId,
) -> Result<Option<AuthorisationView>> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let Some(held) = stored::find(&tx, id).await? else {
        request.nothing("authorisation");
        return Ok(None);
    };
    if request.require(Action::ReadAuthorisations, resource(&held), "authorisation").is_err() {
        return Ok(None);
    }
    let view = view_all(&tx, actor, vec![held], now).await?.pop();
    if let Some(view) = view.as_ref().filter(|view| view.holder.id != actor.person) {
        let mut log = AccessLog::new(services, request, now)?;
        log.under(Action::ReadAuthorisations, resource(&view.authorisation));
        log.add(UseKind::AuthorisationsRead, None, json!({ "shown": [id] }));
        log.write(&tx).await?;
    }
    tx.commit().await?;
    Ok(view)
}

/// People to give authorisations to: those who belong where the actor administers, by part of a name or address. At
/// most 50.
///
/// # Errors
/// The actor administers nowhere (not found); a text that cannot be taken; storage failed.
pub async fn people(services: &Services, request: &Request, text: &str) -> Result<Vec<Organised>> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let reaches = Reaches::of(actor, Action::EndSessions);
    if reaches.is_empty() {
        return Err(request.deny("list of people"));
    }
    let text = lowered(Some(text))?.unwrap_or_default();
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let mut found = person::search(&tx, &text, &reaches, PEOPLE).await?;
    found.retain(|person| {
        let home = person.role.home();
        permits(actor, Action::EndSessions, Resource::Person { id: person.id, home: &home })
    });
    let mut log = AccessLog::new(services, request, now)?;
    log.under_all(Action::EndSessions);
    log.add(UseKind::PeopleSearched, None, json!({ "text": text, "shown": found.len() }));
    log.write(&tx).await?;
    let organised = organised(&tx, found).await?;
    tx.commit().await?;
    Ok(organised)
}

/// One of them; none when there is no such person or the actor may not know that there is.
///
/// # Errors
/// Nobody is signed in; storage failed.
pub async fn of_person(services: &Services, request: &Request, id: PersonId) -> Result<Option<Organised>> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let Some(person) = person::find(&tx, id).await? else {
        request.nothing("person");
        return Ok(None);
    };
    let home = person.role.home();
    let resource = Resource::Person { id, home: &home };
    // Who administers some of their rights has been told of them, and sees those in the list: asking is no attempt.
    if !permits(actor, Action::EndSessions, resource) && administers_some(&tx, actor, id).await? {
        return Ok(None);
    }
    if request.require(Action::EndSessions, resource, "person").is_err() {
        return Ok(None);
    }
    let organised = organised(&tx, vec![person]).await?.pop();
    let mut log = AccessLog::new(services, request, now)?;
    // Everybody may look at themself.
    if id != actor.person {
        log.under(Action::EndSessions, resource);
        log.add(UseKind::PeopleSearched, None, json!({ "person": id, "shown": 1 }));
    }
    log.write_after(tx).await?;
    Ok(organised)
}

/// Whether the person holds, or held, something that the actor administers.
async fn administers_some(tx: &Tx, actor: &Actor, id: PersonId) -> Result<bool> {
    let Reaches::These(reaches) = Reaches::of(actor, Action::ReadAuthorisations) else { return Ok(true) };
    Ok(stored::of_holder(tx, id).await?.iter().any(|held| reaches.contains(&held.reach)))
}

async fn organised(tx: &Tx, people: Vec<Person>) -> Result<Vec<Organised>> {
    let of = |person: &Person| match person.role {
        Role::Reporter { organisation } => Some(organisation),
        _ => None,
    };
    let organisations = organisations(tx, people.iter().filter_map(of)).await?;
    let view = |person: Person| Organised {
        organisation: of(&person).and_then(|id| organisations.get(&id).cloned()),
        person,
    };
    Ok(people.into_iter().map(view).collect())
}

/// Organisations by their ids.
///
/// # Errors
/// Storage failed.
pub(crate) async fn organisations(
    tx: &Tx,
    ids: impl IntoIterator<Item = OrganisationId>,
) -> Result<HashMap<OrganisationId, Organisation>> {
    let found = organisation::find_many(tx, ids).await?;
    Ok(found.into_iter().map(|it| (it.id, it)).collect())
}

/// What the actor may see of what is asked for.
pub(super) fn criteria(request: &Request, filter: &Filter, now: DateTime<Utc>) -> Result<Criteria> {
    let actor = request.actor()?;
    let visible = match Reaches::of(actor, Action::ReadAuthorisations) {
        Reaches::All => None,
        Reaches::These(reaches) if reaches.is_empty() => {
            return Err(request.deny("list of authorisations"));
        }
        Reaches::These(reaches) => Some(Visible { reaches, person: actor.person }),
    };
    Ok(Criteria {
        visible,
        holder: filter.holder,
        reach: filter.reach.clone(),
        function: filter.function,
        standing: filter.standing,
        text: lowered(filter.text.as_deref())?,
        now,
    })
}

/// What was looked for, as it was compared, for the access log.
pub(super) fn searched(criteria: &Criteria) -> serde_json::Value {
    json!({
        "holder": criteria.holder, "reach": criteria.reach, "function": criteria.function,
        "standing": criteria.standing.map(|standing| format!("{standing:?}")), "text": criteria.text,
    })
}

/// A text to search for, as it is compared; none where it is empty.
///
/// # Errors
/// [`Error::Invalid`]: too long, or with control characters.
fn lowered(text: Option<&str>) -> Result<Option<String>> {
    let text = text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if text.chars().count() > LONGEST_TEXT || text.contains(char::is_control) {
        let da = format!("Søg efter højst {LONGEST_TEXT} tegn, uden styretegn.");
        let en = format!("Search for at most {LONGEST_TEXT} characters, none of them control characters.");
        return Err(Error::Invalid { field: "text", message: varsel_domain::rules::Text { da, en } });
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

fn resource(held: &Authorisation) -> Resource<'_> {
    Resource::Authorisation { holder: held.holder, author: Author::AnotherPerson, reach: &held.reach }
}

/// As `actor` sees them. The caller logs what it shows of them, in `tx`.
///
/// # Errors
/// Storage failed.
pub(super) async fn view_all(
    tx: &Tx,
    actor: &Actor,
    held: Vec<Authorisation>,
    now: DateTime<Utc>,
) -> Result<Vec<AuthorisationView>> {
    let holders: Vec<_> = held.iter().map(|held| held.holder).collect();
    let holders: HashMap<PersonId, Person> =
        person::find_many(tx, &holders).await?.into_iter().map(|person| (person.id, person)).collect();
    let reported = |held: &Authorisation| match held.reach {
        Reach::Organisation(id) => Some(id),
        _ => None,
    };
    let organisations = organisations(tx, held.iter().filter_map(reported)).await?;
    let mut tallies = authorisation_use::of(tx, held.iter().map(|held| held.id)).await?;
    let view = |held: Authorisation| {
        let holder = holders.get(&held.holder)?.clone();
        let used = tallies.remove(&held.id).unwrap_or_default();
        let last_used_at = used.values().map(|used| used.last_at).max();
        let status = held.status_at(now);
        let runs = matches!(status, Status::Pending | Status::Active | Status::Suspended);
        let proposes = permits(actor, Action::WithdrawAuthorisation, resource(&held));
        Some(AuthorisationView {
            status,
            organisation: reported(&held).and_then(|id| organisations.get(&id).cloned()),
            used: held.functions.iter().map(|it| (*it, used.get(it).copied())).collect(),
            last_used_at,
            unused: status == Status::Active && is_unused(held.granted_at, last_used_at, now),
            withdrawable: runs && proposes,
            reinstatable: runs && proposes && matches!(held.state, State::Suspended(_)),
            holder,
            authorisation: held,
        })
    };
    Ok(held.into_iter().filter_map(view).collect())
}
