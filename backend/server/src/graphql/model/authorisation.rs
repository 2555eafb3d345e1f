//! Authorisations: who may do what with whose data.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use varsel_services::Error;
use varsel_services::authorisation::{AuthorisationView, Ended, Filter, Left, Organised, Standing, Wish};
use varsel_services::domain::authorisation::{self as domain, Basis, Reach as DomainReach, State};
use varsel_services::domain::organisation;
use varsel_services::domain::review::FunctionUsed;
use varsel_services::domain::rules::{self, Text as DomainText};

use super::viewer::Role;
use super::{DateTime, Text, Unit};

/// What a right lets somebody do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::Function")]
pub(crate) enum Function {
    /// See reports and cases.
    Read,
    /// File reports.
    Input,
    /// Erase reports.
    Erase,
    /// Decide on cases.
    Decide,
    /// Administer rights and, nationally, the rules.
    Administer,
    /// See who may and did do what.
    Audit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum ReachKind {
    /// The reports of one organisation.
    Organisation,
    /// The cases of one unit.
    Unit,
    /// The cases of a sector's units.
    Sector,
    /// The national units, or the whole platform.
    National,
}

/// How far a right reaches.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Reach {
    kind: ReachKind,
    /// Id of the organisation, unit or sector; null nationally.
    id: Option<String>,
    name: Text,
    /// The unit, where it is one.
    unit: Option<Unit>,
}

impl Reach {
    pub(crate) fn new(
        pack: &rules::Pack,
        reach: &DomainReach,
        organisation: Option<&organisation::Organisation>,
    ) -> Self {
        let (kind, id, name) = match reach {
            DomainReach::Organisation(id) => {
                let name = organisation.map_or_else(|| id.to_string(), |it| it.name.clone());
                (ReachKind::Organisation, Some(id.to_string()), Text::verbatim(&name))
            }
            DomainReach::Unit(id) => {
                let name = pack.unit(id.as_str()).map(|unit| &unit.name);
                (ReachKind::Unit, Some(id.0.clone()), Text::or_id(name, id.as_str()))
            }
            DomainReach::Sector(id) => {
                let sector = pack.sectors().into_iter().find(|sector| sector.id == *id);
                (ReachKind::Sector, Some(id.clone()), Text::or_id(sector.as_ref().map(|it| &it.name), id))
            }
            DomainReach::National => {
                let name = DomainText { da: "Hele landet".to_owned(), en: "The whole country".to_owned() };
                (ReachKind::National, None, (&name).into())
            }
        };
        let unit = match reach {
            DomainReach::Unit(id) => Some(Unit::find(pack, id.as_str())),
            _ => None,
        };
        Self { kind, id, name, unit }
    }
}

#[derive(Debug, InputObject)]
pub(crate) struct ReachInput {
    kind: ReachKind,
    /// Id of the organisation, unit or sector; nothing nationally.
    id: Option<String>,
}

impl ReachInput {
    /// The same, as the services know it.
    ///
    /// # Errors
    /// An id that does not belong to the kind.
    pub(crate) fn parse(self) -> Result<DomainReach, Error> {
        let wrong = || Error::Invalid {
            field: "reach",
            message: DomainText {
                da: "Vælg organisationen, enheden eller sektoren fra listen.".to_owned(),
                en: "Choose the organisation, unit or sector from the list.".to_owned(),
            },
        };
        let id = self.id.filter(|id| !id.is_empty());
        match (self.kind, id) {
            (ReachKind::Organisation, Some(id)) => {
                id.parse().map(DomainReach::Organisation).ok().ok_or_else(wrong)
            }
            (ReachKind::Unit, Some(id)) => Ok(DomainReach::Unit(id.as_str().into())),
            (ReachKind::Sector, Some(id)) => Ok(DomainReach::Sector(id)),
            (ReachKind::National, None) => Ok(DomainReach::National),
            _ => Err(wrong()),
        }
    }
}

/// Why a right is only for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::Temporary")]
pub(crate) enum Temporary {
    Auditor,
    Technician,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::Status")]
pub(crate) enum AuthorisationStatus {
    /// Its window has not begun.
    Pending,
    /// It gives its rights.
    Active,
    /// It gives none until two people reinstate it.
    Suspended,
    /// Its window is over.
    Ended,
    /// It gives none, for ever.
    Withdrawn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::Suspension")]
pub(crate) enum Suspension {
    /// Nobody confirmed it in a review in time.
    Unconfirmed,
    /// Its holder has another organisation or unit now.
    Moved,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum AuthorisationBasis {
    /// One person proposed it, another approved it.
    Approved,
    /// An identity provider that is trusted to grant says so.
    Provider,
    /// A one-time token, made by whoever runs the server.
    Bootstrap,
}

/// How authorisations stand, for the filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Standing")]
pub(crate) enum AuthorisationStanding {
    /// It gives rights, or will when its window begins.
    Active,
    /// It is suspended.
    Suspended,
    /// It is suspended because its holder has moved, and waits for those who administer it.
    Moved,
    /// It was withdrawn, or its window is over.
    Over,
}

/// A person, as those see them who administer or audit.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Person {
    id: ID,
    name: String,
    email: Option<String>,
    role: Role,
    /// Name of the organisation or unit they belong to; null for the platform's own people.
    home: Option<Text>,
}

impl Person {
    pub(crate) fn new(
        pack: &rules::Pack,
        person: &organisation::Person,
        organisation: Option<&organisation::Organisation>,
    ) -> Self {
        let home = match person.role.home() {
            DomainReach::National => None,
            reach => Some(Reach::new(pack, &reach, organisation).name),
        };
        Self {
            id: person.id.to_string().into(),
            name: person.name.clone(),
            email: person.email.clone(),
            role: person.role.kind().into(),
            home,
        }
    }

    pub(crate) fn organised(pack: &rules::Pack, found: &Organised) -> Self {
        Self::new(pack, &found.person, found.organisation.as_ref())
    }
}

/// How one function of an authorisation was used.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct FunctionUse {
    function: Function,
    /// Null where it never was.
    last_used_at: Option<DateTime>,
    uses: u64,
}

impl From<FunctionUsed> for FunctionUse {
    fn from(used: FunctionUsed) -> Self {
        Self {
            function: used.function.into(),
            last_used_at: used.last_at.map(DateTime::from),
            uses: used.uses,
        }
    }
}

/// That a person has rights: which, how far, for what, from when until when.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Authorisation {
    id: ID,
    holder: Person,
    functions: Vec<Function>,
    reach: Reach,
    /// A stated one in the words of whoever asked for it.
    purpose: Text,
    from: DateTime,
    /// Exclusive; null where it has no end.
    until: Option<DateTime>,
    temporary: Option<Temporary>,
    status: AuthorisationStatus,
    /// Why it is suspended.
    suspension: Option<Suspension>,
    basis: AuthorisationBasis,
    /// The identity provider that it rests on, by its name in the settings.
    provider: Option<String>,
    /// The critical change that it rests on.
    change_id: Option<ID>,
    granted_at: DateTime,
    /// Who withdrew it last, where a person did it.
    changed_by: Option<String>,
    changed_at: Option<DateTime>,
    change_reason: Option<String>,
    /// Function by function.
    used: Vec<FunctionUse>,
    /// In any function; null where it never was.
    last_used_at: Option<DateTime>,
    /// Nobody has used it for half a year.
    unused: bool,
    /// The viewer may withdraw it.
    withdrawable: bool,
    /// It is suspended, and the viewer may propose to reinstate it.
    reinstatable: bool,
}

impl Authorisation {
    pub(crate) fn new(pack: &rules::Pack, view: AuthorisationView) -> Self {
        let AuthorisationView { authorisation: held, holder, organisation, .. } = view;
        let (basis, provider, change) = match held.basis {
            Basis::Approved(change) => (AuthorisationBasis::Approved, None, Some(change.to_string().into())),
            Basis::Provider(name) => (AuthorisationBasis::Provider, Some(name), None),
            Basis::Bootstrap => (AuthorisationBasis::Bootstrap, None, None),
        };
        let suspension = match held.state {
            State::Suspended(why) => Some(why.into()),
            State::Active | State::Withdrawn => None,
        };
        let used = view.used.into_iter().map(|(function, used)| FunctionUse {
            function: function.into(),
            last_used_at: used.map(|used| used.last_at.into()),
            uses: used.map_or(0, |used| used.uses),
        });
        let (changed_by, changed_at, change_reason) = match held.step {
            Some(step) => (step.by_name, Some(step.at.into()), Some(step.reason)),
            None => (None, None, None),
        };
        Self {
            id: held.id.to_string().into(),
            holder: Person::new(
                pack,
                &holder,
                organisation.as_ref().filter(|it| holder.role.home() == DomainReach::Organisation(it.id)),
            ),
            functions: held.functions.into_iter().map(Function::from).collect(),
            reach: Reach::new(pack, &held.reach, organisation.as_ref()),
            purpose: (&held.purpose.in_words()).into(),
            from: held.from.into(),
            until: held.until.map(DateTime::from),
            temporary: held.temporary.map(Temporary::from),
            status: view.status.into(),
            suspension,
            basis,
            provider,
            change_id: change,
            granted_at: held.granted_at.into(),
            changed_by,
            changed_at,
            change_reason,
            used: used.collect(),
            last_used_at: view.last_used_at.map(DateTime::from),
            unused: view.unused,
            withdrawable: view.withdrawable,
            reinstatable: view.reinstatable,
        }
    }
}

#[derive(Debug, Default, InputObject)]
pub(crate) struct AuthorisationFilter {
    holder: Option<ID>,
    reach: Option<ReachInput>,
    function: Option<Function>,
    standing: Option<AuthorisationStanding>,
    /// Part of the holder's name or mail address.
    text: Option<String>,
}

impl AuthorisationFilter {
    /// The same, as the services know it.
    ///
    /// # Errors
    /// An id that is none.
    pub(crate) fn parse(self) -> Result<Filter, Error> {
        let holder = self.holder.map(|id| id.parse()).transpose();
        Ok(Filter {
            holder: holder.ok().ok_or_else(|| Error::NotFound { kind: "person" })?,
            reach: self.reach.map(ReachInput::parse).transpose()?,
            function: self.function.map(Into::into),
            standing: self.standing.map(Into::into),
            text: self.text,
        })
    }
}

#[derive(Debug, InputObject)]
pub(crate) struct RequestAuthorisationInput {
    /// For whom; nothing for oneself.
    holder: Option<ID>,
    functions: Vec<Function>,
    reach: ReachInput,
    /// For what it is needed: 10 to 2000 characters.
    purpose: String,
    /// From when; nothing as soon as it is approved.
    from: Option<DateTime>,
    /// Until when; nothing where it has no end. One for a time must have one.
    until: Option<DateTime>,
    temporary: Option<Temporary>,
    /// For whoever approves: 10 to 2000 characters.
    pub(crate) reason: String,
}

impl RequestAuthorisationInput {
    /// The same, as the services know it.
    ///
    /// # Errors
    /// An id that is none.
    pub(crate) fn parse(self) -> Result<Wish, Error> {
        let holder = self.holder.map(|id| id.parse()).transpose();
        Ok(Wish {
            holder: holder.ok().ok_or_else(|| Error::NotFound { kind: "person" })?,
            functions: self.functions.into_iter().map(Into::into).collect(),
            reach: self.reach.parse()?,
            purpose: self.purpose,
            from: self.from.map(DateTime::to_utc),
            until: self.until.map(DateTime::to_utc),
            temporary: self.temporary.map(Into::into),
        })
    }
}

#[derive(Debug, InputObject)]
pub(crate) struct WithdrawAuthorisationsInput {
    /// At most 200.
    pub(crate) ids: Vec<ID>,
    /// 10 to 2000 characters.
    pub(crate) reason: String,
}

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct AuthorisationsWithdrawn {
    withdrawn: Vec<ID>,
    /// Those that had ended before.
    over: Vec<ID>,
}

impl From<Ended> for AuthorisationsWithdrawn {
    fn from(ended: Ended) -> Self {
        let ids = |ids: Vec<_>| ids.iter().map(ToString::to_string).map(ID::from).collect();
        Self { withdrawn: ids(ended.withdrawn), over: ids(ended.over) }
    }
}

#[derive(Debug, InputObject)]
pub(crate) struct PersonLeftInput {
    pub(crate) person: ID,
    /// 10 to 2000 characters.
    pub(crate) reason: String,
}

/// What ended when a person left.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct PersonLeft {
    authorisations: usize,
    sessions: usize,
    tokens: usize,
}

impl From<Left> for PersonLeft {
    fn from(left: Left) -> Self {
        let Left { authorisations, sessions, tokens } = left;
        Self { authorisations, sessions, tokens }
    }
}
