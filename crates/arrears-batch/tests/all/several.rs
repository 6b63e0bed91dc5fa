//! A table decided under several policies, each row under the one to which it belongs.

use crate::support::{Folder, options, policy_of};
use arrears::Policy;
use arrears_batch::{Hooks, Options, Overview, Policies, RunError, run, run_each};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const CARDS: &str = r#"
policy "cards" #{ version: "1", currency: "CNY", zone: "Asia/Shanghai" };
applies when product == "card" && !sold;
assume opted_out("sms") = false #{ why: "no objections are kept" };
hold "deceased" when deceased #{ stops: ["contact"], scope: "customer" };
stage "reminder" when dpd >= 1;
stage "firm" when dpd >= 30;
escalate #{ first: "skip" };
treatment "gentle_text" in ["reminder", "firm"] do sms(#{ text: "gentle", every: 3 });
priority overdue;
"#;

const LOANS: &str = r#"
policy "loans" #{ version: "3", currency: "CNY", zone: "Asia/Shanghai" };
fact risk = 0.10 #{ kind: "ratio", why: "the bank's own score" };
applies when product in ["loan", "lease"] && bucket <= 3;
assume opted_out("letter") = false #{ why: "no objections are kept" };
hold "deceased" when deceased #{ stops: ["contact"], scope: "customer" };
stage "reminder" when dpd >= 1 && risk > 0.05;
treatment "gentle_letter" in ["reminder"] do letter(#{ text: "gentle", every: 14 });
"#;

/// Leases too, and in dollars.
const LEASES: &str = r#"
policy "leases" #{ version: "1", from: "2026-11-01", to: "2026-12-31", currency: "USD", zone: "America/New_York" };
applies when product == "lease";
assume opted_out("letter") = false #{ why: "no objections are kept" };
stage "return" when dpd >= 10;
treatment "gentle_letter" in ["return"] do letter(#{ text: "return it", every: 7 });
"#;

const HEADER: &str = "account_id,product,sold,dpd,overdue,deceased,risk\n";

/// Rows, and where each goes or why it goes nowhere.
const ROWS: [(&str, &str); 9] = [
    ("A1,card,no,3,10.00,no,0.10", "cards"),
    ("A2,loan,no,3,10.00,no,0.10", "loans"),
    (
        "A3,car,no,3,10.00,no,0.10",
        "no policy applies: of `cards` 1, `product == \"card\" && !sold` is false; \
         of `loans` 3, `product in [\"loan\", \"lease\"] && bucket <= 3` is false",
    ),
    (
        "A4,card,yes,3,10.00,no,0.10",
        "no policy applies: of `cards` 1, `product == \"card\" && !sold` is false; \
         of `loans` 3, `product in [\"loan\", \"lease\"] && bucket <= 3` is false",
    ),
    (
        "A5,card,,3,10.00,no,0.10",
        "it cannot be told which policy applies: `cards` 1 asks for `sold`, which is not known",
    ),
    (
        "A6,,no,3,10.00,no,0.10",
        "it cannot be told which policy applies: `cards` 1 asks for `product`, which is not known; \
         `loans` 3 asks for `product`, which is not known",
    ),
    ("A7,loan,perhaps,3,10.00,no,0.10", "`perhaps` is neither true nor false"),
    (
        "A8,loan,no,,10.00,no,0.10",
        "it cannot be told which policy applies: `loans` 3 asks for `dpd`, which is not known",
    ),
    ("A9,lease,no,5,10.00,no,0.10", "loans"),
];

fn policies(texts: &[&str]) -> Policies {
    Policies::new(texts.iter().map(|text| policy_of(text))).unwrap()
}

fn night(folder: &Folder, as_of: &str) -> Options {
    let mut options = options(as_of);
    options.outputs = vec![folder.path("out.csv")];
    options.keep_going = true;
    options
}

fn each(texts: &[&str], table: &Path, options: &Options) -> Result<Overview, RunError> {
    run_each(&policies(texts), table, options, Hooks::default())
}

/// The rows of a table by account, each with its cells by column.
fn rows(path: PathBuf) -> BTreeMap<String, BTreeMap<String, String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let row = |line: &str| {
        let cells = header.iter().zip(line.split(',')).map(|(name, cell)| ((*name).to_owned(), cell.to_owned()));
        (line.split(',').next().unwrap().to_owned(), cells.collect())
    };
    lines.map(row).collect()
}

#[test]
fn each_row_goes_to_the_one_policy_that_applies_or_says_why_not() {
    let folder = Folder::new();
    let lines: Vec<&str> = ROWS.iter().map(|(row, _)| *row).collect();
    let table = folder.write("book.csv", format!("{HEADER}{}\n", lines.join("\n")));
    let overview = each(&[CARDS, LOANS], &table, &night(&folder, "2026-11-30")).unwrap();
    let out = rows(folder.path("out.csv"));
    let errors: BTreeMap<_, _> =
        overview.first_errors.iter().map(|error| (error.account_id.clone().unwrap(), error)).collect();
    for (row, wanted) in ROWS {
        let account = row.split(',').next().unwrap();
        match out.get(account) {
            Some(decided) => assert_eq!(decided["policy"], wanted, "{account}"),
            None => {
                let said: Vec<_> = errors[account].faults.iter().map(ToString::to_string).collect();
                assert!(said.len() == 1 && said[0].ends_with(wanted), "{account}: {said:?}");
            }
        }
    }
    assert_eq!((overview.rows, overview.decisions, overview.errors), (9, 3, 6));
    let by_policy: Vec<_> = overview.policies.iter().map(|of| (of.policy.as_str(), of.rows, of.decisions)).collect();
    assert_eq!(by_policy, [("cards", 1, 1), ("loans", 2, 2)]);
}

#[test]
fn a_row_to_which_two_policies_apply_names_both() {
    let folder = Folder::new();
    let table = folder.write("book.csv", format!("{HEADER}A1,lease,no,3,10.00,no,0.10\nA2,loan,no,3,10.00,no,0.10\n"));
    let overview = each(&[LEASES, LOANS], &table, &night(&folder, "2026-11-30")).unwrap();
    let said = overview.first_errors[0].to_string();
    assert_eq!(said, "row 1 (line 2), account A1, 2 policies apply, and one must: `leases` 1, `loans` 3");
    // On another day one of them is not in force.
    let overview = each(&[LEASES, LOANS], &table, &night(&folder, "2027-01-31")).unwrap();
    assert_eq!((overview.decisions, overview.not_in_force[0].policy.as_str()), (2, "leases"));
    assert_eq!(overview.not_in_force[0].term, "from 2026-11-01 to 2026-12-31");
}

#[test]
fn a_row_in_another_currency_is_another_policys() {
    let folder = Folder::new();
    let header = HEADER.trim_end();
    let body = "A1,lease,no,3,10.00,no,0.10,CNY\nA2,lease,no,30,10.00,no,0.10,USD\nA3,card,no,3,10.00,no,0.1,EUR\nA4,lease,no,3,1,no,0.1,\n";
    let table = folder.write("book.csv", format!("{header},currency\n{body}"));
    let overview = each(&[CARDS, LEASES, LOANS], &table, &night(&folder, "2026-11-30")).unwrap();
    let out = rows(folder.path("out.csv"));
    let of = |account: &str| (out[account]["policy"].as_str(), out[account]["stage"].as_str());
    assert_eq!((of("A1"), of("A2")), (("loans", "reminder"), ("leases", "return")));
    let said: Vec<_> = overview.first_errors.iter().map(ToString::to_string).collect();
    assert!(
        said[0].contains("`cards` 1 decides amounts in CNY") && said[0].contains("`leases` 1 decides amounts in USD")
    );
    assert!(said[1].contains("column `currency`: the cell is empty"), "{said:?}");
    assert_eq!(said.len(), 2);
}

#[test]
fn where_no_policy_is_in_force_nothing_is_decided() {
    let folder = Folder::new();
    let table = folder.write("book.csv", HEADER);
    let refused = each(&[LEASES], &table, &night(&folder, "2027-01-31")).unwrap_err().to_string();
    assert_eq!(refused, "no policy decides on 2027-01-31: `leases` 1 decides from 2026-11-01 to 2026-12-31");
}

#[test]
fn tables_of_events_are_refused_where_there_are_several_policies() {
    let folder = Folder::new();
    let table = folder.write("book.csv", HEADER);
    let mut options = night(&folder, "2026-11-30");
    options.events.payments = Some(folder.path("payments.csv").into());
    let refused = each(&[CARDS, LOANS], &table, &options).unwrap_err().to_string();
    assert!(refused.starts_with("tables of events are read for one policy only"), "{refused}");
}

#[test]
fn columns_that_are_absent_are_told_by_policy_before_anything_is_decided() {
    let folder = Folder::new();
    let table = folder.write("book.csv", "account_id,product,dpd,overdue\nA1,card,3,10\n");
    let refused = each(&[CARDS, LEASES, LOANS], &table, &night(&folder, "2026-11-30")).unwrap_err();
    let refused = folder.without(refused);
    let (cards, loans) = refused.split_once("book.csv cannot be decided under `loans`:").unwrap();
    assert!(cards.starts_with("book.csv cannot be decided under `cards`:"), "{refused}");
    assert!(cards.contains("`sold`") && cards.contains("`deceased`") && !cards.contains("`risk`"), "{refused}");
    assert!(loans.contains("`risk`") && loans.contains("`deceased`") && !loans.contains("`sold`"), "{refused}");
    assert_eq!(folder.files(), ["book.csv"]);
}

#[test]
fn a_second_row_of_an_account_is_an_error_whichever_policy_it_would_go_to() {
    let folder = Folder::new();
    let body = "A1,card,no,3,10.00,no,0.10\nA1,loan,no,3,10.00,no,0.10\nA1,car,no,3,10.00,no,0.10\n,car,no,3,1,no,0\n";
    let table = folder.write("book.csv", format!("{HEADER}{body}"));
    let overview = each(&[CARDS, LOANS], &table, &night(&folder, "2026-11-30")).unwrap();
    assert_eq!((overview.decisions, overview.errors), (1, 3));
    let said: Vec<_> = overview.first_errors.iter().map(ToString::to_string).collect();
    assert!(said[..2].iter().all(|said| said.contains("the account is in row 1 already")), "{said:?}");
    assert!(said[2].contains("no policy applies") && said[2].contains("every row needs an `account_id`"), "{said:?}");
}

fn stateful(folder: &Folder, as_of: &str, (before, after): (Option<&str>, &str)) -> Options {
    let mut options = night(folder, as_of);
    options.state = before.map(|name| folder.path(name).into());
    options.state_out = Some(folder.path(after));
    options
}

#[test]
fn an_account_that_goes_to_another_policy_keeps_by_name_what_both_keep() {
    for ending in ["csv", "parquet"] {
        let folder = Folder::new();
        let state = |night: u8| format!("{night}.{ending}");
        let table = |rows: &str| folder.write("book.csv", format!("{HEADER}{rows}"));
        let first = table("A1,card,no,3,10.00,no,0.10\nA2,loan,no,3,10.00,no,0.10\nA3,loan,no,5,10.00,no,0.10\n");
        each(&[CARDS, LOANS], &first, &stateful(&folder, "2026-11-28", (None, &state(1)))).unwrap();
        let out = rows(folder.path("out.csv"));
        assert_eq!(
            (out["A1"]["treatment"].as_str(), out["A2"]["treatment"].as_str()),
            ("gentle_text", "gentle_letter")
        );
        // The next night the card is a loan, the loan cannot be read, and the third account is gone.
        let second = table("A1,loan,no,4,10.00,no,0.10\nA2,loan,no,many,10.00,no,0.10\n");
        let overview =
            each(&[CARDS, LOANS], &second, &stateful(&folder, "2026-11-29", (Some(&state(1)), &state(2)))).unwrap();
        assert_eq!((overview.decisions, overview.errors, overview.state_kept), (1, 1, 1));
        let out = rows(folder.path("out.csv"));
        assert_eq!(out["A1"]["stage_reason"], "stays");
        assert_eq!((out["A1"]["stage_before"].as_str(), out["A1"]["policy"].as_str()), ("reminder", "loans"));
        if ending == "csv" {
            let (before, after) = (rows(folder.path("1.csv")), rows(folder.path("2.csv")));
            assert_eq!(before["A2"], after["A2"]);
            assert_eq!(before["A3"], after["A3"]);
            assert_eq!((before["A1"]["policy"].as_str(), after["A1"]["policy"].as_str()), ("cards", "loans"));
            assert_eq!(before["A3"]["days_since_gentle_letter"], "0");
            assert_eq!(before["A1"]["days_since_gentle_letter"], "never");
        }
        // The night after, the loan's letter is remembered: it rests.
        let third = table("A2,loan,no,5,10.00,no,0.10\nA3,loan,no,7,10.00,no,0.10\n");
        each(&[CARDS, LOANS], &third, &stateful(&folder, "2026-11-30", (Some(&state(2)), &state(3)))).unwrap();
        let out = rows(folder.path("out.csv"));
        assert_eq!((out["A2"]["action"].as_str(), out["A3"]["action"].as_str()), ("wait", "wait"));
    }
}

#[test]
fn a_stage_that_the_new_policy_does_not_know_is_an_error_of_its_row_and_the_state_stays() {
    let folder = Folder::new();
    let table = |row: &str| folder.write("book.csv", format!("{HEADER}{row}\n"));
    let firm = table("A1,card,no,45,10.00,no,0.10");
    each(&[CARDS, LOANS], &firm, &stateful(&folder, "2026-11-28", (None, "1.csv"))).unwrap();
    let loan = table("A1,loan,no,45,10.00,no,0.10");
    let overview = each(&[CARDS, LOANS], &loan, &stateful(&folder, "2026-11-29", (Some("1.csv"), "2.csv"))).unwrap();
    let said = overview.first_errors[0].to_string();
    assert!(said.contains("column `previous_stage`: `firm`"), "{said}");
    assert_eq!(rows(folder.path("1.csv")), rows(folder.path("2.csv")));
}

#[test]
fn what_a_policy_of_other_days_keeps_stays_in_the_state() {
    let folder = Folder::new();
    let table = |rows: &str| folder.write("book.csv", format!("{HEADER}{rows}"));
    let both = table("A1,card,no,3,10.00,no,0.10\nA2,lease,no,30,10.00,no,0.10\n");
    each(&[CARDS, LEASES], &both, &stateful(&folder, "2026-12-31", (None, "1.csv"))).unwrap();
    let overview = each(&[CARDS, LEASES], &both, &stateful(&folder, "2027-01-01", (Some("1.csv"), "2.csv"))).unwrap();
    assert_eq!((overview.decisions, overview.errors), (1, 1));
    let (before, after) = (rows(folder.path("1.csv")), rows(folder.path("2.csv")));
    assert_eq!(before["A2"], after["A2"]);
    assert_eq!((after["A2"]["policy"].as_str(), after["A2"]["previous_stage"].as_str()), ("leases", "return"));
}

#[test]
fn one_policy_alone_does_not_take_over_the_state_of_several() {
    let folder = Folder::new();
    let table = folder.write("book.csv", format!("{HEADER}A1,card,no,3,10.00,no,0.10\nA2,loan,no,3,10.00,no,0.10\n"));
    each(&[CARDS, LOANS], &table, &stateful(&folder, "2026-11-28", (None, "1.csv"))).unwrap();
    let alone = stateful(&folder, "2026-11-29", (Some("1.csv"), "2.csv"));
    let refused = run(&policy_of(CARDS), &table, &alone, Hooks::default()).unwrap_err();
    let refused = folder.without(refused);
    assert!(refused.starts_with("1.csv: is the state of several policies"), "{refused}");
    // A state of one policy serves several.
    let cards = folder.write("cards.csv", format!("{HEADER}A1,card,no,3,10.00,no,0.10\n"));
    run(&policy_of(CARDS), cards, &stateful(&folder, "2026-11-28", (None, "one.csv")), Hooks::default()).unwrap();
    let next = stateful(&folder, "2026-11-29", (Some("one.csv"), "2.csv"));
    assert_eq!(each(&[CARDS, LOANS], &table, &next).unwrap().decisions, 2);
    assert_eq!(rows(folder.path("out.csv"))["A1"]["stage_before"], "reminder");
}

#[test]
fn a_person_gets_one_contact_across_policies_and_a_hold_on_the_person_binds_all() {
    let folder = Folder::new();
    let header = HEADER.trim_end();
    let body = "A1,card,no,3,10.00,no,0.10,P1\nA2,loan,no,9,10.00,no,0.10,P1\n\
                A3,card,no,3,10.00,yes,0.10,P2\nA4,loan,no,9,10.00,no,0.10,P2\n\
                A5,card,no,3,10.00,no,0.10,P3\nA6,car,no,9,10.00,no,0.10,P3\n";
    let table = folder.write("book.csv", format!("{header},customer_id\n{body}"));
    let overview = each(&[CARDS, LOANS], &table, &night(&folder, "2026-11-30")).unwrap();
    let out = rows(folder.path("out.csv"));
    let of = |account: &str| (out[account]["action"].as_str(), out[account]["rides_with"].as_str());
    assert_eq!((of("A1"), of("A2")), (("wait", "A2"), ("letter", "")));
    assert_eq!((of("A3"), of("A4")), (("held", ""), ("held", "")));
    let said: Vec<_> = overview.first_errors.iter().map(ToString::to_string).collect();
    assert!(said[0].contains("row 6 is of the same customer and cannot be decided: it may hold this account too"));
    assert_eq!(said.len(), 2);
}

#[test]
fn a_hold_on_the_person_that_a_policy_does_not_know_keeps_its_accounts_back() {
    let folder = Folder::new();
    let header = HEADER.trim_end();
    let body = "A1,card,no,3,10.00,yes,0.10,P1\nA2,lease,no,30,10.00,no,0.10,P1\nA3,lease,no,30,10.00,no,0.10,P2\n";
    let table = folder.write("book.csv", format!("{header},customer_id\n{body}"));
    let overview = each(&[CARDS, LEASES], &table, &night(&folder, "2026-11-30")).unwrap();
    let said = overview.first_errors[0].to_string();
    assert!(said.contains("account A2") && said.contains("the policy `leases` has no hold of that name"), "{said}");
    assert_eq!((overview.decisions, overview.errors), (2, 1));
}

/// A table of random accounts; cells may be empty.
fn table_of(accounts: &[(u8, u8, u8, u8)]) -> String {
    let mut text = HEADER.to_owned();
    for (index, (product, sold, dpd, deceased)) in accounts.iter().enumerate() {
        let product = ["card", "loan", "lease", "", "car"][usize::from(*product) % 5];
        let sold = ["no", "no", "yes", ""][usize::from(*sold) % 4];
        let dpd = ["0", "3", "45", "200", ""][usize::from(*dpd) % 5];
        let deceased = ["no", "yes", ""][usize::from(*deceased) % 3];
        text.push_str(&format!("A{index},{product},{sold},{dpd},10.00,{deceased},0.10\n"));
    }
    text
}

/// What each policy decides of the table by itself.
fn alone(folder: &Folder, policy: &Policy, table: &Path) -> BTreeMap<String, BTreeMap<String, String>> {
    run(policy, table, &night(folder, "2026-11-30"), Hooks::default()).unwrap();
    rows(folder.path("out.csv"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_row_is_decided_as_its_only_policy_would_alone_and_the_order_of_policies_changes_nothing(
        accounts in prop::collection::vec(any::<(u8, u8, u8, u8)>(), 1..30),
    ) {
        let folder = Folder::new();
        let table = folder.write("book.csv", table_of(&accounts));
        let texts = [CARDS, LEASES, LOANS];
        let overview = each(&texts, &table, &night(&folder, "2026-11-30")).unwrap();
        let files = ["out.csv", "out.errors.csv"].map(|name| std::fs::read(folder.path(name)).unwrap());
        let out = rows(folder.path("out.csv"));
        let turned = each(&[LOANS, CARDS, LEASES], &table, &night(&folder, "2026-11-30")).unwrap();
        prop_assert_eq!(&overview, &turned);
        prop_assert_eq!(&files, &["out.csv", "out.errors.csv"].map(|name| std::fs::read(folder.path(name)).unwrap()));
        prop_assert_eq!(overview.decisions + overview.errors, u64::try_from(accounts.len()).unwrap());
        let by_itself = texts.map(|text| alone(&folder, &policy_of(text), &table));
        for (index, _) in accounts.iter().enumerate() {
            let account = format!("A{index}");
            let deciding: Vec<_> = by_itself.iter().filter_map(|of| of.get(&account)).collect();
            match out.get(&account) {
                Some(decided) => prop_assert_eq!(vec![decided], deciding),
                None => {
                    let error = overview.first_errors.iter().find(|error| error.account_id.as_ref() == Some(&account));
                    let open = error.is_none_or(|error| error.to_string().contains("cannot be told"));
                    prop_assert!(deciding.len() != 1 || open, "{} goes nowhere: {:?}", account, error);
                }
            }
        }
    }
}
