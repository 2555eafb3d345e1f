//! What each operation answers each role.

use super::{NO, Row, SIGN_IN};
use crate::harness::SUBMIT;

pub(super) const TABLE: [Row; 60] = [
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
        document: "mutation { answer: proposeKeepingUses(input: { person: \"person_0123456789abcdef0123456789abcdef\", from: \"2026-11-01T10:00:00Z\", to: \"2026-11-20T10:00:00Z\", until: \"2027-11-25T10:00:00Z\", reason: \"The police have asked.\" }) { __typename } }",
        expected: [SIGN_IN, NO, NO, NO, NO, NO, NO, "ChangeRefused"],
    },
    Row {
        operation: "Mutation.proposeReleasingUses",
        document: "mutation { answer: proposeReleasingUses(input: { person: \"person_0123456789abcdef0123456789abcdef\", reason: \"The case is closed.\" }) { __typename } }",
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
        expected: [SIGN_IN, "data", NO, NO, NO, NO, NO, "data"],
    },
    Row {
        operation: "Query.review",
        document: "query($review: ID!) { answer: review(id: $review) { id } }",
        expected: [SIGN_IN, "data", "null", "null", "null", "null", "null", "data"],
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
        // Who audits knows of it, and decides on nothing.
        expected: [SIGN_IN, "FORBIDDEN", NO, NO, NO, NO, NO, "data"],
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
        expected: [SIGN_IN, "data", NO, NO, NO, NO, NO, "data"],
    },
    Row {
        operation: "Query.attemptsOnMyAccount",
        document: "{ answer: attemptsOnMyAccount { id } }",
        expected: [SIGN_IN, "data", "data", "data", "data", "data", "data", "data"],
    },
    Row {
        operation: "Mutation.takeAttemptBlock",
        document: "mutation($block: ID!) { answer: takeAttemptBlock(id: $block) { id } }",
        expected: [SIGN_IN, "data", NO, NO, NO, NO, NO, "data"],
    },
    Row {
        operation: "Mutation.closeAttemptBlocks",
        document: "mutation($block: ID!) { answer: closeAttemptBlocks(input: { ids: [$block], reason: \"A colleague.\" }) { id } }",
        // The second finds it closed.
        expected: [SIGN_IN, "data", NO, NO, NO, NO, NO, "INVALID"],
    },
    Row {
        operation: "Mutation.liftAttemptBlock",
        document: "mutation($block: ID!) { answer: liftAttemptBlock(id: $block) { id } }",
        expected: [SIGN_IN, "data", NO, NO, NO, NO, NO, "data"],
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
