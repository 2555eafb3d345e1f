//! Facts that follow from others, as the head of terms.yaml says: the first that is known of `from`, `map`, `attribute`,
//! `cases` and `default`; and `presume` where none of them gives a value.

use serde_json::Value;

use super::{Known, LAW, by_id, strings};

impl Known<'_> {
    /// What a fact comes to; none where it is not known.
    pub(crate) fn value(&self, fact: &str) -> Option<Value> {
        match fact {
            "assessment.duties" => return Some(self.duties.iter().cloned().collect()),
            "assessment.possible_duties" => return Some(self.possible.iter().cloned().collect()),
            _ => {}
        }
        let Some(computed) = by_id(&LAW.terms["computed"], fact) else {
            return self.facts.get(fact).filter(|value| **value != "unknown").cloned();
        };
        let given = strings(&computed["from"]).find_map(|source| self.value(source));
        let presumed = || computed.get("presume").cloned();
        given
            .or_else(|| self.mapped(&computed["map"]))
            .or_else(|| self.attribute(&computed["attribute"]))
            .or_else(|| self.by_case(computed))
            .or_else(presumed)
    }

    fn mapped(&self, map: &Value) -> Option<Value> {
        let option = self.value(map["of"].as_str()?)?;
        map["to"].get(option.as_str().unwrap()).cloned()
    }

    /// What the chosen subsectors say under an attribute, each once.
    fn attribute(&self, attribute: &Value) -> Option<Value> {
        let chosen = self.value(attribute["of"].as_str()?)?;
        let mut values: Vec<&str> = Vec::new();
        for id in strings(&chosen) {
            values.extend(subsector(id, attribute["name"].as_str().unwrap()));
        }
        values.sort_unstable();
        values.dedup();
        Some(values.into_iter().collect())
    }

    fn by_case(&self, computed: &Value) -> Option<Value> {
        for case in computed["cases"].as_array().into_iter().flatten() {
            if self.holds(&case["when"])? {
                return Some(case["value"].clone()).filter(|value| *value != "unknown");
            }
        }
        computed.get("default").cloned()
    }
}

/// What sectors.yaml says of a subsector under an attribute; `group` and `annex` stand at the sector around it.
pub(crate) fn subsector<'a>(id: &str, attribute: &str) -> Vec<&'a str> {
    let sectors = LAW.sectors["sectors"].as_array().unwrap();
    let (sector, subsector) =
        sectors.iter().find_map(|sector| Some((sector, by_id(&sector["subsectors"], id)?))).unwrap();
    let said = match attribute {
        "group" => &sector["id"],
        "annex" => &sector["annex"],
        other => &subsector[other],
    };
    said.as_str().map_or_else(|| strings(said).collect(), |one| vec![one])
}
