//! Policies with other white space than their author's, and texts that are no policies.

use arrears_rules::tokens;
use proptest::prelude::*;

/// What stands between two words. No word begins at the margin: there, it would be taken for a statement.
const GAPS: [&str; 13] = [
    " ",
    " ",
    " ",
    "  ",
    "    ",
    "\n ",
    "\n    ",
    "\r\n ",
    "\n\n\n ",
    "\t",
    " // a note, \"quoted\" {\n ",
    "\n// 备注 🏦 \n\n ",
    " /* in\n   between */ ",
];

/// Which gap stands behind which word, over and over.
#[derive(Clone, Debug)]
pub(crate) struct Scatter(Vec<usize>);

pub(crate) fn scatters() -> impl Strategy<Value = Scatter> {
    // Most gaps are blanks, so that some lines get long.
    let gap = prop_oneof![4 => 0..10_usize, 1 => 10..GAPS.len()];
    prop::collection::vec(gap, 1..80).prop_map(Scatter)
}

/// The words of a text with other white space between them, and with comments.
pub(crate) fn scattered(text: &str, scatter: &Scatter) -> String {
    let (tokens, comments) = tokens(text);
    let mut pieces: Vec<(usize, usize, bool)> = tokens.iter().map(|token| (token.start, token.end, false)).collect();
    pieces.extend(comments.iter().map(|(start, end)| (*start, *end, true)));
    pieces.sort_unstable();
    let mut out = String::new();
    let mut within_script = 0_usize;
    for (index, (start, end, comment)) in pieces.iter().enumerate() {
        let piece = text.get(*start..*end).unwrap();
        out.push_str(piece);
        if *comment && piece.starts_with("//") {
            out.push_str("\n ");
        }
        let next = pieces.get(index + 1).map_or(text.len(), |next| next.0);
        within_script += usize::from(piece == "script");
        if within_script > 0 {
            // A script is part of the policy as it is written.
            out.push_str(text.get(*end..next).unwrap());
            within_script -= usize::from(piece == ";");
            continue;
        }
        let tight = next == *end;
        let gap = GAPS[scatter.0[index % scatter.0.len()]];
        if !tight || gap.contains('\n') {
            out.push_str(gap);
        }
    }
    out
}

/// Words that slip into a policy.
const SLIPS: [&str; 14] =
    ["", "when", "stage", ";", "#{", "}", "(", "\"", "`", "..", "/*", "script(", "未知🏦", "test \"x\" given quiet"];

/// A text in which some words are others.
pub(crate) fn damaged(text: &str, slips: &[(usize, usize)]) -> String {
    let (tokens, _) = tokens(text);
    let mut out = String::new();
    let mut from = 0;
    for (index, token) in tokens.iter().enumerate() {
        if let Some((_, slip)) = slips.iter().find(|(at, _)| at % tokens.len() == index) {
            out.push_str(text.get(from..token.start).unwrap());
            out.push_str(SLIPS[slip % SLIPS.len()]);
            from = token.end;
        }
    }
    out.push_str(text.get(from..).unwrap());
    out
}

/// Random characters, and words of the language in no order.
pub(crate) fn soup() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "policy",
        "\"a\"",
        "#{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "{",
        "when",
        "unless",
        "do",
        "in",
        "define",
        "stage",
        "=",
        ";",
        ",",
        ":",
        "//",
        "/*",
        "*/",
        "\n",
        "`",
        "${",
        "\"",
        "'",
        "script",
        "test",
        "given",
        "expect",
        "quiet",
        "+",
        "-",
        "!",
        "&&",
        "||",
        "..",
        "1",
        "0.5",
        "for",
        "fn",
        "未知",
        "🏦",
        "\r",
        "|",
        "treatment",
        "sms",
        "true",
        "::",
    ]);
    let words = prop::collection::vec(word, 0..60).prop_map(|words| words.join(" "));
    let sound = prop::collection::vec(
        prop::sample::select(vec![
            "define a = dpd > 1;",
            "// x\n",
            "/* y */",
            "\n",
            "  ",
            "const A = [1, 2];",
            "fn f(x) { x + 1 }",
            "for x in [1, 2] { let y = x; }",
            "let z = #{ a: [1,\n 2] };",
            "threshold t = 1 #{ from: 0, to: 2 };",
            "if true { } else { }",
            "let s = `a ${1 + 1} \n b`;",
            "import \"m\" as m;",
            "\r\n",
        ]),
        0..24,
    );
    prop_oneof![".{0,200}", words, sound.prop_map(|parts| parts.concat())]
}
