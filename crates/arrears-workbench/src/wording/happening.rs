//! What is counted by `times`, `days_since` and their like.

use super::{Prose, Wording, human, outcome_noun, verb_noun};
use arrears::Input;
use arrears::draft::Keyword;
use arrears::facts::{Parametric, ParametricKind};

/// A fact with a parameter: `times("phone", 7)`.
pub(super) struct Asked {
    pub(super) kind: ParametricKind,
    pub(super) what: String,
    pub(super) days: i64,
}

impl Asked {
    /// What an input asks, by the words in which it is written; none of a fact without a parameter.
    pub(super) fn of(input: &Input) -> Option<Self> {
        let (word, rest) = input.written.split_once("(\"")?;
        let kind = ParametricKind::ALL.into_iter().find(|kind| kind.word() == word)?;
        let (what, days) = rest.strip_suffix(')')?.rsplit_once('"')?;
        let days = days.trim_start_matches([',', ' ']).parse().unwrap_or(0);
        Some(Self { kind, what: what.to_owned(), days })
    }
}

/// What happened, as a noun: one, and several.
pub(super) struct Happening {
    pub(super) one: Prose,
    pub(super) many: Prose,
}

impl Happening {
    fn plain(one: &str, many: &str) -> Self {
        Self { one: Prose::plain(one), many: Prose::plain(many) }
    }
}

#[rustfmt::skip]
const EVENTS: &[(&str, &str, &str)] = &[
    ("first_missed", "first day late of this episode", "first days late"),
    ("payment", "payment", "payments"),
    ("promise", "promise to pay", "promises to pay"),
    ("cure", "time that arrears were paid up", "times that arrears were paid up"),
    ("placement", "placement with an agency", "placements with an agency"),
    ("recall", "recall of a placement", "recalls of a placement"),
    ("statement_seen", "statement that the person saw", "statements that the person saw"),
    ("contact", "contact attempt", "contact attempts"),
    ("demand", "effective demand", "effective demands"),
    ("treatment", "treatment", "treatments"),
    ("decision", "decision", "decisions"),
];

/// What a fact counts.
pub(super) fn happening(wording: &Wording<'_>, what: &str) -> Happening {
    if let Some(class) = what.strip_prefix(Parametric::CLASS) {
        let class = class.rsplit_once('/').map_or(class, |(_, class)| class);
        let class = wording.named(Keyword::Contact, class);
        let of = |noun: &str| Prose::plain(noun).and(" counted as ").and(class.clone());
        return Happening { one: of("contact"), many: of("contacts") };
    }
    if let Some(work) = own_work(wording, what) {
        return work;
    }
    let event = EVENTS.iter().find(|(event, ..)| *event == what).map(|(_, one, many)| (*one, *many));
    match event.or_else(|| verb_noun(what)).or_else(|| outcome_noun(what)) {
        Some((one, many)) => Happening::plain(one, many),
        None => {
            let name = human(what);
            Happening::plain(&name, &format!("events \u{201c}{name}\u{201d}"))
        }
    }
}

/// A treatment, a duty or a text of the policy.
fn own_work(wording: &Wording<'_>, what: &str) -> Option<Happening> {
    let anchors = wording.anchors?;
    let keyword = [Keyword::Treatment, Keyword::Duty, Keyword::Contact]
        .into_iter()
        .find(|keyword| anchors.of(*keyword, what).is_some())?;
    let name = wording.named(keyword, what);
    let (one, many) = match keyword {
        Keyword::Treatment => ("use of ", "uses of "),
        Keyword::Duty => ("notice ", "notices "),
        _ => ("contact counted as ", "contacts counted as "),
    };
    Some(Happening { one: Prose::plain(one).and(name.clone()), many: Prose::plain(many).and(name) })
}

/// A yes-or-no fact with a parameter: what is so, and what is so where it is not.
pub(super) fn flag(asked: &Asked) -> (String, String) {
    let channel = || {
        let (_, many) = verb_noun(&asked.what).unwrap_or(("contact", "contact by this channel"));
        many.to_owned()
    };
    match asked.kind {
        ParametricKind::Consent => (
            format!("the person has consented to {}", channel()),
            format!("the person has not consented to {}", channel()),
        ),
        ParametricKind::OptedOut => {
            (format!("the person has refused {}", channel()), format!("the person has not refused {}", channel()))
        }
        ParametricKind::Consented => {
            let what = human(&asked.what);
            (
                format!("the person has consented to this contact ({what})"),
                format!("the person has not consented to this contact ({what})"),
            )
        }
        _ => {
            let what = human(&asked.what);
            (
                format!("the account carries the mark \u{201c}{what}\u{201d}"),
                format!("the account does not carry the mark \u{201c}{what}\u{201d}"),
            )
        }
    }
}
