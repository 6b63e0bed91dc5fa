//! A treatment that waits is never overtaken by a stronger one.

use crate::{bound, cases, day, law};
use arrears::decide_today;
use arrears::draft::{Keyword, Statement};
use arrears::facts::Verb;
use arrears_testkit::generate::{Kinds, books};
use arrears_testkit::reference::{self, Turn};
use proptest::prelude::*;

fn strength(treatment: &Statement) -> u8 {
    let verb = treatment.act.as_ref().and_then(|call| Verb::from_word(&call.verb.text)).unwrap();
    verb.def().strength.unwrap_or(0)
}

fn gives_way_to(treatment: &Statement, other: &str) -> bool {
    let instead = treatment.act.as_ref().and_then(|call| call.option("instead"));
    instead.and_then(arrears::condition::Term::as_text) == Some(other)
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn a_resting_refused_or_unknown_treatment_is_never_overtaken_unless_it_gives_its_turn_away(book in books(Kinds::ALL)) {
        for facts in &book.accounts {
            let decision = decide_today(&book.policy, &bound(&book.policy, facts), &law(), day(), None);
            let record = decision.record(&book.policy, "A-1");
            let Some(name) = &record.treatment else { continue };
            let chosen = book.draft.statements.iter().find(|statement| statement.keyword == Keyword::Treatment && statement.name_text() == name);
            let found = reference::decide(&book.draft, facts);
            for (before, turn) in found.turns.iter().take_while(|(treatment, _)| treatment.name_text() != name) {
                let free = match turn {
                    Turn::Chosen(..) | Turn::Passed | Turn::Unavailable(_) | Turn::TooStrong => true,
                    Turn::Resting => gives_way_to(before, name),
                    Turn::Held(_) | Turn::Unknown(_) | Turn::Blocked | Turn::Paused => false,
                };
                prop_assert!(
                    free || strength(chosen.unwrap()) <= strength(before),
                    "{name} overtakes {}, which waits: {turn:?}\n{facts:?}", before.name_text()
                );
            }
        }
    }
}
