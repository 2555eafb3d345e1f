//! One report of a regime: when it opens, by when it is due, who receives it.

use super::words::Speaker;
use crate::condition::Condition;
use crate::pack::StageInfo;
use crate::pack::law::{Clock, Opens, Recipient, Regime, Stage, Start, Target};
use crate::{CalendarRule, PeriodUnit, Text};

impl Speaker<'_> {
    /// A stage in lines, without its row of the matrix.
    pub(crate) fn stage_lines(&self, regime: &Regime, stage: &Stage, info: &StageInfo) -> Vec<String> {
        let mut lines = vec![
            format!("- {}: {}", self.say("Hjemmel", "Legal basis"), stage.cite),
            format!("- {}: {}", self.say("Sikkerhed", "Confidence"), self.confidence(info.confidence)),
            format!("- {}: {}", self.say("Åbner", "Opens"), self.opens(regime, &stage.opens)),
        ];
        for role in stage.requested_by.iter().filter_map(|role| self.pack.routing.roles.get(role)) {
            let words = self.say("Kan kræves af", "May be asked for by");
            lines.push(format!("- {words}: `{}`", role.id));
        }
        if let Some(when) = &stage.when {
            self.below(self.say("Skyldes kun, hvor", "Owed only where"), when, 0, &mut lines);
        }
        if let Some(certain) = &stage.certain {
            self.below(
                self.say("Skyldes kun, hvor det står fast", "Owed only where it is certain"),
                certain,
                0,
                &mut lines,
            );
        }
        for other in &stage.unless_filed {
            let words = self.say("Skyldes ikke, når dette er indsendt", "Not owed once this is filed");
            lines.push(format!("- {words}: {}", self.stage(&regime.id, other)));
        }
        lines.push(format!("- {}: {}", self.say("Frist", "Deadline"), self.clock_line(regime, stage)));
        if let Some(clock) = &stage.clock {
            self.clock(clock, &mut lines);
        }
        lines.push(format!("- {}:", self.say("Modtagere", "Recipients")));
        for recipient in &stage.recipients {
            self.recipient(recipient, &mut lines);
        }
        lines
    }

    /// `- words:` and a condition below it.
    fn below(&self, words: &str, condition: &Condition, depth: usize, lines: &mut Vec<String>) {
        let indent = "  ".repeat(depth);
        lines.push(format!("{indent}- {words}:"));
        lines.extend(self.condition(condition).into_iter().map(|line| format!("{indent}  {line}")));
    }

    fn opens(&self, regime: &Regime, opens: &Opens) -> String {
        match opens {
            Opens::Start => {
                self.say("så snart pligten er udløst", "as soon as the duty is triggered").to_owned()
            }
            Opens::Requested => {
                self.say("når myndigheden beder om den", "when the authority asks for it").to_owned()
            }
            Opens::Recurring => self
                .say("straks, og igen efter hver indsendelse", "at once, and again after every filing")
                .to_owned(),
            Opens::Filed(stage) => {
                format!(
                    "{} {}",
                    self.say("ved indsendelsen af", "on the filing of"),
                    self.stage(&regime.id, stage)
                )
            }
            Opens::Event(fact) => {
                format!("{} {}", self.say("ved svaret på", "on the answer to"), self.fact(fact))
            }
        }
    }

    /// How long a stage may take, and from when.
    pub(crate) fn clock_line(&self, regime: &Regime, stage: &Stage) -> String {
        let Some(clock) = &stage.clock else {
            return self.say("loven sætter ingen fast tid", "the law sets no fixed time").to_owned();
        };
        let from = match &clock.start {
            Start::Fact(fact) => {
                format!(
                    "{} {}",
                    self.say("fra tidspunktet i svaret på", "from the time given in answer to"),
                    self.fact(fact)
                )
            }
            Start::Filed { stage, latest } => {
                let filing = if *latest {
                    self.say("fra den seneste indsendelse af", "from the latest filing of")
                } else {
                    self.say("fra den første indsendelse af", "from the first filing of")
                };
                format!("{filing} {}", self.stage(&regime.id, stage))
            }
        };
        format!("{} {from}", self.period(clock.period))
    }

    fn clock(&self, clock: &Clock, lines: &mut Vec<String>) {
        lines.push(format!("  - {}", self.counting(clock.period.unit, clock.rule)));
        if let Some(when) = &clock.defer_when {
            let words = self.say(
                "Udskydes kun over weekend og helligdage, hvor",
                "Deferred over weekends and holidays only where",
            );
            self.below(words, when, 1, lines);
        }
        if let Some((fact, most)) = &clock.cap {
            let (never, later) = (
                self.say("Dog senest", "But no later than"),
                self.say("fra tidspunktet i svaret på", "from the time given in answer to"),
            );
            lines.push(format!("  - {never} {} {later} {}", self.period(*most), self.fact(fact)));
        }
        for other in &clock.overrides {
            let instead = self.say("I stedet", "Instead");
            let words = format!(
                "{instead} {} [{}], {}",
                self.period(other.period),
                other.cite,
                self.say("hvor", "where")
            );
            self.below(&words, &other.when, 1, lines);
        }
    }

    /// How the period is counted.
    fn counting(&self, unit: PeriodUnit, rule: CalendarRule) -> &'static str {
        match (rule, unit) {
            (CalendarRule::DoraWeekend, _) => self.say(
                "Falder fristens sidste dag i en weekend eller på en bankfridag, kan den overholdes til kl. 12 den næste arbejdsdag (RTS (EU) 2025/301, art. 5, stk. 4).",
                "Where its last day is a weekend day or a bank holiday, it may be met by noon of the next working day (RTS (EU) 2025/301 art. 5(4)).",
            ),
            (_, PeriodUnit::Hour) => self.say(
                "Forordning 1182/71: den time, hvor begivenheden falder, tælles ikke med, så fristen slutter med en hel time. Weekender og helligdage flytter den ikke.",
                "Regulation 1182/71: the hour of the event is not counted, so the period ends with a full hour. Weekends and holidays do not move it.",
            ),
            (CalendarRule::Regulation1182, _) => self.say(
                "Forordning 1182/71: begivenhedens dag tælles ikke med, og fristen slutter med sidste dags sidste time. Er det en lørdag, søndag eller helligdag, slutter den med den næste arbejdsdag; to arbejdsdage skal rummes i den.",
                "Regulation 1182/71: the day of the event is not counted, and the period ends with the last hour of its last day. Where that is a Saturday, Sunday or public holiday, it ends with the next working day; it includes two working days.",
            ),
            (CalendarRule::Elapsed, _) => self.say(
                "Begivenhedens dag tælles ikke med, og fristen slutter med sidste dags sidste time, også i weekender og på helligdage.",
                "The day of the event is not counted, and the period ends with the last hour of its last day, also at weekends and on holidays.",
            ),
        }
    }

    fn recipient(&self, recipient: &Recipient, lines: &mut Vec<String>) {
        let Some(role) = self.pack.routing.roles.get(&recipient.role) else { return };
        let sectors = Text { da: "de ramte tjenester".to_owned(), en: "the affected services".to_owned() };
        let reason = role.because.reason(&sectors, Vec::new());
        let because = format!("{} [{}]", self.text(&reason.text), reason.cite);
        match &role.target {
            Target::One(unit) => {
                let name = self.pack.recipient_name(unit).map_or(unit.as_str(), |name| self.text(name));
                lines.push(format!("  - **{name}**: {because}"));
            }
            Target::Attribute { name, .. } => {
                let table = self.say("efter sektortabellen", "by the table of sectors");
                lines.push(format!("  - {because} ({table}, `{name}`)"));
            }
        }
        if let Some(when) = &recipient.when {
            self.below(self.say("kun hvor", "only where"), when, 2, lines);
        }
        if let Some(unless) = &recipient.unless {
            self.below(self.say("ikke hvor", "not where"), unless, 2, lines);
        }
    }
}
