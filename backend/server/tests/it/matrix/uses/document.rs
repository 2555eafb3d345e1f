//! Documents that ask an operation for everything it can give.

use std::collections::{BTreeMap, BTreeSet};

use super::super::table::{self, Row, Sdl};

/// How many objects within one another are asked for, of one thing; of the rows of a page, which are many, one less.
const DEPTH: usize = 2;

/// The fields of each object type, with what they give; those that need an argument are left out.
pub(super) struct Types {
    fields: BTreeMap<String, Vec<(String, String)>>,
    unions: BTreeMap<String, Vec<String>>,
    /// Those that are personal or confidential, as `Type.field`.
    pub(super) sensitive: BTreeSet<String>,
}

impl Types {
    pub(super) fn read() -> Self {
        let sdl = Sdl::read();
        let mut fields: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for (ty, field, gives) in sdl.fields() {
            fields.entry(ty).or_default().push((field, gives));
        }
        let gives = fields.values().flatten().map(|(_, gives)| gives.clone());
        let unions =
            gives.map(|ty| (ty.clone(), sdl.members(&ty))).filter(|(ty, members)| *members != [ty.clone()]);
        Self { unions: unions.collect(), fields, sensitive: sensitive() }
    }

    /// What an operation, e.g. `Query.incident`, gives.
    pub(super) fn given(&self, operation: &str) -> &str {
        let (root, field) = operation.split_once('.').unwrap();
        let found = self.fields[root].iter().find(|(name, _)| name == field);
        &found.unwrap_or_else(|| panic!("no operation {operation}")).1
    }

    /// The fields of an object with what they give; none of a scalar.
    pub(super) fn of(&self, ty: &str) -> &[(String, String)] {
        self.fields.get(ty).map_or(&[], Vec::as_slice)
    }

    fn is_object(&self, ty: &str) -> bool {
        self.fields.contains_key(ty) || self.unions.contains_key(ty)
    }

    /// Documents of the row that together ask for everything, each for little enough to be taken.
    pub(super) fn documents(&self, row: &Row) -> Vec<String> {
        let field = row.operation.split_once('.').unwrap().1;
        let called = format!("answer: {field}");
        let (before, rest) = row.document.split_once(&called).unwrap();
        let (arguments, _) = rest.split_at(if rest.starts_with('(') { closing(rest) } else { 0 });
        // Fewer rows, of which more is asked.
        let head = format!("{before}{called}{arguments}").replace("first: 100", "first: 5");
        let given = self.given(&row.operation);
        if !self.is_object(given) {
            return vec![row.document.clone()];
        }
        self.selections(given, &[]).into_iter().map(|selection| format!("{head} {selection} }}")).collect()
    }

    /// Those of them that ask for everything in one of the things that can come of it, and for something in it.
    pub(super) fn documents_of(&self, row: &Row, member: &str) -> Vec<String> {
        let given = self.given(&row.operation);
        let (chosen, empty) =
            (format!("{{ __typename ... on {member} "), format!("{member} {{ __typename }}"));
        let asks =
            |document: &String| given == member || (document.contains(&chosen) && !document.contains(&empty));
        self.documents(row).into_iter().filter(asks).collect()
    }

    /// One selection with the scalars of a type, and one for each object in it.
    fn selections(&self, ty: &str, within: &[&str]) -> Vec<String> {
        if let Some(members) = self.unions.get(ty) {
            let members = members.iter().flat_map(|member| {
                let inner = self.selections(member, within).into_iter();
                inner.map(move |inner| format!("{{ __typename ... on {member} {inner} }}"))
            });
            return members.collect();
        }
        let mut selections = Vec::new();
        let objects = self
            .of(ty)
            .iter()
            .filter(|(_, gives)| self.is_object(gives) && !within.contains(&gives.as_str()));
        let is_page = ty.ends_with("Connection");
        let depth = if within.iter().any(|outer| outer.ends_with("Connection")) { DEPTH - 1 } else { DEPTH };
        let scalars = self.scalars(ty);
        for (field, gives) in objects.clone().filter(|(field, _)| !is_page || field == "nodes") {
            let within = [within, &[ty]].concat();
            // The rows of a page are what it is asked for, one kind of thing in them at a time.
            let whole = if is_page {
                self.selections(gives, &within)
            } else {
                vec![self.whole(gives, &within, depth)]
            };
            selections.extend(whole.into_iter().map(|inner| format!("{{ {scalars} {field} {inner} }}")));
        }
        if selections.is_empty() || !is_page {
            selections.push(format!("{{ {scalars} }}"));
        }
        selections
    }

    fn whole(&self, ty: &str, within: &[&str], depth: usize) -> String {
        if let Some(members) = self.unions.get(ty) {
            let members = members.iter().map(|it| format!("... on {it} {}", self.whole(it, within, depth)));
            return format!("{{ __typename {} }}", members.collect::<Vec<_>>().join(" "));
        }
        let mut parts = vec![self.scalars(ty)];
        let within = [within, &[ty]].concat();
        for (field, gives) in self.of(ty).iter().filter(|(_, gives)| self.is_object(gives)) {
            if depth > 0 && !within.contains(&gives.as_str()) {
                parts.push(format!("{field} {}", self.whole(gives, &within, depth - 1)));
            }
        }
        format!("{{ {} }}", parts.join(" "))
    }

    fn scalars(&self, ty: &str) -> String {
        let scalars = self.of(ty).iter().filter(|(_, gives)| !self.is_object(gives));
        let names = std::iter::once("__typename").chain(scalars.map(|(name, _)| name.as_str()));
        names.collect::<Vec<_>>().join(" ")
    }
}

/// Where the bracket that begins here is closed.
fn closing(text: &str) -> usize {
    let mut depth = 0;
    for (at, next) in text.char_indices() {
        depth += match next {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        if depth == 0 {
            return at + 1;
        }
    }
    panic!("no end: {text}")
}

fn sensitive() -> BTreeSet<String> {
    let table = table::fields();
    let mut sensitive = BTreeSet::new();
    for (ty, by_class) in &table.classes {
        for names in
            by_class.iter().filter(|(class, _)| table.sensitivity[*class] != "public").map(|(_, it)| it)
        {
            sensitive.extend(names.iter().map(|name| format!("{ty}.{name}")));
        }
    }
    sensitive
}
