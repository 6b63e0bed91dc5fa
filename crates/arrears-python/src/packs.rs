//! Packs of law as Python lists them: each with its rules, and all rules as a table.

use crate::thresholds::listed as listed_threshold;
use arrears::Law;
use arrears::policy::Pack;
use arrears::policy::pack::Citation;
use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, BooleanArray, Date32Array, RecordBatch, StringArray};
use arrow_schema::ArrowError;
use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;

/// Decimals of money in packs, which state no currency.
const DIGITS: u32 = 2;

/// A pack.
#[derive(Serialize)]
pub(crate) struct PackListed {
    name: String,
    title: String,
    jurisdiction: String,
    version: String,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    in_force: Option<bool>,
    calendar: Option<String>,
    verified_on: Option<NaiveDate>,
    source: String,
    why: String,
    hash: String,
    text: String,
    thresholds: Vec<Value>,
    rules: Vec<RuleListed>,
}

/// One of its statements.
#[derive(Serialize)]
struct RuleListed {
    rule: String,
    part: Option<String>,
    kind: &'static str,
    status: &'static str,
    enabled: bool,
    binds: Option<bool>,
    basis: &'static str,
    certainty: &'static str,
    strength: &'static str,
    cites: String,
    says: String,
    not_covered: String,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

/// The packs of a law by jurisdiction, all of them or those that bind one; with what is in force on a day, if one
/// is given.
pub(crate) fn listed(law: &Law, on: Option<NaiveDate>, jurisdiction: Option<&str>) -> Vec<PackListed> {
    let asked = |pack: &&Pack| jurisdiction.is_none_or(|of| pack.head().binds(of));
    let mut packs: Vec<&Pack> = law.packs().iter().filter(asked).collect();
    packs.sort_by_key(|pack| (&pack.head().jurisdiction, &pack.head().name));
    packs.into_iter().map(|pack| of_pack(law, pack, on)).collect()
}

fn of_pack(law: &Law, pack: &Pack, on: Option<NaiveDate>) -> PackListed {
    let head = pack.head();
    let thresholds = pack.thresholds().iter().zip(pack.threshold_values());
    PackListed {
        name: head.name.clone(),
        title: head.title.clone(),
        jurisdiction: head.jurisdiction.clone(),
        version: head.version.clone(),
        from: head.from,
        to: head.to,
        in_force: on.map(|on| head.in_force(on)),
        calendar: head.calendar.clone(),
        verified_on: head.verified_on,
        source: head.source.clone(),
        why: head.why.clone(),
        hash: pack.hash().to_string(),
        text: pack.sources().first().map(|source| source.text.to_string()).unwrap_or_default(),
        thresholds: thresholds.map(|(threshold, value)| listed_threshold(threshold, *value, DIGITS)).collect(),
        rules: statements(pack).map(|statement| of_rule((law, pack), statement, on)).collect(),
    }
}

/// A statement of a pack that has a place in the law: which it is, and its part of the rule.
type Statement<'p> = (&'static str, Option<&'p String>, &'p Citation);

fn statements(pack: &Pack) -> impl Iterator<Item = Statement<'_>> {
    let limits = pack.rules().iter().map(|rule| ("limit", rule.part.as_ref(), &rule.citation));
    let exceptions = pack.exceptions().iter().map(|exception| ("exception", None, &exception.citation));
    let duties = pack.duties().iter().map(|(_, citation)| ("duty", None, citation));
    let deadlines = pack.deadlines().iter().map(|deadline| ("deadline", None, &deadline.citation));
    let remarks = pack.remarks().iter().map(|remark| ("flag", None, &remark.citation));
    let messages = pack.messages().iter().map(|message| ("message", None, &message.citation));
    let procedures = pack.procedures().iter().map(|procedure| ("procedure", None, &procedure.citation));
    let meanings = pack.meanings().iter().map(|meaning| ("meaning", None, &meaning.citation));
    let limiting = limits.chain(exceptions).chain(duties).chain(deadlines);
    limiting.chain(remarks).chain(messages).chain(procedures).chain(meanings)
}

fn of_rule((law, pack): (&Law, &Pack), (kind, part, citation): Statement<'_>, on: Option<NaiveDate>) -> RuleListed {
    RuleListed {
        rule: citation.rule.clone(),
        part: part.cloned(),
        kind,
        status: citation.status.word(),
        enabled: law.enabled().any(|rule| rule == citation.rule),
        binds: on.map(|on| law.binds_of(pack, citation, on)),
        basis: citation.basis.word(),
        certainty: citation.certainty.word(),
        strength: citation.strength.word(),
        cites: citation.cites.clone(),
        says: citation.says.clone(),
        not_covered: citation.not_covered.clone(),
        from: citation.from,
        to: citation.to,
    }
}

/// The rules of packs as columns, one row for each statement.
pub(crate) fn columns(packs: &[PackListed]) -> Result<RecordBatch, ArrowError> {
    let rows: Vec<(&PackListed, &RuleListed)> =
        packs.iter().flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule))).collect();
    let words = |of: fn(&PackListed, &RuleListed) -> String| -> ArrayRef {
        let mut words = StringDictionaryBuilder::<Int32Type>::new();
        rows.iter().for_each(|(pack, rule)| words.append_value(of(pack, rule)));
        Arc::new(words.finish())
    };
    let texts = |of: fn(&RuleListed) -> Option<&String>| -> ArrayRef {
        Arc::new(rows.iter().map(|(_, rule)| of(rule)).collect::<StringArray>())
    };
    let flags = |of: fn(&RuleListed) -> Option<bool>| -> ArrayRef {
        Arc::new(rows.iter().map(|(_, rule)| of(rule)).collect::<BooleanArray>())
    };
    let days = |of: fn(&PackListed, &RuleListed) -> Option<NaiveDate>| -> ArrayRef {
        Arc::new(rows.iter().map(|(pack, rule)| of(pack, rule).map(since_1970)).collect::<Date32Array>())
    };
    RecordBatch::try_from_iter_with_nullable([
        ("pack", words(|pack, _| pack.name.clone()), false),
        ("title", words(|pack, _| pack.title.clone()), false),
        ("jurisdiction", words(|pack, _| pack.jurisdiction.clone()), false),
        ("version", words(|pack, _| pack.version.clone()), false),
        ("rule", texts(|rule| Some(&rule.rule)), false),
        ("part", texts(|rule| rule.part.as_ref()), true),
        ("kind", words(|_, rule| rule.kind.to_owned()), false),
        ("status", words(|_, rule| rule.status.to_owned()), false),
        ("enabled", flags(|rule| Some(rule.enabled)), false),
        ("binds", flags(|rule| rule.binds), true),
        ("basis", words(|_, rule| rule.basis.to_owned()), false),
        ("certainty", words(|_, rule| rule.certainty.to_owned()), false),
        ("strength", words(|_, rule| rule.strength.to_owned()), false),
        ("cites", texts(|rule| Some(&rule.cites)), false),
        ("says", texts(|rule| Some(&rule.says)), false),
        ("not_covered", texts(|rule| Some(&rule.not_covered)), false),
        // A rule is in force while its pack is, unless it says otherwise itself.
        ("from", days(|pack, rule| rule.from.or(pack.from)), true),
        ("to", days(|pack, rule| rule.to.or(pack.to)), true),
    ])
}

fn since_1970(date: NaiveDate) -> i32 {
    date.num_days_from_ce() - NaiveDate::default().num_days_from_ce()
}
