//! The next review: every open account has one, and before it nothing changes.

use crate::seen::seen;
use crate::{bound, cases, day, law};
use arrears::decide::{MOST_REDECISIONS, advance, redecisions};
use arrears::{decide, decide_today};
use arrears_testkit::generate::{Kinds, RowStyle, books};
use arrears_testkit::nights::tomorrow;
use chrono::Days;
use proptest::prelude::*;

/// Nights that are tried one by one.
const NIGHTS: u64 = 366;

const KINDS: Kinds = Kinds { defaults: true, rows: RowStyle { assessed: false, huge: true }, accounts: 3 };

proptest! {
    #![proptest_config(cases(1200))]

    #[test]
    fn every_open_account_has_an_action_or_a_dated_review(book in books(Kinds::ALL)) {
        for facts in &book.accounts {
            let row = bound(&book.policy, facts);
            let decision = decide(&book.policy, &row, &law(), day());
            if book.policy.is_closed(&row) {
                prop_assert_eq!(decision.next_review_on, None);
            } else {
                let review = decision.next_review_on.unwrap();
                prop_assert!(review > day() && review <= day() + Days::new(366));
            }
        }
    }

    #[test]
    fn an_account_is_decided_again_no_more_often_than_is_stated(book in books(Kinds::ALL)) {
        for facts in &book.accounts {
            let row = bound(&book.policy, facts);
            let again = redecisions(&book.policy, &row, day());
            prop_assert!(again <= MOST_REDECISIONS);
            if decide(&book.policy, &row, &law(), day()).review_exact {
                prop_assert!(again > 0, "a day is called exact on which nobody decided");
            }
        }
    }

    #[test]
    fn before_the_next_review_nothing_changes_by_time_alone(book in books(KINDS)) {
        for facts in &book.accounts {
            let mut row = bound(&book.policy, facts);
            let first = decide(&book.policy, &row, &law(), day());
            let Some(review) = first.next_review_on else { continue };
            let mut night = first.clone();
            for days in 1..=NIGHTS {
                let today = day() + Days::new(days);
                if today >= review {
                    break;
                }
                row = tomorrow(&book.policy, &row, &night).unwrap();
                night = decide_today(&book.policy, &row, &law(), today, None);
                prop_assert_eq!(seen(&book.policy, &first), seen(&book.policy, &night), "after {} days, review on {}\n{:?}", days, review, facts);
            }
        }
    }

    #[test]
    fn before_the_next_review_nothing_changes_if_nobody_decides_meanwhile(book in books(KINDS)) {
        for facts in &book.accounts {
            let row = bound(&book.policy, facts);
            let first = decide(&book.policy, &row, &law(), day());
            let Some(review) = first.next_review_on else { continue };
            let mut later = tomorrow(&book.policy, &row, &first).unwrap();
            for days in 1..=NIGHTS {
                let today = day() + Days::new(days);
                if today >= review {
                    break;
                }
                let then = decide_today(&book.policy, &later, &law(), today, None);
                prop_assert_eq!(seen(&book.policy, &first), seen(&book.policy, &then), "after {} days, review on {}\n{:?}", days, review, facts);
                later = advance(&book.policy, &later).unwrap();
            }
        }
    }

    #[test]
    fn a_review_that_is_exact_finds_something_changed(book in books(KINDS)) {
        for facts in &book.accounts {
            let mut row = bound(&book.policy, facts);
            let first = decide(&book.policy, &row, &law(), day());
            let Some(review) = first.next_review_on.filter(|_| first.review_exact) else { continue };
            let days = u64::try_from((review - day()).num_days()).unwrap();
            if days > NIGHTS {
                continue;
            }
            let mut night = first.clone();
            for days in 1..=days {
                row = tomorrow(&book.policy, &row, &night).unwrap();
                night = decide_today(&book.policy, &row, &law(), day() + Days::new(days), None);
            }
            prop_assert_ne!(seen(&book.policy, &first), seen(&book.policy, &night), "review on {}\n{:?}", review, facts);
        }
    }
}
