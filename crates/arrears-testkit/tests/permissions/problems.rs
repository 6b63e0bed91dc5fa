//! What is wrong with packs and guardrails that a program builds, and how that reads. How a file's author
//! sees it stands in the golden files of `arrears-rules`.

use crate::hand::{at, built, call_at, cited, hours, plain, refuses};
use arrears::build::{Build, Expr, Line, call, days_since, fact, texts, times};
use arrears::draft::Keyword;
use arrears::guardrail::{Answer, Case};
use arrears::{Law, Pack, Policy, Problem};

fn shown(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

/// What is wrong with a pack of these statements; there is one if nothing is.
fn of_pack(lines: impl IntoIterator<Item = Line>) -> Vec<String> {
    let checked = Pack::check(&built(lines).draft(), &[]);
    assert_eq!(checked.pack.is_some(), !checked.problems.iter().any(Problem::is_error));
    shown(&checked.problems)
}

/// What is wrong with a policy that has these statements besides.
fn of_policy(lines: impl IntoIterator<Item = Line>) -> Vec<String> {
    let build = Build::policy("card", "USD").stage("late", fact("dpd").ge(1)).treatment("note", &["late"], "note");
    shown(&Policy::check(&lines.into_iter().fold(build, Build::add).draft(), &[]).problems)
}

fn class(name: &str, when: impl Into<Expr>) -> Line {
    Line::new(Keyword::Contact).name(name).when(when)
}

fn at_most(times: impl Into<Expr>, of: &str, days: i64) -> Line {
    let rule = cited(Keyword::Guardrail, "R").act("at_most").verb_option("times", times);
    rule.verb_option("of", of).verb_option("days", days)
}

fn rest(after: &str, days: impl Into<Expr>) -> Line {
    cited(Keyword::Guardrail, "R").act("rest").verb_option("after", after).verb_option("days", days)
}

#[test]
fn p124_statements_stand_where_they_belong() {
    let stage = Line::new(Keyword::Stage).name("late").when(fact("dpd").ge(1));
    assert_eq!(
        of_pack([stage, refuses("R", true)]),
        ["P124: a pack has no `stage` (a pack states the law; who is treated how stands in the bank's policy)"]
    );
    let lifts = cited(Keyword::Exception, "E").when(true).option("lifts", texts(&["R"]));
    assert_eq!(
        of_policy([refuses("R", true), lifts]),
        [
            "P124: a policy has no `exception` (a policy's guardrails only add: what lifts a rule of law stands in its pack)"
        ]
    );
    assert_eq!(
        of_policy([Line::new(Keyword::Event).name("signed")]),
        ["P124: a policy has no `event` (what the law says stands in a pack of its own)"]
    );
}

#[test]
fn p125_guardrails_do_not_read_what_they_bind() {
    for read in ["debtor_type", "current_stage", "action", "willingness", "previous_stage"] {
        assert_eq!(
            of_pack([refuses("R", fact(read).is("late"))]),
            [format!("P125: a guardrail must not read `{read}` (read facts that the host gives)")]
        );
    }
}

#[test]
fn p126_classes_and_consents_are_declared() {
    let lines = [class("calls", true), at_most(3, "cals", 7)];
    assert_eq!(of_pack(lines), ["P126: unknown class of contacts \"cals\" (did you mean \"calls\"?)"]);
    assert_eq!(
        of_pack([rest("conversation", 7)]),
        ["P126: unknown class of contacts \"conversation\" (declare it: contact \"conversation\" ...;)"]
    );
    assert_eq!(
        of_pack([refuses("R", call("minutes_since", ["calls".into()]).lt(5))]),
        ["P126: unknown class of contacts \"calls\" (declare it: contact \"calls\" ...;)"]
    );
    assert_eq!(
        of_pack([refuses("R", call("consented", ["hours".into()]))]),
        ["P126: unknown kind of consent \"hours\" (declare it: consents \"hours\" ...;)"]
    );
    assert_eq!(
        of_policy([refuses("R", call("consented", ["hours".into()]))]),
        ["P126: unknown kind of consent \"hours\" (how consent of a kind lives is declared in packs of law)"]
    );
    let ends = Line::new(Keyword::Consents).name("hours").option("ends_with", "talks");
    assert_eq!(
        of_pack([ends, class("talk", fact("conversation")), refuses("R", true)]),
        ["P126: unknown class of contacts \"talks\" (did you mean \"talk\"?)"]
    );
}

#[test]
fn p127_a_class_is_read_of_one_contact_and_may_ask_for_events_and_consents() {
    let counting = || {
        [
            times("calls", 7).ge(1),
            days_since("calls").lt(3),
            call("days_since_first", ["calls".into()]).lt(3),
            call("minutes_since", ["calls".into()]).lt(3),
            call("not_yet", ["calls".into()]),
        ]
    };
    for when in counting() {
        let lines = [class("calls", true), class("more", when), refuses("R", true)];
        assert_eq!(
            of_pack(lines),
            ["P127: a class of contacts counts contacts (count in the guardrail: `at_most`, `rest` or `times(...)`)"]
        );
    }
    for when in [days_since("written_notice").ge(6), call("consent", ["sms".into()]), days_since("payment").ge(1)] {
        assert_eq!(of_pack([class("calls", when), at_most(1, "calls", 7)]), [""; 0]);
    }
}

#[test]
fn p128_what_stands_behind_do_is_a_limit() {
    assert_eq!(
        of_pack([cited(Keyword::Guardrail, "R").act("keep_hour")]),
        ["P128: a guardrail does not `keep_hour` (did you mean `keep_hours`?)"]
    );
    assert_eq!(
        of_pack([cited(Keyword::Guardrail, "R").act("phone")]),
        ["P128: a guardrail does not `phone` (limits are refuse, keep_hours, at_most, rest)"]
    );
}

#[test]
fn p129_an_exception_lifts_rules_of_its_own_pack() {
    let lifts = |rule: &str| cited(Keyword::Exception, "E").when(true).option("lifts", texts(&[rule]));
    assert_eq!(
        of_pack([refuses("R-hours", true), lifts("R-hour")]),
        ["P129: no rule of this pack is called \"R-hour\" (did you mean \"R-hours\"?)"]
    );
    assert_eq!(
        of_pack([refuses("R-hours", true), lifts("US-REGF-6c")]),
        [
            "P129: no rule of this pack is called \"US-REGF-6c\" (an exception lifts rules of its own pack, and no others)"
        ]
    );
}

#[test]
fn p325_versions_of_a_rule_follow_each_other() {
    let help = "end the earlier with `to:` before the later begins with `from:`, or tell them apart by `part:`";
    let clash = [format!("P325: two versions of the rule \"R\" are in force on one day ({help})")];
    let from = |day: &str| refuses("R", true).option("from", day);
    let to = |day: &str| hours("R", "every_day", "08:00-20:00").option("to", day);
    assert_eq!(of_pack([to("2026-03-31"), from("2026-03-31")]), clash);
    assert_eq!(of_pack([to("2026-03-31"), from("2026-04-01")]), [""; 0]);
    assert_eq!(of_pack([to("2026-03-31"), from("2026-03-31").option("part", "more")]), [""; 0]);
    assert_eq!(of_pack([refuses("R", true), from("2026-03-31")]), clash);
    assert_eq!(of_pack([refuses("other", true).option("rule", "R"), from("2026-03-31")]), clash);
}

#[test]
fn p326_limits_leave_something() {
    let help = "to refuse every such contact write `do refuse()`";
    let calls = || class("calls", true);
    assert_eq!(
        of_pack([calls(), at_most(0, "calls", 7)]),
        [format!("P326: `times` is 0: no contact would ever be allowed ({help})")]
    );
    assert_eq!(
        of_pack([calls(), at_most(1, "calls", 0)]),
        [format!("P326: `days` is 0: no contact would ever be allowed ({help})")]
    );
    assert_eq!(
        of_pack([calls(), rest("calls", 0)]),
        [format!("P326: `days` is 0: no contact would ever be allowed ({help})")]
    );
    let threshold = |from: i64| {
        let line = Line::new(Keyword::Threshold).name("most").value(3).option("from", from).option("to", 7);
        line.option("why", "so")
    };
    assert_eq!(
        of_pack([threshold(0), calls(), at_most(fact("most"), "calls", 7)]),
        ["P326: `times` may be set below 1 (let the range of the threshold begin at 1)"]
    );
    assert_eq!(of_pack([threshold(1), calls(), at_most(fact("most"), "calls", 7)]), [""; 0]);
    // A person may be asked to look at the first already.
    assert_eq!(of_pack([calls(), at_most(0, "calls", 7).option("answer", "review")]), [""; 0]);
}

#[test]
fn p327_what_was_not_verified_is_not_in_force() {
    let problem = "P327: a rule that was not verified is shipped as in force (give it `status: \"unverified\"`: a host may enable it by name)";
    let recalled = |status: Option<&str>| {
        let rule = Line::new(Keyword::Guardrail).name("R").when(true).act("refuse").option("cites", "1");
        let rule = rule.option("says", "so").option("not_covered", "nothing").option("basis", "recalled");
        status.into_iter().fold(rule, |rule, status| rule.option("status", status))
    };
    assert_eq!(of_pack([recalled(None)]), [problem]);
    assert_eq!(of_pack([recalled(Some("in_force"))]), [problem]);
    assert_eq!(of_pack([recalled(Some("unverified"))]), [""; 0]);
    assert_eq!(of_pack([refuses("R", true).option("certainty", "low")]), [problem]);
}

#[test]
fn p211_hours_and_days_in_force_do_not_end_before_they_begin() {
    let over = "hours over midnight are two: up to 24:00, and from 00:00 on the next day";
    for period in ["20:00-08:00", "08:00-08:00"] {
        assert_eq!(
            of_pack([hours("R", "mon_fri", period)]),
            [format!("P211: the hours end before they begin ({over})")]
        );
    }
    assert_eq!(
        of_pack([hours("R", "every_day", "08:00")]),
        ["P318: \"08:00\" are not hours (hours are written \"08:00-20:00\", or \"none\")"]
    );
    assert_eq!(
        of_pack([cited(Keyword::Guardrail, "R").act("keep_hours").verb_option("holidays", "none")]),
        ["P209: `keep_hours` names no day (as in keep_hours(#{ mon_sat: \"08:00-20:00\" }))"]
    );
    let dates = |line: Line| line.option("from", "2026-04-01").option("to", "2026-03-31");
    assert_eq!(of_pack([dates(refuses("R", true))]), ["P211: the rule ends before it begins"]);
    let head =
        Line::new(Keyword::Pack).name("us").option("version", "1").option("title", "US").option("jurisdiction", "US");
    let draft = Build::default().add(dates(head)).add(refuses("R", true)).draft();
    assert_eq!(shown(&Pack::check(&draft, &[]).problems), ["P211: the pack ends before it begins"]);
}

#[test]
fn p209_law_is_of_some_jurisdiction_and_its_rules_stand_somewhere() {
    let head =
        Line::new(Keyword::Pack).name("us").option("version", "1").option("title", "US").option("jurisdiction", "");
    let draft = Build::default().add(head).add(refuses("R", true)).draft();
    assert_eq!(
        shown(&Pack::check(&draft, &[]).problems),
        [
            "P209: `pack` needs `jurisdiction` (law binds accounts of some jurisdiction; rules that bind everywhere stand in a policy)"
        ]
    );
    let help = "a rule of law is shipped with its citation and the basis on which it is known";
    let needs = |key: &str| format!("P209: `guardrail` needs `{key}` in a pack ({help})");
    let bare = Line::new(Keyword::Guardrail).name("R").when(true).act("refuse");
    let mut missing: Vec<String> = ["cites", "basis", "says", "not_covered"].into_iter().map(needs).collect();
    missing.sort();
    let mut found = of_pack([bare.clone()]);
    found.sort();
    assert_eq!(found, missing);
    assert_eq!(of_policy([bare]), [""; 0]);
}

#[test]
fn p112_no_class_asks_for_consent_that_its_own_contacts_end() {
    let ends = |kind: &str, class: &str| Line::new(Keyword::Consents).name(kind).option("ends_with", class);
    let asks = |name: &str, kind: &str| class(name, call("consented", [kind.into()]));
    let lines = [ends("a", "one"), ends("b", "two"), asks("one", "b"), asks("two", "a"), refuses("R", true)];
    assert_eq!(
        of_pack(lines),
        ["P112: the class \"one\" needs itself (let the consent end with a class that does not ask for it)"]
    );
    let lines = [
        ends("a", "one"),
        class("one", true),
        asks("two", "a"),
        ends("b", "two"),
        asks("three", "b"),
        at_most(1, "three", 7),
    ];
    assert_eq!(of_pack(lines), [""; 0]);
}

#[test]
fn p118_and_p109_names_of_classes_lead_to_their_own_contacts() {
    let lines =
        [class("a b", true), class("a-b", false), refuses("R", times("a b", 7).ge(1).and(times("a-b", 7).ge(1)))];
    assert_eq!(
        of_pack(lines),
        ["P118: `times(\"a-b\", 7)` and `times(\"a b\", 7)` are one column, `times_a_b_7` (rename one of the two)"]
    );
    let both = fact("days_since_demand").ge(1).and(days_since("demand").ge(1));
    assert_eq!(
        of_pack([class("demand", true), refuses("R", both)]),
        [
            "P118: `days_since(\"demand\")` and `days_since_demand` are one column, `days_since_demand` (rename one of the two)"
        ]
    );
    let months = call("months_since", ["calls".into()]).ge(1);
    assert_eq!(
        of_pack([class("calls", true), refuses("R", months)]),
        ["P109: months are not counted since a contact of a class (count days: days_since(\"calls\"))"]
    );
}

#[test]
fn a_class_goes_before_a_fact_of_the_account_that_has_its_name() {
    let lines = [class("demand", true), refuses("R", call("not_yet", ["demand".into()]))];
    let pack = Pack::check(&built(lines).draft(), &[]).pack.unwrap();
    let mut standing = plain();
    standing.facts = [("days_since_demand".to_owned(), arrears::guardrail::Told::Word("never".into()))].into();
    standing.contacts = Some(vec![call_at("2026-03-30T10:00:00-04:00")]);
    let case = Case::new(&Law::of([pack]), &standing, at("2026-03-31T10:00:00-04:00")).unwrap();
    assert_eq!(case.answer(&call_at("2026-03-31T10:00:00-04:00")), Ok(Answer::Allow));
}
