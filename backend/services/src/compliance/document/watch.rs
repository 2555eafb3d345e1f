//! Rejected attempts and the log of use in words.

use super::words::{cause, moment, separation, span};
use super::{Content, Speaker, Table, or_dash};
use crate::compliance::model::{Attempts, Duties, UseLog};

impl Speaker {
    pub(super) fn attempts(&self, attempts: &Attempts) -> Content {
        let lines = vec![
            (self.say("Afvist i perioden", "Rejected in the period"), attempts.total.to_string()),
            (self.say("Spærringer i perioden", "Blocks in the period"), attempts.blocks.to_string()),
            (self.say("Åbne opgaver", "Open tasks"), attempts.open.to_string()),
            (
                self.say("Åbne i mere end 7 dage", "Open for more than 7 days"),
                attempts.open_over_a_week.to_string(),
            ),
            (self.say("Åbne uden ansvarlig", "Open and nobody's"), attempts.without_owner.to_string()),
        ];
        let months = attempts.months.iter();
        let rows = months.map(|it| [it.month.clone(), self.of(&cause(it.cause)), it.count.to_string()]);
        let columns = [("Måned", "Month"), ("Årsag", "Cause"), ("Antal", "Number")];
        let months =
            self.table(self.say("Måned for måned, efter årsag", "Month by month, by cause"), columns, rows);
        let columns = [
            ("Begyndt", "Began"),
            ("Årsag", "Cause"),
            ("Gange", "Times"),
            ("Ansvarlig", "Owner"),
            ("Opgave lukket", "Task closed"),
            ("Fundet", "Found"),
            ("Over 7 dage", "Over 7 days"),
        ];
        let rows = attempts.tasks.iter().map(|it| {
            let closed = it.closed_at.zip(it.closed_by.clone());
            [
                moment(it.began_at),
                self.of(&cause(it.cause)),
                it.times.to_string(),
                or_dash(it.owner.clone(), |owner| owner),
                or_dash(closed, |(at, by)| format!("{}, {by}", moment(at))),
                or_dash(it.reason.clone(), |reason| reason),
                self.yes(it.over_a_week),
            ]
        });
        let caption = self
            .say("Spærringer og deres opfølgning, nyeste først", "Blocks and their follow-up, newest first");
        (lines, vec![months, self.table(caption, columns, rows)])
    }

    pub(super) fn log(&self, log: &UseLog) -> Content {
        let newest = log.newest.as_ref();
        let sound = log.problem.clone().unwrap_or_else(|| self.say("passer", "fits"));
        let lines = vec![
            (self.say("Nøgle", "Key"), log.key.clone()),
            (self.say("Nyeste kontrolpunkt", "Newest checkpoint"), self.never(newest.map(|it| it.at))),
            (self.say("Indførsler i alt", "Entries in all"), or_dash(newest, |it| it.size.to_string())),
            (self.say("Heraf til stede", "Of these there"), log.present.to_string()),
            (
                self.say("Heraf slettet ifølge protokollen", "Of these erased on record"),
                log.erased_on_record.to_string(),
            ),
            (self.say("Rodsum", "Root"), or_dash(newest, |it| it.root.clone())),
            (self.say("Underskrift og træ", "Signature and tree"), sound),
            (self.say("Adskillelse af opgaver", "Separation of duties"), self.separation(&log.duties)),
            (self.say("Kontrolpunkter i perioden", "Checkpoints in the period"), log.checkpoints.to_string()),
            (self.say("Anvendelser i perioden", "Uses in the period"), log.entries.to_string()),
            (
                self.say("Længste tilladte ophold", "Longest gap allowed"),
                self.of(&span(log.longest_gap_allowed)),
            ),
            (self.say("Ophold, der var længere", "Gaps that were longer"), log.gap_count.to_string()),
        ];
        (lines, vec![self.gaps(log), self.witnesses(log), self.erasures(log)])
    }

    fn separation(&self, duties: &Duties) -> String {
        let words = separation(duties.separation);
        let role = duties.role.as_ref().map(|role| format!(" ({role})")).unwrap_or_default();
        let powers = duties.powers.join(", ");
        let powers = if powers.is_empty() { powers } else { format!(": {powers}") };
        format!("{}{role}{powers}", self.of(&words))
    }

    fn gaps(&self, log: &UseLog) -> Table {
        let caption = self.say("Ophold, længste først (højst 100)", "Gaps, longest first (at most 100)");
        let columns = [("Fra", "From"), ("Til", "Until"), ("Varighed", "Lasted")];
        let rows = log.gaps.iter().map(|it| [moment(it.from), moment(it.until), self.of(&span(it.seconds))]);
        self.table(caption, columns, rows)
    }

    fn witnesses(&self, log: &UseLog) -> Table {
        let columns = [
            ("Vidne", "Witness"),
            ("Medunderskrevet indførsler", "Cosigned entries"),
            ("Seneste svar", "Last answer"),
            ("Afslag", "Refusal"),
            ("I indstillingerne", "In the settings"),
        ];
        let rows = log.witnesses.iter().map(|it| {
            [
                it.name.clone(),
                or_dash(it.size, |size| size.to_string()),
                self.never(it.at),
                or_dash(it.refusal.clone(), |why| why),
                self.yes(it.configured),
            ]
        });
        let caption = self.say("Vidner uden for installationen", "Witnesses outside the installation");
        let empty = self.say(
            "Ingen: kun installationens egen nøgle siger god for loggen.",
            "None: only the installation's own key vouches for the log.",
        );
        Table { empty, ..self.table(caption, columns, rows) }
    }

    fn erasures(&self, log: &UseLog) -> Table {
        let columns = [
            ("Begyndt", "Began"),
            ("Afsluttet", "Ended"),
            ("Ældre end", "Older than"),
            ("Indførsler", "Entries"),
        ];
        let rows = log.erasures.iter().map(|it| {
            [moment(it.began_at), or_dash(it.ended_at, moment), moment(it.before), it.entries.to_string()]
        });
        let caption = self.say("Sletninger i loggen, ældste først", "Erasures of the log, oldest first");
        self.table(caption, columns, rows)
    }
}
