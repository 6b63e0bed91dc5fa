//! Briefings of a small book whose every number was counted by hand. `ARREARS_BLESS=1` writes the pages anew.

#![cfg(test)]

use arrears::Law;
use arrears_batch::{EventTables, Mapping, Options, Origin};
use arrears_words::Language;
use arrears_words::morning::{Figure, Morning};
use arrears_workbench::briefing::Asked;
use arrears_workbench::{Book, Briefing, PassHooks, Rules, briefing};
use std::fs;
use std::path::Path;

const POLICY: &str = r#"
policy "morning" #{ version: "1", currency: "EUR", zone: "Europe/Berlin" };
assume number_mobile = "valid" #{ why: "a test" };
assume opted_out("sms") = false #{ why: "a test" };
assume opted_out("phone") = false #{ why: "a test" };
assume opted_out("visit") = false #{ why: "a test" };
debtor "any" otherwise;
hold "dispute" when dispute #{ stops: ["contact", "enforcement"] };
stage "reminder" when dpd >= 1;
stage "firm" when dpd > 30;
stage "court" when dpd > 90 #{ approval: "head of collections" };
escalate #{ first: "skip" };
cure when dpd == 0 && overdue == 0.00;
duty "hardship_offer" when dpd > 60 do letter(#{ text: "offer", within: 14, from: "first_missed" });
treatment "sue" in ["court"] when overdue >= 5000.00 do litigation(#{});
treatment "home_visit" in ["firm"] when dpd > 60 unless hazard do visit(#{ needs: ["second_person", "recorder"] });
treatment "gentle_text" in ["reminder"] when overdue >= 5.00 do sms(#{ text: "gentle" });
treatment "call" in ["firm"] when overdue >= 5.00 do phone(#{ at: "15:00", numbers: ["mobile"] });
priority dpd;
"#;

/// D is disputed; H is a visit with a danger on record, which is a call therefore; P paid up.
const ACCOUNTS: &str = "\
account_id,dpd,days_since_first_missed,overdue,dispute,hazard,district
T-1,5,5,40.00,false,false,North
T-2,5,5,90.00,false,false,North
C,40,40,300.00,false,false,South
D,40,40,900.00,true,false,South
H,70,70,500.00,false,true,South
V-1,70,70,600.00,false,false,South
V-2,65,65,700.00,false,false,East | <West>
<S>|1,100,100,6000.00,false,false,North
P,0,never,0.00,false,false,North
";

/// Of C two broke, one before; T-1 promised for today and broke nothing; T-2's promise of yesterday has no result;
/// V-1 broke early, on a day on which the bank said so; Z is not in the book.
const PROMISES: &str = "\
account_id,made_on,due_on,amount,result,result_on
C,2026-02-01,2026-02-10,50.00,broken,
C,2026-03-20,2026-03-30,60.00,broken,
C,2026-03-28,2026-03-31,70.00,open,
T-1,2026-03-30,2026-03-31,40.00,open,
T-2,2026-03-25,2026-03-30,90.00,,
V-1,2026-03-20,2026-04-20,99.00,broken,2026-03-30
V-2,2026-03-01,2026-03-29,10.00,broken,
P,2026-03-20,2026-03-30,80.00,kept,2026-03-30
Z,2026-03-20,2026-03-31,80.00,open,
";

const PAYMENTS: &str = "\
account_id,on,amount
C,2026-03-30,12.50
C,2026-03-30,7.50
T-2,2026-03-30,10.00
H,2026-03-29,33.00
V-1,2026-03-31,44.00
P,2026-03-30,80.00
Z,2026-03-30,80.00
";

const CONTACTS: &str = "\
account_id,on,channel,outcome
C,2026-03-30,phone,conversation
T-1,2026-03-30,sms,sent
H,2026-03-30,phone,no_answer
V-1,2026-03-29,visit,conversation
V-2,2026-03-30,visit,no_answer
";

/// A folder with the book, and what is asked of it.
struct Desk {
    folder: tempfile::TempDir,
    policy: arrears_rules::Loaded,
}

impl Desk {
    fn new(accounts: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in
            [("accounts", accounts), ("promises", PROMISES), ("payments", PAYMENTS), ("contacts", CONTACTS)]
        {
            fs::write(folder.path().join(format!("{name}.csv")), text).unwrap();
        }
        let policy = arrears_rules::load_source("morning.rhai", POLICY, &[]);
        assert!(policy.policy.is_some(), "{:?}", policy.problems);
        Self { folder, policy }
    }

    fn origin(&self, name: &str) -> Origin {
        Origin::from(&self.folder.path().join(format!("{name}.csv")))
    }

    fn brief(&self, language: Language, tables: bool) -> Briefing {
        let given = |name: &str| tables.then(|| self.origin(name));
        let events = EventTables {
            contacts: given("contacts"),
            payments: given("payments"),
            promises: given("promises"),
            holds: None,
        };
        let mapping = Mapping::default();
        let law = Law::none("a test").unwrap();
        let options = Options { events, mapping, reviews: false, ..Options::new("2026-03-31".parse().unwrap(), law) };
        let asked = Asked { team: "Team *3*", language, since: None, area: Some("district"), targets: Vec::new() };
        let rules = Rules { policy: self.policy.policy.as_ref().unwrap(), scripts: &self.policy.scripts };
        let table = self.origin("accounts");
        briefing(rules, Book { table: &table, options: &options }, &asked, PassHooks::default()).unwrap()
    }
}

fn counts(morning: &Morning) -> Vec<(String, Figure)> {
    morning.yesterday.iter().map(|one| (one.name.clone(), one.figure)).collect()
}

#[test]
fn every_section_holds_what_was_counted_by_hand() {
    let morning = Desk::new(ACCOUNTS).brief(Language::English, true).morning;
    let due: Vec<(&str, &str)> =
        morning.due_today.iter().map(|task| (task.account.as_str(), task.action.as_str())).collect();
    // By days past due, then by what is overdue: T-2 before T-1. D is held, P owes nothing.
    assert_eq!(due, [("H", "call"), ("C", "call"), ("T-2", "text message"), ("T-1", "text message")]);
    let promised = |all: &[arrears_words::morning::Promised]| -> Vec<(String, i64, u32)> {
        all.iter().map(|one| (one.account.clone(), one.amount.unwrap().minor(), one.broken_before)).collect()
    };
    assert_eq!(promised(&morning.promises_today), [("C".to_owned(), 7000, 2), ("T-1".to_owned(), 4000, 0)]);
    assert_eq!(promised(&morning.broken_yesterday), [("C".to_owned(), 6000, 1), ("V-1".to_owned(), 9900, 0)]);
    let paid: Vec<(&str, i64, i64)> = morning
        .inflows
        .iter()
        .map(|one| (one.account.as_str(), one.amount.minor(), one.overdue.unwrap().minor()))
        .collect();
    assert_eq!(paid, [("C", 2000, 30_000), ("T-2", 1000, 9000)]);
    let visits: Vec<(&str, &str, usize)> =
        morning.visits.iter().map(|one| (one.account.as_str(), one.area.as_str(), one.needs.len())).collect();
    assert_eq!(visits, [("V-1", "South", 2), ("V-2", "East | <West>", 2)]);
    let approvals: Vec<(&str, &str)> =
        morning.approvals.iter().map(|one| (one.account.as_str(), one.role.as_str())).collect();
    assert_eq!(approvals, [("<S>|1", "head of collections")]);
    let expected = [
        ("contacts tried", 4),
        ("the customer was reached", 1),
        ("visits made", 1),
        ("promises made", 1),
        ("promises kept", 1),
    ];
    let counted = counts(&morning);
    for ((name, figure), (expected, count)) in counted.iter().zip(expected) {
        assert_eq!((name.as_str(), *figure), (expected, Figure::Count(count)));
    }
    assert_eq!(counted.len(), 6);
    // V-1, H and V-2 are 56, 56 and 51 days late; <S>|1 is 86.
    let late: Vec<(Option<i64>, u64)> = morning.duties.iter().map(|duty| (duty.days_left, duty.accounts)).collect();
    assert_eq!(late, [(Some(-86), 4)]);
    let text = morning.text();
    for said in [
        "1 promise fell due and the table has no result",
        "promises of accounts that are not decided today: 1.",
        "nothing is overdue now: 1.",
        "payments on accounts that are not decided today: 1.",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
}

#[test]
fn a_table_that_is_not_given_is_unknown_and_not_none() {
    let morning = Desk::new(ACCOUNTS).brief(Language::English, false).morning;
    assert!(morning.promises_today.is_empty() && morning.inflows.is_empty() && morning.yesterday.is_empty());
    for table in ["contacts", "promises", "payments"] {
        assert!(
            morning.notes.iter().any(|note| note.starts_with(&format!("No table of {table} was given"))),
            "{table}"
        );
    }
    assert_eq!(morning.due_today.len(), 4);
}

#[test]
fn an_empty_book_and_one_that_is_wholly_held_have_nothing_due() {
    let head = ACCOUNTS.lines().next().unwrap();
    let held: String = ["A", "B"].iter().map(|account| format!("{account},40,40,900.00,true,false,South\n")).collect();
    for accounts in [format!("{head}\n"), format!("{head}\n{held}")] {
        let morning = Desk::new(&accounts).brief(Language::English, false).morning;
        assert!(morning.due_today.is_empty() && morning.visits.is_empty() && morning.approvals.is_empty());
        assert!(morning.text().contains("Nothing is due today."), "{}", morning.text());
    }
}

#[test]
fn the_page_is_the_same_in_every_form_and_language_as_it_was() {
    let desk = Desk::new(ACCOUNTS);
    let mut differ = Vec::new();
    for language in Language::ALL {
        let morning = desk.brief(language, true).morning;
        for (end, found) in [("txt", morning.text()), ("md", morning.markdown()), ("html", morning.html())] {
            assert!(end != "html" || !found.contains("<S>"), "{found}");
            let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/briefings/page.{language}.{end}"));
            if std::env::var_os("ARREARS_BLESS").is_some() {
                fs::create_dir_all(golden.parent().unwrap()).unwrap();
                fs::write(&golden, &found).unwrap();
            }
            if fs::read_to_string(&golden).unwrap_or_default() != found {
                differ.push(format!("{}\n{found}", golden.display()));
            }
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n\n"));
}
