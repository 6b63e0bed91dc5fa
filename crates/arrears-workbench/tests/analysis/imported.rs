//! An overdue configuration and the policy made of it put every account into the same state.

use arrears::{Facts, Law, Money, Policy, Value, decide_today};
use arrears_workbench::overdue_config::{Imported, Settings, import};
use proptest::prelude::*;
use std::fmt::Write as _;

fn settings() -> Settings {
    let zone = Some("America/New_York".to_owned());
    Settings { file: "overdue.xml".to_owned(), currency: "USD".parse().unwrap(), zone }
}

fn states(inner: &str) -> String {
    format!("<overdueConfig>\n<accountOverdueStates>\n{inner}\n</accountOverdueStates>\n</overdueConfig>")
}

/// What one state asks for, as the file says it.
#[derive(Clone, Debug)]
struct Rule {
    invoices: Option<u32>,
    cents: Option<i64>,
    age: Option<(&'static str, u32)>,
    failures: Vec<&'static str>,
    tagged: bool,
    untagged: bool,
}

#[derive(Clone, Debug)]
struct Account {
    invoices: u32,
    cents: i64,
    days: u32,
    failure: &'static str,
    tag: bool,
    other_tag: bool,
}

const FAILURES: [&str; 3] = ["INSUFFICIENT_FUNDS", "LOST_OR_STOLEN_CARD", "TEMPORARY_BLOCK"];

fn rule() -> impl Strategy<Value = Rule> {
    let unit = prop::sample::select(vec!["DAYS", "WEEKS", "MONTHS", "YEARS"]);
    let age = prop::option::of((unit, 0..9_u32));
    let failures = prop::sample::subsequence(FAILURES.to_vec(), 0..=2);
    (prop::option::of(0..4_u32), prop::option::of(0..30_000_i64), age, failures, any::<bool>(), any::<bool>()).prop_map(
        |(invoices, cents, age, failures, tagged, untagged)| Rule { invoices, cents, age, failures, tagged, untagged },
    )
}

fn account() -> impl Strategy<Value = Account> {
    let failure = prop::sample::select(FAILURES.to_vec());
    (0..5_u32, 0..30_000_i64, 0..400_u32, failure, any::<bool>(), any::<bool>()).prop_map(
        |(invoices, cents, days, failure, tag, other_tag)| Account { invoices, cents, days, failure, tag, other_tag },
    )
}

impl Account {
    /// Months of thirty-one days will do: the policy is told days and months apart.
    fn months(&self) -> u32 {
        self.days / 31
    }

    fn fits(&self, rule: &Rule) -> bool {
        let aged = rule.age.is_none_or(|(unit, number)| match unit {
            "DAYS" => self.days >= number,
            "WEEKS" => self.days >= 7 * number,
            "MONTHS" => self.months() >= number,
            _ => self.months() >= 12 * number,
        });
        aged && rule.invoices.is_none_or(|least| self.invoices >= least)
            && rule.cents.is_none_or(|least| self.cents >= least)
            && (rule.failures.is_empty() || rule.failures.contains(&self.failure))
            && (!rule.tagged || self.tag)
            && (!rule.untagged || !self.other_tag)
    }

    fn stage(&self, policy: &Policy) -> String {
        let currency = settings().currency;
        let mut facts = Facts::new("A-1", currency);
        let mut set = |name: &str, value| {
            // A policy that does not read a tag does not know it.
            let _unknown = facts.set(name, value);
        };
        set("unpaid_items", Value::Count(self.invoices.into()));
        set("overdue", Value::Money(Money::from_minor(self.cents, currency)));
        set("oldest_unpaid_age", Value::Days(self.days.into()));
        set("months_since_oldest_unpaid", Value::Count(self.months().into()));
        set("last_failure", Value::Word(self.failure.into()));
        set("tag_OVERDUE_TEST", Value::Flag(self.tag));
        set("tag_OTHER", Value::Flag(self.other_tag));
        let row = policy.bind(&facts).unwrap();
        let law = Law::none("a test").unwrap();
        let decision = decide_today(policy, &row, &law, "2026-03-31".parse().unwrap(), None);
        decision.record(policy, "A-1").stage
    }
}

fn xml(rules: &[Rule]) -> String {
    let mut text = String::new();
    for (index, rule) in rules.iter().enumerate() {
        let _ = writeln!(text, "<state name=\"OD{index}\"><condition>");
        if let Some(count) = rule.invoices {
            let _ = writeln!(
                text,
                "<numberOfUnpaidInvoicesEqualsOrExceeds>{count}</numberOfUnpaidInvoicesEqualsOrExceeds>"
            );
        }
        if let Some(cents) = rule.cents {
            let (name, whole, part) = ("totalUnpaidInvoiceBalanceEqualsOrExceeds", cents / 100, cents % 100);
            let _ = writeln!(text, "<{name}>{whole}.{part:02}</{name}>");
        }
        if let Some((unit, number)) = rule.age {
            let name = "timeSinceEarliestUnpaidInvoiceEqualsOrExceeds";
            let _ = writeln!(text, "<{name}><unit>{unit}</unit><number>{number}</number></{name}>");
        }
        if !rule.failures.is_empty() {
            let each: String = rule.failures.iter().map(|code| format!("<response>{code}</response>")).collect();
            let _ = writeln!(text, "<responseForLastFailedPaymentIn>{each}</responseForLastFailedPaymentIn>");
        }
        if rule.tagged {
            let _ = writeln!(text, "<controlTagInclusion>OVERDUE_TEST</controlTagInclusion>");
        }
        if rule.untagged {
            let _ = writeln!(text, "<controlTagExclusion>OTHER</controlTagExclusion>");
        }
        let _ = writeln!(text, "</condition><externalMessage>Reached \"OD{index}\"</externalMessage></state>");
    }
    states(&text)
}

fn policy(imported: &Imported) -> Policy {
    let loaded = arrears_rules::load_source("overdue.rhai", &imported.policy, &[]);
    assert!(loaded.problems.iter().all(|problem| !problem.is_error()), "{}\n{:?}", imported.policy, loaded.problems);
    loaded.policy.unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_account_is_in_the_first_state_whose_condition_holds(
        rules in prop::collection::vec(rule(), 1..5),
        accounts in prop::collection::vec(account(), 8),
    ) {
        let imported = import(&xml(&rules), &settings()).unwrap();
        let policy = policy(&imported);
        for account in &accounts {
            let first = rules.iter().position(|rule| account.fits(rule));
            let expected = first.map_or("current".to_owned(), |index| format!("OD{index}"));
            prop_assert_eq!(account.stage(&policy), expected, "{:?}\n{}", account, imported.policy);
        }
        let failed: Vec<_> = arrears::trial::run_tests(&policy).into_iter().filter(|test| !test.passed()).collect();
        prop_assert!(failed.is_empty(), "{:?}\n{}", failed, imported.policy);
    }

    #[test]
    fn whatever_is_cut_out_of_a_file_is_an_error_or_a_policy(
        rules in prop::collection::vec(rule(), 1..3),
        from in 0..1_000_usize,
        length in 0..40_usize,
    ) {
        let mut text = xml(&rules);
        let from = text.len() * from / 1_000;
        text.replace_range(from..(from + length).min(text.len()), "");
        match import(&text, &settings()) {
            Ok(imported) => drop(policy(&imported)),
            Err(problems) => prop_assert!(!problems.is_empty()),
        }
    }
}

fn wrong(xml: &str) -> Vec<(u32, u32, String)> {
    let problems = import(xml, &settings()).unwrap_err();
    problems.into_iter().map(|problem| (problem.line, problem.column, problem.says)).collect()
}

#[test]
fn everything_that_is_wrong_is_told_at_its_place() {
    let found = wrong(&states(
        "<state name=\"A\"><condition><timeSinceEarliestUnpaidInvoiceEqualsOrExceeds><unit>HOURS</unit><number>3</number>\
         </timeSinceEarliestUnpaidInvoiceEqualsOrExceeds></condition></state>\n\
         <state name=\"A\"><condition><numberOfUnpaidInvoicesEqualsOrExceeds>99999999999</numberOfUnpaidInvoicesEqualsOrExceeds></condition></state>\n\
         <state name=\"B\"><condition><totalUnpaidInvoiceBalanceEqualsOrExceeds>1.005</totalUnpaidInvoiceBalanceEqualsOrExceeds></condition></state>\n\
         <state name=\"C\"><blockChanges>yes</blockChanges></state>\n<phase/>",
    ));
    let lines: Vec<u32> = found.iter().map(|(line, ..)| *line).collect();
    assert_eq!(lines, [3, 4, 4, 5, 6, 7], "{found:?}");
    assert!(found[0].2.contains("`HOURS` is no unit") && found[0].1 == 75, "{found:?}");
}

#[test]
fn entities_and_documents_of_other_kinds_are_refused() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><overdueConfig>&b;</overdueConfig>";
    assert!(wrong(bomb)[0].2.contains("no XML that can be read"));
    assert!(wrong("<catalog/>")[0].2.contains("`catalog`"));
    assert!(wrong(&states(""))[0].2.contains("no state"));
    assert_eq!(wrong("late").len(), 1);
    assert_eq!(wrong(&states(&"<x>".repeat(50_000))).len(), 1);
}

#[test]
fn what_has_no_counterpart_is_noted() {
    let age = "<timeSinceEarliestUnpaidInvoiceEqualsOrExceeds><unit>DAYS</unit><number>30</number></timeSinceEarliestUnpaidInvoiceEqualsOrExceeds>";
    let interval = "<unit>DAYS</unit><number>5</number>";
    let file = states(&format!(
        "<initialReevaluationInterval>{interval}</initialReevaluationInterval>\n\
         <state name=\"OD1\"><condition>{age}</condition><externalMessage>Reached OD1</externalMessage><blockChanges>true</blockChanges>\n\
         <subscriptionCancellationPolicy>IMMEDIATE</subscriptionCancellationPolicy>\n\
         <autoReevaluationInterval>{interval}</autoReevaluationInterval>\n\
         <enterStateEmailNotification><subject>late</subject></enterStateEmailNotification></state>\n\
         <state name=\"Clear\"><isClearState>true</isClearState></state>\n<state name=\"Never\"/>"
    ));
    let imported = import(&file, &settings()).unwrap();
    let noted: Vec<(u32, &str)> = imported.notes.iter().map(|note| (note.line, note.element.as_str())).collect();
    let expected = [
        (3, "initialReevaluationInterval"),
        (5, "subscriptionCancellationPolicy"),
        (6, "autoReevaluationInterval"),
        (7, "enterStateEmailNotification"),
        (8, "state"),
        (9, "state"),
    ];
    assert_eq!(noted, expected);
    let text = &imported.policy;
    assert!(
        text.contains("act \"OD1: block changes\" when current_stage == \"OD1\" do block(#{ what: \"changes\" });"),
        "{text}"
    );
    let loaded = arrears_rules::load_source("overdue.rhai", text, &[]);
    assert_eq!(loaded.problems, [], "{text}");
    let tests = arrears::trial::run_tests(&loaded.policy.unwrap());
    assert_eq!(tests.iter().filter(|test| test.passed()).count(), 2, "{tests:?}");
}
