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
}

impl Refusal {
    /// Every reason.
    pub const ALL: [Self; 13] = [
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
                "Du eller den, der foreslog ændringen, har ikke eller ikke længere ret til det. Lad en anden regelansvarlig tage over.",
                "You or whoever proposed the change do not, or no longer, have the right to this. Let another rules officer take over.",
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
        }
    }
}
