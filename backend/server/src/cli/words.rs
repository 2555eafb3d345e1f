//! Assessments and greetings in words, for a terminal.

use std::io::{Result, Write};

use chrono::{DateTime, FixedOffset, Utc};
use varsel_rules::{
    Answer, Assessment, FactWarning, Need, Obligation, ObligationStatus, Pack, Part, Question, Reason,
    RegimeAssessment, Text,
};
use varsel_services::demo::DemoPerson;
use varsel_services::domain::organisation::Language;

/// Puts what the engine answers into words of one language.
pub(super) struct Words<'a> {
    pub(super) pack: &'a Pack,
    pub(super) language: Language,
}

impl Words<'_> {
    /// The text that is in this language.
    fn say<'t>(&self, da: &'t str, en: &'t str) -> &'t str {
        match self.language {
            Language::Da => da,
            Language::En => en,
        }
    }

    fn named(&self, text: Option<&Text>, id: &str) -> String {
        text.map_or_else(|| id.to_owned(), |text| self.language.of(text).to_owned())
    }

    fn unit(&self, id: &str) -> String {
        self.named(self.pack.unit(id).map(|unit| &unit.name), id)
    }

    /// Laws, duties, recipients, severity and advice, in this order.
    pub(super) fn assessment(
        &self,
        out: &mut dyn Write,
        assessment: &Assessment,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let pack = &assessment.pack;
        let severity = &assessment.severity;
        let name = self.named(self.pack.severity_name(severity.level), "");
        writeln!(
            out,
            "{} {} {} · {}",
            self.say("Regelpakke", "Rule pack"),
            pack.id,
            pack.version,
            now.format("%F %R UTC")
        )?;
        if let Some(notice) = self.pack.draft_notice() {
            writeln!(out, "{}", self.language.of(&notice))?;
        }
        writeln!(out, "{} {}: {name}", self.say("Alvor", "Severity"), severity.level)?;
        self.reasons(out, &severity.because)?;
        writeln!(out, "\n{}", self.say("LOVE", "LAWS"))?;
        for regime in &assessment.regimes {
            self.regime(out, regime)?;
        }
        writeln!(out, "\n{}", self.say("PLIGTER", "DUTIES"))?;
        for duty in &assessment.obligations {
            self.duty(out, duty)?;
        }
        if assessment.obligations.is_empty() {
            writeln!(out, "  {}", self.say("ingen, efter det der er oplyst", "none, from what is known"))?;
        }
        writeln!(out, "\n{}", self.say("MODTAGERE", "WHO IS TOLD"))?;
        for route in &assessment.routes {
            writeln!(out, "  {} ({})", self.unit(&route.unit), self.part(route.part))?;
            self.reasons(out, std::slice::from_ref(&route.because))?;
        }
        writeln!(out, "\n{}", self.say("RÅD", "ADVICE"))?;
        for guidance in &assessment.guidance {
            let title = self.pack.guidance(&guidance.playbook).map(|playbook| &playbook.title);
            writeln!(out, "  {} (v{})", self.named(title, &guidance.playbook), guidance.version)?;
        }
        Ok(())
    }

    fn regime(&self, out: &mut dyn Write, regime: &RegimeAssessment) -> Result<()> {
        let name = self.named(self.pack.regime_name(&regime.id), &regime.id);
        let answer = match (regime.applies, regime.triggered) {
            (Answer::No, _) => self.say("gælder ikke", "does not apply"),
            (_, Answer::No) => self.say("skal ikke indberettes", "need not be reported"),
            (Answer::Yes, Answer::Yes) => self.say("skal indberettes", "must be reported"),
            _ => self.say("kan ikke afgøres endnu", "cannot tell yet"),
        };
        writeln!(out, "  {name} [{}]: {answer}", regime.id)?;
        self.reasons(out, &regime.because)?;
        if regime.need_to_know.is_empty() {
            return Ok(());
        }
        let facts: Vec<String> = regime.need_to_know.iter().map(|id| self.fact(id)).collect();
        writeln!(out, "    {} {}", self.say("det afgøres af:", "this would decide it:"), facts.join("; "))
    }

    fn reasons(&self, out: &mut dyn Write, reasons: &[Reason]) -> Result<()> {
        for reason in reasons {
            writeln!(out, "    {} ({})", self.language.of(&reason.text), reason.cite)?;
        }
        Ok(())
    }

    /// A duty in two or three lines.
    pub(super) fn duty(&self, out: &mut dyn Write, duty: &Obligation) -> Result<()> {
        let stage = self.named(self.pack.stage_name(&duty.regime, &duty.stage), &duty.stage);
        let regime = self.named(self.pack.regime_name(&duty.regime), &duty.regime);
        let status = match duty.status {
            ObligationStatus::Open => self.say("åben", "open"),
            ObligationStatus::Met => self.say("opfyldt", "met"),
            ObligationStatus::Late => self.say("for sent", "late"),
            ObligationStatus::NotYetOpen => self.say("begynder senere", "begins later"),
        };
        let provisional =
            if duty.provisional { self.say(", for en sikkerheds skyld", ", by precaution") } else { "" };
        writeln!(out, "  {stage}, {regime} [{}/{}]: {status}{provisional}", duty.regime, duty.stage)?;
        if let Some(target) = duty.target {
            let end = duty
                .due
                .filter(|due| *due != target)
                .map(|due| format!("{} {})", self.say(" (fristen ender", " (the period ends"), moment(due)));
            writeln!(out, "    {} {}{}", self.say("senest", "by"), moment(target), end.unwrap_or_default())?;
        }
        let recipients: Vec<String> = duty.recipients.iter().map(|id| self.unit(id)).collect();
        writeln!(out, "    {} {} ({})", self.say("til", "to"), recipients.join(", "), duty.cite)
    }

    /// What to answer, and what to look at, before this can be filed.
    pub(super) fn before_filing(
        &self,
        out: &mut dyn Write,
        missing: &[Question],
        warnings: &[FactWarning],
    ) -> Result<()> {
        writeln!(out, "\n{}", self.say("FØR DET KAN INDBERETTES", "BEFORE IT CAN BE FILED"))?;
        if missing.is_empty() {
            writeln!(out, "  {}", self.say("mangler intet", "nothing is missing"))?;
        }
        self.questions(out, missing)?;
        for warning in warnings {
            writeln!(out, "  ! {}: {}", warning.fact, self.language.of(&warning.message))?;
        }
        Ok(())
    }

    /// One question a line.
    pub(super) fn questions(&self, out: &mut dyn Write, questions: &[Question]) -> Result<()> {
        for question in questions {
            let need = match question.need {
                Need::Decides => self.say("afgør noget", "decides"),
                Need::Required => self.say("kræves", "required"),
                Need::IfAvailable => self.say("hvis det vides", "if available"),
                Need::Optional => self.say("frivilligt", "optional"),
            };
            let by = if question.needed_for.is_empty() {
                self.say("enhver indberetning", "every report").to_owned()
            } else {
                question.needed_for.join(", ")
            };
            writeln!(out, "  {} ({need}: {by})", self.fact(&question.fact))?;
        }
        Ok(())
    }

    fn fact(&self, id: &str) -> String {
        match self.pack.fact(id) {
            Some(fact) => format!("{} [{id}]", self.language.of(&fact.label)),
            None => id.to_owned(),
        }
    }

    fn part(&self, part: Part) -> &'static str {
        match part {
            Part::Lead => self.say("leder", "leads"),
            Part::Support => self.say("deltager", "supports"),
            Part::Inform => self.say("orienteres", "is informed"),
        }
    }
}

fn moment(instant: DateTime<FixedOffset>) -> String {
    instant.format("%F %R %:z").to_string()
}

/// Where the server answers, and, in the demo, whom one can be.
pub(super) fn greeting(out: &mut dyn Write, address: &str, people: &[DemoPerson]) -> Result<()> {
    writeln!(out, "Varsel answers at {address}")?;
    if people.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\nThis is a demo: the people are invented, and anybody on this machine can be any of them.\n"
    )?;
    let width = people.iter().map(|person| person.handle.len()).max().unwrap_or_default();
    for person in people {
        let who = format!("{}, {}, {}", person.name, person.title.en, person.belongs_to.en);
        writeln!(out, "  {:width$}  {who}", person.handle)?;
        writeln!(out, "  {:width$}  {address}/demo/sign-in?person={}", "", person.handle)?;
    }
    writeln!(out, "\nStop it with Ctrl-C.")
}
