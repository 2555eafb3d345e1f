//! What people do that changes something, and all that they are answered: a report and what becomes of it, a new version of the
//! rules, a right, and a review.

use chrono::TimeDelta;
use serde_json::{Value, json};
use varsel_services::domain::IncidentId;
use varsel_services::review;

use super::super::table::{Row, rows};
use super::super::world::in_a_session;
use super::document::Types;
use super::oracle::{Canary, Left};
use super::{answer, canaries_of, everything, mails, unmistakable};
use crate::harness::App;

const LEAD: &str = "officer-sektorcert";
const FIRST: &str = "administrator";
const SECOND: &str = "administrator-second";
const REASON: &str = "It is needed for the work.";
const NEXT: &str = "2026.2";

/// What came of it.
pub(super) struct Done {
    pub(super) left: Vec<Left>,
    pub(super) canaries: Vec<Canary>,
    /// The reviews that are open.
    pub(super) reviews: Vec<String>,
}

/// All of it.
pub(super) async fn act(app: &App, types: &Types) -> Done {
    let mut script = Script { app, types, rows: rows(), left: Vec::new() };
    let (incident, canaries) = script.report().await;
    script.answered_by_authorities(&incident).await;
    script.publish().await;
    let input = json!({ "incident": incident, "packVersion": NEXT });
    script.by(LEAD, "Mutation.reassessIncident", ("IncidentReassessed", input)).await;
    script.give_a_right().await;
    script.left.extend(mails::sent(app).await);
    let reviews = script.review().await;
    script.left.extend(mails::sent(app).await);
    Done { left: script.left, canaries, reviews }
}

struct Script<'a> {
    app: &'a App,
    types: &'a Types,
    rows: Vec<Row>,
    left: Vec<Left>,
}

impl Script<'_> {
    /// Has somebody do it, and asks for all that it gives: what came of it, which must be a `member` of what can.
    async fn by(&mut self, handle: &str, operation: &str, (member, input): (&str, Value)) -> Value {
        let caller = in_a_session(self.app, handle).await;
        let row = self.rows.iter().find(|row| row.operation == operation).unwrap();
        let mut came = Value::Null;
        for document in self.types.documents_of(row, member) {
            let body = json!({ "query": document, "variables": { "input": input } });
            let left = answer(&caller, operation, &body, self.types).await;
            let mut value: Value = serde_json::from_str(&left.text).unwrap();
            came = value["data"]["answer"].take();
            assert_eq!(came["__typename"], member, "{operation}: {}", left.text);
            self.left.push(left);
        }
        assert!(!came.is_null(), "{operation} has no {member}");
        came
    }

    async fn report(&mut self) -> (Value, Vec<Canary>) {
        let facts = unmistakable(self.app.house.facts("reporter-energy"), "script");
        let input = json!({ "idempotencyKey": "canary-script", "facts": facts, "warningsSeen": true });
        // The same key for each document: what comes after the first is its receipt once more.
        self.by("reporter-energy", "Mutation.submitReport", ("ReportSubmitted", input)).await;
        let reporter = self.app.person("reporter-energy").await;
        let newest = "{ incidents(first: 1) { nodes { id number } } }";
        let found = reporter.data(newest, json!({})).await["incidents"]["nodes"][0].take();
        let id: IncidentId = found["id"].as_str().unwrap().parse().unwrap();
        let number = found["number"].as_str().unwrap().to_owned();
        (found["id"].clone(), canaries_of(id, number, "script"))
    }

    async fn answered_by_authorities(&mut self, incident: &Value) {
        let read = "query($id: ID!) { incident(id: $id) { severity { proposed { level } } } }";
        let seen = self.app.person(LEAD).await.data(read, json!({ "id": incident })).await;
        let proposed = &seen["incident"]["severity"]["proposed"]["level"];
        let input = json!({
            "incident": incident, "level": proposed, "justification": REASON,
            "expectedConfirmations": 0, "expectedProposal": proposed,
        });
        self.by(LEAD, "Mutation.confirmSeverity", ("SeverityConfirmed", input)).await;
        let row = self.rows.iter().find(|row| row.operation == "Query.incident").unwrap();
        for reader in [LEAD, "duty-officer", "reporter-energy"] {
            let caller = in_a_session(self.app, reader).await;
            self.left.extend(everything(&caller, row, incident.as_str().unwrap(), self.types).await);
        }
        let due = (self.app.house.now() + TimeDelta::days(2)).to_rfc3339();
        let (regime, stage) = ("nis2_energy_dk", "intermediate_report");
        let input = json!({ "incident": incident, "regime": regime, "stage": stage, "due": due });
        self.by("duty-officer", "Mutation.requestReport", ("ReportRequested", input)).await;
    }

    async fn publish(&mut self) {
        let in_force = (self.app.house.now() + TimeDelta::minutes(10)).to_rfc3339();
        let input = json!({ "version": NEXT, "inForceFrom": in_force, "reason": REASON });
        let proposed = self.by(FIRST, "Mutation.proposePackVersion", ("ChangeProposed", input)).await;
        self.approve(&proposed).await;
        self.app.house.advance(TimeDelta::minutes(11));
    }

    async fn approve(&mut self, proposed: &Value) {
        let change = &proposed["change"];
        let input = json!({ "id": change["id"], "payloadSha256": change["payloadSha256"] });
        self.by(SECOND, "Mutation.approveChange", ("ChangeDecided", input)).await;
    }

    async fn give_a_right(&mut self) {
        let reach = json!({ "kind": "UNIT", "id": "sektorcert" });
        let input = json!({ "functions": ["READ"], "reach": reach, "purpose": REASON, "reason": REASON });
        let asked = self.by(LEAD, "Mutation.requestAuthorisation", ("ChangeProposed", input)).await;
        self.approve(&asked).await;
    }

    /// Half a year later, reviews open; one right is confirmed.
    async fn review(&mut self) -> Vec<String> {
        review::schedule(&self.app.house.services).await.unwrap();
        self.app.house.advance(TimeDelta::days(190));
        self.left.extend(mails::sent(self.app).await);
        let open = "{ reviews(first: 100) { nodes { id items(first: 20) { nodes { authorisationId decidable } } } } }";
        let seen = self.app.person(FIRST).await.data(open, json!({})).await;
        let reviews = seen["reviews"]["nodes"].as_array().unwrap();
        // Its last decision would close a review.
        let several = |review: &&Value| review["items"]["nodes"].as_array().unwrap().len() > 1;
        let items = reviews.iter().filter(several).flat_map(|review| {
            let items = review["items"]["nodes"].as_array().unwrap().iter();
            items.map(move |item| (&review["id"], item))
        });
        let (review, item) = items.into_iter().find(|(_, item)| item["decidable"] == true).unwrap();
        let input = json!({
            "review": review, "authorisations": [item["authorisationId"]], "confirm": true, "reason": REASON,
        });
        self.by(FIRST, "Mutation.decideReviewItems", ("ReviewItemsDecided", input)).await;
        reviews.iter().map(|review| review["id"].as_str().unwrap().to_owned()).collect()
    }
}
