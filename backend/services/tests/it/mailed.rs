//! A mail that names an incident leaves an entry in the log of use before it goes out.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::TimeDelta;
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::rules::StageRef;
use varsel_services::job::run_due;
use varsel_services::log::{Inquiry, investigate};
use varsel_services::report::{RequestReport, request_report};
use varsel_services::testing::{House, in_each_house, mails_in};
use varsel_services::view::{IncidentView, PageRequest};

use crate::rows::{Use, break_table, execute, mend_table, uses};

/// A folder for mails, which takes none as long as a file is in its place.
struct Folder(PathBuf);

impl Folder {
    fn new(house: &House) -> Self {
        let name = format!("varsel-mailed-{}", house.services.ids.next(house.now()));
        Self(std::env::temp_dir().join(format!("{name}-{:?}", std::thread::current().id())))
    }

    async fn run(&self, house: &House) {
        // Longer than a job waits that has failed a few times.
        house.advance(TimeDelta::minutes(1));
        run_due(&house.services, &mails_in(self.0.clone())).await.unwrap();
    }

    fn mails(&self) -> Vec<String> {
        let files = std::fs::read_dir(&self.0).into_iter().flatten();
        files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn mailed(house: &House) -> Vec<Use> {
    uses(house).await.into_iter().filter(|it| it.kind == "mailed").collect()
}

/// Files a report, and has an authority ask for another: a receipt, a notice to each unit, and the request.
async fn report(house: &House) -> IncidentView {
    let (incident, _) = house.file("reporter-energy", "one-report").await;
    let stage = StageRef { regime: "nis2_energy_dk".to_owned(), stage: "intermediate_report".to_owned() };
    let asked = RequestReport { incident: incident.id, stage, due: house.now() + TimeDelta::days(2) };
    request_report(&house.services, &house.request("duty-officer").await, asked).await.unwrap()
}

#[tokio::test]
async fn a_mail_that_names_an_incident_is_logged_once_and_first() {
    in_each_house(async |house| {
        let (incident, folder) = (report(&house).await, Folder::new(&house));
        std::fs::write(&folder.0, "in the way").unwrap();
        folder.run(&house).await;
        let logged = mailed(&house).await;
        assert_eq!(logged.len(), 2 + incident.cases.len(), "before any mail is out: {logged:#?}");
        folder.run(&house).await;
        std::fs::remove_file(&folder.0).unwrap();
        folder.run(&house).await;
        assert_eq!(mailed(&house).await, logged, "the same mail, however often it is tried");

        let mails = folder.mails();
        assert_eq!(mails.len(), logged.len());
        assert!(mails.iter().all(|mail| mail.contains(&incident.number)));
        for (entry, mail) in logged.iter().map(|entry| {
            let of = |mail: &&String| mail.contains(&format!("<{}@", entry.request_id));
            (entry, mails.iter().find(of).unwrap())
        }) {
            assert_eq!((entry.name.as_str(), entry.function.as_str()), ("Varsel", "system"));
            assert_eq!(entry.incident_id, Some(incident.id.0));
            let to = entry.detail["to"].as_str().unwrap();
            assert!(to.starts_with("person_") || mail.contains(&format!("{to}@units.example")), "{entry:?}");
        }
        let reporter = house.request("reporter-energy").await.actor.unwrap().person.to_string();
        let units = incident.cases.iter().map(|case| ("case_opened".to_owned(), case.unit.to_string()));
        let mut expected: BTreeSet<_> = units.collect();
        expected.extend(["report_received", "report_requested"].map(|it| (it.to_owned(), reporter.clone())));
        let word = |it: &Use, name: &str| it.detail[name].as_str().unwrap().to_owned();
        let told: BTreeSet<_> = logged.iter().map(|it| (word(it, "mail"), word(it, "to"))).collect();
        assert_eq!(told, expected);
    })
    .await;
}

#[tokio::test]
async fn an_investigator_finds_the_mails_by_the_number_of_the_incident() {
    in_each_house(async |house| {
        let (incident, folder) = (report(&house).await, Folder::new(&house));
        folder.run(&house).await;
        let inquiry = Inquiry {
            case: "2026-17".to_owned(),
            incident: Some(incident.number.clone()),
            use_kind: Some(UseKind::Mailed),
            ..Inquiry::default()
        };
        let by = house.request("security-officer").await;
        let found = investigate(&house.services, &by, &inquiry, PageRequest { first: 100, after: None })
            .await
            .unwrap();
        let said: BTreeSet<_> =
            found.rows.into_iter().map(|(_, it)| (it.sentence.da, it.sentence.en)).collect();
        let (number, organisation) = (&incident.number, &incident.organisation.name);
        let reporter = house.request("reporter-energy").await.actor.unwrap().name;
        for (to, da, en) in [
            (reporter.as_str(), "en indberetning er modtaget", "a report was received"),
            (reporter.as_str(), "en myndighed har bedt om en rapport", "an authority asked for a report"),
            ("sektorcert", "en sag er åbnet", "a case was opened"),
        ] {
            let da = format!(
                "Varsel (systemet selv) sendte {to} en mail om hændelsen {number} ({organisation}): {da}."
            );
            let en =
                format!("Varsel (system) sent {to} a mail about incident {number} ({organisation}): {en}.");
            assert!(said.contains(&(da, en)), "{said:#?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_logged_is_not_mailed_and_what_is_not_mailed_is_not_logged() {
    in_each_house(async |house| {
        let (incident, folder) = (report(&house).await, Folder::new(&house));
        execute(&house, "UPDATE person SET email = NULL").await;
        break_table(&house, "access_entry").await;
        folder.run(&house).await;
        assert_eq!(folder.mails(), Vec::<String>::new());
        mend_table(&house, "access_entry").await;
        folder.run(&house).await;
        assert_eq!(folder.mails().len(), incident.cases.len(), "the reporter has no address");
        let told: Vec<_> = mailed(&house).await.into_iter().map(|it| it.detail["mail"].clone()).collect();
        assert_eq!(told, vec![json!("case_opened"); incident.cases.len()]);
    })
    .await;
}
