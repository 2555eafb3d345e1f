//! Every kind of incident in every sector has advice that reads well, in both languages.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::{Situation, context, merged};
use crate::pack::refusal::Refusals;
use crate::pack::said::Said;
use crate::{FactType, Facts, GuidanceRef, Pack, PackError, assess};

/// The moment at which every incident of the check is known, and assessed.
const AT: &str = "2026-11-25T14:20:00Z";

/// Renders every playbook of every kind of incident with every subsector, and with none: each pair must resolve, and no
/// step may be empty or have a hole. Not part of loading a pack, as it assesses some hundred incidents.
///
/// # Errors
/// Every step that does not read well, with its file and line.
pub fn check_guidance(pack: &Pack) -> Result<(), Vec<PackError>> {
    let mut refusals = Refusals::default();
    let kinds = options(pack, &pack.kind_fact);
    let sectors: Vec<Option<&str>> =
        std::iter::once(None).chain(pack.sectors.0.keys().map(|id| Some(id.as_str()))).collect();
    for kind in kinds.iter().copied().map(Some).chain([None]) {
        for sector in &sectors {
            let (situation, issued) = incident(pack, kind, *sector);
            if issued.is_empty() {
                let (kind, sector) = (kind.unwrap_or("no kind"), sector.unwrap_or("no sector"));
                let da = format!("`{kind}` i `{sector}` har ingen vejledning: skriv en");
                let en = format!("`{kind}` in `{sector}` has no playbook: write one");
                refusals.at("pack.yaml", 0, Said::both(da, en));
            }
            let playbooks = issued.iter().filter_map(|issued| pack.guidance(&issued.playbook));
            let contexts = context::both(pack, &situation);
            for playbook in playbooks {
                merged(pack, playbook, &contexts, &mut refusals);
            }
        }
    }
    refusals.check()
}

fn options<'a>(pack: &'a Pack, fact: &str) -> Vec<&'a str> {
    let options = pack.fact(fact).map(|fact| fact.options.as_slice()).unwrap_or_default();
    options.iter().map(|option| option.id.as_str()).collect()
}

/// An incident of which the kind, the sector and every time are known, and nothing else: its clocks run by precaution.
fn incident(pack: &Pack, kind: Option<&str>, sector: Option<&str>) -> (Situation, Vec<GuidanceRef>) {
    let instants = pack.facts().iter().filter(|fact| fact.fact_type == FactType::Instant);
    let mut facts: Map<String, Value> = instants.map(|fact| (fact.id.clone(), json!(AT))).collect();
    facts.extend(kind.map(|kind| (pack.kind_fact.clone(), json!(kind))));
    facts.extend(sector.map(|sector| (pack.sector_fact.clone(), json!([sector]))));
    let (facts, _) = Facts::parse_lenient(pack, &Value::Object(facts));
    let now = DateTime::parse_from_rfc3339(AT).map_or(DateTime::<Utc>::UNIX_EPOCH, |at| at.to_utc());
    let assessment = assess(pack, &facts, &[], now);
    let sectors = sector.into_iter().map(str::to_owned).collect();
    (Situation::of(&assessment, sectors), assessment.guidance)
}
