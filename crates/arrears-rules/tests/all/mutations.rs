//! Damaged policies: whatever slips into a policy, it is read or refused, with a reason.

use arrears::{Policy, Problem};
use arrears_rules::{Loaded, load_source};
use proptest::prelude::*;
use proptest::sample::Index;

const CARD: &str = include_str!("../../../../examples/policies/cn-card.rhai");

/// What a tired author may write in place of a word.
const SLIPS: [&str; 40] = [
    "dpd",
    "overdue",
    "stage",
    "treatment",
    "when",
    "unless",
    "do",
    "in",
    "otherwise",
    "threshold",
    "define",
    "&&",
    "||",
    "==",
    "=",
    "!=",
    ">=",
    "..",
    "..=",
    "(",
    ")",
    "#{",
    "}",
    "[",
    "]",
    ",",
    ";",
    ":",
    "\"",
    "`",
    "\"card\"",
    "30",
    "0.005",
    "-1",
    "99999999999999999999",
    "true",
    "??",
    "times(\"phone\", 7)",
    "未知",
    "🏦",
];

/// One slip: where, and what.
#[derive(Clone, Debug)]
enum Slip {
    /// A word is left out.
    Drop(Index),
    /// A word is written twice.
    Double(Index),
    /// Two neighbours change places.
    Swap(Index),
    /// A letter of a word is another one.
    Letter(Index, Index, char),
    /// Something else stands in place of a word.
    Replace(Index, Index),
    /// Something is written between two words.
    Insert(Index, Index),
    /// A word from elsewhere in the policy.
    Borrow(Index, Index),
    /// A line is left out.
    Line(Index),
}

fn slip() -> impl Strategy<Value = Slip> {
    let at = any::<Index>;
    prop_oneof![
        at().prop_map(Slip::Drop),
        at().prop_map(Slip::Double),
        at().prop_map(Slip::Swap),
        (at(), at(), "[a-z0-9_\"; ]")
            .prop_map(|(word, letter, with)| { Slip::Letter(word, letter, with.chars().next().unwrap()) }),
        (at(), at()).prop_map(|(word, with)| Slip::Replace(word, with)),
        (at(), at()).prop_map(|(word, with)| Slip::Insert(word, with)),
        (at(), at()).prop_map(|(word, from)| Slip::Borrow(word, from)),
        at().prop_map(Slip::Line),
    ]
}

/// Words, signs and the white space between them, each as one piece.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let kind = |letter: char| match letter {
        _ if letter.is_whitespace() => 0,
        _ if letter.is_alphanumeric() || letter == '_' => 1,
        _ => 2,
    };
    let mut last = None;
    for letter in text.chars() {
        let this = kind(letter);
        match pieces.last_mut() {
            Some(piece) if last == Some(this) && this < 2 => piece.push(letter),
            _ => pieces.push(letter.to_string()),
        }
        last = Some(this);
    }
    pieces
}

fn damaged(slips: &[Slip]) -> String {
    let mut text = pieces(CARD);
    for slip in slips {
        let count = text.len();
        let of = |index: &Index| index.index(count);
        match slip {
            Slip::Drop(at) => {
                text.remove(of(at));
            }
            Slip::Double(at) => {
                let word = text[of(at)].clone();
                text.insert(of(at), word);
            }
            Slip::Swap(at) => text.swap(of(at), (of(at) + 2).min(count - 1)),
            Slip::Letter(at, letter, with) => {
                let mut letters: Vec<char> = text[of(at)].chars().collect();
                let place = letter.index(letters.len());
                letters[place] = *with;
                text[of(at)] = letters.into_iter().collect();
            }
            Slip::Replace(at, with) => text[of(at)] = SLIPS[with.index(SLIPS.len())].to_owned(),
            Slip::Insert(at, with) => text.insert(of(at), format!(" {} ", SLIPS[with.index(SLIPS.len())])),
            Slip::Borrow(at, from) => text[of(at)] = text[of(from)].clone(),
            Slip::Line(at) => {
                let whole = text.concat();
                let lines: Vec<&str> = whole.lines().collect();
                let gone = at.index(lines.len());
                let left: Vec<&str> =
                    lines.iter().enumerate().filter(|(line, _)| *line != gone).map(|(_, line)| *line).collect();
                text = pieces(&left.join("\n"));
            }
        }
    }
    text.concat()
}

/// Either a policy or an error, never both and never neither; and every problem points into
/// the text, at whole characters, in file order.
fn is_read_or_refused(text: &str, loaded: &Loaded) -> Result<(), TestCaseError> {
    let refused = loaded.problems.iter().any(Problem::is_error);
    prop_assert_eq!(loaded.policy.is_none(), refused, "{:?}", loaded.problems);
    for problem in &loaded.problems {
        prop_assert!(!problem.labels.is_empty(), "{problem}");
        for label in &problem.labels {
            let (start, end) = (label.span.start as usize, label.span.end as usize);
            prop_assert!(label.span.file == 0 && text.get(start..end).is_some(), "{problem}: {:?}", label.span);
        }
    }
    prop_assert!(loaded.problems.iter().map(Problem::span).is_sorted());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_slip_is_read_or_refused_with_a_reason(slips in prop::collection::vec(slip(), 1..6)) {
        let text = damaged(&slips);
        is_read_or_refused(&text, &load_source("card.rhai", &text, &[]))?;
    }

    #[test]
    fn what_is_read_despite_a_slip_can_be_read_again(at in any::<Index>(), with in any::<Index>()) {
        let text = damaged(&[Slip::Replace(at, with)]);
        let once = load_source("card.rhai", &text, &[]);
        let again = load_source("card.rhai", &text, &[]);
        prop_assert_eq!(once.policy.as_ref().map(Policy::hash), again.policy.as_ref().map(Policy::hash));
        prop_assert_eq!(once.problems, again.problems);
    }
}

#[test]
fn the_policy_itself_has_nothing_wrong_with_it() {
    let loaded = load_source("card.rhai", CARD, &[]);
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    assert!(loaded.policy.is_some());
}

#[test]
fn a_mistyped_word_gives_one_problem_wherever_its_name_is_used() {
    let whole = pieces(CARD);
    let words: Vec<usize> = (0..whole.len())
        .filter(|word| {
            whole[*word].len() > 2 && whole[*word].is_ascii() && whole[*word].ends_with(char::is_alphanumeric)
        })
        .collect();
    for word in words.iter().copied().step_by(43) {
        let mut text = whole.clone();
        let last = if text[word].ends_with('x') { "q" } else { "x" };
        text[word].pop();
        text[word].push_str(last);
        let problems = load_source("card.rhai", &text.concat(), &[]).problems;
        // A treatment's name is both a treatment and an event, so two codes may speak of it.
        assert!(problems.len() <= 2, "{}: {problems:#?}", text[word]);
    }
}
