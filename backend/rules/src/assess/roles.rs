//! From roles to units.

use crate::pack::law::{Role, Subsector, Target};

/// Ids of the units, or people, that a role means for these subsectors, each once.
pub(crate) fn units_of<'a>(role: &'a Role, sectors: &[&'a Subsector]) -> Vec<&'a str> {
    let (name, or, precedence) = match &role.target {
        Target::One(id) => return vec![id],
        Target::Attribute { name, or, precedence } => (name, or, precedence),
    };
    let first = |sector: &&&Subsector| {
        precedence.as_ref().is_some_and(|(attribute, value)| sector.says(attribute, value))
    };
    let only_first = sectors.iter().any(|sector| first(&sector));
    let mut units: Vec<&str> = Vec::new();
    for sector in sectors.iter().filter(|sector| !only_first || first(sector)) {
        let mut named = sector.values(name);
        if named.is_empty()
            && let Some(other) = or
        {
            named = sector.values(other);
        }
        units.extend(named.iter().map(String::as_str));
    }
    let mut seen = std::collections::BTreeSet::new();
    units.retain(|unit| seen.insert(*unit));
    units
}
