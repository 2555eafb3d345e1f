//! The log of use, as an investigator reads it.

use async_graphql::{ID, InputObject, SimpleObject};
use varsel_services::Error;
use varsel_services::log::{Inquiry, UseView};

use super::text::code;
use super::{DateTime, Text};

/// A use of the data.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Use {
    id: ID,
    /// Its place in the log, from 0; none until the next checkpoint, seconds later.
    position: Option<f64>,
    at: DateTime,
    /// Who; none for the system itself.
    person: Option<ID>,
    /// Their name, as it was then.
    name: String,
    /// In which function.
    function: String,
    /// A stable code, e.g. `OPENED`.
    kind: String,
    /// The number of the incident whose data it was; none if it was none, or has been erased.
    incident: Option<String>,
    /// What was done, in one sentence.
    sentence: Text,
    /// For which purposes those authorisations were given by which it was done; none of what needs no right, and of entries from
    /// before they named any.
    purposes: Vec<Text>,
    /// The answers that were shown, by name.
    shown: Vec<Text>,
    /// The request it happened in, as in the server's own log.
    request_id: String,
    /// The entry, byte for byte as it was logged.
    entry: String,
}

impl From<UseView> for Use {
    fn from(view: UseView) -> Self {
        let entry = view.logged.entry;
        Self {
            id: entry.id.to_string().into(),
            position: view.logged.position.and_then(|position| u32::try_from(position).ok()).map(f64::from),
            at: entry.at.into(),
            person: entry.person.map(|person| person.to_string().into()),
            name: entry.name,
            function: entry.function,
            kind: code(&entry.use_kind),
            incident: view.incident,
            sentence: (&view.sentence).into(),
            purposes: view.purposes.iter().map(Text::from).collect(),
            shown: view.shown.iter().map(Text::from).collect(),
            request_id: entry.request_id,
            entry: view.logged.text,
        }
    }
}

/// What is investigated.
#[derive(Debug, InputObject)]
pub(crate) struct UseInquiry {
    /// The number of the case in your own files: the log is used for investigations only.
    case: String,
    /// Whose uses; everybody's but your own where it is not said.
    person: Option<ID>,
    /// Uses of this incident, by its number.
    incident: Option<String>,
    /// Uses of this kind, by its code.
    kind: Option<String>,
    /// From this moment on.
    from: Option<DateTime>,
    /// Before this moment.
    until: Option<DateTime>,
}

impl UseInquiry {
    /// The same, as the services know it.
    ///
    /// # Errors
    /// An id or a code that is none.
    pub(crate) fn parse(self) -> Result<Inquiry, Error> {
        let kind = |code: String| serde_json::from_value(code.to_lowercase().into());
        let person = self.person.map(|id| id.parse()).transpose();
        Ok(Inquiry {
            case: self.case,
            person: person.ok().ok_or(Error::NotFound { kind: "person" })?,
            incident: self.incident,
            use_kind: self.kind.map(kind).transpose().ok().ok_or(Error::NotFound { kind: "kind of use" })?,
            from: self.from.map(DateTime::to_utc),
            until: self.until.map(DateTime::to_utc),
        })
    }
}
