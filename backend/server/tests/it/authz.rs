//! Every operation of the schema, tried by everybody: one that is not in the table fails the test.

use serde_json::{Value, json};
use varsel_services::change::{self, ChangeView};

use crate::harness::{App, Client, SUBMIT, in_each_patient_app};

/// Who tries. `Own` reported the incident, `Unit` has a case in it.
const PEOPLE: [(&str, Option<&str>); 8] = [
    ("nobody", None),
    ("security officer", Some("security-officer")),
    ("other organisation", Some("reporter-bank")),
    ("unit without a case", Some("officer-dcis-sund")),
    ("unit with a case", Some("officer-sektorcert")),
    ("cyber centre", Some("duty-officer")),
    ("own organisation", Some("reporter-energy")),
    ("administrator", Some("administrator-second")),
];

/// What an operation answers: data, null, an error by its code, or the type of an outcome.
struct Row {
    operation: &'static str,
    document: &'static str,
    /// In the order of [`PEOPLE`].
    expected: [&'static str; 8],
}

const SIGN_IN: &str = "SIGN_IN_REQUIRED";
const NO: &str = "NOT_FOUND";

const TABLE: [Row; 60] = [
    // First, because each attempt is a sign-in, and a person has only so many sessions at once.
    Row {
        operation: "Mutation.endSession",
        document: "mutation($session: ID!) { answer: endSession(id: $session) { id } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, "data", NO],
    },
    Row {
        operation: "Query.me",
        document: "{ answer: me { name } }",
        expected: ["null", "data", "data", "data", "data", "data", "data", "data"],
    },
    Row { operation: "Query.pack", document: "{ answer: pack { id } }", expected: ["data"; 8] },
    Row {
        operation: "Query.assess",
        document: "{ answer: assess(facts: {}) { packVersion } }",
        expected: ["data"; 8],
    },
    Row {
        operation: "Query.incident",
        document: "query($incident: ID!) { answer: incident(id: $incident) { number } }",
        expected: [SIGN_IN, "null", "null", "null", "data", "data", "data", "null"],
    },
    Row {
        operation: "Query.incidents",
        document: "{ answer: incidents { nodes { number } } }",
        expected: [SIGN_IN, "FORBIDDEN", "empty", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN", "data", "FORBIDDEN"],
    },
    Row {
        operation: "Query.cases",
        document: "{ answer: cases(unit: \"sektorcert\") { nodes { id incident { number } } } }",
        expected: [
            SIGN_IN,
            "NOT_FOUND",
            "NOT_FOUND",
            "NOT_FOUND",
            "data",
            "NOT_FOUND",
            "NOT_FOUND",
            "NOT_FOUND",
        ],
    },
    Row {
        operation: "Query.case",
        document: "query($case: ID!) { answer: case(id: $case) { id incident { number } } }",
        expected: [SIGN_IN, "null", "null", "null", "data", "null", "data", "null"],
    },
    Row {
        operation: "Mutation.submitReport",
        document: SUBMIT,
        expected: [
            SIGN_IN,
            "FORBIDDEN",
            "NOT_FOUND",
            "FORBIDDEN",
            "FORBIDDEN",
            "FORBIDDEN",
            "ReportSubmitted",
            "FORBIDDEN",
        ],
    },
    Row {
        operation: "Query.mySessions",
        document: "{ answer: mySessions { id } }",
        expected: [SIGN_IN, "data", "data", "data", "data", "data", "data", "data"],
    },
    Row {
        operation: "Mutation.endOtherSessions",
        document: "mutation { answer: endOtherSessions { id } }",
        expected: [SIGN_IN, "data", "data", "data", "data", "data", "data", "data"],
    },
    Row {
        operation: "Mutation.endSessionsOfPerson",
        document: "mutation($person: ID!) { answer: endSessionsOfPerson(person: $person) }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, "data", "data"],
    },
    Row {
        operation: "Mutation.becomeAdministrator",
        document: "mutation { answer: becomeAdministrator(token: \"guessed\") { role } }",
        expected: [SIGN_IN, "INVALID", "INVALID", "INVALID", "INVALID", "INVALID", "INVALID", "INVALID"],
    },
    Row {
        operation: "Query.packVersions",
        document: "{ answer: packVersions { version } }",
        expected: ["data"; 8],
    },
    Row {
        operation: "Query.packVersion",
        document: "{ answer: packVersion(version: \"2026.2\") { version change { id } comparison { incidents } } }",
        expected: ["null", "null", "null", "null", "null", "null", "null", "data"],
    },
    Row {
        operation: "Query.reassessment",
        document: "query($incident: ID!) { answer: reassessment(incident: $incident) { to } }",
        // Its version is in force: there is nothing to assess anew.
        expected: [SIGN_IN, "null", "null", "null", "null", "null", "null", "null"],
    },
    Row {
        operation: "Mutation.reassessIncident",
        document: "mutation($reassess: ReassessIncidentInput!) { answer: reassessIncident(input: $reassess) { __typename } }",
        expected: [SIGN_IN, NO, NO, NO, "ChangeRefused", "FORBIDDEN", "FORBIDDEN", NO],
    },
    Row {
        operation: "Mutation.confirmSeverity",
        document: "mutation($confirm: ConfirmSeverityInput!) { answer: confirmSeverity(input: $confirm) { __typename } }",
        // Of another proposal than there is: whoever may is told so.
        expected: [SIGN_IN, NO, NO, NO, "SeverityConflict", "FORBIDDEN", "FORBIDDEN", NO],
    },
    Row {
        operation: "Mutation.requestReport",
        document: "mutation($request: RequestReportInput!) { answer: requestReport(input: $request) { __typename } }",
        expected: [SIGN_IN, NO, NO, NO, "ReportRequestRefused", "ReportRequested", "FORBIDDEN", NO],
    },
    Row {
        operation: "Mutation.proposePackVersion",
        document: "mutation($propose: ProposePackVersionInput!) { answer: proposePackVersion(input: $propose) { __typename } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, "ChangeRefused"],
    },
    Row {
        operation: "Query.identityProviders",
        document: "{ answer: identityProviders { name } }",
        expected: [SIGN_IN, "data", NO, NO, NO, NO, NO, "data"],
    },
    Row {
        operation: "Query.criticalSettings",
        document: "{ answer: criticalSettings { area waits } }",
        expected: [SIGN_IN, "data", NO, NO, NO, NO, NO, "data"],
    },
    // They hold already.
    Row {
        operation: "Mutation.proposeSettings",
        document: "mutation { answer: proposeSettings(input: { area: RETENTION, reason: \"A new agreement.\" }) { __typename } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, "ChangeRefused"],
    },
    Row {
        operation: "Query.retention",
        document: "{ answer: retention { lines { kind due } held { number } } }",
        expected: [SIGN_IN, "data", NO, NO, NO, NO, NO, "data"],
    },
    // There is no such incident.
    Row {
        operation: "Mutation.proposeHold",
        document: "mutation { answer: proposeHold(input: { number: \"V-1999-00001\", until: \"2027-11-25T10:00:00Z\", reason: \"The police have asked.\" }) { __typename } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, "ChangeRefused"],
    },
    Row {
        operation: "Mutation.proposeLift",
        document: "mutation { answer: proposeLift(input: { number: \"V-1999-00001\", reason: \"The case is closed.\" }) { __typename } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, "ChangeRefused"],
    },
    // Nor is there such a person.
    Row {
        operation: "Mutation.proposeKeepingUses",
        document: "mutation { answer: proposeKeepingUses(input: { person: \"00000000-0000-7000-8000-000000000000\", from: \"2026-11-01T10:00:00Z\", to: \"2026-11-20T10:00:00Z\", until: \"2027-11-25T10:00:00Z\", reason: \"The police have asked.\" }) { __typename } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, "ChangeRefused"],
    },
    Row {
        operation: "Mutation.proposeReleasingUses",
        document: "mutation { answer: proposeReleasingUses(input: { person: \"00000000-0000-7000-8000-000000000000\", reason: \"The case is closed.\" }) { __typename } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, "ChangeRefused"],
    },
    Row {
        operation: "Mutation.proposeErasure",
        document: "mutation { answer: proposeErasure(input: { cvr: \"00000000\", reason: \"They are at the door.\" }) { __typename } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, "ChangeRefused"],
    },
    Row {
        operation: "Query.vault",
        document: "{ answer: vault { root roots { name } incidents } }",
        expected: [SIGN_IN, "data", NO, NO, NO, NO, NO, "data"],
    },
    Row {
        operation: "Mutation.proposeKeyRenewal",
        document: "mutation { answer: proposeKeyRenewal(input: { cvr: \"00000000\", reason: \"Somebody has seen it.\" }) { __typename } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, "ChangeRefused"],
    },
    // There is no retired one.
    Row {
        operation: "Mutation.proposeRootReplacement",
        document: "mutation { answer: proposeRootReplacement(input: { reason: \"Somebody has seen it.\" }) { __typename } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, "ChangeRefused"],
    },
    // The demo has no provider to trust.
    Row {
        operation: "Mutation.proposeTrust",
        document: "mutation { answer: proposeTrust(input: { provider: \"mitid\", reason: \"A new one.\" }) { __typename } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, NO],
    },
    Row {
        operation: "Query.changes",
        document: "{ answer: changes { nodes { title { en } } } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, "data"],
    },
    Row {
        operation: "Query.change",
        document: "query($change: ID!) { answer: change(id: $change) { title { en } } }",
        expected: [SIGN_IN, "null", "null", "null", "null", "null", "null", "data"],
    },
    Row {
        operation: "Mutation.withdrawChange",
        document: "mutation($change: ID!) { answer: withdrawChange(id: $change) { __typename } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, "ChangeRefused"],
    },
    Row {
        operation: "Mutation.rejectChange",
        document: "mutation($reject: RejectChangeInput!) { answer: rejectChange(input: $reject) { __typename } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, "ChangeRefused"],
    },
    Row {
        operation: "Mutation.approveChange",
        document: "mutation($approve: ApproveChangeInput!) { answer: approveChange(input: $approve) { __typename } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, "ChangeDecided"],
    },
    Row {
        operation: "Subscription.caseChanged",
        document: "subscription { answer: caseChanged(unit: \"sektorcert\") { sequence } }",
        expected: [
            SIGN_IN,
            "NOT_FOUND",
            "NOT_FOUND",
            "NOT_FOUND",
            "open",
            "NOT_FOUND",
            "NOT_FOUND",
            "NOT_FOUND",
        ],
    },
    Row {
        operation: "Query.myAuthorisations",
        document: "{ answer: myAuthorisations { id } }",
        expected: [SIGN_IN, "data", "data", "data", "data", "data", "data", "data"],
    },
    Row {
        operation: "Query.myRequests",
        document: "{ answer: myRequests { nodes { title { en } } } }",
        expected: [SIGN_IN, "empty", "empty", "empty", "empty", "empty", "empty", "empty"],
    },
    Row {
        operation: "Query.authorisations",
        document: "{ answer: authorisations { nodes { id holder { name email } } } }",
        expected: [SIGN_IN, "data", NO, NO, NO, NO, NO, "data"],
    },
    Row {
        operation: "Query.authorisation",
        document: "query($authorisation: ID!) { answer: authorisation(id: $authorisation) { purpose { da } } }",
        expected: [SIGN_IN, "data", "null", "null", "null", "null", "data", "data"],
    },
    Row {
        operation: "Query.people",
        document: "{ answer: people(text: \"holm\") { id } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, "data"],
    },
    Row {
        operation: "Query.person",
        document: "query($person: ID!) { answer: person(id: $person) { name } }",
        expected: [SIGN_IN, "null", "null", "null", "null", "null", "data", "data"],
    },
    Row {
        operation: "Query.reviews",
        document: "{ answer: reviews { nodes { id items { nodes { holderName } } } } }",
        expected: [SIGN_IN, "empty", NO, NO, NO, NO, NO, "empty"],
    },
    Row {
        operation: "Query.review",
        document: "{ answer: review(id: \"review_00000000000000000000000000000007\") { id } }",
        expected: [SIGN_IN, "null", "null", "null", "null", "null", "null", "null"],
    },
    Row {
        operation: "Mutation.requestAuthorisation",
        document: "mutation($ask: RequestAuthorisationInput!) { answer: requestAuthorisation(input: $ask) { __typename } }",
        // Anybody may ask; this one lacks a purpose.
        expected: [
            SIGN_IN,
            "ChangeRefused",
            "ChangeRefused",
            "ChangeRefused",
            "ChangeRefused",
            "ChangeRefused",
            "ChangeRefused",
            "ChangeRefused",
        ],
    },
    Row {
        operation: "Mutation.requestReinstatement",
        document: "mutation($authorisation: ID!) { answer: requestReinstatement(id: $authorisation, reason: \"It is needed.\") { __typename } }",
        expected: [SIGN_IN, "ChangeRefused", NO, NO, NO, NO, "ChangeRefused", "ChangeRefused"],
    },
    Row {
        operation: "Mutation.decideReviewItems",
        document: "mutation($decide: DecideReviewItemsInput!) { answer: decideReviewItems(input: $decide) { own } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, NO],
    },
    Row {
        operation: "Query.uses",
        document: "{ answer: uses(inquiry: { case: \"2026-17\" }) { nodes { id } } }",
        expected: [SIGN_IN, "data", NO, NO, NO, NO, NO, NO],
    },
    Row {
        operation: "Query.attemptPatterns",
        document: "{ answer: attemptPatterns { total } }",
        expected: [SIGN_IN, "data", NO, NO, NO, NO, NO, "data"],
    },
    Row {
        operation: "Query.rejectedAttempts",
        document: "{ answer: rejectedAttempts { nodes { id } } }",
        expected: [SIGN_IN, "data", NO, NO, NO, NO, NO, "data"],
    },
    Row {
        operation: "Query.attemptBlocks",
        document: "{ answer: attemptBlocks { nodes { id } } }",
        expected: [SIGN_IN, "empty", NO, NO, NO, NO, NO, "empty"],
    },
    Row {
        operation: "Query.attemptsOnMyAccount",
        document: "{ answer: attemptsOnMyAccount { id } }",
        expected: [SIGN_IN, "data", "data", "data", "data", "data", "data", "data"],
    },
    Row {
        operation: "Mutation.takeAttemptBlock",
        document: "mutation { answer: takeAttemptBlock(id: \"block_0123456789abcdef0123456789abcdef\") { id } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, NO],
    },
    Row {
        operation: "Mutation.closeAttemptBlocks",
        document: "mutation { answer: closeAttemptBlocks(input: { ids: [\"block_0123456789abcdef0123456789abcdef\"], reason: \"A colleague.\" }) { id } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, NO],
    },
    Row {
        operation: "Mutation.liftAttemptBlock",
        document: "mutation { answer: liftAttemptBlock(id: \"block_0123456789abcdef0123456789abcdef\") { id } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, NO],
    },
    // Last, because what is gone then is gone.
    Row {
        operation: "Mutation.withdrawAuthorisations",
        document: "mutation($end: WithdrawAuthorisationsInput!) { answer: withdrawAuthorisations(input: $end) { over } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, "data", "data"],
    },
    Row {
        operation: "Mutation.personHasLeft",
        document: "mutation($left: PersonLeftInput!) { answer: personHasLeft(input: $left) { sessions } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, "FORBIDDEN", "data"],
    },
];

/// `Query.me` and so on, as the checked-in schema lists them.
fn operations() -> Vec<String> {
    let schema = include_str!("../../../../schema/schema.graphql");
    let mut operations = Vec::new();
    for root in ["Query", "Mutation", "Subscription"] {
        let body = schema.split_once(&format!("\ntype {root} {{\n")).unwrap().1.split_once("\n}").unwrap().0;
        let lines = body.lines().filter_map(|line| line.strip_prefix('\t'));
        let fields = lines.filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        let names = fields.filter_map(|field| field.split(['(', ':']).next());
        // A line of a description has more than one word before either.
        let names = names.filter(|name| name.chars().all(char::is_alphanumeric));
        operations.extend(names.map(|name| format!("{root}.{name}")));
    }
    operations
}

#[test]
fn every_operation_of_the_schema_is_in_the_table() {
    let listed: Vec<&str> = TABLE.iter().map(|row| row.operation).collect();
    let mut operations = operations();
    assert!(operations.len() >= 9, "{operations:?}");
    operations.retain(|operation| !listed.contains(&operation.as_str()));
    assert!(operations.is_empty(), "add rows to the table in authz.rs for {operations:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_answers_everybody_as_the_table_says() {
    in_each_patient_app(async |app| {
        let facts = app.house.facts("reporter-energy");
        let filed = app.person("reporter-energy").await.submit("authz-first", &facts, false).await;
        let incident = filed["incident"]["id"].clone();
        let queue = "{ cases(unit: \"sektorcert\") { nodes { id } } }";
        let case = app.person("officer-sektorcert").await.data(queue, json!({})).await;
        let case = case["cases"]["nodes"][0]["id"].clone();
        assert!(incident.is_string() && case.is_string(), "{filed:#}");
        let input = json!({ "idempotencyKey": "authz-next", "facts": facts, "incidentId": incident });
        let own = app.person("reporter-energy").await;
        let own = own.data("{ me { id } mySessions { id current } myAuthorisations { id } }", json!({})).await;
        let authorisation = &own["myAuthorisations"][0]["id"];
        let mut sessions = own["mySessions"].as_array().unwrap().iter();
        let session = &sessions.find(|session| session["current"] == true).unwrap()["id"];
        varsel_services::settings::adopt(&app.house.services).await.unwrap();
        let change = propose(app).await;
        let (change, sha256) = (change.change.id.to_string(), change.change.payload_sha256);
        let all = json!({
            "incident": incident, "case": case, "input": input, "change": change,
            "reject": { "id": change, "reason": "No" },
            "reassess": { "incident": incident, "packVersion": "2026.1" },
            "confirm": { "incident": incident, "level": 1, "expectedConfirmations": 7, "expectedProposal": 1 },
            "request": {
                "incident": incident, "regime": "nis2_energy_dk", "stage": "intermediate_report",
                "due": (app.house.now() + chrono::TimeDelta::days(2)).to_rfc3339(),
            },
            "propose": { "version": "2026.9", "inForceFrom": "2027-01-01T00:00:00Z", "reason": "New thresholds." },
            "approve": { "id": change, "payloadSha256": sha256 },
            "session": session, "person": own["me"]["id"], "authorisation": authorisation,
            "ask": { "functions": ["READ"], "reach": { "kind": "NATIONAL" }, "purpose": "", "reason": "It is needed." },
            "decide": {
                "review": "review_00000000000000000000000000000007", "authorisations": [authorisation],
                "confirm": true, "reason": "It is needed.",
            },
            "end": { "ids": [authorisation], "reason": "No longer needed." },
            "left": { "person": own["me"]["id"], "reason": "A new employer." },
        });
        for row in &TABLE {
            for ((who, handle), expected) in PEOPLE.iter().zip(row.expected) {
                let answer = try_as(app, *handle, row, &all).await;
                assert_eq!(answer, expected, "{} as {who}", row.operation);
            }
        }
    })
    .await;
}

/// A critical change that awaits the second administrator.
async fn propose(app: &App) -> ChangeView {
    let payload = app.house.publication();
    let request = app.house.request("administrator").await;
    change::propose(&app.house.services, &request, &payload, "New thresholds.").await.unwrap().unwrap()
}

async fn try_as(app: &App, handle: Option<&str>, row: &Row, all: &Value) -> String {
    let client = match handle {
        Some(handle) => app.person(handle).await,
        None => app.nobody(),
    };
    let mut variables = all.clone();
    variables.as_object_mut().unwrap().retain(|name, _| row.document.contains(&format!("${name}:")));
    if row.operation.starts_with("Subscription") {
        return first_event(&client, row.document).await;
    }
    let answer = client.graphql(row.document, variables).await;
    summary(&answer)
}

fn summary(answer: &Value) -> String {
    if let Some(code) = answer.pointer("/errors/0/extensions/code") {
        return code.as_str().unwrap().to_owned();
    }
    let data = answer.pointer("/data/answer").or_else(|| answer.pointer("/data/submitReport")).unwrap();
    if let Some(outcome) = data.get("__typename") {
        return outcome.as_str().unwrap().to_owned();
    }
    match data.get("nodes").and_then(Value::as_array) {
        _ if data.is_null() => "null".to_owned(),
        Some(nodes) if nodes.is_empty() => "empty".to_owned(),
        _ => "data".to_owned(),
    }
}

/// What a live view begins with: an error, or silence.
async fn first_event(client: &Client, document: &str) -> String {
    let request = client.post("/graphql").header("accept", "text/event-stream");
    let mut response = request.json(&json!({ "query": document })).send().await.unwrap();
    let mut text = String::new();
    while let Some(chunk) = response.chunk().await.unwrap() {
        text.push_str(&String::from_utf8_lossy(&chunk));
        if let Some((_, event)) = text.split_once("event: next\ndata: ") {
            let answer = serde_json::from_str(event.lines().next().unwrap()).unwrap();
            return summary(&answer);
        }
        // A stream that may be watched says so, and then waits for changes.
        if text.contains(": watching\n\n") {
            return "open".to_owned();
        }
    }
    panic!("the stream ended: {text}")
}
