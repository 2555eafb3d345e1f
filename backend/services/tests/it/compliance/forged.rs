//! What somebody puts into the tables behind the services' back.

use chrono::TimeDelta;
use varsel_domain::authorisation::{Function, Reach};
use varsel_domain::change::{ChangeKind, Flaw};
use varsel_domain::settings::Area;
use varsel_services::authorisation::Grants;
use varsel_services::compliance::{Finding, OfAccess, OfDecision, OfLog, Report, Section};
use varsel_services::session::{Claims, Voucher};
use varsel_services::testing::{House, in_each_house};
use varsel_services::{change, settings};

use super::world::{REASON, World, of, sound};
use crate::authorisation::{claims, sign_in};
use crate::rows::execute;

/// The flaws of authorisations, each with its holder.
fn unfounded(report: &Report) -> Vec<(String, Flaw)> {
    let flaw = |it: &&Finding| match it {
        Finding::Access(OfAccess::UnfoundedAuthorisation { holder, flaw, .. }) => {
            Some((holder.clone(), *flaw))
        }
        _ => None,
    };
    of(report, Section::Authorisations).iter().filter_map(flaw).collect()
}

async fn report(world: &World) -> Report {
    let installation = sound(&world.house).await;
    world.house.advance(TimeDelta::minutes(1));
    world.report(&installation, TimeDelta::days(1)).await
}

/// An authorisation with the id of the change that is still open, for whoever proposed that.
async fn insert(house: &House, basis: &str, provider: &str) {
    let sql = format!(
        "INSERT INTO authorisation (id, holder_id, functions, reach, purpose, valid_from, basis, provider, change_id, \
         state, granted_at, revision) SELECT id, proposer_id, 'administer', 'national', 'I give this to myself.', \
         proposed_at, '{basis}', {provider}, id, 'active', proposed_at, 0 FROM change_proposal \
         WHERE decided_at IS NULL OR decider_id = proposer_id"
    );
    execute(house, &sql).await;
}

#[tokio::test]
async fn a_right_that_an_administrator_gave_to_himself_in_the_tables_is_found() {
    in_each_house(async |house| {
        let world = World::new(house.clone(), &["substantial"]).await;
        assert_eq!(unfounded(&report(&world).await), []);
        world.ask("administrator", &[Function::Administer], Reach::National).await;
        // The proposal stands open, and the right is there.
        insert(&house, "approved", "NULL").await;
        let found = unfounded(&report(&world).await);
        assert_eq!(found, [("Birgit Skov".to_owned(), Flaw::NotCarriedOut)]);
        // He approves it himself.
        execute(
            &house,
            "UPDATE change_proposal SET status = 'executed', decider_id = proposer_id, decider_name = proposer_name, \
             decided_at = proposed_at",
        )
        .await;
        let found = report(&world).await;
        assert_eq!(unfounded(&found), [("Birgit Skov".to_owned(), Flaw::OnePerson)]);
        let guard = found.changes.kinds.iter().find(|it| it.kind == ChangeKind::GrantAuthorisation).unwrap();
        assert_eq!((guard.executed, guard.unguarded), (1, 1));
        let changes = of(&found, Section::Changes);
        assert!(matches!(
            changes.as_slice(),
            [Finding::Decision(OfDecision::Unguarded {
                kind: ChangeKind::GrantAuthorisation,
                flaw: Flaw::OnePerson,
                ..
            })]
        ));
        // In the name of the other administrator, who never saw it: the payload fits, and the log does not know of it.
        let other = "(SELECT id FROM person WHERE name = 'Henrik Rask')";
        execute(&house, &format!("UPDATE change_proposal SET decider_id = {other}, decider_name = 'Henrik Rask'"))
            .await;
        assert_eq!(unfounded(&report(&world).await), [("Birgit Skov".to_owned(), Flaw::NotLogged)]);
        execute(&house, "UPDATE authorisation SET functions = 'administer erase' WHERE purpose LIKE 'I give%'")
            .await;
        assert_eq!(unfounded(&report(&world).await), [("Birgit Skov".to_owned(), Flaw::OtherContent)]);
    })
    .await;
}

#[tokio::test]
async fn a_right_that_no_provider_and_no_operator_gave_is_found() {
    in_each_house(async |house| {
        let world = World::new(house.clone(), &["substantial"]).await;
        world.ask("administrator", &[Function::Administer], Reach::National).await;
        insert(&house, "provider", "'mitid'").await;
        assert_eq!(unfounded(&report(&world).await), [("Birgit Skov".to_owned(), Flaw::NotLogged)]);
        execute(&house, "UPDATE authorisation SET basis = 'bootstrap' WHERE provider = 'mitid'").await;
        assert_eq!(unfounded(&report(&world).await), [("Birgit Skov".to_owned(), Flaw::NotLogged)]);
        // A technician for ever.
        execute(&house, "UPDATE authorisation SET temporary = 'technician' WHERE provider = 'mitid'").await;
        let found = report(&world).await;
        let found = of(&found, Section::Authorisations);
        assert!(found.iter().any(|it| matches!(it, Finding::Access(OfAccess::TemporaryTooLong { .. }))));
    })
    .await;
}

#[tokio::test]
async fn rules_providers_and_the_log_that_somebody_altered_are_found() {
    in_each_house(async |house| {
        let world = World::new(house.clone(), &["substantial"]).await;
        varsel_services::log::seal_waiting(&house.services).await.unwrap();
        assert_eq!(of(&report(&world).await, Section::Changes), Vec::<&Finding>::new());
        execute(&house, "UPDATE pack_version SET in_force_from = received_at WHERE in_force_from IS NULL")
            .await;
        execute(&house, "UPDATE trusted_provider SET name = 'other'").await;
        let shorter = "UPDATE adopted_settings SET settings = replace(settings, '\"60\"', '\"12\"')";
        execute(&house, shorter).await;
        let found = report(&world).await;
        let unguarded = of(&found, Section::Changes);
        let unguarded: Vec<_> = unguarded
            .iter()
            .filter_map(|it| match it {
                Finding::Decision(OfDecision::Unguarded { kind, what, flaw }) => {
                    Some((*kind, what.as_str(), *flaw))
                }
                _ => None,
            })
            .collect();
        assert!(unguarded.contains(&(ChangeKind::TrustProvider, "other", Flaw::NotLogged)), "{unguarded:?}");
        let settings = (ChangeKind::AdoptSettings, "retention", Flaw::NotLogged);
        assert!(unguarded.contains(&settings), "{unguarded:?}");
        let packs = unguarded.iter().filter(|it| it.0 == ChangeKind::PublishPack && it.2 == Flaw::NoDecision);
        assert!(packs.count() >= 1, "{unguarded:?}");
        assert_eq!(found.log.problem, None);
        // Somebody who owns the database takes the trigger away first.
        let unguarded = if house.services.store.is_shared() {
            "DROP TRIGGER log_tile_only_grows ON log_tile"
        } else {
            "DROP TRIGGER log_tile_only_grows"
        };
        execute(&house, unguarded).await;
        execute(&house, "UPDATE log_tile SET hashes = substr(hashes, 1, 0) WHERE level = 0").await;
        let found = report(&world).await;
        assert!(
            of(&found, Section::Log).iter().any(|it| matches!(it, Finding::Log(OfLog::LogBroken { .. })))
        );
    })
    .await;
}

#[tokio::test]
async fn an_entry_of_the_log_that_somebody_deleted_is_found_with_its_place() {
    in_each_house(async |house| {
        let world = World::new(house.clone(), &[]).await;
        house.file("reporter-energy", "one-report").await;
        varsel_services::log::seal_waiting(&house.services).await.unwrap();
        let found = report(&world).await;
        let not_whole = |it: &&Finding| matches!(it, Finding::Log(OfLog::LogNotWhole { .. }));
        assert!(!of(&found, Section::Log).iter().any(not_whole));
        assert_eq!(found.log.newest.map(|it| it.size), Some(found.log.present + found.log.erased_on_record));
        let unguarded = if house.services.store.is_shared() {
            "DROP TRIGGER access_entry_is_due ON access_entry"
        } else {
            "DROP TRIGGER access_entry_is_due"
        };
        execute(&house, unguarded).await;
        execute(&house, "DELETE FROM access_entry WHERE position = 1").await;
        let found = report(&world).await;
        let missing = found.findings.iter().find_map(|told| match &told.finding {
            Finding::Log(OfLog::LogNotWhole { fault, places, .. }) => {
                Some((fault.clone(), places.clone(), &told.sentence))
            }
            _ => None,
        });
        let (fault, places, sentence) = missing.expect("an entry is missing");
        assert_eq!((fault.as_str(), places.as_deref()), ("missing", Some("1")));
        assert!(
            sentence.da.starts_with("Indførsel 1 mangler") && sentence.en.starts_with("Entry 1 is missing")
        );
    })
    .await;
}

/// Whoever has the database, and the configuration as well, still leaves traces in the report.
#[tokio::test]
async fn settings_that_somebody_put_in_the_place_of_what_was_adopted_are_found() {
    in_each_house(async |house| {
        let mut world = World::new(house.clone(), &["substantial"]).await;
        let flaws = async |world: &World| -> Vec<Flaw> {
            let found = report(world).await;
            let of_settings = |it: &&Finding| match it {
                Finding::Decision(OfDecision::Unguarded { kind: ChangeKind::AdoptSettings, flaw, .. }) => Some(*flaw),
                _ => None,
            };
            of(&found, Section::Changes).iter().filter_map(of_settings).collect()
        };
        assert_eq!(flaws(&world).await, []);
        // Older than the installation, so that the log does not go back to it.
        execute(&house, "UPDATE adopted_settings SET since = '2020-01-01 00:00:00+00:00'").await;
        assert_eq!(flaws(&world).await, [Flaw::NotLogged, Flaw::NotLogged]);
        // Taken away, so that the next start adopts what it finds.
        world.pass(TimeDelta::days(3)).await;
        execute(&house, "DELETE FROM adopted_settings").await;
        assert_eq!(flaws(&world).await, [Flaw::NoDecision, Flaw::NoDecision]);
        world.house.services.configured.retention.incident_months = 12;
        settings::adopt(&world.house.services).await.unwrap();
        assert_eq!(flaws(&world).await, [Flaw::NoDecision], "a first start, three days after the first");
        // An older decision in the place of the newer one.
        let mut decided = Vec::new();
        for months in [24, 60] {
            world.house.services.configured.retention.incident_months = months;
            let first = world.house.request("administrator").await;
            let proposed = settings::propose(&world.house.services, &first, Area::Retention, REASON).await;
            let proposed = proposed.unwrap().unwrap().change;
            let second = world.house.request("administrator-second").await;
            let sha256 = proposed.payload_sha256.clone();
            change::approve(&world.house.services, &second, proposed.id, &sha256).await.unwrap().unwrap();
            decided.push(proposed.id);
            world.pass(TimeDelta::hours(1)).await;
        }
        execute(&house, "DELETE FROM adopted_settings WHERE area = 'retention'").await;
        settings::adopt(&world.house.services).await.unwrap();
        let held = settings::now_in_force(&world.house.services).await.unwrap();
        assert_eq!(held.retention.incident_months, 60, "put back as two decided");
        assert_eq!(flaws(&world).await, [Flaw::NoDecision]);
        let older = "UPDATE adopted_settings SET settings = replace(settings, '\"60\"', '\"24\"'), \
                     change_id = (SELECT id FROM change_proposal WHERE payload LIKE '%\"incident_months\":[\"24\"]%') \
                     WHERE area = 'retention'";
        execute(&house, older).await;
        assert_eq!(flaws(&world).await, [Flaw::OtherContent, Flaw::NoDecision]);
    })
    .await;
}

#[tokio::test]
async fn whoever_audits_and_may_write_from_before_that_was_looked_at_is_found() {
    in_each_house(async |house| {
        let world = World::new(house.clone(), &["substantial"]).await;
        let beside = |report: &Report| {
            let found = of(report, Section::Authorisations).into_iter();
            let both = |it: &&Finding| matches!(it, Finding::Access(OfAccess::AuditBesideWriting { .. }));
            found.filter(both).map(|it| it.sentence().en).collect::<Vec<_>>()
        };
        // Mads decides at SektorCERT; Ole audits, and reads for a time besides.
        let auditor = "(SELECT id FROM person WHERE demo_handle = 'security-officer')";
        let officer = "(SELECT id FROM person WHERE demo_handle = 'officer-sektorcert')";
        let held = format!("UPDATE authorisation SET holder_id = {auditor} WHERE holder_id = {officer}");
        execute(&house, &format!("UPDATE authorisation SET functions = 'read' WHERE holder_id = {officer}")).await;
        execute(&house, &held).await;
        assert_eq!(beside(&report(&world).await), Vec::<String>::new(), "to read besides is right");
        let decides = format!("UPDATE authorisation SET functions = 'decide' WHERE holder_id = {auditor} AND functions = 'read'");
        execute(&house, &decides).await;
        let found = beside(&report(&world).await);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("Ole Thorup audits, and may also change"), "{found:?}");
        // What is over no longer counts.
        execute(&house, &format!("UPDATE authorisation SET state = 'withdrawn' WHERE holder_id = {auditor} AND functions = 'decide'"))
            .await;
        assert_eq!(beside(&report(&world).await), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_mover_on_whose_rights_nobody_decides_is_found_after_a_week() {
    in_each_house(async |house| {
        let world = World::new(house.clone(), &["substantial"]).await;
        for unit in ["sektorcert", "csirt"] {
            sign_in(&house, Claims { voucher: Voucher::default(), ..claims(unit, Grants::Claims) }).await;
        }
        let alone = async || {
            let report = report(&world).await;
            let found = of(&report, Section::Authorisations).into_iter();
            found.filter(|it| **it == Finding::Access(OfAccess::MoversLeftAlone { count: 1 })).count()
        };
        house.advance(TimeDelta::days(7) - TimeDelta::minutes(1));
        assert_eq!(alone().await, 0, "for seven days, it may wait");
        assert_eq!(alone().await, 1);
        execute(&house, "UPDATE authorisation SET state = 'withdrawn' WHERE state = 'suspended moved'").await;
        assert_eq!(alone().await, 0);
    })
    .await;
}
