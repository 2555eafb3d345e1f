//! What the report says of who could change the log of use.

use chrono::TimeDelta;
use varsel_domain::organisation::Language;
use varsel_services::compliance::{Finding, OfLog, Report, Section, Separation, document, text};
use varsel_services::testing::{House, in_each_house, in_each_separated_house};

use super::world::{World, of, sound};

async fn report(house: House) -> Report {
    let world = World::new(house.clone(), &["substantial"]).await;
    house.advance(TimeDelta::minutes(1));
    world.report(&sound(&house).await, TimeDelta::days(1)).await
}

fn found(report: &Report) -> bool {
    of(report, Section::Log).iter().any(|it| matches!(it, Finding::Log(OfLog::DutiesNotSeparate { .. })))
}

fn printed(report: &Report, language: Language) -> String {
    text(&document(report, language)).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn one_role_for_everything_needs_attention_and_sqlite_is_said_to_be_weaker() {
    in_each_house(async |house| {
        let shared = house.services.store.is_shared();
        let report = report(house).await;
        assert_eq!(found(&report), shared);
        let duties = &report.log.duties;
        let (separation, da, en) = if shared {
            assert_eq!(duties.role.as_deref(), Some("varsel"));
            assert!(duties.powers.contains(&"owner of log_tile (varsel)".to_owned()), "{duties:?}");
            (
                Separation::Together,
                "svagere: serverens rolle i databasen kan ændre loggen (varsel)",
                "weaker: the server's role in the database could change the log (varsel)",
            )
        } else {
            (Separation::Embedded, "svagere: SQLite har ingen roller", "weaker: SQLite has no roles")
        };
        assert_eq!(duties.separation, separation);
        assert!(printed(&report, Language::Da).contains(da));
        assert!(printed(&report, Language::En).contains(en));
    })
    .await;
}

#[tokio::test]
async fn separate_roles_are_in_order() {
    in_each_separated_house(async |house| {
        let shared = house.services.store.is_shared();
        let report = report(house).await;
        assert!(!found(&report));
        if shared {
            assert_eq!(report.log.duties.separation, Separation::Separate);
            let words = "the server's role in the database can only add and read (varsel_server)";
            assert!(printed(&report, Language::En).contains(words));
        }
    })
    .await;
}
