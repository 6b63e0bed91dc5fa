//! Rules that count contacts with a person whatever they are about.

use arrears::{Decision, Law, Policy};
use arrears_batch::{EventTables, Found, Hooks, Lookup, Mapping, Options, find_account, run};
use tempfile::TempDir;

/// A cap by the person, one by the debt, and a rest by the person.
const POLICY: &str = r#"
policy "people" #{ version: "1", currency: "EUR", zone: "Europe/Berlin" };
contact "call" when direction == "out" && channel == "phone" #{ same: ["person"], why: "a call" };
contact "call_on_debt" when direction == "out" && channel == "phone" #{ same: ["person", "debt"], why: "a call about the debt" };
contact "talk" when result == "rpc_refused" #{ same: ["person"], why: "spoken to" };
guardrail "two calls a week" when channel == "phone" && !several do at_most(#{ times: 2, of: "call", days: 7 })
    #{ says: "two calls a week", why: "peace" };
guardrail "two calls a week and debt" when channel == "phone" && several do at_most(#{ times: 2, of: "call_on_debt", days: 7 })
    #{ says: "two calls a week and debt", why: "peace" };
guardrail "rest after a talk" when channel == "phone" && !several do rest(#{ after: "talk", days: 14 })
    #{ says: "rest after a talk", why: "peace" };
fact several = false #{ kind: "flag", why: "whether the bank counts by the debt" };
assume opted_out("phone") = false #{ why: "no objections are kept" };
debtor "any" otherwise;
stage "late" when dpd >= 1;
treatment "call" in ["late"] do phone(#{ at: "15:00" });
"#;

const HEADER: &str = "account_id,customer_id,dpd,several\n";

struct Book {
    folder: TempDir,
    policy: Policy,
}

impl Book {
    fn new(accounts: &str, contacts: &str) -> Self {
        let folder = TempDir::new().unwrap();
        std::fs::write(folder.path().join("accounts.csv"), format!("{HEADER}{accounts}")).unwrap();
        std::fs::write(folder.path().join("contacts.csv"), format!("account_id,on,channel,outcome\n{contacts}"))
            .unwrap();
        let loaded = arrears_rules::load_source("people.rhai", POLICY, &[]);
        let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
        Self { folder, policy: loaded.policy.unwrap_or_else(|| panic!("{problems:?}")) }
    }

    fn events(&self) -> EventTables {
        EventTables { contacts: Some(self.folder.path().join("contacts.csv").into()), ..EventTables::default() }
    }

    /// Of each account that can be decided, its line of the decisions.
    fn vetoes(&self, one_by_one: bool) -> Vec<String> {
        let law = Law::none("test").unwrap();
        let mut options = Options::new("2026-11-30".parse().unwrap(), law);
        (options.events, options.one_by_one, options.keep_going) = (self.events(), one_by_one, true);
        let out = self.folder.path().join("out.csv");
        options.outputs = vec![out.clone()];
        run(&self.policy, self.folder.path().join("accounts.csv"), &options, Hooks::default()).unwrap();
        let text = std::fs::read_to_string(out).unwrap();
        text.lines().skip(1).map(str::to_owned).collect()
    }

    /// The decision for one account, looked up by itself.
    fn alone(&self, account: &str) -> Decision {
        let (events, mapping) = (self.events(), Mapping::default());
        let as_of = "2026-11-30".parse().unwrap();
        let lookup = Lookup { as_of, mapping: &mapping, events: &events, state: None, scripts: None };
        let found = find_account(&self.policy, self.folder.path().join("accounts.csv"), account, lookup).unwrap();
        let Found::Row { row, .. } = found else { panic!("{found:?}") };
        arrears::decide(&self.policy, &row, &Law::none("test").unwrap(), as_of)
    }
}

#[test]
fn calls_about_one_account_count_for_the_persons_others_where_the_rule_counts_by_the_person() {
    // Two calls about A1: A2 is the same person, B another one, and the two last count by the debt.
    let book = Book::new(
        "A1,P,5,false\nA2,P,5,false\nB1,Q,5,false\nC1,R,5,true\nC2,R,5,true\n",
        "A1,2026-11-28,phone,no_answer\nA1,2026-11-29,phone,no_answer\nC1,2026-11-28,phone,no_answer\nC1,2026-11-29,phone,busy\n",
    );
    let vetoes = book.vetoes(false);
    let reached: Vec<bool> = vetoes.iter().map(|vetoed| vetoed.contains("two calls a week")).collect();
    assert_eq!(reached, [true, true, false, true, false], "{vetoes:?}");
    assert_eq!(vetoes, book.vetoes(true));
}

#[test]
fn calls_about_two_accounts_of_a_person_add_up() {
    let book = Book::new(
        "A1,P,5,false\nA2,P,5,false\nA3,P,5,false\n",
        "A1,2026-11-28,phone,no_answer\nA2,2026-11-29,phone,no_answer\nA1,2026-11-20,phone,no_answer\n",
    );
    assert!(book.vetoes(false).iter().all(|vetoed| vetoed.contains("two calls a week")));
    // By themselves too, and the veto ends with the older of the two calls, whoever it was about.
    for account in ["A1", "A2", "A3"] {
        let decision = book.alone(account);
        assert_eq!(decision.next_review_on, "2026-12-05".parse().ok(), "{account}");
    }
}

#[test]
fn a_talk_about_one_account_gives_the_person_rest_from_calls_about_the_others() {
    let book = Book::new("A1,P,5,false\nA2,P,5,false\nB1,Q,5,false\n", "A1,2026-11-20,phone,rpc_refused\n");
    let vetoes = book.vetoes(false);
    let rests: Vec<bool> = vetoes.iter().map(|vetoed| vetoed.contains("rest after a talk")).collect();
    assert_eq!(rests, [true, true, false], "{vetoes:?}");
}

#[test]
fn an_account_that_names_no_customer_stands_alone() {
    let book =
        Book::new("A1,,5,false\nA2,,5,false\n", "A1,2026-11-28,phone,no_answer\nA1,2026-11-29,phone,no_answer\n");
    let reached: Vec<bool> = book.vetoes(false).iter().map(|vetoed| vetoed.contains("two calls")).collect();
    assert_eq!(reached, [true, false]);
}

#[test]
fn where_contacts_about_one_account_cannot_be_read_nobody_knows_how_often_the_person_was_called() {
    let book = Book::new(
        "A1,P,5,false\nA2,P,5,false\nB1,Q,5,false\n",
        "A1,2026-11-28,telegraph,no_answer\nB1,2026-11-28,phone,no_answer\n",
    );
    // Two rows are errors, one is decided.
    assert_eq!(book.vetoes(false).len(), 1);
    let lookup_of = |account: &str| {
        let (events, mapping) = (book.events(), Mapping::default());
        let as_of = "2026-11-30".parse().unwrap();
        let lookup = Lookup { as_of, mapping: &mapping, events: &events, state: None, scripts: None };
        find_account(&book.policy, book.folder.path().join("accounts.csv"), account, lookup).unwrap()
    };
    let Found::Bad(error) = lookup_of("A2") else { panic!("A2 can be decided") };
    assert!(error.to_string().contains("it is one of `A1`, of the same person; "), "{error}");
}
