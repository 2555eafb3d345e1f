//! Who tries: one person for each role, who holds one authorisation after the other, in sessions of every kind.

use chrono::TimeDelta;
use uuid::Uuid;
use varsel_services::api_token;
use varsel_services::authorisation::Grants;
use varsel_services::domain::authorisation::{Authorisation, Basis, Function, Purpose, State};
use varsel_services::domain::organisation::Language;
use varsel_services::domain::{AuthorisationId, PersonId};
use varsel_services::session::{self, Browser, Claims, Voucher};
use varsel_services::testing::House;

use super::places::{execute, insert, literal};

/// How somebody shows who they are, if at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SignIn {
    /// Just now, at the level Substantial.
    Fresh,
    /// Just now, with a password and a code of Varsel's own.
    FreshLocal,
    /// Yesterday, at the level High.
    Stale,
    /// The provider said neither when nor how strongly.
    Unsaid,
    /// In a session that has ended since.
    Ended,
    /// As a program, with a token.
    Token,
}

impl SignIn {
    pub(super) const ALL: [Self; 6] =
        [Self::Fresh, Self::FreshLocal, Self::Stale, Self::Unsaid, Self::Ended, Self::Token];

    pub(super) fn is_fresh(self) -> bool {
        matches!(self, Self::Fresh | Self::FreshLocal)
    }

    fn voucher(self, house: &House) -> Voucher {
        let now = house.now();
        let (authenticated_at, assurance) = match self {
            Self::Fresh | Self::Ended | Self::Token => (Some(now), Some("Substantial")),
            Self::FreshLocal => (Some(now), Some("password+code")),
            Self::Stale => (Some(now - TimeDelta::days(1)), Some("High")),
            Self::Unsaid => (None, None),
        };
        let provider = Some("mitid".to_owned());
        Voucher { provider, authenticated_at, assurance: assurance.map(str::to_owned), ..Voucher::default() }
    }
}

/// Where an authorisation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Active,
    Unconfirmed,
    Moved,
    Withdrawn,
    Pending,
    Over,
}

impl Standing {
    pub(super) const ALL: [Self; 6] =
        [Self::Active, Self::Unconfirmed, Self::Moved, Self::Withdrawn, Self::Pending, Self::Over];

    /// The word in storage, and which of a person's windows it has.
    fn stored(self) -> (&'static str, usize) {
        match self {
            Self::Active => ("active", 0),
            Self::Unconfirmed => ("suspended unconfirmed", 0),
            Self::Moved => ("suspended moved", 0),
            Self::Withdrawn => ("withdrawn", 0),
            Self::Pending => ("active", 1),
            Self::Over => ("active", 2),
        }
    }
}

/// One who tries.
pub(super) struct Subject {
    pub(super) role: &'static str,
    pub(super) person: PersonId,
    /// What each kind of sign-in shows: a cookie's session, or a token.
    pub(super) shown: Vec<(SignIn, String)>,
    /// Three authorisations: of now, of later, of before.
    held: [AuthorisationId; 3],
}

/// The roles, and what a provider says of who has them.
const ROLES: [(&str, &str, &str); 5] = [
    ("reporter", "cvr", "99990104"),
    ("officer", "unit", "sektorcert"),
    ("coordinator", "unit", "spoc"),
    ("security officer", "function", "security_officer"),
    ("administrator", "function", "administrator"),
];

pub(super) async fn subjects(house: &House) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for (n, role) in ROLES.into_iter().enumerate() {
        subjects.push(Subject::enter(house, n, role).await);
    }
    subjects
}

/// Brings back the sessions that an attempt has ended; those that had ended before stay so.
pub(super) async fn restore_sessions(house: &House) {
    let sql = format!("UPDATE session SET ended_at = NULL WHERE device <> '{:?}'", SignIn::Ended);
    execute(house, &sql).await;
}

impl Subject {
    async fn enter(house: &House, n: usize, (role, claim, value): (&'static str, &str, &str)) -> Self {
        let mut shown = Vec::new();
        let said = |name: &str| (claim == name).then(|| value.to_owned());
        for sign_in in SignIn::ALL.into_iter().filter(|it| *it != SignIn::Token) {
            let claims = Claims {
                issuer: "https://login.example".to_owned(),
                subject: format!("grid-{role}"),
                name: format!("A {role} of the grid"),
                email: None,
                cvr: said("cvr"),
                organisation_name: None,
                unit: said("unit"),
                function: said("function"),
                natural_person: None,
                language: Language::En,
                grants: Grants::Authorisations,
                voucher: sign_in.voucher(house),
            };
            let browser = Browser { device: Some(format!("{sign_in:?}")), ..Browser::default() };
            let token = session::open_for_claims(&house.services, claims, &browser).await.unwrap();
            if sign_in == SignIn::Ended {
                session::end(&house.services, &token).await.unwrap();
            }
            shown.push((sign_in, token));
        }
        let (actor, _) = session::find(&house.services, &shown[0].1, None).await.unwrap().unwrap();
        let token =
            api_token::create(&house.services, &actor.person.to_string(), "grid", 30).await.unwrap().2;
        shown.push((SignIn::Token, token));
        let held = [0, 1, 2]
            .map(|window| AuthorisationId(Uuid::from_u128(0xB000 + u128::try_from(n * 8 + window).unwrap())));
        let subject = Self { role, person: actor.person, shown, held };
        subject.insert_held(house).await;
        subject
    }

    async fn insert_held(&self, house: &House) {
        let (now, day) = (house.now(), TimeDelta::days(1));
        let windows = [(now - day, None), (now + day, None), (now - day - day, Some(now))];
        for (id, (from, until)) in self.held.into_iter().zip(windows) {
            let held = Authorisation {
                id,
                holder: self.person,
                functions: [Function::Read].into_iter().collect(),
                reach: varsel_services::domain::authorisation::Reach::National,
                purpose: Purpose::Stated("To see what each gives.".to_owned()),
                from,
                until,
                temporary: None,
                basis: Basis::Bootstrap,
                state: State::Withdrawn,
                granted_at: now - day,
                step: None,
            };
            insert(house, &held).await;
        }
    }

    /// Gives this person exactly this; which authorisation that is.
    pub(super) async fn hold(
        &self,
        house: &House,
        (functions, reach): (&[Function], &str),
        standing: Standing,
    ) -> AuthorisationId {
        let (state, window) = standing.stored();
        let mut words: Vec<_> = functions.iter().map(|function| function.word()).collect();
        words.sort_unstable();
        let (id, all) = (self.held[window], literal(house, self.person.0));
        execute(
            house,
            &format!(
                "UPDATE authorisation SET state = 'withdrawn' WHERE holder_id = {all}; \
                 UPDATE authorisation SET functions = '{}', reach = '{reach}', state = '{state}' WHERE id = {}",
                words.join(" "),
                literal(house, id.0)
            ),
        )
        .await;
        id
    }

    /// A request's headers that say who it is.
    pub(super) fn header(&self, sign_in: SignIn) -> (&'static str, String) {
        let shown = &self.shown.iter().find(|(it, _)| *it == sign_in).unwrap().1;
        match sign_in {
            SignIn::Token => ("authorization", format!("Bearer {shown}")),
            _ => ("cookie", format!("varsel={shown}")),
        }
    }

    /// Whether the answer says that it is theirs.
    pub(super) fn is_own(&self, holder: Option<PersonId>) -> bool {
        holder == Some(self.person)
    }
}
