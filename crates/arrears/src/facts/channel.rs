//! Channels and verbs: their class and their strength.

use std::fmt;

/// A way of reaching the person, or of acting on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Channel {
    /// A push message of the bank's app.
    Push,
    /// A message inside the app.
    InApp,
    /// A chat message.
    Chat,
    /// A text message.
    Sms,
    /// An e-mail.
    Email,
    /// A letter.
    Letter,
    /// A card without an envelope.
    Postcard,
    /// A message on a social network that only the person sees.
    SocialMessage,
    /// A post on a social network that others see.
    SocialPost,
    /// A message put into a voicemail box without a ring.
    RinglessVoicemail,
    /// An automatic call.
    Ivr,
    /// A call by a person.
    Phone,
    /// A visit at home or at work.
    Visit,
    /// A meeting at a branch.
    Branch,
    /// A meeting elsewhere.
    Meeting,
    /// A lawsuit.
    Litigation,
}

/// What a verb does, as far as holds and guardrails are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Reaches the person.
    Contact,
    /// Presses: a lawsuit, a debit, a block.
    Enforcement,
    /// Helps: an offer, a restored limit.
    Relief,
    /// Stays inside the bank.
    Internal,
}

/// What a policy can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[rustfmt::skip]
pub enum Verb {
    /// Send a push message.
    Push,
    /// Show a message in the app.
    InApp,
    /// Send a chat message.
    Chat,
    /// Send a text message.
    Sms,
    /// Send an e-mail.
    Email,
    /// Send a letter.
    Letter,
    /// Send a postcard.
    Postcard,
    /// Send a private message on a social network.
    SocialMessage,
    /// Post on a social network.
    SocialPost,
    /// Put a message into a voicemail box.
    RinglessVoicemail,
    /// Call automatically.
    Ivr,
    /// Call.
    Phone,
    /// Visit.
    Visit,
    /// Invite to a branch.
    Branch,
    /// Meet.
    Meeting,
    /// Sue.
    Litigation,
    /// Give the account to an agency.
    Place,
    /// Collect by direct debit.
    Debit,
    /// Report to a credit bureau.
    ReportBureau,
    /// Block a card or a limit.
    Block,
    /// Reduce a limit.
    Reduce,
    /// Set off against a deposit.
    SetOff,
    /// Restore a limit.
    RestoreLimit,
    /// Offer an arrangement.
    Offer,
    /// Waive a sum.
    Waive,
    /// A step inside the bank's systems.
    System,
    /// Put something on record.
    Note,
    /// Ask a person to look.
    Review,
}

/// What the table says of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerbDef {
    /// The verb.
    pub verb: Verb,
    /// The word in policy files.
    pub word: &'static str,
    /// What holds and guardrails take it for.
    pub class: Class,
    /// How strong it is, from 0 (nothing) to 6 (a lawsuit); nothing for acts on the account, which have no strength.
    pub strength: Option<u8>,
    /// The channel, for a verb that has one.
    pub channel: Option<Channel>,
    /// What it does.
    pub doc: &'static str,
}

const fn def(
    verb: Verb,
    word: &'static str,
    class: Class,
    strength: Option<u8>,
    channel: Option<Channel>,
    doc: &'static str,
) -> VerbDef {
    VerbDef { verb, word, class, strength, channel, doc }
}

#[rustfmt::skip]
const TABLE: &[VerbDef] = &[
    def(Verb::Push, "push", Class::Contact, Some(2), Some(Channel::Push), "send a push message"),
    def(Verb::InApp, "in_app", Class::Contact, Some(2), Some(Channel::InApp), "show a message in the app"),
    def(Verb::Chat, "chat", Class::Contact, Some(2), Some(Channel::Chat), "send a chat message"),
    def(Verb::Sms, "sms", Class::Contact, Some(2), Some(Channel::Sms), "send a text message"),
    def(Verb::Email, "email", Class::Contact, Some(2), Some(Channel::Email), "send an e-mail"),
    def(Verb::Letter, "letter", Class::Contact, Some(2), Some(Channel::Letter), "send a letter"),
    def(Verb::Postcard, "postcard", Class::Contact, Some(2), Some(Channel::Postcard), "send a card without an envelope"),
    def(Verb::SocialMessage, "social_message", Class::Contact, Some(2), Some(Channel::SocialMessage), "send a message on a social network that only the person sees"),
    def(Verb::SocialPost, "social_post", Class::Contact, Some(2), Some(Channel::SocialPost), "post on a social network where others see it"),
    def(Verb::RinglessVoicemail, "ringless_voicemail", Class::Contact, Some(3), Some(Channel::RinglessVoicemail), "put a message into a voicemail box without a ring"),
    def(Verb::Ivr, "ivr", Class::Contact, Some(3), Some(Channel::Ivr), "call automatically"),
    def(Verb::Phone, "phone", Class::Contact, Some(3), Some(Channel::Phone), "call"),
    def(Verb::Visit, "visit", Class::Contact, Some(4), Some(Channel::Visit), "visit at home or at work"),
    def(Verb::Branch, "branch", Class::Contact, Some(4), Some(Channel::Branch), "invite to a branch"),
    def(Verb::Meeting, "meeting", Class::Contact, Some(4), Some(Channel::Meeting), "meet elsewhere"),
    def(Verb::Place, "place", Class::Enforcement, Some(5), None, "give the account to an agency"),
    def(Verb::Litigation, "litigation", Class::Enforcement, Some(6), Some(Channel::Litigation), "sue"),
    def(Verb::Debit, "debit", Class::Enforcement, None, None, "collect by direct debit"),
    def(Verb::ReportBureau, "report_bureau", Class::Enforcement, None, None, "report to a credit bureau"),
    def(Verb::Block, "block", Class::Enforcement, None, None, "block a card or a limit"),
    def(Verb::Reduce, "reduce", Class::Enforcement, None, None, "reduce a limit"),
    def(Verb::SetOff, "set_off", Class::Enforcement, None, None, "set off against a deposit"),
    def(Verb::RestoreLimit, "restore_limit", Class::Relief, Some(1), None, "restore a limit"),
    def(Verb::Offer, "offer", Class::Relief, Some(1), None, "offer an arrangement"),
    def(Verb::Waive, "waive", Class::Relief, Some(1), None, "waive a sum"),
    def(Verb::System, "system", Class::Internal, Some(0), None, "a step inside the bank's systems"),
    def(Verb::Note, "note", Class::Internal, Some(0), None, "put something on record"),
    def(Verb::Review, "review", Class::Internal, Some(0), None, "ask a person to look"),
];

/// Every verb with its class and strength.
pub const fn verb_table() -> &'static [VerbDef] {
    TABLE
}

impl Verb {
    /// What the table says of the verb.
    pub fn def(self) -> VerbDef {
        TABLE.iter().copied().find(|def| def.verb == self).unwrap_or(def(
            self,
            "note",
            Class::Internal,
            Some(0),
            None,
            "",
        ))
    }

    /// The verb that policy files call `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        TABLE.iter().find(|def| def.word == word).map(|def| def.verb)
    }

    /// The word in policy files.
    pub fn word(self) -> &'static str {
        self.def().word
    }
}

impl Channel {
    /// Every channel, mildest first.
    pub const ALL: [Self; 16] = [
        Self::Push,
        Self::InApp,
        Self::Chat,
        Self::Sms,
        Self::Email,
        Self::Letter,
        Self::Postcard,
        Self::SocialMessage,
        Self::SocialPost,
        Self::RinglessVoicemail,
        Self::Ivr,
        Self::Phone,
        Self::Visit,
        Self::Branch,
        Self::Meeting,
        Self::Litigation,
    ];

    /// The word in policies and tables.
    pub fn word(self) -> &'static str {
        TABLE.iter().find(|def| def.channel == Some(self)).map_or("none", |def| def.word)
    }

    /// The channel that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        TABLE.iter().find(|def| def.word == word).and_then(|def| def.channel)
    }
}

impl Class {
    /// The word in `stops: [...]`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Enforcement => "enforcement",
            Self::Relief => "relief",
            Self::Internal => "internal",
        }
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
