//! An incident as a report leaves it, with a canary in every place that a mail must not repeat.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value};
use varsel_domain::authz::Scope;
use varsel_domain::case::{Case, CaseStatus};
use varsel_domain::incident::{FactsRevision, Filing, Incident};
use varsel_domain::obligation::Duty;
use varsel_domain::organisation::{Identity, Language, Organisation, Person};
use varsel_domain::rules::{Facts, Obligation, ObligationStatus, Part, assess};
use varsel_domain::{CaseId, FilingId, IncidentId, OrganisationId, PersonId, RevisionId, Role};
use varsel_storage::{Tx, case, filing, incident, obligation, organisation, person, revision};

use crate::job::{CaseOpened, ReportReceived, enqueue};
use crate::testing::House;

/// Stands in every fact and name.
pub(super) const CANARY: &str = "kanariefugl";

/// The unit that gets the case.
pub(super) const UNIT: &str = "sektorcert";

/// Files a report by a person with this address, and queues the mail to them and the one to the unit.
pub(super) async fn file(house: &House, email: Option<&str>) {
    let tx = house.services.store.begin(&Scope::system()).await.unwrap();
    let (receipt, notice) = write(house, &tx, email).await;
    enqueue(&tx, &*house.services.ids, house.now(), &receipt).await.unwrap();
    enqueue(&tx, &*house.services.ids, house.now(), &notice).await.unwrap();
    tx.commit().await.unwrap();
}

/// Opens a case and queues the one mail to its unit.
pub(super) async fn open_case(house: &House) {
    let tx = house.services.store.begin(&Scope::system()).await.unwrap();
    let (_, notice) = write(house, &tx, None).await;
    enqueue(&tx, &*house.services.ids, house.now(), &notice).await.unwrap();
    tx.commit().await.unwrap();
}

/// Writes the rows of a report; whether they stay is up to the caller's transaction.
pub(super) async fn write(house: &House, tx: &Tx, email: Option<&str>) -> (ReportReceived, CaseOpened) {
    let (now, facts) = (house.now(), canaries(house));
    let next = || house.services.ids.next(now);
    let owner = OrganisationId(next());
    let row = Organisation { id: owner, name: CANARY.to_owned(), cvr: None, registered_facts: facts.clone() };
    organisation::insert(tx, &row).await.unwrap();
    let reporter = reporter(PersonId(next()), owner, email);
    let identity = Identity { issuer: "test".to_owned(), subject: reporter.id.to_string() };
    person::insert(tx, &identity, &reporter).await.unwrap();
    let incident = Incident {
        id: IncidentId(next()),
        number: incident::next_number(tx, &*house.services.ids, now).await.unwrap(),
        organisation: owner,
        received_at: now,
        severity: 3,
        confirmed_severity: None,
        pack_version: house.pack().version().to_owned(),
    };
    incident::insert(tx, &incident).await.unwrap();
    let revision = FactsRevision {
        id: RevisionId(next()),
        incident: incident.id,
        revision: 1,
        facts,
        assessment: assess(&house.pack(), &Facts::default(), &[], now),
        at: now,
    };
    revision::insert(tx, &revision).await.unwrap();
    let filing = filing_of(FilingId(next()), &revision, reporter.id);
    filing::insert(tx, &filing).await.unwrap();
    obligation::replace(tx, incident.id, &[duty(now + TimeDelta::hours(24))]).await.unwrap();
    let case = case_of(CaseId(next()), incident.id, now);
    case::insert(tx, &case, None).await.unwrap();
    let receipt = ReportReceived { incident: incident.id, filing: filing.id, person: reporter.id };
    (receipt, CaseOpened { case: case.id })
}

/// Every fact of the catalogue, each answered with the canary.
fn canaries(house: &House) -> Value {
    let pack = house.pack();
    let facts = pack.facts().iter().map(|fact| fact.id.as_str());
    let canary = |fact: &str| (fact.to_owned(), Value::from(format!("{CANARY} {fact}")));
    Value::Object(facts.map(canary).collect::<Map<_, _>>())
}

fn reporter(id: PersonId, organisation: OrganisationId, email: Option<&str>) -> Person {
    Person {
        id,
        name: "Åse Sørensen".to_owned(),
        email: email.map(str::to_owned),
        language: Language::Da,
        role: Role::Reporter { organisation },
        natural_key: None,
        demo_handle: None,
        title: None,
    }
}

fn filing_of(id: FilingId, revision: &FactsRevision, by: PersonId) -> Filing {
    Filing {
        id,
        incident: revision.incident,
        revision: revision.id,
        by,
        by_name: "Åse Sørensen".to_owned(),
        received_at: revision.at,
        idempotency_key: id.to_string(),
        sent_tag: None,
        discharged: vec![],
    }
}

fn duty(target: DateTime<Utc>) -> Duty {
    let at = Some(target.fixed_offset());
    let obligation = Obligation {
        regime: CANARY.to_owned(),
        stage: CANARY.to_owned(),
        recipients: vec![UNIT.to_owned()],
        provisional: false,
        status: ObligationStatus::Open,
        target: at,
        due: at,
        cite: CANARY.to_owned(),
    };
    Duty { obligation, filed_at: None }
}

fn case_of(id: CaseId, incident: IncidentId, now: DateTime<Utc>) -> Case {
    Case {
        id,
        incident,
        unit: UNIT.into(),
        part: Part::Lead,
        status: CaseStatus::New,
        opened_at: now,
        updated_at: now,
        version: 1,
    }
}
