//! Which templates a step may have: only those that read well whatever is known.
//!
//! A template is walked, not tried: every variable exists, and one that may be unknown is written only where a block has
//! made sure of it. So no situation, foreseen or not, makes a hole.

use handlebars::template::{HelperTemplate, Parameter, TemplateElement};
use handlebars::{Path, Template, TemplateErrorReason};

use super::markdown::given;
use crate::pack::refusal::most_like;
use crate::pack::said::Said;
use crate::{Text, Unit};

/// What a template may name besides what every pack has.
pub(crate) struct Names<'a> {
    /// Units, as `unit.<id>`.
    pub(crate) units: &'a [Unit],
    /// Regimes, as `duty.<id>`.
    pub(crate) regimes: &'a [&'a str],
}

/// A mistake, with its line in the template, from 1.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(crate) line: usize,
    pub(crate) said: Said,
}

/// What a path leads to.
#[derive(Clone, Copy)]
enum Kind<'a> {
    Root,
    Text,
    Flag,
    /// A unit; none where it depends on the incident which.
    Desk(Option<&'a Unit>),
    Desks,
    Clock,
    Clocks,
    Duties,
    Units,
}

/// A name, what it leads to, and whether it is always known.
type Field<'a> = (&'a str, Kind<'a>, bool);

const HELPERS: [&str; 4] = ["if", "unless", "each", "with"];

impl<'a> Names<'a> {
    fn fields(&self, kind: Kind<'a>) -> Vec<Field<'a>> {
        let desk = |unit: Option<&'a Unit>| {
            let maybe = |name, has: fn(&Unit) -> bool| match unit {
                None => Some((name, Kind::Text, false)),
                Some(unit) => has(unit).then_some((name, Kind::Text, true)),
            };
            let ways = [
                maybe("phone", |unit| given(unit.phone.as_ref()).is_some()),
                maybe("hours", |unit| unit.hours.is_some()),
                maybe("email", |unit| given(unit.email.as_ref()).is_some()),
                maybe("url", |unit| given(unit.url.as_ref()).is_some()),
                maybe("contact", |unit| {
                    [&unit.phone, &unit.email, &unit.url].into_iter().any(|way| given(way.as_ref()).is_some())
                }),
            ];
            std::iter::once(("name", Kind::Text, true)).chain(ways.into_iter().flatten()).collect()
        };
        match kind {
            Kind::Root => vec![
                ("lead", Kind::Desk(None), false),
                ("told", Kind::Desks, true),
                ("next", Kind::Clock, false),
                ("clocks", Kind::Clocks, true),
                ("duty", Kind::Duties, true),
                ("unit", Kind::Units, true),
                ("sectors", Kind::Text, false),
            ],
            Kind::Desk(unit) => desk(unit),
            Kind::Clock => vec![
                ("regime", Kind::Text, true),
                ("law", Kind::Text, true),
                ("stage", Kind::Text, true),
                ("by", Kind::Text, false),
                ("to", Kind::Text, false),
                ("provisional", Kind::Flag, true),
                ("late", Kind::Flag, true),
            ],
            Kind::Duties => self.regimes.iter().map(|id| (*id, Kind::Clock, false)).collect(),
            Kind::Units => {
                self.units.iter().map(|unit| (unit.id.as_str(), Kind::Desk(Some(unit)), true)).collect()
            }
            Kind::Text | Kind::Flag | Kind::Desks | Kind::Clocks => Vec::new(),
        }
    }
}

/// The template of a text that merges something, or every mistake in it.
///
/// # Errors
/// What is wrong with it, each with what to write instead.
pub(crate) fn compile(text: &str, names: &Names<'_>) -> Result<Template, Vec<Mistake>> {
    if !text.contains("{{") {
        let mut plain = Template::default();
        plain.elements.push(TemplateElement::RawString(text.to_owned()));
        return Ok(plain);
    }
    let template = Template::compile(text).map_err(|error| {
        let line = error.pos().map_or(1, |(line, _)| line);
        vec![Mistake { line, said: no_template(error.reason()) }]
    })?;
    let root = Scope { kind: Kind::Root, path: String::new(), repeats: false };
    let mut walk = Walk { names, scopes: vec![root], known: Vec::new(), line: 1, mistakes: Vec::new() };
    walk.template(Some(&template));
    if walk.mistakes.is_empty() { Ok(template) } else { Err(walk.mistakes) }
}

/// Why a text is no template; where it is not one of the usual slips, the library's own words say it.
fn no_template(reason: &TemplateErrorReason) -> Said {
    match reason {
        TemplateErrorReason::MismatchingClosedHelper(open, close)
        | TemplateErrorReason::MismatchingClosedDecorator(open, close) => Said::both(
            format!("`{{{{#{open}}}}}` lukkes med `{{{{/{close}}}}}`: skriv `{{{{/{open}}}}}`"),
            format!("`{{{{#{open}}}}}` is closed by `{{{{/{close}}}}}`: write `{{{{/{open}}}}}`"),
        ),
        TemplateErrorReason::InvalidParam(name) => Said::both(
            format!("`{name}` kan ikke stå i en skabelon: skriv navnet på en variabel"),
            format!("`{name}` cannot stand in a template: write the name of a variable"),
        ),
        own => Said::both(
            format!(
                "dette er ingen Handlebars-skabelon, luk hver `{{{{` med `}}}}` og hver blok med `{{{{/...}}}}`: \
                 læseren siger på engelsk \"{own}\""
            ),
            format!(
                "this is no Handlebars template, close every `{{{{` with `}}}}` and every block with `{{{{/...}}}}`: \
                 the reader says \"{own}\""
            ),
        ),
    }
}

/// What relative names begin from.
#[derive(Clone)]
struct Scope<'a> {
    kind: Kind<'a>,
    path: String,
    repeats: bool,
}

/// Where a name led.
struct Found<'a> {
    kind: Kind<'a>,
    path: String,
    /// The first part of it that may be unknown here.
    unsure: bool,
}

struct Walk<'a> {
    names: &'a Names<'a>,
    scopes: Vec<Scope<'a>>,
    /// Paths that the blocks around have made sure of.
    known: Vec<String>,
    line: usize,
    mistakes: Vec<Mistake>,
}

impl<'a> Walk<'a> {
    fn refuse(&mut self, da: impl Into<String>, en: impl Into<String>) {
        self.mistakes.push(Mistake { line: self.line, said: Said::both(da, en) });
    }

    fn template(&mut self, template: Option<&Template>) {
        let Some(template) = template else { return };
        for (element, place) in template.elements.iter().zip(&template.mapping) {
            self.line = place.0;
            match element {
                TemplateElement::RawString(_) | TemplateElement::Comment(_) => {}
                TemplateElement::Expression(it) | TemplateElement::HtmlExpression(it) => self.value(it),
                TemplateElement::HelperBlock(block) => self.block(block),
                _ => self.refuse(
                    "et trin indsætter ingen anden skabelon: skriv selve teksten",
                    "a step includes no other template: write the text itself",
                ),
            }
        }
    }

    /// A value that is written out.
    fn value(&mut self, value: &HelperTemplate) {
        let Some(name) = name_of(&value.name) else {
            return self.refuse(
                "skriv navnet på en variabel, f.eks. `{{lead.name}}`",
                "write the name of a variable, e.g. `{{lead.name}}`",
            );
        };
        if !value.params.is_empty() || !value.hash.is_empty() {
            return self.unknown_helper(name);
        }
        let Some(found) = self.find(name) else { return };
        match found.kind {
            Kind::Text if found.unsure => self.refuse(
                format!("`{name}` er ikke altid kendt: skriv `{{{{#if {name}}}}}...{{{{else}}}}...{{{{/if}}}}` omkring"),
                format!(
                    "`{name}` is not always known: write `{{{{#if {name}}}}}...{{{{else}}}}...{{{{/if}}}}` around it"
                ),
            ),
            Kind::Text => {}
            Kind::Flag => self.refuse(
                format!("`{name}` er ja eller nej: skriv `{{{{#if {name}}}}}`"),
                format!("`{name}` is yes or no: write `{{{{#if {name}}}}}`"),
            ),
            Kind::Desks | Kind::Clocks => self.refuse(
                format!("`{name}` er en liste: skriv `{{{{#each {name}}}}}`"),
                format!("`{name}` is a list: write `{{{{#each {name}}}}}`"),
            ),
            kind => {
                let fields: Vec<_> = self.names.fields(kind).into_iter().map(|field| field.0).collect();
                let fields = fields.join(", ");
                self.refuse(
                    format!("`{name}` er ingen tekst: tilføj en af {fields}"),
                    format!("`{name}` is no text: add one of {fields}"),
                );
            }
        }
    }

    fn unknown_helper(&mut self, name: &str) {
        let like = most_like(name, HELPERS.into_iter()).unwrap_or("if");
        self.refuse(
            format!("ukendt hjælper `{name}`: skriv `{{{{#{like} ...}}}}`; der er if, unless, each og with"),
            format!(
                "unknown helper `{name}`: write `{{{{#{like} ...}}}}`; there are if, unless, each and with"
            ),
        );
    }

    fn block(&mut self, block: &HelperTemplate) {
        let helper = name_of(&block.name).unwrap_or_default();
        if !HELPERS.contains(&helper) {
            return self.unknown_helper(helper);
        }
        let plain = block.hash.is_empty() && block.block_param.is_none();
        let [Some(name)] = *block.params.iter().map(name_of).collect::<Vec<_>>() else {
            return self.refuse(
                format!("efter `{{{{#{helper}}}}}` skal stå navnet på én variabel"),
                format!("`{{{{#{helper}}}}}` takes the name of one variable"),
            );
        };
        if !plain {
            return self.refuse(
                format!("efter `{{{{#{helper} {name}}}}}` skal ikke stå mere: fjern resten"),
                format!("`{{{{#{helper} {name}}}}}` takes nothing further: take the rest out"),
            );
        }
        let Some(found) = self.find(name) else { return };
        let (then, otherwise) = (block.template.as_ref(), block.inverse.as_ref());
        let depth = self.scopes.len();
        match (helper, found.kind) {
            ("if", _) => self.branches(Some(&found.path), then, otherwise),
            ("unless", _) => self.branches(Some(&found.path), otherwise, then),
            ("each", Kind::Desks | Kind::Clocks) => {
                let kind = if matches!(found.kind, Kind::Desks) { Kind::Desk(None) } else { Kind::Clock };
                // What was made sure of for one entry says nothing of another: each walk has a path of its own.
                let scope = Scope { kind, path: format!("{}[{depth}]", found.path), repeats: true };
                self.inside(scope, then, otherwise);
            }
            ("each", _) => self.refuse(
                format!("`{name}` er ingen liste: der er `told` og `clocks`"),
                format!("`{name}` is no list: there are `told` and `clocks`"),
            ),
            (_, Kind::Desk(_) | Kind::Clock) if found.unsure && otherwise.is_none() => self.refuse(
                format!("`{name}` er ikke altid kendt: skriv en `{{{{else}}}}` før `{{{{/with}}}}`"),
                format!("`{name}` is not always known: write an `{{{{else}}}}` before `{{{{/with}}}}`"),
            ),
            (_, Kind::Desk(_) | Kind::Clock) => {
                self.inside(Scope { kind: found.kind, path: found.path, repeats: false }, then, otherwise);
            }
            _ => self.refuse(
                format!("`{name}` har ingen dele: skriv `{{{{#if {name}}}}}`"),
                format!("`{name}` has no parts: write `{{{{#if {name}}}}}`"),
            ),
        }
    }

    fn inside(&mut self, scope: Scope<'a>, then: Option<&Template>, otherwise: Option<&Template>) {
        let path = scope.path.clone();
        self.scopes.push(scope);
        self.branches(Some(&path), then, None);
        self.scopes.pop();
        self.branches(None, otherwise, None);
    }

    /// Two branches, the first of which is taken only where `path` is known.
    fn branches(&mut self, path: Option<&str>, then: Option<&Template>, otherwise: Option<&Template>) {
        let before = self.known.len();
        for (end, _) in path.into_iter().flat_map(|path| path.match_indices('.').chain([(path.len(), "")])) {
            self.known.extend(path.and_then(|path| path.get(..end)).map(str::to_owned));
        }
        // Whoever has one way to be reached has a contact.
        if let Some((desk, "phone" | "email" | "url")) = path.and_then(|path| path.rsplit_once('.')) {
            self.known.push(format!("{desk}.contact"));
        }
        self.template(then);
        self.known.truncate(before);
        self.template(otherwise);
    }

    fn find(&mut self, name: &str) -> Option<Found<'a>> {
        let here = self.scopes.last()?.clone();
        if here.repeats && matches!(name, "@first" | "@last") {
            return Some(Found { kind: Kind::Flag, path: name.to_owned(), unsure: false });
        }
        let (start, rest) = match name.strip_prefix("@root.") {
            Some(rest) => (Scope { kind: Kind::Root, path: String::new(), repeats: false }, rest),
            None => (here, name),
        };
        let mut found = Found { kind: start.kind, path: start.path, unsure: false };
        for part in rest.split('.') {
            let fields = self.names.fields(found.kind);
            let Some((_, kind, always)) = fields.iter().find(|field| field.0 == part) else {
                self.unknown_variable(name, part, &fields);
                return None;
            };
            let separator = if found.path.is_empty() { "" } else { "." };
            found.path = format!("{}{separator}{part}", found.path);
            found.unsure |= !always && !self.known.contains(&found.path);
            found.kind = *kind;
        }
        Some(found)
    }

    fn unknown_variable(&mut self, name: &str, part: &str, fields: &[Field<'_>]) {
        let names: Vec<&str> = fields.iter().map(|field| field.0).collect();
        let outside = self.scopes.len() > 1 && self.names.fields(Kind::Root).iter().any(|it| it.0 == part);
        let (da, en) = match most_like(part, names.iter().copied()) {
            _ if outside => (
                format!("skriv `@root.{name}`: inde i denne blok begynder navne forfra"),
                format!("write `@root.{name}`: inside this block names begin anew"),
            ),
            Some(like) => (format!("mente du `{like}`?"), format!("did you mean `{like}`?")),
            None if names.is_empty() => (
                "det, der står før, har ingen dele".to_owned(),
                "what stands before it has no parts".to_owned(),
            ),
            None => (format!("der er {}", names.join(", ")), format!("there are {}", names.join(", "))),
        };
        self.refuse(format!("ukendt variabel `{name}`: {da}"), format!("unknown variable `{name}`: {en}"));
    }
}

fn name_of(parameter: &Parameter) -> Option<&str> {
    match parameter {
        Parameter::Name(name) => Some(name),
        Parameter::Path(Path::Relative((_, raw)) | Path::Local((_, _, raw))) => Some(raw),
        _ => None,
    }
}

/// Whether a text merges anything.
pub(crate) fn merges(text: &Text) -> bool {
    [&text.da, &text.en].into_iter().any(|text| text.contains("{{"))
}
