//! A policy cannot wait, print, leave, read other files, or grow without bound.

use arrears_rules::{Reading, read_source};
use proptest::prelude::*;

const EXAMPLE: &str = include_str!("../policies/design.rhai");

fn codes(text: &str) -> Vec<&'static str> {
    reading(text).problems.iter().map(|problem| problem.code).collect()
}

fn reading(text: &str) -> Reading {
    read_source("card.rhai", text)
}

#[test]
fn forbidden_functions_are_named_wherever_they_are_called() {
    for call in [
        "sleep(1)",
        "exit()",
        "exit(3)",
        "print(1)",
        "debug(1)",
        "eval(\"1\")",
        "timestamp()",
        "Fn(\"sleep\")",
        "[1].map(|x| sleep(x))",
    ] {
        assert_eq!(codes(&format!("let x = {call};")), ["P013"], "{call}");
        assert_eq!(codes(&format!("fn f() {{ {call} }}\nf();")).first(), Some(&"P013"), "{call}");
    }
}

#[test]
fn a_method_call_reaches_no_forbidden_function() {
    assert_eq!(codes("let x = 1;\nx.sleep();"), ["P013"]);
    assert_eq!(codes("let x = 1;\nx.print();"), ["P013"]);
}

#[test]
fn loops_without_end_are_stopped() {
    for text in ["loop { }", "let x = 0; while true { x += 1; }", "fn f() { while true { } }\nf();"] {
        assert_eq!(codes(text), ["P014"], "{text}");
    }
}

#[test]
fn runaway_memory_is_stopped() {
    for text in [
        "let s = \"x\"; loop { s += s; }",
        "let a = [1]; loop { a += a; }",
        "let a = []; loop { a.push(a); }",
        "let m = #{}; let i = 0; loop { m[`k${i}`] = i; i += 1; }",
        "let s = \"x\"; while s.len < 4000 { s += s; } let m = #{}; let i = 0; loop { m[`k${i}`] = s + i; i += 1; }",
        "let s = \"x\"; while s.len < 2000 { s += s; } let m = #{}; let i = 0; loop { m[`k${i}`] = s + i; i += 1; }",
        "let b = blob(1000000000);",
        "let a = []; a.pad(1000000000, 7);",
    ] {
        let found = codes(text);
        assert!(matches!(found.as_slice(), ["P014" | "P015" | "P024"]), "{text}: {found:?}");
    }
}

#[test]
fn a_statement_declared_without_end_is_stopped() {
    assert_eq!(codes("let n = 0;\nloop { n += 1; stage `late ${n}` when dpd > n && overdue > 100.00; }"), ["P015"]);
}

#[test]
fn deep_nesting_is_an_error_not_a_crash() {
    let deep = 10_000;
    for text in [
        format!("define x = {}dpd{};", "(".repeat(deep), ")".repeat(deep)),
        format!("define x = {}dpd{};", "[".repeat(deep), "]".repeat(deep)),
        format!("define x = {}dpd;", "!".repeat(deep)),
        format!("define x = {}dpd;", "-".repeat(deep)),
        format!("define x = {}1{};", "#{a:".repeat(deep), "}".repeat(deep)),
        format!("define x = {}1;", "1 + ".repeat(deep)),
        format!("define x = {}1{};", "abs(".repeat(deep), ")".repeat(deep)),
        format!("{}{}", "{".repeat(deep), "}".repeat(deep)),
        format!("let x = {}1{};", "if true { ".repeat(deep), " }".repeat(deep)),
        format!("if true {{}} {}", "else if true {} ".repeat(deep)),
        format!("let x = {}1{};", "`${".repeat(deep), "}`".repeat(deep)),
        format!("fact f = script({}1);", "|a| ".repeat(deep)),
        "(".repeat(deep),
        "`${".repeat(deep),
        "/*".repeat(deep),
    ] {
        let found = reading(&text);
        assert!(!found.problems.is_empty(), "{}", text.chars().take(40).collect::<String>());
    }
}

#[test]
fn a_function_that_calls_itself_is_stopped() {
    assert_eq!(codes("fn f(n) { f(n + 1) }\nf(0);"), ["P016"]);
}

#[test]
fn two_hundred_conditions_may_be_joined() {
    let text = format!("define x = dpd > 0{};", " && dpd > 1".repeat(200));
    assert!(codes(&text).is_empty());
}

#[test]
fn three_megabytes_are_refused_at_once() {
    assert_eq!(codes(&"// late\n".repeat(400_000)), ["P008"]);
}

#[test]
fn a_script_fact_cannot_leave_either() {
    assert_eq!(codes("fact f = script(|a| sleep(1)) #{ kind: \"count\" };"), ["P013"]);
}

fn token() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "policy",
        "stage",
        "treatment",
        "when",
        "unless",
        "do",
        "in",
        "given",
        "expect",
        "after",
        "then",
        "otherwise",
        "threshold",
        "fact",
        "define",
        "priority",
        "debtor",
        "test",
        "\"a\"",
        "`b ${n}`",
        "`",
        "\"",
        "${",
        "dpd",
        "overdue",
        "3",
        "2.50",
        "1e3",
        "0x",
        "&&",
        "||",
        "!",
        "&",
        "|",
        "==",
        "=",
        "<=",
        "..",
        "..=",
        "#{",
        "}",
        "{",
        "(",
        ")",
        "[",
        "]",
        ",",
        ":",
        ";",
        ";\n",
        "\n",
        "const",
        "let",
        "x",
        "for",
        "if",
        "fn",
        "f",
        "()",
        "script(",
        "|a|",
        "import",
        "as",
        "::",
        "times(",
        "phone(",
        "中",
        "🏦",
        "'",
        "//",
        "/*",
        "*/",
        "%",
        "??",
        ".",
        "abs",
        "loop",
        "while",
        "return",
        "\\",
        "\r\n",
        "\t",
        "#",
        "#\"",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_soup_of_words_breaks_the_reader(words in prop::collection::vec(token(), 0..60), glue in prop::sample::select(vec![" ", ""])) {
        let text = words.join(glue);
        let reading = reading(&text);
        let shown = arrears_rules::render(&reading.problems, &reading.draft.sources, arrears_rules::Style::default());
        prop_assert_eq!(shown.is_empty(), reading.problems.is_empty());
        prop_assert!(!shown.contains("script engine"), "{}", shown);
    }

    #[test]
    fn no_damage_to_a_policy_breaks_the_reader(cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..40_usize, token()), 1..6)) {
        let mut letters: Vec<char> = EXAMPLE.chars().collect();
        for (place, length, word) in cuts {
            let start = place.index(letters.len());
            let end = (start + length).min(letters.len());
            letters.splice(start..end, word.chars());
        }
        let text: String = letters.into_iter().collect();
        let reading = reading(&text);
        for problem in &reading.problems {
            prop_assert!(!problem.message.contains("script engine"), "{:?}", problem);
            for label in &problem.labels {
                let (start, end) = (label.span.start as usize, label.span.end as usize);
                prop_assert!(text.get(start..end).is_some(), "{:?}", problem);
            }
        }
        arrears_rules::render(&reading.problems, &reading.draft.sources, arrears_rules::Style::default());
    }
}
