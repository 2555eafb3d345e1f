//! Packs: the law of a jurisdiction as data.

mod boundary;
mod browse;
#[cfg(test)]
mod changed;
mod check;
mod compile;
mod content;
mod diff;
mod disk;
mod doc;
mod explain;
mod files;
mod guidance;
pub(crate) mod law;
pub(crate) mod limits;
mod load;
mod model;
mod overlay;
pub(crate) mod refusal;
mod regimes;
mod routing;
pub(crate) mod said;
mod schema;
mod size;
mod sources;
mod terms;
pub(crate) mod yaml;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

pub use browse::{RouteInfo, SectorInfo, StageClock, SubsectorInfo};
pub use diff::{
    CaseChange, Change, Differs, ItemChange, ItemKind, ItemWords, NamedFacts, PackDiff, PartChange,
    RegimeAnswer, diff, diff_assessments, diff_case, diff_items,
};
pub use explain::{UnknownRegime, explain};
pub use files::PackFiles;
pub use model::{
    AskedFrom, Confidence, Fact, FactOption, FactType, FieldCode, Guidance, GuidanceStep, LegalBasis,
    RegimeInfo, Sensitivity, Source, StageField, StageInfo, Unit, UnitKind,
};
pub use refusal::PackError;
pub use schema::{PackSchema, pack_schemas};

use crate::guidance::Templates;
use crate::{Calendar, PackRef, Text};
use content::ActDoc;
use overlay::Composed;
use refusal::Refusals;

pub use law::SeverityLevel;
use law::{Block, Computed, Regime, Required, Routing, Sectors, SeverityScale};

/// A checked, immutable pack version.
pub struct Pack {
    id: String,
    version: String,
    draft: bool,
    name: Text,
    calendar: Calendar,
    facts: Vec<Fact>,
    pub(crate) units: Vec<Unit>,
    pub(crate) guidance: Vec<Guidance>,
    pub(crate) templates: Templates,
    pub(crate) sector_fact: String,
    pub(crate) kind_fact: String,
    /// Playbook that goes with every other, and the kind that serves where the kind is not known.
    pub(crate) playbooks: (String, String),
    pub(crate) required: Vec<Required>,
    pub(crate) sectors: Sectors,
    /// Acts by their short ids.
    acts: BTreeMap<String, ActDoc>,
    pub(crate) computed: Vec<Computed>,
    pub(crate) regimes: Vec<Regime>,
    pub(crate) routing: Routing,
    pub(crate) severity: SeverityScale,
    pub(crate) projection: Vec<Block>,
}

impl fmt::Debug for Pack {
    /// Its name alone: what it holds fills many pages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pack({} {})", self.id, self.version)
    }
}

impl Pack {
    /// The pack built into the binary.
    ///
    /// # Errors
    /// Every refusal of the linter.
    pub fn embedded(id: &str) -> Result<Self, Vec<PackError>> {
        Self::composed(PackFiles::of_jurisdiction(id), Refusals::default())
    }

    /// A pack from a directory.
    ///
    /// # Errors
    /// Every refusal of the linter, and unreadable files.
    pub fn load(dir: &Path) -> Result<Self, Vec<PackError>> {
        let mut refusals = Refusals::default();
        let files = disk::read(dir, &mut refusals);
        Self::composed(files, refusals)
    }

    /// A pack of files that may be an overlay; refusals name the lines that were written.
    fn composed(files: PackFiles, mut refusals: Refusals) -> Result<Self, Vec<PackError>> {
        let whole = Composed::new(files, &mut refusals);
        refusals.check()?;
        Self::from_files(&whole.files)
            .map_err(|errors| errors.into_iter().map(|error| whole.place(error)).collect())
    }

    /// Jurisdiction, e.g. `dk`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Version, e.g. `2026.1`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether it is a proposal: to be looked at and compared, never to be in force.
    pub fn is_draft(&self) -> bool {
        self.draft
    }

    /// What a reader of a draft is told before anything else; nothing for a pack that states the law.
    pub fn draft_notice(&self) -> Option<Text> {
        self.draft.then(|| Text {
            da: "Udkast: indeholder forslag, der ikke er lov, og regler, der ikke gælder endnu. Ingen har pligt efter det."
                .to_owned(),
            en: "Draft: it holds proposals that are not law, and rules that do not apply yet. Nobody owes anything under it."
                .to_owned(),
        })
    }

    /// What an assessment names it by.
    pub fn reference(&self) -> PackRef {
        PackRef { id: self.id.clone(), version: self.version.clone(), draft: self.draft }
    }

    /// Name of the jurisdiction.
    pub fn name(&self) -> &Text {
        &self.name
    }

    /// Working days, holidays and the legal time zone.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The fact catalogue, in the order in which facts are best asked.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// A fact of the catalogue.
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.id == id)
    }

    /// The fact that says which subsectors are affected, by their ids.
    pub fn sector_fact(&self) -> &str {
        &self.sector_fact
    }

    /// All units.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// A unit.
    pub fn unit(&self, id: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }

    /// Name of a recipient: a unit's, or that of the people whom a duty is towards (`data_subjects`).
    pub fn recipient_name(&self, id: &str) -> Option<&Text> {
        self.unit(id).map(|unit| &unit.name).or_else(|| self.routing.people.get(id))
    }

    /// Ids of all regimes, in the order in which they are assessed.
    pub fn regime_ids(&self) -> impl Iterator<Item = &str> {
        self.regimes.iter().map(|regime| regime.id.as_str())
    }

    /// What people read about a regime: its legal basis, how sure the pack is of it, its reports.
    pub fn regime_info(&self, regime: &str) -> Option<&RegimeInfo> {
        self.regimes.iter().find(|known| known.id == regime).map(|known| &known.info)
    }

    /// Name of a regime, e.g. for the heading of an obligation.
    pub fn regime_name(&self, regime: &str) -> Option<&Text> {
        self.regime_info(regime).map(|regime| &regime.name)
    }

    /// Name of a stage of a regime.
    pub fn stage_name(&self, regime: &str, stage: &str) -> Option<&Text> {
        let regime = self.regime_info(regime)?;
        regime.stages.iter().find(|known| known.id == stage).map(|stage| &stage.name)
    }

    /// Name of a severity level.
    pub fn severity_name(&self, level: u8) -> Option<&Text> {
        self.severity.levels.get(&level).map(|known| &known.name)
    }

    /// The scale of severity, from the lowest level.
    pub fn severity_scale(&self) -> impl Iterator<Item = &SeverityLevel> {
        self.severity.levels.values()
    }

    /// Every playbook.
    pub fn playbooks(&self) -> &[Guidance] {
        &self.guidance
    }

    /// A playbook.
    pub fn guidance(&self, playbook: &str) -> Option<&Guidance> {
        self.guidance.iter().find(|guidance| guidance.playbook == playbook)
    }

    /// JSON Schema (2020-12) of the facts' flat JSON form.
    pub fn facts_schema(&self) -> serde_json::Value {
        crate::fact::facts_schema(&self.id, &self.version, &self.facts)
    }
}
