//! The published JSON Schemas of terms, offers and means say what their readers say.

use arrears::document::Fault;
use arrears_owed::arrangement::{Means, OfferRules};
use arrears_owed::terms::Terms;
use serde_json::{Value, json};

/// A document that holds every field, and how it is read.
struct Whole {
    schema: Value,
    document: Value,
    faults: fn(&str) -> Vec<Fault>,
}

impl Whole {
    fn faults(&self, document: &Value) -> Vec<String> {
        (self.faults)(&document.to_string()).iter().map(ToString::to_string).collect()
    }

    /// The faults of the document with something else at a place; an object takes it as a new field.
    fn faults_with(&self, at: &str, found: Value) -> Vec<String> {
        let mut document = self.document.clone();
        match document.pointer_mut(at) {
            Some(place) => *place = found,
            None => {
                let (object, field) = at.rsplit_once('/').unwrap();
                document.pointer_mut(object).unwrap()[field] = found;
            }
        }
        self.faults(&document)
    }

    /// The schema behind a reference.
    fn resolved<'s>(&'s self, schema: &'s Value) -> &'s Value {
        let reference = schema["$ref"].as_str().and_then(|path| path.strip_prefix('#'));
        reference.map_or(schema, |path| self.schema.pointer(path).unwrap())
    }

    /// What the schema says of one place of the document holds for the reader; the places that were seen are kept.
    fn agrees(&self, schema: &Value, at: &str, seen: &mut Vec<String>) {
        let schema = self.resolved(schema);
        let found = self.document.pointer(at).unwrap();
        if let Some(properties) = schema["properties"].as_object() {
            assert_eq!(schema["additionalProperties"], false, "{at}");
            let faults = self.faults_with(&format!("{at}/qqq"), json!(1));
            let asked = faults.iter().find_map(|fault| fault.split_once("qqq: unknown field: expected one of "));
            let mut asked: Vec<&str> = asked.unwrap_or_else(|| panic!("{at}: {faults:?}")).1.split(", ").collect();
            let mut named: Vec<&str> = properties.keys().map(String::as_str).collect();
            asked.sort_unstable();
            asked.dedup();
            named.sort_unstable();
            assert_eq!(named, asked, "{at}");
            let required: Vec<&str> = schema["required"]
                .as_array()
                .map_or(Vec::new(), |list| list.iter().map(|name| name.as_str().unwrap()).collect());
            for (name, field) in properties.iter().filter(|(name, _)| found.get(name.as_str()).is_some()) {
                let mut without = self.document.clone();
                without.pointer_mut(at).unwrap().as_object_mut().unwrap().remove(name).unwrap();
                let missing = self.faults(&without).iter().any(|fault| fault.contains(&format!("{name}: missing")));
                // Two fields are asked for because of another that is there.
                let because = schema["dependentRequired"].as_object().into_iter().flatten();
                let because = because.flat_map(|(_, names)| names.as_array().unwrap()).any(|one| one == name);
                assert_eq!(missing, required.contains(&name.as_str()) || because, "{at}/{name}");
                self.agrees(field, &format!("{at}/{name}"), seen);
            }
        } else if let Some(items) = schema.get("items") {
            let list = found.as_array().unwrap();
            (0..list.len()).for_each(|index| self.agrees(items, &format!("{at}/{index}"), seen));
            let refuses = !self.faults_with(at, json!([])).is_empty();
            assert_eq!(schema["minItems"].is_u64(), refuses, "{at}: an empty list");
        } else if let Some(words) = schema["enum"].as_array() {
            // The reader names the words that it knows.
            let faults = self.faults_with(at, json!("qqq"));
            let known = faults.iter().find_map(|fault| fault.split_once("expected one of ").map(|(_, known)| known));
            let mut known: Vec<&str> = known.unwrap_or_else(|| panic!("{at}: {faults:?}")).split(", ").collect();
            let mut words: Vec<&str> = words.iter().map(|word| word.as_str().unwrap()).collect();
            known.sort_unstable();
            words.sort_unstable();
            assert_eq!(words, known, "{at}");
        } else if schema["type"] == "integer" {
            let least = schema["minimum"].as_i64().unwrap();
            assert!(!self.faults_with(at, json!(least - 1)).is_empty(), "{at}: below {least} is taken");
            // The least may contradict what stands beside it, and is a number that may stand there all the same.
            let path = at.replace('/', ".");
            let refused = |fault: &String| format!(".{}", fault.replace('[', ".").replace(']', "")).starts_with(&path);
            let faults = self.faults_with(at, json!(least));
            assert!(!faults.iter().any(refused), "{at}: {least} is not taken: {faults:?}");
            let most = schema["maximum"].as_i64().unwrap();
            assert!(!self.faults_with(at, json!(most + 1)).is_empty(), "{at}: above {most} is taken");
        } else if schema["pattern"].is_string() || schema["format"].is_string() {
            assert!(!self.faults_with(at, json!("qqq")).is_empty(), "{at}: any text is taken");
        }
        assert!(!self.faults_with(at, json!({"x": [-1]})).is_empty(), "{at}: anything is taken");
        seen.push(at.to_owned());
    }

    /// Every place of the document, in the order of the schema.
    fn check(&self) -> Vec<String> {
        assert_eq!(self.faults(&self.document), [""; 0]);
        let mut seen = Vec::new();
        self.agrees(&self.schema, "", &mut seen);
        seen
    }
}

/// Every field of an object that the schema knows is tried in one of the documents.
fn every_field_is_tried(schema: &Value, wholes: &[Vec<String>]) {
    let definitions = schema["$defs"].as_object().unwrap().values();
    for object in definitions.chain([schema]).filter_map(|one| one["properties"].as_object()) {
        for name in object.keys() {
            let tried = wholes.iter().flatten().any(|at| at.rsplit('/').next() == Some(name.as_str()));
            assert!(tried, "`{name}` stands in no document");
        }
    }
}

fn check(schema: &str, faults: fn(&str) -> Vec<Fault>, documents: Vec<Value>) {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let whole = |document| Whole { schema: schema.clone(), document, faults };
    let seen: Vec<Vec<String>> = documents.into_iter().map(|document| whole(document).check()).collect();
    every_field_is_tried(&schema, &seen);
}

#[test]
fn the_published_schema_of_terms_is_what_is_read() {
    let whole = json!({
        "format": "arrears-terms/1", "currency": "EUR", "day_count": "act/360", "rate": {"annual": "0.069"},
        "runs_on": "overdue", "compounding": "simple", "interest_on_fees": true,
        "penalty": {"plus": "0.05", "on": ["principal"], "beside_contract": false},
        "grace_days": 3, "tolerance": "1.00",
        "late_fees": [
            {"why": "reminder", "after_days": 10, "flat": "5.00"},
            {"why": "demand", "after_days": 30, "percent": "0.02", "minimum": "10.00", "maximum": "40.00"},
        ],
        "caps": {"of_principal": "0.2", "total_rate": {"daily": "0.0005"}},
        "booking": "day", "rounding": {"mode": "half_up", "unit": "0.05"},
        "orders": [{"from_days": 0, "walk": "items", "components": ["cost", "fee", "penalty", "interest", "principal"]}],
        "ahead": "principal",
        "rates": [{"from": "2027-01-01", "contract": {"annual": "0.07"}, "penalty": {"annual": "0.12"}}],
        "lawsuit": "350.00", "note": "invented",
    });
    let mut times = whole.clone();
    times["penalty"] = json!({"times": "1.5", "on": ["principal", "interest"]});
    let mut own = whole.clone();
    own["penalty"] = json!({"rate": {"annual": "0.12"}, "on": ["fee"]});
    let faults = |text: &str| Terms::from_json(text).err().unwrap_or_default();
    check(include_str!("../../schema/terms-1.schema.json"), faults, vec![whole, times, own]);
}

#[test]
fn the_published_schema_of_offers_is_what_is_read() {
    let whole = json!({
        "format": "arrears-offers/1", "currency": "EUR", "note": "invented",
        "plans": {
            "months": [3, 6], "limit": {"months": 60, "cites": "article 70"}, "smallest_instalment": "25.00",
            "choices": 3, "ranking": "least_cost", "rate": {"annual": "0.06"}, "day_count": "30e/360",
            "rounding": {"mode": "half_even", "unit": "0.01"}, "first_after": 15, "unit": "0.50",
            "broken_after": 2,
        },
        "settlement": {
            "authority": [{"role": "collector", "upto": "0.10"}, {"role": "manager", "upto": "0.40"}],
            "stands_for": 14, "parts": 2, "unit": "1.00",
        },
    });
    let mut daily = whole.clone();
    daily["plans"]["rate"] = json!({"daily": "0.0001"});
    let faults = |text: &str| OfferRules::from_json(text).err().unwrap_or_default();
    check(include_str!("../../schema/offers-1.schema.json"), faults, vec![whole, daily]);
}

#[test]
fn the_published_schema_of_means_is_what_is_read() {
    let whole = json!({
        "format": "arrears-means/1", "currency": "EUR", "note": "invented", "kept_for_living": "1450.00",
        "income": [{"what": "wages", "amount": "1640.00"}],
        "living_costs": [{"what": "rent", "amount": "780.00"}],
        "other_debts": [{"what": "furniture", "amount": "60.00"}],
    });
    let faults = |text: &str| Means::from_json(text).err().unwrap_or_default();
    check(include_str!("../../schema/means-1.schema.json"), faults, vec![whole]);
}
