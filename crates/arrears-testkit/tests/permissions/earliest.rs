//! The first moment at which a contact may be made: it is permitted then, and at no minute before.

use crate::cases;
use arrears::guardrail::{Answer, Case, Contact};
use arrears_testkit::generate::{Matters, matters};
use chrono::{DateTime, Duration, FixedOffset};
use proptest::prelude::*;

const ALL: Matters = Matters { defaults: true, unknown: 4, rules: 4, proposals: 1 };
/// Minutes that are tried one by one.
const MINUTES: i64 = 30 * 60;
/// Hours after that which are tried here and there, up to the end of the year that the engine looks ahead.
const HOURS: i64 = 366 * 24 - 48;

fn answer(case: &Case, contact: &Contact, at: DateTime<FixedOffset>) -> Answer {
    case.answer(&Contact { at, ..contact.clone() }).unwrap()
}

/// The moments after a contact, before another: every minute of a day and more, then one every so often.
fn before(contact: &Contact, end: Option<DateTime<FixedOffset>>) -> impl Iterator<Item = DateTime<FixedOffset>> {
    let whole = contact.at + Duration::seconds((60 - contact.at.timestamp().rem_euclid(60)) % 60);
    let minutes = (0..MINUTES).map(move |minute| whole + Duration::minutes(minute));
    let later = (30..HOURS).step_by(17).map(move |hour| whole + Duration::minutes(hour * 60));
    minutes.chain(later).take_while(move |at| end.is_none_or(|end| *at < end))
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn a_contact_is_permitted_at_its_first_moment_and_at_no_minute_before(matter in matters(ALL)) {
        let case = matter.case().unwrap();
        for contact in &matter.proposed {
            let said = case.permission(contact).unwrap();
            if let Some(at) = said.earliest {
                prop_assert!(at >= contact.at);
                prop_assert_eq!(answer(&case, contact, at), Answer::Allow);
            }
            if let Some(at) = said.earliest_unblocked {
                prop_assert!(at >= contact.at && said.earliest.is_none_or(|earliest| at <= earliest));
                prop_assert_ne!(answer(&case, contact, at), Answer::Block);
            }
            prop_assert_eq!(said.answer == Answer::Allow, said.earliest.is_some_and(|at| at == contact.at));
            prop_assert_eq!(said.answer != Answer::Block, said.earliest_unblocked.is_some_and(|at| at == contact.at));
            if matter.standing.zones.is_empty() {
                // By no clock that is known can a moment be named.
                continue;
            }
            for at in before(contact, said.earliest) {
                let answer = answer(&case, contact, at);
                prop_assert_ne!(answer, Answer::Allow, "at {}, before {:?}", at, said.earliest);
                let blocked = said.earliest_unblocked.is_none_or(|unblocked| at < unblocked);
                prop_assert!(!blocked || answer == Answer::Block, "{answer:?} at {at}, before {:?}", said.earliest_unblocked);
            }
        }
    }
}
