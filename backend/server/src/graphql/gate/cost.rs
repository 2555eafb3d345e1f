//! What a document comes to with every fragment written out: computed once for each fragment, never expanded.

use std::collections::HashMap;

use super::lexer::Token;
use super::{ALIASES, FRAGMENT_COST, ROOT_FIELDS, Refusal};

/// What one operation or fragment holds itself.
#[derive(Default)]
struct Definition<'a> {
    /// It may have one root field only: a mutation or a subscription.
    single: bool,
    fields: u64,
    /// Fields of its outermost selection, inline fragments seen through.
    root_fields: u64,
    spreads: Vec<Spread<'a>>,
}

/// A named fragment that is spread.
struct Spread<'a> {
    fragment: &'a str,
    at_root: bool,
}

/// What a definition comes to with its fragments written out.
#[derive(Clone, Copy, Default)]
struct Cost {
    fields: u64,
    root_fields: u64,
}

/// The definitions of a document, as far as their costs are concerned.
#[derive(Default)]
struct Document<'a> {
    operations: Vec<Definition<'a>>,
    fragments: HashMap<&'a str, Definition<'a>>,
    aliases: usize,
}

/// Refuses too many aliases or root fields, fragments that contain themselves, and documents that come to too much.
pub(super) fn check(tokens: &[Token<'_>]) -> Result<(), Refusal> {
    let document = read(tokens);
    if document.aliases > ALIASES {
        return Err(Refusal::TooManyAliases);
    }
    let costs = fragment_costs(&document.fragments)?;
    let mut total = costs.values().map(|cost| cost.fields).max().unwrap_or_default();
    for operation in &document.operations {
        let cost = cost_of(operation, &costs);
        // Each root field is executed, however often the same one is asked for.
        if cost.root_fields > ROOT_FIELDS || (operation.single && cost.root_fields > 1) {
            return Err(Refusal::TooManyRootFields);
        }
        total = total.saturating_add(cost.fields);
    }
    if total > FRAGMENT_COST { Err(Refusal::FragmentsTooLarge) } else { Ok(()) }
}

/// Counts fields, aliases and spreads: those are names in `{...}` that is not within `(...)` or `[...]`.
fn read<'a>(tokens: &[Token<'a>]) -> Document<'a> {
    let mut document = Document::default();
    let mut place = Place::default();
    for (index, token) in tokens.iter().copied().enumerate() {
        let before = |step: usize| index.checked_sub(step).and_then(|index| tokens.get(index)).copied();
        let around = [before(2), before(1), tokens.get(index + 1).copied()];
        if place.at_definition {
            match token {
                Token::Open('{') | Token::Name("query") => document.operations.push(Definition::default()),
                Token::Name("mutation" | "subscription") => {
                    document.operations.push(Definition { single: true, ..Definition::default() });
                }
                _ => {}
            }
        }
        match token {
            Token::Name(name) if place.open.is_empty() => place.define(name, around[2]),
            Token::Name(name) if place.values == 0 => document.select(name, around, &mut place),
            Token::Name(_) => {}
            _ => place.pass(token),
        }
    }
    document
}

impl<'a> Document<'a> {
    /// A name in a selection: a field, its alias, a directive, a fragment that is spread, or a type condition.
    fn select(&mut self, name: &'a str, around: [Option<Token<'a>>; 3], place: &mut Place<'a>) {
        let [second, first, after] = around;
        let definition = match place.fragment {
            Some(fragment) => self.fragments.entry(fragment).or_default(),
            None => match self.operations.last_mut() {
                Some(operation) => operation,
                None => return,
            },
        };
        let at_root = place.at_root();
        match (second, first) {
            (_, Some(Token::Spread)) if name == "on" => {}
            (_, Some(Token::Spread)) => {
                definition.spreads.push(Spread { fragment: name, at_root });
                place.inline = false;
            }
            (Some(Token::Spread), Some(Token::Name("on"))) => {}
            // A directive: an inline fragment may carry one before its selection.
            (_, Some(Token::Other)) => definition.fields += 1,
            _ => {
                let is_alias = after == Some(Token::Colon);
                definition.fields += 1;
                definition.root_fields += u64::from(at_root && !is_alias);
                self.aliases += usize::from(is_alias);
                place.inline = false;
            }
        }
    }
}

/// A bracket that is open.
struct Bracket {
    /// What is in it are values, not selections.
    values: bool,
    /// It is the outermost selection of a definition, or an inline fragment in that.
    root: bool,
}

/// Where in a document a token stands.
struct Place<'a> {
    /// A definition may begin here.
    at_definition: bool,
    /// The fragment that is being defined.
    fragment: Option<&'a str>,
    open: Vec<Bracket>,
    /// How many of the open brackets hold values.
    values: usize,
    /// The next selection is an inline fragment's.
    inline: bool,
}

impl Default for Place<'_> {
    fn default() -> Self {
        Self { at_definition: true, fragment: None, open: Vec::new(), values: 0, inline: false }
    }
}

impl<'a> Place<'a> {
    fn at_root(&self) -> bool {
        self.open.last().is_some_and(|bracket| bracket.root)
    }

    /// A name outside all brackets.
    fn define(&mut self, name: &'a str, after: Option<Token<'a>>) {
        if let (true, "fragment", Some(Token::Name(fragment))) = (self.at_definition, name, after) {
            self.fragment = Some(fragment);
        }
        self.at_definition = false;
    }

    fn pass(&mut self, token: Token<'_>) {
        match token {
            Token::Open(bracket) => {
                self.at_definition = false;
                let values = bracket != '{';
                let root = !values && (self.open.is_empty() || (self.inline && self.at_root()));
                self.inline &= values;
                self.open.push(Bracket { values, root });
                self.values += usize::from(values);
            }
            Token::Close => {
                let bracket = self.open.pop();
                let is = |what: fn(&Bracket) -> bool| bracket.as_ref().is_some_and(what);
                self.values -= usize::from(is(|bracket| bracket.values));
                if self.open.is_empty() && is(|bracket| !bracket.values) {
                    self.at_definition = true;
                    self.fragment = None;
                }
            }
            Token::Spread => self.inline = true,
            _ => {}
        }
    }
}

/// The cost of each fragment, each computed once, without recursion.
fn fragment_costs<'a>(
    fragments: &HashMap<&'a str, Definition<'a>>,
) -> Result<HashMap<&'a str, Cost>, Refusal> {
    let mut costs: HashMap<&str, Cost> = HashMap::with_capacity(fragments.len());
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
            let spreads = fragment.spreads.iter().map(|spread| spread.fragment);
            let pending = spreads.filter(|spread| !costs.contains_key(spread));
            for spread in pending {
                if under_way.contains(&spread) {
                    return Err(Refusal::FragmentCycle(spread.to_owned()));
                }
                stack.push(spread);
            }
        }
    }
    Ok(costs)
}

fn cost_of(definition: &Definition<'_>, costs: &HashMap<&str, Cost>) -> Cost {
    let mut cost = Cost { fields: definition.fields, root_fields: definition.root_fields };
    for spread in &definition.spreads {
        let spread_out = costs.get(spread.fragment).copied().unwrap_or_default();
        cost.fields = cost.fields.saturating_add(spread_out.fields).saturating_add(1);
        if spread.at_root {
            cost.root_fields = cost.root_fields.saturating_add(spread_out.root_fields);
        }
    }
    cost
}
