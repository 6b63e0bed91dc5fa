//! Cases of the kind `message_classification`: is what was left a message that says nothing of a debt?

use crate::comparison::{Comparison, Difference};
use crate::judge::Asked;
use crate::typed::typed;
use crate::words::words;
use serde::Deserialize;

/// The form of a message that the cases ask of.
const FORM: &str = "limited_content_message";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    channel: Channel,
    left_for: LeftFor,
    elements: Vec<Element>,
}

words! {
    /// How it was left.
    Channel {
        Voicemail = "voicemail",
    }
}

words! {
    /// For whom it was left.
    LeftFor {
        Debtor = "debtor",
        /// Knowingly on somebody else's number.
        ThirdParty = "third_party",
    }
}

words! {
    /// What it holds.
    Element {
        BusinessNameNeutral = "business_name_neutral",
        ReplyRequest = "reply_request",
        NaturalPersonName = "natural_person_name",
        PhoneNumber = "phone_number",
        Salutation = "salutation",
        DateTime = "date_time",
        ReplyTimes = "reply_times",
        AnyRepresentative = "any_representative",
        BusinessNameRevealsCollection = "business_name_reveals_collection",
        NamedAgentGroup = "named_agent_group",
        CollectorDisclosure = "collector_disclosure",
        AsksForDebtor = "asks_for_debtor",
        DebtReference = "debt_reference",
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    limited_content_message: Option<bool>,
    attempt_to_communicate: Option<bool>,
}

/// Judges a case.
pub(crate) fn judge(asked: &Asked<'_>) -> Result<Vec<Difference>, String> {
    let given: Given = typed("given", asked.given)?;
    let expected: Expected = typed("expect", asked.expect)?;
    let packs = asked.world.binding(asked.jurisdiction)?;
    let form = packs.iter().flat_map(|pack| pack.messages()).find(|form| form.name == FORM);
    let form =
        form.ok_or_else(|| format!("jurisdiction: no pack that is shipped has a {FORM} in `{}`", asked.jurisdiction))?;
    let (channel, left_for) = (given.channel.engine(), given.left_for.engine());
    let limited = form.fits(channel, left_for, given.elements.iter().map(|element| element.engine()));
    let at = &format!("of a {channel} for {left_for}");
    let mut comparison = Comparison::default();
    comparison.same(at, FORM, expected.limited_content_message.as_ref(), &limited)?;
    // Whatever is left for somebody is an attempt.
    comparison.same(at, "attempt_to_communicate", expected.attempt_to_communicate.as_ref(), &true)?;
    comparison.finish()
}
