//! Who tries, and what there is to try it with.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;
use varsel_server::http::Door;
use varsel_services::domain::attempt::{Client as Source, Subject};
use varsel_services::domain::authorisation::Reach;
use varsel_services::domain::authz::{Reaches, Resource, permits};
use varsel_services::domain::change::Author;
use varsel_services::domain::rules::Part;
use varsel_services::domain::{Actor, OrganisationId, PersonId, UnitId};
use varsel_services::session::Limits;
use varsel_services::testing::{House, in_each_house};
use varsel_services::{api_token, authorisation, change, demo};

use super::table::{Asked, action};
use crate::harness::{App, Client, block, open_review, patient, with_door};
use crate::oidc::{settings, trusting};

/// The kinds of object that have an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Incident,
    Case,
    Queue,
    Change,
    Session,
    Person,
    Authorisation,
    Block,
    Review,
}

impl Kind {
    pub(super) const ALL: [Self; 9] = [
        Self::Incident,
        Self::Case,
        Self::Queue,
        Self::Change,
        Self::Session,
        Self::Person,
        Self::Authorisation,
        Self::Block,
        Self::Review,
    ];

    /// An id of this form that nothing has.
    pub(super) fn ghost(self) -> String {
        let prefix = match self {
            Self::Incident => "incident",
            Self::Case => "case",
            Self::Queue => return "no_such_unit".to_owned(),
            Self::Change => "change",
            Self::Session => "session",
            Self::Person => "person",
            Self::Authorisation => "authorisation",
            Self::Block => "block",
            Self::Review => "review",
        };
        format!("{prefix}_{}", "0123456789abcdef".repeat(2))
    }
}

/// One object, and what `permits` must know of it.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) kind: Kind,
    pub(super) id: String,
    organisation: Option<OrganisationId>,
    units: Vec<UnitId>,
    lead: Option<UnitId>,
    pub(super) owner: Option<PersonId>,
    /// Where its owner belongs, or how far the right reaches.
    reach: Option<Reach>,
}

impl Target {
    fn new(kind: Kind, id: &impl Display) -> Self {
        let (organisation, units, lead, owner, reach) = (None, Vec::new(), None, None, None);
        Self { kind, id: id.to_string(), organisation, units, lead, owner, reach }
    }

    fn resource(&self, by: Option<&str>) -> Resource<'_> {
        match (self.kind, by) {
            (Kind::Incident, Some("leads")) => Resource::LedBy(self.lead.as_ref().unwrap()),
            (Kind::Incident | Kind::Case, None) => {
                Resource::Incident { organisation: self.organisation.unwrap(), units: &self.units }
            }
            (Kind::Queue, None) => Resource::Queue(&self.units[0]),
            // Which changes there are is known to whoever decides on some of them.
            (Kind::Change, None) => Resource::Changes,
            (Kind::Session | Kind::Person, None) => {
                Resource::Person { id: self.owner.unwrap(), home: self.reach.as_ref().unwrap() }
            }
            (Kind::Authorisation, None) => Resource::Authorisation {
                holder: self.owner.unwrap(),
                author: Author::AnotherPerson,
                reach: self.reach.as_ref().unwrap(),
            },
            (Kind::Block, None) => Resource::Attempts,
            // Of rights that are nobody's own: one may know of one's own without knowing of the review.
            (Kind::Review, None) => Resource::Authorisation {
                holder: PersonId(Uuid::nil()),
                author: Author::AnotherPerson,
                reach: self.reach.as_ref().unwrap(),
            },
            (kind, by) => panic!("{kind:?} by {by:?}"),
        }
    }
}

/// Somebody who tries, in one way: in a session, by a token, or without either.
pub(super) struct Caller {
    pub(super) handle: Option<String>,
    pub(super) actor: Option<Actor>,
    pub(super) token: Option<String>,
    client: Client,
}

impl Caller {
    pub(super) fn name(&self) -> String {
        let way = if self.token.is_some() { " by a token" } else { "" };
        format!("{}{way}", self.handle.as_deref().unwrap_or("nobody"))
    }

    pub(super) fn get(&self, path: &str) -> reqwest::RequestBuilder {
        let request = self.client.get(path);
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub(super) fn request(&self, body: &Value) -> reqwest::RequestBuilder {
        let request = self.client.post("/graphql").json(body);
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }
}

pub(super) struct World {
    pub(super) targets: Vec<Target>,
}

impl World {
    /// As [`without_reviews`](Self::without_reviews), with a review of some reaches.
    pub(super) async fn build(app: &App) -> Self {
        let mut world = Self::without_reviews(app).await;
        for handle in ["security-officer", "officer-sektorcert", "reporter-energy"] {
            let reach = app.house.request(handle).await.actor.unwrap().role.home();
            let review = open_review(&app.house, reach.clone(), &[handle]).await;
            world.targets.push(Target { reach: Some(reach), ..Target::new(Kind::Review, &review) });
        }
        world
    }

    /// A report of each organisation that has a sample, with its cases; each unit's queue; a proposal of each administrator;
    /// the people, and a session of each that nobody needs; what the log of attempts asks of somebody.
    pub(super) async fn without_reviews(app: &App) -> Self {
        let mut targets = Vec::new();
        let people = demo::people(&app.house.services).await.unwrap();
        for sample in demo::samples(app.house.now()) {
            let (view, _) = app.house.file(sample.handle, &format!("matrix-{}", sample.key)).await;
            let organisation = Some(view.organisation.id);
            let units: Vec<_> = view.cases.iter().map(|case| case.unit.clone()).collect();
            let lead = view.cases.iter().find(|case| case.part == Part::Lead).map(|case| case.unit.clone());
            targets.push(Target { organisation, units, lead, ..Target::new(Kind::Incident, &view.id) });
            for case in view.cases {
                let units = vec![case.unit];
                targets.push(Target { organisation, units, ..Target::new(Kind::Case, &case.id) });
            }
        }
        for person in &people {
            let actor = app.house.request(&person.handle).await.actor.unwrap();
            let (owner, reach) = (Some(person.id), Some(actor.role.home()));
            targets.push(Target { owner, reach: reach.clone(), ..Target::new(Kind::Person, &person.id) });
            let spare = spare_session(app, &person.handle).await;
            targets.push(Target { owner, reach, ..Target::new(Kind::Session, &spare) });
            let request = app.house.request(&person.handle).await;
            for held in authorisation::own(&app.house.services, &request).await.unwrap() {
                let (id, reach) = (held.authorisation.id, Some(held.authorisation.reach));
                targets.push(Target { owner, reach, ..Target::new(Kind::Authorisation, &id) });
            }
            if permits(&actor, action("ProposeChange"), Resource::Change(Author::Oneself)) {
                let request = app.house.request(&person.handle).await;
                let payload = app.house.publication();
                let made = change::propose(&app.house.services, &request, &payload, "New thresholds.").await;
                targets.push(Target::new(Kind::Change, &made.unwrap().unwrap().change.id));
            }
        }
        let cases = targets.iter().filter(|target| target.kind == Kind::Case);
        let mut queues: BTreeSet<_> = cases.map(|case| case.units[0].0.clone()).collect();
        queues.extend(people.into_iter().filter_map(|person| person.unit));
        queues.insert("samsik".to_owned());
        for unit in queues {
            targets.push(Target { units: vec![UnitId(unit.clone())], ..Target::new(Kind::Queue, &unit) });
        }
        for address in ["198.51.100.7", "198.51.100.8"] {
            let block = block(&app.house, Subject::Client(Source(address.to_owned()))).await;
            targets.push(Target::new(Kind::Block, &block));
        }
        Self { targets }
    }

    /// A session of each person in the place of those that have been ended since.
    pub(super) async fn renew_sessions(&mut self, app: &App) {
        self.targets.retain(|target| target.kind != Kind::Session);
        for person in demo::people(&app.house.services).await.unwrap() {
            let id = spare_session(app, &person.handle).await;
            let actor = app.house.request(&person.handle).await.actor.unwrap();
            let (owner, reach) = (Some(person.id), Some(actor.role.home()));
            self.targets.push(Target { owner, reach, ..Target::new(Kind::Session, &id) });
        }
    }

    pub(super) fn of(&self, kind: Kind) -> impl Iterator<Item = &Target> {
        self.targets.iter().filter(move |target| target.kind == kind)
    }

    /// Ids of what `right` lets `actor` see of a kind, those of one queue where the list is a queue's.
    pub(super) fn listed(
        &self,
        actor: &Actor,
        (kind, right): (Kind, &str),
        of: Option<&Target>,
    ) -> BTreeSet<String> {
        let right = action(right);
        let seen = self.of(kind).filter(|target| permits(actor, right, target.resource(None)));
        let seen = seen.filter(|target| of.is_none_or(|queue| target.units == queue.units));
        seen.map(|target| target.id.clone()).collect()
    }
}

/// What `permits` says, or one of the simpler rights.
pub(super) fn may(actor: Option<&Actor>, asked: Asked<'_>, target: Option<&Target>) -> bool {
    if asked.right == "public" {
        return true;
    }
    let Some(actor) = actor else { return false };
    match (asked.right, asked.by) {
        ("signed_in" | "in_a_session", None) => true,
        ("owner", None) => target.unwrap().owner == Some(actor.person),
        (right, Some("own_organisation")) => {
            actor.organisation().is_some_and(|own| permits(actor, action(right), Resource::Organisation(own)))
        }
        (right, Some("own_reports")) => actor.organisation().is_some_and(|organisation| {
            permits(actor, action(right), Resource::Incident { organisation, units: &[] })
        }),
        (right, Some("changes")) => permits(actor, action(right), Resource::Changes),
        (right, Some("settings")) => permits(actor, action(right), Resource::Settings),
        (right, Some("providers")) => permits(actor, action(right), Resource::Providers),
        (right, Some("attempts")) => permits(actor, action(right), Resource::Attempts),
        (right, Some("retention")) => permits(actor, action(right), Resource::Retention),
        (right, Some("vault")) => permits(actor, action(right), Resource::Vault),
        (right, Some("uses")) => permits(actor, action(right), Resource::Uses),
        (right, Some("anywhere")) => !Reaches::of(actor, action(right)).is_empty(),
        (right, Some("packs")) => permits(actor, action(right), Resource::Packs),
        (right, by) => permits(actor, action(right), target.unwrap().resource(by)),
    }
}

/// As `in_each_app`, where a provider is trusted and everybody may have as many sessions as the test needs.
pub(super) async fn in_a_crowd(test: impl AsyncFn(&App)) {
    in_a_crowd_where(|house| house, test).await;
}

/// As [`in_a_crowd`], in a house that is `changed`.
pub(super) async fn in_a_crowd_where(changed: impl Fn(House) -> House, test: impl AsyncFn(&App)) {
    in_each_house(async |house| {
        let house = changed(house);
        let providers = BTreeMap::from([("mitid".to_owned(), settings("mitid", "http://127.0.0.1:9"))]);
        let mut house = patient(trusting(house, &providers).await);
        house.services.sessions = Limits { parallel: 1_000, ..Limits::default() };
        with_door(house, |_| Door::Demo, &test).await;
    })
    .await;
}

/// The id of a session of this person that is used for nothing else.
pub(super) async fn spare_session(app: &App, handle: &str) -> String {
    let client = app.person(handle).await;
    let answer = client.data("{ mySessions { id current } }", json!({})).await;
    let all = answer["mySessions"].as_array().unwrap();
    let current = all.iter().find(|session| session["current"] == true).unwrap();
    current["id"].as_str().unwrap().to_owned()
}

/// Everybody of the demo in a session, and by a token; and somebody who did not sign in.
pub(super) async fn callers(app: &App) -> Vec<Caller> {
    let mut callers = vec![Caller { handle: None, actor: None, token: None, client: app.nobody() }];
    for person in demo::people(&app.house.services).await.unwrap() {
        let handle = person.handle;
        callers.push(in_a_session(app, &handle).await);
        let actor = app.house.request(&handle).await.actor;
        let token = api_token::create(&app.house.services, &handle, "matrix", 30).await.unwrap().2;
        callers.push(Caller { handle: Some(handle), actor, token: Some(token), client: app.nobody() });
    }
    callers
}

pub(super) async fn in_a_session(app: &App, handle: &str) -> Caller {
    let actor = app.house.request(handle).await.actor;
    Caller { handle: Some(handle.to_owned()), actor, token: None, client: app.person(handle).await }
}
