//! Clauses that are unknown, missing, written twice or out of place.

use crate::grammar::Refusal;
use arrears::draft::{Keyword, Part};
use arrears::problem::nearest;
use arrears::{Problem, Span};

/// Why a statement cannot go on at the word `written`.
pub(crate) fn refused(refusal: &Refusal, written: &str, at: Span, keyword_at: Span) -> Problem {
    match refusal {
        Refusal::UnknownClause(keyword) => {
            let article = article(keyword.word());
            let problem = Problem::error("P001", format!("{article} `{keyword}` cannot go on with `{written}`"))
                .at(at, "not a clause");
            let words = keyword.parts().iter().map(|part| part.word());
            match nearest(written, words) {
                Some(near) => problem.suggest(at, near),
                None => problem.help(format!("{}; a statement ends with `;`", takes(*keyword))),
            }
        }
        Refusal::NotTaken(keyword, part) => not_taken(*keyword, *part, at),
        Refusal::Twice(keyword, part) => {
            let word = part.word();
            let article = article(keyword.word());
            let problem =
                Problem::error("P006", format!("{article} `{keyword}` has one `{word}`")).at(at, "written again");
            match part {
                Part::When | Part::Unless => problem.help("join conditions with `&&` or `||`"),
                Part::Options => problem.help("put all options into one `#{ ... }`"),
                _ => problem,
            }
        }
        Refusal::Missing(keyword, parts) => missing(*keyword, parts, keyword_at),
    }
}

/// A clause that a statement does not take.
pub(crate) fn not_taken(keyword: Keyword, part: Part, at: Span) -> Problem {
    let article = article(keyword.word());
    let word = part.word();
    let message = format!("{article} `{keyword}` takes no `{word}`");
    let help = match (keyword, part) {
        (Keyword::Debtor | Keyword::Stage | Keyword::Hold | Keyword::Sign, Part::Unless) => {
            "say it in `when` with `&& !(...)`".to_owned()
        }
        (Keyword::Never, Part::Then) => "a `never` is one condition; `always` has a `then`".to_owned(),
        _ => takes(keyword),
    };
    Problem::error("P004", message).at(at, "no such clause here").help(help)
}

/// Clauses without which a statement says nothing.
pub(crate) fn missing(keyword: Keyword, parts: &[Part], at: Span) -> Problem {
    let article = article(keyword.word());
    let words: Vec<_> = parts.iter().map(|part| format!("`{}`", part.word())).collect();
    let joined = words.join(if keyword == Keyword::Debtor { " or " } else { " and " });
    Problem::error("P005", format!("{article} `{keyword}` needs {joined}")).at(at, "not complete").help(takes(keyword))
}

/// What the statement looks like.
pub(crate) fn takes(keyword: Keyword) -> String {
    format!("it is written `{}`", form(keyword))
}

/// How a statement is written, as the handbook shows it.
///
/// ```
/// let form = arrears_rules::statement_form(arrears::draft::Keyword::Priority);
/// assert_eq!(form, "priority EXPRESSION;");
/// ```
pub const fn form(keyword: Keyword) -> &'static str {
    match keyword {
        Keyword::Policy => "policy \"name\" #{ ... };",
        Keyword::Applies => "applies when CONDITION;",
        Keyword::Threshold => "threshold name = NUMBER #{ ... };",
        Keyword::Fact => "fact name = VALUE #{ ... };",
        Keyword::Values => "values fact = [\"a\", \"b\"];",
        Keyword::Assume => "assume fact = VALUE #{ why: \"...\" };",
        Keyword::Define => "define name = CONDITION;",
        Keyword::Sign => "sign \"text\" when CONDITION #{ ... };",
        Keyword::Debtor => "debtor \"type\" when CONDITION #{ ... };",
        Keyword::Hold => "hold \"name\" when CONDITION #{ stops: [...] };",
        Keyword::Stage => "stage \"name\" when CONDITION #{ ... };",
        Keyword::Escalate => "escalate #{ ... };",
        Keyword::Ease => "ease to \"stage\" when CONDITION;",
        Keyword::Cure => "cure when CONDITION #{ ... };",
        Keyword::Duty => "duty \"name\" when CONDITION do VERB(#{ ... });",
        Keyword::Act => "act \"name\" when CONDITION do VERB(#{ ... });",
        Keyword::Treatment => "treatment \"name\" in [\"stage\"] when CONDITION unless CONDITION do VERB(#{ ... });",
        Keyword::Table => "table \"file.csv\" in [\"stage\"] when CONDITION unless CONDITION #{ rows: \"first\" };",
        Keyword::Hours => "hours \"occupation\" #{ from: \"10:00\", to: \"12:00\" };",
        Keyword::Priority => "priority EXPRESSION;",
        Keyword::Test => "test \"text\" given quiet + #{ ... } after N expect #{ ... };",
        Keyword::Never => "never \"text\" when CONDITION;",
        Keyword::Outcome => "outcome \"code\" do EFFECT(#{ ... }) #{ why: ... };",
        Keyword::Always => "always \"text\" when CONDITION then CONDITION;",
        Keyword::Pack => "pack \"name\" #{ version: \"1\", jurisdiction: \"US\", title: \"...\" };",
        Keyword::Contact => "contact \"class\" when CONDITION #{ same: [\"person\"] };",
        Keyword::Consents => "consents \"kind\" #{ given_to: [\"collector\"] };",
        Keyword::Guardrail => "guardrail \"rule\" when CONDITION do refuse() #{ cites: \"...\" };",
        Keyword::Exception => "exception \"rule\" when CONDITION #{ lifts: [\"rule\"] };",
        Keyword::Flag => "flag \"name\" when CONDITION;",
        Keyword::Deadline => "deadline \"name\" #{ after: \"event\", days: 30 };",
        Keyword::Message => "message \"form\" #{ needs: [\"...\"] };",
        Keyword::Reading => "reading \"rule\" #{ of: [\"class\"], cites: \"...\" };",
        Keyword::Event => "event \"name\" #{ why: \"...\" };",
        Keyword::Procedure => "procedure \"name\" when CONDITION;",
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}
