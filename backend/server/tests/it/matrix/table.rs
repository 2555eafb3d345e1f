//! The reviewed tables and the schema that they are held against.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use async_graphql::parser::types::{BaseType, ServiceDocument, Type, TypeKind, TypeSystemDefinition};
use serde::Deserialize;
use serde_json::Value;
use varsel_services::domain::access::UseKind;
use varsel_services::domain::authz::Action;

use super::world::Kind;

/// One way to try an operation; see `operations.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub(super) operation: String,
    pub(super) document: String,
    #[serde(default)]
    pub(super) variables: Option<Value>,
    right: String,
    #[serde(default)]
    pub(super) target: Option<Kind>,
    #[serde(default)]
    by: Option<String>,
    /// A right that is asked for besides, wherever it reaches.
    #[serde(default)]
    pub(super) also: Option<String>,
    pub(super) allowed: Vec<String>,
    #[serde(default)]
    pub(super) later: Vec<String>,
    #[serde(default)]
    pub(super) denied: Vec<String>,
    #[serde(default)]
    pub(super) known_by: Option<String>,
    #[serde(default = "sign_in")]
    pub(super) nobody: String,
    #[serde(default)]
    pub(super) by_token: Option<String>,
    #[serde(default)]
    pub(super) lists: Option<Lists>,
    #[serde(default)]
    pub(super) only: Option<String>,
    #[serde(default)]
    pub(super) fresh: bool,
    #[serde(default)]
    pub(super) step_up: bool,
    #[serde(default)]
    pub(super) home: Option<String>,
}

/// Which right, and what it is about where that is not the target.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) right: &'a str,
    pub(super) by: Option<&'a str>,
}

impl Row {
    pub(super) fn asked(&self) -> Asked<'_> {
        Asked { right: &self.right, by: self.by.as_deref() }
    }
}

/// What stands in a list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lists {
    pub(super) kind: Kind,
    pub(super) right: String,
}

/// `fields.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fields {
    /// How sensitive a field is, by its class: public, personal or confidential.
    pub(super) sensitivity: BTreeMap<String, String>,
    /// Operations that show what is personal or confidential without an entry in the log of use, and why.
    pub(super) unlogged: BTreeMap<String, String>,
    /// Kinds of use whose entry names whoever was shown by a criterion alone, and how it is one.
    pub(super) by_criterion: HashMap<UseKind, String>,
    /// Ways on which the server gives something that no test of the log of use downloads, and why.
    pub(super) not_downloaded: BTreeMap<String, String>,
    /// Type, class, fields.
    pub(super) classes: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    pub(super) probes: Vec<Probe>,
}

/// How to look at a field that not everybody sees.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Probe {
    pub(super) field: String,
    pub(super) document: String,
    right: String,
    #[serde(default)]
    pub(super) target: Option<Kind>,
    #[serde(default)]
    by: Option<String>,
}

impl Probe {
    pub(super) fn asked(&self) -> Asked<'_> {
        Asked { right: &self.right, by: self.by.as_deref() }
    }
}

fn sign_in() -> String {
    "SIGN_IN_REQUIRED".to_owned()
}

pub(super) fn rows() -> Vec<Row> {
    serde_saphyr::from_str(include_str!("operations.yaml")).unwrap()
}

pub(super) fn fields() -> Fields {
    serde_saphyr::from_str(include_str!("fields.yaml")).unwrap()
}

/// The action of `permits` by its name.
pub(super) fn action(name: &str) -> Action {
    let found = Action::ALL.into_iter().find(|action| format!("{action:?}") == name);
    found.unwrap_or_else(|| panic!("`permits` knows no action {name}"))
}

/// The checked-in schema.
pub(super) struct Sdl(ServiceDocument);

impl Sdl {
    pub(super) fn read() -> Self {
        let text = include_str!("../../../../../schema/schema.graphql");
        Self(async_graphql::parser::parse_schema(text).unwrap())
    }

    fn kinds(&self) -> impl Iterator<Item = (&str, &TypeKind)> {
        self.0.definitions.iter().filter_map(|definition| match definition {
            TypeSystemDefinition::Type(it) => Some((it.node.name.node.as_str(), &it.node.kind)),
            _ => None,
        })
    }

    /// Every field of every object type: type, field, and the type of what it gives.
    pub(super) fn fields(&self) -> Vec<(String, String, String)> {
        let mut all = Vec::new();
        for (name, kind) in self.kinds() {
            let TypeKind::Object(object) = kind else { continue };
            for field in &object.fields {
                let (field, ty) = (&field.node.name.node, &field.node.ty.node);
                all.push((name.to_owned(), field.to_string(), innermost(ty)));
            }
        }
        all
    }

    /// The object types that a type may be: the members of a union, or itself.
    pub(super) fn members(&self, name: &str) -> Vec<String> {
        let union = self.kinds().find_map(|(it, kind)| match kind {
            TypeKind::Union(union) if it == name => Some(union),
            _ => None,
        });
        match union {
            Some(union) => union.members.iter().map(|member| member.node.to_string()).collect(),
            None => vec![name.to_owned()],
        }
    }

    /// The names that an input type knows.
    pub(super) fn input_fields(&self, name: &str) -> BTreeSet<String> {
        let found = self.kinds().find_map(|(it, kind)| match kind {
            TypeKind::InputObject(input) if it == name => Some(&input.fields),
            _ => None,
        });
        let fields = found.unwrap_or_else(|| panic!("no input type {name}"));
        fields.iter().map(|field| field.node.name.node.to_string()).collect()
    }
}

fn innermost(ty: &Type) -> String {
    match &ty.base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(inner) => innermost(inner),
    }
}
