//! The scalars of the schema.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DurationRound, FixedOffset, TimeDelta, Timelike, Utc};

/// An instant, RFC 3339 with offset.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DateTime(chrono::DateTime<FixedOffset>);

/// An instant, RFC 3339 with offset.
#[Scalar(name = "DateTime")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => match chrono::DateTime::parse_from_rfc3339(&text) {
                // Databases have no leap seconds: one would come back as another instant.
                Ok(instant) if instant.nanosecond() >= 1_000_000_000 => {
                    Err(InputValueError::custom("a leap second; use the second before or after it"))
                }
                Ok(instant) => Ok(Self(instant)),
                Err(error) => Err(InputValueError::custom(format!("not an RFC 3339 instant: {error}"))),
            },
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339())
    }
}

impl DateTime {
    /// The instant, cut to microseconds as every instant is.
    pub(crate) fn to_utc(self) -> chrono::DateTime<Utc> {
        let instant = self.0.to_utc();
        instant.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(instant)
    }
}

impl From<chrono::DateTime<Utc>> for DateTime {
    fn from(instant: chrono::DateTime<Utc>) -> Self {
        Self(instant.fixed_offset())
    }
}

impl From<chrono::DateTime<FixedOffset>> for DateTime {
    fn from(instant: chrono::DateTime<FixedOffset>) -> Self {
        Self(instant)
    }
}

/// Any JSON value. Facts are one flat object: `{"impact.users_affected": 1200, "incident.cross_border": "unknown"}`.
#[derive(Debug, Clone)]
pub(crate) struct Json(pub(crate) serde_json::Value);

/// Any JSON value. Facts are one flat object: `{"impact.users_affected": 1200, "incident.cross_border": "unknown"}`.
#[Scalar(name = "JSON")]
impl ScalarType for Json {
    fn parse(value: Value) -> InputValueResult<Self> {
        value
            .into_json()
            .map(Self)
            .map_err(|error| InputValueError::custom(format!("not a JSON value: {error}")))
    }

    fn to_value(&self) -> Value {
        Value::from_json(self.0.clone()).unwrap_or_default()
    }
}
