//! As much of JSON Schema as the schemas of a pack use, and a record of the objects that were met.

use serde_json::Value;

/// An object of the instance with the schema that it was held to.
pub(super) struct Met<'a> {
    pub(super) schema: &'a Value,
    /// JSON pointer of the object in the instance.
    pub(super) at: String,
}

/// Validates an instance against a schema and its definitions.
pub(super) struct Validator<'a> {
    pub(super) root: &'a Value,
    pub(super) met: Vec<Met<'a>>,
}

impl<'a> Validator<'a> {
    pub(super) fn new(root: &'a Value) -> Self {
        Self { root, met: Vec::new() }
    }

    /// Every reason why `instance` does not conform.
    pub(super) fn errors(&mut self, instance: &Value) -> Vec<String> {
        self.at(self.root, instance, "")
    }

    fn at(&mut self, schema: &'a Value, instance: &Value, at: &str) -> Vec<String> {
        let mut errors = Vec::new();
        for (keyword, wanted) in schema.as_object().unwrap() {
            let holds = match keyword.as_str() {
                "$schema" | "$defs" | "title" | "description" | "properties" | "additionalProperties" => true,
                "$ref" => {
                    let pointer = wanted.as_str().unwrap().trim_start_matches('#');
                    let definition =
                        self.root.pointer(pointer).unwrap_or_else(|| panic!("no definition {pointer}"));
                    errors.extend(self.at(definition, instance, at));
                    true
                }
                "type" => match wanted {
                    Value::Array(types) => types.iter().any(|wanted| is(wanted, instance)),
                    wanted => is(wanted, instance),
                },
                "enum" => wanted.as_array().unwrap().contains(instance),
                "const" => wanted == instance,
                "minLength" => instance.as_str().is_none_or(|text| !text.is_empty()),
                "minimum" => instance.as_f64().is_none_or(|number| number >= wanted.as_f64().unwrap()),
                "maximum" => instance.as_f64().is_none_or(|number| number <= wanted.as_f64().unwrap()),
                "required" => {
                    let fields = wanted.as_array().unwrap().iter().map(|field| field.as_str().unwrap());
                    let missing: Vec<&str> = fields.filter(|field| instance.get(field).is_none()).collect();
                    errors.extend(missing.iter().map(|field| format!("{at}: `{field}` is missing")));
                    true
                }
                "items" => {
                    for (place, member) in instance.as_array().into_iter().flatten().enumerate() {
                        errors.extend(self.at(wanted, member, &format!("{at}/{place}")));
                    }
                    true
                }
                "anyOf" => self.matching(wanted, instance, at) >= 1,
                "oneOf" => self.matching(wanted, instance, at) == 1,
                other => panic!("the schemas use `{other}`: teach the validator"),
            };
            if !holds {
                errors.push(format!("{at}: {instance} is not {keyword} {wanted}"));
            }
        }
        errors.extend(self.fields(schema, instance, at));
        errors
    }

    fn matching(&mut self, schemas: &'a Value, instance: &Value, at: &str) -> usize {
        let mut matching = 0;
        for schema in schemas.as_array().unwrap() {
            let before = self.met.len();
            if self.at(schema, instance, at).is_empty() {
                matching += 1;
            } else {
                self.met.truncate(before);
            }
        }
        matching
    }

    fn fields(&mut self, schema: &'a Value, instance: &Value, at: &str) -> Vec<String> {
        let Some(fields) = instance.as_object() else { return Vec::new() };
        let (properties, others) = (schema.get("properties"), schema.get("additionalProperties"));
        if properties.is_some() {
            self.met.push(Met { schema, at: at.to_owned() });
        }
        let mut errors = Vec::new();
        for (name, value) in fields {
            match (properties.and_then(|properties| properties.get(name)), others) {
                (Some(schema), _) | (None, Some(schema @ Value::Object(_))) => {
                    errors.extend(self.at(schema, value, &format!("{at}/{name}")));
                }
                (None, Some(Value::Bool(false))) => errors.push(format!("{at}: unknown key `{name}`")),
                (None, _) => {}
            }
        }
        errors
    }
}

fn is(wanted: &Value, instance: &Value) -> bool {
    match wanted.as_str().unwrap() {
        "object" => instance.is_object(),
        "array" => instance.is_array(),
        "string" => instance.is_string(),
        "boolean" => instance.is_boolean(),
        "integer" => instance.is_i64() || instance.is_u64(),
        "number" => instance.is_number(),
        "null" => instance.is_null(),
        other => panic!("no type `{other}`"),
    }
}
