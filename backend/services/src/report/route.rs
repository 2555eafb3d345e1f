//! Which unit gets which part in an incident.

use varsel_domain::UnitId;
use varsel_domain::case::Case;
use varsel_domain::rules::{Assessment, Pack, Part, Reason, Route, Text, UnitKind};

/// A report is never left without a responsible unit: where no rule gives one, the cyber centre leads.
pub(crate) fn leave_none_without_a_unit(pack: &Pack, assessment: &mut Assessment) {
    if assessment.routes.iter().any(|route| route.part == Part::Lead) {
        return;
    }
    let Some(centre) = pack.units().iter().find(|unit| unit.kind == UnitKind::Csirt) else { return };
    tracing::error!(pack.version = %assessment.pack.version, "no rule gives a lead; the cyber centre gets it");
    assessment.routes.retain(|route| route.unit != centre.id);
    assessment.routes.push(Route {
        unit: centre.id.clone(),
        role: "csirt".to_owned(),
        part: Part::Lead,
        because: Reason {
            text: Text {
                da: "Ingen regel peger på en ansvarlig enhed; cybercentret tager sagen.".to_owned(),
                en: "No rule points to a responsible unit; the cyber centre takes the case.".to_owned(),
            },
            cite: "Varsel: precaution".to_owned(),
            facts: Vec::new(),
        },
    });
}

/// The part of a unit that has a case already. Without a route it keeps its part, but only one unit leads.
pub(crate) fn part_of(assessment: &Assessment, case: &Case) -> Part {
    let route = assessment.routes.iter().find(|route| route.unit == case.unit.as_str());
    match (route, case.part) {
        (Some(route), _) => route.part,
        (None, Part::Lead) => Part::Support,
        (None, part) => part,
    }
}

/// The units that have no case yet, each with its part.
pub(crate) fn without_case(assessment: &Assessment, cases: &[Case]) -> Vec<(UnitId, Part)> {
    let new =
        assessment.routes.iter().filter(|route| cases.iter().all(|case| case.unit.as_str() != route.unit));
    new.map(|route| (UnitId(route.unit.clone()), route.part)).collect()
}
