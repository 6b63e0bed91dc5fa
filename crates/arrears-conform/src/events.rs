//! Events of law, of which a case says little.

use arrears::facts::LEGAL_EVENTS;
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

/// Notices that the law asks for. Duties are taken as fulfilled: they were sent long ago.
const NOTICES: [&str; 6] = [
    "written_notice",
    "validation_notice",
    "initial_communication",
    "creditor_notice",
    "default_notice",
    "agent_intimation",
];

/// Ten years: long ago.
const LONG: Days = Days::new(3_652);

/// Every event of law, of which nothing is said, as of a date: notices were sent long ago, and
/// nothing else ever happened.
pub(crate) fn before(on: NaiveDate) -> BTreeMap<String, Option<NaiveDate>> {
    let long_ago = on.checked_sub_days(LONG).unwrap_or(NaiveDate::MIN);
    LEGAL_EVENTS.map(|event| (event.to_owned(), NOTICES.contains(&event).then_some(long_ago))).into()
}
