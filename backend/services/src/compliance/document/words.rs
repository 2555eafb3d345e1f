//! The words of a report, each in both languages.

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Copenhagen;
use varsel_domain::attempt::Cause;
use varsel_domain::authorisation::Temporary;
use varsel_domain::change::{ChangeKind, ChangeStatus, Flaw};
use varsel_domain::pack::PackStatus;
use varsel_domain::retention::Kind;

use crate::compliance::finding::Section;
use crate::compliance::installation::{Database, LinkKind, Protected, Tls};
use crate::compliance::model::{Separation, Standing, Words};

/// The same in both.
pub(crate) fn say(da: impl Into<String>, en: impl Into<String>) -> Words {
    Words { da: da.into(), en: en.into() }
}

/// A number, its noun for one and for many, and the rest of the sentence.
pub(crate) fn counted(count: u64, da: (&str, &str, &str), en: (&str, &str, &str)) -> Words {
    let of = |(one, many, rest): (&str, &str, &str)| {
        format!("{count} {} {rest}", if count == 1 { one } else { many })
    };
    say(of(da), of(en))
}

/// An instant in Danish time, to the minute.
pub(crate) fn moment(at: DateTime<Utc>) -> String {
    at.with_timezone(&Copenhagen).format("%Y-%m-%d %H:%M %Z").to_string()
}

/// Seconds, in the largest unit that fits.
pub(crate) fn span(seconds: i64) -> Words {
    let (count, da, en) = match seconds {
        ..120 => (seconds, "sekunder", "seconds"),
        120..7_200 => (seconds / 60, "minutter", "minutes"),
        7_200..172_800 => (seconds / 3_600, "timer", "hours"),
        _ => (seconds / 86_400, "dage", "days"),
    };
    say(format!("{count} {da}"), format!("{count} {en}"))
}

/// So many days.
pub(crate) fn days(count: u64) -> Words {
    say(format!("{count} dage"), format!("{count} days"))
}

/// So many months.
pub(crate) fn months(count: u64) -> Words {
    say(format!("{count} måneder"), format!("{count} months"))
}

/// What is wrong with a decision.
pub(crate) fn flaw(flaw: Flaw) -> Words {
    match flaw {
        Flaw::NoDecision => say("der er ingen beslutning", "there is no decision"),
        Flaw::NotCarriedOut => say("forslaget blev aldrig gennemført", "the proposal was never carried out"),
        Flaw::Altered => say("forslaget er ændret bagefter", "the proposal was altered afterwards"),
        Flaw::OtherContent => say("det er ikke det, der blev besluttet", "it is not what was decided"),
        Flaw::OnePerson => say("samme person foreslog og godkendte", "one person proposed and approved"),
        Flaw::OwnRight => say("en af de to var selv den, det angik", "one of the two was whom it concerned"),
        Flaw::Gone => {
            say("det, de besluttede, er fjernet uden om dem", "what they decided was taken away without them")
        }
        Flaw::Late => say("det blev besluttet efter fristen", "it was decided after its deadline"),
        Flaw::NotLogged => {
            say("loggen over anvendelser kender den ikke", "the log of use does not know of it")
        }
    }
}

/// A kind of change that two must decide.
pub(crate) fn change_kind(kind: ChangeKind) -> Words {
    match kind {
        ChangeKind::PublishPack => say("Ny version af reglerne", "New version of the rules"),
        ChangeKind::TrustProvider => say("Tillid til en loginudbyder", "Trust in an identity provider"),
        ChangeKind::GrantAuthorisation => say("Ny autorisation", "New authorisation"),
        ChangeKind::ReinstateAuthorisation => {
            say("Suspenderet autorisation givet tilbage", "Suspended authorisation given back")
        }
        ChangeKind::PlaceHold => say("Bevaring ud over slettefristen", "Hold beyond the deadline"),
        ChangeKind::LiftHold => say("Ophævet bevaring", "Hold lifted"),
        ChangeKind::KeepUses => say("Bevaring af logposter", "Log entries kept beyond the deadline"),
        ChangeKind::ReleaseUses => say("Ophævet bevaring af logposter", "Log entries no longer kept"),
        ChangeKind::AdoptSettings => say("Nye kritiske indstillinger", "New critical settings"),
        ChangeKind::EraseAtOnce => say("Sletning straks", "Erasure at once"),
        ChangeKind::RenewKeys => say("Fornyelse af nøgler", "Renewal of keys"),
        ChangeKind::ReplaceRootKey => say("Udskiftning af rodnøgle", "Replacement of a root key"),
    }
}

/// Where a change stands.
pub(crate) fn change_status(status: ChangeStatus) -> Words {
    match status {
        ChangeStatus::Open => say("venter", "waiting"),
        ChangeStatus::Executed => say("godkendt og gennemført", "approved and carried out"),
        ChangeStatus::Rejected => say("afvist", "rejected"),
        ChangeStatus::Withdrawn => say("trukket tilbage", "withdrawn"),
        ChangeStatus::Expired => say("bortfaldet", "lapsed"),
    }
}

/// A kind of data.
pub(crate) fn kind(kind: Kind) -> Words {
    match kind {
        Kind::Incidents => say("Hændelser", "Incidents"),
        Kind::Uses => say("Loggen over anvendelser", "The log of use"),
        Kind::Attempts => say("Afviste forsøg", "Rejected attempts"),
        Kind::Blocks => say("Spærringer", "Blocks"),
        Kind::Sessions => say("Sessioner", "Sessions"),
        Kind::ApiTokens => say("Adgangstokens", "API tokens"),
        Kind::SignIns => say("Spor af login", "Traces of signing in"),
        Kind::Jobs => say("Opgaver i udbakken", "Jobs of the outbox"),
        Kind::Proposals => say("Ændringer, som intet bygger på", "Changes on which nothing rests"),
        Kind::Reviews => say("Gennemgange af autorisationer", "Reviews of authorisations"),
        Kind::Authorisations => say("Autorisationer, der er slut", "Authorisations that have ended"),
        Kind::People => say("Personer, som intet nævner", "People whom nothing names"),
    }
}

/// Why something was rejected.
pub(crate) fn cause(cause: Cause) -> Words {
    match cause {
        Cause::SignInRefused => say("Login afvist", "Sign-in refused"),
        Cause::UnknownUser => say("Ukendt bruger", "Unknown user"),
        Cause::SecondFactor => say("Forkert anden faktor", "Wrong second factor"),
        Cause::Session => say("Udløbet eller ukendt session", "Expired or unknown session"),
        Cause::ApiToken => say("Adgangstoken afvist", "API token refused"),
        Cause::NoRight => say("Manglende ret", "No right"),
        Cause::Limit => say("For stort eller for mange", "Too large or too many"),
        Cause::Gate => say("Stoppet ved porten", "Stopped at the gate"),
        Cause::Provider => say("Fejl ved loginudbyderen", "Error at the identity provider"),
        Cause::StepUp => say("Nyt login krævet", "New sign-in needed"),
        Cause::Blocked => say("Forsøg på lukket adgang", "Attempt at a closed way in"),
        Cause::NothingThere => say("Fandtes ikke (ingen afvisning)", "Did not exist (no rejection)"),
        Cause::TwoNetworks => {
            say("I brug fra to netværk (ingen afvisning)", "In use from two networks (no rejection)")
        }
    }
}

/// Where an authorisation stands.
pub(crate) fn standing(standing: Standing) -> Words {
    match standing {
        Standing::Active => say("aktiv", "active"),
        Standing::Pending => say("ikke begyndt", "not begun"),
        Standing::Unconfirmed => say("suspenderet: ikke bekræftet", "suspended: not confirmed"),
        Standing::Moved => say("suspenderet: flyttet", "suspended: moved"),
    }
}

/// For whom an authorisation is only for a time.
pub(crate) fn temporary(temporary: Temporary) -> Words {
    match temporary {
        Temporary::Auditor => say("revisor", "auditor"),
        Temporary::Technician => say("tekniker", "technician"),
    }
}

/// Where a version of the rules stands.
pub(crate) fn pack_status(status: PackStatus) -> Words {
    match status {
        PackStatus::Draft => say("udkast", "draft"),
        PackStatus::Received => say("modtaget", "received"),
        PackStatus::Proposed => say("foreslået", "proposed"),
        PackStatus::Scheduled => say("planlagt", "scheduled"),
        PackStatus::InForce => say("i kraft", "in force"),
        PackStatus::Superseded => say("afløst", "superseded"),
    }
}

/// Where the data is kept.
pub(crate) fn database(database: Database) -> Words {
    match database {
        Database::Embedded => say(
            "SQLite i serverens egen proces (svagere adskillelse af opgaver)",
            "SQLite in the server's own process (weaker separation of duties)",
        ),
        Database::Postgres => say("PostgreSQL med rækkesikkerhed", "PostgreSQL with row-level security"),
    }
}

/// How those who run the server are separated from what it logs.
pub(crate) fn separation(separation: Separation) -> Words {
    match separation {
        Separation::Embedded => say(
            "svagere: SQLite har ingen roller, så den, der kører serveren, kan ændre loggen; kun vidner uden for installationen \
             opdager det",
            "weaker: SQLite has no roles, so whoever runs the server could change the log; only witnesses outside the \
             installation notice",
        ),
        Separation::Together => say(
            "svagere: serverens rolle i databasen kan ændre loggen",
            "weaker: the server's role in the database could change the log",
        ),
        Separation::Separate => say(
            "serverens rolle i databasen kan kun tilføje og læse",
            "the server's role in the database can only add and read",
        ),
    }
}

/// Where TLS ends.
pub(crate) fn tls(tls: Tls) -> Words {
    match tls {
        Tls::Server => say("i serveren selv", "in the server itself"),
        Tls::Proxy => say("i en proxy foran serveren", "in a proxy in front of the server"),
        Tls::None => say("ingen", "none"),
    }
}

/// To what a link leads, and for what.
pub(crate) fn link(kind: LinkKind) -> Words {
    match kind {
        LinkKind::IdentityProvider => {
            say("Loginudbyder: siger, hvem folk er", "Identity provider: says who people are")
        }
        LinkKind::MailRelay => say(
            "Mailserver: kvitteringer og beskeder med nummer og link, intet indhold",
            "Mail relay: receipts and notices with a number and a link, no content",
        ),
        LinkKind::Witness => say(
            "Vidne: får loggens størrelse og rodsum, ingen indførsler",
            "Witness: gets the log's size and root, no entries",
        ),
        LinkKind::Database => say("Database", "Database"),
    }
}

/// How a link is protected.
pub(crate) fn protected(protected: Protected) -> Words {
    match protected {
        Protected::Tls => say("TLS med kontrolleret certifikat", "TLS with a verified certificate"),
        Protected::ThisMachine => say("forlader ikke maskinen", "does not leave this machine"),
        Protected::No => say("ikke krævet", "not demanded"),
    }
}

/// What a part is called, and the law that it answers to.
pub(crate) fn section(section: Section) -> (Words, Words) {
    match section {
        Section::Authorisations => (
            say("Autorisationer", "Authorisations"),
            law("§§ 11, 12, 16 og 17, stk. 1", "§§ 11, 12, 16 and 17(1)"),
        ),
        Section::Reviews => (
            say("Halvårlig kontrol af autorisationer", "Half-yearly control of authorisations"),
            law("§ 17, stk. 2", "§ 17(2)"),
        ),
        Section::Attempts => {
            (say("Afviste adgangsforsøg", "Rejected attempts at access"), law("§ 18", "§ 18"))
        }
        Section::Log => (say("Logning af anvendelser", "Logging of use"), law("§ 19", "§ 19")),
        Section::Retention => (
            say("Sletning", "Erasure"),
            say(
                "Databeskyttelsesforordningen art. 5, stk. 1, litra e; sikkerhedsbekendtgørelsen (nr. 528 af 15. juni \
                 2000) § 10, stk. 2 og 3, § 13, stk. 4 og 5, og § 19",
                "GDPR art. 5(1)(e); Executive Order no. 528 of 15 June 2000 on security measures, §§ 10(2) and (3), 13(4) \
                 and (5), and 19",
            ),
        ),
        Section::Changes => (
            say("Ændringer, der kræver to personer", "Changes that need two people"),
            law("§ 5, stk. 1, og § 11, stk. 1", "§§ 5(1) and 11(1)"),
        ),
        Section::Versions => (
            say("Versioner og indstillinger", "Versions and settings"),
            say(
                "Databeskyttelsesforordningen art. 32, stk. 1; sikkerhedsbekendtgørelsen (nr. 528 af 15. juni 2000) §§ 3 \
                 og 12",
                "GDPR art. 32(1); Executive Order no. 528 of 15 June 2000 on security measures, §§ 3 and 12",
            ),
        ),
        Section::Links => {
            (say("Eksterne kommunikationsforbindelser", "External communication links"), law("§ 14", "§ 14"))
        }
    }
}

fn law(da: &str, en: &str) -> Words {
    say(
        format!("Sikkerhedsbekendtgørelsen (nr. 528 af 15. juni 2000) {da}"),
        format!("Executive Order no. 528 of 15 June 2000 on security measures, {en}"),
    )
}
