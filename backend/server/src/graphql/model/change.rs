//! Critical changes: what they are, and what can come of deciding on one.
#![expect(clippy::doc_markdown, reason = "the descriptions of the schema are plain text")]
#![expect(clippy::unused_async, reason = "resolvers are async, whether they wait or not")]

use std::collections::BTreeSet;

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject, Union};
use varsel_services::change::{ChangeView, Outcome};
use varsel_services::domain::change::{self, Payload, Refusal};
use varsel_services::domain::organisation::Organisation;
use varsel_services::domain::rules;
use varsel_services::{Request, Services, pack};

use super::authorisation::{Function, Reach, Temporary};
use super::{DateTime, PackVersion, Text};
use crate::graphql::error::Shown;

/// What a critical change does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "change::ChangeKind")]
pub(crate) enum ChangeKind {
    /// Publishes a version of the rule pack.
    PublishPack,
    /// Lets people sign in through an identity provider.
    TrustProvider,
    /// Gives somebody an authorisation.
    GrantAuthorisation,
    /// Gives a suspended authorisation back.
    ReinstateAuthorisation,
    /// Keeps an incident beyond its deadline.
    PlaceHold,
    /// Ends the holds on an incident.
    LiftHold,
    /// Keeps what the log of use tells of a person's acts beyond its deadline.
    KeepUses,
    /// Lets go of what is kept of a person's acts.
    ReleaseUses,
    /// Adopts settings of the configuration.
    AdoptSettings,
    /// Erases the incidents of an organisation, or all, at once.
    EraseAtOnce,
    /// Gives an organisation, or every one, a new key.
    RenewKeys,
    /// Puts the root key of today in the place of those that it replaces.
    ReplaceRootKey,
}

/// Where a critical change stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "change::ChangeStatus")]
pub(crate) enum ChangeStatus {
    /// Waits for a decision.
    Open,
    /// Approved and carried out.
    Executed,
    /// Somebody else said no.
    Rejected,
    /// Whoever proposed it took it back.
    Withdrawn,
    /// Nobody decided in time.
    Expired,
}

/// A critical change: one proposes it, another approves exactly that, and then it is carried out.
#[derive(Clone)]
pub(crate) struct Change(ChangeView);

impl Change {
    pub(crate) fn new(view: ChangeView) -> Self {
        Self(view)
    }
}

/// A critical change: one proposes it, another approves exactly that, and then it is carried out.
#[Object]
impl Change {
    async fn id(&self) -> ID {
        self.0.change.id.to_string().into()
    }

    async fn kind(&self) -> ChangeKind {
        self.0.change.kind.into()
    }

    async fn status(&self) -> ChangeStatus {
        self.0.status.into()
    }

    async fn title(&self) -> Text {
        (&self.0.change.title()).into()
    }

    async fn reason(&self) -> &str {
        &self.0.change.reason
    }

    /// Exactly what is carried out, as canonical JSON.
    async fn payload(&self) -> &str {
        &self.0.change.payload
    }

    /// SHA-256 over the payload, in hexadecimal: what an approval is of.
    async fn payload_sha256(&self) -> &str {
        &self.0.change.payload_sha256
    }

    /// Name of whoever proposed it, as it was then.
    async fn proposed_by(&self) -> &str {
        &self.0.change.proposer.name
    }

    async fn proposed_at(&self) -> DateTime {
        self.0.change.proposed_at.into()
    }

    /// When it can no longer be decided.
    async fn expires_at(&self) -> DateTime {
        self.0.change.expires_at.into()
    }

    /// Null while it is open, and when time decided.
    async fn decided_by(&self) -> Option<&str> {
        self.0.change.decision.as_ref()?.by_name.as_deref()
    }

    async fn decided_at(&self) -> Option<DateTime> {
        Some(self.0.change.decision.as_ref()?.at.into())
    }

    /// Why it was rejected.
    async fn decision_reason(&self) -> Option<&str> {
        self.0.change.decision.as_ref()?.reason.as_deref()
    }

    /// The viewer is another natural person than the one who proposed, with the right to approve, and it is open.
    async fn approvable(&self) -> bool {
        self.0.approvable
    }

    /// The viewer proposed it, and it is open.
    async fn withdrawable(&self) -> bool {
        self.0.withdrawable
    }

    /// The right that it gives, where that is what it does.
    async fn grant(&self, ctx: &Context<'_>) -> Result<Option<ChangeGrant>> {
        let services = ctx.data::<Services>()?;
        let pack = services.packs.in_force(services.clock.now());
        let organisation = self.0.organisation.as_ref();
        Ok(self.0.change.read_payload().and_then(|payload| ChangeGrant::new(&pack, payload, organisation)))
    }

    /// The version of the rule pack that it publishes, where that is what it does.
    async fn pack_version(&self, ctx: &Context<'_>) -> Result<Option<PackVersion>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let Some(Payload::PublishPack { version, .. }) = self.0.change.read_payload() else {
            return Ok(None);
        };
        let view = pack::find(services, request, &version).await.map_err(|error| error.shown(ctx))?;
        Ok(view.map(PackVersion::from))
    }
}

/// A right that a critical change gives.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ChangeGrant {
    holder_id: ID,
    /// Their name, as it was when it was proposed.
    holder_name: String,
    functions: Vec<Function>,
    reach: Reach,
    /// Null where a suspended authorisation is given back.
    purpose: Option<String>,
    /// At the earliest when it is approved.
    from: Option<DateTime>,
    until: Option<DateTime>,
    temporary: Option<Temporary>,
    /// The suspended authorisation that is given back.
    authorisation_id: Option<ID>,
}

impl ChangeGrant {
    fn new(pack: &rules::Pack, payload: Payload, organisation: Option<&Organisation>) -> Option<Self> {
        let words = |functions: BTreeSet<_>| functions.into_iter().map(Function::from).collect();
        match payload {
            Payload::PublishPack { .. }
            | Payload::TrustProvider { .. }
            | Payload::PlaceHold { .. }
            | Payload::LiftHold { .. }
            | Payload::KeepUses { .. }
            | Payload::ReleaseUses { .. }
            | Payload::AdoptSettings { .. }
            | Payload::EraseAtOnce { .. }
            | Payload::RenewKeys { .. }
            | Payload::ReplaceRootKey { .. } => None,
            Payload::GrantAuthorisation(grant) => Some(Self {
                holder_id: grant.holder.to_string().into(),
                holder_name: grant.holder_name,
                functions: words(grant.functions),
                reach: Reach::new(pack, &grant.reach, organisation),
                purpose: Some(grant.purpose),
                from: Some(grant.from.into()),
                until: grant.until.map(DateTime::from),
                temporary: grant.temporary.map(Temporary::from),
                authorisation_id: None,
            }),
            Payload::ReinstateAuthorisation { authorisation, holder, holder_name, functions, reach } => {
                Some(Self {
                    holder_id: holder.to_string().into(),
                    holder_name,
                    functions: words(functions),
                    reach: Reach::new(pack, &reach, organisation),
                    purpose: None,
                    from: None,
                    until: None,
                    temporary: None,
                    authorisation_id: Some(authorisation.to_string().into()),
                })
            }
        }
    }
}

#[derive(Debug, InputObject)]
pub(crate) struct ApproveChangeInput {
    pub(crate) id: ID,
    /// Of exactly what was read; a change that was altered since is refused.
    pub(crate) payload_sha256: String,
}

#[derive(Debug, InputObject)]
pub(crate) struct RejectChangeInput {
    pub(crate) id: ID,
    /// 10 to 2000 characters.
    pub(crate) reason: String,
}

#[derive(Clone, Union)]
#[expect(
    clippy::large_enum_variant,
    reason = "one is made for a request, and the large one is the usual one"
)]
pub(crate) enum DecideChangeResult {
    Decided(ChangeDecided),
    Refused(ChangeRefused),
}

#[derive(Clone, SimpleObject)]
pub(crate) struct ChangeDecided {
    change: Change,
}

/// Why not, and what to do instead.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ChangeRefused {
    /// Stable: OWN_PROPOSAL, PAYLOAD_DIFFERS, NOT_OPEN, EXPIRED, TARGET_CHANGED, LOST_RIGHT, DRAFT, TOO_SOON,
    /// UNKNOWN_VERSION, ALREADY_IN_FORCE, REASON_LENGTH, NOT_NEWEST, OWN_RIGHT, UNKNOWN_HOLDER, UNKNOWN_REACH, NO_FUNCTION,
    /// PURPOSE_LENGTH, WINDOW_OVER, WINDOW_TOO_LONG, AUDIT_APART, AUDIT_HOME, NOT_SUSPENDED, UNKNOWN_INCIDENT, HOLD_END, NOT_HELD,
    /// UNKNOWN_PERSON, OWN_USES, KEEP_END, NOT_KEPT, UNKNOWN_ORGANISATION, NOTHING_RETIRED, ALREADY_TRUSTED, ALREADY_ADOPTED.
    code: &'static str,
    message: Text,
}

impl From<Outcome> for DecideChangeResult {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Ok(view) => Self::Decided(ChangeDecided { change: Change::new(view) }),
            Err(refusal) => Self::Refused(refusal.into()),
        }
    }
}

impl From<Refusal> for ChangeRefused {
    fn from(refusal: Refusal) -> Self {
        Self { code: refusal.code(), message: (&refusal.message()).into() }
    }
}
