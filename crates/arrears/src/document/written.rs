//! A document as it was written: in which order its fields stand, and which stand twice.

use super::{Fault, Readable};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use std::collections::{BTreeMap, BTreeSet};
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

/// Reads a JSON text as one value.
///
/// # Errors
///
/// Everything that is wrong with it, in the order of the document: a text that is no JSON, a field that stands
/// twice, and what `T` refuses.
pub fn read_text<T: Readable>(text: &str) -> Result<T, Vec<Fault>> {
    let no_json = |error| vec![Fault::new("", format!("not a JSON document: {error}"))];
    let written = Written::read(text).map_err(no_json)?;
    let document = serde_json::from_str(text).map_err(no_json)?;
    let mut problems = written.repeated.clone();
    let read = T::read(&document, "", &mut problems);
    match read {
        Some(read) if problems.is_empty() => Ok(read),
        _ => Err(written.in_order(problems)),
    }
}

/// Where every value of a document stands in it.
#[derive(Default)]
pub(crate) struct Written {
    /// The path of each value, and how many stand before it.
    places: BTreeMap<String, usize>,
    /// Every field that stands twice in its object: of two values nobody could say which counts.
    pub(crate) repeated: Vec<Fault>,
}

impl Written {
    /// Reads the document's shape.
    pub(crate) fn read(text: &str) -> Result<Self, serde_json::Error> {
        let mut written = Self::default();
        written.walk(&serde_json::from_str(text)?, "");
        Ok(written)
    }

    /// Puts problems in the order of the document. What is missing stands where the object
    /// begins that should have it.
    pub(crate) fn in_order(&self, mut problems: Vec<Fault>) -> Vec<Fault> {
        problems.sort_by_key(|problem| self.place(&problem.path));
        problems
    }

    fn place(&self, path: &str) -> usize {
        let mut path = path;
        loop {
            if let Some(place) = self.places.get(path) {
                return *place;
            }
            match path.rfind(['.', '[']).and_then(|end| path.get(..end)) {
                Some(outer) => path = outer,
                None => return 0,
            }
        }
    }

    fn walk(&mut self, shape: &Shape, path: &str) {
        let place = self.places.len();
        self.places.entry(path.to_owned()).or_insert(place);
        match shape {
            Shape::Object(Fields(fields)) => {
                let mut seen = BTreeSet::new();
                for (key, inner) in fields {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    if !seen.insert(key) {
                        let message = "stands twice in one object: keep the one that is right";
                        self.repeated.push(Fault::new(path.clone(), message));
                    }
                    self.walk(inner, &path);
                }
            }
            Shape::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.walk(item, &format!("{path}[{index}]"));
                }
            }
            Shape::Other(IgnoredAny) => {}
        }
    }
}
