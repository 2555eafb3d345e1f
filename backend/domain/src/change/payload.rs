//! What a critical change does, in the one form in which it is read, hashed, approved and carried out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use varsel_rules::Text;

use super::Subject;
use crate::authorisation::{Function, Grant, Reach};
use crate::authz::Resource;
use crate::settings::{Area, Values};
use crate::{AuthorisationId, IncidentId, OrganisationId, PersonId, digest};

/// What a critical change does. Its kinds are the list of what needs four eyes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Payload {
    /// Publishes a version of the rule pack that was received.
    PublishPack {
        /// The version.
        version: String,
        /// SHA-256 over its files, in hexadecimal.
        content_sha256: String,
        /// From when it is in force.
        in_force_from: DateTime<Utc>,
        /// Whether running incidents are re-assessed then.
        reassess_running: bool,
    },
    /// Trusts an identity provider to say who people are, on exactly these settings.
    TrustProvider {
        /// Its name in the configuration.
        name: String,
        /// Its issuer address.
        issuer: String,
        /// What else the configuration says of it, but its secret and what people call it.
        settings: BTreeMap<String, Vec<String>>,
    },
    /// Gives somebody an authorisation.
    GrantAuthorisation(Grant),
    /// Gives a suspended authorisation back.
    ReinstateAuthorisation {
        /// The authorisation.
        authorisation: AuthorisationId,
        /// Whose it is.
        holder: PersonId,
        /// Their name, as it was when it was proposed: for whoever approves.
        holder_name: String,
        /// What it lets them do.
        functions: BTreeSet<Function>,
        /// How far.
        reach: Reach,
    },
    /// Keeps an incident, and the uses of it, beyond their deadlines.
    PlaceHold {
        /// The incident.
        incident: IncidentId,
        /// Its number, for whoever approves.
        number: String,
        /// Until when.
        until: DateTime<Utc>,
    },
    /// Ends the holds on an incident.
    LiftHold {
        /// The incident.
        incident: IncidentId,
        /// Its number, for whoever approves.
        number: String,
    },
    /// Keeps the entries of the log of use that tell of one person's acts in a period, beyond their deadline.
    KeepUses {
        /// Whose acts.
        person: PersonId,
        /// Their name, for whoever approves.
        name: String,
        /// From when on.
        from: DateTime<Utc>,
        /// Before when.
        to: DateTime<Utc>,
        /// Until when they are kept.
        until: DateTime<Utc>,
    },
    /// Lets go of the entries of the log of use that tell of a person's acts.
    ReleaseUses {
        /// Whose acts.
        person: PersonId,
        /// Their name, for whoever approves.
        name: String,
    },
    /// Adopts settings of the configuration in the place of those that hold now.
    AdoptSettings {
        /// Which.
        area: Area,
        /// All settings of the area, by their names.
        settings: Values,
    },
    /// Erases incidents at once, whatever their deadlines and whoever holds them: for the day on which they must not be found.
    EraseAtOnce {
        /// Those of this organisation; of all where none is named.
        organisation: Option<OrganisationId>,
        /// Its name, for whoever approves.
        name: Option<String>,
    },
    /// Gives an organisation, or every one, a new key, which wraps the keys of its incidents anew.
    RenewKeys {
        /// This organisation; all where none is named.
        organisation: Option<OrganisationId>,
        /// Its name, for whoever approves.
        name: Option<String>,
    },
    /// Puts the root key of today in the place of those that it replaces.
    ReplaceRootKey {
        /// The name of the root key of today, which says nothing about it.
        root: String,
        /// The names of those that the vault needs besides, and no longer afterwards.
        retired: BTreeSet<String>,
    },
}

/// The kinds of critical change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// See [`Payload::PublishPack`].
    PublishPack,
    /// See [`Payload::TrustProvider`].
    TrustProvider,
    /// See [`Payload::GrantAuthorisation`].
    GrantAuthorisation,
    /// See [`Payload::ReinstateAuthorisation`].
    ReinstateAuthorisation,
    /// See [`Payload::PlaceHold`].
    PlaceHold,
    /// See [`Payload::LiftHold`].
    LiftHold,
    /// See [`Payload::KeepUses`].
    KeepUses,
    /// See [`Payload::ReleaseUses`].
    ReleaseUses,
    /// See [`Payload::AdoptSettings`].
    AdoptSettings,
    /// See [`Payload::EraseAtOnce`].
    EraseAtOnce,
    /// See [`Payload::RenewKeys`].
    RenewKeys,
    /// See [`Payload::ReplaceRootKey`].
    ReplaceRootKey,
}

impl ChangeKind {
    /// Every kind: whoever takes one from this list must answer for it in a test.
    pub const ALL: [Self; 12] = [
        Self::PublishPack,
        Self::TrustProvider,
        Self::GrantAuthorisation,
        Self::ReinstateAuthorisation,
        Self::PlaceHold,
        Self::LiftHold,
        Self::KeepUses,
        Self::ReleaseUses,
        Self::AdoptSettings,
        Self::EraseAtOnce,
        Self::RenewKeys,
        Self::ReplaceRootKey,
    ];
}

/// Text that is no payload in canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the canonical form of a payload")]
pub struct NotCanonical;

impl Payload {
    /// Its kind.
    pub fn kind(&self) -> ChangeKind {
        match self {
            Self::PublishPack { .. } => ChangeKind::PublishPack,
            Self::TrustProvider { .. } => ChangeKind::TrustProvider,
            Self::GrantAuthorisation(_) => ChangeKind::GrantAuthorisation,
            Self::ReinstateAuthorisation { .. } => ChangeKind::ReinstateAuthorisation,
            Self::PlaceHold { .. } => ChangeKind::PlaceHold,
            Self::LiftHold { .. } => ChangeKind::LiftHold,
            Self::KeepUses { .. } => ChangeKind::KeepUses,
            Self::ReleaseUses { .. } => ChangeKind::ReleaseUses,
            Self::AdoptSettings { .. } => ChangeKind::AdoptSettings,
            Self::EraseAtOnce { .. } => ChangeKind::EraseAtOnce,
            Self::RenewKeys { .. } => ChangeKind::RenewKeys,
            Self::ReplaceRootKey { .. } => ChangeKind::ReplaceRootKey,
        }
    }

    /// What it is about, for those who may know of it and decide on it.
    pub fn subject(&self) -> Subject {
        match self {
            Self::PublishPack { .. }
            | Self::TrustProvider { .. }
            | Self::PlaceHold { .. }
            | Self::LiftHold { .. }
            | Self::AdoptSettings { .. }
            | Self::EraseAtOnce { .. }
            | Self::RenewKeys { .. }
            | Self::ReplaceRootKey { .. } => Subject::Platform,
            Self::KeepUses { person, .. } | Self::ReleaseUses { person, .. } => Subject::Uses { by: *person },
            Self::GrantAuthorisation(Grant { holder, reach, .. })
            | Self::ReinstateAuthorisation { holder, reach, .. } => {
                Subject::Right { holder: *holder, reach: reach.clone() }
            }
        }
    }

    /// Whose incidents it erases, for whoever may: of one organisation, or all there are; none where it erases nothing.
    pub fn erased(&self) -> Option<Resource<'static>> {
        match self {
            Self::EraseAtOnce { organisation, .. } => {
                Some(organisation.map_or(Resource::Changes, Resource::Organisation))
            }
            _ => None,
        }
    }

    /// The canonical JSON: keys in order, no space between tokens.
    ///
    /// Payloads hold texts, integers, booleans, nulls and instants in UTC, and keys in ASCII: for these it is also the form
    /// of RFC 8785.
    ///
    /// # Errors
    /// Never for the payloads there are; a future one that JSON cannot hold.
    pub fn canonical(&self) -> Result<String, serde_json::Error> {
        let mut text = String::new();
        write(&serde_json::to_value(self)?, &mut text);
        Ok(text)
    }

    /// Reads a payload back; text in any other form than [`Payload::canonical`] writes is refused, so that what was
    /// read is all that there was.
    ///
    /// # Errors
    /// [`NotCanonical`].
    pub fn read(text: &str) -> Result<Self, NotCanonical> {
        let payload: Self = serde_json::from_str(text).ok().ok_or(NotCanonical)?;
        let same = payload.canonical().is_ok_and(|canonical| canonical == text);
        same.then_some(payload).ok_or(NotCanonical)
    }

    /// What it does, in a line.
    pub fn title(&self) -> Text {
        match self {
            Self::PublishPack { version, .. } => Text {
                da: format!("Sæt regelpakke {version} i kraft"),
                en: format!("Publish rule pack {version}"),
            },
            Self::TrustProvider { name, issuer, .. } => Text {
                da: format!("Lad folk logge ind gennem {name} ({issuer})"),
                en: format!("Let people sign in through {name} ({issuer})"),
            },
            Self::GrantAuthorisation(Grant { holder_name, functions, .. }) => {
                let what = listed(functions);
                Text {
                    da: format!("Giv {holder_name} ret til at {}", what.da),
                    en: format!("Give {holder_name} the right to {}", what.en),
                }
            }
            Self::ReinstateAuthorisation { holder_name, functions, .. } => {
                let what = listed(functions);
                Text {
                    da: format!("Genaktivér {holder_name}s ret til at {}", what.da),
                    en: format!("Reinstate the right of {holder_name} to {}", what.en),
                }
            }
            Self::PlaceHold { number, until, .. } => {
                let day = until.format("%F");
                Text {
                    da: format!("Bevar {number} ud over slettefristen, til {day}"),
                    en: format!("Keep {number} beyond its deadline, until {day}"),
                }
            }
            Self::LiftHold { number, .. } => Text {
                da: format!("Lad {number} blive slettet, når fristen er nået"),
                en: format!("Let {number} be erased at its deadline"),
            },
            Self::KeepUses { name, until, .. } => keeping(name, *until),
            Self::ReleaseUses { name, .. } => releasing(name),
            Self::AdoptSettings { area, .. } => {
                let label = area.label();
                Text {
                    da: format!("Tag nye indstillinger i brug: {}", label.da),
                    en: format!("Adopt new settings: {}", label.en),
                }
            }
            Self::EraseAtOnce { name: Some(name), .. } => Text {
                da: format!("Slet straks alle hændelser fra {name}; de kan ikke hentes tilbage"),
                en: format!("Erase all incidents of {name} at once; they cannot be brought back"),
            },
            Self::EraseAtOnce { name: None, .. } => Text {
                da: "Slet straks alle hændelser i Varsel; de kan ikke hentes tilbage".to_owned(),
                en: "Erase all incidents in Varsel at once; they cannot be brought back".to_owned(),
            },
            Self::RenewKeys { name, .. } => renewal(name.as_deref()),
            Self::ReplaceRootKey { root, retired } => replacement(root, retired),
        }
    }
}

fn keeping(name: &str, until: DateTime<Utc>) -> Text {
    let day = until.format("%F");
    Text {
        da: format!("Bevar logposterne om, hvad {name} gjorde i en periode, til {day}"),
        en: format!("Keep the log entries of what {name} did in a period, until {day}"),
    }
}

fn releasing(name: &str) -> Text {
    Text {
        da: format!(
            "Ophæv al bevaring af logposter om {name}: det, der er over fristen, slettes ved næste sletning"
        ),
        en: format!(
            "Keep no log entries of {name} any longer: what has passed its deadline is erased next time"
        ),
    }
}

fn renewal(name: Option<&str>) -> Text {
    Text {
        da: format!("Forny nøglerne for {}", name.unwrap_or("alle organisationer")),
        en: format!("Renew the keys of {}", name.unwrap_or("all organisations")),
    }
}

fn replacement(root: &str, retired: &BTreeSet<String>) -> Text {
    let retired = retired.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    Text {
        da: format!("Sæt rodnøglen {root} i stedet for {retired}"),
        en: format!("Put the root key {root} in the place of {retired}"),
    }
}

/// Functions in a line.
fn listed(functions: &BTreeSet<Function>) -> Text {
    let labels: Vec<Text> = functions.iter().map(|function| function.label()).collect();
    let join = |of: fn(&Text) -> &str| labels.iter().map(of).collect::<Vec<_>>().join(", ");
    Text { da: join(|label| &label.da), en: join(|label| &label.en) }
}

/// The digest that an approver signs.
pub fn sha256(canonical: &str) -> String {
    digest::sha256(canonical.as_bytes())
}

/// Whatever order the map has: dependencies can switch the JSON crate to that of insertion.
fn write(value: &Value, text: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut sorted: Vec<_> = fields.iter().collect();
            sorted.sort_by_key(|(key, _)| key.as_str());
            text.push('{');
            for (index, (key, value)) in sorted.into_iter().enumerate() {
                separate(index, text);
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write(value, text);
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(index, text);
                write(item, text);
            }
            text.push(']');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

fn separate(index: usize, text: &mut String) {
    if index > 0 {
        text.push(',');
    }
}
