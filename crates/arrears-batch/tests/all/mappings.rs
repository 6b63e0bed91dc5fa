//! Mappings proposed for tables.

use crate::support::{Folder, policy};
use arrears_batch::{Mapping, open, propose_mapping};

const TABLE: &str = "Account-ID,dpd,DPD2,Overdue,is_deceased,risk,extra\n";

#[test]
fn a_proposal_takes_what_is_certain_suggests_what_is_close_and_assumes_nothing() {
    let folder = Folder::new();
    let table = open(folder.write("book.csv", TABLE)).unwrap();
    let text = propose_mapping(table.schema(), "book.csv", Some(&policy()));
    let (taken, free) =
        text.split_once("\n# No column was found for these facts; decisions are made without them.\n").unwrap();
    assert_eq!(
        taken,
        r##"# Columns of book.csv for the policy `book`.

[columns]
account_id = "Account-ID"
# customer_id = "..."  # the person, where one person's accounts are to be settled together
# currency = "..."  # the currency of the row's amounts
dpd = "dpd"
risk = "risk"
overdue = "Overdue"

# Columns of close names. Take the comment away from those that are right.
# deceased = "is_deceased"  # Whether the person has died.

# No column was found for these facts. Name one under [columns], or let the policy say
# what may be taken as known, and why. Nothing is assumed.
#   deceased: Whether the person has died.
#     assume deceased = false #{ why: "..." };
#   dispute: Whether the debt is disputed.
#     assume dispute = false #{ why: "..." };
#   cause: Why the account fell behind, as far as anyone has found out.
#     assume cause = "..." #{ why: "..." };
#   days_since_payment: Days since the last payment. Never: no payment was ever made.
#     assume days_since_payment = "never" #{ why: "..." };

# No column was found for these facts; the policy assumes them.
#   fraud: assume fraud = false (another department looks for it)
#   times_refused_60: assume times("refused", 60) = 0 (no contact history)
#   opted_out_sms: assume opted_out("sms") = false (no objections are kept)
#   opted_out_letter: assume opted_out("letter") = false (no objections are kept)
"##
    );
    assert!(free.contains("#   zones: The person's IANA time zone. Missing: the policy's zone.\n"));
    assert!(free.ends_with(
        "\n[never]\n# Values that mean \"never\", besides the word and 999999:\n# days_since_payment = -1\n"
    ));
}

#[test]
fn a_proposal_is_a_mapping_that_can_be_read_whatever_the_columns_are_called() {
    let folder = Folder::new();
    let header = "\"a\"\"b\",\"new\nline\",\u{8d26}\u{6237},dpd,\"x]\",overdue = 1\n";
    let table = open(folder.write("book.csv", header)).unwrap();
    for text in
        [propose_mapping(table.schema(), "odd\nname.csv", None), propose_mapping(table.schema(), "b", Some(&policy()))]
    {
        let mapping = Mapping::parse(&text, "map.toml").unwrap();
        assert_eq!(mapping.column("dpd"), Some("dpd"));
    }
}

#[test]
fn without_a_policy_a_proposal_covers_the_whole_fact_table() {
    let folder = Folder::new();
    let table = open(folder.write("book.csv", "account_id,dpd,balance,utilization\n")).unwrap();
    let text = propose_mapping(table.schema(), "book.csv", None);
    assert!(text.starts_with("# Columns of book.csv for the whole fact table.\n"));
    assert!(text.contains("\ndpd = \"dpd\"\nbalance = \"balance\"\n"));
    assert!(text.contains("# utilisation = \"utilization\""));
    assert!(!text.contains("assume"));
}
