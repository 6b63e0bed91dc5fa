//! Every span covers the author's own words, whatever stands before them.

#![expect(clippy::string_slice, reason = "a test stops at what it did not expect")]

use arrears::Span;
use arrears::condition::{Term, TermKind};
use arrears::draft::{Draft, Statement};
use arrears_rules::read_source;

fn draft(text: &str) -> Draft {
    let reading = read_source("card.rhai", text);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    reading.draft
}

fn at(draft: &Draft, span: Span) -> String {
    let source = &draft.sources[usize::from(span.file)];
    source.text[span.start as usize..span.end as usize].to_owned()
}

fn only(draft: &Draft) -> &Statement {
    draft.statements.last().unwrap()
}

/// The words under every term of a condition, parents before their parts.
fn words(draft: &Draft, term: &Term) -> Vec<String> {
    let mut found = vec![at(draft, term.span)];
    for part in term.parts() {
        found.extend(words(draft, part));
    }
    found
}

fn condition(text: &str) -> Vec<String> {
    let draft = draft(&format!("define it = {text};"));
    words(&draft, only(&draft).value.as_ref().unwrap())
}

#[test]
fn a_condition_covers_its_parts() {
    assert_eq!(
        condition("dpd in 31..=90 && promise_vague"),
        ["dpd in 31..=90 && promise_vague", "dpd in 31..=90", "dpd", "31..=90", "31", "90", "promise_vague"]
    );
}

#[test]
fn parentheses_belong_to_what_stands_between_them() {
    assert_eq!(
        condition("(dpd > 3 || hostile) && !(known(cause))"),
        [
            "(dpd > 3 || hostile) && !(known(cause))",
            "(dpd > 3 || hostile)",
            "dpd > 3",
            "dpd",
            "3",
            "hostile",
            "!(known(cause))",
            "(known(cause))",
            "cause",
        ]
    );
}

#[test]
fn calls_lists_and_negative_numbers_are_covered_whole() {
    assert_eq!(
        condition(r#"times("phone", 7) >= -3 || cause in ["illness", "dispute"] || overdue > -0.50"#)[1..8],
        [
            r#"times("phone", 7) >= -3"#,
            r#"times("phone", 7)"#,
            r#""phone""#,
            "7",
            "-3",
            r#"cause in ["illness", "dispute"]"#,
            "cause"
        ]
    );
}

#[test]
fn a_multiplication_of_sums_keeps_its_parentheses() {
    assert_eq!(
        condition("(overdue + fees) * min(2, rate) >= abs(balance - 3)"),
        [
            "(overdue + fees) * min(2, rate) >= abs(balance - 3)",
            "(overdue + fees) * min(2, rate)",
            "(overdue + fees)",
            "overdue",
            "fees",
            "min(2, rate)",
            "2",
            "rate",
            "abs(balance - 3)",
            "balance - 3",
            "balance",
            "3",
        ]
    );
}

#[test]
fn open_ranges_end_where_the_author_ends_them() {
    assert_eq!(condition("dpd in ..=30")[2..], ["..=30", "30"]);
    assert_eq!(condition("dpd in 90..")[2..], ["90..", "90"]);
    let text = r#"treatment "call" in ["firm"] when dpd in 90.. unless !known(cause) do phone();"#;
    let draft = draft(text);
    let when = only(&draft).when.as_ref().unwrap();
    assert_eq!(at(&draft, when.span), "dpd in 90..");
    assert_eq!(at(&draft, only(&draft).unless.as_ref().unwrap().span), "!known(cause)");
    let TermKind::In(_, range) = &when.kind else { panic!() };
    assert!(matches!(&range.kind, TermKind::Range { to: None, inclusive: false, .. }));
}

#[test]
fn options_may_follow_an_open_range() {
    let draft = draft(r#"stage "late" when dpd in 90.. #{ beside: true };"#);
    let late = only(&draft);
    assert_eq!(at(&draft, late.when.as_ref().unwrap().span), "dpd in 90..");
    assert!(late.option("beside").is_some());
}

#[test]
fn a_statement_goes_from_its_keyword_to_its_semicolon() {
    let text = "// 前置\n  stage \"late\" // why not\n    when dpd > 3 /* ; */ #{ why: \"a;b\" } ; // end\n";
    let draft = draft(text);
    assert_eq!(
        at(&draft, only(&draft).span),
        "stage \"late\" // why not\n    when dpd > 3 /* ; */ #{ why: \"a;b\" } ;"
    );
}

#[test]
fn chinese_and_emoji_before_a_word_do_not_move_its_span() {
    let text = "/* 信用卡 🏦 */ sign \"不接电话 📵\" when /* 🙂 */ dpd > 3 #{ willingness: -1 };";
    let draft = draft(text);
    let sign = only(&draft);
    assert_eq!(at(&draft, sign.name.as_ref().unwrap().span), "\"不接电话 📵\"");
    assert_eq!(sign.name_text(), "不接电话 📵");
    assert_eq!(at(&draft, sign.when.as_ref().unwrap().span), "dpd > 3");
    assert_eq!(at(&draft, sign.options[0].0.span), "willingness");
    assert_eq!(at(&draft, sign.options[0].1.span), "-1");
}

#[test]
fn a_byte_order_mark_and_windows_lines_do_not_move_spans() {
    let text = "\u{feff}policy \"card\" #{ version: \"1\" };\r\n// 说明\r\nstage \"late\"\r\n  when dpd > 3;\r\n";
    let draft = draft(text);
    assert_eq!(at(&draft, draft.statements[0].span), "policy \"card\" #{ version: \"1\" };");
    assert_eq!(at(&draft, only(&draft).when.as_ref().unwrap().span), "dpd > 3");
    assert_eq!(at(&draft, only(&draft).span), "stage \"late\"\r\n  when dpd > 3;");
}

#[test]
fn texts_with_escapes_and_back_ticks_are_covered_whole() {
    let text = "for n in 1..2 { stage `late \\ ${n + 1} \"x\"` when cause == \"a \\\"b\\\" c\"; }";
    let draft = draft(text);
    let late = only(&draft);
    assert_eq!(late.name_text(), "late \\ 2 \"x\"");
    assert_eq!(at(&draft, late.name_span()), "`late \\ ${n + 1} \"x\"`");
    assert_eq!(at(&draft, late.when.as_ref().unwrap().span), "cause == \"a \\\"b\\\" c\"");
}

#[test]
fn a_decimal_keeps_the_places_it_was_written_with() {
    let draft = draft("define it = overdue > 250.10;");
    let TermKind::Compare(_, _, right) = &only(&draft).value.as_ref().unwrap().kind else { panic!() };
    let TermKind::Number(number) = right.kind else { panic!() };
    assert_eq!((number.to_string().as_str(), number.scale()), ("250.10", 2));
}
