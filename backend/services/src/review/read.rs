//! Reading reviews.

use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authorisation::Reach;
use varsel_domain::authz::{Action, Reaches, Scope};
use varsel_domain::organisation::Organisation;
use varsel_domain::review::{Item, Review};
use varsel_domain::{Actor, AuthorisationId, ReviewId};
use varsel_storage::review::{self as stored, ItemCriteria, ItemKey, ListKey, Progress};
use varsel_storage::{Tx, organisation, person};

use super::{may_decide, may_read, resource};
use crate::access::AccessLog;
use crate::page::Wanted;
use crate::view::{Page, PageRequest};
use crate::{Error, Request, Result, Services};

/// A review, with how far it has come.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewView {
    /// The review.
    pub review: Review,
    /// How far it has come.
    pub progress: Progress,
    /// How many items nobody had used for half a year.
    pub unused: u64,
    /// The organisation it is of, where it is one.
    pub organisation: Option<Organisation>,
}

/// An item, for one viewer.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The item.
    pub item: Item,
    /// The viewer may decide on it.
    pub decidable: bool,
}

/// The reviews of what the actor administers or audits, newest first.
///
/// # Errors
/// The actor does neither (not found); a cursor or page size that cannot be taken; storage failed.
pub async fn list(services: &Services, request: &Request, page: PageRequest) -> Result<Page<ReviewView>> {
    let reaches = match Reaches::of(request.actor()?, Action::ReadAuthorisations) {
        Reaches::All => None,
        Reaches::These(reaches) if reaches.is_empty() => {
            return Err(request.deny("list of reviews"));
        }
        Reaches::These(reaches) => Some(reaches),
    };
    let wanted = Wanted::parse(&page)?;
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let after = wanted.after.map(|(opened_at, id)| ListKey { opened_at, id });
    let reviews = stored::list(&tx, reaches.as_deref(), after, wanted.limit()).await?;
    let total = stored::count(&tx, reaches.as_deref()).await?;
    let mut rows = Vec::new();
    for review in reviews {
        rows.push(((review.opened_at, review.id), view(&tx, review).await?));
    }
    let page = wanted.page(rows, total)?;
    let shown: Vec<_> = request.shown_of(&page).iter().map(|(_, view)| view.review.id).collect();
    let mut log = AccessLog::new(services, request, services.clock.now())?;
    log.under_all(Action::ReadAuthorisations);
    log.add_list(UseKind::ReviewRead, json!({ "reviews": shown }), total);
    log.write_after(tx).await?;
    Ok(page)
}

/// One of them; none when it does not exist or the actor may not know that it does.
///
/// # Errors
/// Nobody is signed in; storage failed.
pub async fn find(services: &Services, request: &Request, id: ReviewId) -> Result<Option<ReviewView>> {
    request.actor()?;
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let Some(review) = readable(&tx, request, id).await? else { return Ok(None) };
    let mut log = AccessLog::new(services, request, services.clock.now())?;
    log.under(Action::ReadAuthorisations, resource(&review));
    let view = view(&tx, review).await?;
    log.add(UseKind::ReviewRead, None, json!({ "reviews": [id] }));
    log.write_after(tx).await?;
    Ok(Some(view))
}

/// The items of a review, by the holders' names.
///
/// # Errors
/// No such review, or the actor may not know of it (not found); a cursor or page size that cannot be taken; storage failed.
pub async fn items(
    services: &Services,
    request: &Request,
    (id, criteria): (ReviewId, ItemCriteria),
    page: PageRequest,
) -> Result<Page<Seen>> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let wanted: Wanted<(String, AuthorisationId)> = Wanted::parse(&page)?;
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let review = readable(&tx, request, id).await?.ok_or(Error::NotFound { kind: "review" })?;
    let after = wanted.after.clone().map(|(holder_name, id)| ItemKey { holder_name, id });
    let items = stored::items(&tx, id, criteria, (after, wanted.limit())).await?;
    let total = stored::count_items(&tx, id, criteria).await?;
    let rows = seen(&tx, actor, (&review, now), items).await?;
    let key = |seen: &Seen| (seen.item.holder_name.clone(), seen.item.authorisation);
    let page = wanted.page(rows.into_iter().map(|seen| (key(&seen), seen)).collect(), total)?;
    let shown: Vec<_> = request.shown_of(&page).iter().map(|(_, seen)| seen.item.authorisation).collect();
    let mut log = AccessLog::new(services, request, now)?;
    log.under(Action::ReadAuthorisations, resource(&review));
    log.add_list(UseKind::ReviewRead, json!({ "review": id, "shown": shown }), total);
    log.write_after(tx).await?;
    Ok(page)
}

/// A review that the actor may know of.
pub(super) async fn readable(tx: &Tx, request: &Request, id: ReviewId) -> Result<Option<Review>> {
    let actor = request.actor()?;
    let found = stored::find(tx, id).await?;
    let there = found.is_some();
    let review = found.filter(|review| may_read(actor, review));
    if review.is_none() {
        request.deny_if(there, "review");
    }
    Ok(review)
}

async fn view(tx: &Tx, review: Review) -> Result<ReviewView> {
    let progress = stored::progress(tx, review.id).await?;
    let unused = ItemCriteria { decided: None, unused: true };
    let unused = stored::count_items(tx, review.id, unused).await?;
    let organisation = match review.reach {
        Reach::Organisation(id) => organisation::find(tx, id).await?,
        _ => None,
    };
    Ok(ReviewView { review, progress, unused, organisation })
}

async fn seen(
    tx: &Tx,
    actor: &Actor,
    (review, now): (&Review, chrono::DateTime<chrono::Utc>),
    items: Vec<Item>,
) -> Result<Vec<Seen>> {
    let ids: Vec<_> = items.iter().map(|item| item.holder).chain([actor.person]).collect();
    let people = person::find_many(tx, &ids).await?;
    let known = |id| people.iter().find(|person| person.id == id);
    let open = review.closed_at.is_none() && now < review.deadline;
    let view = |item: Item| {
        let both = known(actor.person).zip(known(item.holder));
        let may = both.is_some_and(|(own, holder)| may_decide(actor, own, review, (&item, holder)));
        Seen { decidable: open && item.decision.is_none() && may, item }
    };
    Ok(items.into_iter().map(view).collect())
}
