//! A regime as a JSON document.

use super::rule::text;
use super::{Mechanism, Regime, Rule, Terms};
use arrears::document::{Fault, Fields, Readable, meant, refuse};
use chrono::NaiveDate;
use serde_json::Value;
use std::collections::BTreeSet;

/// The name and version of the format.
pub const FORMAT: &str = "arrears-regime/1";

struct Format;

impl Readable for Format {
    const EXPECTED: &str = "\"arrears-regime/1\"";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        if value == FORMAT { Some(Self) } else { refuse(path, value, Self::EXPECTED, problems) }
    }
}

impl Readable for Regime {
    const EXPECTED: &str = "a regime: an object with `format`, `regime`, `rules` and one mechanism";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut named = Vec::new();
        let mut fields = Fields::of(value, path, problems)?;
        let _: Option<Format> = fields.required("format");
        let (name, title) = (text(&mut fields, "regime"), text(&mut fields, "title"));
        let (jurisdiction, source) = (text(&mut fields, "jurisdiction"), text(&mut fields, "source"));
        let from: Option<Option<NaiveDate>> = fields.optional("from");
        let to: Option<Option<NaiveDate>> = fields.optional("to");
        if let (Some(Some(from)), Some(Some(to))) = (from, to)
            && to < from
        {
            fields.report("to", format!("{to} lies before `from`, {from}: expected the same day or a later one"));
        }
        let rules: Option<Vec<Rule>> = fields.required("rules");
        let mechanism = mechanism(&mut fields, &mut named);
        if let Some(rules) = &rules {
            declared(&mut fields, rules, &named);
        }
        fields.finish();
        Some(Self {
            name: name?,
            title: title?,
            jurisdiction: jurisdiction?,
            source: source?,
            from: from?,
            to: to?,
            rules: rules?,
            mechanism: mechanism?,
        })
    }
}

/// A rule that a mechanism names, and the field in which it does.
pub(crate) type NamedRule = (&'static str, String);

/// Reads the mechanism of each word that stands in the document.
macro_rules! mechanisms {
    ($fields:ident, $named:ident: $($word:literal $variant:ident,)*) => {{
        let mut read = Vec::new();
        $(
            // Asked for in any case, so that the word is known.
            let mechanism = $fields.given($word).map(Mechanism::$variant);
            if $fields.has($word) {
                if let Some(Mechanism::$variant(terms)) = &mechanism {
                    $named.extend(terms.named().into_iter().map(|rule| ($word, rule.to_owned())));
                }
                read.push(($word, mechanism));
            }
        )*
        read
    }};
}

/// The one mechanism of the document.
fn mechanism(fields: &mut Fields<'_>, named: &mut Vec<NamedRule>) -> Option<Mechanism> {
    let read = mechanisms! { fields, named:
        "ladder" Ladder,
        "materiality" Materiality,
        "probation" Probation,
        "component_order" ComponentOrder,
        "rate_order" RateOrder,
        "directed" Directed,
        "re_age" ReAge,
        "plan_limit" PlanLimit,
        "elements" Elements,
        "limitation" Limitation,
    };
    if read.is_empty() {
        fields.report("", format!("no mechanism: expected one of {}", Mechanism::WORDS.join(", ")));
    }
    let first = read.first().map_or("", |(word, _)| *word);
    for (other, _) in read.iter().skip(1) {
        fields.report(other, format!("a second mechanism beside `{first}`: expected one, in a regime of its own"));
    }
    read.into_iter().next().and_then(|(_, mechanism)| mechanism)
}

/// Reports ids that stand twice, and rules that are named and not declared.
fn declared(fields: &mut Fields<'_>, rules: &[Rule], named: &[NamedRule]) {
    let mut seen = BTreeSet::new();
    for (index, rule) in rules.iter().enumerate() {
        if !seen.insert(rule.id.as_str()) {
            fields.report(
                &format!("rules[{index}].rule"),
                format!("`{}` stands twice: expected an id of its own", rule.id),
            );
        }
    }
    for (word, rule) in named {
        if !seen.contains(rule.as_str()) {
            let meant = meant(rule, seen.iter().copied());
            fields.report(word, format!("the rule `{rule}` is not among `rules`{meant}: expected one that is"));
        }
    }
    // Whoever misspelt a rule did not forget it.
    if named.is_empty() || named.iter().any(|(_, rule)| !seen.contains(rule.as_str())) {
        return;
    }
    let used: BTreeSet<&str> = named.iter().map(|(_, rule)| rule.as_str()).collect();
    for (index, rule) in rules.iter().enumerate().filter(|(_, rule)| !used.contains(rule.id.as_str())) {
        let message =
            format!("nothing in the mechanism uses `{}`: expected it to be named there, or left out", rule.id);
        fields.report(&format!("rules[{index}].rule"), message);
    }
}
