//! The words of closed vocabularies, as people say them.

use super::{Prose, human};

/// A channel or another verb as a noun, one and several.
#[rustfmt::skip]
const VERBS: &[(&str, &str, &str)] = &[
    ("push", "push message", "push messages"),
    ("in_app", "message in the app", "messages in the app"),
    ("chat", "chat message", "chat messages"),
    ("sms", "text message", "text messages"),
    ("email", "e-mail", "e-mails"),
    ("letter", "letter", "letters"),
    ("postcard", "postcard", "postcards"),
    ("social_message", "private message on a social network", "private messages on a social network"),
    ("social_post", "public post on a social network", "public posts on a social network"),
    ("ringless_voicemail", "voicemail left without a ring", "voicemails left without a ring"),
    ("ivr", "automatic call", "automatic calls"),
    ("phone", "telephone call", "telephone calls"),
    ("visit", "visit", "visits"),
    ("branch", "invitation to a branch", "invitations to a branch"),
    ("meeting", "meeting elsewhere", "meetings elsewhere"),
    ("litigation", "lawsuit", "lawsuits"),
    ("place", "placement with an agency", "placements with an agency"),
    ("debit", "direct debit", "direct debits"),
    ("report_bureau", "report to a credit bureau", "reports to a credit bureau"),
    ("block", "block", "blocks"),
    ("reduce", "reduction of a limit", "reductions of a limit"),
    ("set_off", "set-off against a deposit", "set-offs against a deposit"),
    ("restore_limit", "restored limit", "restored limits"),
    ("offer", "offer of an arrangement", "offers of an arrangement"),
    ("waive", "waived sum", "waived sums"),
    ("system", "step inside the bank's systems", "steps inside the bank's systems"),
    ("note", "note on record", "notes on record"),
    ("review", "review by a person", "reviews by a person"),
];

/// A result of a contact as a noun, one and several.
#[rustfmt::skip]
const OUTCOMES: &[(&str, &str, &str)] = &[
    ("rpc", "conversation with the right person", "conversations with the right person"),
    ("refused", "refusal to pay", "refusals to pay"),
    ("hostile", "hostile conversation", "hostile conversations"),
    ("claims_no_money", "statement that there is no money", "statements that there is no money"),
    ("vague_promise", "promise without a day or a sum", "promises without a day or a sum"),
    ("promise_kept", "kept promise", "kept promises"),
    ("promise_broken", "broken promise", "broken promises"),
    ("rpc_promise", "promise of a sum by a day", "promises of a sum by a day"),
    ("rpc_vague_promise", "promise without a day or a sum", "promises without a day or a sum"),
    ("rpc_refused", "refusal to pay", "refusals to pay"),
    ("rpc_dispute", "conversation in which the debt was disputed", "conversations in which the debt was disputed"),
    ("rpc_hardship", "report of hardship", "reports of hardship"),
    ("rpc_claims_no_money", "statement that there is no money", "statements that there is no money"),
    ("rpc_callback", "request to be called at another time", "requests to be called at another time"),
    ("rpc_hung_up", "call hung up after identification", "calls hung up after identification"),
    ("rpc_hostile", "hostile conversation", "hostile conversations"),
    ("third_party", "call that someone else answered", "calls that someone else answered"),
    ("wrong_number", "call to a number that is not the debtor's", "calls to a number that is not the debtor's"),
    ("dead", "call to a number that does not exist", "calls to a number that does not exist"),
    ("busy", "busy line", "busy lines"),
    ("no_answer", "call that nobody answered", "calls that nobody answered"),
    ("voicemail_left", "message left on voicemail", "messages left on voicemail"),
    ("letter_returned", "returned letter", "returned letters"),
    ("letter_signed", "letter signed for", "letters signed for"),
    ("visit_met", "visit at which the debtor was met", "visits at which the debtor was met"),
    ("visit_absent", "visit at which nobody was met", "visits at which nobody was met"),
    ("visit_refused_for_hazard", "visit given up because of a danger", "visits given up because of a danger"),
    ("complaint", "complaint", "complaints"),
    ("represented", "naming of a representative", "namings of a representative"),
    ("deceased_reported", "report of the debtor's death", "reports of the debtor's death"),
    ("answered_dropped", "call cut off before anyone was identified", "calls cut off before anyone was identified"),
    ("not_in_service", "call to a number not in service", "calls to a number not in service"),
    ("voicemail_no_message", "voicemail on which no message could be left", "voicemails on which no message could be left"),
    ("voicemail_no_ring", "voicemail reached without a ring", "voicemails reached without a ring"),
    ("conversation", "conversation of which nothing else is noted", "conversations of which nothing else is noted"),
    ("sent", "message or letter sent", "messages or letters sent"),
    ("received", "message or letter received", "messages or letters received"),
    ("limited_content", "limited-content message", "limited-content messages"),
];

/// Words of one vocabulary whose meaning is not that of their letters, by the fact that has them.
#[rustfmt::skip]
const WORDS: &[(&str, &[(&str, &str)])] = &[
    ("quadrant", &[
        ("willing_able", "willing and able"), ("willing_unable", "willing and not able"),
        ("willing_unclear", "willing, ability unclear"), ("unwilling_able", "not willing and able"),
        ("neither", "neither willing nor able"), ("unwilling_unclear", "not willing, ability unclear"),
        ("unclear_able", "willingness unclear, able"), ("unclear_unable", "willingness unclear, not able"),
        ("unclear", "both unclear"),
    ]),
    ("willingness", &[("not_yet_known", "not yet known")]),
    ("ability", &[("not_yet_known", "not yet known")]),
    ("cause", &[("forgot", "forgotten"), ("cash_flow", "cash flow"), ("unwilling", "unwillingness"), ("unknown", "not found out yet")]),
    ("collector", &[
        ("third_party", "an agency or a buyer of the debt"), ("first_party", "the creditor in its own name"),
        ("first_party_other_name", "the creditor under another name"),
    ]),
    ("number", &[
        ("valid", "valid"), ("dead", "dead"), ("wrong", "not the debtor's"),
        ("objected", "refused by the person"), ("none", "unknown"),
    ]),
    ("direction", &[("out", "outgoing"), ("in", "incoming")]),
    ("weekday", &[
        ("mon", "Monday"), ("tue", "Tuesday"), ("wed", "Wednesday"), ("thu", "Thursday"), ("fri", "Friday"),
        ("sat", "Saturday"), ("sun", "Sunday"),
    ]),
    ("action", &[("wait", "waiting"), ("held", "held back"), ("none", "nothing")]),
    ("channel", &[("none", "none")]),
];

type Nouns = (&'static str, &'static str);

fn found(table: &'static [(&str, &str, &str)], word: &str) -> Option<Nouns> {
    table.iter().find(|(known, ..)| *known == word).map(|(_, one, many)| (*one, *many))
}

/// A verb as a noun, one and several.
pub(crate) fn verb_noun(word: &str) -> Option<Nouns> {
    found(VERBS, word)
}

/// A result of a contact as a noun, one and several.
pub(crate) fn outcome_noun(word: &str) -> Option<Nouns> {
    found(OUTCOMES, word)
}

/// A word of a fact's vocabulary.
pub(super) fn word(fact: &str, word: &str) -> Prose {
    let family = if fact.starts_with("number_") && fact != "number_kind" { "number" } else { fact };
    let listed = WORDS.iter().find(|(known, _)| *known == family).map_or(&[][..], |(_, words)| words);
    if let Some((_, said)) = listed.iter().find(|(known, _)| *known == word) {
        return Prose::plain(*said);
    }
    let noun = match fact {
        "action" | "channel" => verb_noun(word),
        "result" => outcome_noun(word),
        _ => None,
    };
    match noun {
        Some((one, _)) => Prose::plain(one),
        None => Prose::plain(human(word)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrears::Channel;
    use arrears::facts::{outcome_table, verb_table};

    #[test]
    fn every_verb_every_channel_and_every_result_is_a_noun() {
        for def in verb_table() {
            assert!(verb_noun(def.word).is_some(), "{}", def.word);
        }
        for channel in Channel::ALL {
            assert!(verb_noun(channel.word()).is_some(), "{channel}");
        }
        for def in outcome_table() {
            assert!(outcome_noun(def.code).is_some(), "{}", def.code);
        }
    }
}
