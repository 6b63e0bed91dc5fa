//! What a contact can result in, and why people fall behind.

/// A result of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutcomeDef {
    /// The code, as contact records carry it.
    pub code: &'static str,
    /// Whether the right person was spoken to.
    pub right_party: bool,
    /// What it means.
    pub doc: &'static str,
}

const fn outcome(code: &'static str, right_party: bool, doc: &'static str) -> OutcomeDef {
    OutcomeDef { code, right_party, doc }
}

#[rustfmt::skip]
const TABLE: &[OutcomeDef] = &[
    outcome("rpc_promise", true, "promised to pay a sum by a date"),
    outcome("rpc_vague_promise", true, "promised to pay, without a date or without a sum"),
    outcome("rpc_refused", true, "refused to pay"),
    outcome("rpc_dispute", true, "disputes the debt"),
    outcome("rpc_hardship", true, "reports hardship"),
    outcome("rpc_claims_no_money", true, "says there is no money"),
    outcome("rpc_callback", true, "asked to be called at another time"),
    outcome("rpc_hung_up", true, "hung up after being identified"),
    outcome("rpc_hostile", true, "was hostile"),
    outcome("third_party", false, "someone else answered"),
    outcome("wrong_number", false, "the number is not the debtor's"),
    outcome("dead", false, "the number does not exist"),
    outcome("busy", false, "the line was busy"),
    outcome("no_answer", false, "it rang and nobody answered"),
    outcome("voicemail_left", false, "a message was left"),
    outcome("letter_returned", false, "a letter came back"),
    outcome("letter_signed", false, "a letter was signed for"),
    outcome("visit_met", true, "the debtor was met at a visit"),
    outcome("visit_absent", false, "nobody was met at a visit"),
    outcome("visit_refused_for_hazard", false, "a visit was broken off or refused because of a danger"),
    outcome("complaint", false, "a complaint was made"),
    outcome("represented", false, "a representative was named"),
    outcome("deceased_reported", false, "the debtor was reported dead"),
    outcome("answered_dropped", false, "answered and cut off before anyone was identified"),
    outcome("not_in_service", false, "the number was not in service"),
    outcome("voicemail_no_message", false, "reached voicemail, no message could be left"),
    outcome("voicemail_no_ring", false, "reached voicemail without ringing"),
    outcome("conversation", true, "spoke with the person contacted; nothing else is noted"),
    outcome("sent", false, "a message or a letter went out"),
    outcome("received", false, "a message or a letter came in"),
    outcome("limited_content", false, "a limited-content message was left"),
];

/// Every outcome code.
pub const fn outcome_table() -> &'static [OutcomeDef] {
    TABLE
}

/// Names that stand for outcomes and history events in `times` and `days_since`:
/// `rpc` is every `rpc_*`; the short names name one `rpc_` code each.
pub(crate) const GROUPS: [&str; 7] =
    ["rpc", "refused", "hostile", "claims_no_money", "vague_promise", "promise_kept", "promise_broken"];

/// Events of an account that are not contacts: the first day late of an episode, a payment, a promise that
/// names a day and a sum, the day arrears were paid up, a placement with someone else, a recall, and a
/// statement that the person saw.
pub const EVENTS: [&str; 7] = ["first_missed", "payment", "promise", "cure", "placement", "recall", "statement_seen"];

/// Events of law, whose dates a host gives for a contact that it means to make: notices, what the person
/// wrote or agreed to, and what was checked.
pub const LEGAL_EVENTS: [&str; 10] = [
    "written_notice",
    "validation_notice",
    "initial_communication",
    "creditor_notice",
    "default_notice",
    "agent_intimation",
    "inbound_text",
    "text_consent",
    "number_checked",
    "text_opt_out",
];

/// Reasons for arrears, the words of the fact `cause`.
pub const CAUSES: [&str; 7] = ["forgot", "dispute", "cash_flow", "unemployment", "illness", "unwilling", "unknown"];

/// Whether `name` is an outcome code or a group of outcomes.
pub fn is_outcome(name: &str) -> bool {
    GROUPS.contains(&name) || TABLE.iter().any(|outcome| outcome.code == name)
}

/// The outcome codes that `name` stands for: itself, or the members of a group.
pub fn outcome_group(name: &str) -> Vec<&'static str> {
    let member = |code: &str| {
        code == name || (name == "rpc" && code.starts_with("rpc_")) || code.strip_prefix("rpc_") == Some(name)
    };
    TABLE.iter().map(|outcome| outcome.code).filter(|code| member(code)).collect()
}
