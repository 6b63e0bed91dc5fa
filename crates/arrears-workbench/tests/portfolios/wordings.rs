//! Conditions in plain words: every kind of condition, of policies as they are written.

use super::load;
use arrears::condition::CondKind;
use arrears_testkit::generate::{Kinds, books};
use arrears_workbench::wording::{Anchors, Wording};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::mem::{Discriminant, discriminant};

/// A condition as it is written, and as it is said.
const SAID: &[(&str, &str)] = &[
    ("true", "always"),
    ("dpd in 31..=90", "from 31 to 90 days past due"),
    ("dpd in 1..31", "from 1 to below 31 days past due"),
    ("dpd > grace_days", "more than 3 days past due (grace days)"),
    ("30 <= dpd", "at least 30 days past due"),
    ("calls_made < 5", "fewer than 5 call attempts in this episode"),
    ("calls_made >= 1", "at least 1 call attempt in this episode"),
    ("calls_made == 0", "no call attempt in this episode"),
    ("overdue >= 1234.5", "the overdue amount is at least 1,234.50 EUR"),
    (
        "overdue > balance / 2 + fees",
        "the overdue amount is more than (the balance owed divided by 2) plus the fees charged and not yet paid",
    ),
    (
        "max(overdue, min_payment) == -abs(balance)",
        "the larger of the overdue amount and the minimum payment of the next due date is minus the size, without its \
         sign, of the balance owed",
    ),
    ("overdue ?? 5.00 > 1.00", "the overdue amount (where that is not known, 5.00 EUR) is more than 1.00 EUR"),
    ("dispute", "the debt is disputed"),
    ("!dispute", "the debt is not disputed"),
    ("dispute ?? true", "the debt is disputed (taken as so where it is not known)"),
    ("cause in [\"illness\", \"cash_flow\"]", "the known reason for the arrears is cash flow or illness"),
    ("ability != \"low\"", "ability to pay is not low"),
    ("!(number_mobile == \"objected\")", "the mobile number is not refused by the person"),
    ("debtor_type in [\"old\", \"other\"]", "the type is \u{201c}old\u{201d} or \u{201c}other\u{201d}"),
    ("debtor_type != \"old\"", "the type is not \u{201c}old\u{201d}"),
    ("product != \"card\"", "the product is not card"),
    ("known(overdue)", "the overdue amount is known"),
    ("!known(overdue)", "the overdue amount is not known"),
    ("not_yet(days_since_demand)", "no effective demand was ever made"),
    (
        "not_since(\"call\", \"first_missed\")",
        "no use of \u{201c}call\u{201d} since the first day late of this episode of arrears",
    ),
    ("days_since(\"call\") >= 0", "at least one use of \u{201c}call\u{201d} is on record"),
    ("days_since_rpc <= 7", "at most 7 days since the last conversation with the right person"),
    // Of what may be *never* a comparison is not turned round: both ways round it is false.
    ("!(days_since_rpc <= 7)", "it is not so that at most 7 days since the last conversation with the right person"),
    ("!(dpd >= 5)", "less than 5 days past due"),
    ("times(\"refused\", 60) >= 2", "at least 2 refusals to pay in the last 60 days"),
    ("opted_out(\"sms\")", "the person has refused text messages"),
    ("consent(\"email\")", "the person has consented to e-mails"),
    ("tag(\"vip\")", "the account carries the mark \u{201c}vip\u{201d}"),
    ("late && !plain", "\u{201c}late\u{201d}, and not \u{201c}plain\u{201d}"),
    (
        "dpd in 31..=90 && (promises_broken >= 1 || promise_vague)",
        "from 31 to 90 days past due, and (at least 1 broken promise in this episode of arrears, or the last promise \
         named no day or no sum)",
    ),
    ("!(dispute || fraud)", "none of these holds: the debt is disputed; fraud on the account is suspected or reported"),
    (
        "!(dispute && fraud)",
        "not all of these hold: the debt is disputed; fraud on the account is suspected or reported",
    ),
    ("risk >= 3", "\u{201c}risk\u{201d} is at least 3"),
    ("previous_stage == \"first\"", "the stage of the last decision is \u{201c}first\u{201d}"),
];

fn policy(when: &str) -> arrears::Policy {
    let text = format!(
        r#"
policy "words" #{{ version: "1", currency: "EUR", zone: "Europe/Berlin" }};
threshold grace_days = 3 #{{ from: 0, to: 7, why: "a test" }};
fact risk = 0 #{{ kind: "count", why: "a test" }};
define late = dpd >= 1;
define plain = overdue > 0.00 && dpd > grace_days && risk == 0;
debtor "old" when dpd > 90 && plain && late;
debtor "other" otherwise;
stage "first" when dpd >= 1;
treatment "call" in ["first"] when {when} do phone(#{{ at: "15:00", every: 3 }});
"#
    );
    load(&text).0
}

#[test]
fn every_kind_of_condition_is_said_in_plain_words() {
    let mut kinds: BTreeSet<String> = BTreeSet::new();
    let mut seen: Vec<Discriminant<CondKind>> = Vec::new();
    for (written, said) in SAID {
        let policy = policy(written);
        let anchors = Anchors::of_policy(&policy);
        let when = policy.treatments()[0].when.as_ref().unwrap();
        let found = Wording::of_policy(&policy, Some(&anchors)).condition(when).sentence().text();
        assert_eq!(&found, said, "{written}");
        when.each(&mut |part| {
            if !seen.contains(&discriminant(&part.kind)) {
                seen.push(discriminant(&part.kind));
                kinds.insert(format!("{:?}", part.kind).split(['(', ' ']).next().unwrap().to_owned());
            }
        });
    }
    let wanted = [
        "All",
        "Any",
        "Coalesce",
        "Compare",
        "Constant",
        "DebtorType",
        "Define",
        "Flag",
        "Known",
        "Not",
        "NotSince",
        "NotYet",
        "Within",
    ];
    assert_eq!(kinds.iter().map(String::as_str).collect::<Vec<_>>(), wanted);
}

#[test]
fn a_word_that_is_explained_nowhere_is_said_in_full() {
    let policy = policy("late");
    let when = policy.treatments()[0].when.as_ref().unwrap();
    assert_eq!(Wording::of_policy(&policy, None).condition(when).sentence().text(), "at least 1 day past due");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn no_name_of_a_column_is_left_in_what_is_said(book in books(Kinds { accounts: 1, ..Kinds::ALL })) {
        let anchors = Anchors::of_policy(&book.policy);
        let wording = Wording::of_policy(&book.policy, Some(&anchors));
        let mut said = Vec::new();
        book.policy.each_cond(&mut |cond| said.push(wording.condition(cond).sentence().text()));
        for sentence in said {
            prop_assert!(!sentence.is_empty());
            prop_assert!(!sentence.contains('_'), "{}", sentence);
        }
    }
}
