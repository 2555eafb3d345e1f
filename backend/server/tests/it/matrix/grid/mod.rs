//! The reviewed policy table, over HTTP (attack D1): every operation for every role, function, reach, standing of the
//! authorisation and kind of sign-in, with an incident of every relation and every label of the Traffic Light Protocol. What
//! is expected is read from the table; a combination is one person in one state, a cell one operation with one thing.

mod people;
mod places;
mod policy;

use std::collections::{BTreeMap, BTreeSet};

use futures_util::{StreamExt, stream};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use serde_json::{Value, json};
use varsel_services::domain::AuthorisationId;
use varsel_services::domain::authorisation::Function;
use varsel_storage::testing::{proved, scale, seed};

use super::table::{Row, rows};
use super::world::{Kind, in_a_crowd};
use super::{AT_ONCE, Expected, shown_ids, summary, unnamed, variables};
use crate::harness::{App, Client, registered};
use people::{SignIn, Standing, Subject, restore_sessions, subjects};
use places::{LABELS, Named, Place};
use policy::Policy;

/// What a person holds: the table's names for it, and the functions.
const HOLDINGS: [&[Function]; 9] = [
    &[],
    &[Function::Read],
    &[Function::Input],
    &[Function::Erase],
    &[Function::Decide],
    &[Function::Administer],
    &[Function::Audit],
    &[Function::Read, Function::Input],
    &Function::ALL,
];

const REACHES: [&str; 4] = ["organisation", "unit", "sector", "national"];

/// One person in one state.
#[derive(Debug, Clone, Copy)]
struct Combination {
    subject: usize,
    functions: &'static [Function],
    reach: usize,
    standing: Standing,
    sign_in: SignIn,
    /// Its place among all.
    number: usize,
}

fn combinations(subjects: usize) -> Vec<Combination> {
    let mut all = Vec::new();
    for (subject, functions) in (0..subjects).flat_map(|n| HOLDINGS.map(|functions| (n, functions))) {
        for (reach, standing) in (0..REACHES.len()).flat_map(|n| Standing::ALL.map(|standing| (n, standing)))
        {
            for sign_in in SignIn::ALL {
                let number = all.len();
                all.push(Combination { subject, functions, reach, standing, sign_in, number });
            }
        }
    }
    all
}

impl Combination {
    /// The sections of the table that say what this gives.
    fn sections(&self) -> Vec<String> {
        let holds = self.standing == Standing::Active;
        let functions = self.functions.iter().filter(|_| holds);
        functions.map(|function| format!("{} {}", function.word(), REACHES[self.reach])).collect()
    }

    /// Every label for whoever has just signed in and holds something; one after the other for the rest.
    fn tries(&self, place: &Place) -> bool {
        let all = self.standing == Standing::Active && self.sign_in == SignIn::Fresh;
        place.label.is_none_or(|label| all || label == self.number % LABELS.len())
    }
}

/// Everything that a cell is judged by.
struct Grid<'a> {
    policy: Policy,
    rows: Vec<Row>,
    places: Vec<Place>,
    client: &'a Client,
}

/// One person in one state, and what is theirs.
struct Caller<'a> {
    combination: Combination,
    subject: &'a Subject,
    sections: Vec<String>,
    own: Place,
}

impl<'a> Caller<'a> {
    fn new(combination: Combination, subject: &'a Subject, own: AuthorisationId) -> Self {
        let named = Named::Authorisation(REACHES[combination.reach]);
        let own = Place::of(subject.person, Place::new(Kind::Authorisation, &own, named));
        Self { combination, subject, sections: combination.sections(), own }
    }

    fn name(&self) -> String {
        let Combination { functions, reach, standing, sign_in, .. } = self.combination;
        let (role, reach) = (self.subject.role, REACHES[reach]);
        format!("{role} holding {functions:?} {reach} ({standing:?}, {sign_in:?})")
    }

    /// How many refusals an answer is that must be registered. That a session has ended is one, whatever is answered then.
    fn refusals(&self, row: &Row, answer: &Value, may: bool) -> usize {
        let found = &*summary(answer);
        let codes = ["SIGN_IN_REQUIRED", "STEP_UP_REQUIRED", "FORBIDDEN", "NOT_FOUND"];
        let ended = self.combination.sign_in == SignIn::Ended;
        let told = codes.contains(&found) && !(ended && found == "SIGN_IN_REQUIRED");
        let guessed = found == "INVALID" && row.document.contains("guessed");
        // What names a thing that there is none of, and what is hidden behind an answer that is no error.
        let nothing = found == "null" && row.document.contains("_0123456789abcdef");
        let hidden = !may && (found == "null" || (found == "INVALID" && row.allowed == ["data"]));
        // A critical change that is refused for want of a right.
        let wanting = ["OWN_PROPOSAL", "OWN_RIGHT", "OWN_USES", "LOST_RIGHT"];
        let code = answer.pointer("/data/answer/code").and_then(Value::as_str);
        let change = code.is_some_and(|code| wanting.contains(&code));
        usize::from(ended) + usize::from(told || guessed || nothing || hidden || change)
    }
}

impl Grid<'_> {
    fn may(&self, caller: &Caller<'_>, row: &Row, place: Option<&Place>) -> bool {
        let asked = row.asked();
        let allows = |action: &str, resource: &str| self.policy.allows(&caller.sections, action, resource);
        let reporter = caller.subject.role == "reporter";
        let own = place.is_some_and(|place| caller.subject.is_own(place.holder));
        let by_table = match (asked.right, asked.by, place.map(|place| &place.named)) {
            ("public" | "signed_in" | "in_a_session", None, _) => true,
            ("owner", None, Some(_)) => own,
            (right, Some("own_organisation"), None) => reporter && allows(right, "own organisation"),
            (right, Some("own_reports"), None) => reporter && allows(right, "own incident, other unit"),
            (
                right,
                Some(
                    by @ ("changes" | "providers" | "settings" | "attempts" | "uses" | "retention" | "vault"
                    | "packs"),
                ),
                None,
            ) => allows(right, by),
            (right, Some("anywhere"), None) => self.policy.allows_somewhere(&caller.sections, right),
            (right, Some("leads"), Some(Named::Incident { lead, .. })) => {
                allows(right, &format!("led by {lead}"))
            }
            (right, None, Some(_)) => place.is_some_and(|place| self.permits(caller, right, place)),
            other => panic!("{}: the grid does not know {other:?}", row.operation),
        };
        let at_home = match row.home.as_deref() {
            None => true,
            Some("organisation") => reporter,
            Some("unit") => ["officer", "coordinator"].contains(&caller.subject.role),
            Some(other) => panic!("{}: no home {other}", row.operation),
        };
        let also =
            row.also.as_deref().is_none_or(|right| self.policy.allows_somewhere(&caller.sections, right));
        let known = row.known_by.as_deref().is_none_or(|right| self.knows(caller, right, place));
        by_table && at_home && known && also
    }

    /// Whether the table permits this with a thing.
    fn permits(&self, caller: &Caller<'_>, right: &str, place: &Place) -> bool {
        let allows = |action: &str, resource: &str| self.policy.allows(&caller.sections, action, resource);
        let own = caller.subject.is_own(place.holder);
        match &place.named {
            Named::Incident { relation, .. } => allows(right, relation),
            // The table has incidents with cases of several units; one case is seen by its own unit, and by whose it is.
            Named::Case { own, unit } => {
                (*own && allows(right, "own incident, other unit"))
                    || allows("ReadQueue", &format!("queue of {unit}"))
            }
            Named::Queue(unit) => allows(right, &format!("queue of {unit}")),
            Named::Change => allows(right, "other's change"),
            Named::Person(_) if own => allows(right, "oneself"),
            Named::Person(home) => allows(right, &format!("person of {home}")),
            Named::Authorisation(reach) => {
                allows(right, &format!("{}right {reach}", if own { "own " } else { "" }))
            }
            Named::Block => allows(right, "attempts"),
            Named::Review(reach) => allows(right, &format!("right {reach}")),
            Named::Session => panic!("the table says nothing of sessions"),
        }
    }

    fn expectation(&self, caller: &Caller<'_>, row: &Row, place: Option<&Place>) -> Expected {
        let sign_in = caller.combination.sign_in;
        if sign_in == SignIn::Ended && row.asked().right != "public" {
            return Expected::Told(row.nobody.clone());
        }
        let may = self.may(caller, row, place);
        match &row.by_token {
            Some(told) if sign_in == SignIn::Token => Expected::Told(told.clone()),
            _ if may && row.step_up && !sign_in.is_fresh() => Expected::Told("STEP_UP_REQUIRED".to_owned()),
            _ if may => Expected::Allowed,
            _ => Expected::Denied,
        }
    }

    async fn ask(&self, caller: &Caller<'_>, row: &Row, id: &str) -> Value {
        let (name, value) = caller.subject.header(caller.combination.sign_in);
        let body = json!({ "query": row.document, "variables": variables(row, id) });
        super::answer(&row.operation, || self.client.post("/graphql").header(name, &value).json(&body)).await
    }

    /// What a row is tried with by this caller.
    fn tried_with<'p>(&'p self, caller: &'p Caller<'_>, row: &Row) -> Vec<Option<&'p Place>> {
        let Some(kind) = row.target else { return vec![None] };
        let there = self.places.iter().chain([&caller.own]).filter(|place| place.kind == kind);
        there.filter(|place| caller.combination.tries(place)).map(Some).collect()
    }

    /// Tries one row; how many cells that were, and what was wrong with which. Whatever was refused is registered, each once.
    async fn try_row(&self, app: &App, caller: &Caller<'_>, row: &Row) -> (usize, Vec<String>) {
        let before = registered(&app.house).await;
        let ghost = match row.target {
            Some(kind) => Some(self.ask(caller, row, &kind.ghost()).await),
            None => None,
        };
        let places = self.tried_with(caller, row);
        let ends = |place| row.fresh && self.expectation(caller, row, place) == Expected::Allowed;
        let (ending, others): (Vec<_>, Vec<_>) = places.iter().copied().partition(|place| ends(*place));
        let judged = stream::iter(others).map(|place| self.judge(caller, row, place, ghost.as_ref()));
        let mut judged: Vec<_> = judged.buffer_unordered(AT_ONCE).collect().await;
        for place in ending {
            judged.push(self.judge(caller, row, place, ghost.as_ref()).await);
            restore_sessions(&app.house).await;
        }
        let of_ghost = ghost.as_ref().map_or(0, |ghost| caller.refusals(row, ghost, false));
        let refused = judged.iter().map(|(refusals, _)| refusals).sum::<usize>() + of_ghost;
        let registered = registered(&app.house).await - before;
        let mut wrong: Vec<_> = judged.into_iter().filter_map(|(_, wrong)| wrong).collect();
        if registered != refused {
            let who = caller.name();
            wrong.push(format!("{} as {who}: {refused} refused, {registered} registered", row.operation));
        }
        (places.len(), wrong)
    }

    /// How many refusals a cell must have registered, and what is wrong with it, if anything.
    async fn judge(
        &self,
        caller: &Caller<'_>,
        row: &Row,
        place: Option<&Place>,
        ghost: Option<&Value>,
    ) -> (usize, Option<String>) {
        let answer = self.ask(caller, row, place.map_or("", |place| &place.id)).await;
        let (found, expected) = (summary(&answer), self.expectation(caller, row, place));
        let right = match &expected {
            Expected::Told(told) => found == *told,
            Expected::Allowed => {
                row.allowed.contains(&found) && self.lists_right(caller, row, place, &answer)
            }
            Expected::Denied => {
                let known = row.known_by.as_deref().is_some_and(|right| self.knows(caller, right, place));
                let as_nothing = known || ghost.is_none_or(|ghost| unnamed(&answer) == unnamed(ghost));
                row.denied.contains(&found) && as_nothing
            }
        };
        let what = || {
            let (operation, who) = (&row.operation, caller.name());
            format!("{operation} with {place:?} as {who}: expected {expected:?}, {answer}")
        };
        (caller.refusals(row, &answer, expected == Expected::Allowed), (!right).then(what))
    }

    fn knows(&self, caller: &Caller<'_>, right: &str, place: Option<&Place>) -> bool {
        match place.map(|place| &place.named) {
            Some(Named::Incident { relation, .. }) => self.policy.allows(&caller.sections, right, relation),
            other => panic!("{other:?} is known by {right}"),
        }
    }

    /// Whether a list shows exactly what the table lets this person see of it.
    fn lists_right(&self, caller: &Caller<'_>, row: &Row, of: Option<&Place>, answer: &Value) -> bool {
        let Some(lists) = &row.lists else { return true };
        let there = self.places.iter().chain([&caller.own]).filter(|place| place.kind == lists.kind);
        let expected = there.clone().filter(|place| match (&place.named, of.map(|of| &of.named)) {
            (Named::Case { unit, .. }, Some(Named::Queue(queue))) => unit == queue,
            _ => self.permits(caller, &lists.right, place),
        });
        let expected: BTreeSet<_> = expected.map(|place| place.id.clone()).collect();
        let mut shown: BTreeSet<_> = shown_ids(answer).into_iter().collect();
        // There are more people and rights than the grid has names for: its own, and the demo's.
        if matches!(lists.kind, Kind::Person | Kind::Authorisation) {
            let known: BTreeSet<_> = there.map(|place| &place.id).collect();
            shown.retain(|id| known.contains(id));
        }
        shown == expected
    }
}

/// Tries every row in one combination.
async fn try_all(app: &App, grid: &Grid<'_>, caller: &Caller<'_>) -> (usize, Vec<String>) {
    let (mut cells, mut wrong) = (0, Vec::new());
    for row in &grid.rows {
        let (tried, failed) = grid.try_row(app, caller, row).await;
        cells += tried;
        wrong.extend(failed);
    }
    (cells, wrong)
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_finds_the_reviewed_policy_table_over_http() {
    in_a_crowd(async |app| {
        let begun = std::time::Instant::now();
        let (places, subjects) = (places::all(app).await, subjects(&app.house).await);
        let client = app.nobody();
        let grid = Grid { policy: Policy::read(), rows: rows(), places, client: &client };
        let reaches: BTreeMap<_, _> = places::reaches(&app.house).await.into_iter().collect();
        let mut all = combinations(subjects.len());
        let of = all.len();
        all.shuffle(&mut StdRng::seed_from_u64(seed()));
        all.truncate(scale(24, of));
        let (mut cells, mut wrong) = (0, Vec::new());
        for combination in &all {
            let subject = &subjects[combination.subject];
            let reach = reaches[REACHES[combination.reach]].to_string();
            let own = subject.hold(&app.house, (combination.functions, &reach), combination.standing).await;
            let caller = Caller::new(*combination, subject, own);
            let (tried, failed) = try_all(app, &grid, &caller).await;
            cells += tried;
            wrong.extend(failed);
        }
        let took = begun.elapsed();
        let database = if app.house.services.store.is_shared() { "PostgreSQL" } else { "SQLite" };
        proved(
            "D1",
            &format!(
                "{database}: {cells} cells, {} of {of} combinations, {} differ, {took:.0?}",
                all.len(),
                wrong.len()
            ),
        );
        assert!(cells >= scale(2_500, 28_000), "{cells} cells");
        assert!(
            wrong.is_empty(),
            "{} cells differ:\n{}",
            wrong.len(),
            wrong[..wrong.len().min(40)].join("\n")
        );
    })
    .await;
}

/// Fewer rights than the table says, and more: both are noticed, with everything else as it was.
#[tokio::test(flavor = "multi_thread")]
async fn a_right_too_many_or_too_few_is_noticed() {
    in_a_crowd(async |app| {
        let (places, subjects) = (places::all(app).await, subjects(&app.house).await);
        let client = app.nobody();
        let grid = Grid { policy: Policy::read(), rows: rows(), places, client: &client };
        let (holds, says): (&[Function], &[Function]) = (&[Function::Read], &[]);
        for (holds, says, expected) in [(holds, holds, false), (holds, says, true), (says, holds, true)] {
            let combination = |functions| Combination {
                subject: 1,
                functions,
                reach: 1,
                standing: Standing::Active,
                sign_in: SignIn::Stale,
                number: 0,
            };
            let own = subjects[1].hold(&app.house, (holds, "unit/sektorcert"), Standing::Active).await;
            let caller = Caller::new(combination(says), &subjects[1], own);
            let (_, wrong) = try_all(app, &grid, &caller).await;
            assert_eq!(!wrong.is_empty(), expected, "{holds:?}, said to be {says:?}: {wrong:?}");
        }
    })
    .await;
}
