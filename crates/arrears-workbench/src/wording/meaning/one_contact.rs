//! One contact, past or proposed: what guardrails read.

use super::{Meaning, flag, until, word};

#[rustfmt::skip]
pub(super) const TABLE: &[Meaning] = &[
    word("direction", "the direction of the contact"),
    word("channel", "the channel of the contact"),
    word("result", "the result of the contact"),
    flag("conversation", "somebody was spoken to", "nobody was spoken to"),
    word("recipient", "the person contacted"),
    word("purpose", "the purpose of the contact"),
    word("content", "what the contact says"),
    word("number_kind", "the kind of number used"),
    word("address_kind", "the kind of address used"),
    flag("opt_out_notice", "the message says how to refuse further ones", "the message does not say how to refuse further ones"),
    flag("same_call", "it is said during a call that came in", "it is not said during a call that came in"),
    word("reason", "the reason for a contact beyond a limit"),
    word("repeat_reason", "the reason for asking another person again"),
    word("debtor_at", "the place where the debtor is at that moment"),
    flag("active_session", "the person is using the collector's own site or app at that moment", "the person is not using the collector's own site or app at that moment"),
    flag("replies", "it answers a contact that came in on the same channel", "it answers no contact that came in on the same channel"),
    flag("answers_inconvenient", "what it answers came in at an inconvenient time on the same date", "what it answers did not come in at an inconvenient time on the same date"),
    flag("inconvenient_time", "the moment lies in a time that the person called inconvenient", "the moment lies in no time that the person called inconvenient"),
    flag("convenient_time", "the moment lies in a time that the person called convenient", "the moment lies in no time that the person called convenient"),
    flag("home_inconvenient", "contact at home is inconvenient", "contact at home is not known to be inconvenient"),
    flag("work_inconvenient", "contact at work is inconvenient", "contact at work is not known to be inconvenient"),
    flag("employer_prohibits", "the employer is known to forbid such contact at work", "the employer is not known to forbid such contact at work"),
    flag("refused_medium", "the person asked that this channel, number or address not be used", "the person has not refused this channel, number or address"),
    flag("used_address", "the person wrote to the collector from this address about the debt", "the person did not write to the collector from this address about the debt"),
    flag("wrong_number", "the number is known not to be the person's", "the number is not known to be another's"),
    until("returned_after", "from sending to a notice that it could not be delivered", "no notice came that it could not be delivered"),
    word("weekday", "the day of the week"),
    flag("holiday", "the date is a public holiday", "the date is no public holiday"),
];
