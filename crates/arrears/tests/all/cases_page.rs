//! The fields of a case, as the page of the handbook lists them: `docs/permissions.md`, made from the
//! published schema. `ARREARS_BLESS=1` writes them anew.

use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;

const SCHEMA: &str = include_str!("../../schema/case-1.schema.json");
const MARK: &str = "<!-- fields: ";

/// The first part of a description, on one line.
fn one_line(text: &Value) -> String {
    let text = text["description"].as_str().unwrap_or_default();
    text.split("\n\n").next().unwrap_or_default().replace('\n', " ")
}

/// What a value may be, in a few words.
fn shape(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        return match reference.rsplit('/').next().unwrap() {
            "Direction" => "`out`, `in`".to_owned(),
            "PreferenceKind" => "a kind, as below".to_owned(),
            "Edge" => "day or moment".to_owned(),
            "Told" => "`true`, `false`, whole number or word".to_owned(),
            other => format!("as below, {other}"),
        };
    }
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<String> = words.iter().filter_map(Value::as_str).map(|word| format!("`{word}`")).collect();
        return words.join(", ");
    }
    if let Some(either) = schema["anyOf"].as_array() {
        return shape(either.first().unwrap());
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.first().and_then(Value::as_str),
        kind => kind.as_str(),
    };
    match (kind, schema["format"].as_str(), schema["pattern"].as_str()) {
        (Some("string"), Some("date"), _) => "day".to_owned(),
        (Some("string"), Some("date-time"), _) => "moment".to_owned(),
        (Some("string"), _, Some(_)) => "clock time, `00:00` to `24:00`".to_owned(),
        (Some("string"), ..) => "text".to_owned(),
        (Some("boolean"), ..) => "`true` or `false`".to_owned(),
        (Some("array"), ..) => format!("list: {}", shape(&schema["items"])),
        (Some("object"), ..) => format!("by name: {}", shape(&schema["additionalProperties"])),
        other => panic!("{other:?} in {schema}"),
    }
}

/// The fields of an object, as a table.
fn fields(page: &mut String, object: &Value) {
    let required = object["required"].as_array().cloned().unwrap_or_default();
    page.push_str("\n| field | value | meaning |\n|---|---|---|\n");
    for (name, schema) in object["properties"].as_object().unwrap() {
        let must = if required.contains(&Value::from(name.as_str())) { " (must be there)" } else { "" };
        let _ = writeln!(page, "| `{name}` | {}{must} | {} |", shape(schema), one_line(schema));
    }
}

fn listed() -> String {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let mut page = format!(
        "{MARK}written by ARREARS_BLESS=1 cargo test -p arrears --test cases_page, from crates/arrears/schema/case-1.schema.json -->\n\n\
         ## The fields of a case\n\nAn object with `standing` and `proposed`, both objects; and if wanted `now`, a moment, and `format`, which is `\"arrears-case/1\"`. \
         A moment has its offset from UTC: `\"2026-03-31T10:15:00-04:00\"`. A day is `\"2026-03-31\"`. A field that is not named here is refused by name, and so is a field that stands twice. \
         Facts are those of [facts.md](facts.md), events those of [packs.md](packs.md).\n"
    );
    let titles = [
        ("Standing", "`standing`"),
        ("Contact", "`proposed`, and each of `contacts`"),
        ("Debt", "Each of `debts`"),
        ("Preference", "Each of `preferences`"),
        ("Consent", "Each of `consents`"),
        ("Refusal", "Each of `refusals`"),
        ("WrongNumber", "Each of `wrong_numbers`"),
        ("Spell", "Each of `spells`"),
    ];
    for (kind, title) in titles {
        let object = &schema["$defs"][kind];
        let _ = write!(page, "\n### {title}\n\n{}\n", one_line(object));
        fields(&mut page, object);
        if kind == "Preference" {
            page.push('\n');
            for word in schema["$defs"]["PreferenceKind"]["oneOf"].as_array().unwrap() {
                let _ = writeln!(page, "- `{}`: {}", word["const"].as_str().unwrap(), one_line(word));
            }
        }
    }
    page
}

#[test]
fn the_page_of_permissions_lists_the_fields_of_the_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/permissions.md");
    let found = std::fs::read_to_string(&path).unwrap();
    let by_hand = found.split(MARK).next().unwrap();
    let page = format!("{by_hand}{}", listed());
    if std::env::var_os("ARREARS_BLESS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap();
    assert!(found == page, "docs/permissions.md is stale: run the test with ARREARS_BLESS=1");
}
