//! Authorisations: given by two, taken away by one, gone with their holder, and effective at once.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use varsel_domain::authorisation::{Function, Reach, Status, Temporary};
use varsel_domain::change::Refusal;
use varsel_domain::organisation::Language;
use varsel_domain::rules::Text;
use varsel_domain::{AuthorisationId, PersonId};
use varsel_services::attempt::Trail;
use varsel_services::authorisation::{self, AuthorisationView, Filter, Grants, Standing, Wish};
use varsel_services::change::{self, ChangeView, Outcome};
use varsel_services::session::{self, Browser, Claims, Voucher};
use varsel_services::testing::{House, in_each_house};
use varsel_services::view::{CaseFilter, PageRequest};
use varsel_services::{Error, Request, api_token, demo, queue};

use crate::rows::{count, execute, uses};

pub(crate) const REASON: &str = "The summer is long.";

pub(crate) fn all() -> PageRequest {
    PageRequest { first: 100, after: None }
}

/// To read the queue of SektorCERT, for oneself.
pub(crate) fn wish() -> Wish {
    Wish {
        holder: None,
        functions: BTreeSet::from([Function::Read]),
        reach: Reach::Unit("sektorcert".into()),
        purpose: "To stand in while Mads is on leave.".to_owned(),
        from: None,
        until: None,
        temporary: None,
    }
}

pub(crate) async fn ask(house: &House, by: &Request, wish: Wish) -> Outcome {
    authorisation::ask(&house.services, by, wish, REASON).await.unwrap()
}

pub(crate) async fn approve(house: &House, by: &Request, view: &ChangeView) -> Outcome {
    let change = &view.change;
    change::approve(&house.services, by, change.id, &change.payload_sha256).await.unwrap()
}

/// Gives the duty officer the right to read at SektorCERT.
async fn given(house: &House) -> AuthorisationId {
    let asked = ask(house, &house.request("duty-officer").await, wish()).await.unwrap();
    approve(house, &house.request("administrator").await, &asked).await.unwrap();
    let own = own(house, "duty-officer").await;
    own[0].authorisation.id
}

/// Somebody's own rights: the one that tests ask for first, whatever order chance gave to those of the same moment.
async fn own(house: &House, handle: &str) -> Vec<AuthorisationView> {
    let mut own = authorisation::own(&house.services, &house.request(handle).await).await.unwrap();
    own.sort_by_key(|view| view.authorisation.reach.to_string() != "unit/sektorcert");
    own
}

pub(crate) async fn id_of(house: &House, handle: &str) -> PersonId {
    demo::find(&house.services, handle).await.unwrap().person.id
}

/// Whether somebody reads the queue of SektorCERT now.
pub(crate) async fn reads(house: &House, request: &Request) -> bool {
    let page = PageRequest { first: 1, after: None };
    let listed =
        queue::list(&house.services, request, &"sektorcert".into(), CaseFilter::default(), page).await;
    match listed {
        Ok(_) => true,
        Err(Error::NotFound { .. }) => false,
        Err(error) => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn a_right_is_asked_for_approved_by_another_and_used() {
    in_each_house(async |house| {
        let officer = house.request("duty-officer").await;
        assert!(!reads(&house, &officer).await, "before");
        let asked = ask(&house, &officer, wish()).await.unwrap();
        assert!(asked.withdrawable && !asked.approvable);
        assert_eq!(approve(&house, &officer, &asked).await, Err(Refusal::OwnProposal));
        assert!(!reads(&house, &house.request("duty-officer").await).await, "asked");
        let approved = approve(&house, &house.request("administrator").await, &asked).await.unwrap();
        assert_eq!(approved.change.decision.unwrap().by_name.as_deref(), Some("Birgit Skov"));
        let officer = house.request("duty-officer").await;
        assert!(reads(&house, &officer).await, "approved");
        let own = own(&house, "duty-officer").await;
        assert_eq!(own.len(), 2);
        assert_eq!(
            (own[0].status, own[0].authorisation.reach.to_string().as_str()),
            (Status::Active, "unit/sektorcert")
        );
        let used = own[0].used[0].1.unwrap();
        assert_eq!((used.uses, used.last_at), (1, house.now()), "this right, and not the other");
        assert_eq!(own[1].last_used_at, None);
        let kinds: Vec<_> = uses(&house).await.into_iter().map(|entry| entry.kind).collect();
        assert!(kinds.contains(&"authorisation_granted".to_owned()), "{kinds:?}");
    })
    .await;
}

#[tokio::test]
async fn nobody_gives_a_right_alone_or_to_themself() {
    in_each_house(async |house| {
        let (first, second) =
            (house.request("administrator").await, house.request("administrator-second").await);
        let reporter = house.request("reporter-energy").await;
        let for_another = Wish { holder: Some(id_of(&house, "coordinator").await), ..wish() };
        assert_eq!(ask(&house, &reporter, for_another.clone()).await, Err(Refusal::LostRight));
        let for_second = Wish { holder: Some(second.actor().unwrap().person), ..wish() };
        let proposed = ask(&house, &first, for_second).await.unwrap();
        assert_eq!(approve(&house, &first, &proposed).await, Err(Refusal::OwnProposal));
        assert_eq!(approve(&house, &second, &proposed).await, Err(Refusal::OwnRight));
        let by_reporter =
            change::approve(&house.services, &reporter, proposed.change.id, &proposed.change.payload_sha256);
        assert!(matches!(by_reporter.await, Err(Error::NotFound { kind: "change" })));
        // What the holder had when it was proposed is not what they have now.
        let stale = ask(&house, &first, for_another.clone()).await.unwrap();
        let other = ask(&house, &first, for_another).await.unwrap();
        approve(&house, &second, &other).await.unwrap();
        assert_eq!(approve(&house, &second, &stale).await, Err(Refusal::TargetChanged));
        // Somebody swaps the payload in the table.
        let swapped = ask(&house, &reporter, wish()).await.unwrap();
        let altered = swapped.change.payload.replace("unit/sektorcert", "national");
        let digest = varsel_domain::change::sha256(&altered);
        let id = swapped.change.id;
        let sql = format!(
            "UPDATE change_proposal SET payload = '{altered}', payload_sha256 = '{digest}' \
                           WHERE payload_sha256 = '{}'",
            swapped.change.payload_sha256
        );
        execute(&house, &sql).await;
        assert_eq!(approve(&house, &second, &swapped).await, Err(Refusal::PayloadDiffers), "{id}");
    })
    .await;
}

#[tokio::test]
async fn what_may_not_be_granted_is_refused_with_its_reason() {
    in_each_house(async |house| {
        let officer = house.request("duty-officer").await;
        let technician = Some(Temporary::Technician);
        let late = Some(house.now() + TimeDelta::days(31));
        for (wish, refusal) in [
            (Wish { purpose: "Because".to_owned(), ..wish() }, Refusal::PurposeLength),
            (Wish { functions: BTreeSet::new(), ..wish() }, Refusal::NoFunction),
            (Wish { reach: Reach::Unit("nowhere".into()), ..wish() }, Refusal::UnknownReach),
            (Wish { reach: Reach::Sector("nowhere".to_owned()), ..wish() }, Refusal::UnknownReach),
            (Wish { until: Some(house.now()), ..wish() }, Refusal::WindowOver),
            (Wish { temporary: technician, ..wish() }, Refusal::WindowTooLong),
            (Wish { temporary: technician, until: late, ..wish() }, Refusal::WindowTooLong),
            (Wish { functions: BTreeSet::from([Function::Audit]), ..wish() }, Refusal::AuditHome),
        ] {
            assert_eq!(ask(&house, &officer, wish.clone()).await, Err(refusal), "{wish:?}");
        }
        let nobody = Wish { holder: Some(PersonId(uuid::Uuid::from_u128(7))), ..wish() };
        let administrator = house.request("administrator").await;
        assert_eq!(ask(&house, &administrator, nobody).await, Err(Refusal::UnknownHolder));
        assert_eq!(count(&house, "change_proposal").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_right_for_a_time_ends_at_its_last_moment() {
    in_each_house(async |house| {
        let until = house.now() + TimeDelta::minutes(10);
        let auditor = Some(Temporary::Auditor);
        let asked = Wish { until: Some(until), temporary: auditor, ..wish() };
        let asked = ask(&house, &house.request("duty-officer").await, asked).await.unwrap();
        approve(&house, &house.request("administrator").await, &asked).await.unwrap();
        house.advance(TimeDelta::minutes(10) - TimeDelta::microseconds(1));
        let before = house.request("duty-officer").await;
        assert!(reads(&house, &before).await);
        house.advance(TimeDelta::microseconds(1));
        assert!(!reads(&house, &house.request("duty-officer").await).await);
        let live = queue::newest_change(&house.services, &before, &"sektorcert".into()).await;
        assert!(matches!(live, Err(Error::NotFound { .. })), "a view that was open before");
        assert_eq!(own(&house, "duty-officer").await[0].status, Status::Ended);
    })
    .await;
}

#[tokio::test]
async fn whoever_approves_has_just_signed_in() {
    in_each_house(async |house| {
        let stale = house.request("administrator").await;
        let asked = ask(&house, &house.request("duty-officer").await, wish()).await.unwrap();
        house.advance(TimeDelta::minutes(11));
        let change = &asked.change;
        let late = change::approve(&house.services, &stale, change.id, &change.payload_sha256).await;
        assert!(matches!(late, Err(Error::StepUpRequired)));
        approve(&house, &house.request("administrator").await, &asked).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn several_are_withdrawn_at_once_or_none() {
    in_each_house(async |house| {
        let (services, id) = (&house.services, given(&house).await);
        let administrator = house.request("administrator").await;
        let never = AuthorisationId(uuid::Uuid::from_u128(7));
        let none = authorisation::withdraw(services, &administrator, &[id, never], REASON).await;
        assert!(matches!(none, Err(Error::NotFound { .. })));
        let short = authorisation::withdraw(services, &administrator, &[id], "No.").await;
        assert!(matches!(short, Err(Error::Invalid { field: "reason", .. })));
        for handle in ["coordinator", "security-officer", "reporter-energy"] {
            let by = house.request(handle).await;
            let refused = authorisation::withdraw(services, &by, &[id], REASON).await;
            assert!(matches!(refused, Err(Error::NotFound { .. })), "{handle}");
        }
        assert!(reads(&house, &house.request("duty-officer").await).await);
        let ended = authorisation::withdraw(services, &administrator, &[id], REASON).await.unwrap();
        assert_eq!((ended.withdrawn, ended.over), (vec![id], vec![]));
        assert!(!reads(&house, &house.request("duty-officer").await).await);
        let again = authorisation::withdraw(services, &administrator, &[id], REASON).await.unwrap();
        assert_eq!(again.over, [id]);
        // One's own may be given up.
        let own_id = own(&house, "duty-officer").await[1].authorisation.id;
        let by = house.request("duty-officer").await;
        assert_eq!(
            authorisation::withdraw(services, &by, &[own_id], REASON).await.unwrap().withdrawn,
            [own_id]
        );
        assert!(house.request("duty-officer").await.actor().unwrap().rights.is_empty());
    })
    .await;
}

#[tokio::test]
async fn who_has_left_can_do_nothing_more() {
    in_each_house(async |house| {
        let (services, id) = (&house.services, given(&house).await);
        let officer = id_of(&house, "duty-officer").await;
        let token = session::open(services, officer, &Browser::default()).await.unwrap();
        let program = api_token::create(services, "duty-officer", "nightly", 30).await.unwrap().2;
        let asked = ask(&house, &house.request("duty-officer").await, wish()).await.unwrap();
        let by = house.request("security-officer").await;
        let refused = authorisation::left(services, &by, officer, REASON).await;
        assert!(matches!(refused, Err(Error::NotFound { kind: "person" })));
        let by = house.request("administrator").await;
        let oneself = authorisation::left(services, &by, by.actor().unwrap().person, REASON).await;
        assert!(matches!(oneself, Err(Error::Forbidden { .. })));
        let left = authorisation::left(services, &by, officer, REASON).await.unwrap();
        assert_eq!((left.authorisations, left.sessions, left.tokens), (2, 1, 1));
        assert!(session::find(services, &token, None).await.unwrap().is_none());
        assert!(api_token::actor(services, &program, None).await.unwrap().is_none());
        let held = own(&house, "duty-officer").await;
        assert!(held.iter().all(|view| view.status == Status::Withdrawn));
        assert!(held.iter().any(|view| view.authorisation.id == id));
        assert_eq!(approve(&house, &by, &asked).await, Err(Refusal::NotOpen));
    })
    .await;
}

pub(crate) fn claims(unit: &str, grants: Grants) -> Claims {
    Claims {
        issuer: "https://id.example".to_owned(),
        subject: "ida".to_owned(),
        name: "Ida Berg".to_owned(),
        email: Some("ida@myndighed.example".to_owned()),
        cvr: None,
        organisation_name: None,
        unit: Some(unit.to_owned()),
        function: None,
        natural_person: None,
        language: Language::Da,
        grants,
        voucher: Voucher { provider: Some("authority".to_owned()), ..Voucher::default() },
    }
}

pub(crate) async fn sign_in(house: &House, claims: Claims) -> Request {
    let token = session::open_for_claims(&house.services, claims, &Browser::default()).await.unwrap();
    let (actor, session) = session::find(&house.services, &token, None).await.unwrap().unzip();
    Request { actor, session, ..Request::by_nobody(Trail::default(), "test-ida") }
}

#[tokio::test]
async fn a_provider_grants_only_where_the_settings_say_so() {
    in_each_house(async |house| {
        for grants in [Grants::Organisations, Grants::Authorisations] {
            let nothing = sign_in(&house, claims("sektorcert", grants)).await;
            assert!(
                nothing.actor().unwrap().rights.is_empty() && !reads(&house, &nothing).await,
                "{grants:?}"
            );
        }
        let told = "job WHERE kind = 'tell_holder'";
        assert_eq!(
            count(&house, told).await,
            0,
            "nobody was given anything, and invented people get no mail"
        );
        let trusted = sign_in(&house, claims("sektorcert", Grants::Claims)).await;
        assert!(reads(&house, &trusted).await);
        let held = authorisation::own(&house.services, &trusted).await.unwrap();
        assert_eq!(held.len(), 1);
        sign_in(&house, claims("sektorcert", Grants::Claims)).await;
        assert_eq!(authorisation::own(&house.services, &trusted).await.unwrap().len(), 1, "once");
        assert_eq!(count(&house, told).await, 1, "its holder is told, once");
        // What an administrator withdrew, no sign-in gives back.
        let by = house.request("administrator").await;
        authorisation::withdraw(&house.services, &by, &[held[0].authorisation.id], REASON).await.unwrap();
        let again = sign_in(&house, claims("sektorcert", Grants::Claims)).await;
        assert!(!reads(&house, &again).await);
    })
    .await;
}

#[tokio::test]
async fn who_administers_some_rights_of_somebody_from_elsewhere_sees_those_and_is_no_intruder() {
    in_each_house(async |house| {
        let services = &house.services;
        let administers = Wish { functions: BTreeSet::from([Function::Administer]), ..wish() };
        let local = Wish { holder: Some(id_of(&house, "officer-sektorcert").await), ..administers };
        let asked = ask(&house, &house.request("administrator").await, local).await.unwrap();
        approve(&house, &house.request("administrator-second").await, &asked).await.unwrap();
        let noted = async |handle: &str| {
            let by = house.request("officer-sektorcert").await;
            let id = id_of(&house, handle).await;
            assert!(authorisation::of_person(services, &by, id).await.unwrap().is_none(), "{handle}");
            let noted = by.trail.take().len();
            let filter = Filter { holder: Some(id), ..Filter::default() };
            let seen = authorisation::list(services, &by, filter, all()).await.unwrap().total;
            (seen, noted)
        };
        assert_eq!(noted("duty-officer").await, (0, 1), "a stranger");
        given(&house).await;
        assert_eq!(noted("duty-officer").await, (1, 0), "who holds something here");
    })
    .await;
}

#[tokio::test]
async fn whoever_administers_a_unit_sees_and_gives_rights_there_only() {
    in_each_house(async |house| {
        let services = &house.services;
        let administers = Wish { functions: BTreeSet::from([Function::Administer]), ..wish() };
        let local = Wish { holder: Some(id_of(&house, "officer-sektorcert").await), ..administers };
        let asked = ask(&house, &house.request("administrator").await, local).await.unwrap();
        approve(&house, &house.request("administrator-second").await, &asked).await.unwrap();
        let local = house.request("officer-sektorcert").await;
        let listed = authorisation::list(services, &local, Filter::default(), all()).await.unwrap();
        assert!(
            listed.rows.iter().all(|(_, view)| view.authorisation.reach == Reach::Unit("sektorcert".into()))
        );
        assert_eq!(listed.total, 2);
        let here = ask(&house, &house.request("duty-officer").await, wish()).await.unwrap();
        let there = Wish { reach: Reach::Unit("spoc".into()), ..wish() };
        let there = ask(&house, &house.request("duty-officer").await, there).await.unwrap();
        let changes = change::list(services, &local, all()).await.unwrap();
        assert_eq!(
            changes.rows.iter().map(|(_, it)| it.change.id).collect::<Vec<_>>(),
            [here.change.id, asked.change.id]
        );
        let beyond = change::approve(services, &local, there.change.id, &there.change.payload_sha256).await;
        assert!(matches!(beyond, Err(Error::NotFound { kind: "change" })));
        approve(&house, &local, &here).await.unwrap();
        let people = authorisation::people(services, &local, "mads").await.unwrap();
        assert_eq!(people.iter().map(|it| it.person.name.as_str()).collect::<Vec<_>>(), ["Mads Krogh"]);
        let others = authorisation::people(services, &local, "thomas").await.unwrap();
        assert!(others.is_empty());
        for handle in ["duty-officer", "reporter-energy"] {
            let nobody = house.request(handle).await;
            let listed = authorisation::list(services, &nobody, Filter::default(), all()).await.map(drop);
            assert!(matches!(listed, Err(Error::NotFound { .. })), "{handle}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_list_is_filtered_paged_and_a_file_without_formulas() {
    in_each_house(async |house| {
        let services = &house.services;
        execute(&house, "UPDATE person SET name = '=cmd|calc' WHERE demo_handle = 'reporter-bank'").await;
        let auditor = house.request("security-officer").await;
        let total = async |filter: Filter| {
            authorisation::list(services, &auditor, filter, all()).await.unwrap().total
        };
        assert_eq!(total(Filter::default()).await, 12);
        assert_eq!(total(Filter { function: Some(Function::Input), ..Filter::default() }).await, 3);
        assert_eq!(total(Filter { reach: Some(Reach::National), ..Filter::default() }).await, 3);
        assert_eq!(total(Filter { text: Some("østergaard".to_owned()), ..Filter::default() }).await, 1);
        assert_eq!(total(Filter { text: Some("%".to_owned()), ..Filter::default() }).await, 0);
        assert_eq!(total(Filter { standing: Some(Standing::Over), ..Filter::default() }).await, 0);
        let mut seen = BTreeSet::new();
        let mut page = PageRequest { first: 5, after: None };
        loop {
            let listed =
                authorisation::list(services, &auditor, Filter::default(), page.clone()).await.unwrap();
            seen.extend(listed.rows.iter().map(|(_, view)| view.authorisation.id));
            if !listed.has_next {
                break;
            }
            page.after = listed.rows.last().map(|(cursor, _)| cursor.clone());
        }
        assert_eq!(seen.len(), 12);
        let file = authorisation::export(services, &auditor, &Filter::default(), None).await.unwrap();
        assert_eq!((file.text.lines().count(), file.next), (13, None));
        assert!(file.text.contains("\"'=cmd|calc\"") && !file.text.contains(",=cmd"));
        let kinds: Vec<_> = uses(&house).await.into_iter().map(|entry| entry.kind).collect();
        assert!(kinds.contains(&"authorisations_exported".to_owned()));
        let long = Filter { text: Some("x".repeat(201)), ..Filter::default() };
        let refused = authorisation::list(services, &auditor, long, all()).await.map(drop);
        let Err(Error::Invalid { field: "text", message: Text { da, .. } }) = refused else {
            panic!("{refused:?}")
        };
        assert!(da.contains("200"));
    })
    .await;
}

#[tokio::test]
async fn others_lose_a_right_only_by_somebody_who_has_just_signed_in() {
    in_each_house(async |house| {
        let (services, id) = (&house.services, given(&house).await);
        let (administrator, holder) =
            (house.request("administrator").await, house.request("duty-officer").await);
        house.advance(TimeDelta::minutes(11));
        let late = authorisation::withdraw(services, &administrator, &[id], REASON).await;
        assert!(matches!(late, Err(Error::StepUpRequired)), "{late:?}");
        let given_up = authorisation::withdraw(services, &holder, &[id], REASON).await.unwrap();
        assert_eq!(given_up.withdrawn, [id], "one's own may always be given up");
    })
    .await;
}
