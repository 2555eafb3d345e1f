//! Erasure and what two decided in words.

use super::words::{change_kind, change_status, flaw, kind, moment};
use super::{Content, Speaker, Table, or_dash};
use crate::compliance::model::{Changes, KeptKind, Retention};

impl Speaker {
    pub(super) fn retention(&self, retention: &Retention) -> Content {
        let run = retention.last_run.as_ref();
        let sum = |of: fn(&KeptKind) -> u64| retention.kinds.iter().map(of).sum::<u64>().to_string();
        let erased = run.map(|run| {
            let parts = run.erased.iter().map(|(which, rows)| format!("{} {rows}", self.of(&kind(*which))));
            Some(parts.collect::<Vec<_>>().join(", ")).filter(|parts| !parts.is_empty())
        });
        let nothing = || self.say("intet", "nothing");
        let lines = vec![
            (self.say("Seneste kørsel", "Last run"), self.never(run.map(|run| run.began_at))),
            (self.say("Den slettede", "It erased"), or_dash(erased, |erased| erased.unwrap_or_else(nothing))),
            (self.say("Kan slettes nu", "Due now"), sum(|it| it.due)),
            (self.say("Over fristen", "Overdue"), sum(|it| it.overdue)),
            (self.say("Bevarede hændelser", "Incidents held"), retention.holds.len().to_string()),
            (self.say("Bevarede logposter", "Log entries kept"), retention.kept_uses.len().to_string()),
        ];
        (lines, vec![self.kinds(retention), self.holds(retention), self.kept_uses(retention)])
    }

    fn kinds(&self, retention: &Retention) -> Table {
        let columns = [
            ("Art", "Kind"),
            ("Indeholder", "Holds"),
            ("Opbevares", "Kept"),
            ("Fra", "From"),
            ("Retsgrundlag", "Legal basis"),
            ("Ældste", "Oldest"),
            ("Kan slettes", "Due"),
            ("Over fristen", "Overdue"),
        ];
        let rows = retention.kinds.iter().map(|it| {
            [
                self.of(&kind(it.kind)),
                self.of(&it.holds),
                self.of(&it.keep),
                self.of(&it.from),
                self.of(&it.basis),
                or_dash(it.oldest, moment),
                it.due.to_string(),
                it.overdue.to_string(),
            ]
        });
        self.table(self.say("Frister efter art", "Deadlines by kind"), columns, rows)
    }

    fn holds(&self, retention: &Retention) -> Table {
        let columns = [
            ("Hændelse", "Incident"),
            ("Til", "Until"),
            ("Begrundelse", "Reason"),
            ("Foreslået af", "Proposed by"),
            ("Godkendt af", "Approved by"),
        ];
        let rows = retention.holds.iter().map(|it| {
            [
                it.incident.clone(),
                moment(it.until),
                it.reason.clone(),
                it.proposed_by.clone(),
                or_dash(it.approved_by.clone(), |by| by),
            ]
        });
        self.table(self.say("Bevaret ud over fristen", "Held beyond the deadline"), columns, rows)
    }

    fn kept_uses(&self, retention: &Retention) -> Table {
        let columns = [
            ("Handlinger af", "Acts of"),
            ("Fra", "From"),
            ("Indtil", "Before"),
            ("Bevares til", "Kept until"),
            ("Begrundelse", "Reason"),
            ("Foreslået af", "Proposed by"),
            ("Godkendt af", "Approved by"),
        ];
        let rows = retention.kept_uses.iter().map(|it| {
            [
                it.person.clone(),
                moment(it.from),
                moment(it.to),
                moment(it.until),
                it.reason.clone(),
                or_dash(it.proposed_by.clone(), |by| by),
                or_dash(it.approved_by.clone(), |by| by),
            ]
        });
        let caption =
            self.say("Logposter, der bevares ud over fristen", "Log entries kept beyond the deadline");
        self.table(caption, columns, rows)
    }

    pub(super) fn changes(&self, changes: &Changes) -> Content {
        let columns = [
            ("Art", "Kind"),
            ("Foreslået", "Proposed"),
            ("Gennemført", "Carried out"),
            ("Afvist", "Rejected"),
            ("Trukket tilbage", "Withdrawn"),
            ("Bortfaldet", "Lapsed"),
            ("Venter", "Waiting"),
            ("Kræver to", "Guarded by two"),
        ];
        let guarded = |unguarded: u64| match unguarded {
            0 => self.say("ja", "yes"),
            count => format!("{} ({count})", self.say("nej", "no")),
        };
        let rows = changes.kinds.iter().map(|it| {
            [
                self.of(&change_kind(it.kind)),
                it.proposed.to_string(),
                it.executed.to_string(),
                it.rejected.to_string(),
                it.withdrawn.to_string(),
                it.expired.to_string(),
                it.open.to_string(),
                guarded(it.unguarded),
            ]
        });
        let kinds = self.table(self.say("Efter art", "By kind"), columns, rows);
        let lines =
            vec![(self.say("Arter, der kræver to", "Kinds that need two"), changes.kinds.len().to_string())];
        (lines, vec![kinds, self.decided(changes)])
    }

    fn decided(&self, changes: &Changes) -> Table {
        let columns = [
            ("Ændring", "Change"),
            ("Foreslået af", "Proposed by"),
            ("Foreslået", "Proposed"),
            ("Status", "Status"),
            ("Besluttet af", "Decided by"),
            ("Besluttet", "Decided"),
        ];
        let rows = changes.list.iter().map(|it| {
            let status = self.of(&change_status(it.status));
            let wrong = it.flaw.map(|why| format!("; {}", self.of(&flaw(why)))).unwrap_or_default();
            [
                self.of(&it.title),
                it.proposed_by.clone(),
                moment(it.proposed_at),
                format!("{status}{wrong}"),
                or_dash(it.decided_by.clone(), |by| by),
                or_dash(it.decided_at, moment),
            ]
        });
        self.table(
            self.say("Periodens ændringer, ældste først", "Changes of the period, oldest first"),
            columns,
            rows,
        )
    }
}
