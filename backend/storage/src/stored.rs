//! Small conversions between rows and the words of the domain. What cannot be read is an error, never a panic.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use crate::{Error, Result};

/// Which row is being read, for the error message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) table: &'static str,
    pub(crate) id: Uuid,
}

impl Row {
    pub(crate) fn unreadable(self, problem: impl Into<String>) -> Error {
        let (id, problem) = (self.id.to_string(), problem.into());
        Error::UnreadableRow { table: self.table, id, problem }
    }

    /// Reads a JSON column.
    pub(crate) fn json<T: DeserializeOwned>(self, value: Value) -> Result<T> {
        serde_json::from_value(value).map_err(|error| self.unreadable(error.to_string()))
    }

    /// Reads a word that stands for a variant of an enum, as serde writes it.
    pub(crate) fn word<T: DeserializeOwned>(self, word: String) -> Result<T> {
        self.json(Value::String(word))
    }

    /// Reads a number of another width.
    pub(crate) fn number<T, U: TryFrom<T>>(self, number: T) -> Result<U>
    where
        U::Error: std::fmt::Display,
    {
        U::try_from(number).map_err(|error| self.unreadable(error.to_string()))
    }

    /// Writes a JSON column.
    pub(crate) fn to_json<T: Serialize>(self, value: &T) -> Result<Value> {
        serde_json::to_value(value).map_err(|error| self.unreadable(error.to_string()))
    }

    /// Writes the word that stands for a variant of an enum.
    pub(crate) fn to_word<T: Serialize>(self, value: T) -> Result<String> {
        match self.to_json(&value)? {
            Value::String(word) => Ok(word),
            other => Err(self.unreadable(format!("{other} is not a word"))),
        }
    }
}
