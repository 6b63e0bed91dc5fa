//! Packs of law as Python lists them: each with its rules, and all rules as a table.

use arrears::Law;
use arrears::policy::Pack;
use arrears::policy::pack::Citation;
use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, BooleanArray, Date32Array, RecordBatch, StringArray};
use arrow_schema::ArrowError;
use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use std::sync::Arc;

/// A pack.
#[derive(Serialize)]
pub(crate) struct PackListed {
    name: String,
    title: String,
    jurisdiction: String,
    version: String,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    calendar: Option<String>,
    verified_on: Option<NaiveDate>,
    source: String,
    why: String,
    hash: String,
    rules: Vec<RuleListed>,
}

/// One of its statements.
#[derive(Serialize)]
struct RuleListed {
    rule: String,
    part: Option<String>,
    statement: &'static str,
    status: &'static str,
    enabled: bool,
    basis: &'static str,
    certainty: &'static str,
    strength: &'static str,
    cites: String,
    says: String,
    not_covered: String,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

/// The packs of a law; on a day, those that are in force, with the rules that are; of a jurisdiction,
/// those that bind it.
pub(crate) fn listed(law: &Law, on: Option<NaiveDate>, jurisdiction: Option<&str>) -> Vec<PackListed> {
    let asked = |pack: &&Pack| {
        let head = pack.head();
        on.is_none_or(|on| head.in_force(on)) && jurisdiction.is_none_or(|of| head.binds(of))
    };
    law.packs().iter().filter(asked).map(|pack| of_pack(law, pack, on)).collect()
}

fn of_pack(law: &Law, pack: &Pack, on: Option<NaiveDate>) -> PackListed {
    let head = pack.head();
    let in_days =
        |(_, _, citation): &(&'static str, Option<&String>, &Citation)| on.is_none_or(|on| citation.in_days(on));
    PackListed {
        name: head.name.clone(),
        title: head.title.clone(),
        jurisdiction: head.jurisdiction.clone(),
        version: head.version.clone(),
        from: head.from,
        to: head.to,
        calendar: head.calendar.clone(),
        verified_on: head.verified_on,
        source: head.source.clone(),
        why: head.why.clone(),
        hash: pack.hash().to_string(),
        rules: statements(pack).filter(in_days).map(|statement| of_rule(law, statement)).collect(),
    }
}

/// Its statements that have a place in the law: which each is, and its part of the rule.
fn statements(pack: &Pack) -> impl Iterator<Item = (&'static str, Option<&String>, &Citation)> {
    let limits = pack.rules().iter().map(|rule| ("guardrail", rule.part.as_ref(), &rule.citation));
    let exceptions = pack.exceptions().iter().map(|exception| ("exception", None, &exception.citation));
    let remarks = pack.remarks().iter().map(|remark| ("flag", None, &remark.citation));
    let deadlines = pack.deadlines().iter().map(|deadline| ("deadline", None, &deadline.citation));
    let messages = pack.messages().iter().map(|message| ("message", None, &message.citation));
    let procedures = pack.procedures().iter().map(|procedure| ("procedure", None, &procedure.citation));
    let duties = pack.duties().iter().map(|(_, citation)| ("duty", None, citation));
    let meanings = pack.meanings().iter().map(|meaning| ("reading", None, &meaning.citation));
    limits
        .chain(exceptions)
        .chain(remarks)
        .chain(deadlines)
        .chain(messages)
        .chain(procedures)
        .chain(duties)
        .chain(meanings)
}

fn of_rule(law: &Law, (statement, part, citation): (&'static str, Option<&String>, &Citation)) -> RuleListed {
    RuleListed {
        rule: citation.rule.clone(),
        part: part.cloned(),
        statement,
        status: citation.status.word(),
        enabled: law.enabled().any(|rule| rule == citation.rule),
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
        ("statement", words(|_, rule| rule.statement.to_owned()), false),
        ("status", words(|_, rule| rule.status.to_owned()), false),
        ("enabled", Arc::new(rows.iter().map(|(_, rule)| Some(rule.enabled)).collect::<BooleanArray>()), false),
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
