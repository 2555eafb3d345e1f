//! From the flat JSON form to facts.

use serde_json::{Map, Value};

use super::catalogue::Catalogue;
use super::problem::{FactProblem, ProblemCode, Refusal, excerpt};
use super::{FactValue, Facts, value};
use crate::Fact;

/// As many problems as anyone reads; more would only make a hostile input costly.
const MOST_PROBLEMS: usize = 100;
/// The first unknown ids come with the nearest one: comparing with the whole catalogue is what costs.
const MOST_SUGGESTIONS: usize = 5;
/// As many answers as one object may hold: a pack has no more facts, aliases included.
pub(super) const MOST_ANSWERS: usize = crate::pack::limits::MOST_FACTS;

/// Reads what can be read, and says what could not.
pub(super) fn parse(catalogue: &Catalogue<'_>, json: &Value) -> (Facts, Vec<FactProblem>) {
    let Value::Object(answers) = json else {
        return (Facts::default(), vec![not_an_object().about_name("")]);
    };
    if answers.len() > MOST_ANSWERS {
        return (Facts::default(), vec![too_many_answers(answers.len()).about_name("")]);
    }
    let mut reading = Reading { catalogue, facts: Facts::default(), problems: Vec::new(), unknown: 0 };
    reading.read_all(answers);
    (reading.facts, reading.problems)
}

fn not_an_object() -> Refusal {
    Refusal::new(
        ProblemCode::NotAnObject,
        "Svarene skal være ét JSON-objekt, f.eks. {\"impact.users_affected\": 1200}.",
        "The answers must be one JSON object, e.g. {\"impact.users_affected\": 1200}.",
    )
}

fn too_many_answers(sent: usize) -> Refusal {
    Refusal::new(
        ProblemCode::TooLong,
        format!(
            "Svarene fylder {sent} felter, og der må højst være {MOST_ANSWERS}. Send kun de felter, der findes i kataloget."
        ),
        format!(
            "The answers have {sent} fields, and {MOST_ANSWERS} is the most. Send only fields that are in the catalogue."
        ),
    )
}

struct Reading<'a> {
    catalogue: &'a Catalogue<'a>,
    facts: Facts,
    problems: Vec<FactProblem>,
    /// How many ids were unknown so far.
    unknown: usize,
}

impl Reading<'_> {
    /// Facts under their own ids first, so that an alias is held against them in whatever order they were sent.
    fn read_all(&mut self, answers: &Map<String, Value>) {
        let mut names: Vec<(&String, &Value)> = answers.iter().collect();
        names.sort_by_key(|(name, _)| *name);
        let (aliases, ids): (Vec<_>, Vec<_>) = names
            .into_iter()
            .partition(|(name, _)| self.catalogue.find(name).is_some_and(|fact| fact.id != **name));
        for (name, answer) in ids.into_iter().chain(aliases) {
            if let Some(fact) = self.catalogue.find(name) {
                self.read(fact, name, answer);
            } else {
                let suggest = self.unknown < MOST_SUGGESTIONS;
                self.unknown += 1;
                let nearest = suggest.then(|| self.catalogue.nearest(name)).flatten();
                self.refuse(|| unknown_fact(name, nearest));
            }
        }
    }

    fn read(&mut self, fact: &Fact, name: &str, answer: &Value) {
        match value::read(fact, answer) {
            Ok(None) => {}
            Ok(Some(value)) => self.keep(fact, name, value),
            Err(refusals) => {
                for refusal in refusals {
                    self.refuse(|| refusal.about(fact, name));
                }
            }
        }
    }

    fn keep(&mut self, fact: &Fact, name: &str, value: FactValue) {
        match self.facts.get(&fact.id) {
            Some(first) if *first != value => self.refuse(|| contradiction(fact, name)),
            Some(_) => {}
            None => {
                self.facts.0.insert(fact.id.clone(), value);
            }
        }
    }

    fn refuse(&mut self, problem: impl FnOnce() -> FactProblem) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(problem());
        }
    }
}

fn unknown_fact(name: &str, nearest: Option<&str>) -> FactProblem {
    let shown = excerpt(name);
    Refusal::new(
        ProblemCode::UnknownFact,
        format!("Der findes ikke noget felt »{shown}«."),
        format!("There is no field “{shown}”."),
    )
    .suggesting(nearest)
    .about_name(name)
}

fn contradiction(fact: &Fact, name: &str) -> FactProblem {
    let id = &fact.id;
    Refusal::new(
        ProblemCode::Contradiction,
        format!("»{name}« er et andet navn for »{id}«, og de to svar er forskellige. Send kun »{id}«."),
        format!("“{name}” is another name of “{id}”, and the two answers differ. Send “{id}” only."),
    )
    .about(fact, name)
}
