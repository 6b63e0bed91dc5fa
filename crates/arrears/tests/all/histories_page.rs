//! The page of the handbook about histories, made from the published schemas: `docs/histories.md`.
//! `ARREARS_BLESS=1` writes it anew.

use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;

const HISTORY: &str = include_str!("../../schema/history-1.schema.json");
const CONVENTIONS: &str = include_str!("../../schema/conventions-1.schema.json");
/// Fields that every event has.
const ENVELOPE: [&str; 5] = ["id", "occurred_on", "known_on", "sequence", "event"];

const INTRODUCTION: &str = "# Histories

The history of one account is a JSON document: dated events, and nothing that was computed from them. `Account::from_json` reads it whole or not
at all, `Facts::of(&account, as_of, known_by, &conventions)` makes of it the facts of any day, past or future, as they were known on any day.
`arrears timeline` shows it day by day. This page is made from the published schemas, `crates/arrears/schema/history-1.schema.json` and
`conventions-1.schema.json`.

```json
{
    \"format\": \"arrears-history/1\",
    \"account_id\": \"A-17\", \"customer_id\": \"P-3\", \"currency\": \"EUR\", \"opened_on\": \"2025-11-03\",
    \"complete\": [\"contacts\", \"promises\", \"flags\"],
    \"events\": [
        {\"id\": \"s1\", \"occurred_on\": \"2025-11-03\", \"event\": \"schedule\",
         \"instalments\": [{\"item\": \"1\", \"due_on\": \"2026-01-12\", \"amount\": \"120.00\"}]},
        {\"id\": \"p1\", \"occurred_on\": \"2026-01-20\", \"known_on\": \"2026-01-22\", \"event\": \"payment\", \"amount\": \"120.00\"}
    ]
}
```

- **`occurred_on`** is the day it happened, **`known_on`** the day from which the bank knew (the same day where it is left out). A later `known_on` is an
  event entered late: facts *as known* before that day do not see it, facts known later see it with its own date.
- Events are taken in the order of day, `sequence` (the source's own order within a day, where it has one), kind (the order of this page) and id; never in the
  order of their arrival. The same id with the same content may arrive again; with other content it is an error.
  A flag that is lifted and set again on one day needs a `sequence`: without it, it counts as lifted. So does whatever is given back on the day of its payment,
  where the payment has one.
- Items have names of their own. What a withdrawn event asked for may be asked for again by an event that becomes known with the withdrawal or later.
- Amounts are texts (`\"249.95\"`), in the account's currency. A field that is not named here is refused by name, and so is a field that stands twice.
- **`complete`** names the kinds of record that the history holds without gaps. Of these, what is not recorded did not happen: no contact is a known zero. Of
  the others, facts are absent, and a policy must assume them in the open. What is asked for and what was paid always count as complete.
- Payments settle the item they name, else the oldest first, in advance too. What is given back or charged back stands open again on the item that it had
  settled, with its old date; what is *reversed* never counted at all. A statement of a revolving account starts anew: what was paid beyond the minimum is in
  its balance.
- Names without a window count the episode of arrears: from the first day late after being current to the cure. Outside an episode they are zero.
";

fn one_line(text: &Value) -> String {
    let text = text["description"].as_str().unwrap_or_default();
    text.split("\n\n").next().unwrap_or_default().replace('\n', " ")
}

/// What a value may be, in a few words.
fn shape(schema: &Value) -> String {
    let reference = schema["$ref"].as_str();
    if let Some(reference) = reference {
        return match reference.rsplit('/').next().unwrap() {
            "Amount" => "amount".to_owned(),
            "Currency" => "currency code".to_owned(),
            "NewRate" => "rate as a text".to_owned(),
            "Noted" => "yes or no, whole number, text, or null for not known".to_owned(),
            other => format!("as below, {other}"),
        };
    }
    if let Some(either) = schema["anyOf"].as_array() {
        return shape(either.first().unwrap());
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.first().and_then(Value::as_str),
        kind => kind.as_str(),
    };
    match (kind, schema["format"].as_str()) {
        (Some("string"), Some("date")) => "date".to_owned(),
        (Some("string"), _) => "text".to_owned(),
        (Some("integer"), _) => "whole number".to_owned(),
        (Some("boolean"), _) => "`true` or `false`".to_owned(),
        (Some("array"), _) => format!("list: {}", shape(&schema["items"])),
        _ => "value".to_owned(),
    }
}

/// The fields of an object, as a table.
fn fields(page: &mut String, object: &Value) {
    let required = object["required"].as_array().cloned().unwrap_or_default();
    let named = object["properties"].as_object().unwrap().iter();
    let own: Vec<_> = named.filter(|(name, _)| !ENVELOPE.contains(&name.as_str())).collect();
    if own.is_empty() {
        return;
    }
    page.push_str("\n| field | value | meaning |\n|---|---|---|\n");
    for (name, schema) in own {
        let must = if required.contains(&Value::from(name.as_str())) { "" } else { " (may be left out)" };
        let _ = writeln!(page, "| `{name}` | {}{must} | {} |", shape(schema), one_line(schema));
    }
}

/// The words of an enumeration, each with its meaning.
fn words(page: &mut String, schema: &Value) {
    for word in schema["oneOf"].as_array().into_iter().flatten() {
        let name = match (word["const"].as_str(), word["properties"].as_object()) {
            (Some(name), _) => format!("`\"{name}\"`"),
            (None, Some(fields)) => format!("`{{\"{}\": [...]}}`", fields.keys().next().unwrap()),
            (None, None) => continue,
        };
        let _ = writeln!(page, "  - {name}: {}", one_line(word));
    }
}

#[test]
fn the_page_of_histories_says_what_the_schemas_say() {
    let history: Value = serde_json::from_str(HISTORY).unwrap();
    let conventions: Value = serde_json::from_str(CONVENTIONS).unwrap();
    let mut page = INTRODUCTION.to_owned();
    page.push_str("\n## What a history may be complete in\n\n");
    words(&mut page, &history["$defs"]["Kept"]);
    page.push_str(
        "\n## Events\n\nEvery event has `id`, `occurred_on` and `event`, and may have `known_on` and `sequence`.\n",
    );
    for event in history["properties"]["events"]["items"]["oneOf"].as_array().unwrap() {
        let word = event["properties"]["event"]["const"].as_str().unwrap();
        let _ = write!(page, "\n### `{word}`\n\n{}\n", one_line(event));
        fields(&mut page, event);
    }
    for part in ["Instalment", "Part"] {
        let _ = write!(page, "\n### {part}\n\n{}\n", one_line(&history["$defs"][part]));
        fields(&mut page, &history["$defs"][part]);
    }
    let _ = write!(page, "\n### Component\n\n{}\n\n", one_line(&history["$defs"]["Component"]));
    words(&mut page, &history["$defs"]["Component"]);
    page.push_str("\n## Conventions\n\nHow a bank counts, as a JSON object; what is left out has its default.\n\n");
    for (name, schema) in conventions["properties"].as_object().unwrap() {
        let _ = writeln!(page, "- **`{name}`** (default `{}`): {}", schema["default"], one_line(schema));
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            words(&mut page, &conventions["$defs"][name]);
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/histories.md");
    if std::env::var_os("ARREARS_BLESS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page, "docs/histories.md is stale: run the test with ARREARS_BLESS=1");
}
