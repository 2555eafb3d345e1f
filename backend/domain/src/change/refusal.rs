//! Why a critical change is not proposed, decided or carried out.

use serde::Serialize;
use varsel_rules::Text;

/// Why not. The codes are stable; the texts say what to do instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Refusal {
    /// Whoever decides may be the one who proposed.
    OwnProposal,
    /// What is stored, or what was read, is not what was proposed.
    PayloadDiffers,
    /// It is decided already.
    NotOpen,
    /// Nobody decided in time.
    Expired,
    /// What it changes is not what it was when it was proposed.
    TargetChanged,
    /// One of the two no longer has the right.
    LostRight,
    /// The version is of law that is only proposed.
    Draft,
    /// It would be in force sooner than every server can know.
    TooSoon,
    /// No such version.
    UnknownVersion,
    /// It is in force, or will be.
    AlreadyInForce,
    /// A reason of the wrong length.
    ReasonLength,
    /// Another version has come into force since the effect was read.
    NotNewest,
    /// The identity provider is trusted on these settings already.
    AlreadyTrusted,
    /// The settings hold already as they are configured.
    AlreadyAdopted,
    /// The right is to be one's own, or perhaps one's own.
    OwnRight,
    /// Nobody of that id has signed in.
    UnknownHolder,
    /// No such organisation, unit or sector.
    UnknownReach,
    /// A right to nothing.
    NoFunction,
    /// A purpose of the wrong length.
    PurposeLength,
    /// A window that is over or ends before it begins.
    WindowOver,
    /// A right for a time that has no end, or too late a one.
    WindowTooLong,
    /// Whoever audits would write.
    AuditApart,
    /// Whoever audits would write, by this and by what they have.
    AuditBeside,
    /// Audit without an end for somebody outside of the platform.
    AuditHome,
    /// There is nothing to reinstate.
    NotSuspended,
    /// No such incident: perhaps it has been erased.
    UnknownIncident,
    /// A hold that ends before it begins, or too late.
    HoldEnd,
    /// Nothing holds the incident.
    NotHeld,
    /// There is no such person.
    UnknownPerson,
    /// The log is to keep, or let go of, one's own acts, or perhaps one's own.
    OwnUses,
    /// Entries of the log are to be kept of no time, or too long.
    KeepEnd,
    /// Nothing keeps the entries of that person's acts.
    NotKept,
    /// No organisation of that CVR number has reported.
    UnknownOrganisation,
    /// The root key of today wraps everything: there is none to replace.
    NothingRetired,
}

impl Refusal {
    /// What a rejected attempt is registered as, where it is a right that is missing; none where nothing was denied.
    pub fn denied(self) -> Option<&'static str> {
        match self {
            Self::OwnProposal => Some("OWN_PROPOSAL"),
            Self::OwnRight => Some("OWN_RIGHT"),
            Self::OwnUses => Some("OWN_USES"),
            Self::LostRight => Some("LOST_RIGHT"),
            _ => None,
        }
    }

    /// Every reason.
    pub const ALL: [Self; 34] = [
        Self::OwnProposal,
        Self::PayloadDiffers,
        Self::NotOpen,
        Self::Expired,
        Self::TargetChanged,
        Self::LostRight,
        Self::Draft,
        Self::TooSoon,
        Self::UnknownVersion,
        Self::AlreadyInForce,
        Self::ReasonLength,
        Self::NotNewest,
        Self::AlreadyTrusted,
        Self::AlreadyAdopted,
        Self::OwnRight,
        Self::UnknownHolder,
        Self::UnknownReach,
        Self::NoFunction,
        Self::PurposeLength,
        Self::WindowOver,
        Self::WindowTooLong,
        Self::AuditApart,
        Self::AuditBeside,
        Self::AuditHome,
        Self::NotSuspended,
        Self::UnknownIncident,
        Self::HoldEnd,
        Self::NotHeld,
        Self::UnknownPerson,
        Self::OwnUses,
        Self::KeepEnd,
        Self::NotKept,
        Self::UnknownOrganisation,
        Self::NothingRetired,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::OwnProposal => "OWN_PROPOSAL",
            Self::PayloadDiffers => "PAYLOAD_DIFFERS",
            Self::NotOpen => "NOT_OPEN",
            Self::Expired => "EXPIRED",
            Self::TargetChanged => "TARGET_CHANGED",
            Self::LostRight => "LOST_RIGHT",
            Self::Draft => "DRAFT",
            Self::TooSoon => "TOO_SOON",
            Self::UnknownVersion => "UNKNOWN_VERSION",
            Self::AlreadyInForce => "ALREADY_IN_FORCE",
            Self::ReasonLength => "REASON_LENGTH",
            Self::NotNewest => "NOT_NEWEST",
            Self::AlreadyTrusted => "ALREADY_TRUSTED",
            Self::AlreadyAdopted => "ALREADY_ADOPTED",
            Self::OwnRight => "OWN_RIGHT",
            Self::UnknownHolder => "UNKNOWN_HOLDER",
            Self::UnknownReach => "UNKNOWN_REACH",
            Self::NoFunction => "NO_FUNCTION",
            Self::PurposeLength => "PURPOSE_LENGTH",
            Self::WindowOver => "WINDOW_OVER",
            Self::WindowTooLong => "WINDOW_TOO_LONG",
            Self::AuditApart => "AUDIT_APART",
            Self::AuditBeside => "AUDIT_BESIDE",
            Self::AuditHome => "AUDIT_HOME",
            Self::NotSuspended => "NOT_SUSPENDED",
            Self::UnknownIncident => "UNKNOWN_INCIDENT",
            Self::HoldEnd => "HOLD_END",
            Self::NotHeld => "NOT_HELD",
            Self::UnknownPerson => "UNKNOWN_PERSON",
            Self::OwnUses => "OWN_USES",
            Self::KeepEnd => "KEEP_END",
            Self::NotKept => "NOT_KEPT",
            Self::UnknownOrganisation => "UNKNOWN_ORGANISATION",
            Self::NothingRetired => "NOTHING_RETIRED",
        }
    }

    /// What is wrong, and what to do instead.
    pub fn message(self) -> Text {
        let (da, en) = self.words();
        Text { da: da.to_owned(), en: en.to_owned() }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::OwnProposal => (
                "Forslaget er stillet af dig eller fra en konto, der kan være din. En anden person skal afgøre det.",
                "The proposal is yours, or from an account that may be yours. Another person must decide it.",
            ),
            Self::PayloadDiffers => (
                "Ændringen er ikke den, der blev foreslået og læst. Læs den igen. Hvis det gentager sig, så tal med den sikkerhedsansvarlige.",
                "The change is not the one that was proposed and read. Read it again. If this is repeated, talk to the security officer.",
            ),
            Self::NotOpen => (
                "Ændringen er allerede afgjort. Hent siden igen for at se udfaldet.",
                "The change is decided already. Reload the page to see the outcome.",
            ),
            Self::Expired => (
                "Ingen har afgjort ændringen inden fristen. Foreslå den igen, hvis den stadig er nødvendig.",
                "Nobody decided the change in time. Propose it again if it is still needed.",
            ),
            Self::TargetChanged => (
                "Det, som ændringen gælder, er ændret, efter at den blev foreslået. Foreslå den igen ud fra det, der gælder nu.",
                "What the change is about has changed since it was proposed. Propose it again on the basis of what holds now.",
            ),
            Self::LostRight => (
                "Du eller den, der foreslog ændringen, har ikke eller ikke længere ret til det. Lad en anden administrator tage over.",
                "You or whoever proposed the change do not, or no longer, have the right to this. Let another administrator take over.",
            ),
            Self::Draft => (
                "Versionen indeholder regler, der kun er foreslået. Den kan læses og prøves, men ikke sættes i kraft.",
                "The version holds law that is only proposed. It can be read and tried, but not be published.",
            ),
            Self::TooSoon => (
                "Versionen skal træde i kraft mindst fem minutter efter, at ændringen foreslås og godkendes. Foreslå et senere tidspunkt.",
                "The version must come into force at least five minutes after the change is proposed and approved. Propose a later time.",
            ),
            Self::UnknownVersion => (
                "Der er ikke modtaget nogen version med det navn. Vælg en fra listen.",
                "No version of that name has been received. Choose one from the list.",
            ),
            Self::AlreadyInForce => (
                "Versionen er eller bliver allerede sat i kraft. Vælg en anden.",
                "The version is in force already, or will be. Choose another.",
            ),
            Self::ReasonLength => {
                ("Begrund det med 10 til 2.000 tegn.", "Give a reason of 10 to 2,000 characters.")
            }
            Self::NotNewest => (
                "En anden version er trådt i kraft, siden du læste virkningen. Læs den igen.",
                "Another version has come into force since you read the effect. Read it again.",
            ),
            Self::AlreadyTrusted => (
                "Der kan allerede logges ind gennem udbyderen med de indstillinger. Der er intet at godkende.",
                "People can sign in through the provider on these settings already. There is nothing to approve.",
            ),
            Self::AlreadyAdopted => (
                "Indstillingerne gælder allerede, som de står i konfigurationen. Ret konfigurationen og genstart serveren, hvis andre skal gælde.",
                "The settings hold already as the configuration has them. Change the configuration and restart the server if others are to hold.",
            ),
            own => own.words_of_rights(),
        }
    }

    /// Those about authorisations.
    fn words_of_rights(self) -> (&'static str, &'static str) {
        match self {
            Self::OwnRight => (
                "Retten er til dig eller til en konto, der kan være din. En anden person skal afgøre det.",
                "The right is for you, or for an account that may be yours. Another person must decide it.",
            ),
            Self::UnknownHolder => (
                "Personen kendes ikke. Bed personen om at logge ind én gang, og vælg så fra listen.",
                "The person is not known. Ask them to sign in once, then choose them from the list.",
            ),
            Self::UnknownReach => (
                "Organisationen, enheden eller sektoren findes ikke. Vælg en fra listen.",
                "There is no such organisation, unit or sector. Choose one from the list.",
            ),
            Self::NoFunction => ("Vælg mindst én funktion.", "Choose at least one function."),
            Self::PurposeLength => (
                "Beskriv formålet med 10 til 2.000 tegn: hvad retten skal bruges til.",
                "Describe the purpose in 10 to 2,000 characters: what the right is needed for.",
            ),
            Self::WindowOver => (
                "Perioden slutter, før den begynder, eller er forbi. Vælg en senere slutdato.",
                "The period ends before it begins, or is over. Choose a later end.",
            ),
            Self::WindowTooLong => (
                "En midlertidig ret skal have en slutdato inden for 30 dage, eller hvad installationen tillader. Vælg en tidligere, og forlæng om nødvendigt senere.",
                "A temporary right must end within 30 days, or whatever this installation allows. Choose an earlier end, and extend it later if needed.",
            ),
            Self::AuditApart => (
                "Den, der kontrollerer, må kun kunne læse ved siden af. Fjern de andre funktioner.",
                "Whoever audits may only read besides. Take the other functions out.",
            ),
            Self::AuditBeside => (
                "Den, der kontrollerer, må kun kunne læse ved siden af, og personen har allerede rettigheder, der ikke passer til denne. Træk dem tilbage først.",
                "Whoever audits may only read besides, and the person has rights already that do not go with this one. Withdraw those first.",
            ),
            Self::AuditHome => (
                "Andre end platformens sikkerhedsansvarlige får kun midlertidig ret til at kontrollere. Vælg revisor eller tekniker under »Midlertidig, for«, og en slutdato.",
                "Nobody but the platform's security officers has a right to audit that is not temporary. Choose auditor or technician under “Temporary, for a”, and an end.",
            ),
            Self::NotSuspended => (
                "Retten er ikke suspenderet. Hent siden igen for at se, hvad der gælder nu.",
                "The right is not suspended. Reload the page to see what holds now.",
            ),
            own => own.words_of_holds(),
        }
    }

    /// Those about what is kept beyond its deadline.
    fn words_of_holds(self) -> (&'static str, &'static str) {
        match self {
            Self::UnknownIncident => (
                "Der er ingen hændelse med det nummer. Måske er den slettet. Kontrollér nummeret.",
                "There is no incident of that number. It may have been erased. Check the number.",
            ),
            Self::HoldEnd => (
                "Hændelsen kan bevares til en dag fra i morgen til om fem år. Vælg en anden; det kan forlænges senere.",
                "The incident can be kept until a day from tomorrow to five years ahead. Choose another; it can be prolonged later.",
            ),
            Self::NotHeld => (
                "Hændelsen bevares ikke ud over sin frist. Hent siden igen for at se, hvad der gælder nu.",
                "The incident is not kept beyond its deadline. Reload the page to see what holds now.",
            ),
            Self::UnknownPerson => (
                "Personen findes ikke i Varsel. Vælg personen fra listen under Adgang.",
                "There is no such person in Varsel. Choose them from the list under Access.",
            ),
            Self::OwnUses => (
                "Logposterne handler om, hvad du, den, der foreslog det, eller en konto, der kan være jeres, har gjort. Lad to andre administratorer afgøre det.",
                "The log entries are of what you, whoever proposed it, or an account that may be yours did. Let two other administrators decide.",
            ),
            Self::KeepEnd => (
                "Vælg en periode, der er begyndt, og en slutdato for bevaringen: tidligst i morgen, ikke før periodens slutning og højst fem år efter periodens begyndelse.",
                "Choose a period that has begun, and an end of the keeping: tomorrow at the earliest, not before the end of the period, and at most five years after its beginning.",
            ),
            Self::NotKept => (
                "Ingen logposter om, hvad personen har gjort, bevares ud over fristen. Hent siden igen for at se, hvad der gælder nu.",
                "No log entries of what the person did are kept beyond their deadline. Reload the page to see what holds now.",
            ),
            Self::UnknownOrganisation => (
                "Ingen organisation med det CVR-nummer har indberettet. Se efter, om nummeret er rigtigt.",
                "No organisation of that CVR number has reported. Check the number.",
            ),
            own => own.words_of_keys(),
        }
    }

    /// Those about keys.
    fn words_of_keys(self) -> (&'static str, &'static str) {
        match self {
            Self::NothingRetired => (
                "Den nuværende rodnøgle beskytter allerede alt, så der er ingen at udskifte. Giv først alle servere den nye som keys.root og den gamle som keys.retired.",
                "The root key of today wraps everything, so there is none to replace. First give all servers the new one as keys.root and the old one as keys.retired.",
            ),
            _ => ("Prøv igen.", "Try again."),
        }
    }
}
