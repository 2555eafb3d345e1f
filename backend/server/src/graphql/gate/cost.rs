//! What a document comes to with every fragment written out: computed once for each fragment, never expanded.

use std::collections::HashMap;

use super::lexer::Token;
use super::{ALIASES, FRAGMENT_COST, Refusal};

/// What one operation or fragment holds itself.
#[derive(Default)]
struct Definition<'a> {
    fields: u64,
    spreads: Vec<&'a str>,
}

/// The definitions of a document, as far as their costs are concerned.
#[derive(Default)]
struct Document<'a> {
    operations: Definition<'a>,
    fragments: HashMap<&'a str, Definition<'a>>,
    aliases: usize,
}

/// Refuses too many aliases, fragments that contain themselves, and documents that come to too much.
pub(super) fn check(tokens: &[Token<'_>]) -> Result<(), Refusal> {
    let document = read(tokens);
    if document.aliases > ALIASES {
        return Err(Refusal::TooManyAliases);
    }
    let costs = fragment_costs(&document.fragments)?;
    let total = cost_of(&document.operations, &costs);
    let largest = costs.values().copied().max().unwrap_or_default();
    if total.max(largest) > FRAGMENT_COST { Err(Refusal::FragmentsTooLarge) } else { Ok(()) }
}

/// Counts fields, aliases and spreads: those are names in `{...}` that is not within `(...)` or `[...]`.
fn read<'a>(tokens: &[Token<'a>]) -> Document<'a> {
    let mut document = Document::default();
    let mut place = Place::default();
    for (index, token) in tokens.iter().copied().enumerate() {
        let after = tokens.get(index + 1).copied();
        let before = |step: usize| index.checked_sub(step).and_then(|index| tokens.get(index)).copied();
        let Token::Name(name) = token else {
            place.pass(token);
            continue;
        };
        if place.open.is_empty() {
            place.fragment = match after {
                Some(Token::Name(fragment)) if place.at_definition && name == "fragment" => Some(fragment),
                _ => place.fragment,
            };
            place.at_definition = false;
        } else if place.values == 0 {
            let definition = match place.fragment {
                Some(fragment) => document.fragments.entry(fragment).or_default(),
                None => &mut document.operations,
            };
            let condition = before(1) == Some(Token::Name("on")) && before(2) == Some(Token::Spread);
            match before(1) {
                Some(Token::Spread) if name == "on" => {}
                Some(Token::Spread) => definition.spreads.push(name),
                _ if condition => {}
                _ => definition.fields += 1,
            }
            document.aliases += usize::from(after == Some(Token::Colon));
        }
    }
    document
}

/// Where in a document a token stands.
struct Place<'a> {
    /// A definition may begin here.
    at_definition: bool,
    /// The fragment that is being defined.
    fragment: Option<&'a str>,
    open: Vec<char>,
    /// How many of the open brackets hold values.
    values: usize,
}

impl Default for Place<'_> {
    fn default() -> Self {
        Self { at_definition: true, fragment: None, open: Vec::new(), values: 0 }
    }
}

impl Place<'_> {
    fn pass(&mut self, token: Token<'_>) {
        match token {
            Token::Open(bracket) => {
                self.at_definition = false;
                self.open.push(bracket);
                self.values += usize::from(bracket != '{');
            }
            Token::Close => {
                let bracket = self.open.pop();
                self.values -= usize::from(bracket.is_some_and(|bracket| bracket != '{'));
                if bracket == Some('{') && self.open.is_empty() {
                    self.at_definition = true;
                    self.fragment = None;
                }
            }
            _ => {}
        }
    }
}

/// The cost of each fragment, each computed once, without recursion.
fn fragment_costs<'a>(
    fragments: &HashMap<&'a str, Definition<'a>>,
) -> Result<HashMap<&'a str, u64>, Refusal> {
    let mut costs: HashMap<&str, u64> = HashMap::with_capacity(fragments.len());
    let mut under_way: Vec<&str> = Vec::new();
    for start in fragments.keys() {
        let mut stack = vec![*start];
        while let Some(name) = stack.last().copied() {
            let Some(fragment) = fragments.get(name).filter(|_| !costs.contains_key(name)) else {
                stack.pop();
                continue;
            };
            if under_way.last() == Some(&name) {
                // All it spreads has its cost by now.
                costs.insert(name, cost_of(fragment, &costs));
                under_way.pop();
                stack.pop();
                continue;
            }
            under_way.push(name);
            let pending = fragment.spreads.iter().filter(|spread| !costs.contains_key(*spread));
            for spread in pending {
                if under_way.contains(spread) {
                    return Err(Refusal::FragmentCycle((*spread).to_owned()));
                }
                stack.push(spread);
            }
        }
    }
    Ok(costs)
}

fn cost_of(definition: &Definition<'_>, costs: &HashMap<&str, u64>) -> u64 {
    let spread = |name: &&str| costs.get(name).copied().unwrap_or_default().saturating_add(1);
    definition.spreads.iter().map(spread).fold(definition.fields, u64::saturating_add)
}
