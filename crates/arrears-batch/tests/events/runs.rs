//! Tables of accounts decided with tables of events beside them.

use super::laws::many;
use arrears::{Law, Policy};
use arrears_batch::{EventTables, Found, Hooks, Lookup, Mapping, Options, RunError, Summary, find_account, run};
use std::path::PathBuf;
use tempfile::TempDir;

const POLICY: &str = r#"
policy "calls" #{ version: "1", currency: "EUR", zone: "Europe/Berlin" };
assume contacts = "none" #{ why: "a book on which nobody was called yet" };
assume opted_out("phone") = false #{ why: "no objections are kept" };
debtor "called twice" when calls_made >= 2;
debtor "other" otherwise;
hold "dispute" when dispute #{ stops: ["contact"] };
stage "reminder" when dpd >= 1;
stage "firm" when dpd > 30;
treatment "call" in ["reminder", "firm"] when times("phone", 7) <= 1 do phone(#{ at: "15:00" });
"#;

const ACCOUNTS: &str = "account_id,dpd,dispute,days_since_first_missed\n\
                        A,5,false,5\nB,40,false,45\nC,40,false,3\nD,0,false,never\n";
const CONTACTS: &str = "account_id,on,channel,outcome\n\
                        B,2026-11-28,phone,busy\nC,2026-11-20,phone,busy\nZ,2026-11-29,phone,busy\n\
                        B,2026-10-20,phone,no_answer\nC,2026-11-01,phone,busy\nB,2026-11-30,sms,\n";

struct Night {
    folder: TempDir,
    options: Options,
}

impl Night {
    fn new(accounts: &str, contacts: &str) -> Self {
        let folder = TempDir::new().unwrap();
        std::fs::write(folder.path().join("accounts.csv"), accounts).unwrap();
        std::fs::write(folder.path().join("contacts.csv"), contacts).unwrap();
        let mut options = Options::new("2026-11-30".parse().unwrap(), Law::none("test").unwrap());
        options.events.contacts = Some(folder.path().join("contacts.csv").into());
        options.outputs = vec![folder.path().join("out.csv")];
        Self { folder, options }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn policy() -> Policy {
        let loaded = arrears_rules::load_source("calls.rhai", POLICY, &[]);
        let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
        loaded.policy.unwrap_or_else(|| panic!("{problems:?}"))
    }

    fn decide(&self) -> Result<Summary, RunError> {
        run(&Self::policy(), self.path("accounts.csv"), &self.options, Hooks::default())
    }

    fn refusal(&self) -> String {
        self.decide().unwrap_err().to_string().replace(&format!("{}/", self.folder.path().display()), "")
    }

    /// The named columns of the decisions.
    fn decisions(&self, wanted: &[&str]) -> Vec<String> {
        let text = std::fs::read_to_string(self.path("out.csv")).unwrap();
        let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        let place = |name: &&str| header.iter().position(|column| column == name).unwrap();
        let places: Vec<usize> = wanted.iter().map(place).collect();
        let row = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            places.iter().map(|place| cells[*place]).collect::<Vec<_>>().join(" ")
        };
        text.lines().skip(1).map(row).collect()
    }
}

#[test]
fn facts_that_events_tell_decide_as_if_they_stood_in_the_table() {
    let night = Night::new(ACCOUNTS, CONTACTS);
    let summary = night.decide().unwrap();
    let columns = ["account_id", "debtor_type", "stage", "treatment", "next_review_on", "review_exact"];
    let by_events = night.decisions(&columns);
    assert!(by_events[1].starts_with("B called twice"), "{by_events:?}");
    // No call to account C lies in this episode.
    assert!(by_events[2].starts_with("C other"), "{by_events:?}");
    assert_eq!(summary.events[0].rows, 6);
    assert_eq!(summary.events[0].of_no_account, 1);
    assert_eq!(summary.events[0].tells, ["calls_made", "times_phone_7"]);
    assert!(summary.assumptions.iter().all(|assumed| !assumed.written.starts_with("contacts")));
    let mut given = Night::new(
        "account_id,dpd,dispute,calls_made,times_phone_7,times_phone_7_drops_in\n\
         A,5,false,0,0,never\nB,40,false,2,1,5\nC,40,false,0,0,never\nD,0,false,0,0,never\n",
        CONTACTS,
    );
    given.options.events = EventTables::default();
    given.decide().unwrap();
    assert_eq!(by_events, given.decisions(&columns));
}

#[test]
fn columns_decide_beside_events_what_rows_decide() {
    let contacts = many();
    let mut text = contacts.columns.join(",");
    for row in &contacts.rows {
        text.push_str(&format!("\n{}", row.join(",")));
    }
    let mut accounts = "account_id,dpd,dispute,days_since_first_missed".to_owned();
    for account in 0..3_000 {
        let since = if account % 4 == 0 { "never".to_owned() } else { (account % 90).to_string() };
        accounts.push_str(&format!("\nA-{account},{},false,{since}", account % 70));
    }
    let mut night = Night::new(&accounts, &text);
    night.options.reviews = false;
    let mut decided = Vec::new();
    for one_by_one in [true, false] {
        night.options.one_by_one = one_by_one;
        night.decide().unwrap();
        decided.push(std::fs::read_to_string(night.path("out.csv")).unwrap());
    }
    assert!(decided[0].matches("called twice").count() > 500);
    assert_eq!(decided[0], decided[1]);
}

#[test]
fn a_column_that_the_events_contradict_is_an_error_of_its_row() {
    let accounts = "account_id,dpd,dispute,days_since_first_missed,times_phone_7\n\
                    A,5,false,5,0\nB,40,false,45,4\nC,40,false,3,\n";
    let night = Night::new(accounts, CONTACTS);
    assert_eq!(
        night.refusal(),
        "accounts.csv: 1 row of 3 cannot be decided, and nothing was written:\n  row 2 (line 3), account B, column \
         `times_phone_7`: given as 4, but it is 1 by the tables of events: leave out the column, or mend one of them"
    );
}

#[test]
fn what_only_an_episode_can_tell_must_be_given_where_the_table_does_not_tell_the_episode() {
    let night = Night::new("account_id,dpd,dispute\nA,5,false\n", CONTACTS);
    let refusal = night.refusal();
    assert!(
        refusal.contains(
            "column `calls_made` is absent, and contacts.csv tells it only where the table of accounts has \
             `days_since_first_missed`, which says since when the account is late"
        ),
        "{refusal}"
    );
}

#[test]
fn an_account_whose_event_cannot_be_read_is_not_decided() {
    let contacts = format!("{CONTACTS}B,2026-11-31,phone,busy\n");
    let mut night = Night::new(ACCOUNTS, &contacts);
    assert!(night.refusal().contains(
        "row 2 (line 3), account B, an event of the account cannot be read, so that its facts are not known: contacts.csv, \
         row 7 (line 8), column `on`: `2026-11-31` is not a date"
    ));
    assert!(!night.path("out.csv").exists());
    night.options.keep_going = true;
    let summary = night.decide().unwrap();
    assert_eq!((summary.rows, summary.decisions, summary.errors), (4, 3, 1));
    assert_eq!((summary.events[0].refused, summary.events[0].of_nobody), (1, 0));
}

#[test]
fn an_event_of_nobody_ends_the_run_unless_it_is_to_keep_going() {
    let contacts = format!("{CONTACTS},2026-11-30,phone,busy\n");
    let mut night = Night::new(ACCOUNTS, &contacts);
    assert_eq!(
        night.refusal(),
        "contacts.csv: 1 row of 7 cannot be counted for any account, and nothing was written:\n  row 7 (line 8), column \
         `account_id`: the cell is empty: every event needs an account"
    );
    night.options.keep_going = true;
    let summary = night.decide().unwrap();
    assert_eq!((summary.errors, summary.events[0].of_nobody), (0, 1));
}

#[test]
fn problems_of_every_table_are_told_together() {
    let night = Night::new("account_id,dpd\nA,5\n", "account_id,when,channel\nA,2026-11-30,phone\n");
    let refusal = night.refusal();
    assert!(refusal.contains("column `dispute` is absent"), "{refusal}");
    assert!(refusal.contains("contacts.csv: column `on` is absent"), "{refusal}");
}

#[test]
fn holds_beside_the_table_hold_where_it_is_said_which_are_entered_there() {
    let mut night = Night::new("account_id,dpd,days_since_first_missed\nA,5,5\nB,40,45\n", CONTACTS);
    std::fs::write(
        night.path("holds.csv"),
        "account_id,what,from,until\nA,dispute,2026-11-30,\nB,dispute,2026-01-01,2026-11-29\n",
    )
    .unwrap();
    night.options.events.holds = Some(night.path("holds.csv").into());
    let refusal = night.refusal();
    assert!(refusal.contains("holds.csv: nothing says which protections the table records"), "{refusal}");
    assert!(refusal.contains("(the policy reads ") && refusal.contains("\"dispute\""), "{refusal}");
    night.options.mapping = Mapping::parse("[holds]\ncovers = [\"dispute\", \"closed\"]\n", "map.toml").unwrap();
    night.decide().unwrap();
    assert_eq!(night.decisions(&["account_id", "held_by"]), ["A dispute", "B "]);
}

#[test]
fn a_result_does_not_take_the_place_of_a_table_of_events() {
    let mut night = Night::new(ACCOUNTS, CONTACTS);
    night.options.outputs = vec![night.path("contacts.csv")];
    assert!(night.refusal().contains("a table of events"), "{}", night.refusal());
    assert_eq!(std::fs::read_to_string(night.path("contacts.csv")).unwrap(), CONTACTS);
}

#[test]
fn one_account_is_looked_up_with_its_events() {
    let night = Night::new(ACCOUNTS, CONTACTS);
    let policy = Night::policy();
    let mapping = Mapping::default();
    let lookup = Lookup {
        as_of: night.options.as_of,
        mapping: &mapping,
        events: &night.options.events,
        state: None,
        scripts: None,
    };
    let Found::Row { row, .. } = find_account(&policy, night.path("accounts.csv"), "B", lookup).unwrap() else {
        panic!("the table has the account");
    };
    let cell = |fact: &str| row.cell(policy.find_input(fact).unwrap()).get();
    assert_eq!((cell("calls_made"), cell("times_phone_7")), (Some(2), Some(1)));
}
