//! An entry of the log as one plain sentence, for somebody who has never seen Varsel: who, in which function, did what, to
//! whose data.

use serde_json::Value;
use varsel_domain::access::{AccessEntry, UseKind};
use varsel_domain::organisation::Language;
use varsel_domain::rules::Text;

use super::detail;
use super::shown::shown;

/// Whose data it was about, where that is known: the incident's number and organisation, or a person's name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Concerned {
    /// E.g. `V-2026-00042 (Nordvind Elnet A/S)`.
    pub(crate) incident: Option<String>,
    /// E.g. `Karen Holm`.
    pub(crate) person: Option<String>,
    /// The organisation that the reporter acted for.
    pub(crate) organisation: Option<String>,
}

/// The sentence, in both languages.
pub(crate) fn sentence(entry: &AccessEntry, concerned: &Concerned) -> Text {
    let act = act(entry, concerned);
    let who = function(&entry.function, concerned.organisation.as_deref());
    Text {
        da: format!("{} ({}) {}.", entry.name, who.da, act.da),
        en: format!("{} ({}) {}.", entry.name, who.en, act.en),
    }
}

fn text(da: impl Into<String>, en: impl Into<String>) -> Text {
    Text { da: da.into(), en: en.into() }
}

/// The words of [`crate::access`] for a function, for people.
fn function(words: &str, organisation: Option<&str>) -> Text {
    let after = |prefix: &str| words.strip_prefix(prefix).map(str::to_owned);
    if let Some(id) = after("reporter of ") {
        let organisation = organisation.unwrap_or(&id);
        text(format!("indberetter for {organisation}"), format!("reporter of {organisation}"))
    } else if let Some(unit) = after("officer of ") {
        text(format!("sagsbehandler i {unit}"), words)
    } else if let Some(unit) = after("coordinator of ") {
        text(format!("koordinator i {unit}"), words)
    } else {
        let da = match words {
            "security officer" => "sikkerhedsansvarlig",
            "administrator" => "administrator",
            "system" => "systemet selv",
            "command line" => "kommandolinjen på serveren",
            other => other,
        };
        text(da, words)
    }
}

fn act(entry: &AccessEntry, concerned: &Concerned) -> Text {
    let told = Told { entry, concerned };
    match entry.use_kind {
        UseKind::Submitted
        | UseKind::Opened
        | UseKind::Listed
        | UseKind::ReportRequested
        | UseKind::SeverityConfirmed
        | UseKind::Exported
        | UseKind::Pushed => told.of_incidents(),
        UseKind::Reassessed | UseKind::Compared | UseKind::Replayed | UseKind::PackReceived => {
            told.of_rules()
        }
        UseKind::ChangeRead
        | UseKind::ChangeProposed
        | UseKind::ChangeApproved
        | UseKind::ChangeRejected
        | UseKind::ChangeWithdrawn
        | UseKind::ChangeExpired
        | UseKind::ChangeRefused
        | UseKind::ProviderTrusted
        | UseKind::SettingsAdopted
        | UseKind::SettingsRead
        | UseKind::ProvidersRead => told.of_changes(),
        UseKind::AuthorisationsRead
        | UseKind::AuthorisationsExported
        | UseKind::AuthorisationGranted
        | UseKind::AuthorisationReinstated
        | UseKind::AuthorisationSuspended
        | UseKind::AuthorisationWithdrawn
        | UseKind::PersonLeft
        | UseKind::PeopleSearched
        | UseKind::ReviewOpened
        | UseKind::ReviewRead
        | UseKind::ReviewDecided
        | UseKind::ReviewClosed
        | UseKind::ReviewExported => told.of_rights(),
        UseKind::SessionsEnded
        | UseKind::AttemptsRead
        | UseKind::BlockFollowedUp
        | UseKind::AdministratorInvited
        | UseKind::AdministratorNamed
        | UseKind::AccountInvited
        | UseKind::AccountReset
        | UseKind::AccountClosed
        | UseKind::AccountsListed
        | UseKind::TokenMade
        | UseKind::TokenRevoked
        | UseKind::CredentialsChanged => told.of_accounts(),
        UseKind::Erased
        | UseKind::KeysReplaced
        | UseKind::RetentionRead
        | UseKind::VaultRead
        | UseKind::ComplianceReported
        | UseKind::ClockWrong
        | UseKind::JobRun
        | UseKind::Heartbeat => told.of_upkeep(),
        UseKind::Mailed => told.of_mail(),
        UseKind::UsesRead | UseKind::UsesExported => told.of_log(),
    }
}

/// What an entry tells.
struct Told<'a> {
    entry: &'a AccessEntry,
    concerned: &'a Concerned,
}

impl Told<'_> {
    fn of_upkeep(&self) -> Text {
        let said = self.detail();
        match self.entry.use_kind {
            UseKind::Erased if self.entry.detail.get("at_once").is_some() => text(
                format!("slettede hændelser, som to administratorer havde besluttet{}", said.da),
                format!("erased incidents, as two administrators had decided{}", said.en),
            ),
            UseKind::Erased => text(
                format!("slettede det, hvis frist var nået{}", said.da),
                format!("erased what had passed its deadline{}", said.en),
            ),
            UseKind::RetentionRead if self.entry.incident.is_some() => {
                let (da, en) = (self.incident("hændelsen"), self.incident("incident"));
                text(
                    format!("så, at {da} er bevaret ud over sin frist, til hvornår og hvorfor"),
                    format!("was shown that {en} is held beyond its deadline, until when and why"),
                )
            }
            UseKind::RetentionRead => text(
                format!("så, hvor længe data opbevares, og hvad der er slettet{}", said.da),
                format!("was shown how long data is kept, and what was erased{}", said.en),
            ),
            UseKind::KeysReplaced => text(
                format!("udskiftede nøgler til det, der er forseglet{}", said.da),
                format!("replaced keys of what is sealed{}", said.en),
            ),
            UseKind::VaultRead if self.entry.incident.is_some() => {
                let (da, en) = (self.incident("hændelsen"), self.incident("incident"));
                text(format!("så, at {da} ikke har nogen nøgle"), format!("was shown that {en} has no key"))
            }
            UseKind::VaultRead => text(
                "så, hvilke rodnøgler nøglerne i dag beskyttes af, og hvornår nøgler er udskiftet",
                "was shown which root keys protect the keys, and when keys were replaced",
            ),
            UseKind::JobRun => text(
                format!("udførte en planlagt opgave{}", said.da),
                format!("ran a planned job{}", said.en),
            ),
            UseKind::ComplianceReported => text(
                format!(
                    "lavede rapporten til tilsynsmyndigheden om autorisationer, kontrol og logning{}",
                    said.da
                ),
                format!(
                    "made the report for the supervising authority on authorisations, control and logging{}",
                    said.en
                ),
            ),
            UseKind::ClockWrong => text(
                format!("så, at serverens ur ikke passer{}", said.da),
                format!("found that the server's clock is wrong{}", said.en),
            ),
            _ => text("viste, at loggen føres", "showed that the log is being kept"),
        }
    }

    fn of_incidents(&self) -> Text {
        let (da, en, detail) = (self.incident("hændelsen"), self.incident("incident"), self.detail());
        let shown = shown(&self.entry.detail);
        match self.entry.use_kind {
            UseKind::Submitted => text(format!("indberettede om {da}"), format!("filed a report on {en}")),
            UseKind::Opened if self.entry.detail.get("reassessment").is_some() => text(
                format!("så, hvad en anden version af reglerne ville ændre for {da}"),
                format!("was shown what another version of the rules would change for {en}"),
            ),
            // What of the incident was shown with it is an entry of its own.
            UseKind::Opened
                if self.entry.detail.get("parts").is_none() && self.entry.detail.get("facts").is_none() =>
            {
                text(format!("åbnede en sag om {da}"), format!("opened a case on {en}"))
            }
            UseKind::Opened => text(
                format!("åbnede {da} og fik vist {}", shown.da),
                format!("opened {en} and was shown {}", shown.en),
            ),
            UseKind::Listed if self.entry.detail.get("parts").is_some() => text(
                format!("så {da} som en linje i en liste med {}", shown.da),
                format!("saw {en} as a row of a list with {}", shown.en),
            ),
            UseKind::Listed if self.entry.incident.is_some() => {
                text(format!("så {da} som en linje i en liste"), format!("saw {en} as a row of a list"))
            }
            UseKind::Listed => text(
                format!("søgte i en liste over sager{}", detail.da),
                format!("searched a list of cases{}", detail.en),
            ),
            UseKind::ReportRequested => text(
                format!("bad om en rapport om {da}{}", detail.da),
                format!("asked for a report on {en}{}", detail.en),
            ),
            UseKind::SeverityConfirmed => text(
                format!("bekræftede eller ændrede alvoren af {da}{}", detail.da),
                format!("confirmed or changed the severity of {en}{}", detail.en),
            ),
            UseKind::Exported => text(
                format!("hentede en forberedt indberetning om {da} som fil"),
                format!("downloaded a prepared report on {en} as a file"),
            ),
            _ => text(
                format!("fik vist en ændring i {da} på en åben side"),
                format!("was shown a change of {en} on an open page"),
            ),
        }
    }

    fn of_rules(&self) -> Text {
        let (da, en, detail) = (self.incident("hændelsen"), self.incident("incident"), self.detail());
        match self.entry.use_kind {
            UseKind::Reassessed => text(
                format!("vurderede {da} på ny efter en anden version af reglerne{}", detail.da),
                format!("had {en} assessed anew under another version of the rules{}", detail.en),
            ),
            UseKind::Replayed if self.entry.incident.is_some() => text(
                format!("vurderede {da} igen og fik vist, om vurderingen er den samme"),
                format!("assessed {en} once more and was shown whether it comes out the same"),
            ),
            UseKind::Replayed => text(
                format!("vurderede gemte hændelser igen for at sammenligne{}", detail.da),
                format!("assessed stored incidents once more to compare{}", detail.en),
            ),
            UseKind::Compared => text(
                "talte, hvad en anden version af reglerne ville ændre; ingen hændelse blev vist",
                "counted what another version of the rules would change; no incident was shown",
            ),
            _ => text(
                format!("modtog en version af reglerne{}", detail.da),
                format!("received a version of the rules{}", detail.en),
            ),
        }
    }

    fn of_mail(&self) -> Text {
        let (da, en) = (self.incident("hændelsen"), self.incident("incident"));
        let said = |name: &str| self.entry.detail.get(name).and_then(Value::as_str).unwrap_or_default();
        let to = self.concerned.person.as_deref().unwrap_or_else(|| said("to"));
        let (about, of) = match said("mail") {
            "report_received" => ("en indberetning er modtaget", "a report was received"),
            "case_opened" => ("en sag er åbnet", "a case was opened"),
            "report_requested" => ("en myndighed har bedt om en rapport", "an authority asked for a report"),
            other => (other, other),
        };
        text(format!("sendte {to} en mail om {da}: {about}"), format!("sent {to} a mail about {en}: {of}"))
    }

    fn of_changes(&self) -> Text {
        let detail = self.detail();
        let (da, en) = match self.entry.use_kind {
            UseKind::ChangeRead => ("så kritiske ændringer", "was shown critical changes"),
            UseKind::ChangeProposed => ("foreslog en kritisk ændring", "proposed a critical change"),
            UseKind::ChangeApproved => (
                "godkendte og gennemførte en kritisk ændring",
                "approved a critical change, which was carried out",
            ),
            UseKind::ChangeRejected => ("afviste en kritisk ændring", "rejected a critical change"),
            UseKind::ChangeWithdrawn => {
                ("trak sit forslag til en kritisk ændring tilbage", "withdrew a proposed critical change")
            }
            UseKind::ChangeExpired => (
                "lod et forslag bortfalde, som ingen besluttede i tide",
                "let a proposal lapse on which nobody decided in time",
            ),
            UseKind::ChangeRefused => (
                "fik ikke lov til at foreslå eller beslutte en kritisk ændring",
                "was refused when proposing or deciding a critical change",
            ),
            UseKind::SettingsAdopted => (
                "tog de kritiske indstillinger i brug ved første start",
                "adopted the critical settings at the first start",
            ),
            UseKind::SettingsRead => ("så de kritiske indstillinger", "was shown the critical settings"),
            UseKind::ProviderTrusted => ("gav identitetsudbydere tillid", "trusted identity providers"),
            _ => (
                "så identitetsudbyderne og deres indstillinger",
                "was shown the identity providers and their settings",
            ),
        };
        text(format!("{da}{}", detail.da), format!("{en}{}", detail.en))
    }

    fn of_rights(&self) -> Text {
        let detail = self.detail();
        let (da, en) = match self.entry.use_kind {
            UseKind::AuthorisationsRead => ("så andres autorisationer", "was shown authorisations of others"),
            UseKind::AuthorisationsExported => {
                ("hentede autorisationer som fil", "downloaded authorisations as a file")
            }
            UseKind::AuthorisationGranted => ("gav en autorisation", "gave an authorisation"),
            UseKind::AuthorisationReinstated => {
                ("gav en suspenderet autorisation tilbage", "gave back a suspended authorisation")
            }
            UseKind::AuthorisationSuspended => ("suspenderede en autorisation", "suspended an authorisation"),
            UseKind::AuthorisationWithdrawn => ("inddrog en autorisation", "withdrew an authorisation"),
            UseKind::PersonLeft => {
                ("registrerede, at en person er fratrådt", "registered that a person has left")
            }
            UseKind::PeopleSearched => ("søgte efter personer", "searched for people"),
            UseKind::ReviewOpened => {
                ("åbnede en gennemgang af autorisationer", "opened a review of authorisations")
            }
            UseKind::ReviewRead => {
                ("så en gennemgang af autorisationer", "was shown a review of authorisations")
            }
            UseKind::ReviewDecided => (
                "bekræftede eller inddrog autorisationer i en gennemgang",
                "confirmed or withdrew authorisations in a review",
            ),
            UseKind::ReviewClosed => {
                ("afsluttede en gennemgang af autorisationer", "closed a review of authorisations")
            }
            _ => (
                "hentede en gennemgang af autorisationer som fil",
                "downloaded a review of authorisations as a file",
            ),
        };
        text(format!("{da}{}{}", self.person(), detail.da), format!("{en}{}{}", self.person(), detail.en))
    }

    fn of_accounts(&self) -> Text {
        let detail = self.detail();
        let (da, en) = match self.entry.use_kind {
            UseKind::SessionsEnded if self.entry.detail.get("provider").is_some() => (
                "afsluttede de sessioner, som en identitetsudbyder stod inde for med andre indstillinger",
                "ended the sessions that an identity provider vouched for on other settings",
            ),
            UseKind::SessionsEnded => {
                ("afsluttede alle sessioner for en anden person", "ended all sessions of another person")
            }
            UseKind::AttemptsRead => ("så afviste forsøg", "was shown rejected attempts"),
            UseKind::BlockFollowedUp => ("fulgte op på en spærring", "followed up a block"),
            UseKind::AdministratorInvited => {
                ("lavede en engangsnøgle til en administrator", "made a one-time token for an administrator")
            }
            UseKind::AdministratorNamed => {
                ("blev administrator med en engangsnøgle", "became an administrator by a one-time token")
            }
            UseKind::AccountInvited => (
                "inviterede en person til en konto i Varsel",
                "invited a person to an account of Varsel's own",
            ),
            UseKind::AccountReset => {
                ("sendte en person en ny start på kontoen", "sent a person a fresh start for the account")
            }
            UseKind::AccountClosed => ("lukkede en konto", "closed an account"),
            UseKind::AccountsListed => {
                ("så listen over Varsels egne konti", "was shown the accounts of Varsel's own")
            }
            UseKind::TokenMade => (
                "lavede en nøgle, hvormed et program handler som en person",
                "made a token with which a program acts as a person",
            ),
            UseKind::TokenRevoked => (
                "lukkede en nøgle, hvormed et program handlede som en person",
                "ended a token with which a program acted as a person",
            ),
            _ => ("ændrede sine egne måder at logge ind på", "changed their own ways to sign in"),
        };
        text(format!("{da}{}{}", self.person(), detail.da), format!("{en}{}{}", self.person(), detail.en))
    }

    fn of_log(&self) -> Text {
        let (da, en) = if self.entry.use_kind == UseKind::UsesRead {
            ("så loggen over anvendelser", "was shown the log of use")
        } else {
            ("hentede en fil fra loggen over anvendelser", "downloaded a file of the log of use")
        };
        let case = self.entry.detail.get("case").and_then(Value::as_str).unwrap_or("?");
        let detail = self.detail();
        text(format!("{da} i sag {case}{}", detail.da), format!("{en} in case {case}{}", detail.en))
    }

    /// The incident, or its id where it has been erased since.
    fn incident(&self, word: &str) -> String {
        let known = self.concerned.incident.clone();
        let named = known.or_else(|| self.entry.incident.map(|id| id.to_string())).unwrap_or_default();
        format!("{word} {named}")
    }

    fn person(&self) -> String {
        self.concerned.person.as_ref().map(|name| format!(" ({name})")).unwrap_or_default()
    }

    /// What the entry says beside, in each language.
    fn detail(&self) -> Text {
        let told = |language| detail::told(&self.entry.detail, language);
        Text { da: told(Language::Da), en: told(Language::En) }
    }
}
