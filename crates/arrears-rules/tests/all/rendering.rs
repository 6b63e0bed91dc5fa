//! Problems look as the handbook shows them.

use arrears::draft::Source;
use arrears::{Problem, Span};
use arrears_rules::{Loaded, Reading, Style, render};

fn source(name: &str, text: &str) -> Source {
    Source { name: name.into(), text: text.into() }
}

/// The span of the first `words` in a text.
fn find(file: u16, text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap_or_default();
    let at = |byte: usize| u32::try_from(byte).unwrap_or_default();
    Span::new(file, at(start), at(start + words.len()))
}

const CARD: &str = "policy \"card\" #{ version: \"3\" };\n\ntreatment \"first reminder\" in [\"reminder\"]\n    when dpd >= 5 && !promis_open\n    do sms(#{ text: \"gentle\" });\n\ntreatment \"late call\" in [\"firm\"]\n    when dpd > 250.00\n    do phone(#{ at: \"15:00\" });\n";

#[test]
fn a_problem_shows_its_line_its_place_and_its_help() {
    let sources = [source("card.rhai", CARD)];
    let at = find(0, CARD, "promis_open");
    let problem = Problem::error("P101", "unknown fact `promis_open`")
        .at(at, "accounts have no such fact")
        .suggest(at, "promise_open");
    let expected = "\
P101

  × unknown fact `promis_open`
   ╭─[card.rhai:4:23]
 3 │ treatment \"first reminder\" in [\"reminder\"]
 4 │     when dpd >= 5 && !promis_open
   ·                       ─────┬─────
   ·                            ╰── accounts have no such fact
 5 │     do sms(#{ text: \"gentle\" });
   ╰────
  help: did you mean `promise_open`?
";
    assert_eq!(render(&[problem], &sources, Style::default()), expected);
}

#[test]
fn two_sides_of_a_comparison_are_both_pointed_at() {
    let sources = [source("card.rhai", CARD)];
    let days = Span { start: find(0, CARD, "dpd > 250").start, end: find(0, CARD, "dpd > 250").start + 3, file: 0 };
    let problem = Problem::error("P203", "cannot compare days with an amount of money")
        .at(days, "days")
        .at(find(0, CARD, "250.00"), "an amount of money")
        .help("`dpd` counts days; for money use `overdue` or `balance`");
    let expected = "\
P203

  × cannot compare days with an amount of money
   ╭─[card.rhai:8:10]
 7 │ treatment \"late call\" in [\"firm\"]
 8 │     when dpd > 250.00
   ·          ─┬─   ───┬──
   ·           │       ╰── an amount of money
   ·           ╰── days
 9 │     do phone(#{ at: \"15:00\" });
   ╰────
  help: `dpd` counts days; for money use `overdue` or `balance`
";
    assert_eq!(render(&[problem], &sources, Style::default()), expected);
}

#[test]
fn a_cause_in_another_file_is_shown_below() {
    let module = "stage \"late\" when dpd > 30;\n";
    let sources = [source("card.rhai", "stage \"late\" when dpd > 60;\n"), source("stages.rhai", module)];
    let problem = Problem::warning("P110", "the stage `late` is declared twice")
        .at(find(0, "stage \"late\"", "\"late\""), "declared again")
        .at(find(1, module, "\"late\""), "declared here");
    let expected = "\
P110

  ⚠ the stage `late` is declared twice
   ╭─[card.rhai:1:7]
 1 │ stage \"late\" when dpd > 60;
   ·       ───┬──
   ·          ╰── declared again
   ╰────

Warning:
  ⚠ declared here
   ╭─[stages.rhai:1:7]
 1 │ stage \"late\" when dpd > 30;
   ·       ───┬──
   ·          ╰── declared here
   ╰────
";
    assert_eq!(render(&[problem], &sources, Style::default()), expected);
}

#[test]
fn the_caret_stands_under_the_right_character_behind_chinese() {
    let text = "sign \"不接电话\" when dpdd > 3 #{ ability: -1 };";
    let sources = [source("卡.rhai", text)];
    let problem = Problem::error("P101", "unknown fact `dpdd`").at(find(0, text, "dpdd"), "here");
    let shown = render(&[problem], &sources, Style::default());
    let line = " 1 │ sign \"不接电话\" when dpdd > 3 #{ ability: -1 };";
    // Each of the four characters is two columns wide.
    let caret = "   ·                      ──┬─";
    assert!(shown.contains(line) && shown.contains(caret), "{shown}");
}

#[test]
fn a_problem_without_a_place_is_shown_without_one() {
    let problem = Problem::error("P302", "no policy").at(Span::NONE, "nowhere");
    assert_eq!(render(&[problem], &[], Style::default()), "P302\n\n  × no policy\n");
}

#[test]
fn what_reading_gives_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Loaded>();
    shared::<Reading>();
}
