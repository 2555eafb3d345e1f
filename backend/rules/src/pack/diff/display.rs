//! A difference as text.

use std::fmt::{Display, Formatter, Result};

use chrono::{DateTime, FixedOffset};

use super::{CaseChange, Change, Differs, ItemChange, PackDiff, RegimeAnswer};
use crate::{Answer, GuidanceRef, Obligation, ObligationStatus, PackRef, Part, Route};

impl Display for PackDiff {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        writeln!(out, "{} -> {}", version(&self.old), version(&self.new))?;
        writeln!(out, "\nThe pack: {}", counted(self.items.len(), "item differs", "items differ"))?;
        self.items.iter().try_for_each(|item| write!(out, "{item}"))?;
        writeln!(
            out,
            "\nPast incidents: {} of {} assessed differently",
            self.cases.len(),
            counted(self.compared, "incident", "incidents")
        )?;
        self.cases.iter().try_for_each(|case| write!(out, "{case}"))
    }
}

fn version(pack: &PackRef) -> String {
    format!("{} {}{}", pack.id, pack.version, if pack.draft { " (draft, not law)" } else { "" })
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

impl Display for ItemChange {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        let sign = match self.change {
            Change::Added => '+',
            Change::Removed => '-',
            Change::Changed => '~',
        };
        writeln!(out, "{sign} {} {}", format!("{:?}", self.kind).to_lowercase(), self.id)?;
        for part in &self.parts {
            writeln!(out, "    {}", part.part)?;
            part.removed.iter().try_for_each(|line| writeln!(out, "      - {line}"))?;
            part.added.iter().try_for_each(|line| writeln!(out, "      + {line}"))?;
            if part.removed.is_empty() && part.added.is_empty() {
                writeln!(out, "      (the order)")?;
            }
        }
        Ok(())
    }
}

impl Display for CaseChange {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        writeln!(out, "~ {}", self.name)?;
        if let Some(unreadable) = &self.unreadable {
            for (version, problems) in [("old", &unreadable.old), ("new", &unreadable.new)] {
                for problem in problems.iter().flatten() {
                    writeln!(
                        out,
                        "    the {version} version cannot read `{}`: {}",
                        problem.fact, problem.message.en
                    )?;
                }
            }
        }
        self.regimes.iter().try_for_each(|regime| line(out, "regime", regime, regime_words))?;
        self.obligations.iter().try_for_each(|duty| line(out, "duty", duty, duty_words))?;
        self.routes.iter().try_for_each(|route| line(out, "unit", route, route_words))?;
        self.severity.iter().try_for_each(|level| line(out, "severity", level, u8::to_string))?;
        self.guidance.iter().try_for_each(|guidance| line(out, "guidance", guidance, guidance_words))
    }
}

fn line<T>(
    out: &mut Formatter<'_>,
    what: &str,
    differs: &Differs<T>,
    words: impl Fn(&T) -> String,
) -> Result {
    match (differs.old.as_ref().map(&words), differs.new.as_ref().map(&words)) {
        (None, Some(new)) => writeln!(out, "    + {what} {new}"),
        (Some(old), None) => writeln!(out, "    - {what} {old}"),
        (old, new) => {
            writeln!(out, "    ~ {what} {}\n        -> {}", old.unwrap_or_default(), new.unwrap_or_default())
        }
    }
}

fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::CannotTell => "cannot tell",
    }
}

fn regime_words(regime: &RegimeAnswer) -> String {
    format!("{}: applies {}, triggered {}", regime.id, answer(regime.applies), answer(regime.triggered))
}

fn duty_words(duty: &Obligation) -> String {
    let status = match duty.status {
        ObligationStatus::Open => "open",
        ObligationStatus::Met => "met",
        ObligationStatus::Late => "late",
        ObligationStatus::NotYetOpen => "not yet open",
    };
    let instant =
        |at: Option<DateTime<FixedOffset>>| at.map_or_else(|| "none".to_owned(), |at| at.to_rfc3339());
    format!(
        "{}/{} to {}: {status}{}, target {}, due {}",
        duty.regime,
        duty.stage,
        duty.recipients.join(", "),
        if duty.provisional { ", provisional" } else { "" },
        instant(duty.target),
        instant(duty.due)
    )
}

fn route_words(route: &Route) -> String {
    let part = match route.part {
        Part::Lead => "leads",
        Part::Support => "supports",
        Part::Inform => "is told",
    };
    format!("{} {part} as {}", route.unit, route.role)
}

fn guidance_words(guidance: &GuidanceRef) -> String {
    format!("{} version {}", guidance.playbook, guidance.version)
}
