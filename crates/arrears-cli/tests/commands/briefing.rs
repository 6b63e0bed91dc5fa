//! `arrears briefing`: the page of the morning from a table.

use crate::support::{Answer, Desk, NO_LAW, golden};

fn briefed(desk: &Desk, more: &[&str]) -> Answer {
    let mut command = desk.command(&["briefing", "card.rhai", "--on", "accounts.csv"]);
    desk.answer(command.args(NO_LAW).args(more))
}

#[test]
fn the_page_says_what_is_due_and_names_the_tables_that_it_was_not_given() {
    let desk = Desk::new();
    let page = briefed(&desk, &[]);
    assert_eq!((page.code, page.err.as_str()), (0, ""));
    golden("briefing.txt", &page.out);
    let json = briefed(&desk, &["--json"]).json();
    assert_eq!(json["format"], "arrears-morning/1");
    let due = json["due_today"].as_array().unwrap().len();
    assert!(due > 0 && page.out.contains(&format!("Due today ({due})")), "{}", page.out);
}

#[test]
fn the_page_is_written_to_a_file_and_targets_stand_on_it() {
    let desk = Desk::new();
    desk.write(
        "targets.json",
        r#"{"format": "arrears-targets/1", "targets": [{"name": "talks", "wanted": {"count": 40}, "reached": {"count": 37}}]}"#,
    );
    let answer = briefed(&desk, &["--targets", "targets.json", "--html", "morning.html", "--team", "Team <3>"]);
    assert_eq!((answer.code, answer.out.as_str()), (0, ""), "{}", answer.err);
    let page = desk.read("morning.html");
    assert!(page.contains("Team &lt;3&gt;") && page.contains("<td>talks</td>"), "{page}");
}

#[test]
fn targets_that_cannot_be_read_and_days_that_cannot_be_are_refused_with_their_places() {
    let desk = Desk::new();
    desk.write(
        "targets.json",
        r#"{"format": "arrears-targets/1", "targets": [{"name": "talks", "wanted": {"cout": 40}}]}"#,
    );
    let answer = briefed(&desk, &["--targets", "targets.json"]);
    assert_eq!(answer.code, 2);
    for part in
        ["targets.json", "targets[0].wanted: found an object: expected {\"count\": 3}", "targets[0].reached: missing"]
    {
        assert!(answer.err.contains(part), "{}", answer.err);
    }
    let answer = briefed(&desk, &["--since", "2026-03-31"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("--since 2026-03-31 must be a day before --as-of 2026-03-31"), "{}", answer.err);
}
