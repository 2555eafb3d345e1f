//! What runs here and what it talks to, in words.

use super::words::{database, link, moment, pack_status, protected, tls};
use super::{Content, Speaker, Table, or_dash};
use crate::compliance::installation::Link;
use crate::compliance::model::{Settings, Versions};

impl Speaker {
    pub(super) fn versions(&self, versions: &Versions) -> Content {
        let names = |names: &[String]| Some(names.join(", ")).filter(|it| !it.is_empty());
        let mut lines = vec![
            (self.say("Program", "Program"), versions.program.clone()),
            (
                self.say("Databasens skema", "Schema of the database"),
                or_dash(versions.schema.clone(), |it| it),
            ),
            (
                self.say("Manglende ændringer af skemaet", "Missing migrations"),
                or_dash(names(&versions.missing_migrations), |it| it),
            ),
            (
                self.say("Ukendte ændringer af skemaet", "Unknown migrations"),
                or_dash(names(&versions.unknown_migrations), |it| it),
            ),
        ];
        lines.extend(self.settings(&versions.settings));
        lines.extend(self.settings_of_sign_in(&versions.settings));
        (lines, vec![self.packs(versions), self.providers(&versions.settings)])
    }

    fn settings(&self, settings: &Settings) -> Vec<(String, String)> {
        let minutes = |count: i64| format!("{count} min");
        vec![
            (self.say("Database", "Database"), self.of(&database(settings.database))),
            (self.say("Adresse", "Address"), or_dash(settings.public_address.clone(), |it| it)),
            (self.say("TLS slutter", "TLS ends"), self.of(&tls(settings.tls))),
            (
                self.say("Session, ubrugt, myndighed", "Session, unused, authority"),
                minutes(settings.authority_idle_minutes),
            ),
            (
                self.say("Session, ubrugt, indberetter", "Session, unused, reporter"),
                minutes(settings.reporter_idle_minutes),
            ),
            (
                self.say("Session, længst", "Session, at most"),
                format!("{} {}", settings.longest_session_hours, self.say("timer", "hours")),
            ),
            (self.say("Sessioner på én gang", "Sessions at once"), settings.parallel_sessions.to_string()),
        ]
    }

    fn settings_of_sign_in(&self, settings: &Settings) -> Vec<(String, String)> {
        let failures = format!(
            "{} / {}, {} min, {} min",
            settings.attempts_per_user,
            settings.attempts_per_client,
            settings.attempts_window_minutes,
            settings.attempts_block_minutes
        );
        vec![
            (
                self.say(
                    "Fejl, der spærrer: pr. konto / pr. adresse, inden for, i",
                    "Failures that block: per account / per address, within, for",
                ),
                failures,
            ),
            (
                self.say("Midlertidig autorisation, længst", "Temporary authorisation, at most"),
                format!("{} {}", settings.longest_temporary_days, self.say("dage", "days")),
            ),
            (self.say("Konti i Varsel selv", "Accounts of Varsel's own"), self.yes(settings.local_accounts)),
            (
                self.say("Egen adgang ved udbydernedbrud", "Own ways in when a provider is down"),
                self.yes(settings.local_accounts && settings.local_fallback),
            ),
        ]
    }

    fn packs(&self, versions: &Versions) -> Table {
        let columns = [
            ("Version", "Version"),
            ("Status", "Status"),
            ("I kraft fra", "In force from"),
            ("Beslutning", "Decision"),
            ("SHA-256", "SHA-256"),
        ];
        let first = || self.say("fulgte med programmet", "came with the program");
        let rows = versions.packs.iter().map(|it| {
            [
                it.version.clone(),
                self.of(&pack_status(it.status)),
                or_dash(it.in_force_from, moment),
                it.change.clone().unwrap_or_else(first),
                it.content_sha256.clone(),
            ]
        });
        self.table(self.say("Regelsættets versioner", "Versions of the rules"), columns, rows)
    }

    fn providers(&self, settings: &Settings) -> Table {
        let columns = [
            ("Udbyder", "Provider"),
            ("Udsteder", "Issuer"),
            ("Krævet sikringsniveau", "Required assurance level"),
            ("Tillid siden", "Trusted since"),
            ("Beslutning", "Decision"),
        ];
        let any = || self.say("ethvert", "any");
        let rows = settings.providers.iter().map(|it| {
            let levels = Some(it.assurance.join(", ")).filter(|levels| !levels.is_empty());
            [
                it.name.clone(),
                it.issuer.clone(),
                levels.unwrap_or_else(any),
                self.never(it.trusted_since),
                or_dash(it.change.clone(), |change| change),
            ]
        });
        self.table(self.say("Loginudbydere", "Identity providers"), columns, rows)
    }

    pub(super) fn links(&self, outwards: &[Link]) -> Content {
        let lines = vec![
            (self.say("Udgående forbindelser", "Links outwards"), outwards.len().to_string()),
            (
                self.say("Indgående forbindelser", "Links inwards"),
                self.say(
                    "kun brugeres og programmers kald til serveren",
                    "only calls of people and programs to the server",
                ),
            ),
        ];
        let columns =
            [("Navn", "Name"), ("Formål", "Purpose"), ("Adresse", "Address"), ("Kryptering", "Encryption")];
        let rows = outwards.iter().map(|it| {
            [it.name.clone(), self.of(&link(it.kind)), it.address.clone(), self.of(&protected(it.protected))]
        });
        (lines, vec![self.table(self.say("Udgående forbindelser", "Links outwards"), columns, rows)])
    }
}
