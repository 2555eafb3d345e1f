//! A version of the rule pack as people browse it: regimes, clocks, routes, sectors, guidance, each with its source.

use std::sync::Arc;

use async_graphql::{Object, SimpleObject};
use varsel_services::domain::rules;

use super::text::code;
use super::{Fact, GuidanceStep, Source, Text, Unit, markdown};

/// A version of the rule pack: the law of a country as data.
#[derive(Clone)]
pub(crate) struct Pack(Arc<rules::Pack>);

impl From<Arc<rules::Pack>> for Pack {
    fn from(pack: Arc<rules::Pack>) -> Self {
        Self(pack)
    }
}

/// A version of the rule pack: the law of a country as data.
#[Object]
impl Pack {
    async fn id(&self) -> &str {
        self.0.id()
    }

    async fn version(&self) -> &str {
        self.0.version()
    }

    /// The country.
    async fn name(&self) -> Text {
        self.0.name().into()
    }

    /// A proposal: it can be looked at and compared, and is never in force.
    async fn draft(&self) -> bool {
        self.0.is_draft()
    }

    /// The fact catalogue, in the order in which facts are best asked.
    async fn facts(&self) -> Vec<Fact> {
        self.0.facts().iter().map(Fact::from).collect()
    }

    async fn units(&self) -> Vec<Unit> {
        self.0.units().iter().map(|unit| Unit::new(&self.0, unit)).collect()
    }

    /// Every body of law with a duty to report, in the order in which they are assessed; or only that with the id.
    #[graphql(complexity = "20 * (child_complexity + 1)")]
    async fn regimes(&self, id: Option<String>) -> Vec<Regime> {
        let asked = |regime: &&str| id.as_deref().is_none_or(|id| id == *regime);
        let info = self.0.regime_ids().filter(asked).filter_map(|id| self.0.regime_info(id));
        info.map(|info| Regime { pack: Arc::clone(&self.0), info: info.clone() }).collect()
    }

    /// The sectors of the affected services, and who is responsible there.
    async fn sectors(&self) -> Vec<Sector> {
        self.0.sectors().iter().map(|sector| Sector::new(&self.0, sector)).collect()
    }

    /// Whom each role means, and who coordinates.
    async fn routes(&self) -> Vec<RouteRule> {
        self.0.routes().into_iter().map(|route| RouteRule::new(&self.0, route)).collect()
    }

    async fn playbooks(&self) -> Vec<Playbook> {
        let playbooks = self.0.playbooks().iter();
        let all: Vec<_> = playbooks
            .map(|it| rules::GuidanceRef { playbook: it.playbook.clone(), version: it.version })
            .collect();
        // As they read for any incident.
        rules::render(&self.0, &all, &rules::Situation::default()).iter().map(Playbook::from).collect()
    }
}

/// A body of law with a duty to report.
#[derive(Clone)]
pub(crate) struct Regime {
    pack: Arc<rules::Pack>,
    info: rules::RegimeInfo,
}

/// A body of law with a duty to report.
#[Object]
impl Regime {
    async fn id(&self) -> &str {
        &self.info.id
    }

    async fn name(&self) -> Text {
        (&self.info.name).into()
    }

    /// The acts that it stands in.
    async fn legal_basis(&self) -> Vec<LegalBasis> {
        self.info.legal_basis.iter().map(LegalBasis::from).collect()
    }

    /// How sure the pack is of it, as it says so, e.g. primary: read in the legal text itself.
    async fn confidence(&self) -> String {
        code(&self.info.confidence).to_lowercase()
    }

    /// The regime as readable text with citations: sanitised HTML.
    #[graphql(complexity = 10)]
    async fn explanation(&self) -> Text {
        match rules::explain(&self.pack, &self.info.id) {
            Ok(text) => Text { da: markdown::to_page(&text.da), en: markdown::to_page(&text.en) },
            Err(_) => Text::verbatim(""),
        }
    }

    /// Its reports, in order.
    async fn stages(&self) -> Vec<Stage> {
        self.info.stages.iter().map(|stage| Stage::new(&self.pack, &self.info.id, stage)).collect()
    }
}

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct LegalBasis {
    /// The act, and where in it.
    cite: String,
    url: Option<String>,
}

impl From<&rules::LegalBasis> for LegalBasis {
    fn from(basis: &rules::LegalBasis) -> Self {
        let articles = basis.articles.iter().map(|articles| format!(", {articles}"));
        Self { cite: std::iter::once(basis.act.clone()).chain(articles).collect(), url: basis.url.clone() }
    }
}

/// A report of a regime.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Stage {
    id: String,
    name: Text,
    /// By when, in words.
    clock: Text,
    /// Ids of the units that can receive it, and of people to whom it is owed.
    recipients: Vec<String>,
    cite: String,
    /// How sure the pack is of it, as it says so, e.g. primary: read in the legal text itself.
    confidence: String,
}

impl Stage {
    fn new(pack: &rules::Pack, regime: &str, stage: &rules::StageInfo) -> Self {
        let clock = pack.stage_clock(regime, &stage.id);
        Self {
            id: stage.id.clone(),
            name: (&stage.name).into(),
            clock: Text::or_id(clock.as_ref().map(|clock| &clock.clock), ""),
            recipients: clock.map(|clock| clock.recipients).unwrap_or_default(),
            cite: stage.cite.clone(),
            confidence: code(&stage.confidence).to_lowercase(),
        }
    }
}

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Sector {
    id: String,
    name: Text,
    subsectors: Vec<Subsector>,
}

impl Sector {
    fn new(pack: &rules::Pack, sector: &rules::SectorInfo) -> Self {
        let subsectors = sector.subsectors.iter().map(|subsector| Subsector::new(pack, subsector));
        Self { id: sector.id.clone(), name: (&sector.name).into(), subsectors: subsectors.collect() }
    }
}

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Subsector {
    id: String,
    name: Text,
    /// Its sector unit.
    unit: Option<Unit>,
    /// Competent authorities, under whichever law.
    authority: Vec<Unit>,
    /// Ids of the regimes that cover it.
    regimes: Vec<String>,
    /// Where that stands, as one line.
    source: Option<String>,
    /// The acts where that stands, each with its address.
    sources: Vec<Source>,
    confidence: Option<String>,
}

impl Subsector {
    fn new(pack: &rules::Pack, subsector: &rules::SubsectorInfo) -> Self {
        Self {
            id: subsector.id.clone(),
            name: (&subsector.name).into(),
            unit: subsector.unit.as_ref().map(|unit| Unit::find(pack, unit)),
            authority: subsector.authorities.iter().map(|unit| Unit::find(pack, unit)).collect(),
            regimes: subsector.regimes.clone(),
            source: Source::line(&subsector.sources),
            sources: subsector.sources.iter().map(Source::from).collect(),
            confidence: subsector.confidence.clone(),
        }
    }
}

/// Whom a role means, or who coordinates, and why.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct RouteRule {
    role: Text,
    basis: Text,
    units: Vec<Unit>,
    cite: Option<String>,
    /// How sure the pack is of it, where it says so.
    confidence: Option<String>,
}

impl RouteRule {
    fn new(pack: &rules::Pack, route: rules::RouteInfo) -> Self {
        Self {
            role: (&route.role).into(),
            basis: (&route.basis).into(),
            units: Unit::known(pack, &route.units),
            confidence: route.confidence.map(|confidence| code(&confidence).to_lowercase()),
            cite: Some(route.cite).filter(|cite| !cite.is_empty()),
        }
    }
}

/// A playbook: ordered steps for one kind of incident.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Playbook {
    id: String,
    version: i32,
    title: Text,
    steps: Vec<GuidanceStep>,
    /// What to ask the reporter first.
    ask_first: Vec<Text>,
    /// What makes it worse.
    worse_if: Vec<Text>,
}

impl From<&rules::Guidance> for Playbook {
    fn from(guidance: &rules::Guidance) -> Self {
        Self {
            id: guidance.playbook.clone(),
            version: i32::try_from(guidance.version).unwrap_or(i32::MAX),
            title: (&guidance.title).into(),
            steps: guidance.steps.iter().map(GuidanceStep::from).collect(),
            ask_first: guidance.ask_first.iter().map(Text::from).collect(),
            worse_if: guidance.worse_if.iter().map(Text::from).collect(),
        }
    }
}
