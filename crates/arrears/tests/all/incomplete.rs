//! A policy built by a program is checked as one from a file is.

use arrears::Policy;
use arrears::build::{Build, Line, fact};
use arrears::draft::Keyword;

fn whole() -> Build {
    Build::policy("card", "GBP").stage("late", fact("dpd").ge(30)).treatment("note", &["late"], "note")
}

/// The codes of everything that is wrong, warnings too.
fn codes(build: Build) -> Vec<&'static str> {
    let checked = Policy::check(&build.draft(), &[]);
    assert_eq!(checked.policy.is_none(), checked.problems.iter().any(arrears::Problem::is_error));
    checked.problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn nothing_is_wrong_with_a_whole_policy() {
    assert!(codes(whole()).is_empty());
}

#[test]
fn a_clause_left_out_is_never_taken_for_granted() {
    for line in [
        Line::new(Keyword::Stage).name("later"),
        Line::new(Keyword::Hold).name("dispute").option("stops", arrears::build::texts(&["contact"])),
        Line::new(Keyword::Applies),
        Line::new(Keyword::Cure),
        Line::new(Keyword::Ease).when(fact("dpd").is(0)),
        Line::new(Keyword::Never).name("nothing"),
        Line::new(Keyword::Always).name("something").when(fact("dpd").is(0)),
        Line::new(Keyword::Priority),
        Line::new(Keyword::Duty).name("notice").act("letter"),
        Line::new(Keyword::Act).name("block").when(fact("dpd").ge(60)),
        Line::new(Keyword::Treatment).name("call").act("phone"),
        Line::new(Keyword::Threshold).value(3).option("from", 1).option("to", 5),
    ] {
        let named = format!("{line:?}");
        assert!(codes(whole().add(line)).contains(&"P005"), "{named}");
    }
}

#[test]
fn a_debtor_type_is_asked_for_or_is_what_is_left() {
    let other = Line::new(Keyword::Debtor).name("other").otherwise();
    let neither = Line::new(Keyword::Debtor).name("late");
    let both = Line::new(Keyword::Debtor).name("late").when(fact("dpd").ge(1)).otherwise();
    assert_eq!(codes(whole().add(neither).add(other.clone())), ["P005"]);
    assert!(codes(whole().add(both).add(other)).contains(&"P005"));
}

#[test]
fn an_option_is_written_once() {
    let again = Line::new(Keyword::Treatment).name("text").stages(&["late"]).act("sms");
    let again = again.verb_option("every", 3).verb_option("every", 4);
    assert_eq!(codes(whole().add(again)), ["P103"]);
}

#[test]
fn a_set_of_words_holds_sixty_two_of_them() {
    let names: Vec<String> = (0..63).map(|number| format!("type {number}")).collect();
    let typed = |count: usize| {
        let types = names.iter().take(count - 1).enumerate();
        let build = types.fold(whole(), |build, (index, name)| {
            let days = i64::try_from(index).unwrap_or(0);
            build.add(Line::new(Keyword::Debtor).name(name).when(fact("dpd").is(days)))
        });
        codes(build.add(Line::new(Keyword::Debtor).name("other").otherwise()))
    };
    assert!(typed(62).is_empty());
    assert_eq!(typed(63), ["P314"]);
    let words: Vec<&str> = names.iter().map(String::as_str).collect();
    let values = Line::new(Keyword::Values).name("product").value(arrears::build::texts(&words));
    assert_eq!(codes(whole().add(values)), ["P314"]);
}

#[test]
fn warnings_wait_until_nothing_is_wrong() {
    let unread = Line::new(Keyword::Define).name("often").value(fact("late_count_12m").ge(3));
    assert_eq!(codes(whole().add(unread.clone())), ["P405"]);
    let mistake = Line::new(Keyword::Define).name("odd").value(fact("dpdd").ge(3));
    assert_eq!(codes(whole().add(unread).add(mistake)), ["P101"]);
}

#[test]
fn two_names_that_tables_cannot_tell_apart_are_refused() {
    let sign = |name: &str| Line::new(Keyword::Sign).name(name).when(fact("dpd").is(0)).option("ability", 1);
    assert_eq!(codes(whole().add(sign("on time")).add(sign("on-time"))), ["P118"]);
    assert!(codes(whole().add(sign("on time")).add(sign("on the day"))).is_empty());
}
