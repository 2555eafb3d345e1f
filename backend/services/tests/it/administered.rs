//! What administrators of a part of the country list is what the policy permits them, and nothing else: rights, people, reviews
//! and changes, for administrators of an organisation, a unit, a sector and all.

use std::collections::BTreeSet;
use std::fmt::Debug;

use chrono::TimeDelta;
use uuid::Uuid;
use varsel_domain::authorisation::{Authorisation, Function, Reach};
use varsel_domain::authz::{Action, Resource, Scope, permits};
use varsel_domain::change::{Author, Change};
use varsel_domain::organisation::Person;
use varsel_domain::review::Review;
use varsel_domain::{AuthorisationId, PersonId, ReviewId};
use varsel_services::authorisation::{self, Filter, Wish};
use varsel_services::testing::{House, in_each_house};
use varsel_services::view::{Page, PageRequest};
use varsel_services::{Request, change, demo, review};
use varsel_storage::{authorisation as stored, review as stored_review};

fn all() -> PageRequest {
    PageRequest { first: 100, after: None }
}

/// Who administers how much.
async fn administrators(house: &House) -> [(&'static str, Reach); 4] {
    let reporter = house.request("reporter-energy").await.actor.unwrap();
    let all = [
        ("reporter-energy", Reach::Organisation(reporter.organisation().unwrap())),
        ("officer-sektorcert", Reach::Unit("sektorcert".into())),
        ("officer-finanstilsynet", Reach::Sector("energy".to_owned())),
        ("duty-officer", Reach::National),
    ];
    for (handle, reach) in &all {
        let request = house.request(handle).await;
        let usual = authorisation::own(&house.services, &request).await.unwrap().remove(0).authorisation;
        let id = AuthorisationId(house.services.ids.next(house.now()));
        let functions = BTreeSet::from([Function::Administer]);
        let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
        stored::insert(&tx, &Authorisation { id, functions, reach: reach.clone(), ..usual }).await.unwrap();
        tx.commit().await.unwrap();
    }
    all
}

/// What there is to list.
struct Known {
    rights: Vec<Authorisation>,
    people: Vec<Person>,
    reviews: Vec<Review>,
    changes: Vec<Change>,
}

/// Every right there is, a review of each reach of one, and requests of rights that reach as far.
async fn known(house: &House) -> Known {
    let (services, now) = (&house.services, house.now());
    let (mut rights, mut people) = (Vec::new(), Vec::new());
    for person in demo::people(services).await.unwrap() {
        people.push(demo::find(services, &person.handle).await.unwrap().person);
        let own = authorisation::own(services, &house.request(&person.handle).await).await.unwrap();
        rights.extend(own.into_iter().map(|view| view.authorisation));
    }
    let reaches: BTreeSet<_> = rights.iter().map(|held| held.reach.to_string()).collect();
    let (mut reviews, mut changes) = (Vec::new(), Vec::new());
    for text in reaches {
        let reach = rights.iter().find(|held| held.reach.to_string() == text).unwrap().reach.clone();
        let (id, deadline) = (ReviewId(services.ids.next(now)), now + TimeDelta::days(30));
        let review = Review { id, reach: reach.clone(), opened_at: now, deadline, closed_at: None };
        let tx = services.store.begin(&Scope::nothing()).await.unwrap();
        stored_review::insert(&tx, &review, &[]).await.unwrap();
        tx.commit().await.unwrap();
        reviews.push(review);
        changes.extend(asked(house, reach).await);
    }
    Known { rights, people, reviews, changes }
}

/// Somebody's request of a right to read that reaches so far; none where nobody may ask for it.
async fn asked(house: &House, reach: Reach) -> Option<Change> {
    let wish = Wish {
        holder: None,
        functions: BTreeSet::from([Function::Read]),
        reach,
        purpose: "To stand in while Mads is on leave.".to_owned(),
        from: None,
        until: None,
        temporary: None,
    };
    let by = house.request("coordinator").await;
    let asked = authorisation::ask(&house.services, &by, wish, "The summer is long.").await.unwrap();
    asked.ok().map(|view| view.change)
}

impl Known {
    fn right(held: &Authorisation) -> Resource<'_> {
        Resource::Authorisation { holder: held.holder, author: Author::AnotherPerson, reach: &held.reach }
    }

    /// What this administrator lists, against what is permitted; how many of those there are in all.
    async fn hold(&self, house: &House, request: &Request) -> usize {
        let (services, actor) = (&house.services, request.actor.as_ref().unwrap());
        let may = |action, resource: Resource<'_>| permits(actor, action, resource);
        let listed = authorisation::list(services, request, Filter::default(), all()).await.unwrap();
        let rights = self.rights.iter().filter(|held| may(Action::ReadAuthorisations, Self::right(held)));
        let mut shown = same(&ids(&listed, |view| view.authorisation.id), rights.map(|held| held.id));

        let found = authorisation::people(services, request, "").await.unwrap();
        let found = found.into_iter().map(|found| found.person.id).filter(|id| *id != actor.person);
        let people = self.people.iter().filter(|person| {
            let home = person.role.home();
            person.id != actor.person
                && may(Action::EndSessions, Resource::Person { id: person.id, home: &home })
        });
        shown += same(&found.collect(), people.map(|person| person.id));

        let listed = review::list(services, request, all()).await.unwrap();
        let reviews = self.reviews.iter().filter(|review| {
            let (holder, author) = (PersonId(Uuid::nil()), Author::AnotherPerson);
            may(Action::ReadAuthorisations, Resource::Authorisation { holder, author, reach: &review.reach })
        });
        shown += same(&ids(&listed, |view| view.review.id), reviews.map(|review| review.id));

        let listed = change::list(services, request, all()).await.unwrap();
        let changes = self.changes.iter().filter(|change| {
            let (subject, proposer) = (change.subject(), change.proposer.account);
            let (holder, author) = (subject.person().unwrap(), Author::AnotherPerson);
            may(Action::ReadChanges, Resource::Grant { proposer, holder, author, reach: subject.reach() })
        });
        shown + same(&ids(&listed, |view| view.change.id), changes.map(|change| change.id))
    }

    fn count(&self) -> usize {
        self.rights.len() + self.people.len() + self.reviews.len() + self.changes.len()
    }
}

fn ids<R, T: Ord>(page: &Page<R>, id: impl Fn(&R) -> T) -> BTreeSet<T> {
    assert!(!page.has_next);
    page.rows.iter().map(|(_, row)| id(row)).collect()
}

fn same<T: Ord + Debug>(listed: &BTreeSet<T>, permitted: impl Iterator<Item = T>) -> usize {
    assert_eq!(*listed, permitted.collect());
    listed.len()
}

#[tokio::test]
async fn whoever_administers_a_part_lists_exactly_what_the_policy_permits() {
    in_each_house(async |house| {
        let administrators = administrators(&house).await;
        let known = known(&house).await;
        assert!(known.changes.len() >= 4 && known.reviews.len() >= 8);
        let mut shown = Vec::new();
        for (handle, _) in &administrators {
            shown.push(known.hold(&house, &house.request(handle).await).await);
        }
        assert!(shown.iter().all(|shown| *shown >= 3), "each sees something of each: {shown:?}");
        // Whoever administers all sees all but themself among the people.
        assert_eq!(shown.pop(), Some(known.count() - 1));
        assert!(shown.iter().all(|shown| *shown < known.count() / 2), "{shown:?}");
    })
    .await;
}
