//! The log of use keeps itself: places, checkpoints, and what is noticed when somebody has been at it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use tokio::runtime::Handle;
use varsel_domain::access::UseKind;
use varsel_domain::authz::Scope;
use varsel_domain::organisation::Language;
use varsel_domain::{Clock, IncidentId};
use varsel_log::Hash;
use varsel_log::checkpoint::Checkpoint;
use varsel_log::proof::{consistency, continues, root_from};
use varsel_services::job::run_due;
use varsel_services::log::{Compared, Form, Inquiry};
use varsel_services::testing::{House, in_each_house, mails_in};
use varsel_services::view::PageRequest;
use varsel_services::{Error, Request, Services, incident, log};
use varsel_storage::access_log::{self, Sought};
use varsel_storage::log_tree;

use crate::rows::{count, uses};

async fn execute(house: &House, sql: &str) -> Result<u64, String> {
    let connection = house.services.store.connection();
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    connection
        .execute_raw(statement)
        .await
        .map(|done| done.rows_affected())
        .map_err(|error| error.to_string())
}

/// Opens an incident some times, so that there is something to log.
pub(crate) async fn use_it(house: &House, times: usize) -> String {
    let (own, _) = house.file("reporter-energy", &format!("report-{times}")).await;
    let request = house.request("officer-sektorcert").await;
    for _ in 0..times {
        incident::open(&house.services, &request, own.id).await.unwrap().unwrap();
    }
    own.number
}

async fn leaves(house: &House) -> BTreeMap<u64, Hash> {
    let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
    let all = access_log::list(&tx, &Sought::default(), None, 10_000).await.unwrap();
    let leaf =
        |it: access_log::LoggedEntry| Some((it.position?, Hash::of_entry(&it.salt, it.text.as_bytes())));
    all.into_iter().filter_map(|(_, it)| leaf(it)).collect()
}

#[tokio::test]
async fn every_entry_gets_its_place_and_each_checkpoint_continues_the_one_before() {
    in_each_house(async |house| {
        let mut before: Option<Checkpoint> = None;
        for times in [3, 300, 1] {
            use_it(&house, times).await;
            let made = log::seal(&house.services).await.unwrap().expect("something waited");
            let leaves = leaves(&house).await;
            assert_eq!(root_from(made.size, &leaves, &[]), Some(made.root), "all entries, and nothing else");
            if let Some(before) = before {
                let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
                let asked = varsel_log::tile::Asked::default();
                consistency(&asked, before.size, made.size).unwrap();
                let tiles = log_tree::tiles(&tx, &asked.into_ids()).await.unwrap();
                let proof = consistency(&tiles, before.size, made.size).unwrap();
                assert!(continues((before.size, before.root), (made.size, made.root), &proof));
            }
            before = Some(made);
        }
        assert_eq!(log::seal(&house.services).await.unwrap(), None, "nothing waits");
    })
    .await;
}

/// A clock that is never asked for the time without somebody reading at that moment.
struct Busy {
    house: House,
    request: Request,
    read: IncidentId,
    asked: AtomicUsize,
}

impl Clock for Busy {
    fn now(&self) -> DateTime<Utc> {
        // Not for ever, so that a seal that goes on and on fails the test.
        if self.asked.fetch_add(1, Ordering::Relaxed) < 20 {
            let reading = incident::open(&self.house.services, &self.request, self.read);
            tokio::task::block_in_place(|| Handle::current().block_on(reading)).unwrap().unwrap();
        }
        self.house.now()
    }

    fn elapsed(&self) -> Duration {
        self.house.services.clock.elapsed()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_used_while_a_checkpoint_is_made_waits_for_the_next() {
    in_each_house(async |house| {
        use_it(&house, 3).await;
        let (own, _) = house.file("reporter-energy", "read-on-and-on").await;
        let request = house.request("officer-sektorcert").await;
        let busy = Arc::new(Busy { house: house.clone(), request, read: own.id, asked: AtomicUsize::new(0) });
        let services = Services { clock: busy.clone(), ..house.services.clone() };
        log::seal_waiting(&services).await.unwrap();
        assert_eq!(busy.asked.load(Ordering::Relaxed), 1, "one checkpoint");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_makes_a_checkpoint_beside_others_has_it_made_when_told_so() {
    in_each_house(async |house| {
        for round in 1..=5 {
            use_it(&house, round).await;
            let sealing = (0..8).map(|_| {
                let services = house.services.clone();
                tokio::spawn(async move { log::seal_waiting(&services).await })
            });
            for sealed in sealing.collect::<Vec<_>>() {
                sealed.await.unwrap().unwrap();
            }
            let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
            assert_eq!(access_log::oldest_waiting(&tx).await.unwrap(), None, "said to be sealed, and waits");
        }
    })
    .await;
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_or_delete_what_was_logged() {
    in_each_house(async |house| {
        use_it(&house, 2).await;
        for sealed in [false, true] {
            if sealed {
                log::seal(&house.services).await.unwrap().expect("something waited");
            }
            for sql in [
                "UPDATE access_entry SET text = replace(text, 'opened', 'listed')",
                "UPDATE access_entry SET person_id = NULL",
                "UPDATE access_entry SET position = NULL",
                "DELETE FROM access_entry",
            ] {
                let refused = execute(&house, sql).await.expect_err(sql);
                assert!(refused.contains("the log of use is"), "{refused}");
            }
        }
        for sql in [
            "UPDATE access_entry SET position = position + 1",
            "UPDATE log_checkpoint SET size = size + 1",
            "DELETE FROM log_checkpoint",
            "DELETE FROM log_tile",
            "UPDATE log_tile SET place = place + 1",
        ] {
            execute(&house, sql).await.expect_err(sql);
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_gets_past_the_database_is_noticed_at_the_next_checkpoint() {
    in_each_house(async |house| {
        use_it(&house, 2).await;
        log::seal(&house.services).await.unwrap().expect("something waited");
        // The tree was brought back to an older state, or rewritten, by somebody who owns the database.
        let connection = house.services.store.connection();
        let postgres = connection.get_database_backend() == sea_orm::DatabaseBackend::Postgres;
        let without = if postgres {
            "DROP TRIGGER log_tile_only_grows ON log_tile"
        } else {
            "DROP TRIGGER log_tile_only_grows"
        };
        execute(&house, without).await.unwrap();
        let zeros = if postgres { "decode(repeat('00', 32), 'hex')" } else { "zeroblob(32)" };
        let rewritten = format!("UPDATE log_tile SET hashes = {zeros} || substr(hashes, 33)");
        assert!(execute(&house, &rewritten).await.unwrap() > 0);
        use_it(&house, 1).await;
        let refused = log::seal(&house.services).await.expect_err("the tree is another one");
        assert!(format!("{refused:?}").contains("not the one that was signed"), "{refused:?}");
    })
    .await;
}

/// An inquiry in case 2026-17.
pub(crate) fn inquiry() -> Inquiry {
    Inquiry { case: "2026-17".to_owned(), ..Inquiry::default() }
}

pub(crate) fn page() -> PageRequest {
    PageRequest { first: 100, after: None }
}

#[tokio::test]
async fn an_investigator_reads_sentences_about_others_and_leaves_an_entry() {
    in_each_house(async |house| {
        let number = use_it(&house, 1).await;
        let request = house.request("security-officer").await;
        let before = uses(&house).await.len();
        let found = log::investigate(&house.services, &request, &inquiry(), page()).await.unwrap();
        let sentences: Vec<_> = found.rows.iter().map(|(_, it)| (it.sentence.en.clone(), it.sentence.da.clone())).collect();
        let (en, da) = sentences.last().unwrap();
        let opened = format!("Mads Krogh (officer of sektorcert) opened incident {number} (Nordvind Elnet A/S) and was shown ");
        assert!(en.starts_with(&opened), "{en}");
        let opened = format!("Mads Krogh (sagsbehandler i sektorcert) åbnede hændelsen {number} (Nordvind Elnet A/S) og fik vist ");
        assert!(da.starts_with(&opened), "{da}");
        let last = &found.rows.last().unwrap().1;
        assert!(!last.shown.is_empty() && last.shown.iter().all(|label| !label.en.contains('.') && !label.da.is_empty()));
        let all = uses(&house).await;
        assert_eq!((all.len(), all[before].kind.as_str()), (before + 1, "uses_read"));
        assert_eq!((&all[before].detail["case"], &all[before].detail["shown"]), (&json!("2026-17"), &json!(found.rows.len())));
        // The next look finds what others did, and never the investigator's own look.
        let again = log::investigate(&house.services, &request, &inquiry(), page()).await.unwrap();
        assert_eq!(again.rows.len(), found.rows.len());
    })
    .await;
}

#[tokio::test]
async fn an_inquiry_finds_exactly_what_it_asks_for() {
    in_each_house(async |house| {
        let number = use_it(&house, 2).await;
        house.file("reporter-bank", "other-report").await;
        let request = house.request("security-officer").await;
        let officer = house.request("officer-sektorcert").await.actor().unwrap().person;
        let count = async |inquiry: Inquiry| {
            let found = log::investigate(&house.services, &request, &inquiry, page()).await.unwrap();
            assert_eq!(u64::try_from(found.rows.len()).unwrap(), found.total);
            found.rows.len()
        };
        assert_eq!(count(Inquiry { person: Some(officer), ..inquiry() }).await, 2);
        assert_eq!(
            count(Inquiry {
                incident: Some(format!(" {number} ")),
                use_kind: Some(UseKind::Opened),
                ..inquiry()
            })
            .await,
            3
        );
        let all = log::investigate(&house.services, &request, &inquiry(), page()).await.unwrap();
        let id = all.rows.iter().find_map(|(_, it)| it.logged.entry.incident).unwrap().to_string();
        let digits = number.strip_prefix("V-2026-").unwrap();
        let short = format!("v-2026-{}", digits.trim_start_matches('0'));
        for named in [short.as_str(), &format!("2026-{digits}"), id.as_str()] {
            assert!(count(Inquiry { incident: Some(named.to_owned()), ..inquiry() }).await > 3, "{named}");
        }
        // Nobody is told that nobody looked because of a slip of the pen.
        for named in ["V-1999-00001", "nordvind", ""] {
            let asked = Inquiry { incident: Some(named.to_owned()), ..inquiry() };
            let refused = log::investigate(&house.services, &request, &asked, page()).await;
            assert!(matches!(refused, Err(Error::Invalid { field: "incident", .. })), "{named:?}");
            let file = log::export(&house.services, &request, &asked, Form::Csv, Language::Da).await;
            assert!(matches!(file, Err(Error::Invalid { field: "incident", .. })), "{named:?}");
        }
        assert_eq!(count(Inquiry { use_kind: Some(UseKind::Submitted), ..inquiry() }).await, 2);
        assert_eq!(count(Inquiry { until: Some(house.now()), ..inquiry() }).await, 0);
        assert_eq!(
            count(Inquiry { from: Some(house.now()), use_kind: Some(UseKind::Submitted), ..inquiry() }).await,
            2
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_reads_the_log_without_a_case_or_of_their_own_acts() {
    in_each_house(async |house| {
        let request = house.request("security-officer").await;
        let own = request.actor().unwrap().person;
        for case in ["", "  ", &"9".repeat(61), "a\u{7}"] {
            let refused = log::investigate(
                &house.services,
                &request,
                &Inquiry { case: case.to_owned(), ..Inquiry::default() },
                page(),
            )
            .await;
            assert!(matches!(refused, Err(Error::Invalid { field: "case", .. })), "{case:?}");
        }
        let refused =
            log::investigate(&house.services, &request, &Inquiry { person: Some(own), ..inquiry() }, page())
                .await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })));
        let refused = log::export(
            &house.services,
            &request,
            &Inquiry { person: Some(own), ..inquiry() },
            Form::Bundle,
            Language::Da,
        )
        .await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })));
        for other in ["duty-officer", "reporter-energy", "administrator"] {
            let request = house.request(other).await;
            let refused = log::investigate(&house.services, &request, &inquiry(), page()).await;
            assert!(matches!(refused, Err(Error::NotFound { .. })), "{other}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_of_evidence_verifies_offline_and_the_others_read_well() {
    in_each_house(async |house| {
        let number = use_it(&house, 3).await;
        let request = house.request("security-officer").await;
        let officer = house.request("officer-sektorcert").await.actor().unwrap().person;
        let asked = Inquiry { person: Some(officer), ..inquiry() };
        let file = async |form, language| {
            log::export(&house.services, &request, &asked, form, language).await.unwrap()
        };
        let bundle = file(Form::Bundle, Language::Da).await;
        let key = house.services.log.signer().verifier().clone();
        let mut entries = Vec::new();
        let verified = varsel_log::export::open(&*bundle, Some(&key))
            .unwrap()
            .verify(&[], |entry| entries.push(entry.entry))
            .unwrap();
        assert_eq!((verified.entries, &verified.about["case"]), (3, &json!("2026-17")));
        assert!(
            entries.iter().all(|entry| entry.contains("Mads Krogh") && entry.contains("\"use\":\"opened\""))
        );
        let csv = String::from_utf8(file(Form::Csv, Language::Da).await).unwrap();
        assert_eq!(csv.lines().count(), 4);
        assert!(csv.contains(&format!("åbnede hændelsen {number}")), "{csv}");
        assert_eq!(csv.matches(",Arbejde med enhedens sager\r\n").count(), 3, "for which purpose: {csv}");
        let html = String::from_utf8(file(Form::Html, Language::En).await).unwrap();
        assert!(
            html.contains("<html lang=\"en\">")
                && html.matches(&format!("opened incident {number}")).count() == 3
                && html.matches("<p>To work on the unit&#x27;s cases</p>").count() == 3,
            "{html}"
        );
        assert!(!html.contains("<script"), "a file of evidence runs nothing");
        let kinds: Vec<_> = uses(&house).await.into_iter().rev().take(3).map(|it| it.kind).collect();
        assert_eq!(kinds, ["uses_exported"; 3]);
    })
    .await;
}

#[tokio::test]
async fn an_erased_entry_is_gone_and_every_proof_stays_true() {
    in_each_house(async |house| {
        use_it(&house, 2).await;
        let first = log::seal(&house.services).await.unwrap().expect("something waited");
        house.advance(TimeDelta::days(400));
        let deadline = house.now() - TimeDelta::days(200);
        use_it(&house, 1).await;
        let second = log::seal(&house.services).await.unwrap().expect("something waited");
        let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
        let erased = access_log::erase(&tx, deadline, house.now()).await.unwrap().expect("something was due");
        tx.commit().await.unwrap();
        assert_eq!(erased.places.ranges(), [(0, first.size - 1)]);
        assert_eq!(u64::try_from(leaves(&house).await.len()).unwrap(), second.size - first.size);
        // What is left is exported and verified as before, and the log goes on.
        let request = house.request("security-officer").await;
        let bundle =
            log::export(&house.services, &request, &inquiry(), Form::Bundle, Language::En).await.unwrap();
        let verified = varsel_log::export::open(&*bundle, None).unwrap().verify(&[], |_| ()).unwrap();
        assert!(verified.entries > 0 && verified.checkpoint.size > second.size - first.size);
        // Outside an erasure nothing can be deleted, nor before the deadline within one.
        execute(&house, "DELETE FROM access_entry").await.expect_err("no erasure is under way");
    })
    .await;
}

#[tokio::test]
async fn uses_that_are_committed_together_are_there_before_each_answer() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "one-report").await;
        let request = house.request("officer-sektorcert").await;
        let one = async |number: usize| {
            let request = Request { request_id: format!("at-once-{number}"), ..request.clone() };
            let shown = incident::open(&house.services, &request, own.id).await.unwrap();
            assert!(shown.is_some());
            let written =
                count(&house, &format!("access_entry WHERE text LIKE '%\"at-once-{number}\"%'")).await;
            assert_eq!(written, 1, "request {number} was answered");
        };
        futures_util::future::join_all((0..50).map(one)).await;
        assert_eq!(count(&house, "access_entry WHERE text LIKE '%\"at-once-%'").await, 50);
        assert!(count(&house, "authorisation_use").await >= 50);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_shown_anything_while_the_log_cannot_be_written() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "one-report").await;
        let request = house.request("officer-sektorcert").await;
        let open = || incident::open(&house.services, &request, own.id);
        execute(&house, "ALTER TABLE access_entry RENAME TO taken_away").await.unwrap();
        let together = futures_util::future::join_all((0..8).map(|_| open())).await;
        assert!(together.iter().all(Result::is_err), "{together:?}");
        execute(&house, "ALTER TABLE taken_away RENAME TO access_entry").await.unwrap();
        assert!(open().await.unwrap().is_some(), "and then it goes on");
    })
    .await;
}

/// The mail of the day, as its reader saves it.
async fn mailed(house: &House) -> Vec<String> {
    let directory = std::env::temp_dir().join(format!("varsel_log_{}", house.services.ids.next(house.now())));
    let (settings, mut house) = (mails_in(&directory), house.clone());
    house.services.configured.use_log.checkpoint_mailboxes =
        vec!["dpo@authority.example".to_owned(), "board@authority.example".to_owned()];
    log::schedule(&house.services).await.unwrap();
    house.advance(TimeDelta::days(1));
    while run_due(&house.services, &settings).await.unwrap() > 0 {}
    let files = std::fs::read_dir(&directory).into_iter().flatten();
    let mails = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let to_keep = mails.filter(|mail| mail.contains("@authority.example")).collect();
    std::fs::remove_dir_all(&directory).unwrap();
    to_keep
}

async fn compared(house: &House, mail: &str) -> Compared {
    log::compare(&house.services.store, &House::log_key(), mail).await.unwrap()
}

#[tokio::test]
async fn a_checkpoint_is_mailed_every_day_and_the_log_is_held_to_it() {
    in_each_house(async |house| {
        use_it(&house, 300).await;
        let mails = mailed(&house).await;
        assert_eq!(mails.len(), 2, "one for each mailbox");
        for mail in &mails {
            assert!(!mail.contains("V-2026"), "{mail}");
        }
        let Compared::Continues { then, now, .. } = compared(&house, &mails[0]).await else {
            panic!("{}", mails[0])
        };
        assert_eq!(then, now);
        use_it(&house, 5).await;
        log::seal(&house.services).await.unwrap().unwrap();
        let later = compared(&house, &mails[1]).await;
        assert!(
            matches!(later, Compared::Continues { then: it, now, .. } if it == then && now > then),
            "{later:?}"
        );
        assert_eq!(mailed(&house).await.len(), 2, "and again the day after");
        assert_eq!(compared(&house, "Nothing.").await, Compared::Unsigned);
        let forged = mails[0].replace(&format!("\r\n{then}\r\n"), &format!("\r\n{}\r\n", then + 1));
        assert_eq!(compared(&house, &forged).await, Compared::Unsigned);
    })
    .await;
}

#[tokio::test]
async fn a_log_that_was_rewritten_or_put_back_does_not_agree_with_the_mail() {
    in_each_house(async |house| {
        use_it(&house, 20).await;
        let mail = mailed(&house).await.remove(0);
        let Compared::Continues { then, .. } = compared(&house, &mail).await else { panic!("{mail}") };
        // Whoever has the database and the key writes another past: as many entries, other ones.
        let walls = if house.services.store.is_shared() {
            ["log_tile", "log_checkpoint"]
                .map(|table| format!("ALTER TABLE {table} DISABLE TRIGGER ALL"))
                .to_vec()
        } else {
            let all =
                ["log_tile_is_kept", "log_tile_only_grows", "log_checkpoint_is_kept", "log_checkpoint_stays"];
            all.map(|trigger| format!("DROP TRIGGER {trigger}")).to_vec()
        };
        let emptied = ["log_tile", "log_checkpoint"].map(|table| format!("DELETE FROM {table}"));
        for statement in walls.iter().chain(&emptied) {
            execute(&house, statement).await.unwrap();
        }
        assert_eq!(compared(&house, &mail).await, Compared::WentBack { then, now: 0 });
        execute(&house, "DELETE FROM access_entry").await.unwrap_err();
        let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
        let leaves: Vec<_> = (0..then + 3)
            .map(|number| Hash::of_entry(&varsel_log::Salt([9; 32]), number.to_string().as_bytes()))
            .collect();
        let mut tiles = log_tree::tiles(&tx, &[]).await.unwrap();
        let changed = varsel_log::append::append(&mut tiles, 0, &leaves).unwrap();
        let root = varsel_log::proof::root(&tiles, then + 3).unwrap();
        let another = Checkpoint { origin: House::log_key().name().to_owned(), size: then + 3, root };
        log_tree::keep(&tx, &changed).await.unwrap();
        let note = another.sign(house.services.log.signer());
        log_tree::add_checkpoint(&tx, &another, &note, house.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(compared(&house, &mail).await, Compared::Changed { then });
    })
    .await;
}
