//! `arrears inputs` and `arrears init`: what a table needs, and what it has.

use crate::support::{Desk, golden};

#[test]
fn the_columns_of_a_policy_are_listed_by_how_they_are_needed() {
    let answer = Desk::new().arrears(&["inputs", "card.rhai"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("inputs.txt", &answer.out);
}

#[test]
fn programs_read_kind_need_and_words_of_every_column() {
    let json = Desk::new().arrears(&["inputs", "card.rhai", "--json"]).json();
    let columns = json.as_array().unwrap();
    let column = |name: &str| columns.iter().find(|column| column["name"] == name).unwrap();
    assert_eq!((&column("dpd")["kind"], &column("dpd")["need"]), (&"days".into(), &"required".into()));
    assert_eq!(column("deceased")["assumed"], "deceased = false");
    assert_eq!(column("days_since_call")["never"], true);
    assert_eq!(column("number_mobile")["words"][0], "valid");
    assert_eq!(column("account_id")["need"], "required");
}

#[test]
fn a_proposed_mapping_can_be_used_as_it_stands_where_names_agree() {
    let desk = Desk::new();
    desk.reenter("dpd,", "DPD,");
    let answer = desk.arrears(&["init", "accounts.csv", "--policy", "card.rhai", "--out", "map.toml"]);
    assert_eq!((answer.code, answer.out.as_str()), (0, "written: map.toml; read it before use\n"));
    assert!(desk.read("map.toml").contains("dpd = \"DPD\""));
    assert_eq!(desk.run(&["--columns", "map.toml", "--quiet"]).code, 0);
}

#[test]
fn what_has_no_column_is_listed_and_not_assumed() {
    let desk = Desk::new();
    desk.reenter("dispute,", "quarrel,");
    let answer = desk.arrears(&["init", "accounts.csv", "--policy", "card.rhai"]);
    assert_eq!(answer.code, 0);
    golden("init.txt", &answer.out);
    desk.write("map.toml", &answer.out);
    assert_eq!(desk.run(&["--columns", "map.toml"]).code, 3);
}

#[test]
fn a_mapping_that_someone_has_mended_is_not_lost() {
    let desk = Desk::new();
    desk.write("map.toml", "# mended\n");
    let answer = desk.arrears(&["init", "accounts.csv", "--out", "map.toml"]);
    assert_eq!(answer.code, 5);
    assert_eq!(desk.read("map.toml"), "# mended\n");
}
