//! Confirming and withdrawing authorisations in a review.

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authorisation::Step;
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::change::Author;
use varsel_domain::review::{Decision, Item, Review, Verdict};
use varsel_domain::{Actor, AuthorisationId, ReviewId};
use varsel_storage::{Tx, authorisation, person, review as stored};

use super::{may_decide, may_read};
use crate::access::AccessLog;
use crate::authorisation::{few, reason_of, withdraw_in_review};
use crate::session::{FRESH, require_fresh};
use crate::{Error, Request, Result, Services};

/// What came of deciding on several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decided {
    /// Those that are decided now.
    pub decided: Vec<AuthorisationId>,
    /// Those on which somebody had decided before.
    pub before: Vec<AuthorisationId>,
    /// Those that are, or may be, one's own: somebody else must decide.
    pub own: Vec<AuthorisationId>,
}

/// Confirms or withdraws items of an open review, for a reason. The last decision closes it.
///
/// # Errors
/// No such review, or the actor may not know of it, or an item that is not in it (not found); [`Error::Invalid`]: the
/// review is closed, a reason that cannot be taken, none or too many; [`Error::StepUpRequired`] where they did not sign in
/// just now; storage failed.
pub async fn decide(
    services: &Services,
    request: &Request,
    (id, items): (ReviewId, &[AuthorisationId]),
    (confirm, reason): (bool, &str),
) -> Result<Decided> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let tx = services.store.begin(&Scope::nothing()).await?;
    let found = stored::lock(&tx, id).await?;
    let there = found.is_some();
    let review = found.filter(|review| may_read(actor, review));
    let review = review.ok_or_else(|| request.deny_if(there, "review"))?;
    let reason = reason_of(reason)?;
    few(items.len(), "items")?;
    if review.closed_at.is_some() || now >= review.deadline {
        return Err(closed());
    }
    let found = stored::find_items(&tx, id, items).await?;
    if items.iter().any(|item| !found.iter().any(|it| it.authorisation == *item)) {
        return Err(request.nothing("item of the review"));
    }
    require_fresh(services, request, FRESH)?;
    authorisation::lock_holders(&tx, found.iter().map(|item| item.holder)).await?;
    let mut log = AccessLog::new(services, request, now)?;
    let author = Author::AnotherPerson;
    let grounds = Resource::Authorisation { holder: actor.person, author, reach: &review.reach };
    log.under(Action::Review, grounds);
    let verdict = if confirm { Verdict::Confirmed } else { Verdict::Withdrawn };
    let mut decided = Decided::default();
    let reviewer = Reviewer { services, request, actor, now, verdict, reason };
    for item in found {
        reviewer.decide(&tx, &review, &item, &mut decided).await?;
    }
    if !decided.decided.is_empty() {
        let detail = json!({ "review": id, "verdict": verdict, "authorisations": decided.decided });
        log.add(UseKind::ReviewDecided, None, detail);
        log.write(&tx).await?;
    }
    let progress = stored::progress(&tx, id).await?;
    if progress.decided == progress.items {
        stored::close(&tx, id, now).await?;
    }
    tx.commit().await?;
    services.live.ring();
    Ok(decided)
}

/// Who decides, what and why.
struct Reviewer<'a> {
    services: &'a Services,
    request: &'a Request,
    actor: &'a Actor,
    now: DateTime<Utc>,
    verdict: Verdict,
    reason: &'a str,
}

impl Reviewer<'_> {
    async fn decide(&self, tx: &Tx, review: &Review, item: &Item, all: &mut Decided) -> Result<()> {
        let id = item.authorisation;
        if item.decision.is_some() {
            all.before.push(id);
            return Ok(());
        }
        let (own, holder) =
            (person::find(tx, self.actor.person).await?, person::find(tx, item.holder).await?);
        let (Some(own), Some(holder)) = (own, holder) else {
            return Err(Error::NotFound { kind: "person" });
        };
        if !may_decide(self.actor, &own, review, (item, &holder)) {
            // Who only audits sees the review, and decides on nothing.
            if self.administers(review) {
                all.own.push(id);
                return Ok(());
            }
            return Err(self.request.forbid("decide in a review"));
        }
        let (by, by_name) = (Some(self.actor.person), Some(self.actor.name.clone()));
        let (at, reason) = (self.now, self.reason.to_owned());
        if self.verdict == Verdict::Withdrawn {
            let step = Step { by, by_name: by_name.clone(), at, reason: reason.clone() };
            withdraw_in_review(self.services, tx, id, step).await?;
        }
        let decision = Decision { verdict: self.verdict, by, by_name, at, reason };
        stored::decide(tx, (review.id, id), &decision).await?;
        all.decided.push(id);
        Ok(())
    }

    fn administers(&self, review: &Review) -> bool {
        let nobody = varsel_domain::PersonId(uuid::Uuid::nil());
        let author = Author::AnotherPerson;
        let resource = Resource::Authorisation { holder: nobody, author, reach: &review.reach };
        varsel_domain::authz::permits(self.actor, Action::Review, resource)
    }
}

fn closed() -> Error {
    let message = varsel_domain::rules::Text {
        da: "Gennemgangen er afsluttet. Træk en rettighed tilbage, eller lad den genaktivere, fra listen over rettigheder.".to_owned(),
        en: "The review is closed. Withdraw a right, or have it reinstated, from the list of rights.".to_owned(),
    };
    Error::Invalid { field: "review", message }
}
