//! Cases of the kind `ladder`: where an account stands on a ladder on given days.

mod case;
mod history;
mod policy;
mod stated;

use crate::amounts::{amount, currency, whole};
use crate::comparison::{Comparison, Difference};
use crate::names::Names;
use crate::typed::typed;
use arrears::facts::Value as FactValue;
use arrears::{Currency, Facts, Law, decide_today};
use case::{Entry, Expected, Given};
use chrono::NaiveDate;
use history::{NO_CODE, Vocabulary};
use policy::Ladder;
use serde_json::Value;

/// A case that can be decided.
struct Ready {
    given: Given,
    ladder: Ladder,
    tags: Names,
    codes: Names,
    currency: Currency,
    /// The first day of which the case speaks.
    first: NaiveDate,
}

/// Judges a case.
pub(crate) fn judge(given: &Value, expect: &Value) -> Result<Vec<Difference>, String> {
    let given: Given = typed("given", given)?;
    let expect: Vec<Expected> = typed("expect", expect)?;
    let ready = Ready::new(given, &expect)?;
    let law = Law::none("conformance suite").map_err(|error| error.to_string())?;
    let policy = &ready.ladder.policy;
    let mut comparison = Comparison::default();
    for expected in &expect {
        let Expected { on, through_seq, state, unpaid_count, unpaid_balance } = expected;
        let facts = ready.facts(*on, *through_seq)?;
        let row = policy.bind(&facts).map_err(|problems| {
            let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
            format!("given: {}", problems.join("; "))
        })?;
        let decision = decide_today(policy, &row, &law, *on, None);
        let at = match through_seq {
            Some(seq) => format!("on {on} through {seq}"),
            None => format!("on {on}"),
        };
        comparison.same(&at, "state", state.as_ref(), &ready.ladder.state(&decision)?.to_owned())?;
        comparison.same(&at, "unpaid_count", unpaid_count.as_ref(), &whole(&facts, "unpaid_items")?)?;
        comparison.same(&at, "unpaid_balance", unpaid_balance.as_ref(), &amount(&facts, "overdue")?)?;
    }
    comparison.finish()
}

impl Ready {
    fn new(mut given: Given, expect: &[Expected]) -> Result<Self, String> {
        if given.timeline.is_some() == given.facts.is_some() {
            return Err("given: expected either `timeline` or `facts`".to_owned());
        }
        if let Some(timeline) = &mut given.timeline {
            timeline.sort_by_key(|entry| (entry.on, entry.seq));
        }
        let entries = || given.timeline.iter().flatten();
        let stated = given.facts.iter();
        let policy = &given.policy;
        let tags = entries().filter_map(|entry| entry.tag.as_deref());
        let tags =
            policy::tags(policy).chain(tags).chain(stated.clone().flat_map(|facts| &facts.tags).map(String::as_str));
        let codes = entries().filter_map(|entry| entry.code.as_deref());
        let codes = policy::codes(policy).chain(codes);
        let codes = codes.chain(stated.clone().filter_map(|facts| facts.last_failure.as_deref()));
        let (tags, codes) = (tags.collect(), codes.collect());
        let amounts = entries().filter_map(|entry| entry.amount).chain(stated.map(|facts| facts.unpaid_balance));
        let limits = policy.states.iter().filter_map(|state| state.when.unpaid_balance_at_least);
        let currency = currency(amounts.chain(limits))?;
        let days = entries().map(|entry| entry.on).chain(expect.iter().map(|expected| expected.on));
        let first = days.min().unwrap_or_default();
        let ladder = Ladder::new(policy, currency, &tags, &codes)?;
        Ok(Self { given, ladder, tags, codes, currency, first })
    }

    /// The facts of a day, through an event of that day. Where nothing is recorded nothing
    /// happened: the suite's world is closed.
    fn facts(&self, on: NaiveDate, through: Option<u32>) -> Result<Facts, String> {
        let wanted = self.ladder.policy.wanted();
        if let Some(stated) = &self.given.facts {
            let mut facts = stated::facts(stated, &self.codes, on, self.currency)?;
            stated::tag(&mut facts, stated, &self.tags, &wanted)?;
            return Ok(facts);
        }
        let happened =
            |entry: &&Entry| entry.on < on || (entry.on == on && through.is_none_or(|last| entry.seq <= last));
        let entries: Vec<&Entry> = self.given.timeline.iter().flatten().filter(happened).collect();
        let vocabulary = Vocabulary { tags: &self.tags, codes: &self.codes };
        let account = history::account(&entries, &vocabulary, self.currency, self.first)?;
        let mut facts = account.told(on, on, &history::conventions(), &wanted).facts;
        if facts.get("last_failure").is_none() {
            facts.set("last_failure", FactValue::Word(NO_CODE.into())).map_err(|error| error.to_string())?;
        }
        Ok(facts)
    }
}
