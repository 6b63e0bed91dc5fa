//! Cases of the kind `call_counting`: how many calls count on seven dates, debt by debt.

use crate::comparison::{Comparison, Difference};
use crate::contact::case::{Debt, Entry};
use crate::contact::debts::Debts;
use crate::contact::local;
use crate::contact::telling::Telling;
use crate::events;
use crate::judge::Asked;
use crate::law::{Counting, close, troubles};
use crate::typed::typed;
use arrears::guardrail::{Case, Standing, Told};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    zones: Vec<String>,
    debts: Option<Vec<Debt>>,
    history: Vec<Entry>,
    query: Query,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Query {
    /// The last of the dates.
    on: NaiveDate,
    person: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    counted: Option<u32>,
    counted_by_debt: Option<BTreeMap<String, u32>>,
    conversations_by_debt: Option<BTreeMap<String, u32>>,
}

/// Judges a case.
pub(crate) fn judge(asked: &Asked<'_>) -> Result<Vec<Difference>, String> {
    let mut given: Given = typed("given", asked.given)?;
    let expected: Expected = typed("expect", asked.expect)?;
    let debts = Debts::of(given.debts.take())?;
    debts.know_history(&given.history)?;
    let on = given.query.on;
    let zone = local::zone(&given.zones)?;
    let packs = asked.world.binding(asked.jurisdiction)?;
    let mut standing = standing(asked.jurisdiction, &given, &debts);
    close(&mut standing, &packs);
    let law = asked.world.law(&[]);
    let case = Case::new(&law, &standing, local::end_of(on, zone)?).map_err(troubles)?;
    let Counting { calls, conversations } = asked.world.presumptions(asked.jurisdiction, on);
    let who = given.query.person.as_deref().unwrap_or("debtor");
    let count = |rule: Option<&String>, debt: &str| {
        let rule =
            rule.ok_or_else(|| format!("jurisdiction: no pack that is shipped counts in `{}`", asked.jurisdiction))?;
        case.used(rule, who, debt, on).ok_or_else(|| format!("given: what {rule} counts of `{debt}` is not known"))
    };
    let by_debt = |rule: Option<&String>, expected: &Option<BTreeMap<String, u32>>, key: &str| {
        let named: Vec<String> = expected.iter().flatten().map(|(debt, _)| debt.clone()).collect();
        debts.know(&format!("expect.{key}"), Some(&named))?;
        let each = named.into_iter().map(|debt| count(rule, &debt).map(|counted| (debt, counted)));
        each.collect::<Result<BTreeMap<_, _>, String>>()
    };
    let (calls, conversations) = (calls.first().map(|(rule, _)| rule), conversations.first());
    let at = &format!("on {on} for {who}");
    let mut comparison = Comparison::default();
    if expected.counted.is_some() {
        // The case has one debt; where it has several, it is the largest number.
        let counted = debts.ids().map(|debt| count(calls, debt)).collect::<Result<Vec<_>, _>>()?;
        comparison.same(at, "counted", expected.counted.map(Some).as_ref(), &counted.into_iter().max())?;
    }
    let counted = by_debt(calls, &expected.counted_by_debt, "counted_by_debt")?;
    comparison.same(at, "counted_by_debt", expected.counted_by_debt.as_ref(), &counted)?;
    let spoken = by_debt(conversations, &expected.conversations_by_debt, "conversations_by_debt")?;
    comparison.same(at, "conversations_by_debt", expected.conversations_by_debt.as_ref(), &spoken)?;
    comparison.finish()
}

/// The person, of whom nothing is known but the calls. Who collects is bound by the rule.
fn standing(jurisdiction: &str, given: &Given, debts: &Debts) -> Standing {
    let mut telling = Telling::default();
    Standing {
        jurisdiction: jurisdiction.to_owned(),
        zones: given.zones.clone(),
        debts: debts.told(),
        contacts: Some(given.history.iter().map(|entry| telling.past(entry)).collect()),
        preferences: Some(Vec::new()),
        consents: Some(Vec::new()),
        refusals: Some(Vec::new()),
        wrong_numbers: Some(Vec::new()),
        spells: Vec::new(),
        events: events::before(given.query.on),
        facts: [("collector".to_owned(), Told::Word("third_party".to_owned()))].into(),
    }
}
