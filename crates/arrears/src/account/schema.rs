//! The published JSON Schema of histories and conventions, made from the types that read them.

use super::happening::schemas;
use super::{Conventions, FORMAT, Kept};
use crate::number::Currency;
use schemars::{Schema, SchemaGenerator, generate::SchemaSettings, json_schema};
use serde_json::{Value, json};
use std::borrow::Cow;

impl schemars::JsonSchema for Currency {
    fn schema_name() -> Cow<'static, str> {
        "Currency".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[A-Z]{3}$", "description": "An ISO 4217 code." })
    }
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12().into_generator()
}

fn history() -> Value {
    let mut generator = generator();
    let kept = generator.subschema_for::<Kept>();
    let currency = generator.subschema_for::<Currency>();
    let date = json!({ "type": "string", "format": "date" });
    let events: Vec<Value> = schemas(&mut generator)
        .into_iter()
        .map(|(word, schema)| {
            let mut event = schema.to_value();
            let fields = event.as_object_mut().unwrap();
            let particulars = fields.entry("properties").or_insert_with(|| json!({})).as_object_mut().unwrap();
            particulars.insert("id".into(), json!({ "type": "string", "minLength": 1 }));
            particulars.insert("occurred_on".into(), date.clone());
            particulars.insert("known_on".into(), date.clone());
            particulars.insert("sequence".into(), json!({ "type": "integer", "minimum": 0 }));
            particulars.insert("event".into(), json!({ "const": word }));
            let required = fields.entry("required").or_insert_with(|| json!([])).as_array_mut().unwrap();
            required.extend(["id", "occurred_on", "event"].map(Value::from));
            event
        })
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FORMAT,
        "description": "The history of one account: dated events, and nothing that was computed from them.",
        "type": "object",
        "additionalProperties": false,
        "required": ["format", "account_id", "currency", "opened_on", "complete", "events"],
        "properties": {
            "format": { "const": FORMAT },
            "account_id": { "type": "string", "minLength": 1 },
            "customer_id": { "type": "string", "minLength": 1 },
            "currency": currency,
            "opened_on": date,
            "complete": { "type": "array", "items": kept },
            "events": { "type": "array", "items": { "oneOf": events } },
        },
        "$defs": generator.take_definitions(true),
    })
}

/// Where the types have changed, what they say now stands in the failure, between two lines of dashes.
fn is_published(published: &str, made: &Value) {
    let made = serde_json::to_string_pretty(made).unwrap();
    assert!(published.trim_end() == made, "the types say otherwise than the published schema:\n-----\n{made}\n-----");
}

#[test]
fn the_published_schema_of_histories_is_what_is_read() {
    is_published(include_str!("../../schema/history-1.schema.json"), &history());
}

#[test]
fn the_published_schema_of_conventions_is_what_is_read() {
    let made = generator().into_root_schema_for::<Conventions>().to_value();
    is_published(include_str!("../../schema/conventions-1.schema.json"), &made);
}
