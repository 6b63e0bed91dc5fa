//! What satisfies a procedure: cases of the kinds `procedure_check` and `furnishing_permission`.

mod check;
mod furnishing;

pub(crate) use check::judge as check;
pub(crate) use furnishing::judge as furnishing;

use crate::contact::case::Moment;
use crate::contact::debts::Debts;
use crate::contact::local;
use crate::judge::Asked;
use crate::law::{close, troubles};
use arrears::guardrail::{Case, Contact, Standing, Told};
use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// Whether a procedure is satisfied on a date, by what is told and nothing else. These cases name
/// no zone: what happens in them has a date and no time.
///
/// # Errors
///
/// That no pack has the procedure, or that what it needs is not known.
fn satisfied(
    asked: &Asked<'_>,
    name: &str,
    on: NaiveDate,
    contacts: Vec<Contact>,
    events: BTreeMap<String, Option<NaiveDate>>,
    facts: BTreeMap<String, Told>,
) -> Result<bool, String> {
    let packs = asked.world.binding(asked.jurisdiction)?;
    let mut standing = Standing {
        jurisdiction: asked.jurisdiction.to_owned(),
        zones: vec![Tz::UTC.name().to_owned()],
        debts: Debts::of(None)?.told(),
        contacts: Some(contacts),
        preferences: Some(Vec::new()),
        consents: Some(Vec::new()),
        refusals: Some(Vec::new()),
        wrong_numbers: Some(Vec::new()),
        spells: Vec::new(),
        events,
        facts,
    };
    close(&mut standing, &packs);
    let law = asked.world.law(&[]);
    let case = Case::new(&law, &standing, local::end_of(on, Tz::UTC)?).map_err(troubles)?;
    let truth = case.procedure(name, on);
    let truth = truth.ok_or_else(|| {
        format!("jurisdiction: no pack in force on {on} has a procedure `{name}` in `{}`", asked.jurisdiction)
    })?;
    if truth.is_unknown() {
        return Err(format!("given: whether the procedure `{name}` is satisfied is not known"));
    }
    Ok(truth.is_true())
}

/// A moment of a date.
fn at_noon(on: NaiveDate) -> Moment {
    on.and_time(NaiveTime::MIN).and_utc().fixed_offset() + chrono::Duration::hours(12)
}
