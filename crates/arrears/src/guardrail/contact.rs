//! One contact: made, received, or proposed.

use crate::facts::Channel;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

/// One contact with a person about debts: one that was made, one that came in, or one that is
/// proposed.
///
/// What is not given is not known, and a rule that needs it calls for a person's look. Of a
/// proposed contact the outcome is never known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// When: a message when it was sent, a call when it was placed.
    pub at: DateTime<FixedOffset>,
    /// Whether it goes out or came in.
    #[serde(default)]
    pub direction: Direction,
    /// The channel, by its word: `phone`.
    #[serde(with = "channel_word")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub channel: Channel,
    /// What it resulted in, by its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Who is contacted, or who made contact: `debtor`, `spouse`, `third_party`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
    /// Tells people of one role apart. Without it the role is the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The debts it is about; without it all of the person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub debts: Option<Vec<String>>,
    /// The debts that were talked about; without it those it was placed about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discussed: Option<Vec<String>>,
    /// The debt to which a contact that concerned none in particular is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocated_to: Option<Vec<String>>,
    /// The number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// What number it is: `mobile`, `home`, `work`, `none`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_kind: Option<String>,
    /// The address; of a contact that came in, the sender's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What address it is: `personal`, `home`, `work`, `employer`, `none`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_kind: Option<String>,
    /// What it is for: `demand`, `location`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// What it says: `collection`, `threat_of_suit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// Whether it says how to refuse further ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opt_out_notice: Option<bool>,
    /// The moment of the contact that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<DateTime<FixedOffset>>,
    /// Whether it is said during that call, so that no call is placed.
    #[serde(default)]
    pub same_call: bool,
    /// Why it is made although a limit is reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Why another person is asked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat_reason: Option<String>,
    /// Where the debtor is known to be at that moment: `home`, `work`, `elsewhere`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub debtor_at: Option<String>,
    /// Whether the person is using the collector's own site or app at that moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_session: Option<bool>,
    /// The day on which a notice came that it could not be delivered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned_on: Option<NaiveDate>,
}

/// Whether a contact goes out or came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the collector.
    #[default]
    Out,
    /// To the collector.
    In,
}

impl Contact {
    /// A contact of which only the moment and the channel are known. It goes out.
    pub fn new(at: DateTime<FixedOffset>, channel: Channel) -> Self {
        Self {
            at,
            direction: Direction::Out,
            channel,
            outcome: None,
            recipient: None,
            person: None,
            debts: None,
            discussed: None,
            allocated_to: None,
            number: None,
            number_kind: None,
            address: None,
            address_kind: None,
            purpose: None,
            content: None,
            opt_out_notice: None,
            reply_to: None,
            same_call: false,
            reason: None,
            repeat_reason: None,
            debtor_at: None,
            active_session: None,
            returned_on: None,
        }
    }

    /// Who it is with: the person's own name, or the role where the role is the person.
    pub fn who(&self) -> Option<&str> {
        self.person.as_deref().or(self.recipient.as_deref())
    }
}

mod channel_word {
    use crate::facts::Channel;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
    pub(super) fn serialize<S: Serializer>(channel: &Channel, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(channel.word())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Channel, D::Error> {
        let word = String::deserialize(deserializer)?;
        Channel::from_word(&word).ok_or_else(|| {
            let words = Channel::ALL.map(Channel::word);
            let near = crate::problem::nearest(&word, words).map(|near| format!(": did you mean `{near}`?"));
            D::Error::custom(format!(
                "`{word}` is not a channel{}",
                near.unwrap_or_else(|| format!(", expected one of {}", words.join(", ")))
            ))
        })
    }
}
