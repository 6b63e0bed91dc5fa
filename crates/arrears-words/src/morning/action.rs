//! What is done, in words of a language.

use crate::Language;
use arrears::Verb;

/// The words of contacts, in both languages.
const KNOWN: [(Verb, &str, &str); 15] = [
    (Verb::Push, "push message", "推送消息"),
    (Verb::InApp, "message in the app", "应用内消息"),
    (Verb::Chat, "chat message", "聊天消息"),
    (Verb::Sms, "text message", "短信"),
    (Verb::Email, "e-mail", "电子邮件"),
    (Verb::Letter, "letter", "信函"),
    (Verb::Postcard, "postcard", "明信片"),
    (Verb::SocialMessage, "private message", "私信"),
    (Verb::RinglessVoicemail, "voicemail", "语音留言"),
    (Verb::Ivr, "automatic call", "自动语音电话"),
    (Verb::Phone, "call", "电话"),
    (Verb::Visit, "visit", "上门"),
    (Verb::Branch, "invitation to the branch", "邀约到网点"),
    (Verb::Meeting, "meeting", "面谈"),
    (Verb::Litigation, "lawsuit", "诉讼"),
];

/// What a decision does, as people say it; another word of a policy as it is, with spaces.
pub fn action(word: &str, language: Language) -> String {
    let known = Verb::from_word(word).and_then(|verb| KNOWN.iter().find(|(known, _, _)| *known == verb));
    match (known, language) {
        (Some((_, english, _)), Language::English) => (*english).to_owned(),
        (Some((_, _, chinese)), Language::Chinese) => (*chinese).to_owned(),
        (None, _) => word.replace('_', " "),
    }
}
