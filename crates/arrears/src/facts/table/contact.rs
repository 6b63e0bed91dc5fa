//! Facts of one contact, past or proposed: what guardrails read besides the account's facts.

use super::page;
use crate::facts::{Group, Role, Words};

/// Who is contacted, or who made contact.
pub const RECIPIENTS: &[&str] = &[
    "debtor",
    "co_borrower",
    "guarantor",
    "spouse",
    "surviving_spouse",
    "parent",
    "guardian",
    "executor",
    "administrator",
    "personal_representative",
    "successor_in_interest",
    "debtor_attorney",
    "creditor",
    "creditor_attorney",
    "collector_attorney",
    "credit_bureau",
    "employer",
    "relative",
    "third_party",
];
/// What a contact is for.
pub const CONTACT_PURPOSES: &[&str] = &["demand", "information", "statement", "required_notice", "reply", "location"];
/// What a contact says.
pub const CONTENTS: &[&str] = &[
    "collection",
    "payment_request",
    "opt_out_confirmation",
    "required_statement",
    "termination_notice",
    "may_invoke_remedy",
    "will_invoke_remedy",
    "threat_of_suit",
    "location_request",
    "location_request_states_debt",
    "seeks_estate_representative",
    "ask_contact_details",
    "discloses_debt",
    "identity_check",
];
/// What number is used.
pub const NUMBER_KINDS: &[&str] = &["mobile", "home", "work", "none"];
/// What address is used.
pub const ADDRESS_KINDS: &[&str] = &["personal", "home", "work", "employer", "none"];
/// Why a contact is made although a limit is reached.
pub const REASONS: &[&str] = &[
    "none",
    "required_by_law",
    "active_litigation",
    "information_request",
    "dropped_call",
    "avoid_external_penalty",
    "own_offer",
];
/// Why another person is asked again where the debtor is.
pub const REPEAT_REASONS: &[&str] = &["none", "requested_by_person", "earlier_answer_wrong"];
/// Where the debtor is known to be.
pub const PLACES: &[&str] = &["home", "work", "elsewhere"];
/// Days of the week.
pub const WEEKDAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DIRECTIONS: &[&str] = &["out", "in"];

page! {
    /// One contact, past or proposed.
    CONTACTED, Group::Contacted;
    CONTACT_DIRECTION: Category, "direction", words(Words::Closed(DIRECTIONS)), role(Role::Contact);
        "Whether the contact goes out or came in."
    CONTACT_CHANNEL: Category, "channel", words(Words::Channels), role(Role::Contact);
        "The channel of the contact."
    CONTACT_OUTCOME: Category, "result", words(Words::Outcomes), role(Role::Contact);
        "What a past contact resulted in. Of a proposed one it is not known."
    CONVERSATION: Flag, "conversation", role(Role::Contact);
        "Whether somebody was spoken to."
    RECIPIENT: Category, "recipient", words(Words::Closed(RECIPIENTS)), role(Role::Contact);
        "Who is contacted, or who made contact."
    CONTACT_PURPOSE: Category, "purpose", words(Words::Closed(CONTACT_PURPOSES)), role(Role::Contact);
        "What the contact is for; location: only to find the debtor."
    CONTENT: Category, "content", words(Words::Closed(CONTENTS)), role(Role::Contact);
        "What the contact says."
    NUMBER_KIND: Category, "number_kind", words(Words::Closed(NUMBER_KINDS)), role(Role::Contact);
        "What number is used; none for a contact without a number."
    ADDRESS_KIND: Category, "address_kind", words(Words::Closed(ADDRESS_KINDS)), role(Role::Contact);
        "What address is used; employer: an e-mail address that the employer provides."
    OPT_OUT_NOTICE: Flag, "opt_out_notice", role(Role::Contact);
        "Whether the message says how to refuse further ones."
    SAME_CALL: Flag, "same_call", role(Role::Contact);
        "Whether it is said during a call that came in, so that no call is placed."
    REASON: Category, "reason", words(Words::Closed(REASONS)), role(Role::Contact);
        "Why the contact is made although a limit is reached."
    REPEAT_REASON: Category, "repeat_reason", words(Words::Closed(REPEAT_REASONS)), role(Role::Contact);
        "Why another person is asked again."
    DEBTOR_AT: Category, "debtor_at", words(Words::Closed(PLACES)), role(Role::Contact);
        "Where the debtor is known to be at that moment."
    ACTIVE_SESSION: Flag, "active_session", role(Role::Contact);
        "Whether the person is using the collector's own site or app at that moment."
    REPLIES: Flag, "replies", role(Role::Contact);
        "Whether it answers a contact that came in on the same channel and was not answered yet."
    ANSWERS_INCONVENIENT: Flag, "answers_inconvenient", role(Role::Contact);
        "Whether what it answers came in at an inconvenient time on the same local date."
    INCONVENIENT_TIME: Flag, "inconvenient_time", role(Role::Contact);
        "Whether the moment lies in a time that the person called inconvenient, in any zone."
    CONVENIENT_TIME: Flag, "convenient_time", role(Role::Contact);
        "Whether the moment lies in a time that the person called convenient, in every zone."
    CONTACT_HOME_INCONVENIENT: Flag, "home_inconvenient", role(Role::Contact);
        "Whether the person's home is an inconvenient place."
    CONTACT_WORK_INCONVENIENT: Flag, "work_inconvenient", role(Role::Contact);
        "Whether the person's place of work is an inconvenient place."
    CONTACT_EMPLOYER_PROHIBITS: Flag, "employer_prohibits", role(Role::Contact);
        "Whether the employer is known to prohibit such contacts at work."
    REFUSED_MEDIUM: Flag, "refused_medium", role(Role::Contact);
        "Whether the person asked that this channel, number or address not be used."
    USED_ADDRESS: Flag, "used_address", role(Role::Contact);
        "Whether the person wrote to the collector from this address about the debt."
    WRONG_NUMBER: Flag, "wrong_number", role(Role::Contact);
        "Of a proposed contact, whether its number is known not to be the person's; of a past one, whether that became known later."
    RETURNED_AFTER: Days, "returned_after", or_never(), role(Role::Contact);
        "Days from sending to a notice that it could not be delivered. Never: no notice came."
    WEEKDAY: Category, "weekday", words(Words::Closed(WEEKDAYS)), role(Role::Contact);
        "The day of the week, in the person's first zone."
    HOLIDAY: Flag, "holiday", role(Role::Contact);
        "Whether the local date is a holiday of the pack's calendar."
}
