//! Somebody belongs elsewhere now: what was bound to the former home waits, and whoever administers is told.

use chrono::TimeDelta;
use varsel_domain::authorisation::{Reach, Status};
use varsel_services::authorisation::{self, Filter, Grants, Standing, Wish};
use varsel_services::job::run_due;
use varsel_services::testing::{in_each_house, mails_in};

use crate::attempt::mails_of;
use crate::authorisation::{REASON, all, approve, ask, claims, reads, sign_in, wish};
use crate::rows::count;

#[tokio::test]
async fn who_moves_leaves_the_rights_of_the_former_home_behind() {
    in_each_house(async |house| {
        let before = sign_in(&house, claims("sektorcert", Grants::Claims)).await;
        assert!(reads(&house, &before).await);
        let moved = sign_in(&house, claims("csirt", Grants::Claims)).await;
        assert!(!reads(&house, &moved).await);
        let held = authorisation::own(&house.services, &moved).await.unwrap();
        let statuses: Vec<_> = held.iter().map(|view| view.status).collect();
        assert_eq!(statuses, [Status::Active, Status::Suspended]);
        let told = "kind = 'tell_of_move'";
        assert_eq!(count(&house, &format!("job WHERE {told}")).await, 2, "both administrators");
        let filter = Filter { standing: Some(Standing::Suspended), ..Filter::default() };
        let by = house.request("administrator").await;
        let suspended = authorisation::list(&house.services, &by, filter, all()).await.unwrap();
        assert!(suspended.rows.iter().all(|(_, view)| view.reinstatable) && suspended.total == 1);
        // Two people give it back.
        let id = held[1].authorisation.id;
        let asked = authorisation::ask_again(&house.services, &moved, id, REASON).await.unwrap().unwrap();
        approve(&house, &by, &asked).await.unwrap();
        let both = sign_in(&house, claims("csirt", Grants::Claims)).await;
        assert!(reads(&house, &both).await);
    })
    .await;
}

#[tokio::test]
async fn whoever_administers_where_a_mover_holds_rights_is_told_that_they_go_on() {
    in_each_house(async |house| {
        let (services, folder) = (&house.services, tempfile::tempdir().unwrap());
        let before = sign_in(&house, claims("sektorcert", Grants::Claims)).await;
        let by = house.request("administrator").await;
        let holder = Some(before.actor.unwrap().person);
        for unit in ["spoc", "csirt"] {
            let wish = Wish { holder, reach: Reach::Unit(unit.into()), ..wish() };
            let asked = ask(&house, &by, wish).await.unwrap();
            approve(&house, &house.request("administrator-second").await, &asked).await.unwrap();
        }
        while run_due(services, &mails_in(folder.path())).await.unwrap() > 0 {}
        sign_in(&house, claims("csirt", Grants::Claims)).await;
        while run_due(services, &mails_in(folder.path())).await.unwrap() > 0 {}
        let told = mails_of(folder.path());
        let of = |text: &str| told.iter().filter(|mail| mail.contains(text)).count();
        assert_eq!(
            of("stadig er brug for"),
            2,
            "both administrators, of the right at the national contact point alone"
        );
        assert_eq!(of("lad dem genaktivere"), 2, "and both of what was bound to the former unit");
    })
    .await;
}

#[tokio::test]
async fn a_mover_who_is_left_alone_waits_in_a_list_and_is_told_of_each_week() {
    in_each_house(async |house| {
        let (services, folder) = (&house.services, tempfile::tempdir().unwrap());
        sign_in(&house, claims("sektorcert", Grants::Claims)).await;
        sign_in(&house, claims("csirt", Grants::Claims)).await;
        let by = house.request("administrator").await;
        let waiting = async || {
            let filter = Filter { standing: Some(Standing::Moved), ..Filter::default() };
            let page = authorisation::list(services, &by, filter, all()).await.unwrap();
            page.rows.into_iter().map(|(_, view)| view.authorisation.id).collect::<Vec<_>>()
        };
        let told = async || {
            // What a run puts down for the same moment is run by the next.
            while run_due(services, &mails_in(folder.path())).await.unwrap() > 0 {}
            count(&house, "job WHERE kind = 'tell_of_move' AND state = 'done'").await
        };
        assert_eq!((waiting().await.len(), told().await), (1, 2), "both administrators, at once");
        house.advance(TimeDelta::days(7) - TimeDelta::seconds(1));
        assert_eq!(told().await, 2);
        house.advance(TimeDelta::seconds(1));
        assert_eq!(told().await, 4, "after a week");
        house.advance(TimeDelta::days(7));
        assert_eq!(told().await, 6, "and after another");
        let late = mails_of(folder.path()).into_iter().filter(|mail| mail.contains("i 14 dage")).count();
        assert_eq!(late, 2);
        let fresh = house.request("administrator").await;
        authorisation::withdraw(services, &fresh, &waiting().await, REASON).await.unwrap();
        assert_eq!(waiting().await, []);
        house.advance(TimeDelta::days(21));
        assert_eq!(told().await, 6, "it is dealt with");
    })
    .await;
}
