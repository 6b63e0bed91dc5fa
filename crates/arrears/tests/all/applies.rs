//! Which accounts a policy is for, as its `applies when` says.

use arrears::build::{Build, Expr, Line, fact, number};
use arrears::condition::Truth;
use arrears::draft::Keyword;
use arrears::policy::NotFor;
use arrears::trial::{run_tests, sample_invariants};
use arrears::{Cell, Facts, Money, Policy, Value, table};
use proptest::prelude::*;

fn book(applies: impl Into<Expr>) -> Policy {
    Build::policy("cards", "EUR")
        .add(
            Line::new(Keyword::Fact)
                .name("risk")
                .value(number("0.10").unwrap())
                .option("kind", "ratio")
                .option("valid_days", 35),
        )
        .add(Line::new(Keyword::Applies).when(applies))
        .stage("reminder", fact("dpd").ge(1))
        .check()
        .unwrap()
}

fn euro(amount: &str) -> Money {
    Money::new(amount.parse().unwrap(), "EUR".parse().unwrap()).unwrap()
}

fn late(days: i64) -> Facts {
    Facts::new("A-1", "EUR".parse().unwrap()).with(table::DPD, days)
}

fn why_not(policy: &Policy, facts: &Facts) -> Option<String> {
    policy.not_for(&policy.bind(facts).unwrap()).map(|not_for| not_for.to_string())
}

#[test]
fn a_policy_without_applies_when_is_for_every_account() {
    let policy = Build::policy("all", "EUR").stage("reminder", fact("dpd").ge(1)).check().unwrap();
    let row = policy.bind(&late(3)).unwrap();
    assert_eq!((policy.applies_to(&row), policy.not_for(&row)), (Truth::True, None));
    assert_eq!(policy.applies_reads(), []);
}

#[test]
fn a_policy_says_why_it_is_not_for_an_account() {
    let policy = book(fact("product").is("card").and(!fact("sold")));
    let card = late(3).with(table::PRODUCT, "card");
    assert_eq!(why_not(&policy, &card.clone().with(table::SOLD, false)), None);
    let sold = why_not(&policy, &card.clone().with(table::SOLD, true)).unwrap();
    assert!(sold.starts_with("the policy `cards` does not apply: `product in [\"card\"]"), "{sold}");
    assert!(sold.ends_with("is false"), "{sold}");
    let unknown = |facts: &Facts| why_not(&policy, facts).unwrap();
    assert_eq!(unknown(&card), "it cannot be told whether the policy `cards` applies: `sold` is not known");
    assert_eq!(
        unknown(&late(3)),
        "it cannot be told whether the policy `cards` applies: `product` and `sold` are not known"
    );
}

#[test]
fn what_cannot_change_the_answer_is_not_asked_for() {
    let policy = book(fact("product").is("card").and(!fact("sold")));
    let loan = late(3).with(table::PRODUCT, "loan");
    assert!(matches!(policy.not_for(&policy.bind(&loan).unwrap()), Some(NotFor::Others { .. })));
}

#[test]
fn a_missing_fact_is_named_behind_what_is_computed_from_it() {
    let policy = book(fact("utilisation").ge(number("0.50").unwrap()));
    let full = late(3).with(table::BALANCE, euro("80.00"));
    assert_eq!(
        why_not(&policy, &full).unwrap(),
        "it cannot be told whether the policy `cards` applies: `credit_limit` is not known"
    );
    assert_eq!(why_not(&policy, &full.with(table::CREDIT_LIMIT, euro("100.00"))), None);
}

#[test]
fn the_facts_that_must_be_read_are_those_asked_for_and_those_behind_them() {
    let names = |policy: &Policy| {
        let reads = policy.applies_reads();
        let mut names: Vec<_> = reads.iter().map(|id| policy.input(*id).unwrap().name.clone()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&book(fact("product").is("card"))), ["product"]);
    assert_eq!(
        names(&book(fact("utilisation").ge(number("0.50").unwrap()))),
        ["balance", "credit_limit", "utilisation"]
    );
    assert_eq!(
        names(&book(fact("bucket").ge(2).or(fact("risk").ge(number("0.50").unwrap())))),
        ["bucket", "dpd", "risk", "risk_age"]
    );
}

#[test]
fn what_a_contact_taught_does_not_move_an_account_to_another_policy() {
    let policy = Build::policy("cards", "EUR")
        .add(Line::new(Keyword::Applies).when(!fact("deceased")))
        .add(
            Line::new(Keyword::Hold)
                .name("dead")
                .when(fact("deceased"))
                .option("stops", arrears::build::texts(&["contact"])),
        )
        .outcome("deceased_reported", "mark", &[("fact", "deceased".into())])
        .stage("reminder", fact("dpd").ge(1))
        .check()
        .unwrap();
    let taught = [("learned_deceased", Value::Flag(true)), ("learned_days_deceased", Value::Days(3))];
    let mut facts = late(3).with(table::DECEASED, false);
    for (name, value) in taught {
        facts.set(name, value).unwrap();
    }
    let row = policy.bind(&facts).unwrap();
    assert_eq!(row.cell(policy.find_input("deceased").unwrap()), Cell::TRUE);
    assert_eq!(policy.applies_to(&row), Truth::True);
}

#[test]
fn a_policy_decides_from_its_first_day_to_its_last() {
    let loaded = |from: &str, to: &str| {
        let head = Line::new(Keyword::Policy).name("cards").option("version", "1").option("currency", "EUR");
        let head = if from.is_empty() { head } else { head.option("from", from) };
        let head = if to.is_empty() { head } else { head.option("to", to) };
        let stage = Line::new(Keyword::Stage).name("reminder").when(fact("dpd").ge(1));
        let types = Line::new(Keyword::Debtor).name("anybody").otherwise();
        let draft = arrears::draft::Draft {
            statements: vec![head.statement(), types.statement(), stage.statement()],
            ..Default::default()
        };
        arrears::Policy::check(&draft, &[])
    };
    for (from, to, inside, term) in [
        ("", "", [true; 4], "on every day"),
        ("2026-02-01", "", [false, true, true, true], "from 2026-02-01 on"),
        ("", "2026-02-28", [true, true, true, false], "until 2026-02-28"),
        ("2026-02-01", "2026-02-28", [false, true, true, false], "from 2026-02-01 to 2026-02-28"),
    ] {
        let checked = loaded(from, to);
        let policy = checked.policy.unwrap_or_else(|| panic!("{:?}", checked.problems));
        let days = ["2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01"];
        assert_eq!(days.map(|day| policy.in_force(day.parse().unwrap())), inside, "{term}");
        assert_eq!(policy.head().term(), term);
    }
}

/// A condition over facts of every sort, by number.
fn applies(choice: u8) -> Expr {
    let half = || number("0.50").unwrap();
    match choice % 6 {
        0 => fact("product").is("card"),
        1 => fact("bucket").ge(2),
        2 => fact("utilisation").ge(half()),
        3 => fact("risk").ge(half()),
        4 => fact("product").is("card").or(fact("sold")),
        _ => fact("bucket").ge(2).and(fact("utilisation").lt(half())).or(fact("product").is_not("loan")),
    }
}

proptest! {
    #[test]
    fn cells_as_a_table_gives_them_answer_as_the_finished_row_does(
        choice in any::<u8>(),
        dpd in prop::option::of(0_u32..100),
        product in prop::option::of(0_usize..3),
        sold in prop::option::of(any::<bool>()),
        amounts in prop::array::uniform2(prop::option::of(0_u32..3)),
        risk in prop::array::uniform2(prop::option::of(0_i64..60)),
    ) {
        let policy = book(applies(choice));
        let mut cells = policy.empty_row();
        let mut put = |name: &str, cell: Option<Cell>| {
            if let (Some(id), Some(cell)) = (policy.find_input(name), cell) {
                cells[id.index()] = cell;
            }
        };
        let word = product.map(|at| policy.find_input("product").and_then(|id| policy.input(id)?.word(["card", "loan", "lease"][at])));
        put("product", word.flatten());
        put("dpd", dpd.map(|dpd| Cell::number(dpd.into())));
        put("sold", sold.map(Cell::flag));
        put("balance", amounts[0].map(|amount| Cell::number(amount.into())));
        put("credit_limit", amounts[1].map(|amount| Cell::number(amount.into())));
        put("risk", risk[0].map(|share| Cell::number(share * 20_000)));
        put("risk_age", risk[1].map(Cell::number));
        let row = policy.row(cells.clone()).unwrap();
        // Cells that need not be read are left out.
        let reads = policy.applies_reads();
        let mut only = policy.empty_row();
        for id in reads {
            only[id.index()] = cells[id.index()];
        }
        prop_assert_eq!(policy.not_for(&row), policy.not_for_cells(only));
        let truth = policy.applies_to(&row);
        prop_assert_eq!(truth.is_false(), matches!(policy.not_for(&row), Some(NotFor::Others { .. })));
        prop_assert_eq!(truth.is_unknown(), matches!(policy.not_for(&row), Some(NotFor::Unknown { .. })));
    }
}

#[test]
fn never_is_tried_on_accounts_of_the_policy_only() {
    let policy = |word: &str| {
        Build::policy("cards", "EUR")
            .assume("opted_out(letter)", false, "letters need no consent")
            .add(Line::new(Keyword::Applies).when(fact("product").is("card")))
            .add(
                Line::new(Keyword::Never)
                    .name("no letter")
                    .when(fact("product").is(word).and(fact("action").is("letter"))),
            )
            .stage("reminder", fact("dpd").ge(1))
            .treatment("letter", &["reminder"], "letter")
            .check()
            .unwrap()
    };
    assert_eq!(sample_invariants(&policy("loan"), 2_000), []);
    assert_eq!(sample_invariants(&policy("card"), 2_000).len(), 1);
    assert_eq!(run_tests(&policy("card")), []);
}
