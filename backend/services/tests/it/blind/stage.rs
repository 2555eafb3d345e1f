//! Where it happens: who is there, what they can do, and what there is to see.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{Months, TimeDelta};
use serde_json::json;
use varsel_domain::change::Change;
use varsel_domain::organisation::Language;
use varsel_domain::{ApiTokenId, BlockId, IncidentId, PersonId, ReviewId};
use varsel_services::attempt::{self, Tried};
use varsel_services::authorisation::Grants;
use varsel_services::compliance::Installation;
use varsel_services::local::{self, Home};
use varsel_services::log::{self, Form, Inquiry};
use varsel_services::session::{self, Claims, Invitation};
use varsel_services::testing::{House, mails_in};
use varsel_services::view::{IncidentView, PageRequest};
use varsel_services::{Request, demo, job, review};

use super::interpret::{Use, told};
use super::{administering, reporting, watching};
use crate::attempt::try_in;
use crate::authorisation::{claims, sign_in};
use crate::compliance::sound;
use crate::local::{enrol, invitee, link, request_in};

/// Whoever runs the server, in the log.
pub(super) const OPERATOR: &str = "whoever runs the server";
/// What is sought: an investigator must find it again, however it looks.
const SOUGHT: [&str; 5] = ["Nordvind", "bank, \"sund\"", "=2+3", "x”, shown 99", "a"];

/// Something that can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Reporting(reporting::Act),
    Administering(administering::Act),
    Watching(watching::Act),
}

impl Act {
    /// Does it, and says so to the stage.
    pub(super) async fn done(self, stage: &Stage, by: &Person, chance: u32) {
        match self {
            Self::Reporting(act) => act.done(stage, by, chance).await,
            Self::Administering(act) => act.done(stage, by, chance).await,
            Self::Watching(act) => act.done(stage, by, chance).await,
        }
    }
}

/// Somebody, and what they do how often.
pub(super) struct Person {
    pub(super) request: Request,
    pub(super) name: String,
    pub(super) acts: &'static [(u32, Act)],
}

pub(super) struct Stage {
    pub(super) house: House,
    pub(super) people: Vec<Person>,
    /// Those who do nothing, to whom things are done.
    pub(super) others: Vec<PersonId>,
    pub(super) incidents: Vec<(IncidentId, String)>,
    pub(super) reviews: Vec<ReviewId>,
    pub(super) blocks: Vec<BlockId>,
    pub(super) proposals: Mutex<Vec<Change>>,
    pub(super) accounts: Mutex<Vec<PersonId>>,
    pub(super) tokens: Mutex<Vec<(ApiTokenId, PersonId)>>,
    pub(super) installation: Installation,
    names: Mutex<HashMap<PersonId, String>>,
    numbers: AtomicU32,
    truth: Mutex<Vec<Use>>,
}

/// One of them, as chance has it.
pub(super) fn one<T>(of: &[T], chance: u32) -> &T {
    &of[usize::try_from(chance).unwrap() % of.len()]
}

/// As a sentence lists them.
pub(super) fn listed<T: Display>(all: impl IntoIterator<Item = T>) -> String {
    all.into_iter().map(|it| it.to_string()).collect::<Vec<_>>().join(" ")
}

/// A text to seek, and how the log tells it: lists are searched without regard to capitals, and a sentence has no quotation marks
/// like its own within a value.
pub(super) fn sought(chance: u32) -> (String, String) {
    let text = *one(&SOUGHT, chance);
    (text.to_owned(), text.to_lowercase().replace(['“', '”'], "\""))
}

pub(super) fn page(first: u32) -> PageRequest {
    PageRequest { first, after: None }
}

impl Stage {
    /// The scene before it begins: rights under review, ways in that were closed, accounts, incidents, and a version of the rules that
    /// came into force after the first of them. What is done for it is told, too.
    pub(super) async fn set(house: House) -> Self {
        let house = house.with_local();
        let mut stage = Self {
            people: Vec::new(),
            others: Vec::new(),
            incidents: Vec::new(),
            reviews: Vec::new(),
            blocks: Vec::new(),
            proposals: Mutex::default(),
            accounts: Mutex::default(),
            tokens: Mutex::default(),
            installation: sound(&house).await,
            names: Mutex::default(),
            numbers: AtomicU32::default(),
            truth: Mutex::default(),
            house,
        };
        stage.open_reviews().await;
        for handle in ["reporter-municipality", "officer-dcis-sund", "officer-datatilsynet", "coordinator"] {
            let person = demo::find(&stage.house.services, handle).await.unwrap().person;
            stage.know(person.id, &person.name);
            stage.others.push(person.id);
        }
        stage.close_ways_in().await;
        stage.file_all().await;
        administering::publish(&stage).await;
        stage.enter().await;
        stage
    }

    /// Half a year passes: a review of each reach is open.
    async fn open_reviews(&mut self) {
        let services = &self.house.services;
        review::schedule(services).await.unwrap();
        let now = self.house.now();
        self.house.advance(now.checked_add_months(Months::new(5)).unwrap() - now + TimeDelta::days(1));
        let mails = tempfile::tempdir().unwrap();
        while job::run_due(services, &mails_in(mails.path())).await.unwrap() > 0 {}
        let auditor = self.house.request("security-officer").await;
        let found = review::list(services, &auditor, page(100)).await.unwrap().rows;
        let name = &auditor.actor().unwrap().name;
        let reviews: Vec<_> = found.iter().map(|(_, view)| view.review.id).collect();
        self.did(name, "review_read", "", &[("reviews", listed(&reviews))]);
        for (_, view) in &found {
            let details =
                [("review", view.review.id.to_string()), ("items", view.progress.items.to_string())];
            self.did("Varsel", "review_opened", "", &details);
        }
        self.did("Varsel", "job_run", "", &[("job", "open_reviews".to_owned())]);
        assert_eq!(reviews.len(), 10, "one for each reach");
        self.reviews = reviews;
    }

    /// Five wrong passwords from each of some machines.
    async fn close_ways_in(&mut self) {
        let services = &self.house.services;
        for machine in 0..6 {
            for name in ["a", "b", "c", "d", "e"] {
                try_in(services, Tried::Name(name), &format!("192.0.2.{machine}"), false).await;
            }
        }
        let auditor = self.house.request("security-officer").await;
        let found = attempt::blocks(services, &auditor, true, page(100)).await.unwrap().rows;
        self.blocks = found.iter().map(|(_, view)| view.block.id).collect();
        self.did(&auditor.actor().unwrap().name, "attempts_read", "", &[("blocks", listed(&self.blocks))]);
        assert!(self.blocks.len() >= 6, "{}", self.blocks.len());
    }

    async fn file_all(&mut self) {
        let mut product = self.house.facts("reporter-energy");
        let facts = json!({
            "org.manufacturer": true, "product.severe_incident": true, "product.exploited_vulnerability": false,
            "product_identity": "Gateway 4",
        });
        product.as_object_mut().unwrap().extend(facts.as_object().unwrap().clone());
        let energy = self.house.facts("reporter-energy");
        let all = [
            ("reporter-energy", product),
            ("reporter-energy", energy.clone()),
            ("reporter-energy", energy),
            ("reporter-bank", self.house.facts("reporter-bank")),
            ("reporter-municipality", self.house.facts("reporter-municipality")),
        ];
        for (number, (handle, facts)) in all.into_iter().enumerate() {
            let (view, _) = self.house.file_facts(handle, &format!("report-{number}"), facts).await;
            let name = self.house.request(handle).await.actor().unwrap().name.clone();
            // The answer to a report shows what was reported.
            self.opened(&name, &view);
            self.did(&name, "submitted", &view.number, &[]);
            self.incidents.push((view.id, view.number));
        }
    }

    /// Everybody comes in: the eight, a member with an account of Varsel's own, and whoever runs the server.
    async fn enter(&mut self) {
        let eight = [
            ("reporter-energy", reporting::REPORTER),
            ("reporter-bank", reporting::REPORTER),
            ("officer-sektorcert", reporting::OFFICER),
            ("officer-finanstilsynet", reporting::OFFICER),
            ("duty-officer", reporting::OFFICER),
            ("administrator", administering::ADMINISTRATOR),
            ("administrator-second", administering::ADMINISTRATOR),
            ("security-officer", watching::AUDITOR),
        ];
        for (handle, acts) in eight {
            let request = self.house.request(handle).await;
            let actor = request.actor().unwrap();
            self.know(actor.person, &actor.name);
            self.people.push(Person { name: actor.name.clone(), request, acts });
        }
        let (member, token) = link(&self.house).await;
        self.know(member, "Bo Holm");
        self.did(OPERATOR, "account_invited", "Bo Holm", &[]);
        let enrolled = enrol(&self.house, &token, crate::local::PASSWORD).await.unwrap();
        let by = [("set", "password+code".to_owned()), ("by", "link".to_owned())];
        self.did("Bo Holm", "credentials_changed", "", &by);
        let request = request_in(&self.house, &enrolled.enrolment.token).await;
        self.people.push(Person { name: "Bo Holm".to_owned(), request, acts: watching::MEMBER });
        let nobody = self.people[0].request.clone();
        self.people.push(Person { name: OPERATOR.to_owned(), request: nobody, acts: watching::OPERATOR });
        self.name_administrator().await;
    }

    /// Somebody becomes an administrator by a token.
    async fn name_administrator(&mut self) {
        let services = &self.house.services;
        let reason = "Both are on leave.";
        let made =
            session::invite_administrator(&services.store, &*services.ids, self.house.now(), Some(reason));
        let Invitation::Made(token) = made.await.unwrap() else { panic!("no token") };
        self.did(OPERATOR, "administrator_invited", "", &[("reason", reason.to_owned())]);
        let request = self.house.request("officer-datatilsynet").await;
        session::become_administrator(services, &request, &token).await.unwrap();
        let name = &request.actor().unwrap().name;
        self.did(name, "administrator_named", name, &[]);
    }

    /// Tells that somebody did something, now.
    pub(super) fn did(&self, name: &str, kind: &str, about: &str, details: &[(&str, String)]) {
        self.truth.lock().unwrap().push((self.house.now(), name.to_owned(), told(kind, about, details)));
    }

    /// Tells that somebody was shown the whole of an incident.
    pub(super) fn opened(&self, name: &str, view: &IncidentView) {
        self.did(name, "opened", &view.number, &[("answers", view.facts.len().to_string())]);
    }

    pub(super) fn truth(&self) -> Vec<Use> {
        self.truth.lock().unwrap().clone()
    }

    pub(super) fn know(&self, person: PersonId, name: &str) {
        self.names.lock().unwrap().insert(person, name.to_owned());
    }

    /// What a person is called.
    pub(super) fn name(&self, person: PersonId) -> String {
        self.names.lock().unwrap()[&person].clone()
    }

    /// A number that was not used before.
    pub(super) fn number(&self) -> u32 {
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }

    /// Takes one out, as chance has it.
    pub(super) fn take<T>(from: &Mutex<Vec<T>>, chance: u32) -> Option<T> {
        let mut from = from.lock().unwrap();
        let at = usize::try_from(chance).unwrap().checked_rem(from.len())?;
        Some(from.swap_remove(at))
    }

    /// The file, made by somebody who did nothing else.
    pub(super) async fn file(&self) -> String {
        self.house.advance(TimeDelta::milliseconds(731));
        let named = Claims {
            unit: None,
            function: Some("security_officer".to_owned()),
            language: Language::En,
            ..claims("sektorcert", Grants::Claims)
        };
        let request = sign_in(&self.house, named).await;
        let (id, name) = (request.person().unwrap(), &request.actor().unwrap().name);
        self.know(id, name);
        let inquiry =
            Inquiry { case: "2026-17".to_owned(), until: Some(self.house.now()), ..Inquiry::default() };
        let file =
            log::export(&self.house.services, &request, &inquiry, Form::Csv, Language::En).await.unwrap();
        String::from_utf8(file).unwrap()
    }

    /// An officer who is invited, under a name that nobody has.
    pub(super) fn invitee(&self) -> local::Invitee {
        let number = self.number();
        let home = Home::Unit("sektorcert".to_owned());
        local::Invitee {
            name: format!("Person {number}"),
            ..invitee(&format!("p{number}@kyst.example"), home)
        }
    }
}
