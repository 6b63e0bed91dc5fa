//! Fields that stand twice in one object: of two values nobody could say which counts.

use super::HistoryProblem;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use std::collections::BTreeSet;
use std::fmt;

/// The shape of a JSON document, with its fields as they were written.
#[derive(Deserialize)]
#[serde(untagged)]
enum Shape {
    Object(Fields),
    List(Vec<Shape>),
    Other(IgnoredAny),
}

struct Fields(Vec<(String, Shape)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;
        impl<'de> Visitor<'de> for Written {
            type Value = Fields;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = object.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Written)
    }
}

/// Every field of a document that stands twice in its object.
pub(super) fn repeated_fields(text: &str) -> Result<Vec<HistoryProblem>, serde_json::Error> {
    let mut problems = Vec::new();
    walk(&serde_json::from_str(text)?, "", &mut problems);
    Ok(problems)
}

fn walk(shape: &Shape, path: &str, problems: &mut Vec<HistoryProblem>) {
    match shape {
        Shape::Object(Fields(fields)) => {
            let mut seen = BTreeSet::new();
            for (key, inner) in fields {
                let place = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                if !seen.insert(key) {
                    problems.push(HistoryProblem::new(place.clone(), "stands twice in one object"));
                }
                walk(inner, &place, problems);
            }
        }
        Shape::List(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &format!("{path}[{index}]"), problems);
            }
        }
        Shape::Other(IgnoredAny) => {}
    }
}
