//! Replacing keys: by the server as soon as two have approved it, or at the command line, which then does the same. For the day
//! on which there are no two, whoever runs the server may do it alone, and says why.

use serde_json::{Value, json};
use varsel_domain::access::UseKind;
use varsel_domain::authz::Scope;
use varsel_domain::change::{Change, Payload};
use varsel_domain::{ChangeId, OrganisationId};
use varsel_storage::organisation;

use super::approved::outstanding;
use super::propose::besides;
use crate::access::{write_at_command_line, write_of_system};
use crate::{Error, Result, Services};

/// What came of carrying out an approved change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Carried {
    /// So many keys are wrapped anew.
    Keys(u64),
    /// It is done already, or nobody approved it in time.
    Nothing,
    /// Two approved another root key than the one with which this process wraps.
    OtherRoot {
        /// The approved one.
        approved: String,
    },
    /// It would take the place of root keys of which nobody who approved it knew.
    OthersRetired,
}

/// On whose word keys are replaced at the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word<'a> {
    /// On that of two administrators.
    Two,
    /// On that of whoever runs the server, who says why.
    Alone {
        /// Why: for the log of use.
        reason: &'a str,
    },
}

/// What came of replacing keys at the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replaced {
    /// So many keys are wrapped anew.
    Keys(u64),
    /// No two have approved it, or it is done already.
    NotApproved,
    /// Two approved another root key than the one of these settings.
    OtherRoot {
        /// The approved one.
        approved: String,
    },
    /// No organisation of that CVR number has reported.
    UnknownOrganisation,
}

/// Who does it, for the log of use.
#[derive(Clone, Copy)]
enum By<'a> {
    Server { request_id: &'a str },
    Operator { command: &'a str },
}

const REWRAP: By<'static> = By::Operator { command: "varsel keys rewrap" };
const RENEW: By<'static> = By::Operator { command: "varsel keys renew" };

/// Does what two approved with the change of that id; may be asked again.
///
/// # Errors
/// Storage failed: what is done is done, and a second call goes on.
pub(crate) async fn carry_out(services: &Services, id: ChangeId, request_id: &str) -> Result<Carried> {
    let found = approved(services).await?.into_iter().find(|change| change.id == id);
    match found {
        Some(change) => carry_out_one(services, &change, By::Server { request_id }).await,
        None => Ok(Carried::Nothing),
    }
}

/// Wraps with the root key of today what another one still wraps. The log of use says so, and on whose word.
///
/// # Errors
/// Storage failed: what is done is done, and a second call goes on.
pub async fn rewrap(services: &Services, word: Word<'_>) -> Result<Replaced> {
    if let Word::Alone { reason } = word {
        return Ok(Replaced::Keys(put_root(services, json!({ "reason": reason }), REWRAP).await?));
    }
    let is_meant = |payload: &Payload| matches!(payload, Payload::ReplaceRootKey { .. });
    as_approved(services, is_meant, REWRAP).await
}

/// Gives an organisation a new key, by its CVR number, or all that have one where none is given. The log of use says so, and on
/// whose word.
///
/// # Errors
/// Storage failed: what is done is done, and a second call begins anew.
pub async fn renew(services: &Services, cvr: Option<&str>, word: Word<'_>) -> Result<Replaced> {
    let mut whose = None;
    if let Some(cvr) = cvr {
        let tx = services.store.begin_reading(&Scope::nothing()).await?;
        let found = organisation::find_by_cvr(&tx, cvr).await?;
        tx.commit().await?;
        let Some(found) = found else { return Ok(Replaced::UnknownOrganisation) };
        whose = Some(found.id);
    }
    if let Word::Alone { reason } = word {
        let detail = json!({ "reason": reason, "organisation": cvr });
        return Ok(Replaced::Keys(give_new_keys(services, whose, detail, RENEW).await?));
    }
    let is_meant = |payload: &Payload| matches!(payload, Payload::RenewKeys { organisation, .. } if *organisation == whose);
    as_approved(services, is_meant, RENEW).await
}

async fn approved(services: &Services) -> Result<Vec<Change>> {
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let changes = outstanding(services, &tx).await?;
    tx.commit().await?;
    Ok(changes)
}

/// Carries out every approved change whose payload `is_meant`.
async fn as_approved(
    services: &Services,
    is_meant: impl Fn(&Payload) -> bool,
    by: By<'_>,
) -> Result<Replaced> {
    let mut replaced = Replaced::NotApproved;
    for change in approved(services).await? {
        if !change.read_payload().is_some_and(|payload| is_meant(&payload)) {
            continue;
        }
        replaced = match (carry_out_one(services, &change, by).await?, replaced) {
            (Carried::Keys(more), Replaced::Keys(keys)) => Replaced::Keys(keys.saturating_add(more)),
            (Carried::Keys(keys), _) => Replaced::Keys(keys),
            (Carried::OtherRoot { approved }, Replaced::NotApproved) => Replaced::OtherRoot { approved },
            (Carried::OtherRoot { .. } | Carried::OthersRetired | Carried::Nothing, replaced) => replaced,
        };
    }
    Ok(replaced)
}

async fn carry_out_one(services: &Services, change: &Change, by: By<'_>) -> Result<Carried> {
    let detail = json!({ "change": change.id });
    match change.read_payload() {
        Some(Payload::RenewKeys { organisation, .. }) => {
            Ok(Carried::Keys(give_new_keys(services, organisation, detail, by).await?))
        }
        Some(Payload::ReplaceRootKey { root, retired }) => {
            if services.store.vault()?.root() != root {
                return Ok(Carried::OtherRoot { approved: root });
            }
            if !besides(services, &root).await?.iter().all(|needed| retired.contains(needed)) {
                return Ok(Carried::OthersRetired);
            }
            Ok(Carried::Keys(put_root(services, detail, by).await?))
        }
        _ => Err(Error::Internal(format!("{} is not about keys", change.id))),
    }
}

async fn put_root(services: &Services, mut detail: Value, by: By<'_>) -> Result<u64> {
    let vault = services.store.vault()?;
    let done = vault.rewrap().await?;
    vault.scrub().await?;
    add(&mut detail, json!({ "root": vault.root(), "keys": done }));
    write(services, by, detail).await?;
    Ok(done)
}

async fn give_new_keys(
    services: &Services,
    whose: Option<OrganisationId>,
    mut detail: Value,
    by: By<'_>,
) -> Result<u64> {
    let (vault, now) = (services.store.vault()?, services.clock.now());
    let organisations = match whose {
        None => vault.organisations().await?,
        Some(one) => vec![one],
    };
    let mut done = 0_u64;
    for organisation in &organisations {
        done = done.saturating_add(vault.renew(*organisation, now).await?);
    }
    vault.scrub().await?;
    add(&mut detail, json!({ "organisations": organisations.len(), "keys": done }));
    write(services, by, detail).await?;
    Ok(done)
}

fn add(detail: &mut Value, more: Value) {
    if let (Value::Object(detail), Value::Object(more)) = (detail, more) {
        detail.extend(more);
    }
}

async fn write(services: &Services, by: By<'_>, detail: Value) -> Result<()> {
    let tx = services.store.begin(&Scope::nothing()).await?;
    let (now, kind) = (services.clock.now(), UseKind::KeysReplaced);
    match by {
        By::Server { request_id } => {
            write_of_system(services, &tx, (now, request_id.to_owned()), (kind, None), detail).await?;
        }
        By::Operator { command } => {
            write_at_command_line(&*services.ids, &tx, (now, command), kind, detail).await?;
        }
    }
    Ok(tx.commit().await?)
}
