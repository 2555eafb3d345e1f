//! From files to a pack that can be trusted, or every reason why not.

use std::collections::BTreeSet;

use serde_saphyr::Spanned;

use super::compile::{self, Names};
use super::content::{CatalogueDoc, SectorsDoc, TaxonomyDoc, UnitsDoc};
use super::doc::{PackDoc, ProjectionDoc, RegimeDoc, RoutingDoc, SeverityDoc, TermsDoc};
use super::limits::STACK;
use super::refusal::Refusals;
use super::said::Said;
use super::{Pack, PackError, PackFiles, boundary, check, guidance, regimes, routing, size, terms};
use crate::condition::compile::line_of;
use crate::{Calendar, CalendarError, CalendarFile};

/// All files, read.
pub(crate) struct Docs {
    pub(crate) pack: PackDoc,
    pub(crate) calendar: CalendarFile,
    pub(crate) catalogue: CatalogueDoc,
    pub(crate) sectors: SectorsDoc,
    pub(crate) units: UnitsDoc,
    pub(crate) taxonomy: TaxonomyDoc,
    pub(crate) terms: TermsDoc,
    pub(crate) regimes: Vec<(String, RegimeDoc)>,
    pub(crate) routing: RoutingDoc,
    pub(crate) severity: SeverityDoc,
    pub(crate) projection: ProjectionDoc,
}

impl Docs {
    fn read(files: &PackFiles, refusals: &mut Refusals) -> Option<Self> {
        let pack: Option<PackDoc> = files.yaml("pack.yaml", refusals);
        let order = pack.as_ref().map(|pack| pack.regimes.as_slice()).unwrap_or_default();
        let regimes = read_regimes(files, order, refusals);
        let calendar = files.yaml("calendar.yaml", refusals);
        let catalogue = files.yaml("catalogue.yaml", refusals);
        let sectors = files.yaml("sectors.yaml", refusals);
        let units = files.yaml("units.yaml", refusals);
        let taxonomy = files.yaml("taxonomy.yaml", refusals);
        let terms = files.yaml("terms.yaml", refusals);
        let routing = files.yaml("routing.yaml", refusals);
        let severity = files.yaml("severity.yaml", refusals);
        let projection = files.yaml("projection.yaml", refusals);
        Some(Self {
            pack: pack?,
            calendar: calendar?,
            catalogue: catalogue?,
            sectors: sectors?,
            units: units?,
            taxonomy: taxonomy?,
            terms: terms?,
            regimes,
            routing: routing?,
            severity: severity?,
            projection: projection?,
        })
    }
}

fn read_regimes(
    files: &PackFiles,
    order: &[Spanned<String>],
    refusals: &mut Refusals,
) -> Vec<(String, RegimeDoc)> {
    let mut regimes = Vec::new();
    let mut listed = BTreeSet::new();
    for id in order {
        let path = format!("regimes/{}.yaml", id.value);
        if !listed.insert(path.clone()) {
            let da = format!("regelsæt `{}` er nævnt to gange", id.value);
            let said = Said::both(da, format!("regime `{}` is listed twice", id.value));
            refusals.at("pack.yaml", line_of(id), said);
            continue;
        }
        let Some(regime) = files.yaml::<RegimeDoc>(&path, refusals) else { continue };
        if regime.id.value != id.value {
            let said = Said::both(
                format!("filen er opkaldt efter `{}`, så det skal være dens id", id.value),
                format!("the file is named for `{}`, so its id must be that", id.value),
            );
            refusals.at(&path, line_of(&regime.id), said);
        }
        regimes.push((path, regime));
    }
    for (path, _) in files.under("regimes/").filter(|(path, _)| !listed.contains(*path)) {
        let da = "dette regelsæt står ikke i listen i pack.yaml, så det ville aldrig blive vurderet";
        let en = "this regime is not in the list of pack.yaml, so it would never be assessed";
        refusals.at(path, 0, Said::both(da, en));
    }
    regimes
}

impl Pack {
    /// A pack from files in memory, built checked.
    ///
    /// # Errors
    /// Every refusal of the linter, in order of place.
    pub fn from_files(files: &PackFiles) -> Result<Self, Vec<PackError>> {
        let mut refusals = Refusals::default();
        let pack = if files.bounded(&mut refusals) { on_deep_stack(files, &mut refusals) } else { None };
        refusals.check()?;
        pack.ok_or_else(|| {
            let (message, danish) = ("the pack is empty".to_owned(), "pakken er tom".to_owned());
            vec![PackError { file: "pack.yaml".to_owned(), line: 0, message, danish }]
        })
    }
}

/// Builds on a stack that holds what may be nested, whatever the caller's has left.
fn on_deep_stack(files: &PackFiles, refusals: &mut Refusals) -> Option<Pack> {
    let built = std::thread::scope(|scope| {
        let deep = std::thread::Builder::new().stack_size(STACK);
        deep.spawn_scoped(scope, || build(files, refusals)).map(std::thread::ScopedJoinHandle::join)
    });
    match built {
        Ok(Ok(pack)) => pack,
        Ok(Err(panic)) => std::panic::resume_unwind(panic),
        Err(error) => {
            let da = format!("kan ikke læses nu, der mangler hukommelse: {error}");
            let en = format!("cannot be read now, for want of memory: {error}");
            refusals.at("pack.yaml", 0, Said::both(da, en));
            None
        }
    }
}

fn of_calendar(error: &CalendarError) -> Said {
    let da = match error {
        CalendarError::UnknownTimeZone(name) => {
            format!("`{name}` er ingen tidszone: skriv et IANA-navn, f.eks. `Europe/Copenhagen`")
        }
        CalendarError::NoSuchDate(id) => format!(
            "helligdagen `{id}` falder på ingen dato: skriv en måned og dag, der findes, eller højst 120 dage fra påske"
        ),
        CalendarError::Twice(id) => {
            format!("helligdagen `{id}` står der to gange: fjern den ene, eller giv den sit eget id")
        }
        CalendarError::TooMany(count) => format!("{count} helligdage er for mange: højst 100"),
    };
    Said::both(da, error.to_string())
}

fn build(files: &PackFiles, refusals: &mut Refusals) -> Option<Pack> {
    let docs = Docs::read(files, refusals)?;
    if !size::bounded(&docs, refusals) {
        return None;
    }
    let calendar = Calendar::new(docs.calendar.clone(), &docs.pack.time_zone.value)
        .map_err(|error| match error {
            CalendarError::UnknownTimeZone(_) => {
                refusals.at("pack.yaml", line_of(&docs.pack.time_zone), of_calendar(&error));
            }
            _ => refusals.at("calendar.yaml", 0, of_calendar(&error)),
        })
        .ok();
    let facts = compile::catalogue(&docs, refusals);
    let units = compile::units(&docs, refusals);
    let names = Names::new(&docs, &facts, &units);
    let sectors = compile::sectors(&docs, &names, refusals);
    let (vocabulary, computed) = terms::terms(&docs, &names, refusals);
    boundary::check(&docs, &vocabulary, &sectors, refusals);
    let regimes = regimes::compile(&docs, &names, &vocabulary, refusals);
    let routing = routing::routing(&docs, &names, &vocabulary, refusals);
    let severity = routing::severity(&docs, &vocabulary, refusals);
    let projection = routing::projection(&docs, &names, refusals);
    let required = compile::required(&docs, &names, refusals);
    let (playbooks, templates) = guidance::read(files, &docs, &names, &units, refusals);
    super::sources::check(&docs, refusals);
    let mut pack = Pack {
        id: docs.pack.id,
        version: docs.pack.version,
        draft: docs.pack.draft,
        name: docs.pack.name,
        calendar: calendar?,
        facts,
        units,
        guidance: playbooks,
        templates,
        sector_fact: docs.pack.sector_fact.value,
        kind_fact: docs.pack.kind_fact.value,
        playbooks: (docs.pack.guidance.always.value, docs.pack.guidance.unknown_kind.value),
        required,
        sectors,
        acts: docs.sectors.sources,
        computed,
        regimes,
        routing: routing?,
        severity,
        projection,
    };
    check::roles_reach_every_sector(&pack, refusals);
    crate::guidance::general(&mut pack, refusals);
    Some(pack)
}
