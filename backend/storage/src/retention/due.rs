//! When a row is due: the condition for each table. What has not ended has no deadline yet, and everything ends.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, IntoColumnRef, Query};
use uuid::Uuid;
use varsel_domain::change::{ChangeKind, ChangeStatus};
use varsel_domain::retention::LONGEST_KEPT;

use super::people::{naming, unnamed};
use crate::Result;
use crate::entity::{
    access_entry, account_link, api_token, attempt, attempt_block, attempt_strikes, attempt_tally,
    authorisation, authorisation_use, bootstrap_token, ceremony, change_proposal, job, logout_token, review,
    review_item, session,
};
use crate::stored::Row;

/// No session lasts longer, whatever the settings say: they allow a day at most.
const LONGEST_SESSION: TimeDelta = TimeDelta::days(1);

/// How the states of a right are stored.
pub(super) const ACTIVE: &str = "active";
const WITHDRAWN: &str = "withdrawn";
/// How it is stored that a provider gave it.
const BY_PROVIDER: &str = "provider";

type Instant = DateTime<Utc>;

pub(super) fn attempt(before: Instant) -> Expr {
    attempt::Column::At.lte(before)
}

/// A tally ends with its last attempt.
pub(super) fn tally(before: Instant) -> Expr {
    attempt_tally::Column::LastAt.lte(before)
}

pub(super) fn strikes(before: Instant) -> Expr {
    attempt_strikes::Column::TouchedAt.lte(before)
}

/// The block is over, and its task is closed or nobody ever closed it.
pub(super) fn block(before: Instant) -> Condition {
    use attempt_block::Column;
    let task = Condition::any().add(Column::ClosedAt.is_null()).add(Column::ClosedAt.lte(before));
    Condition::all().add(Column::Until.lte(before)).add(task)
}

/// It was ended, or nobody could use it any longer.
pub(super) fn session(before: Instant) -> Condition {
    use session::Column;
    let unused = Column::CreatedAt.lte(before - LONGEST_SESSION);
    Condition::any().add(Column::EndedAt.lte(before)).add(unused)
}

pub(super) fn api_token(before: Instant) -> Condition {
    use api_token::Column;
    Condition::any().add(Column::ExpiresAt.lte(before)).add(Column::RevokedAt.lte(before))
}

pub(super) fn link(before: Instant) -> Condition {
    use account_link::Column;
    Condition::any().add(Column::ExpiresAt.lte(before)).add(Column::UsedAt.lte(before))
}

pub(super) fn ceremony(before: Instant) -> Expr {
    ceremony::Column::ExpiresAt.lte(before)
}

pub(super) fn logout(before: Instant) -> Expr {
    logout_token::Column::ExpiresAt.lte(before)
}

/// A used one says who became administrator by it, for as long as it is known that they were.
pub(super) fn bootstrap(before: Instant) -> Condition {
    use bootstrap_token::Column;
    let used = Condition::all()
        .add(Column::UsedAt.lte(before))
        .add(nothing_held_by((bootstrap_token::Entity, Column::UsedBy)));
    let unused = Condition::all().add(Column::ExpiresAt.lte(before)).add(Column::UsedAt.is_null());
    Condition::any().add(used).add(unused)
}

/// Done or given up.
pub(super) fn job(before: Instant) -> Expr {
    job::Column::FinishedAt.lte(before)
}

/// Not carried out: what was carried out is the basis of what holds now. But what kept entries of the log, or let go of them, is the basis
/// of nothing once its time is over, which is five years after the decision at the latest; it says whom somebody suspected. And what
/// gave somebody a right is that of nothing once all that they held is erased.
pub(super) fn proposal(before: Instant) -> Result<Condition> {
    use change_proposal::Column;
    let row = Row { table: "change_proposal", id: Uuid::nil() };
    let executed = row.to_word(ChangeStatus::Executed)?;
    let of_uses = [row.to_word(ChangeKind::KeepUses)?, row.to_word(ChangeKind::ReleaseUses)?];
    let over = before.checked_sub_months(LONGEST_KEPT).unwrap_or(before);
    let kept = Condition::all().add(Column::Kind.is_in(of_uses)).add(Column::DecidedAt.lte(over));
    let undecided = Condition::all().add(Column::DecidedAt.is_null()).add(Column::ExpiresAt.lte(before));
    let ended = Condition::any().add(Column::DecidedAt.lte(before)).add(undecided);
    let of_rights =
        [row.to_word(ChangeKind::GrantAuthorisation)?, row.to_word(ChangeKind::ReinstateAuthorisation)?];
    let gave = Condition::all()
        .add(Column::Kind.is_in(of_rights))
        .add(Column::DecidedAt.lte(before))
        .add(Column::HolderId.is_not_null())
        .add(nothing_held_by((change_proposal::Entity, Column::HolderId)));
    let came_to_nothing = Condition::all().add(Column::Status.ne(executed)).add(ended);
    Ok(Condition::any().add(came_to_nothing).add(kept).add(gave))
}

pub(super) fn review(before: Instant) -> Expr {
    review::Column::ClosedAt.lte(before)
}

pub(super) fn review_item(before: Instant) -> Expr {
    let closed =
        Query::select().column(review::Column::Id).from(review::Entity).and_where(review(before)).take();
    review_item::Column::ReviewId.in_subquery(closed)
}

/// It has ended, and no review that is kept names it, nor is an entry of the log held that may tell of what was done by it. What a
/// provider gave and an administrator took goes with its holder: as long as it is there, no sign-in gives it back.
pub(super) fn authorisation(before: Instant, now: Instant) -> Condition {
    use authorisation::Column;
    let taken = Condition::all().add(Column::State.eq(WITHDRAWN)).add(Column::StepAt.lte(before));
    let reviewed =
        Query::select().column(review_item::Column::AuthorisationId).from(review_item::Entity).take();
    // An entry that is not held is younger than any right that is due.
    let entry = (access_entry::Entity, access_entry::Column::PersonId);
    let logged = naming((authorisation::Entity, Column::HolderId), access_entry::Entity, entry)
        .and_where(access_entry::Column::At.lte(before))
        .take();
    let runs = Condition::any().add(Column::ValidUntil.is_null()).add(Column::ValidUntil.gt(before));
    let holds = Condition::all().add(Column::State.ne(WITHDRAWN)).add(runs);
    let holders =
        Query::select().column(Column::HolderId).from(authorisation::Entity).cond_where(holds).take();
    let last = unnamed((authorisation::Entity, Column::HolderId), now)
        .add(Column::HolderId.not_in_subquery(holders));
    Condition::all()
        .add(Condition::any().add(Column::Basis.ne(BY_PROVIDER)).add(last))
        .add(Condition::any().add(Column::ValidUntil.lte(before)).add(taken))
        .add(Column::Id.not_in_subquery(reviewed))
        .add(Expr::exists(logged).not())
}

pub(super) fn authorisation_use(before: Instant, now: Instant) -> Expr {
    let ended = Query::select()
        .column(authorisation::Column::Id)
        .from(authorisation::Entity)
        .cond_where(authorisation(before, now))
        .take();
    authorisation_use::Column::AuthorisationId.in_subquery(ended)
}

/// Whoever `column` names holds nothing and never did, as far as anything of it is kept.
fn nothing_held_by(column: impl IntoColumnRef) -> Expr {
    let holder = (authorisation::Entity, authorisation::Column::HolderId);
    Expr::exists(naming(column, authorisation::Entity, holder)).not()
}
