//! The shipped law, as the suite wants it.

use arrears::calendar::Calendar;
use arrears::facts::{Role, table};
use arrears::guardrail::{Standing, Told, Trouble};
use arrears::number::Kind;
use arrears::policy::pack::{Limit, Status};
use arrears::{Law, Pack};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The packs that are shipped.
///
/// The suite tests what a rule says, whether or not its text was verified: everything that ships
/// as unverified is enabled, and the report counts it.
#[derive(Debug)]
pub(crate) struct World {
    packs: Vec<Pack>,
}

/// Rules by which an excess is presumed to break the law.
#[derive(Debug, Default)]
pub(crate) struct Counting {
    /// Those that count calls, with the class that each counts.
    pub(crate) calls: Vec<(String, String)>,
    /// Those that rest after a conversation.
    pub(crate) conversations: Vec<String>,
}

impl World {
    /// Everything that is shipped.
    pub(crate) fn shipped() -> Self {
        Self { packs: arrears_rules::shipped_law().packs().to_vec() }
    }

    /// The rules that bind nobody unless they are enabled, because their text was not verified.
    pub(crate) fn unverified(&self) -> Vec<String> {
        let rules = self.packs.iter().flat_map(Pack::citations);
        let unverified = rules.filter(|citation| citation.status == Status::Unverified);
        unverified.map(|citation| citation.rule.clone()).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The packs that bind in a jurisdiction.
    ///
    /// # Errors
    ///
    /// That none does.
    pub(crate) fn binding(&self, jurisdiction: &str) -> Result<Vec<&Pack>, String> {
        let packs: Vec<&Pack> = self.packs.iter().filter(|pack| pack.head().binds(jurisdiction)).collect();
        if packs.is_empty() {
            return Err(format!("jurisdiction: no pack that is shipped binds in `{jurisdiction}`"));
        }
        Ok(packs)
    }

    /// The rules of the binding packs that presume from a count or from a conversation.
    pub(crate) fn presumptions(&self, jurisdiction: &str, on: NaiveDate) -> Counting {
        let mut counting = Counting::default();
        let packs = self.packs.iter().filter(|pack| pack.head().binds(jurisdiction) && pack.head().in_force(on));
        for (pack, rule) in packs.flat_map(|pack| pack.rules().iter().map(move |rule| (pack, rule))) {
            if !rule.presumes || !rule.citation.in_days(on) {
                continue;
            }
            let id = &rule.citation.rule;
            match rule.limit {
                // Of the parts of a rule the first says what it counts.
                Limit::AtMost { class, .. } if counting.calls.iter().all(|(known, _)| known != id) => {
                    let class = pack.classes().get(class).map(|class| class.name.clone());
                    counting.calls.push((id.clone(), class.unwrap_or_default()));
                }
                Limit::Rest { .. } => counting.conversations.push(id.clone()),
                Limit::AtMost { .. } | Limit::Refuse | Limit::KeepHours(_) => {}
            }
        }
        counting
    }

    /// The last day on which the source of a binding pack was read.
    ///
    /// # Errors
    ///
    /// That no pack binds, or none says when it was.
    pub(crate) fn last_verified(&self, jurisdiction: &str) -> Result<NaiveDate, String> {
        let verified = self.binding(jurisdiction)?.iter().filter_map(|pack| pack.head().verified_on).max();
        verified.ok_or_else(|| format!("jurisdiction: no pack of `{jurisdiction}` says when its source was read"))
    }

    /// The law with these holidays and no others.
    pub(crate) fn law(&self, holidays: &[NaiveDate]) -> Law {
        law(self.packs.clone(), holidays)
    }

    /// The law with these holidays and no others, some packs of which were changed.
    pub(crate) fn law_of(
        &self,
        holidays: &[NaiveDate],
        change: impl Fn(&Pack) -> Result<Pack, String>,
    ) -> Result<Law, String> {
        Ok(law(self.packs.iter().map(change).collect::<Result<_, _>>()?, holidays))
    }
}

/// The law of some packs; whichever calendar they ask has the holidays of the case.
fn law(packs: Vec<Pack>, holidays: &[NaiveDate]) -> Law {
    let calendars: BTreeSet<String> = packs.iter().filter_map(|pack| pack.head().calendar.clone()).collect();
    let law = calendars.into_iter().fold(Law::of(packs), |law, name| {
        law.with_calendar(Calendar::of_days(name, holidays.iter().map(|day| (*day, "holiday"))))
    });
    law.with_unverified()
}

/// Says of every fact that packs read, and that nothing is told of, that it does not restrict: a
/// flag is not set, a number is zero, and what can be *never* never happened, events among it.
pub(crate) fn close(standing: &mut Standing, packs: &[&Pack]) {
    for event in packs.iter().flat_map(|pack| pack.events()) {
        standing.events.entry(event.to_owned()).or_insert(None);
    }
    for input in packs.iter().flat_map(|pack| pack.inputs()) {
        let given = table::find(&input.name).is_some_and(|fact| matches!(fact.role, Role::Input | Role::Derived));
        let told = standing.facts.contains_key(&input.name)
            || standing.spells.iter().any(|spell| spell.fact == input.name)
            || standing.debts.iter().all(|debt| debt.facts.contains_key(&input.name));
        if !given || told {
            continue;
        }
        let absent = match input.kind {
            Kind::Flag => Told::Flag(false),
            Kind::Days | Kind::Count if input.never => Told::Word("never".to_owned()),
            Kind::Days | Kind::Count => Told::Number(0),
            _ => continue,
        };
        standing.facts.insert(input.name.clone(), absent);
    }
}

/// What the engine finds wrong with what it was told, in one line.
pub(crate) fn troubles(found: Vec<Trouble>) -> String {
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    format!("given: as told to the engine: {}", found.join("; "))
}
