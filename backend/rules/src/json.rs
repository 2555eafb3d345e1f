//! JSON in which nothing is said twice.

use std::fmt::{Formatter, Result as FmtResult};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Letters of a key that a message repeats.
const MOST_SHOWN: usize = 60;

/// Reads JSON, and refuses an object with the same key twice: which of two answers is meant, only its author knows.
/// More than 128 levels are refused, too.
///
/// # Errors
/// Malformed JSON, or the key that stands there twice; each with line and column.
pub fn read_json(text: &[u8]) -> Result<Value, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_slice(text);
    let value = Once.deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Any value whose objects have each key once.
struct Once;

impl<'de> DeserializeSeed<'de> for Once {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Once {
    type Value = Value;

    fn expecting(&self, out: &mut Formatter<'_>) -> FmtResult {
        out.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("no finite number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut read = Vec::new();
        while let Some(member) = members.next_element_seed(Once)? {
            read.push(member);
        }
        Ok(Value::Array(read))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut read = Map::new();
        while let Some(key) = fields.next_key::<String>()? {
            if read.contains_key(&key) {
                let shown: String = key.chars().take(MOST_SHOWN).collect();
                return Err(A::Error::custom(format!("`{shown}` stands there twice: keep one")));
            }
            read.insert(key, fields.next_value_seed(Once)?);
        }
        Ok(Value::Object(read))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_what_serde_reads() {
        for text in
            ["null", "[1, -2, 3.5, true, \"æ\\n\"]", r#"{"a": {"b": [], "a": 18446744073709551615}}"#, "0.1"]
        {
            assert_eq!(
                read_json(text.as_bytes()).unwrap(),
                serde_json::from_str::<Value>(text).unwrap(),
                "{text}"
            );
        }
    }

    #[test]
    fn a_key_twice_is_named_with_its_place_wherever_it_stands() {
        for text in ["{\"a\": 1,\n\"a\": 1}", r#"{"facts": {"a": 1, "a": 2}}"#, r#"[{"a": 1, "\u0061": 2}]"#]
        {
            let error = read_json(text.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with("`a` stands there twice: keep one at line "), "{error}");
        }
        let long = "æ".repeat(1000);
        let error =
            read_json(format!("{{\"{long}\": 1, \"{long}\": 2}}").as_bytes()).unwrap_err().to_string();
        assert!(error.chars().count() < 150, "{error}");
    }

    #[test]
    fn what_is_malformed_or_too_deep_is_refused() {
        for text in ["", "{", "{\"a\": }", "[1] 2", "1e999", &"[".repeat(100_000)] {
            assert!(read_json(text.as_bytes()).is_err(), "{text}");
        }
    }
}
