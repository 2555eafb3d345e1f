//! Non-interference: between two worlds that differ only in what somebody may not see, no query of theirs tells them apart.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use uuid::Uuid;
use varsel_domain::authorisation::{Authorisation, Basis, Function, Reach, State};
use varsel_domain::authz::{Action, Resource, Scope, permits};
use varsel_domain::case::CaseStatus;
use varsel_domain::{Actor, AuthorisationId, CaseId, IncidentId, UnitId};
use varsel_services::testing::{House, in_each_house};
use varsel_services::view::{CaseFilter, PageRequest};
use varsel_services::{Request, authorisation, incident, queue, report};
use varsel_storage::testing::{self, proved, scale};
use varsel_storage::{authorisation as stored_rights, case, incident as stored, retention};

use crate::rows::execute;

/// The last two hold up to four further rights that chance gives them.
const VIEWERS: [&str; 5] =
    ["reporter-energy", "officer-sektorcert", "officer-finanstilsynet", "duty-officer", "coordinator"];

const REPORTERS: [&str; 3] = ["reporter-energy", "reporter-bank", "reporter-municipality"];

/// What can be asked for: everything that is stored before the change, and an id of nothing.
struct Known {
    incidents: Vec<IncidentId>,
    cases: Vec<CaseId>,
    units: Vec<UnitId>,
}

async fn known(house: &House) -> Known {
    let scope = Scope::system();
    let tx = house.services.store.begin(&scope).await.unwrap();
    let mut incidents = stored::page(&tx, &scope, None, 1_000).await.unwrap();
    let (mut cases, mut units) = (Vec::new(), vec!["ftnet".into(), "nowhere".into()]);
    for id in &incidents {
        for case in case::of_incident(&tx, &scope, *id).await.unwrap() {
            cases.push(case.id);
            units.push(case.unit);
        }
    }
    units.sort();
    units.dedup();
    incidents.push(IncidentId(Uuid::from_u128(7)));
    cases.push(CaseId(Uuid::from_u128(7)));
    Known { incidents, cases, units }
}

fn one_of<'a, T>(chance: &mut StdRng, all: &'a [T]) -> &'a T {
    &all[chance.random_range(0..all.len())]
}

fn page(chance: &mut StdRng, cursors: &[String]) -> PageRequest {
    let after = (chance.random_bool(0.5) && !cursors.is_empty()).then(|| one_of(chance, cursors).clone());
    PageRequest { first: chance.random_range(1..6), after }
}

fn filter(chance: &mut StdRng) -> CaseFilter {
    let states = [CaseStatus::New, CaseStatus::InProgress, CaseStatus::Closed];
    let texts = ["a", "2026-", "bank", "strøm", "%", "00000"];
    CaseFilter {
        status: if chance.random_bool(0.3) { vec![*one_of(chance, &states)] } else { Vec::new() },
        late: chance.random_bool(0.1),
        min_severity: chance.random_bool(0.3).then(|| chance.random_range(0..4)),
        text: chance.random_bool(0.4).then(|| (*one_of(chance, &texts)).to_owned()),
    }
}

/// The answers to the queries that `seed` gives, as they are written out whole.
async fn answers(house: &House, request: &Request, known: &Known, seed: u64) -> Vec<String> {
    // 50,000 of all the viewers together.
    let queries = scale(200, 50_000 / VIEWERS.len());
    let (services, mut cursors, mut answers) = (&house.services, Vec::new(), Vec::new());
    let mut chance = StdRng::seed_from_u64(seed);
    for _ in 0..queries {
        let answer = match chance.random_range(0..8) {
            0 => {
                let page = page(&mut chance, &cursors);
                let own = incident::list_own(services, request, page).await;
                cursors.extend(own.iter().flat_map(|it| &it.rows).map(|(cursor, _)| cursor.clone()));
                format!("{own:?}")
            }
            1 => {
                let id = *one_of(&mut chance, &known.incidents);
                format!("{:?}", incident::open(services, request, id).await)
            }
            2 => {
                let ids = [*one_of(&mut chance, &known.incidents), *one_of(&mut chance, &known.incidents)];
                format!("{:?}", incident::open_many(services, request, &ids).await)
            }
            3 | 4 => {
                let (page, filter) = (page(&mut chance, &cursors), filter(&mut chance));
                let unit = one_of(&mut chance, &known.units);
                let unit = request
                    .actor
                    .as_ref()
                    .and_then(Actor::unit)
                    .filter(|_| chance.random_bool(0.8))
                    .unwrap_or(unit);
                let listed = queue::list(services, request, unit, filter, page).await;
                cursors.extend(listed.iter().flat_map(|it| &it.rows).map(|(cursor, _)| cursor.clone()));
                format!("{listed:?}")
            }
            5 => format!("{:?}", queue::open(services, request, *one_of(&mut chance, &known.cases)).await),
            6 => {
                let (unit, after) = (one_of(&mut chance, &known.units), chance.random_range(0..40));
                let newest = queue::newest_change(services, request, unit).await;
                format!("{:?} {newest:?}", queue::changes_after(services, request, unit, after).await)
            }
            _ => {
                let id = *one_of(&mut chance, &known.incidents);
                format!("{:?}", report::reassessment(services, request, id).await)
            }
        };
        answers.push(answer);
    }
    answers
}

/// Gives somebody up to four further rights, of any functions and reach.
async fn give(house: &House, handle: &str, seed: u64) {
    let mut chance = StdRng::seed_from_u64(seed);
    let request = house.request(handle).await;
    let model = authorisation::own(&house.services, &request).await.unwrap().remove(0).authorisation;
    let organisation = house.request("reporter-municipality").await.actor.unwrap().organisation().unwrap();
    let reaches = [
        Reach::Organisation(organisation),
        Reach::Unit("datatilsynet".into()),
        Reach::Unit("sektorcert".into()),
        Reach::Sector("energy".to_owned()),
        Reach::National,
    ];
    let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
    for _ in 0..chance.random_range(1..=4) {
        let id = AuthorisationId(house.services.ids.next(house.now()));
        let mut functions: BTreeSet<_> =
            Function::ALL.into_iter().filter(|_| chance.random_bool(0.3)).collect();
        functions.insert(if chance.random_bool(0.7) { Function::Read } else { Function::Decide });
        let reach = one_of(&mut chance, &reaches).clone();
        let state = if chance.random_bool(0.8) { State::Active } else { State::Withdrawn };
        let basis = Basis::Bootstrap;
        stored_rights::insert(&tx, &Authorisation { id, functions, reach, state, basis, ..model.clone() })
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

/// The incidents that the viewer may not know of.
async fn hidden_from(house: &House, actor: &Actor) -> Vec<IncidentId> {
    let scope = Scope::system();
    let tx = house.services.store.begin(&scope).await.unwrap();
    let mut hidden = Vec::new();
    for id in stored::page(&tx, &scope, None, 1_000).await.unwrap() {
        let organisation = stored::find(&tx, &scope, id).await.unwrap().unwrap().organisation;
        let cases = case::of_incident(&tx, &scope, id).await.unwrap();
        let units: Vec<_> = cases.into_iter().map(|case| case.unit).collect();
        if !permits(actor, Action::ReadIncident, Resource::Incident { organisation, units: &units }) {
            hidden.push(id);
        }
    }
    hidden
}

/// Changes everything about an incident that is not a number of other tables.
async fn change(house: &House, id: IncidentId) {
    let id = if house.services.store.is_shared() {
        format!("'{}'", id.0)
    } else {
        format!("x'{}'", id.0.simple())
    };
    let sql = format!(
        "UPDATE incident SET severity = 5 - severity, confirmed_severity = 5 - severity, number = number || 'x' WHERE id = {id}; \
         UPDATE unit_case SET status = 'closed', next_due_at = NULL, version = version + 1 WHERE incident_id = {id}; \
         DELETE FROM timeline_entry WHERE incident_id = {id}; DELETE FROM guidance_issued WHERE incident_id = {id}; \
         DELETE FROM obligation WHERE incident_id = {id}; \
         UPDATE filing SET person_name = 'Somebody else' WHERE incident_id = {id}"
    );
    execute(house, &sql).await;
}

/// Takes one of the hidden incidents away with all its rows, and has whoever reported it report again, hidden as well; whether
/// there was one.
async fn replace(house: &House, actor: &Actor, hidden: &[IncidentId], key: &str) -> bool {
    let Some(gone) = hidden.first() else { return false };
    let scope = Scope::system();
    let tx = house.services.store.begin(&scope).await.unwrap();
    let organisation = stored::find(&tx, &scope, *gone).await.unwrap().unwrap().organisation;
    retention::erase_again(&tx, *gone).await.unwrap();
    tx.commit().await.unwrap();
    for handle in REPORTERS {
        if house.request(handle).await.actor.unwrap().organisation() == Some(organisation) {
            let (more, _) = house.file(handle, key).await;
            let now_hidden = hidden_from(house, actor).await;
            assert!(now_hidden.contains(&more.id) && !now_hidden.contains(gone), "{handle}");
            assert_eq!(now_hidden.len(), hidden.len());
            return true;
        }
    }
    panic!("nobody reports for {organisation}");
}

fn differing(one: &[String], other: &[String]) -> usize {
    one.iter().zip(other).filter(|(one, other)| one != other).count()
}

#[tokio::test]
async fn what_somebody_may_not_see_changes_no_answer_that_they_get() {
    in_each_house(async |house| {
        for n in 0..3 {
            for handle in REPORTERS {
                house.advance(TimeDelta::minutes(1));
                house.file(handle, &format!("interference-{n}")).await;
            }
        }
        // So that there is something to assess anew.
        house.publish(false).await;
        house.advance(TimeDelta::minutes(11));
        let (mut compared, mut replaced) = (0, 0);
        for (n, handle) in (0..).zip(VIEWERS) {
            let seed = testing::seed() + n;
            if n > 2 {
                give(&house, handle, seed).await;
            }
            let request = house.request(handle).await;
            let actor = request.actor.clone().unwrap();
            let known = known(&house).await;
            let before = answers(&house, &request, &known, seed).await;
            let hidden = hidden_from(&house, &actor).await;
            for id in &hidden {
                change(&house, *id).await;
            }
            replaced += u32::from(replace(&house, &actor, &hidden, &format!("interference-{handle}")).await);
            let after = answers(&house, &request, &known, seed).await;
            assert_eq!(differing(&before, &after), 0, "{handle} notices what is hidden");
            compared += after.len();
            // The same, where what is changed may be seen.
            let visible = known.incidents.iter().find(|id| id.0.as_u128() != 7 && !hidden.contains(id));
            let Some(visible) = visible else { continue };
            change(&house, *visible).await;
            let other = answers(&house, &request, &known, seed).await;
            assert!(differing(&before, &other) > 0, "{handle} notices what may be seen");
        }
        assert!(replaced >= 3, "one hidden incident in the place of another for {replaced} viewers");
        let database = if house.services.store.is_shared() { "PostgreSQL" } else { "SQLite" };
        proved("D6", &format!("{database}: {compared} random queries answered alike"));
    })
    .await;
}
