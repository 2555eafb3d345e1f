//! A year in which nobody looked after anything.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ConnectionTrait as _;
use serde_json::json;
use varsel_domain::access::{AccessEntry, UseKind};
use varsel_domain::attempt::Cause;
use varsel_domain::authorisation::{Function, Reach};
use varsel_domain::authz::Scope;
use varsel_domain::change::{ChangeStatus, Flaw};
use varsel_domain::organisation::Language;
use varsel_domain::retention::Kind;
use varsel_domain::settings::Witness;
use varsel_domain::{ChangeId, EntryId};
use varsel_log::key::{Purpose, Signer};
use varsel_services::compliance::{
    Finding, Installation, OfAccess, OfDecision, OfLog, OfMachine, Protected, Report, Section, Tls, document,
    html, text,
};
use varsel_services::keys::{self, Word};
use varsel_services::provider;
use varsel_services::testing::{House, in_each_house};
use varsel_storage::access_log;

use super::world::{REASON, World, of, sound};
use crate::attempt::{person, try_in};
use crate::rows::{execute, uses};

/// The year: a report is filed, a right is given, somebody guesses passwords, and from the eleventh month the jobs stand still.
async fn year(world: &World) -> DateTime<Utc> {
    let (house, begun) = (&world.house, world.house.now());
    house.file("reporter-energy", "one-report").await;
    let asked = world.ask("duty-officer", &[Function::Read], Reach::Unit("sektorcert".into())).await;
    world.approve("administrator", &asked).await;
    let waits = world.ask("duty-officer", &[Function::Read], Reach::Unit("csirt".into())).await;
    assert_eq!(waits.change.status, ChangeStatus::Open);
    for _ in 0..27 {
        world.pass(TimeDelta::days(6)).await;
    }
    let who = person(house, "reporter-bank").await;
    for attempt in 0..5 {
        assert!(try_in(&house.services, who, &format!("192.0.2.{attempt}"), false).await);
    }
    execute(house, "UPDATE attempt_block SET owner_id = NULL").await;
    while house.now() < begun + TimeDelta::days(320) {
        world.pass(TimeDelta::days(6)).await;
    }
    // An auditor for ever: nobody decided that.
    execute(house, "UPDATE authorisation SET temporary = 'auditor' WHERE basis = 'approved'").await;
    // Nobody could sign in: whoever runs the server helped.
    provider::trust_at_command_line(&house.services, "mitid", REASON).await.unwrap();
    // So they did with keys; and somebody wrote of a change that never was.
    keys::renew(&house.services, None, Word::Alone { reason: REASON }).await.unwrap();
    forge_replacement(house).await;
    house.advance(TimeDelta::days(50));
    begun
}

/// The log says that keys were replaced on the word of two, and there is no such change.
async fn forge_replacement(house: &House) {
    let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
    let entry = AccessEntry {
        id: EntryId(house.services.ids.next(house.now())),
        at: house.now(),
        person: None,
        name: "Varsel".to_owned(),
        function: "system".to_owned(),
        use_kind: UseKind::KeysReplaced,
        incident: None,
        detail: json!({ "change": ChangeId(uuid::Uuid::nil()), "root": "aaaa1111", "keys": 1 }),
        request_id: "forged".to_owned(),
    };
    access_log::append(&tx, &*house.services.ids, &[entry]).await.unwrap();
    tx.commit().await.unwrap();
}

/// What the settings should not say.
fn unsound(sound: Installation) -> Installation {
    let mut links = sound.links;
    links[1].protected = Protected::No;
    let mut migrations = sound.migrations;
    migrations.push("m29991231_000001_add_what_is_not_there".to_owned());
    Installation { links, migrations, tls: Tls::None, ..sound }
}

#[tokio::test]
async fn in_a_year_of_neglect_every_part_says_what_needs_attention() {
    in_each_house(async |mut house| {
        let witness = Signer::new("witness.example", Purpose::Witness, &[7; 32]).unwrap();
        house.services.configured.use_log.witnesses.push(Witness {
            name: "north".to_owned(),
            url: "https://witness.example".to_owned(),
            key: witness.verifier().to_string(),
        });
        let world = World::new(house.clone(), &[]).await;
        let begun = year(&world).await;
        let erasure = "INSERT INTO log_erasure (number, before, began_at, entries) \
                       SELECT 9999, placed.at, placed.at, 0 FROM (SELECT MAX(at) AS at FROM log_checkpoint) placed";
        execute(&house, erasure).await;
        // The vault is that of an older backup.
        let vault = varsel_storage::testing::vault_of(&house.services.store);
        vault.connection().execute_unprepared("DELETE FROM incident_key").await.unwrap();
        house.services.store.vault().unwrap().forget();
        let installation = unsound(sound(&house).await);
        let report = world.report(&installation, house.now() - begun).await;
        for section in Section::ALL {
            assert!(!of(&report, section).is_empty(), "nothing in {section:?}: {:#?}", report.findings);
        }
        of_people(&report);
        of_log(&report);
        of_decisions(&report);
        of_machine(&report);
        printed(&report);
        let said = uses(&house).await;
        let made: Vec<_> = said.iter().filter(|entry| entry.kind == "compliance_reported").collect();
        assert_eq!(made.len(), 1);
        assert_eq!(made[0].function, "command line");
        assert_eq!(made[0].detail["findings"], report.findings.len());
    })
    .await;
}

fn of_people(report: &Report) {
    let all = &report.authorisations;
    let live = all.active + all.pending + all.suspended;
    assert_eq!(live, u64::try_from(all.list.len()).unwrap());
    assert_eq!(live, 13, "those of the demo, and one more");
    let found = of(report, Section::Authorisations);
    assert!(
        matches!(
            found.as_slice(),
            [
                Finding::Access(OfAccess::UnfoundedAuthorisation { flaw: Flaw::OtherContent, .. }),
                Finding::Access(OfAccess::TemporaryTooLong { .. })
            ]
        ),
        "{found:#?}"
    );
    let stand_in = all.list.iter().find(|held| held.reach.to_string() == "unit/sektorcert" && held.uses == 0);
    assert!(stand_in.is_some(), "{all:#?}");
    let late = report.reviews.campaigns.iter().filter(|it| it.overdue).count();
    assert!(late > 0 && report.reviews.campaigns.iter().any(|it| it.suspended > 0 && it.closed_at.is_some()));
    assert!(of(report, Section::Reviews).contains(&&Finding::Access(OfAccess::ReviewsOverdue {
        count: u64::try_from(late + report.reviews.missing.len()).unwrap()
    })));
    let unconfirmed = OfAccess::UnconfirmedAuthorisations { count: report.reviews.unconfirmed };
    assert!(report.reviews.unconfirmed > 0);
    assert!(of(report, Section::Reviews).contains(&&Finding::Access(unconfirmed)));
    let guesses = report.attempts.months.iter().filter(|it| it.cause == Cause::SignInRefused);
    assert_eq!(guesses.map(|it| it.count).sum::<u64>(), 5);
    assert_eq!((report.attempts.blocks, report.attempts.open, report.attempts.open_over_a_week), (1, 1, 1));
    let (late, nobodys) =
        (OfAccess::BlocksNotFollowedUp { count: 1 }, OfAccess::BlocksWithoutOwner { count: 1 });
    assert_eq!(of(report, Section::Attempts), [&Finding::Access(late), &Finding::Access(nobodys)]);
}

fn of_log(report: &Report) {
    let log = &report.log;
    assert!(log.newest.as_ref().unwrap().size > 0 && log.checkpoints > 10 && log.problem.is_none());
    assert!(log.gaps.len() > 40 && log.gap_count == u64::try_from(log.gaps.len()).unwrap());
    assert!(log.gaps.windows(2).all(|two| two[0].seconds >= two[1].seconds));
    assert!(log.gaps[0].seconds >= TimeDelta::days(50).num_seconds(), "the one that has not ended counts");
    let found = of(report, Section::Log);
    let gaps = OfLog::LogGaps { count: log.gap_count, longest_seconds: log.gaps[0].seconds };
    let silent = OfLog::WitnessSilent { witness: "witness.example".to_owned(), at: None, refusal: None };
    assert!(found.contains(&&Finding::Log(gaps)) && found.contains(&&Finding::Log(silent)), "{found:#?}");
    assert!(found.iter().any(|it| matches!(it, Finding::Log(OfLog::ErasureUnfinished { .. }))));
}

fn of_decisions(report: &Report) {
    let found = of(report, Section::Retention);
    let overdue = report.retention.kinds.iter().find(|it| it.kind == Kind::Attempts).unwrap();
    assert!(overdue.overdue > 0 && overdue.oldest.is_some());
    let told = OfDecision::RetentionOverdue { kind: Kind::Attempts, count: overdue.overdue };
    assert!(found.contains(&&Finding::Decision(told)), "{found:#?}");
    assert!(found.iter().any(|it| matches!(it, Finding::Decision(OfDecision::NoErasure { last: Some(_) }))));
    let alone = of(report, Section::Changes);
    assert!(
        alone
            .iter()
            .any(|it| matches!(it, Finding::Decision(OfDecision::ProviderTrustedAlone { providers, .. })
        if *providers == ["mitid"]))
    );
    let of_keys = alone.iter().find_map(|it| match it {
        Finding::Decision(OfDecision::KeysReplacedAlone { reason, .. }) => Some(reason.as_deref()),
        _ => None,
    });
    assert_eq!(of_keys, Some(Some(REASON)));
    let kinds: Vec<_> =
        report.changes.kinds.iter().map(|it| (it.proposed, it.executed, it.expired)).collect();
    assert_eq!(kinds[2], (2, 1, 1), "{kinds:?}");
    let unguarded: Vec<_> = report.changes.kinds.iter().map(|it| it.unguarded).collect();
    assert_eq!(
        unguarded,
        [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        "a right that is not the one that was decided, and keys"
    );
    let granted = report.changes.list.iter().find(|it| it.status == ChangeStatus::Executed).unwrap();
    assert_eq!(granted.decided_by.as_deref(), Some("Birgit Skov"));
}

fn of_machine(report: &Report) {
    let found = of(report, Section::Versions);
    let differs = OfMachine::SchemaDiffers { missing: 1, unknown: 0 };
    let lax = OfMachine::NoAssuranceLevel { provider: "mitid".to_owned() };
    for expected in [differs, OfMachine::NoTls, lax, OfMachine::IncidentsWithoutKey { count: 1 }] {
        assert!(found.contains(&&Finding::Machine(expected.clone())), "{expected:?}: {found:#?}");
    }
    let (name, address) = ("mail.smtp".to_owned(), "smtp://mail.example:587".to_owned());
    let open = Finding::Machine(OfMachine::LinkUnprotected { name, address });
    assert_eq!(of(report, Section::Links), [&open]);
}

/// Whatever is found stands in both forms and both languages, first in the summary and again in its part.
fn printed(report: &Report) {
    for language in [Language::Da, Language::En] {
        let document = document(report, language);
        assert_eq!(document.parts.len(), Section::ALL.len());
        let (terminal, page) = (text(&document), html(&document).unwrap());
        for part in &document.parts {
            assert!(!part.lines.is_empty() && !part.findings.is_empty(), "{part:?}");
            assert!(terminal.contains(&format!("\n{}\n---", part.title)), "{terminal}");
            assert!(terminal.contains(&part.law) && page.contains(&format!(">{}</h2>", part.title)));
            for table in &part.tables {
                assert!(terminal.contains(&format!("\n{}: {}\n", table.caption, table.rows.len())));
                let heading =
                    if table.rows.is_empty() { ("<p><b>", ":</b>") } else { ("<caption>", "</caption>") };
                assert!(page.contains(&format!("{}{}{}", heading.0, table.caption, heading.1)), "{page}");
            }
        }
        for told in &report.findings {
            let sentence = told.sentence.of(language);
            assert_eq!(terminal.matches(&format!("! {sentence}")).count(), 2, "{sentence}");
        }
        assert!(!page.contains("<script") && !page.contains("http://"), "it needs no other file");
        assert_eq!(page.matches("<tr>").count(), page.matches("</tr>").count());
    }
    let danish = text(&document(report, Language::Da));
    assert!(danish.contains("Kræver handling") && !danish.contains("Needs attention"));
}

#[tokio::test]
async fn what_nobody_used_and_what_nobody_reviewed_is_counted() {
    in_each_house(async |house| {
        let world = World::new(house.clone(), &["substantial"]).await;
        house.advance(TimeDelta::days(181));
        let installation = sound(&house).await;
        let report = world.report(&installation, TimeDelta::days(1)).await;
        assert_eq!((report.authorisations.unused, report.authorisations.active), (0, 12));
        assert_eq!(report.reviews.missing.len(), 0, "half a year is 181 days here, and not yet over");
        house.advance(TimeDelta::days(1));
        let report = world.report(&installation, TimeDelta::days(1)).await;
        let unused = Finding::Access(OfAccess::UnusedAuthorisations { count: 12 });
        assert_eq!(of(&report, Section::Authorisations), [&unused]);
        assert!(report.authorisations.list.iter().all(|held| held.unused));
        let overdue = Finding::Access(OfAccess::ReviewsOverdue { count: 10 });
        assert_eq!(of(&report, Section::Reviews), [&overdue], "one for each reach");
    })
    .await;
}
