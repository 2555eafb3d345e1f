//! The half-yearly review: opened, reminded of, decided and closed by the clock.

use std::collections::BTreeMap;

use chrono::{Months, TimeDelta};
use serde_json::json;
use varsel_domain::authorisation::{Function, Status};
use varsel_domain::review::{FunctionUsed, Verdict};
use varsel_domain::{AuthorisationId, ReviewId};
use varsel_services::authorisation;
use varsel_services::job;
use varsel_services::review::{self, ItemCriteria, ReviewView};
use varsel_services::testing::{House, in_each_house, mails_in};
use varsel_services::view::PageRequest;
use varsel_services::{Error, Request, incident};

use crate::rows::{count, uses};

const REASON: &str = "Still on the desk.";

fn all() -> PageRequest {
    PageRequest { first: 100, after: None }
}

/// The runner's mails, in a directory of their own.
struct Mails(std::path::PathBuf);

impl Mails {
    fn new() -> Self {
        let name = format!("varsel-review-{}-{:?}", std::process::id(), std::thread::current().id());
        let directory = std::env::temp_dir().join(name.replace(['(', ')'], ""));
        let _ = std::fs::remove_dir_all(&directory);
        Self(directory)
    }

    async fn run(&self, house: &House) {
        let settings = mails_in(self.0.clone());
        // What a run puts down for the same moment is run by the next.
        while job::run_due(&house.services, &settings).await.unwrap() > 0 {}
    }
}

impl Drop for Mails {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Moves the clock day by day, and runs what falls due.
async fn days(house: &House, mails: &Mails, days: u32) {
    for _ in 0..days {
        house.advance(TimeDelta::days(1));
        mails.run(house).await;
    }
}

async fn reviews(house: &House, by: &Request) -> Vec<ReviewView> {
    let page = review::list(&house.services, by, all()).await.unwrap();
    page.rows.into_iter().map(|(_, view)| view).collect()
}

/// The review of the platform itself, which has three items.
async fn platform(house: &House) -> ReviewView {
    let by = house.request("security-officer").await;
    let found = reviews(house, &by).await.into_iter();
    found.into_iter().find(|view| view.review.reach.to_string() == "national").unwrap()
}

async fn items(house: &House, handle: &str, of: &ReviewView) -> Vec<(String, AuthorisationId, bool)> {
    let by = house.request(handle).await;
    let which = (of.review.id, ItemCriteria::default());
    let page = review::items(&house.services, &by, which, all()).await.unwrap();
    let row = |(_, seen): (_, review::Seen)| (seen.item.holder_name, seen.item.authorisation, seen.decidable);
    page.rows.into_iter().map(row).collect()
}

#[tokio::test]
async fn a_review_opens_reminds_and_suspends_what_nobody_confirms() {
    in_each_house(async |house| {
        let (mails, services) = (Mails::new(), &house.services);
        house.file("reporter-energy", "used-once").await;
        review::schedule(services).await.unwrap();
        let begin = house.now();
        let to = |months| (begin.checked_add_months(Months::new(months)).unwrap() - begin).num_days();
        days(&house, &mails, u32::try_from(to(5)).unwrap() - 1).await;
        let auditor = house.request("security-officer").await;
        assert!(reviews(&house, &auditor).await.is_empty(), "before its time");
        days(&house, &mails, 2).await;
        let open = reviews(&house, &auditor).await;
        assert_eq!(open.len(), 10, "one for each reach");
        assert_eq!(open.iter().map(|view| view.progress.items).sum::<u64>(), 12);
        let told = "job WHERE kind = 'tell_reviewer' AND state = 'done'";
        assert_eq!(count(&house, told).await, 2, "one mail for each administrator, not one for each review");
        // Reporters of one organisation have used theirs five months ago: that is not yet half a year.
        assert!(open.iter().all(|view| view.unused == 0));

        let confirmed = platform(&house).await;
        let first = house.request("administrator").await;
        let seen = items(&house, "administrator", &confirmed).await;
        let decidable: Vec<_> = seen.iter().map(|(name, _, may)| (name.as_str(), *may)).collect();
        assert_eq!(decidable, [("Birgit Skov", false), ("Henrik Rask", true), ("Ole Thorup", true)]);
        let ids: Vec<_> = seen.iter().map(|(_, id, _)| *id).collect();
        let decided =
            review::decide(services, &first, (confirmed.review.id, &ids), (true, REASON)).await.unwrap();
        assert_eq!((decided.decided.len(), decided.own.len()), (2, 1));
        let second = house.request("administrator-second").await;
        let rest =
            review::decide(services, &second, (confirmed.review.id, &ids), (true, REASON)).await.unwrap();
        assert_eq!((rest.decided, rest.before.len()), (decided.own, 2));
        assert!(platform(&house).await.review.closed_at.is_some(), "the last decision closes it");
        let closed = review::decide(services, &second, (confirmed.review.id, &ids), (false, REASON)).await;
        assert!(matches!(closed, Err(Error::Invalid { field: "review", .. })));

        days(&house, &mails, 33).await;
        assert_eq!(count(&house, told).await, 2 + 3 * 2, "14, 7 and 1 days before");
        let views = authorisation::own(services, &house.request("reporter-energy").await).await.unwrap();
        assert_eq!(views[0].status, Status::Suspended);
        let own = incident::list_own(services, &house.request("reporter-energy").await, all()).await;
        assert!(matches!(own, Err(Error::Forbidden { .. })));
        let kept = authorisation::own(services, &house.request("administrator").await).await.unwrap();
        assert_eq!(kept[0].status, Status::Active);
        let kinds: Vec<_> = uses(&house).await.into_iter().map(|entry| entry.kind).collect();
        assert_eq!(kinds.iter().filter(|kind| *kind == "review_closed").count(), 9);
    })
    .await;
}

/// Who does not read an open review: it is as if there were none, and nothing is written of it.
async fn is_not_there(house: &House, handle: &str, open: &ReviewView) {
    let (services, by, id) = (&house.services, house.request(handle).await, open.review.id);
    let before = count(house, "access_entry").await;
    assert_eq!(review::find(services, &by, id).await.unwrap(), None, "{handle}");
    let items = review::items(services, &by, (id, ItemCriteria::default()), all()).await;
    assert!(matches!(items, Err(Error::NotFound { kind: "review" })), "{handle}");
    let file = review::export(services, &by, id, None).await;
    assert!(matches!(file, Err(Error::NotFound { kind: "review" })), "{handle}");
    let list = review::list(services, &by, all()).await;
    assert!(matches!(list, Err(Error::NotFound { .. })), "{handle}");
    assert_eq!(count(house, "access_entry").await, before, "{handle}");
}

#[tokio::test]
async fn a_review_is_read_by_who_administers_or_audits_there_and_logged() {
    in_each_house(async |house| {
        let (mails, services) = (Mails::new(), &house.services);
        review::schedule(services).await.unwrap();
        house.advance(TimeDelta::days(190));
        mails.run(&house).await;
        let open = platform(&house).await;
        for stranger in ["reporter-energy", "officer-sektorcert", "duty-officer", "coordinator"] {
            is_not_there(&house, stranger, &open).await;
        }
        for reader in ["security-officer", "administrator"] {
            let (by, before) = (house.request(reader).await, uses(&house).await.len());
            assert_eq!(review::find(services, &by, open.review.id).await.unwrap(), Some(open.clone()));
            assert_eq!(items(&house, reader, &open).await.len(), 3, "{reader}");
            review::export(services, &by, open.review.id, None).await.unwrap();
            let told: Vec<_> = uses(&house).await.split_off(before).into_iter().map(|it| it.kind).collect();
            assert_eq!(told, ["review_read", "review_read", "review_exported"], "{reader}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_review_withdraws_and_keeps_the_evidence() {
    in_each_house(async |house| {
        let (mails, services) = (Mails::new(), &house.services);
        review::schedule(services).await.unwrap();
        house.advance(TimeDelta::days(190));
        mails.run(&house).await;
        let open = platform(&house).await;
        assert_eq!((open.unused, open.progress.decided), (3, 0));
        assert!(open.review.deadline >= house.now() + TimeDelta::days(14), "late, with a fortnight to do it");
        let by = house.request("administrator").await;
        let officer = items(&house, "administrator", &open).await.pop().unwrap();
        let auditor = house.request("security-officer").await;
        let item = [officer.1];
        let audits = review::decide(services, &auditor, (open.review.id, &item), (false, REASON)).await;
        assert!(matches!(audits, Err(Error::Forbidden { .. })), "who audits decides on nothing");
        let reporter = house.request("reporter-energy").await;
        let nobody = review::decide(services, &reporter, (open.review.id, &item), (false, REASON)).await;
        assert!(matches!(nobody, Err(Error::NotFound { kind: "review" })));
        house.advance(TimeDelta::minutes(11));
        for confirm in [true, false] {
            let late = review::decide(services, &by, (open.review.id, &item), (confirm, REASON)).await;
            assert!(matches!(late, Err(Error::StepUpRequired)), "a while ago: {late:?}");
        }
        let by = house.request("administrator").await;
        let done = review::decide(services, &by, (open.review.id, &item), (false, REASON)).await.unwrap();
        assert_eq!(done.decided, item);
        let gone = house.request("security-officer").await;
        assert!(gone.actor().unwrap().rights.is_empty());
        let (file, next) = review::export(services, &by, open.review.id, None).await.unwrap();
        assert_eq!((file.lines().count(), next), (4, None));
        let line = file.lines().find(|line| line.contains("Ole Thorup")).unwrap();
        assert!(line.contains(",withdrawn,Birgit Skov,") && line.contains(&format!(",{REASON},")), "{line}");
        let told = uses(&house).await.pop().unwrap();
        assert_eq!((told.kind.as_str(), told.name.as_str()), ("review_exported", "Birgit Skov"));
        let shown: Vec<_> =
            told.detail["shown"].as_array().unwrap().iter().filter_map(|id| id.as_str()).collect();
        assert_eq!(told.detail["review"], open.review.id.to_string());
        assert!(shown.len() == 3 && shown.contains(&officer.1.to_string().as_str()), "{told:?}");
        review::find(services, &by, open.review.id).await.unwrap().unwrap();
        let told = uses(&house).await.pop().unwrap();
        assert_eq!((told.kind.as_str(), &told.detail["reviews"]), ("review_read", &json!([open.review.id])));
        let which = (open.review.id, ItemCriteria { decided: Some(true), unused: false });
        let decided = review::items(services, &by, which, all()).await.unwrap();
        let verdicts: Vec<_> =
            decided.rows.iter().map(|(_, seen)| seen.item.decision.as_ref().unwrap().verdict).collect();
        assert_eq!(verdicts, [Verdict::Withdrawn]);
    })
    .await;
}

/// The newest review in which the reporter holds something: which, what, and how it was used.
async fn of_reporter(house: &House) -> (ReviewId, AuthorisationId, BTreeMap<Function, FunctionUsed>) {
    let by = house.request("administrator").await;
    let reporter = house.request("reporter-energy").await.actor().unwrap().person;
    for view in reviews(house, &by).await {
        let which = (view.review.id, ItemCriteria::default());
        let page = review::items(&house.services, &by, which, all()).await.unwrap();
        if let Some((_, seen)) = page.rows.into_iter().find(|(_, seen)| seen.item.holder == reporter) {
            let used = seen.item.used.into_iter().map(|used| (used.function, used)).collect();
            return (view.review.id, seen.item.authorisation, used);
        }
    }
    panic!("no review of what the reporter holds");
}

#[tokio::test]
async fn a_review_tells_of_each_function_when_it_was_last_used_and_how_often_since_the_one_before() {
    in_each_house(async |house| {
        let (mails, services) = (Mails::new(), &house.services);
        let filed_at = house.now();
        house.file("reporter-energy", "used-once").await;
        review::schedule(services).await.unwrap();
        house.advance(TimeDelta::days(160));
        mails.run(&house).await;
        let (first, held, before) = of_reporter(&house).await;
        let input = before[&Function::Input];
        assert!(input.uses > 0 && input.uses == input.total && input.last_at == Some(filed_at), "{input:?}");
        let by = house.request("administrator").await;
        review::decide(services, &by, (first, &[held]), (true, REASON)).await.unwrap();
        // Or nobody would administer when the next one opens.
        let platform = platform(&house).await;
        let ids: Vec<_> =
            items(&house, "administrator", &platform).await.into_iter().map(|(_, id, _)| id).collect();
        for handle in ["administrator", "administrator-second"] {
            let by = house.request(handle).await;
            review::decide(services, &by, (platform.review.id, &ids), (true, REASON)).await.unwrap();
        }

        let read_at = house.now();
        incident::list_own(services, &house.request("reporter-energy").await, all()).await.unwrap();
        house.advance(TimeDelta::days(160));
        mails.run(&house).await;
        days(&house, &mails, 1).await;
        let (second, _, after) = of_reporter(&house).await;
        assert_ne!(second, first);
        let again = after[&Function::Input];
        assert_eq!(again, FunctionUsed { uses: 0, ..input }, "since the review before: never");
        let read = after[&Function::Read];
        assert_eq!(read.uses, read.total - before[&Function::Read].total);
        assert!(read.uses > 0 && read.last_at == Some(read_at), "{read:?}");
        let by = house.request("administrator").await;
        let (file, _) = review::export(services, &by, second, None).await.unwrap();
        let said = format!("input 0 ({})", filed_at.to_rfc3339());
        assert!(
            file.lines().next().unwrap().ends_with(",uses by function since the review before"),
            "{file}"
        );
        assert!(file.contains(&said) && file.contains(&format!("read {} (", read.uses)), "{file}");
    })
    .await;
}
