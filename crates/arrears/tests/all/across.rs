//! One person's accounts under several policies: one contact, and holds that bind all of them.

use arrears::build::{Build, Line, fact, texts};
use arrears::decide::{AcrossSettlement, Claim, Member, Settlement, decide_today};
use arrears::draft::Keyword;
use arrears::{Facts, Law, Money, Policy, table};
use proptest::prelude::*;

/// A policy that texts whoever is late; `hold` is what it calls its hold on the dead.
fn policy(name: &str, currency: &str, hold: Option<&str>) -> Policy {
    let mut build = Build::policy(name, currency)
        .assume("opted_out(sms)", false, "no objections are kept")
        .assume("opted_out(letter)", false, "no objections are kept")
        .stage("reminder", fact("dpd").ge(1).and(fact("overdue").ge(0)));
    if let Some(hold) = hold {
        let stops = Line::new(Keyword::Hold).name(hold).when(fact("deceased"));
        build = build.add(stops.option("stops", texts(&["contact"])).option("scope", "customer"));
    }
    build.treatment("write", &["reminder"], "letter").check().unwrap()
}

fn law() -> Law {
    Law::none("a test").unwrap()
}

/// An account of a policy: days past due, minor units overdue, whether its holder is dead.
fn member<'p>(
    account: &'static str,
    (position, policy): (u16, &'p Policy),
    (dpd, overdue, deceased): (i64, i64, bool),
) -> Member<'p, &'static str> {
    let currency = policy.head().currency;
    let mut facts = Facts::new(account, currency).with(table::DPD, dpd);
    facts = facts.with(table::OVERDUE, Money::new(overdue.into(), currency).unwrap());
    if policy.find_input("deceased").is_some() {
        facts = facts.with(table::DECEASED, deceased);
    }
    let row = policy.bind(&facts).unwrap();
    let decision = decide_today(policy, &row, &law(), "2026-03-31".parse().unwrap(), None);
    Member { account, policy, claim: Claim::of(policy, &row, &decision).under(position) }
}

fn rides<A>(settled: &AcrossSettlement, members: &[A]) -> Vec<Option<usize>> {
    (0..members.len()).map(|index| settled.rides_with(index)).collect()
}

#[test]
fn of_accounts_under_several_policies_the_latest_leads_and_the_others_ride_along() {
    let (cards, loans) = (policy("cards", "EUR", Some("deceased")), policy("loans", "EUR", Some("deceased")));
    let members = [
        member("A", (0, &cards), (5, 900, false)),
        member("B", (1, &loans), (9, 100, false)),
        member("C", (0, &cards), (7, 100, false)),
    ];
    assert_eq!(rides(&AcrossSettlement::of(&members), &members), [Some(1), None, Some(1)]);
}

#[test]
fn amounts_are_compared_in_one_currency_only() {
    let (cards, yen) = (policy("cards", "EUR", None), policy("loans", "JPY", None));
    let loans = policy("loans", "EUR", None);
    let lead = |other: &Policy, overdue: i64| {
        let members = [member("A", (0, &cards), (5, 900, false)), member("B", (1, other), (5, overdue, false))];
        AcrossSettlement::of(&members).rides_with(0).is_none()
    };
    assert!(lead(&loans, 100) && !lead(&loans, 1_000));
    // Otherwise the first account by name leads.
    assert!(lead(&yen, 100) && lead(&yen, 1_000));
}

#[test]
fn a_hold_on_the_person_binds_accounts_of_other_policies_by_its_name() {
    let (cards, loans) = (policy("cards", "EUR", Some("deceased")), policy("loans", "EUR", Some("deceased")));
    let members = [member("A", (0, &cards), (5, 900, true)), member("B", (1, &loans), (9, 100, false))];
    let settled = AcrossSettlement::of(&members);
    assert_eq!((settled.bound(0).len(), settled.bound(1).len()), (1, 1));
    assert_eq!(rides(&settled, &members), [None, None]);
    assert_eq!((settled.strange(0), settled.strange(1)), (None, None));
}

#[test]
fn where_a_policy_has_no_hold_of_that_name_its_account_must_not_be_decided_and_leads_nobody() {
    let (cards, loans) = (policy("cards", "EUR", Some("deceased")), policy("loans", "EUR", None));
    let members = [
        member("A", (0, &cards), (5, 900, true)),
        member("B", (1, &loans), (9, 100, false)),
        member("C", (0, &cards), (5, 900, false)),
    ];
    let settled = AcrossSettlement::of(&members);
    let strange = settled.strange(1).unwrap().to_string();
    assert_eq!(
        strange,
        "the hold \"deceased\" of the policy `cards` binds all accounts of the person, and the policy `loans` has no hold of that name: give it one"
    );
    assert_eq!((settled.strange(0), settled.strange(2)), (None, None));
    assert_eq!(rides(&settled, &members), [None, None, None]);
}

proptest! {
    #[test]
    fn under_one_policy_it_is_settled_as_ever(
        accounts in prop::collection::vec((0_i64..4, 0_i64..3, any::<bool>()), 2..6),
    ) {
        const NAMES: [&str; 6] = ["A", "B", "C", "D", "E", "F"];
        let cards = policy("cards", "EUR", Some("deceased"));
        let members: Vec<_> =
            NAMES.iter().zip(accounts).map(|(name, of)| member(name, (3, &cards), of)).collect();
        let claims: Vec<_> = members.iter().map(|member| (member.account, member.claim.clone())).collect();
        let (wanted, settled) = (Settlement::of(&cards, &claims), AcrossSettlement::of(&members));
        prop_assert_eq!(wanted.bound(), settled.bound(3));
        for index in 0..members.len() {
            prop_assert_eq!(wanted.rides_with(index), settled.rides_with(index));
            prop_assert_eq!(settled.strange(index), None);
        }
    }

    #[test]
    fn at_most_one_contact_goes_out_and_the_order_of_the_accounts_changes_nothing(
        accounts in prop::collection::vec((0_i64..4, 0_i64..3, any::<bool>(), 0_usize..3), 2..6),
        turn in 0_usize..6,
    ) {
        const NAMES: [&str; 6] = ["A", "B", "C", "D", "E", "F"];
        let all = [policy("a", "EUR", Some("dead")), policy("b", "EUR", Some("dead")), policy("c", "JPY", None)];
        let of = |(name, (dpd, overdue, dead, which)): (&&'static str, (i64, i64, bool, usize))| {
            member(name, (u16::try_from(which).unwrap(), &all[which]), (dpd, overdue, dead))
        };
        let members: Vec<_> = NAMES.iter().zip(accounts).map(of).collect();
        let mut turned = members.clone();
        turned.rotate_left(turn % members.len());
        let (one, other) = (AcrossSettlement::of(&members), AcrossSettlement::of(&turned));
        let dead = members.iter().any(|member| one.bound(member.claim.position()).iter().any(|(_, truth)| truth.is_true()));
        for (index, member) in members.iter().enumerate() {
            let there = turned.iter().position(|turned| turned.account == member.account).unwrap();
            let account = |index: usize| members[index].account;
            prop_assert_eq!(one.rides_with(index).map(account), other.rides_with(there).map(|index| turned[index].account));
            prop_assert_eq!(one.strange(index).is_some(), other.strange(there).is_some());
            prop_assert_eq!(one.strange(index).is_some(), dead && member.claim.position() == 2);
        }
        let leaders: std::collections::BTreeSet<_> = (0..members.len()).filter_map(|index| one.rides_with(index)).collect();
        prop_assert!(leaders.len() <= 1);
    }
}
