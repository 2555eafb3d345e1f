//! Critical changes: proposals, and what came of them.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Condition;
use sea_orm::{
    ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use varsel_domain::authorisation::Reach;
use varsel_domain::change::{Change, ChangeStatus, Decision, Target};
use varsel_domain::natural::NaturalPerson;
use varsel_domain::{ChangeId, PersonId};

use crate::entity::change_proposal::{ActiveModel, Column, Entity, Model};
use crate::stored::Row;
use crate::{Error, Result, Tx};

const TABLE: &str = "change_proposal";

/// Where a row stands in the list: newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListKey {
    /// When it was proposed.
    pub proposed_at: DateTime<Utc>,
    /// Id.
    pub id: ChangeId,
}

/// Which changes somebody may know of.
#[derive(Debug, Clone)]
pub enum Visible {
    /// All but those about what the log of use keeps of this person's acts.
    AllBut(PersonId),
    /// Those with one of these reaches.
    Reaches(Vec<Reach>),
    /// Those about this, e.g. `pack/dk`.
    About(String),
    /// Those that this person proposed, and those about their rights.
    Of(PersonId),
}

/// Adds a proposal.
///
/// # Errors
/// The database failed.
pub async fn insert(tx: &Tx, change: &Change) -> Result<()> {
    let insert = Entity::insert(to_row(change)?).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting(TABLE))?;
    Ok(())
}

/// A change.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &Tx, id: ChangeId) -> Result<Option<Change>> {
    Entity::find_by_id(id.0).one(tx.db()).await?.map(Change::try_from).transpose()
}

/// As [`find`], and nobody else can decide on it, or on another open change about the same thing, until the
/// transaction ends: whoever waits then sees what was decided.
///
/// # Errors
/// The database failed.
pub async fn lock(tx: &Tx, id: ChangeId) -> Result<Option<Change>> {
    let Some(found) = Entity::find_by_id(id.0).one(tx.db()).await? else { return Ok(None) };
    let open = Row { table: TABLE, id: id.0 }.to_word(ChangeStatus::Open)?;
    // In one order, so that two who want them all do not wait for each other.
    let rows = Entity::find()
        .filter(Column::Target.eq(found.target))
        .filter(Condition::any().add(Column::Status.eq(open)).add(Column::Id.eq(id.0)))
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(tx.db())
        .await?;
    rows.into_iter().find(|row| row.id == id.0).map(Change::try_from).transpose()
}

/// Writes the end of an open change. False when it is not open: then nothing is written.
///
/// # Errors
/// The database failed.
pub async fn decide(tx: &Tx, id: ChangeId, status: ChangeStatus, decision: &Decision) -> Result<bool> {
    let row = Row { table: TABLE, id: id.0 };
    let end = ActiveModel {
        status: Set(row.to_word(status)?),
        decider_id: Set(decision.by.map(|person| person.0)),
        decider_name: Set(decision.by_name.clone()),
        decided_at: Set(Some(decision.at)),
        decision_reason: Set(decision.reason.clone()),
        ..ActiveModel::default()
    };
    let written = Entity::update_many()
        .set(end)
        .filter(Column::Id.eq(id.0))
        .filter(Column::Status.eq(row.to_word(ChangeStatus::Open)?))
        .exec(tx.db())
        .await?;
    Ok(written.rows_affected == 1)
}

/// At most `limit` changes after `after`, newest first.
///
/// # Errors
/// The database failed.
pub async fn list(tx: &Tx, visible: &Visible, after: Option<ListKey>, limit: u64) -> Result<Vec<Change>> {
    let older = |key: ListKey| {
        let same = Condition::all().add(Column::ProposedAt.eq(key.proposed_at)).add(Column::Id.lt(key.id.0));
        Condition::any().add(Column::ProposedAt.lt(key.proposed_at)).add(same)
    };
    let rows = Entity::find()
        .filter(seen(visible))
        .filter(after.map_or_else(Condition::all, older))
        .order_by_desc(Column::ProposedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(tx.db())
        .await?;
    rows.into_iter().map(Change::try_from).collect()
}

/// These, in no order; those that do not exist are left out.
///
/// # Errors
/// The database failed.
pub async fn find_many(tx: &Tx, ids: &[ChangeId]) -> Result<Vec<Change>> {
    let mut found = Vec::new();
    for part in ids.chunks(500) {
        let these = Column::Id.is_in(part.iter().map(|id| id.0));
        found.extend(Entity::find().filter(these).all(tx.db()).await?);
    }
    found.into_iter().map(Change::try_from).collect()
}

/// Those that were proposed or decided in `[from, until)`, and those that wait for a decision then, oldest first.
///
/// # Errors
/// The database failed.
pub async fn between(tx: &Tx, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<Change>> {
    let ended = Condition::any().add(Column::DecidedAt.is_null()).add(Column::DecidedAt.gte(from));
    let rows = Entity::find()
        .filter(Column::ProposedAt.lt(until))
        .filter(Condition::any().add(Column::ProposedAt.gte(from)).add(ended))
        .order_by_asc(Column::ProposedAt)
        .order_by_asc(Column::Id)
        .all(tx.db())
        .await?;
    rows.into_iter().map(Change::try_from).collect()
}

/// How many there are.
///
/// # Errors
/// The database failed.
pub async fn count(tx: &Tx, visible: &Visible) -> Result<u64> {
    Ok(Entity::find().filter(seen(visible)).count(tx.db()).await?)
}

/// Withdraws what a person proposed and nobody has decided, and what is proposed for them: they have left.
///
/// # Errors
/// The database failed.
pub async fn withdraw_of(tx: &Tx, person: PersonId, decision: &Decision) -> Result<()> {
    let row = Row { table: TABLE, id: person.0 };
    let end = ActiveModel {
        status: Set(row.to_word(ChangeStatus::Withdrawn)?),
        decider_id: Set(decision.by.map(|person| person.0)),
        decider_name: Set(decision.by_name.clone()),
        decided_at: Set(Some(decision.at)),
        decision_reason: Set(decision.reason.clone()),
        ..ActiveModel::default()
    };
    let open = row.to_word(ChangeStatus::Open)?;
    let update = Entity::update_many().set(end).filter(seen(&Visible::Of(person)));
    update.filter(Column::Status.eq(open)).exec(tx.db()).await?;
    Ok(())
}

fn seen(visible: &Visible) -> Condition {
    match visible {
        Visible::AllBut(person) => {
            let of_theirs = format!("%\"kind\":\"%_uses\",%\"person\":\"{person}\"%");
            Condition::all().add(Column::Payload.not_like(of_theirs))
        }
        Visible::Reaches(reaches) => {
            Condition::all().add(Column::Reach.is_in(reaches.iter().map(Reach::to_string)))
        }
        Visible::About(target) => Condition::all().add(Column::Target.eq(target)),
        Visible::Of(person) => {
            Condition::any().add(Column::ProposerId.eq(person.0)).add(Column::HolderId.eq(person.0))
        }
    }
}

fn to_row(change: &Change) -> Result<ActiveModel> {
    let (row, subject) = (Row { table: TABLE, id: change.id.0 }, change.subject());
    Ok(ActiveModel {
        id: Set(change.id.0),
        kind: Set(row.to_word(change.kind)?),
        payload: Set(change.payload.clone()),
        payload_sha256: Set(change.payload_sha256.clone()),
        target: Set(change.target.name.clone()),
        target_version: Set(change.target.version.clone()),
        proposer_id: Set(change.proposer.account.0),
        proposer_key: Set(change.proposer.key.clone()),
        proposer_email: Set(change.proposer.email.clone()),
        proposer_name: Set(change.proposer.name.clone()),
        reason: Set(change.reason.clone()),
        proposed_at: Set(change.proposed_at),
        expires_at: Set(change.expires_at),
        status: Set(row.to_word(change.status)?),
        decider_id: NotSet,
        decider_name: NotSet,
        decided_at: NotSet,
        decision_reason: NotSet,
        reach: Set(subject.reach().to_string()),
        holder_id: Set(subject.holder().map(|holder| holder.0)),
    })
}

impl TryFrom<Model> for Change {
    type Error = Error;

    fn try_from(model: Model) -> Result<Self> {
        let row = Row { table: TABLE, id: model.id };
        let decision = model.decided_at.map(|at| Decision {
            by: model.decider_id.map(PersonId),
            by_name: model.decider_name,
            at,
            reason: model.decision_reason,
        });
        Ok(Self {
            id: ChangeId(model.id),
            kind: row.word(model.kind)?,
            payload: model.payload,
            payload_sha256: model.payload_sha256,
            target: Target { name: model.target, version: model.target_version },
            proposer: NaturalPerson {
                account: PersonId(model.proposer_id),
                key: model.proposer_key,
                email: model.proposer_email,
                name: model.proposer_name,
            },
            reason: model.reason,
            proposed_at: model.proposed_at,
            expires_at: model.expires_at,
            status: row.word(model.status)?,
            decision,
        })
    }
}
