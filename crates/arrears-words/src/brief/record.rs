//! What is recorded after a contact: the outcome codes of the core's table, in the language of the brief.

use crate::Language;
use arrears::Channel;
use arrears::facts::outcome_table;
use serde::Serialize;

/// An outcome that may be recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recording {
    /// The code, as contact records carry it.
    pub code: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// Outcomes that a letter, a message or a dialler brings, and nobody who speaks to a person.
const OF_NO_TALK: [&str; 7] = [
    "letter_returned",
    "letter_signed",
    "sent",
    "received",
    "limited_content",
    "voicemail_no_message",
    "voicemail_no_ring",
];
const OF_A_VISIT: [&str; 3] = ["visit_met", "visit_absent", "visit_refused_for_hazard"];
const OF_A_LINE: [&str; 8] = [
    "wrong_number",
    "dead",
    "busy",
    "no_answer",
    "voicemail_left",
    "answered_dropped",
    "not_in_service",
    "rpc_hung_up",
];

const CHINESE: [(&str, &str); 31] = [
    ("rpc_promise", "承诺了金额和日期"),
    ("rpc_vague_promise", "承诺还款，但没有日期或金额"),
    ("rpc_refused", "拒绝还款"),
    ("rpc_dispute", "对欠款有异议"),
    ("rpc_hardship", "说明有困难"),
    ("rpc_claims_no_money", "说没有钱"),
    ("rpc_callback", "请求改时间再打"),
    ("rpc_hung_up", "确认本人后挂断"),
    ("rpc_hostile", "态度敌对"),
    ("third_party", "他人接听"),
    ("wrong_number", "不是本人的号码"),
    ("dead", "空号"),
    ("busy", "占线"),
    ("no_answer", "无人接听"),
    ("voicemail_left", "已留言"),
    ("letter_returned", "信件退回"),
    ("letter_signed", "信件已签收"),
    ("visit_met", "上门见到本人"),
    ("visit_absent", "上门无人"),
    ("visit_refused_for_hazard", "因有危险而中止或不上门"),
    ("complaint", "投诉"),
    ("represented", "说明有代理人"),
    ("deceased_reported", "告知本人已去世"),
    ("answered_dropped", "接听后在确认身份前断线"),
    ("not_in_service", "号码停机"),
    ("voicemail_no_message", "语音信箱，无法留言"),
    ("voicemail_no_ring", "未响铃即入语音信箱"),
    ("conversation", "与本人通话，无其他记录"),
    ("sent", "已发出信息或信件"),
    ("received", "收到来信或信息"),
    ("limited_content", "已留下有限内容的留言"),
];

/// What may be recorded after a call, or after a visit.
pub fn recordings(channel: Option<Channel>, language: Language) -> Vec<Recording> {
    let visit = channel == Some(Channel::Visit);
    let fits = |code: &str| {
        !OF_NO_TALK.contains(&code) && if visit { !OF_A_LINE.contains(&code) } else { !OF_A_VISIT.contains(&code) }
    };
    let of = |code: &'static str, english: &'static str| Recording {
        code,
        meaning: match language {
            Language::English => english,
            Language::Chinese => CHINESE.iter().find(|(known, _)| *known == code).map_or(english, |(_, words)| words),
        },
    };
    outcome_table().iter().filter(|one| fits(one.code)).map(|one| of(one.code, one.doc)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_of_the_core_has_chinese_words_and_no_other() {
        let known: Vec<&str> = outcome_table().iter().map(|one| one.code).collect();
        let told: Vec<&str> = CHINESE.iter().map(|(code, _)| *code).collect();
        assert_eq!(told, known);
    }

    #[test]
    fn a_visit_is_recorded_otherwise_than_a_call() {
        let codes = |channel| recordings(channel, Language::English).iter().map(|one| one.code).collect::<Vec<_>>();
        assert!(codes(Some(Channel::Visit)).contains(&"visit_absent"));
        assert!(!codes(Some(Channel::Visit)).contains(&"busy"));
        assert!(codes(Some(Channel::Phone)).contains(&"busy"));
        assert!(!codes(None).contains(&"letter_signed"));
    }
}
