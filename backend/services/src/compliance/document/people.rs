//! Authorisations and their reviews in words.

use super::words::{flaw, moment, standing, temporary};
use super::{Content, Speaker, Table, or_dash};
use crate::compliance::model::{Authorisations, GrantedBy, Held, Reviews};

impl Speaker {
    pub(super) fn authorisations(&self, all: &Authorisations) -> Content {
        let functions = all.by_function.iter().map(|(function, count)| {
            let label = function.label();
            format!("{} {count}", self.language.of(&label))
        });
        let lines = vec![
            (self.say("Aktive", "Active"), all.active.to_string()),
            (self.say("Ikke begyndt", "Not begun"), all.pending.to_string()),
            (self.say("Suspenderede", "Suspended"), all.suspended.to_string()),
            (self.say("Inddragne eller udløbne", "Withdrawn or over"), all.over.to_string()),
            (
                self.say("Midlertidige (revisorer og teknikere)", "Temporary (auditors and technicians)"),
                all.temporary.to_string(),
            ),
            (self.say("Ikke brugt i et halvt år", "Not used for half a year"), all.unused.to_string()),
            (
                self.say("Aktive efter funktion", "Active by function"),
                functions.collect::<Vec<_>>().join(", "),
            ),
        ];
        let list = self.say("Alle, der ikke er udløbet, ældste først", "All that are not over, oldest first");
        let short = self.say("Midlertidige: revisorer og teknikere", "Temporary: auditors and technicians");
        let unused = self.say("Ikke brugt i et halvt år", "Not used for half a year");
        let tables = vec![
            self.held(list, all.list.iter()),
            self.held(short, all.list.iter().filter(|held| held.temporary.is_some())),
            self.held(unused, all.list.iter().filter(|held| held.unused)),
        ];
        (lines, tables)
    }

    fn held<'a>(&self, caption: String, list: impl Iterator<Item = &'a Held>) -> Table {
        let columns = [
            ("Indehaver", "Holder"),
            ("Funktioner", "Functions"),
            ("Rækkevidde", "Reach"),
            ("Formål", "Purpose"),
            ("Fra", "From"),
            ("Til", "Until"),
            ("Status", "Standing"),
            ("Givet af", "Granted by"),
            ("Sidst brugt", "Last used"),
        ];
        self.table(caption, columns, list.map(|held| self.held_row(held)))
    }

    fn held_row(&self, held: &Held) -> [String; 9] {
        let labels: Vec<_> = held.functions.iter().map(|it| it.label()).collect();
        let functions: Vec<_> = labels.iter().map(|label| self.language.of(label)).collect();
        let mut state = self.of(&standing(held.standing));
        if let Some(why) = held.temporary {
            state = format!("{state}, {}", self.of(&temporary(why)));
        }
        if let Some(why) = held.flaw {
            state = format!("{state}; {}", self.of(&flaw(why)));
        }
        let uses = format!("{} ({} ×)", self.never(held.last_used_at), held.uses);
        [
            held.holder.clone(),
            functions.join(", "),
            self.of(&held.reach_words),
            self.of(&held.purpose),
            moment(held.from),
            or_dash(held.until, moment),
            state,
            format!("{}, {}", self.granted_by(&held.granted_by), moment(held.granted_at)),
            uses,
        ]
    }

    fn granted_by(&self, by: &GrantedBy) -> String {
        match by {
            GrantedBy::Two { proposed_by, approved_by, .. } => {
                let nobody = || self.say("ingen", "nobody");
                format!(
                    "{} {}, {} {}",
                    self.say("foreslået af", "proposed by"),
                    proposed_by.clone().unwrap_or_else(nobody),
                    self.say("godkendt af", "approved by"),
                    approved_by.clone().unwrap_or_else(nobody),
                )
            }
            GrantedBy::Provider { name } => format!("{} {name}", self.say("loginudbyderen", "the provider")),
            GrantedBy::Operator => self.say("driften, ved starten", "whoever runs the server, at the start"),
        }
    }

    pub(super) fn reviews(&self, reviews: &Reviews) -> Content {
        let sum = |of: fn(&crate::compliance::model::Campaign) -> u64| {
            reviews.campaigns.iter().map(of).sum::<u64>().to_string()
        };
        let lines = vec![
            (
                self.say("Gennemgange i perioden", "Reviews in the period"),
                reviews.campaigns.len().to_string(),
            ),
            (self.say("Bekræftet", "Confirmed"), sum(|it| it.confirmed)),
            (self.say("Inddraget", "Withdrawn"), sum(|it| it.withdrawn)),
            (
                self.say("Suspenderet, fordi ingen svarede", "Suspended, since nobody answered"),
                sum(|it| it.suspended),
            ),
            (self.say("Ikke afgjort endnu", "Not decided yet"), sum(|it| it.undecided)),
            (
                self.say("Suspenderet nu som ubekræftet", "Suspended now as unconfirmed"),
                reviews.unconfirmed.to_string(),
            ),
        ];
        let columns = [
            ("Rækkevidde", "Reach"),
            ("Åbnet", "Opened"),
            ("Frist", "Deadline"),
            ("Afsluttet", "Closed"),
            ("Autorisationer", "Authorisations"),
            ("Bekræftet", "Confirmed"),
            ("Inddraget", "Withdrawn"),
            ("Suspenderet", "Suspended"),
            ("Mangler", "Undecided"),
            ("Ubrugte", "Unused"),
            ("Over fristen", "Overdue"),
        ];
        let rows = reviews.campaigns.iter().map(|it| {
            [
                self.of(&it.reach_words),
                moment(it.opened_at),
                moment(it.deadline),
                or_dash(it.closed_at, moment),
                it.items.to_string(),
                it.confirmed.to_string(),
                it.withdrawn.to_string(),
                it.suspended.to_string(),
                it.undecided.to_string(),
                it.unused.to_string(),
                self.yes(it.overdue),
            ]
        });
        let campaigns =
            self.table(self.say("Gennemgange, nyeste først", "Reviews, newest first"), columns, rows);
        let rows = reviews.missing.iter().map(|it| [self.of(&it.reach_words), moment(it.due)]);
        let caption = self.say("Gennemgange, der mangler", "Reviews that are missing");
        let missing = self.table(caption, [("Rækkevidde", "Reach"), ("Skulle være gjort", "Was due")], rows);
        (lines, vec![campaigns, missing])
    }
}
