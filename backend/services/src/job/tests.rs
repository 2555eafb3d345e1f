//! From the outbox to the relay, on both databases; time is moved, never waited for.

mod change;
mod fixture;
mod relay;

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::time::Duration;

use chrono::{DateTime, TimeDelta};
use fixture::{CANARY, UNIT, file, open_case, write};
use relay::{Mood, Relay};
use varsel_domain::authz::Scope;
use varsel_domain::organisation::Language;
use varsel_domain::{Ids, JobId, RandomIds};
use varsel_storage::job::{Lane, next_at, reserve};

use super::{Failure, MailSettings, MailTransport, enqueue, run, run_due};
use crate::mail::{Addressee, CaseOpened, Mail, Mailer};
use crate::testing::{House, in_each_house};

const REPORTER: &str = "aase@energi.example";
const DESK: &str = "vagt@desk.example";

fn settings(transport: MailTransport) -> MailSettings {
    MailSettings {
        transport,
        from: "Varsel <varsel@varsel.example>".to_owned(),
        public_url: "https://varsel.example".to_owned(),
        unit_addresses: BTreeMap::from([(UNIT.to_owned(), DESK.to_owned())]),
    }
}

fn over(relay: &Relay) -> MailSettings {
    settings(MailTransport::Smtp { url: relay.url() })
}

/// The value of a header.
fn header<'a>(mail: &'a str, name: &str) -> &'a str {
    let mut lines = mail.lines().take_while(|line| !line.is_empty());
    lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap()
}

/// The one mail to an address. Jobs of one moment run in any order.
fn mail_to<'a>(mails: &'a [String], address: &str) -> &'a str {
    let mut found = mails.iter().filter(|mail| header(mail, "To").contains(address));
    let mail = found.next().unwrap();
    assert_eq!(found.next(), None, "more than one mail to {address}");
    mail
}

/// Every kind of job.
const ALL: Lane = Lane::Except(&[]);

async fn outbox_is_empty(house: &House) -> bool {
    let tx = house.services.store.begin(&Scope::system()).await.unwrap();
    next_at(&tx, ALL).await.unwrap().is_none()
}

#[tokio::test]
async fn a_report_is_mailed_to_its_reporter_and_to_the_unit() {
    in_each_house(async |house| {
        let relay = Relay::start(Mood::Takes);
        file(&house, Some(REPORTER)).await;
        assert_eq!(run_due(&house.services, &over(&relay)).await.unwrap(), 2);
        let mails = relay.taken();
        let receipt = mail_to(&mails, REPORTER);
        let number = header(receipt, "Subject").strip_prefix("Vi har modtaget din indberetning ").unwrap();
        assert!(number.starts_with("V-2026-"), "{number}");
        assert!(receipt.contains("26. november 2026 kl. 10.20"), "what is due next");
        assert!(header(mail_to(&mails, DESK), "Subject").contains(number));
        assert_eq!(run_due(&house.services, &over(&relay)).await.unwrap(), 0, "each of them once");
        assert!(outbox_is_empty(&house).await);
    })
    .await;
}

#[tokio::test]
async fn a_filed_report_tells_its_reporter_and_every_unit_that_got_a_case() {
    in_each_house(async |house| {
        let relay = Relay::start(Mood::Takes);
        let (incident, _) = house.file("reporter-energy", "one-report").await;
        let mut settings = over(&relay);
        settings.unit_addresses = incident
            .cases
            .iter()
            .map(|case| (case.unit.0.clone(), format!("{}@x.example", case.unit)))
            .collect();
        run_due(&house.services, &settings).await.unwrap();
        let mails = relay.taken();
        assert!(incident.cases.len() >= 2 && mails.len() == 1 + incident.cases.len());
        let receipt = mail_to(&mails, "@nordvind-elnet.example");
        assert!(receipt.contains(&format!("https://varsel.example/incident/{}", incident.id)));
        for case in &incident.cases {
            let notice = mail_to(&mails, &format!("{}@x.example", case.unit));
            assert!(notice.contains(&format!("https://varsel.example/case/{}", case.id)), "{}", case.unit);
        }
        for mail in &mails {
            assert!(mail.contains(&incident.number) && !mail.contains("Nordvind Elnet"), "{mail}");
        }
    })
    .await;
}

#[tokio::test]
async fn no_mail_repeats_anything_that_was_reported() {
    in_each_house(async |house| {
        let relay = Relay::start(Mood::Takes);
        file(&house, Some(REPORTER)).await;
        run_due(&house.services, &over(&relay)).await.unwrap();
        assert_eq!(relay.taken().len(), 2);
        for mail in relay.taken() {
            // Quoted-printable may break a line within the word.
            assert!(!mail.replace("=\n", "").contains(CANARY), "{mail}");
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_is_sent_for_a_report_that_was_rolled_back() {
    in_each_house(async |house| {
        let relay = Relay::start(Mood::Takes);
        let tx = house.services.store.begin(&Scope::system()).await.unwrap();
        let (receipt, _) = write(&house, &tx, Some(REPORTER)).await;
        enqueue(&tx, &*house.services.ids, house.now(), &receipt).await.unwrap();
        drop(tx);
        assert_eq!(run_due(&house.services, &over(&relay)).await.unwrap(), 0);
        assert_eq!(relay.offered(), 0);
    })
    .await;
}

#[tokio::test]
async fn one_event_is_told_once_however_often_it_is_queued() {
    in_each_house(async |house| {
        let relay = Relay::start(Mood::Takes);
        let tx = house.services.store.begin(&Scope::system()).await.unwrap();
        let (receipt, _) = write(&house, &tx, Some(REPORTER)).await;
        for _ in 0..3 {
            enqueue(&tx, &*house.services.ids, house.now(), &receipt).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(run_due(&house.services, &over(&relay)).await.unwrap(), 1);
        assert_eq!(relay.taken().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_refused_mail_is_tried_for_three_days_ever_more_patiently_and_then_given_up() {
    in_each_house(async |house| {
        let relay = Relay::start(Mood::Refuses);
        open_case(&house).await;
        let hourly = std::iter::repeat_n(3600, 70);
        for wait in [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560].into_iter().chain(hourly) {
            assert_eq!(run_due(&house.services, &over(&relay)).await.unwrap(), 1);
            house.advance(TimeDelta::seconds(wait) - TimeDelta::microseconds(1));
            assert_eq!(run_due(&house.services, &over(&relay)).await.unwrap(), 0, "before {wait} s");
            house.advance(TimeDelta::microseconds(1));
        }
        assert_eq!(run_due(&house.services, &over(&relay)).await.unwrap(), 1);
        assert_eq!(relay.offered(), 81);
        assert!(outbox_is_empty(&house).await, "given up");
    })
    .await;
}

#[tokio::test]
async fn a_mail_goes_out_as_soon_as_the_relay_is_back() {
    in_each_house(async |house| {
        let relay = Relay::start(Mood::Refuses);
        open_case(&house).await;
        run_due(&house.services, &over(&relay)).await.unwrap();
        relay.set_mood(Mood::Takes);
        house.advance(TimeDelta::days(3));
        assert_eq!(run_due(&house.services, &over(&relay)).await.unwrap(), 1, "a late runner catches up");
        assert_eq!(relay.taken().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_may_have_been_taken_is_sent_again_under_the_same_message_id() {
    in_each_house(async |house| {
        let relay = Relay::start(Mood::TakesInSilence);
        open_case(&house).await;
        run_due(&house.services, &over(&relay)).await.unwrap();
        relay.set_mood(Mood::Takes);
        house.advance(TimeDelta::seconds(5));
        assert_eq!(run_due(&house.services, &over(&relay)).await.unwrap(), 1);
        let ids: Vec<String> =
            relay.taken().iter().map(|mail| header(mail, "Message-ID").to_owned()).collect();
        assert_eq!(ids.len(), 2);
        assert_eq!(ids[0], ids[1]);
        assert!(ids[0].ends_with("@varsel.example>"));
    })
    .await;
}

#[tokio::test]
async fn the_job_of_a_runner_that_died_is_taken_over_when_its_lease_ends() {
    in_each_house(async |house| {
        let relay = Relay::start(Mood::Takes);
        open_case(&house).await;
        let tx = house.services.store.begin(&Scope::system()).await.unwrap();
        let dead = reserve(&tx, ALL, house.now(), TimeDelta::minutes(10)).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        assert_eq!(run_due(&house.services, &over(&relay)).await.unwrap(), 0, "it may still be alive");
        house.advance(TimeDelta::minutes(10));
        assert_eq!(run_due(&house.services, &over(&relay)).await.unwrap(), 1);
        assert_eq!(header(&relay.taken()[0], "Message-ID"), format!("<{}@varsel.example>", dead.id));
    })
    .await;
}

#[tokio::test]
async fn a_job_that_ends_every_runner_is_given_up_without_being_run_again() {
    in_each_house(async |house| {
        let relay = Relay::start(Mood::Takes);
        open_case(&house).await;
        for _ in 0..81 {
            let tx = house.services.store.begin(&Scope::system()).await.unwrap();
            assert!(reserve(&tx, ALL, house.now(), TimeDelta::minutes(10)).await.unwrap().is_some());
            tx.commit().await.unwrap();
            house.advance(TimeDelta::minutes(10));
        }
        assert_eq!(run_due(&house.services, &over(&relay)).await.unwrap(), 1);
        assert_eq!(relay.offered(), 0);
        assert!(outbox_is_empty(&house).await);
    })
    .await;
}

#[tokio::test]
async fn two_runners_at_once_send_each_mail_once() {
    in_each_house(async |house| {
        let relay = Relay::start(Mood::Takes);
        for _ in 0..10 {
            file(&house, Some(REPORTER)).await;
        }
        let mail = over(&relay);
        let (one, other) = tokio::join!(run_due(&house.services, &mail), run_due(&house.services, &mail));
        assert_eq!(one.unwrap() + other.unwrap(), 20);
        let mut ids: Vec<String> =
            relay.taken().iter().map(|mail| header(mail, "Message-ID").to_owned()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!((ids.len(), relay.taken().len()), (20, 20));
    })
    .await;
}

#[tokio::test]
async fn a_recipient_without_an_address_gets_nothing_and_holds_nothing_up() {
    in_each_house(async |house| {
        let relay = Relay::start(Mood::Takes);
        file(&house, None).await;
        assert_eq!(run_due(&house.services, &over(&relay)).await.unwrap(), 2);
        assert_eq!(relay.taken().len(), 1, "only the unit has an address");
        assert!(outbox_is_empty(&house).await);
    })
    .await;
}

#[tokio::test]
async fn the_demo_writes_files_and_no_address_that_can_exist() {
    in_each_house(async |house| {
        // Not there yet, and in a place of its own.
        let folder = std::env::temp_dir().join(JobId(RandomIds::from_system().next(house.now())).to_string());
        let directory = folder.join("data").join("mail");
        let mut mail = settings(MailTransport::Directory(directory.clone()));
        mail.unit_addresses.clear();
        open_case(&house).await;
        assert_eq!(run_due(&house.services, &mail).await.unwrap(), 1);
        let files: Vec<_> = std::fs::read_dir(&directory).unwrap().map(|file| file.unwrap().path()).collect();
        assert_eq!(files.len(), 1);
        assert!(files[0].extension().is_some_and(|extension| extension == "eml"));
        let text = std::fs::read_to_string(&files[0]).unwrap().replace("\r\n", "\n");
        assert_eq!(header(&text, "To"), format!("{UNIT}@units.example"));
        std::fs::remove_dir_all(folder).unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_failure_says_whether_the_mail_may_have_been_taken_and_names_nobody() {
    let to = Addressee { name: None, email: DESK.to_owned(), language: Language::Da };
    let (job, now) = (JobId(uuid::Uuid::nil()), DateTime::UNIX_EPOCH);
    for (mood, expected) in
        [(Mood::Takes, Ok(())), (Mood::Refuses, Err(Failure::NotDone("the relay answered 550".to_owned())))]
    {
        let mailer = Mailer::new(over(&Relay::start(mood))).unwrap();
        assert_eq!(mailer.send(job, &to, &CaseOpened::samples()[0], now).await, expected);
    }
    let mailer = Mailer::new(over(&Relay::start(Mood::TakesInSilence))).unwrap();
    let silent = mailer.send(job, &to, &CaseOpened::samples()[0], now).await;
    assert!(matches!(silent, Err(Failure::Indeterminate(_))), "{silent:?}");
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mailer = Mailer::new(settings(MailTransport::Smtp { url: format!("smtp://{nobody}") })).unwrap();
    let refused = mailer.send(job, &to, &CaseOpened::samples()[0], now).await;
    assert!(matches!(refused, Err(Failure::NotDone(_))), "{refused:?}");
}

#[tokio::test]
async fn a_running_runner_is_woken_by_a_commit() {
    in_each_house(async |house| {
        let relay = Relay::start(Mood::Takes);
        let reports = async {
            for filed in 1..=3 {
                open_case(&house).await;
                house.services.live.ring();
                relay.has_taken(filed).await;
                // The runner records it, looks once more and goes to sleep, long before these are through.
                let mut looks = 0;
                while looks < 20 {
                    looks += i32::from(outbox_is_empty(&house).await);
                }
            }
        };
        tokio::select! {
            result = run(house.services.clone(), over(&relay)) => panic!("it ended: {result:?}"),
            () = reports => {}
            // Less than the pause of a runner that nobody wakes.
            () = tokio::time::sleep(Duration::from_secs(25)) => panic!("it was not woken"),
        }
    })
    .await;
}

#[tokio::test]
async fn settings_that_cannot_be_used_are_refused_before_anything_is_sent() {
    let good = settings(MailTransport::Smtp { url: "smtp://mail.example".to_owned() });
    for bad in [
        MailSettings { from: "nobody".to_owned(), ..good.clone() },
        MailSettings { public_url: "varsel.example".to_owned(), ..good.clone() },
        MailSettings { transport: MailTransport::Smtp { url: "mail.example".to_owned() }, ..good.clone() },
    ] {
        assert!(Mailer::new(bad).is_err());
    }
    assert!(Mailer::new(good).is_ok());
}
