//! What differs between two assessments of one incident, in words: never the value of a fact.

use chrono::{DateTime, FixedOffset, TimeDelta};
use varsel_domain::rules::{
    Answer, CaseChange, Change, Differs, GuidanceRef, ItemKind, ItemWords, Obligation, ObligationStatus,
    Pack, Part, RegimeAnswer, Route, Text,
};

use crate::projection::instant;

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// What.
    pub what: Text,
    /// What it was; none where it was not there.
    pub before: Option<Text>,
    /// What it is to be; none where it is no longer there.
    pub after: Option<Text>,
}

/// How times are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Times {
    /// As they are: for somebody who may see the incident.
    Exact,
    /// By how much they move: for counting, where no incident is shown.
    Relative,
}

/// Speaks of two versions of the rules.
pub(crate) struct Wording<'a> {
    pub(crate) old: &'a Pack,
    pub(crate) new: &'a Pack,
    pub(crate) times: Times,
}

impl Wording<'_> {
    /// Everything that comes out differently for one incident.
    pub(crate) fn of_case(&self, change: &CaseChange) -> Vec<Difference> {
        let mut found = Vec::new();
        if change.unreadable.is_some() {
            let what =
                text("Svar, som en af versionerne ikke kan læse", "Answers that one version cannot read");
            found.push(Difference { what, before: None, after: None });
        }
        found.extend(change.regimes.iter().filter_map(|it| self.regime(it)));
        found.extend(change.obligations.iter().flat_map(|it| self.duty(it)));
        found.extend(change.routes.iter().filter_map(|it| self.route(it)));
        found.extend(change.severity.as_ref().and_then(|it| self.severity(it)));
        found.extend(change.guidance.iter().filter_map(|it| self.guidance(it)));
        found
    }

    fn regime(&self, differs: &Differs<RegimeAnswer>) -> Option<Difference> {
        let id = &differs.new.as_ref().or(differs.old.as_ref())?.id;
        let what = self.name(id, |pack| pack.regime_name(id));
        let words = |answer: &RegimeAnswer| match (answer.applies, answer.triggered) {
            (Answer::No, _) | (_, Answer::No) => text("forpligter ikke", "does not oblige"),
            (Answer::Yes, Answer::Yes) => text("forpligter", "obliges"),
            _ => text("kan ikke afgøres endnu", "cannot be told yet"),
        };
        changed(what, differs.old.as_ref().map(words), differs.new.as_ref().map(words))
    }

    fn duty(&self, differs: &Differs<Obligation>) -> Vec<Difference> {
        let Some(duty) = differs.new.as_ref().or(differs.old.as_ref()) else { return Vec::new() };
        let stage = self.name(&duty.stage, |pack| pack.stage_name(&duty.regime, &duty.stage));
        let regime = self.name(&duty.regime, |pack| pack.regime_name(&duty.regime));
        let what = joined(&stage, " (", &joined(&regime, ")", &text("", "")));
        let (Some(old), Some(new)) = (&differs.old, &differs.new) else {
            let words = |duty: &Obligation| self.owed(duty);
            let (before, after) = (differs.old.as_ref().map(words), differs.new.as_ref().map(words));
            return changed(what, before, after).into_iter().collect();
        };
        let part = |words: Text| joined(&what, ": ", &words);
        [
            self.moved(part(text("frist", "time")), old.target, new.target),
            changed(part(text("modtagere", "recipients")), self.recipients(old), self.recipients(new)),
            changed(part(text("pligt", "duty")), Some(certainty(old)), Some(certainty(new))),
            changed(part(text("status", "status")), Some(status(old)), Some(status(new))),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn owed(&self, duty: &Obligation) -> Text {
        let owed = certainty(duty);
        match duty.target.as_ref().filter(|_| self.times == Times::Exact) {
            Some(target) => joined(&owed, ", ", &joined(&text("senest ", "by "), "", &instant(target))),
            None => owed,
        }
    }

    fn moved(
        &self,
        what: Text,
        old: Option<DateTime<FixedOffset>>,
        new: Option<DateTime<FixedOffset>>,
    ) -> Option<Difference> {
        if old == new {
            return None;
        }
        let none = || text("ingen frist endnu", "no time yet");
        let exact = |at: Option<DateTime<FixedOffset>>| Some(at.as_ref().map_or_else(none, instant));
        let (before, after) = match (self.times, old, new) {
            (Times::Relative, Some(old), Some(new)) => (None, Some(shift(new - old))),
            (Times::Relative, old, _) => {
                let some = text("en frist", "a time");
                let (some, none) = (Some(some), Some(none()));
                if old.is_some() { (some, none) } else { (none, some) }
            }
            (Times::Exact, ..) => (exact(old), exact(new)),
        };
        Some(Difference { what, before, after })
    }

    fn recipients(&self, duty: &Obligation) -> Option<Text> {
        let names = duty.recipients.iter().map(|id| self.name(id, |pack| pack.recipient_name(id)));
        names.reduce(|all, name| joined(&all, ", ", &name))
    }

    fn route(&self, differs: &Differs<Route>) -> Option<Difference> {
        let unit = &differs.new.as_ref().or(differs.old.as_ref())?.unit;
        let what = self.name(unit, |pack| pack.recipient_name(unit));
        let words = |route: &Route| match route.part {
            Part::Lead => text("koordinerer", "coordinates"),
            Part::Support => text("arbejder på sagen", "works on the case"),
            Part::Inform => text("orienteres", "is informed"),
        };
        changed(what, differs.old.as_ref().map(words), differs.new.as_ref().map(words))
    }

    fn severity(&self, differs: &Differs<u8>) -> Option<Difference> {
        let level = |pack: &Pack, level: u8| {
            let name = pack.severity_name(level).cloned().unwrap_or_else(|| verbatim(&level.to_string()));
            joined(&verbatim(&level.to_string()), ": ", &name)
        };
        let (before, after) =
            (differs.old.map(|it| level(self.old, it)), differs.new.map(|it| level(self.new, it)));
        changed(text("Alvor", "Severity"), before, after)
    }

    fn guidance(&self, differs: &Differs<GuidanceRef>) -> Option<Difference> {
        let id = &differs.new.as_ref().or(differs.old.as_ref())?.playbook;
        let title = self.name(id, |pack| pack.guidance(id).map(|it| &it.title));
        let what = joined(&text("Vejledning", "Guidance"), ": ", &title);
        let words =
            |it: &GuidanceRef| text(&format!("version {}", it.version), &format!("version {}", it.version));
        changed(what, differs.old.as_ref().map(words), differs.new.as_ref().map(words))
    }

    /// What differs in the rules themselves.
    pub(crate) fn of_item(&self, item: &ItemWords) -> Difference {
        let kind = match item.kind {
            ItemKind::Fact => text("Oplysning", "Fact"),
            ItemKind::Regime => text("Regelsæt", "Regime"),
            ItemKind::Stage => text("Indberetning", "Report"),
            ItemKind::Sector => text("Sektor", "Sector"),
            ItemKind::Unit => text("Enhed", "Unit"),
            ItemKind::Playbook => text("Vejledning", "Guidance"),
            ItemKind::Rules => text("Fælles regler", "Common rules"),
        };
        let id = &item.id;
        let name = self.name(id, |pack| match item.kind {
            ItemKind::Fact => pack.fact(id).map(|it| &it.label),
            ItemKind::Regime => pack.regime_name(id),
            ItemKind::Stage => id.split_once('/').and_then(|(regime, stage)| pack.stage_name(regime, stage)),
            ItemKind::Unit => pack.recipient_name(id),
            ItemKind::Playbook => pack.guidance(id).map(|it| &it.title),
            ItemKind::Sector | ItemKind::Rules => None,
        });
        let what = joined(&kind, ": ", &name);
        let (there, gone) = (|| text("findes", "there"), || text("findes ikke", "not there"));
        let (before, after) = match item.change {
            Change::Added => (Some(gone()), Some(there())),
            Change::Removed => (Some(there()), Some(gone())),
            Change::Changed => (item.before.clone(), item.after.clone()),
        };
        Difference { what, before, after }
    }

    /// A name as the new version has it, else as the old one has it, else the id.
    fn name(&self, id: &str, of: impl for<'p> Fn(&'p Pack) -> Option<&'p Text>) -> Text {
        of(self.new).or_else(|| of(self.old)).cloned().unwrap_or_else(|| verbatim(id))
    }
}

fn certainty(duty: &Obligation) -> Text {
    if duty.provisional { text("foreløbig pligt", "provisional duty") } else { text("pligt", "duty") }
}

fn status(duty: &Obligation) -> Text {
    match duty.status {
        ObligationStatus::Open => text("åben", "open"),
        ObligationStatus::Met => text("opfyldt", "met"),
        ObligationStatus::Late => text("for sent", "late"),
        ObligationStatus::NotYetOpen => text("endnu ikke åben", "not open yet"),
    }
}

/// `12 hours earlier`.
fn shift(by: TimeDelta) -> Text {
    let (amount, earlier) = (by.abs(), by < TimeDelta::zero());
    let (count, da, en) = match (amount.num_hours(), amount.num_minutes()) {
        (hours, _) if hours >= 48 && hours % 24 == 0 => (hours / 24, ["dag", "dage"], ["day", "days"]),
        (hours, minutes) if minutes % 60 == 0 => (hours, ["time", "timer"], ["hour", "hours"]),
        (_, minutes) => (minutes, ["minut", "minutter"], ["minute", "minutes"]),
    };
    let pick = |[one, many]: [&'static str; 2]| if count == 1 { one } else { many };
    let (when_da, when_en) = if earlier { ("tidligere", "earlier") } else { ("senere", "later") };
    text(&format!("{count} {} {when_da}", pick(da)), &format!("{count} {} {when_en}", pick(en)))
}

fn changed(what: Text, before: Option<Text>, after: Option<Text>) -> Option<Difference> {
    (before != after).then_some(Difference { what, before, after })
}

fn joined(one: &Text, between: &str, other: &Text) -> Text {
    text(&format!("{}{between}{}", one.da, other.da), &format!("{}{between}{}", one.en, other.en))
}

fn verbatim(id: &str) -> Text {
    text(id, id)
}

fn text(da: &str, en: &str) -> Text {
    Text { da: da.to_owned(), en: en.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_is_told_in_the_unit_that_fits_it() {
        for (minutes, danish, english) in [
            (-720, "12 timer tidligere", "12 hours earlier"),
            (60, "1 time senere", "1 hour later"),
            (90, "90 minutter senere", "90 minutes later"),
            (-1, "1 minut tidligere", "1 minute earlier"),
            (24 * 60, "24 timer senere", "24 hours later"),
            (-7 * 24 * 60, "7 dage tidligere", "7 days earlier"),
        ] {
            assert_eq!(shift(TimeDelta::minutes(minutes)), text(danish, english));
        }
    }
}
