//! What there is to try it with: an incident for each relation and each label of the Traffic Light Protocol, and one of
//! everything else for each way in which the reviewed table names it.

use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;
use varsel_services::domain::attempt::{Client, Subject};
use varsel_services::domain::authorisation::{Authorisation, Basis, Function, Reach, State};
use varsel_services::domain::authz::Scope;
use varsel_services::domain::{AuthorisationId, IncidentId, PersonId};
use varsel_services::testing::House;
use varsel_services::{authorisation, change, demo};
use varsel_storage::{authorisation as stored, testing};

use super::super::world::{Kind, spare_session};
use crate::harness::{App, block, open_review};

/// The labels of TLP 2.0; none where the reporter gave none. A label says how widely a recipient may share what it has: who the
/// recipients are is the law's to say (`backend/packs/dk/taxonomy.yaml`), so that it changes nobody's right.
pub(super) const LABELS: [Option<&str>; 6] = [
    None,
    Some("TLP:CLEAR"),
    Some("TLP:GREEN"),
    Some("TLP:AMBER"),
    Some("TLP:AMBER+STRICT"),
    Some("TLP:RED"),
];

/// The name that the table has for an incident, who reports it, and the units of its cases; the first leads.
const RELATIONS: [(&str, &str, &[&str]); 4] = [
    ("own incident, own unit", "reporter-energy", &["sektorcert", "spoc"]),
    ("own incident, other unit", "reporter-energy", &["datatilsynet"]),
    ("other incident, own unit", "reporter-bank", &["sektorcert", "spoc"]),
    ("other incident, other unit", "reporter-bank", &["datatilsynet"]),
];

/// How the table names a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    Incident {
        relation: &'static str,
        lead: &'static str,
    },
    /// Of one's own organisation or not, and whose queue it is in.
    Case {
        own: bool,
        unit: &'static str,
    },
    Queue(&'static str),
    Change,
    Session,
    Person(&'static str),
    Authorisation(&'static str),
    Block,
    /// Of the rights that reach so far.
    Review(&'static str),
}

/// One thing.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) kind: Kind,
    pub(super) id: String,
    pub(super) named: Named,
    /// Whose it is, where it is a person's.
    pub(super) holder: Option<PersonId>,
    /// Its place in [`LABELS`], where it is an incident's.
    pub(super) label: Option<usize>,
}

impl Place {
    pub(super) fn new(kind: Kind, id: &impl std::fmt::Display, named: Named) -> Self {
        Self { kind, id: id.to_string(), named, holder: None, label: None }
    }

    pub(super) fn of(holder: PersonId, place: Self) -> Self {
        Self { holder: Some(holder), ..place }
    }
}

pub(super) async fn all(app: &App) -> Vec<Place> {
    let mut places = incidents(&app.house).await;
    for unit in ["sektorcert", "spoc", "datatilsynet"] {
        places.push(Place::new(Kind::Queue, &unit, Named::Queue(unit)));
    }
    places.extend(people(app).await);
    let request = app.house.request("administrator-second").await;
    let payload = app.house.publication();
    let made = change::propose(&app.house.services, &request, &payload, "New thresholds.").await;
    places.push(Place::new(Kind::Change, &made.unwrap().unwrap().change.id, Named::Change));
    let closed_off = block(&app.house, Subject::Client(Client("198.51.100.7".to_owned()))).await;
    places.push(Place::new(Kind::Block, &closed_off, Named::Block));
    for (name, reach) in reaches(&app.house).await {
        places.push(Place::new(
            Kind::Review,
            &open_review(&app.house, reach, &[]).await,
            Named::Review(name),
        ));
    }
    places
}

async fn incidents(house: &House) -> Vec<Place> {
    let mut places = Vec::new();
    for (relation, handle, units) in RELATIONS {
        for (place, label) in LABELS.into_iter().enumerate() {
            let mut facts = house.facts(handle);
            if let Some(label) = label {
                facts["sensitivity"] = json!(label);
            }
            let (view, _) = house.file_facts(handle, &format!("grid-{relation}-{label:?}"), facts).await;
            let cases: Vec<_> = view.cases.iter().map(|case| case.id).collect();
            assert!(cases.len() >= units.len(), "{handle}: {cases:?}");
            recast(house, view.id, units, &cases.iter().map(|case| case.0).collect::<Vec<_>>()).await;
            let label = Some(place);
            let named = Named::Incident { relation, lead: units[0] };
            places.push(Place { label, ..Place::new(Kind::Incident, &view.id, named) });
            for (unit, case) in units.iter().zip(cases) {
                let named = Named::Case { own: relation.starts_with("own"), unit };
                places.push(Place { label, ..Place::new(Kind::Case, &case, named) });
            }
        }
    }
    places
}

/// Has an incident's cases be those of `units`, the first of which leads.
async fn recast(house: &House, incident: IncidentId, units: &[&str], cases: &[Uuid]) {
    let id = |id: Uuid| literal(house, id);
    let kept: Vec<_> = cases.iter().zip(units).collect();
    let ids = kept.iter().map(|(case, _)| id(**case)).collect::<Vec<_>>().join(", ");
    let others = format!("incident_id = {} AND id NOT IN ({ids})", id(incident.0));
    // By way of names that no unit has: two cases of one incident are never the same unit's.
    let away = kept.iter().enumerate().map(|(n, (case, _))| {
        format!("UPDATE unit_case SET unit = 'place {n}', part = 'support' WHERE id = {};", id(**case))
    });
    let there = kept.iter().enumerate().map(|(n, (case, unit))| {
        let part = if n == 0 { "lead" } else { "support" };
        format!("UPDATE unit_case SET unit = '{unit}', part = '{part}' WHERE id = {};", id(**case))
    });
    let sql = format!(
        "DELETE FROM change WHERE case_id IN (SELECT id FROM unit_case WHERE {others}); \
         DELETE FROM unit_case WHERE {others}; {}",
        away.chain(there).collect::<String>()
    );
    execute(house, &sql).await;
}

/// An id as SQL has it.
pub(super) fn literal(house: &House, id: Uuid) -> String {
    if house.services.store.is_shared() { format!("'{id}'") } else { format!("x'{}'", id.simple()) }
}

pub(super) async fn execute(house: &House, sql: &str) {
    let tx = testing::bare(&house.services.store, &Scope::system()).await.unwrap();
    tx.execute_unprepared(sql).await.unwrap();
    tx.commit().await.unwrap();
}

/// Bystanders by where they belong, a session of each, and rights of somebody else with every reach.
async fn people(app: &App) -> Vec<Place> {
    let mut places = Vec::new();
    let bystanders = [
        ("reporter-energy", "organisation"),
        ("reporter-bank", "other organisation"),
        ("officer-sektorcert", "unit"),
        ("officer-datatilsynet", "other unit"),
        ("security-officer", "national"),
    ];
    for (handle, home) in bystanders {
        let person = demo::people(&app.house.services).await.unwrap();
        let id = person.into_iter().find(|person| person.handle == handle).unwrap().id;
        places.push(Place::of(id, Place::new(Kind::Person, &id, Named::Person(home))));
        let session = spare_session(app, handle).await;
        places.push(Place::of(id, Place::new(Kind::Session, &session, Named::Session)));
    }
    let holder = app.house.request("officer-finanstilsynet").await;
    let model = authorisation::own(&app.house.services, &holder).await.unwrap().remove(0).authorisation;
    for (n, (name, reach)) in reaches(&app.house).await.into_iter().enumerate() {
        let id = AuthorisationId(Uuid::from_u128(0xA000 + u128::try_from(n).unwrap()));
        let held = Authorisation { id, reach, ..active(&model) };
        insert(&app.house, &held).await;
        places.push(Place::of(held.holder, Place::new(Kind::Authorisation, &id, Named::Authorisation(name))));
    }
    places
}

fn active(model: &Authorisation) -> Authorisation {
    let functions = [Function::Read].into_iter().collect();
    Authorisation { functions, state: State::Active, basis: Basis::Bootstrap, ..model.clone() }
}

pub(super) async fn insert(house: &House, held: &Authorisation) {
    let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
    stored::insert(&tx, held).await.unwrap();
    tx.commit().await.unwrap();
}

/// Every reach by the name that the table has for it.
pub(super) async fn reaches(house: &House) -> [(&'static str, Reach); 6] {
    let own = async |handle| house.request(handle).await.actor.unwrap().organisation().unwrap();
    [
        ("organisation", Reach::Organisation(own("reporter-energy").await)),
        ("other organisation", Reach::Organisation(own("reporter-bank").await)),
        ("unit", Reach::Unit("sektorcert".into())),
        ("other unit", Reach::Unit("datatilsynet".into())),
        ("sector", Reach::Sector("energy".to_owned())),
        ("national", Reach::National),
    ]
}
