//! People, and what they were allowed to do: kept as long as something names them.

use chrono::{Months, TimeDelta};
use varsel_domain::PersonId;
use varsel_domain::authz::Scope;
use varsel_domain::organisation::{Identity, Language, Person};
use varsel_domain::retention::Settings;
use varsel_services::attempt::Trail;
use varsel_services::authorisation::{self, Filter, Grants, Wish};
use varsel_services::retention::{Keep, propose_keeping, report};
use varsel_services::session::{self, Browser};
use varsel_services::testing::{House, in_each_house, in_each_separated_house};
use varsel_services::view::{CaseFilter, PageRequest};
use varsel_services::{Request, queue};
use varsel_storage::person;

use super::oracle::World;
use crate::authorisation::{REASON, approve, ask, claims, sign_in, wish};
use crate::rows::{count, execute};

/// Somebody of SektorCERT comes, is given a right by two for a purpose, looks at the queue by it, and loses it at once.
pub(super) async fn comes_and_goes(house: &House, (name, purpose): (&str, &str)) -> PersonId {
    let id = comes(house, name).await;
    let by = house.request("administrator").await;
    let wish = Wish { holder: Some(id), purpose: purpose.to_owned(), ..wish() };
    let asked = ask(house, &by, wish).await.unwrap();
    approve(house, &house.request("administrator-second").await, &asked).await.unwrap();
    let token = session::open(&house.services, id, &Browser::default()).await.unwrap();
    let (actor, session) = session::find(&house.services, &token, None).await.unwrap().unzip();
    let own = Request { actor, session, ..Request::by_nobody(Trail::default(), "test-who-goes") };
    let page = PageRequest { first: 10, after: None };
    // No incident is named, a hold on which would keep the entry, and so the name.
    let nothing = CaseFilter { text: Some("no such organisation".to_owned()), ..CaseFilter::default() };
    queue::list(&house.services, &own, &"sektorcert".into(), nothing, page).await.unwrap();
    session::end(&house.services, &token).await.unwrap();
    let (held, all) =
        (Filter { holder: Some(id), ..Filter::default() }, PageRequest { first: 10, after: None });
    let held = authorisation::list(&house.services, &by, held, all).await.unwrap().rows;
    let held: Vec<_> = held.into_iter().map(|(_, view)| view.authorisation.id).collect();
    authorisation::withdraw(&house.services, &by, &held, REASON).await.unwrap();
    id
}

/// Somebody of SektorCERT whom a provider knows.
async fn comes(house: &House, name: &str) -> PersonId {
    let (services, like) = (&house.services, house.request("officer-sektorcert").await);
    let id = PersonId(services.ids.next(house.now()));
    let identity = Identity { issuer: "https://id.example".to_owned(), subject: id.to_string() };
    let person = Person {
        id,
        name: name.to_owned(),
        email: None,
        language: Language::Da,
        role: like.actor.unwrap().role,
        natural_key: None,
        demo_handle: None,
        title: None,
    };
    let tx = services.store.begin(&Scope::nothing()).await.unwrap();
    person::insert(&tx, &identity, &person).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn there(house: &House, id: PersonId) -> bool {
    let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
    person::find(&tx, id).await.unwrap().is_some()
}

#[tokio::test]
async fn whoever_came_and_did_nothing_goes_with_their_session() {
    in_each_house(async |house| {
        let world = World::new(house.clone()).await;
        let id = comes(&house, "Nobody In Particular").await;
        let token = session::open(&house.services, id, &Browser::default()).await.unwrap();
        session::end(&house.services, &token).await.unwrap();
        let people = count(&house, "person").await;
        world.pass(TimeDelta::days(30) - TimeDelta::seconds(1)).await;
        assert!(there(&house, id).await, "the session is there");
        world.pass(TimeDelta::hours(24)).await;
        assert!(!there(&house, id).await, "nothing names them");
        assert_eq!(count(&house, "person").await, people - 1, "and nobody else is gone");
    })
    .await;
}

#[tokio::test]
async fn whose_log_is_kept_keeps_their_name_and_their_rights() {
    in_each_separated_house(async |mut house| {
        house.services.configured.retention =
            Settings { review_months: 12, proposal_months: 6, ..Settings::default() };
        let world = World::new(house.clone()).await;
        let gone = comes_and_goes(&house, ("Gone", "To stand in.")).await;
        let kept = comes_and_goes(&house, ("Kept", "To stand in.")).await;
        let now = house.now();
        let until = now + Months::new(24);
        let keep = Keep { person: kept, from: now, to: now + TimeDelta::hours(1), until };
        let asked =
            propose_keeping(&house.services, &house.request("administrator").await, keep, REASON).await;
        approve(&house, &house.request("administrator-second").await, &asked.unwrap().unwrap())
            .await
            .unwrap();
        house.advance(now + Months::new(12) - house.now() - TimeDelta::seconds(1));
        world.pass(TimeDelta::zero()).await;
        assert!(there(&house, gone).await && there(&house, kept).await, "a second before");
        world.pass(TimeDelta::hours(24)).await;
        assert!(!there(&house, gone).await && there(&house, kept).await, "a day after");
        let rights = format!("authorisation WHERE holder_id = {}", literal(&house, kept));
        assert_eq!(count(&house, &rights).await, 1, "by which they did what is kept");
        let report = report(&house.services).await.unwrap();
        assert!(report.lines.iter().all(|line| line.due == 0 && line.overdue == 0), "{report:?}");
        world.pass(until - house.now() + TimeDelta::days(1)).await;
        world.pass(TimeDelta::days(1)).await;
        assert_eq!(count(&house, &rights).await, 0);
        assert!(
            there(&house, kept).await,
            "the change that kept it must not be read by another account of theirs"
        );
        world.pass(TimeDelta::days(6 * 366)).await;
        world.pass(TimeDelta::days(1)).await;
        assert!(!there(&house, kept).await);
    })
    .await;
}

#[tokio::test]
async fn what_was_withdrawn_is_not_given_back_because_it_was_erased() {
    in_each_house(async |house| {
        let world = World::new(house.clone()).await;
        let claims = || claims("sektorcert", Grants::Claims);
        let id = sign_in(&house, claims()).await.actor.unwrap().person;
        let rights =
            format!("authorisation WHERE holder_id = {} AND state = 'withdrawn'", literal(&house, id));
        let by = house.request("administrator").await;
        let held = Filter { holder: Some(id), ..Filter::default() };
        let held =
            authorisation::list(&house.services, &by, held, PageRequest { first: 1, after: None }).await;
        let held = held.unwrap().rows[0].1.authorisation.id;
        authorisation::withdraw(&house.services, &by, &[held], REASON).await.unwrap();
        house.advance(TimeDelta::days(10 * 366));
        let again = sign_in(&house, claims()).await;
        assert_eq!(again.actor.unwrap().person, id, "the same as ten years ago");
        world.pass(TimeDelta::days(1)).await;
        assert_eq!(count(&house, &rights).await, 1, "they are still here");
        let again = sign_in(&house, claims()).await;
        let own = authorisation::own(&house.services, &again).await.unwrap();
        assert_eq!(own.len(), 1, "no sign-in gives it back");
        world.pass(TimeDelta::days(250)).await;
        world.pass(TimeDelta::days(1)).await;
        assert_eq!(count(&house, &rights).await, 0);
        assert!(!there(&house, id).await, "both go when nothing else names them");
    })
    .await;
}

#[tokio::test]
async fn a_right_and_a_person_that_stay_too_long_are_noticed() {
    in_each_house(async |mut house| {
        house.services.configured.retention = Settings { review_months: 61, ..Settings::default() };
        let mut world = World::new(house.clone()).await;
        world.make(0).await;
        house.advance(house.now() + Months::new(60) - house.now());
        world.pass(TimeDelta::days(1)).await;
        let found = world.faults().await;
        for canary in ["person", "right"] {
            assert!(
                found.iter().any(|fault| fault.contains(&format!("{canary}-000. is there"))),
                "{found:?}"
            );
        }
        execute(&house, "DELETE FROM authorisation_use").await;
        execute(&house, "DELETE FROM authorisation WHERE purpose LIKE 'kanarie%'").await;
        world.pass(TimeDelta::days(1)).await;
        let found = world.faults().await;
        assert!(
            !found.iter().any(|fault| fault.contains("person-000.")),
            "nothing names them any more: {found:?}"
        );
    })
    .await;
}

/// An id as the database has it.
fn literal(house: &House, id: PersonId) -> String {
    if house.services.store.is_shared() { format!("'{}'", id.0) } else { format!("x'{}'", id.0.simple()) }
}
