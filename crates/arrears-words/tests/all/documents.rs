//! The documents of a house and of what is told: their mistakes, and their published schemas, held against the
//! readers. `ARREARS_BLESS=1` writes the schemas anew.

use arrears::document::Fault;
use arrears_words::Language;
use arrears_words::house::House;
use arrears_words::template::TemplateKind;
use arrears_words::told::{Told, Variable, VariableKind, find_variable, variables};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::path::Path;

pub(crate) const AMOUNT: &str = r"^\d+(\.\d+)?$";

fn told() -> Value {
    json!({
        "format": "arrears-told/1", "language": "en", "today": "2026-11-27", "creditor": "Harbour Bank",
        "currency": "EUR", "amount": "1",
        "offers": [{"name": "Two payments", "payments": 2, "payment": "1", "first_on": "2026-12-27", "total": "2", "cost": "0"}],
        "later": [{"days": 30, "on": "2026-12-27", "owed": "2.00", "more": "1.00", "lawsuit": false}]
    })
}

fn house() -> Value {
    json!({
        "format": "arrears-house/1", "voices": {"en": {"creditor": "Harbour Bank"}},
        "rate": {"english_words": 120},
        "disclosures": [{"name": "collector", "language": "en", "kinds": ["letter"], "words": "From a collector.", "cites": "our contract"}],
        "forbidden": {"en": [{"phrase": "pay up", "class": "threat", "why": "our tone is another"}]}
    })
}

fn read_told(document: &Value) -> Vec<String> {
    shown(Told::from_json(&document.to_string()).err())
}

fn read_house(document: &Value) -> Vec<String> {
    shown(House::from_json(&document.to_string()).err())
}

pub(crate) fn shown(faults: Option<Vec<Fault>>) -> Vec<String> {
    faults.unwrap_or_default().iter().map(ToString::to_string).collect()
}

/// The fields that a reader asks for in the object at a pointer, as it names them where one is unknown.
pub(crate) fn known(read: fn(&Value) -> Vec<String>, document: &Value, at: &str) -> Vec<String> {
    let mut document = document.clone();
    document.pointer_mut(at).unwrap().as_object_mut().unwrap().insert("qqq".to_owned(), json!(1));
    let faults = read(&document);
    let unknown = faults.iter().find_map(|fault| fault.split_once("qqq: unknown field: expected one of ")).unwrap();
    unknown.1.split(", ").map(str::to_owned).collect()
}

pub(crate) fn text(about: &str) -> Value {
    json!({"type": "string", "minLength": 1, "description": about})
}

fn whole(about: &str) -> Value {
    json!({"type": "integer", "minimum": 1, "maximum": u32::MAX, "description": about})
}

pub(crate) fn object(required: &[&str], properties: Map<String, Value>) -> Value {
    json!({"type": "object", "additionalProperties": false, "required": required, "properties": properties})
}

fn of_variable(variable: &Variable) -> Value {
    let about = variable.meaning;
    match variable.kind {
        VariableKind::Text => text(about),
        VariableKind::Amount => json!({"type": "string", "pattern": AMOUNT, "description": about}),
        VariableKind::Day => json!({"type": "string", "format": "date", "description": about}),
        VariableKind::Number => json!({"type": "integer", "minimum": 0, "maximum": u32::MAX, "description": about}),
        VariableKind::Flag => json!({"type": "boolean", "description": about}),
        VariableKind::List(items) => {
            let required: Vec<&str> =
                items.iter().filter(|one| one.missing == "never missing").map(|one| one.name).collect();
            let properties = items.iter().map(|one| (one.name.to_owned(), of_variable(one))).collect();
            json!({"type": "array", "items": object(&required, properties), "description": about})
        }
    }
}

pub(crate) fn head(title: &str, about: &str, mut schema: Value) -> Value {
    let fields = schema.as_object_mut().unwrap();
    fields.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    fields.insert("title".to_owned(), json!(title));
    fields.insert("description".to_owned(), json!(about));
    schema
}

pub(crate) fn languages() -> Vec<&'static str> {
    Language::ALL.map(Language::tag).to_vec()
}

fn told_schema() -> Value {
    let mut properties: Map<String, Value> = variables()
        .iter()
        .filter(|one| one.name != "disclosures")
        .map(|one| (one.name.to_owned(), of_variable(one)))
        .collect();
    properties.insert("format".to_owned(), json!({"const": "arrears-told/1"}));
    properties.insert(
        "language".to_owned(),
        json!({"enum": languages(), "description": find_variable("language").unwrap().meaning}),
    );
    properties.insert("currency".to_owned(), json!({"type": "string", "pattern": "^[A-Z]{3}$", "description": "The ISO 4217 code of every amount; required where there is one."}));
    let about = "What is told of one account: the variables of templates. Read as a whole it needs language, today and creditor; put over what is reckoned it needs none of them.";
    head("arrears-told/1", about, object(&["format"], properties))
}

fn house_schema() -> Value {
    let by_language =
        |of: Value| json!({"type": "object", "additionalProperties": false, "properties": {"en": of, "zh": of}});
    let voice = known(read_house, &house(), "/voices/en");
    let voice = voice.into_iter().map(|name| (name.clone(), of_variable(find_variable(&name).unwrap()))).collect();
    let fields = |fields: &[(&str, Value)]| -> Map<String, Value> {
        fields.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect()
    };
    let language = |about: &str| json!({"enum": languages(), "description": about});
    let disclosure = fields(&[
        ("name", text("Its name.")),
        ("language", language("The language of its words.")),
        (
            "kinds",
            json!({"type": "array", "minItems": 1, "items": {"enum": TemplateKind::ALL.map(TemplateKind::word)}, "description": "The kinds of texts that must hold it."}),
        ),
        ("words", text("The words that must be said.")),
        ("cites", text("The law or the contract that asks for them.")),
    ]);
    let phrase = fields(&[
        ("phrase", text("The phrase; case, width and what stands between its letters do not count.")),
        ("class", json!({"enum": ["threat", "insult", "false_claim", "shame", "jargon", "debt"]})),
        ("why", text("Why nobody may say it.")),
    ]);
    let rate = fields(&[
        ("english_words", whole("English words a minute; 140 if not given.")),
        ("chinese_characters", whole("Chinese characters a minute; 220 if not given.")),
    ]);
    let mut voices = by_language(object(&["creditor"], voice));
    voices["minProperties"] = json!(1);
    voices["description"] = json!("Who speaks, by language.");
    let properties = fields(&[
        ("format", json!({"const": "arrears-house/1"})),
        ("language", language("The language where none is asked for; the first of the voices if not given.")),
        ("voices", voices),
        ("rate", object(&[], rate)),
        ("most_seconds", whole("Seconds that saying a brief may take; 90 if not given.")),
        (
            "opening_within",
            whole("Characters after the identity check within which amount and day stand; 80 if not given."),
        ),
        ("sms_parts", whole("Parts of a short message; 3 if not given.")),
        (
            "pay_within",
            json!({"type": "object", "additionalProperties": false, "properties": TemplateKind::ALL.map(|kind| (kind.word(), json!({"type": "integer", "minimum": 0, "maximum": u32::MAX}))).into_iter().collect::<std::collections::BTreeMap<_, _>>(), "description": "Days that a text of a kind gives where what is overdue is asked for at once; it is asked for on its day if not given."}),
        ),
        ("policy_language", language("The language of the `say` lists of policies; en if not given.")),
        (
            "disclosures",
            json!({"type": "array", "items": object(&["name", "language", "kinds", "words", "cites"], disclosure)}),
        ),
        ("forbidden", by_language(json!({"type": "array", "items": object(&["phrase", "class", "why"], phrase)}))),
        (
            "sayings",
            by_language(
                json!({"type": "object", "additionalProperties": {"type": "string"}, "description": "What a policy says, by how the policy has it."}),
            ),
        ),
        ("note", json!({"type": "string", "description": "Anything that people should know; nothing reads it."})),
    ]);
    head(
        "arrears-house/1",
        "Who speaks for a bank or an agency, in which words, within which limits.",
        object(&["format", "voices"], properties),
    )
}

pub(crate) fn is_published(name: &str, made: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema").join(name);
    let made = format!("{}\n", serde_json::to_string_pretty(made).unwrap());
    if std::env::var_os("ARREARS_BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), made);
}

/// What a schema says of the object at a pointer of a document, the reader says too: which fields there are,
/// which must be there, and what none of them may be.
pub(crate) fn agrees(read: fn(&Value) -> Vec<String>, document: &Value, schema: &Value, at: &str) {
    assert_eq!(read(document), [""; 0]);
    let listed = |key: &str| schema[key].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned());
    let mut properties: Vec<String> = schema["properties"].as_object().unwrap().keys().cloned().collect();
    let mut asked = known(read, document, at);
    properties.sort();
    asked.sort();
    assert_eq!(properties, asked, "{at}");
    for name in listed("required") {
        let mut without = document.clone();
        without.pointer_mut(at).unwrap().as_object_mut().unwrap().remove(&name).unwrap();
        assert!(
            read(&without).iter().any(|fault| fault.contains(&format!("{name}: missing"))),
            "{at}/{name}: {:?}",
            read(&without)
        );
    }
    for name in properties {
        let mut wrong = document.clone();
        wrong.pointer_mut(at).unwrap()[&name] = json!({"x": [-1]});
        // An object of texts takes any name.
        let faults = read(&wrong);
        assert!(faults.iter().any(|fault| fault.contains(&name)), "{at}/{name}: {faults:?}");
    }
}

#[test]
fn the_published_schema_of_what_is_told_is_what_is_read() {
    let schema = told_schema();
    is_published("told-1.schema.json", &schema);
    agrees(read_told, &told(), &schema, "");
    agrees(read_told, &told(), &schema["properties"]["offers"]["items"], "/offers/0");
    agrees(read_told, &told(), &schema["properties"]["later"]["items"], "/later/0");
}

#[test]
fn the_published_schema_of_houses_is_what_is_read() {
    let schema = house_schema();
    is_published("house-1.schema.json", &schema);
    agrees(read_house, &house(), &schema, "");
    let of = |name: &str| &schema["properties"][name];
    agrees(read_house, &house(), &of("voices")["properties"]["en"], "/voices/en");
    agrees(read_house, &house(), of("rate"), "/rate");
    agrees(read_house, &house(), &of("disclosures")["items"], "/disclosures/0");
    agrees(read_house, &house(), &of("forbidden")["properties"]["en"]["items"], "/forbidden/en/0");
}

#[test]
fn every_mistake_in_a_house_is_said_at_once_with_its_place() {
    let house = json!({
        "format": "arrears-house/2", "language": "zh", "voices": {"en": {"creditr": "Harbour Bank", "phone": " "}, "fr": {}},
        "sms_parts": 0, "forbidden": {"en": [{"phrase": "?!", "class": "threat", "why": "x"}]},
        "disclosures": [{"name": "a", "language": "en", "kinds": ["leter"], "words": "...", "cites": "b"}]
    });
    assert_eq!(
        read_house(&house),
        [
            "format: found \"arrears-house/2\": expected \"arrears-house/1\"",
            "voices.en.creditor: missing: expected the name of the creditor",
            "voices.en.creditr: unknown field (did you mean `creditor`?): expected one of creditor, organisation, speaker, neutral_name, phone, reply_hours, stop_word, identity_question, verify_at, write_to, pay_at, branch, regulations",
            "voices.en.phone: is empty: leave the field out where nothing is known",
            "voices.fr: unknown language: expected en or zh",
            "sms_parts: found 0: expected at least 1",
            "forbidden.en[0].phrase: has neither a letter nor a digit: it would be found nowhere",
            "disclosures[0].kinds[0]: found \"leter\": expected a kind of templates: one of sms, letter, email, push, ivr, voicemail, third_party, brief, part",
            "disclosures[0].words: has neither a letter nor a digit: it would be found nowhere",
        ]
    );
    let silent = json!({"format": "arrears-house/1", "voices": {}});
    assert_eq!(read_house(&silent), ["voices: nobody speaks: expected at least one language, as in {\"en\": {...}}"]);
    let other = json!({"format": "arrears-house/1", "language": "zh", "voices": {"en": {"creditor": "a"}}});
    assert_eq!(read_house(&other), ["language: nobody speaks `zh`: expected `voices.zh`"]);
}

#[test]
fn every_mistake_in_what_is_told_is_said_at_once_with_its_place() {
    let told = json!({
        "format": "arrears-told/1", "amount": "1.234", "total": "-1", "name": "", "today": "27.11.2026", "currency": "EUR",
        "offers": [{"name": "a", "payments": 0, "payment": "0.001", "first_on": "2026-12-27", "total": "1", "cost": "0"}]
    });
    assert_eq!(
        read_told(&told),
        [
            "amount: `1.234`: more than 2 decimals, expected an amount in EUR",
            "total: `-1` is below zero: expected zero or more",
            "name: is empty: leave the field out where nothing is known",
            "today: found \"27.11.2026\": expected a day of the calendar as year, month and day, such as \"2026-03-31\"",
            "offers[0].payments: found 0: expected at least one payment",
            "offers[0].payment: `0.001`: more than 2 decimals, expected an amount in EUR",
        ]
    );
    assert_eq!(
        read_told(&json!({"format": "arrears-told/1", "amount": "1"})),
        ["amount: has no currency: expected the field `currency` in the document, as in \"EUR\""]
    );
    assert_eq!(
        read_told(&json!({"format": "arrears-told/1"})),
        [
            "language: missing: expected a language, \"en\" or \"zh\"",
            "today: missing: expected a day of the calendar as year, month and day, such as \"2026-03-31\"",
            "creditor: missing: expected the name of the creditor",
        ]
    );
}

#[test]
fn what_a_document_tells_goes_over_what_is_reckoned_and_the_rest_stays() {
    let reckoned = || Told::from_json(&told().to_string()).unwrap();
    let over = r#"{"format": "arrears-told/1", "currency": "EUR", "name": "Mr Wang", "amount": "2.50"}"#;
    let told = reckoned().with_json(over).unwrap();
    assert_eq!(told, Told { name: Some("Mr Wang".to_owned()), amount: told.amount, ..reckoned() });
    assert_eq!(told.amount.unwrap().minor(), 250);
    let other =
        r#"{"format": "arrears-told/1", "language": "zh", "today": "2026-11-28", "currency": "USD", "amount": "2"}"#;
    assert_eq!(
        shown(reckoned().with_json(other).err()),
        [
            "language: found zh: expected en, for which is written, or no `language`",
            "today: found 2026-11-28: expected 2026-11-27, for which is written, or no `today`",
            "currency: found USD: expected EUR, for which is written, or no `currency`",
        ]
    );
}

/// Any small JSON value.
pub(crate) fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        prop::sample::select(vec!["en", "zh", "EUR", "JPY", "1.50", "-1", "2026-11-27", "", "letter", "."])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec(("[a-z]{1,6}", inner), 0..3).prop_map(|all| Value::Object(all.into_iter().collect())),
        ]
    })
}

/// Every place in a document.
pub(crate) fn places(document: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match document {
        Value::Object(all) => all.iter().for_each(|(key, inner)| places(inner, &format!("{at}/{key}"), found)),
        Value::Array(all) => {
            all.iter().enumerate().for_each(|(index, inner)| places(inner, &format!("{at}/{index}"), found))
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn a_document_with_anything_in_any_place_is_read_or_refused_with_reasons(
        of_house in any::<bool>(), place in any::<prop::sample::Index>(), put in value(),
    ) {
        let mut document = if of_house { house() } else { told() };
        let mut all = Vec::new();
        places(&document, "", &mut all);
        let at: &String = place.get(&all);
        *document.pointer_mut(at).unwrap() = put;
        let text = document.to_string();
        let (house, told) = (House::from_json(&text).err(), Told::from_json(&text).err());
        for faults in [house, told].into_iter().flatten() {
            prop_assert!(!faults.is_empty() && faults.iter().all(|fault| !fault.message.is_empty()));
        }
    }
}
