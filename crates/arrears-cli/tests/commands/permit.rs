//! `arrears permit`: whether one contact may be made, by which rules, and when it might be.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::support::{Answer, Desk, golden};

/// A pack of a jurisdiction in which no shipped pack binds.
const LAW: &str = include_str!("data/law.rhai");
const CASE: &str = include_str!("data/case.json");

/// A call at noon on a Monday, of which everything is told.
const NOON: [&str; 10] = [
    "--jurisdiction",
    "XX",
    "--zone",
    "America/New_York",
    "--channel",
    "phone",
    "--recipient",
    "debtor",
    "--nothing-on-file",
    "--at",
];

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("law.rhai", LAW);
    desk.write("case.json", CASE);
    desk
}

fn permit(desk: &Desk, more: &[&str]) -> Answer {
    desk.answer(desk.command(&["permit", "--pack", "law.rhai"]).args(more))
}

fn at(desk: &Desk, moment: &str, more: &[&str]) -> Answer {
    permit(desk, &[&NOON[..], &[moment], more].concat())
}

/// The letters of one day of the drawing.
fn hours(answer: &Answer, day: &str) -> String {
    let line = answer.out.lines().find(|line| line.trim_start().starts_with(day)).unwrap();
    line.chars().skip(13).collect()
}

#[test]
fn a_contact_that_may_be_made_ends_well() {
    let answer = at(&desk(), "2026-08-31T12:00", &[]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("permit_allow.txt", &answer.out);
}

#[test]
fn a_case_file_tells_of_several_debts_and_of_earlier_contacts() {
    let answer = permit(&desk(), &["--case", "case.json"]);
    assert_eq!((answer.code, answer.err.as_str()), (7, ""));
    golden("permit_block.txt", &answer.out);
}

#[test]
fn what_is_not_said_is_not_known_and_it_is_said_where_to_tell_it() {
    let answer = permit(&desk(), &["--jurisdiction", "XX", "--at", "2026-08-31T12:00:00-04:00", "--channel", "phone"]);
    assert_eq!((answer.code, answer.err.as_str()), (6, ""));
    golden("permit_review.txt", &answer.out);
    // Of a case that came as a file, the fields of the file are named.
    let desk = desk();
    desk.write("few.json", r#"{"standing": {"debts": [{"id": "A-1"}]}, "proposed": {"at": "2026-08-31T12:00:00-04:00", "channel": "phone"}}"#);
    let answer = permit(&desk, &["--case", "few.json"]);
    assert_eq!(answer.code, 6);
    assert!(answer.out.contains("  under: no pack of law\n"), "{}", answer.out);
    assert!(
        answer.out.contains("standing.jurisdiction: a jurisdiction in which a pack of law binds"),
        "{}",
        answer.out
    );
}

#[test]
fn a_case_may_come_from_stdin() {
    let desk = desk();
    let file = permit(&desk, &["--case", "case.json"]);
    let mut command = desk.command(&["permit", "--pack", "law.rhai", "--case", "-"]);
    let piped = desk.answer(command.write_stdin(CASE));
    assert_eq!((piped.code, piped.out), (file.code, file.out));
}

#[test]
fn a_case_that_was_told_in_words_is_written_as_a_file() {
    let desk = desk();
    let told = at(&desk, "2026-08-31T12:00", &["--fact", "dispute=true", "--content", "collection", "--print-case"]);
    assert_eq!(told.code, 0, "{}", told.err);
    desk.write("told.json", &told.out);
    let again = permit(&desk, &["--case", "told.json", "--json"]).json();
    let said = at(&desk, "2026-08-31T12:00", &["--fact", "dispute=true", "--content", "collection", "--json"]).json();
    assert_eq!(again, said);
    assert_eq!((&said["answer"], &said["rules"][0]["rule"]), (&"review".into(), &"XX-dispute".into()));
}

#[test]
fn programs_read_the_permission_with_the_days_ahead() {
    let answer = permit(&desk(), &["--case", "case.json", "--json"]);
    assert_eq!(answer.code, 7);
    let json = answer.json();
    assert_eq!((&json["answer"], &json["presumption"]), (&"block".into(), &"violation".into()));
    assert_eq!(json["rules"][1]["cites"], "section 2");
    assert_eq!(json["counts"][0], serde_json::json!({"rule": "XX-calls", "class": "call", "counted": 3, "limit": 2}));
    assert_eq!(json["not_enabled"][0], serde_json::json!({"rule": "XX-visits", "status": "unverified"}));
    let days = json["days"].as_array().unwrap();
    assert_eq!((days.len(), &days[1]["date"]), (7, &"2026-07-03".into()));
    assert_eq!(days[1]["holidays"][0], "Independence Day (observed) (us-federal)");
    assert_eq!(days[0]["periods"][0]["answer"], "block");
    let missing = permit(&desk(), &["--channel", "phone", "--at", "2026-08-31T12:00:00Z", "--json"]).json();
    assert_eq!(missing["how_to_tell"][0]["path"], "standing.jurisdiction");
}

#[test]
fn an_exception_that_lifts_a_rule_is_told() {
    let desk = desk();
    desk.write(
        "case.json",
        &CASE
            .replace("2026-07-02T20:30:00-04:00", "2026-08-02T20:30:00-04:00")
            .replace("2026-06-15T09", "2026-07-20T09"),
    );
    let answer = permit(&desk, &["--case", "case.json"]);
    assert!(answer.out.contains("What was lifted\n  XX-hours by XX-consent\n"), "{}", answer.out);
}

#[test]
fn the_law_may_be_tightened_and_rules_enabled() {
    let desk = desk();
    let one = desk
        .read("case.json")
        .replace("2026-07-02T20:30:00-04:00", "2026-08-03T12:00:00-04:00")
        .replace("\"dispute\": true", "\"dispute\": false");
    desk.write("case.json", &one.replace("2026-06-30T18:20", "2026-07-31T18:20"));
    assert_eq!(permit(&desk, &["--case", "case.json"]).code, 0);
    let tight = permit(&desk, &["--case", "case.json", "--set", "desk-law.calls_a_week=1"]);
    assert_eq!(tight.code, 7);
    assert!(tight.out.contains("XX-calls: 2 of 1 call (exceeded)"), "{}", tight.out);
    let visit =
        ["--jurisdiction", "XX", "--at", "2026-08-31T12:00:00-04:00", "--channel", "visit", "--fact", "dispute=false"];
    assert_eq!(permit(&desk, &visit).code, 0);
    let enabled = permit(&desk, &[&visit[..], &["--enable", "XX-visits"]].concat());
    assert_eq!(enabled.code, 7);
    assert!(enabled.out.contains("  enabled: XX-visits\n"), "{}", enabled.out);
    assert_eq!(permit(&desk, &[&visit[..], &["--unverified"]].concat()).code, 7);
    for (set, code, said) in [
        ("desk-law.calls_a_week=9", 1, "--set desk-law.calls_a_week: "),
        ("desk-lay.calls_a_week=1", 2, "no pack is called `desk-lay`: did you mean `desk-law`?"),
        ("calls_a_week=1", 2, "a threshold of a pack is set with its pack, as in us-regf.calls_a_week"),
    ] {
        let answer = permit(&desk, &["--case", "case.json", "--set", set]);
        assert_eq!(answer.code, code, "{}", answer.err);
        assert!(answer.err.contains(said), "{}", answer.err);
    }
    let answer = permit(&desk, &["--case", "case.json", "--enable", "XX-visit"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("no pack has a rule `XX-visit`: did you mean `XX-visits`?"), "{}", answer.err);
}

#[test]
fn a_bank_s_own_guardrails_only_add() {
    let desk = desk();
    assert_eq!(at(&desk, "2026-08-31T12:00", &[]).code, 0);
    desk.rewrite("priority overdue;", "guardrail \"no Mondays\" when weekday == \"mon\" do refuse() #{ says: \"nobody is called on Mondays\" };\npriority overdue;");
    let answer = at(&desk, "2026-08-31T12:00", &["--policy", "card.rhai"]);
    assert_eq!(answer.code, 7, "{}", answer.err);
    assert!(answer.out.contains("no Mondays  blocks"), "{}", answer.out);
    assert!(answer.out.contains("permitted from Tue 2026-09-01 08:00 on"), "{}", answer.out);
    let desk = self::desk();
    let answer = at(&desk, "2026-08-31T12:00", &["--policy", "card.rhai"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, "note: card.rhai has no guardrails of its own\n"));
}

#[test]
fn a_pack_file_may_take_the_place_of_a_shipped_pack() {
    let desk = desk();
    desk.write("qc.rhai", &LAW.replace("\"desk-law\"", "\"ca-qc\"").replace("\"XX\"", "\"CA-QC\""));
    let words = [
        "--jurisdiction",
        "CA-QC",
        "--zone",
        "America/Toronto",
        "--channel",
        "letter",
        "--nothing-on-file",
        "--at",
        "2026-08-31T12:00",
    ];
    let answer = desk.answer(desk.command(&["permit", "--pack", "qc.rhai"]).args(words));
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert_eq!(answer.err, "note: qc.rhai takes the place of the shipped pack ca-qc\n");
    assert!(answer.out.contains("  under: ca-qc 3\n"), "{}", answer.out);
}

#[test]
fn the_hours_of_a_day_on_which_clocks_change_are_drawn_as_the_clock_shows_them() {
    let desk = desk();
    // No rule of the desk binds a letter, so that every hour there is can be seen.
    let letter = |at: &str| {
        let words = [
            "--jurisdiction",
            "XX",
            "--zone",
            "America/New_York",
            "--channel",
            "letter",
            "--fact",
            "dispute=false",
            "--at",
            at,
        ];
        permit(&desk, &words)
    };
    assert_eq!(hours(&letter("2026-03-08T00:00"), "Sun 03-08"), format!("####  {}", "#".repeat(42)));
    assert_eq!(hours(&letter("2026-11-01T00:00"), "Sun 11-01"), "#".repeat(48));
    for (moment, said) in [
        ("2026-03-08T02:30", "clocks in America/New_York never show `2026-03-08T02:30`: they are put forward over it"),
        ("2026-11-01T01:30", "clocks in America/New_York show `2026-11-01T01:30` twice: say its offset from UTC"),
    ] {
        let answer = letter(moment);
        assert_eq!(answer.code, 2);
        assert!(answer.err.contains(said), "{}", answer.err);
    }
}

#[test]
fn a_holiday_beyond_the_calendar_is_not_known() {
    let answer = at(&desk(), "2040-08-31T12:00", &[]);
    assert_eq!(answer.code, 6);
    assert!(answer.out.contains("  not known: holiday\n"), "{}", answer.out);
    assert!(answer.out.contains("  * 08-31 the calendar us-federal does not know this day\n"), "{}", answer.out);
}

#[test]
fn no_line_is_wider_than_80_and_without_colour_nothing_is_lost() {
    let desk = desk();
    let plain = permit(&desk, &["--case", "case.json"]);
    assert!(plain.out.lines().all(|line| line.chars().count() <= 80), "{}", plain.out);
    let mut forced = desk.command(&["permit", "--pack", "law.rhai", "--case", "case.json"]);
    let forced = desk.answer(forced.env("CLICOLOR_FORCE", "1"));
    assert!(forced.out.contains("\u{1b}[1m\u{1b}[31mblock"), "{:?}", forced.out);
    assert_eq!(anstream_free(&forced.out), plain.out);
}

/// A text without its colours.
fn anstream_free(text: &str) -> String {
    let mut plain = String::new();
    let mut parts = text.split('\u{1b}');
    plain.push_str(parts.next().unwrap());
    parts.for_each(|part| plain.push_str(part.split_once('m').unwrap().1));
    plain
}

#[test]
fn everything_wrong_with_a_case_is_said_with_its_file_and_its_path() {
    let desk = desk();
    let bad = CASE
        .replace(
            "\"recipient\": \"debtor\", \"outcome\": \"no_answer\"",
            "\"recipient\": \"detbor\", \"outcome\": \"no_answer\"",
        )
        .replace("\"America/Chicago\"", "\"America/Chicargo\"")
        .replace("\"facts\": { \"dispute\": false }", "\"facts\": { \"dispute\": \"no\" }, \"fact\": {}")
        .replace(
            "\"channel\": \"phone\", \"recipient\": \"debtor\", \"content\"",
            "\"chanel\": \"phone\", \"recipient\": \"debtor\", \"content\"",
        );
    desk.write("case.json", &bad);
    let answer = permit(&desk, &["--case", "case.json"]);
    assert_eq!((answer.code, answer.out.as_str()), (3, ""));
    golden("permit_problems.txt", &answer.err);
    let error = permit(&desk, &["--case", "case.json", "--json"]).json()["error"].clone();
    assert_eq!((&error["kind"], &error["exit"]), (&"table".into(), &3.into()));
    assert_eq!(error["problems"][1]["path"], "standing.contacts[0].recipient");
}

#[test]
fn what_is_wrong_on_the_command_line_is_said_by_its_option() {
    let desk = desk();
    let asked = ["--jurisdiction", "XX", "--channel", "phone", "--at", "2026-08-31T12:00:00-04:00"];
    let answer = permit(
        &desk,
        &[&asked[..], &["--zone", "America/New_Yorck", "--fact", "dispute=maybe", "--fact", "disputed=true"]].concat(),
    );
    assert_eq!((answer.code, answer.out.as_str()), (2, ""));
    golden("permit_words.txt", &answer.err);
    for (words, said) in [
        (&["--channel", "fone", "--at", "2026-08-31T12:00:00Z"][..], "a similar value exists: 'phone'"),
        (&["--channel", "phone"], "--at <MOMENT>"),
        (&["--channel", "phone", "--at", "noon"], "`noon` is not a moment: expected one such as"),
        (&["--channel", "phone", "--at", "2026-08-31T12:00"], "has no offset from UTC"),
        (&[], "--case <FILE.json>"),
        (&["--case", "case.json", "--channel", "phone"], "cannot be used with"),
    ] {
        let answer = permit(&desk, words);
        assert_eq!(answer.code, 2, "{}", answer.err);
        assert!(answer.err.contains(said), "{}", answer.err);
    }
}

#[test]
fn what_cannot_be_read_is_told_apart() {
    let desk = desk();
    assert_eq!(permit(&desk, &["--case", "nobody.json"]).code, 5);
    assert_eq!(desk.arrears(&["permit", "--pack", "nobody.rhai", "--case", "case.json"]).code, 5);
    std::fs::write(desk.path("latin.json"), b"{\"standing\": \"M\xfcller\"}").unwrap();
    let answer = permit(&desk, &["--case", "latin.json"]);
    assert_eq!(answer.code, 3);
    assert!(answer.err.contains("latin.json: is not text in UTF-8"), "{}", answer.err);
    desk.write("case.json", &format!("\u{feff}{CASE}"));
    assert_eq!(permit(&desk, &["--case", "case.json"]).code, 7);
    desk.write("law.rhai", &LAW.replace("when as_call\n    do keep", "when as_cal\n    do keep"));
    let answer = permit(&desk, &["--case", "case.json"]);
    assert_eq!((answer.code, answer.out.as_str()), (1, ""));
    assert!(answer.err.contains("did you mean `as_call`?"), "{}", answer.err);
    assert!(answer.err.contains("law.rhai cannot be used: 1 problem"), "{}", answer.err);
}

#[test]
fn a_hostile_case_is_refused_and_cannot_steer_the_terminal() {
    let desk = desk();
    let deep = format!("{{\"standing\": {}", "[".repeat(200_000));
    let wide = CASE.replace("\"A-1\" }, {", &format!("\"A-1\" }}, {} {{", "{ \"id\": \"B\" },".repeat(20_000)));
    let huge = CASE
        .replace("2026-06-29T10:15:00-04:00", "9999-12-31T23:59:59-23:59")
        .replace("2026-06-15T09:00:00-04:00", "0000-01-01T00:00:00+23:59");
    let number = CASE.replace("\"dispute\": false", "\"dpd\": 99999999999999999999999999, \"minor\": 1e999");
    for (name, text, codes) in
        [("deep", deep, &[3][..]), ("wide", wide, &[3]), ("huge", huge, &[6, 7]), ("number", number, &[3])]
    {
        desk.write("case.json", &text);
        let answer = permit(&desk, &["--case", "case.json"]);
        assert!(codes.contains(&answer.code), "{name}: {} {}", answer.code, answer.err);
        assert!(!answer.err.contains("panicked"), "{name}: {}", answer.err);
    }
    desk.write("case.json", &CASE.replace("\"A-2\"", "\"\\u001b[2J\"").replace("2026-07-02", "2026-08-31"));
    let answer =
        desk.answer(desk.command(&["permit", "--pack", "law.rhai", "--case", "case.json"]).env("CLICOLOR_FORCE", "1"));
    assert_eq!(answer.code, 7, "{}", answer.err);
    assert!(!answer.out.contains("\u{1b}[2J"), "{:?}", answer.out);
}
