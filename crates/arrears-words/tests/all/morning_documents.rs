//! Briefings and targets as documents: their mistakes, their round trip, and their published schemas, held against
//! the readers. `ARREARS_BLESS=1` writes the schemas anew.

use crate::documents::{agrees, head, is_published, languages, object, places, shown, text, value};
use crate::mornings::morning;
use arrears_words::Language;
use arrears_words::morning::{DutyOwed, Morning, Stopped, targets};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn read_morning(document: &Value) -> Vec<String> {
    shown(Morning::from_json(&document.to_string()).err())
}

fn read_targets(document: &Value) -> Vec<String> {
    shown(targets(&document.to_string(), "CNY".parse().unwrap()).err())
}

/// A morning with something in every section.
fn full(language: Language) -> Morning {
    let mut full = morning(language);
    full.to_look_at = full.yesterday.clone();
    full.duties = vec![
        DutyOwed { duty: "notice".to_owned(), days_left: Some(-3), or_more: true, review: false, accounts: 2 },
        DutyOwed { duty: "statement".to_owned(), days_left: None, or_more: false, review: true, accounts: u64::MAX },
    ];
    full.stopped = vec![Stopped { rule: "R-1".to_owned(), cites: String::new(), accounts: 7, left_alone: 0 }];
    full.notes = vec!["No table of visits was given.".to_owned()];
    full.due_today.truncate(2);
    full
}

fn document() -> Value {
    serde_json::to_value(full(Language::English)).unwrap()
}

fn targets_document() -> Value {
    json!({"format": "arrears-targets/1", "currency": "CNY", "targets": document()["targets"]})
}

fn fields(fields: &[(&str, Value)]) -> Map<String, Value> {
    fields.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect()
}

fn amount(about: &str) -> Value {
    json!({"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?$", "description": about})
}

fn count(about: &str) -> Value {
    json!({"type": "integer", "minimum": 0, "description": about})
}

fn optional(kind: &str, about: &str) -> Value {
    json!({"type": [kind, "null"], "description": about})
}

fn day(about: &str) -> Value {
    json!({"type": "string", "format": "date", "description": about})
}

fn figure() -> Value {
    let share = object(
        &["part", "of"],
        fields(&[("part", count("So many.")), ("of", count("Of so many. Of none there is no share."))]),
    );
    json!({
        "type": "object", "additionalProperties": false, "minProperties": 1, "maxProperties": 1,
        "properties": {"count": count("So many."), "money": json!({"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}), "share": share}
    })
}

fn list(about: &str, of: Value) -> Value {
    json!({"type": "array", "items": of, "description": about})
}

fn target() -> Value {
    let all = [("name", text("What is measured.")), ("wanted", figure()), ("reached", figure())];
    object(&["name", "wanted", "reached"], fields(&all))
}

fn targets_schema() -> Value {
    let all = [
        ("format", json!({"const": "arrears-targets/1"})),
        (
            "currency",
            json!({"type": "string", "pattern": "^[A-Z]{3}$", "description": "The ISO 4217 code of every amount; required where there is one."}),
        ),
        ("targets", list("The targets, in the order in which they are shown.", target())),
    ];
    head(
        "arrears-targets/1",
        "What a team is to reach, and what it has reached so far, as a morning briefing shows it.",
        object(&["format", "targets"], fields(&all)),
    )
}

fn morning_schema() -> Value {
    let account = || ("account", json!({"type": "string", "description": "The account."}));
    let counted = || object(&["name", "figure"], fields(&[("name", json!({"type": "string"})), ("figure", figure())]));
    let promised = || {
        object(
            &["account"],
            fields(&[
                account(),
                ("amount", amount("None: the promise named none.")),
                ("broken_before", count("How many were broken before.")),
            ]),
        )
    };
    let texts = |about: &str| json!({"type": "array", "items": {"type": "string"}, "description": about});
    let task = [
        account(),
        ("action", json!({"type": "string", "description": "The action of the decision."})),
        ("slot", optional("string", "Earliest and latest time; none: all day.")),
        ("amount", amount("What is asked for; none: nothing is.")),
        ("why", json!({"type": "string", "description": "The treatment, or what made it urgent."})),
    ];
    let inflow = [
        account(),
        ("amount", json!({"type": "string", "pattern": r"^-?\d+(\.\d+)?$", "description": "What came in."})),
        ("overdue", amount("What is still overdue; none: it is not known.")),
        ("on", day("The day on which it came.")),
    ];
    let visit = [
        ("area", json!({"type": "string", "description": "A district, never an address."})),
        account(),
        ("slot", optional("string", "When; none: all day.")),
        ("needs", texts("What it needs and shows.")),
        ("hazard", json!({"type": "boolean", "description": "Whether a danger is on record."})),
    ];
    let approval = [
        account(),
        ("what", json!({"type": "string", "description": "What is to be approved."})),
        ("role", json!({"type": "string", "description": "Whose approval it needs."})),
        (
            "since",
            json!({"type": ["string", "null"], "format": "date", "description": "Since when it waits; none: nobody wrote it down."}),
        ),
    ];
    let duty = [
        ("duty", json!({"type": "string", "description": "The duty."})),
        (
            "days_left",
            optional("integer", "In how many days it must be done: 0 is today, below 0 is late; none: it has no day."),
        ),
        ("or_more", json!({"type": "boolean", "description": "Whether there is more time on some of the accounts."})),
        ("review", json!({"type": "boolean", "description": "Whether a person must look whether it is owed."})),
        ("accounts", count("How many accounts.")),
    ];
    let stopped = [
        ("rule", json!({"type": "string", "description": "The rule."})),
        ("cites", json!({"type": "string", "description": "Where it stands in the law; empty: a rule of the house."})),
        ("accounts", count("Accounts of which it stopped something.")),
        ("left_alone", count("Those of them for which nothing else is done today.")),
    ];
    let all = [
        ("format", json!({"const": "arrears-morning/1"})),
        ("language", json!({"enum": languages(), "description": "The language of the page."})),
        ("on", day("The day.")),
        ("team", json!({"type": "string", "description": "Whose morning it is."})),
        (
            "currency",
            json!({"type": "string", "pattern": "^[A-Z]{3}$", "description": "The ISO 4217 code of every amount."}),
        ),
        (
            "due_today",
            list("What is to be done today, most urgent first.", object(&["account", "action", "why"], fields(&task))),
        ),
        ("promises_today", list("Promises whose day is today.", promised())),
        ("broken_yesterday", list("Promises whose day was yesterday, and whose money did not come.", promised())),
        (
            "inflows",
            list(
                "Money that came in on accounts of people who are late.",
                object(&["account", "amount", "on"], fields(&inflow)),
            ),
        ),
        ("visits", list("Visits.", object(&["area", "account", "hazard"], fields(&visit)))),
        (
            "approvals",
            list("What waits for somebody's approval.", object(&["account", "what", "role"], fields(&approval))),
        ),
        ("targets", list("Targets, and how far the team is.", target())),
        ("yesterday", list("Yesterday's results.", counted())),
        ("to_look_at", list("What a person must look at, because nothing can be decided without that.", counted())),
        (
            "duties",
            list(
                "What the bank owes people by a day, the most urgent first.",
                object(&["duty", "accounts"], fields(&duty)),
            ),
        ),
        (
            "stopped",
            list(
                "Rules that stopped something, the most accounts first.",
                object(&["rule", "accounts", "left_alone"], fields(&stopped)),
            ),
        ),
        ("notes", texts("What the page cannot tell and why, or what its numbers leave out.")),
    ];
    let about = "One page for the morning of a team, as `arrears briefing --json` writes it. A section that is not there is empty.";
    head("arrears-morning/1", about, object(&["format", "language", "on", "team", "currency"], fields(&all)))
}

#[test]
fn the_published_schema_of_briefings_is_what_is_read() {
    let schema = morning_schema();
    is_published("morning-1.schema.json", &schema);
    agrees(read_morning, &document(), &schema, "");
    for (name, section) in schema["properties"].as_object().unwrap() {
        if section["items"]["type"] == "object" {
            agrees(read_morning, &document(), &section["items"], &format!("/{name}/0"));
        }
    }
}

#[test]
fn the_published_schema_of_targets_is_what_is_read() {
    let schema = targets_schema();
    is_published("targets-1.schema.json", &schema);
    agrees(read_targets, &targets_document(), &schema, "");
    agrees(read_targets, &targets_document(), &schema["properties"]["targets"]["items"], "/targets/0");
}

#[test]
fn a_briefing_that_is_written_and_read_again_is_the_same_page() {
    for language in Language::ALL {
        let written = full(language);
        let read = Morning::from_json(&serde_json::to_string(&written).unwrap()).unwrap();
        assert_eq!(read, written);
        assert_eq!(read.html(), written.html());
        let bare = Morning::new(language, written.on, "Team 3", written.currency);
        let short = json!({"format": "arrears-morning/1", "language": language.tag(), "on": written.on.to_string(), "team": "Team 3", "currency": "CNY"});
        assert_eq!(Morning::from_json(&short.to_string()).unwrap(), bare);
    }
}

#[test]
fn every_mistake_in_a_briefing_is_said_at_once_with_its_place() {
    let wrong = json!({
        "format": "arrears-morning/2", "language": "en", "on": "27.11.2026", "team": "Team 3", "currency": "CNY",
        "due_today": [{"account": "A", "action": "sms", "why": "w", "amount": "1.234"}, {"acount": "B", "action": "sms", "why": "w"}],
        "yesterday": [{"name": "talks", "figure": {"count": 1, "money": "2"}}, {"name": "kept", "figure": {"share": {"part": 3, "of": 2}}}],
        "duties": [{"duty": "notice", "accounts": -1}]
    });
    assert_eq!(
        read_morning(&wrong),
        [
            "format: found \"arrears-morning/2\": expected \"arrears-morning/1\"",
            "on: found \"27.11.2026\": expected a day of the calendar as year, month and day, such as \"2026-03-31\"",
            "due_today[1].account: missing: expected a text",
            "due_today[1].acount: unknown field (did you mean `account`?): expected one of account, action, slot, amount, why",
            "yesterday[0].figure: found an object: expected {\"count\": 3}, {\"money\": \"12.50\"} or {\"share\": {\"part\": 1, \"of\": 2}}",
            "yesterday[1].figure.share.part: found 3 of 2: expected no more than there are",
            "duties[0].accounts: found -1: expected a whole number of zero or more, without quotes",
        ]
    );
    let in_parts = json!({
        "format": "arrears-morning/1", "language": "en", "on": "2026-11-27", "team": "Team 3", "currency": "CNY",
        "due_today": [{"account": "A", "action": "sms", "why": "w", "amount": "1.234"}],
        "inflows": [{"account": "A", "amount": "0.001", "overdue": "0.002", "on": "2026-11-26"}]
    });
    assert_eq!(
        read_morning(&in_parts),
        [
            "due_today[0].amount: `1.234`: more than 2 decimals, expected an amount in CNY",
            "inflows[0].amount: `0.001`: more than 2 decimals, expected an amount in CNY",
            "inflows[0].overdue: `0.002`: more than 2 decimals, expected an amount in CNY",
        ]
    );
}

#[test]
fn targets_are_in_the_currency_of_the_briefing_or_have_no_amounts() {
    let dollars = json!({"format": "arrears-targets/1", "currency": "USD", "targets": []});
    assert_eq!(read_targets(&dollars), ["currency: found USD: expected CNY, in which the briefing is"]);
    let mut bare = targets_document();
    bare.as_object_mut().unwrap().remove("currency");
    let lacks = |at: &str| {
        format!("targets[1].{at}.money: has no currency: expected the field `currency` in the document, as in \"EUR\"")
    };
    assert_eq!(read_targets(&bare), [lacks("wanted"), lacks("reached")]);
    bare["targets"].as_array_mut().unwrap().truncate(1);
    assert_eq!(read_targets(&bare), [""; 0]);
}

proptest! {
    #[test]
    fn a_briefing_with_anything_in_any_place_is_read_or_refused_with_reasons(place in any::<prop::sample::Index>(), put in value()) {
        let mut document = document();
        let mut all = Vec::new();
        places(&document, "", &mut all);
        let at: &String = place.get(&all);
        *document.pointer_mut(at).unwrap() = put;
        match Morning::from_json(&document.to_string()) {
            Ok(read) => prop_assert!(!read.text().is_empty()),
            Err(faults) => prop_assert!(!faults.is_empty() && faults.iter().all(|fault| !fault.message.is_empty())),
        }
    }
}
