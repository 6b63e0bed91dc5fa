//! The published JSON Schema of cases, made from the types that read them.

use super::reading::{GIVEN_TO, outcomes};
use super::{CASE_FORMAT, Inquiry};
use crate::facts::Channel;
use crate::facts::table::{
    ADDRESS_KINDS, CONTACT_PURPOSES, CONTENTS, NUMBER_KINDS, PLACES, REASONS, RECIPIENTS, REPEAT_REASONS, WEEKDAYS,
};
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

/// The words of fields that hold one of a list.
fn words() -> Vec<(&'static str, &'static str, Vec<&'static str>)> {
    vec![
        ("Contact", "channel", Channel::ALL.map(Channel::word).to_vec()),
        ("Contact", "outcome", outcomes()),
        ("Contact", "recipient", RECIPIENTS.to_vec()),
        ("Contact", "number_kind", NUMBER_KINDS.to_vec()),
        ("Contact", "address_kind", ADDRESS_KINDS.to_vec()),
        ("Contact", "purpose", CONTACT_PURPOSES.to_vec()),
        ("Contact", "content", CONTENTS.to_vec()),
        ("Contact", "reason", REASONS.to_vec()),
        ("Contact", "repeat_reason", REPEAT_REASONS.to_vec()),
        ("Contact", "debtor_at", PLACES.to_vec()),
        ("Consent", "given_to", GIVEN_TO.to_vec()),
    ]
}

fn case() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<Inquiry>().to_value();
    schema["title"] = json!(CASE_FORMAT);
    schema["properties"]["format"] = json!({ "const": CASE_FORMAT });
    let definitions = schema["$defs"].as_object_mut().unwrap();
    for (kind, field, words) in words() {
        let field = &mut definitions[kind]["properties"][field];
        let or_null = field["type"].as_array().is_some();
        let null = or_null.then_some(Value::Null);
        field["enum"] = words.into_iter().map(Value::from).chain(null).collect();
    }
    definitions["Refusal"]["properties"]["channels"]["items"]["enum"] = json!(Channel::ALL.map(Channel::word));
    for kind in ["Preference", "Consent"] {
        let fields = &mut definitions[kind]["properties"];
        fields["weekdays"]["items"] = json!({ "type": "string", "enum": WEEKDAYS });
        for field in ["from", "to"] {
            fields[field]["pattern"] = json!("^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$");
        }
    }
    schema
}

/// Where the types have changed, what they say now stands in the failure, between two lines of dashes.
#[test]
fn the_published_schema_of_cases_is_what_is_read() {
    let made = serde_json::to_string_pretty(&case()).unwrap();
    let published = include_str!("../../schema/case-1.schema.json");
    assert!(published.trim_end() == made, "the types say otherwise than the published schema:\n-----\n{made}\n-----");
}
