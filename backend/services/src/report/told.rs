//! What a filing adds to the timeline of its incident.

use chrono::{DateTime, Utc};
use varsel_domain::case::Case;
use varsel_domain::incident::ReportRequest;
use varsel_domain::obligation::Duty;
use varsel_domain::rules::{Assessment, GuidanceRef, Pack, Part, Request, Text};
use varsel_domain::severity::SeverityConfirmation;
use varsel_domain::timeline::{TimelineEntry, TimelineKind};
use varsel_domain::{EntryId, Ids, IncidentId, UnitId};
use varsel_storage::dossier::Dossier;

use crate::projection::instant;
use crate::report::consequence::Consequences;
use crate::report::duty;

/// Who does what no person does.
const SYSTEM: &str = "Varsel";

/// Collects entries of one moment.
pub(crate) struct Telling<'a> {
    pub(crate) pack: &'a Pack,
    pub(crate) ids: &'a dyn Ids,
    pub(crate) incident: IncidentId,
    pub(crate) now: DateTime<Utc>,
    pub(crate) entries: Vec<TimelineEntry>,
}

impl Telling<'_> {
    /// A filing was received, the `ordinal`-th on this incident.
    pub(crate) fn received(&mut self, ordinal: usize, by: &str) {
        let text = match ordinal {
            1 => both("Indberetning modtaget.", "Report received."),
            _ => Text {
                da: format!("Indberetning nr. {ordinal} modtaget."),
                en: format!("Report no. {ordinal} received."),
            },
        };
        self.add(TimelineKind::ReportReceived, text, by, Vec::new());
    }

    /// What follows from an assessment, where `known` is what stood before.
    pub(crate) fn consequences(&mut self, known: Option<&Dossier>, consequences: &Consequences) {
        for case in consequences.opened() {
            self.case_opened(case);
        }
        if let Some(known) = known {
            let level = |assessment: &Assessment| assessment.severity.level;
            self.severity(level(&known.revision.assessment), level(&consequences.assessment));
        }
        self.duties(known.map(|known| known.duties.as_slice()).unwrap_or_default(), &consequences.duties);
        self.guidance(&consequences.guidance);
    }

    /// The incident was assessed under another version of the rules, by this unit or by the system.
    pub(crate) fn reassessed(&mut self, before: &str, after: &str, by: Option<&str>) {
        let text = Text {
            da: format!("Vurderet på ny efter regelpakke {after} (før: {before})."),
            en: format!("Assessed anew under rule pack {after} (before: {before})."),
        };
        self.add(TimelineKind::Reassessed, text, by.unwrap_or(SYSTEM), Vec::new());
    }

    /// A unit asked for a report, by a time.
    pub(crate) fn requested(&mut self, request: &ReportRequest) {
        let Request { regime, stage, due, .. } = &request.asked;
        let raw = |id: &str| both(id, id);
        let name = |unit: &UnitId| self.pack.unit(unit.as_str()).map(|it| it.name.clone());
        let unit = name(&request.unit).unwrap_or_else(|| raw(request.unit.as_str()));
        let stage_name = self.pack.stage_name(regime, stage).cloned().unwrap_or_else(|| raw(stage));
        let law = self.pack.regime_name(regime).cloned().unwrap_or_else(|| raw(regime));
        let (until_da, until_en) = match due.as_ref().map(instant) {
            Some(until) => (format!(", senest {}", until.da), format!(", by {}", until.en)),
            None => (String::new(), String::new()),
        };
        let text = Text {
            da: format!("{} har bedt om: {} ({}){until_da}.", unit.da, stage_name.da, law.da),
            en: format!("{} asked for: {} ({}){until_en}.", unit.en, stage_name.en, law.en),
        };
        self.add(TimelineKind::ReportRequested, text, &unit.da, vec![request.unit.clone()]);
    }

    /// Duties that are kept and have another time.
    pub(crate) fn moved(&mut self, before: &[Duty], after: &[Duty]) {
        for duty in after.iter().filter(|duty| duty.is_open()) {
            let old = duty::same(before, duty).filter(|old| old.is_open());
            if old.is_some_and(|old| old.obligation.target != duty.obligation.target) {
                self.duty(
                    TimelineKind::ObligationMoved,
                    duty,
                    ("Ny frist", "New time"),
                    duty.obligation.target,
                );
            }
        }
    }

    /// The severity was confirmed, or set otherwise than proposed. Why stays with those who coordinate.
    pub(crate) fn confirmed(&mut self, confirmation: &SeverityConfirmation) {
        let (level, proposed) = (self.level(confirmation.level), self.level(confirmation.proposed));
        let text = if confirmation.level == confirmation.proposed {
            Text {
                da: format!("Alvoren er bekræftet: {}.", level.da),
                en: format!("Severity confirmed: {}.", level.en),
            }
        } else {
            Text {
                da: format!("Alvoren er sat til {}; foreslået var {}.", level.da, proposed.da),
                en: format!("Severity set to {}; proposed was {}.", level.en, proposed.en),
            }
        };
        let unit = self.pack.unit(confirmation.unit.as_str());
        let by = unit.map_or(confirmation.unit.as_str(), |unit| unit.name.da.as_str());
        self.add(TimelineKind::SeverityConfirmed, text, by, Vec::new());
    }

    /// A level of the scale by name and number.
    fn level(&self, level: u8) -> Text {
        level_in_words(self.pack, level)
    }

    /// The proposed severity went from one level to another.
    fn severity(&mut self, before: u8, after: u8) {
        if before != after {
            let (before, after) = (self.level(before), self.level(after));
            let text = Text {
                da: format!("Foreslået alvor ændret fra {} til {}.", before.da, after.da),
                en: format!("Proposed severity changed from {} to {}.", before.en, after.en),
            };
            self.add(TimelineKind::SeverityChanged, text, SYSTEM, Vec::new());
        }
    }

    /// A unit got its case.
    fn case_opened(&mut self, case: &Case) {
        let unit = self.pack.unit(case.unit.as_str());
        let name =
            unit.map_or_else(|| both(case.unit.as_str(), case.unit.as_str()), |unit| unit.name.clone());
        let Text { da, en } = name;
        let text = match case.part {
            Part::Lead => Text {
                da: format!("{da} har modtaget hændelsen og koordinerer."),
                en: format!("{en} received the incident and coordinates."),
            },
            Part::Support => Text {
                da: format!("{da} har modtaget hændelsen."),
                en: format!("{en} received the incident."),
            },
            Part::Inform => Text { da: format!("{da} er orienteret."), en: format!("{en} was informed.") },
        };
        self.add(TimelineKind::CaseOpened, text, SYSTEM, vec![case.unit.clone()]);
    }

    /// The duties changed from `before` to `after`.
    fn duties(&mut self, before: &[Duty], after: &[Duty]) {
        for duty in after {
            let old = duty::same(before, duty);
            if duty.filed_at.is_some() && old.is_none_or(|old| old.filed_at.is_none()) {
                self.duty(TimelineKind::ObligationMet, duty, ("Opfyldt", "Met"), None);
            } else if duty.is_open() && !old.is_some_and(Duty::is_open) {
                self.duty(
                    TimelineKind::ObligationOpened,
                    duty,
                    ("Ny pligt", "New duty"),
                    duty.obligation.target,
                );
            }
        }
        for old in before.iter().filter(|old| old.is_open() && duty::same(after, old).is_none()) {
            self.duty(TimelineKind::ObligationLifted, old, ("Bortfaldet", "Lifted"), None);
        }
    }

    /// Playbooks were issued.
    fn guidance(&mut self, issued: &[GuidanceRef]) {
        for playbook in issued {
            let title = self.pack.guidance(&playbook.playbook).map(|guidance| guidance.title.clone());
            let Text { da, en } = title.unwrap_or_else(|| both(&playbook.playbook, &playbook.playbook));
            let text =
                Text { da: format!("Vejledning udsendt: {da}."), en: format!("Guidance issued: {en}.") };
            self.add(TimelineKind::GuidanceIssued, text, SYSTEM, Vec::new());
        }
    }

    fn duty(
        &mut self,
        kind: TimelineKind,
        duty: &Duty,
        (da, en): (&str, &str),
        target: Option<DateTime<chrono::FixedOffset>>,
    ) {
        let obligation = &duty.obligation;
        let raw = |id: &str| both(id, id);
        let stage = self.pack.stage_name(&obligation.regime, &obligation.stage).cloned();
        let stage = stage.unwrap_or_else(|| raw(&obligation.stage));
        let regime = self.pack.regime_name(&obligation.regime).cloned();
        let regime = regime.unwrap_or_else(|| raw(&obligation.regime));
        let (until_da, until_en) = match target.as_ref().map(instant) {
            Some(until) => (format!(", senest {}", until.da), format!(", by {}", until.en)),
            None => (String::new(), String::new()),
        };
        let text = Text {
            da: format!("{da}: {} ({}){until_da}.", stage.da, regime.da),
            en: format!("{en}: {} ({}){until_en}.", stage.en, regime.en),
        };
        let units = obligation.recipients.iter().map(|unit| UnitId(unit.clone())).collect();
        self.add(kind, text, SYSTEM, units);
    }

    fn add(&mut self, kind: TimelineKind, text: Text, by: &str, units: Vec<UnitId>) {
        let id = EntryId(self.ids.next(self.now));
        let (incident, at, by) = (self.incident, self.now, by.to_owned());
        self.entries.push(TimelineEntry { id, incident, at, kind, text, by, units });
    }
}

/// A level of the scale as people name it, e.g. "Serious (3)".
pub(crate) fn level_in_words(pack: &Pack, level: u8) -> Text {
    match pack.severity_name(level) {
        Some(name) => Text { da: format!("{} ({level})", name.da), en: format!("{} ({level})", name.en) },
        None => both(&level.to_string(), &level.to_string()),
    }
}

fn both(da: &str, en: &str) -> Text {
    Text { da: da.to_owned(), en: en.to_owned() }
}
