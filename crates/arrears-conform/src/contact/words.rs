//! The words in which the suite tells of contacts.

use crate::words::words;
use arrears::Channel as Engine;
use serde::Deserialize;

/// A channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Channel {
    Phone,
    RinglessVoicemail,
    Sms,
    Email,
    Mail,
    Postcard,
    Visit,
    /// Shown on the collector's own site or app.
    WebSession,
    SocialPrivate,
    SocialPublic,
}

words! {
    /// What a contact resulted in.
    Outcome {
        Conversation = "conversation",
        NoAnswer = "no_answer",
        Busy = "busy",
        NotInService = "not_in_service",
        AnsweredDropped = "answered_dropped",
        VoicemailMessage = "voicemail_message" => "voicemail_left",
        VoicemailNoMessage = "voicemail_no_message",
        VoicemailNoRing = "voicemail_no_ring",
        LimitedContentMessage = "limited_content_message" => "limited_content",
        Sent = "sent",
        Received = "received",
    }
}

words! {
    /// Who was contacted, or made contact.
    Role {
        Debtor = "debtor",
        Spouse = "spouse",
        SurvivingSpouse = "surviving_spouse",
        Parent = "parent",
        Guardian = "guardian",
        Executor = "executor",
        Administrator = "administrator",
        PersonalRepresentative = "personal_representative",
        SuccessorInInterest = "successor_in_interest",
        DebtorAttorney = "debtor_attorney",
        Creditor = "creditor",
        CreditorAttorney = "creditor_attorney",
        CollectorAttorney = "collector_attorney",
        CreditBureau = "credit_bureau",
        Guarantor = "guarantor",
        Employer = "employer",
        Relative = "relative",
        ThirdParty = "third_party",
    }
}

words! {
    /// What a contact is for.
    Purpose {
        Collection = "collection" => "demand",
        Location = "location",
    }
}

words! {
    /// What a contact says.
    Content {
        Collection = "collection",
        PaymentRequest = "payment_request",
        OptOutConfirmation = "opt_out_confirmation",
        RequiredStatement = "required_statement",
        TerminationNotice = "termination_notice",
        MayInvokeRemedy = "may_invoke_remedy",
        WillInvokeRemedy = "will_invoke_remedy",
        ThreatOfSuit = "threat_of_suit",
        LocationRequest = "location_request",
        LocationRequestStatesDebt = "location_request_states_debt",
        SeeksEstateRepresentative = "seeks_estate_representative",
        AskContactDetails = "ask_contact_details",
        DisclosesDebt = "discloses_debt",
        IdentityCheck = "identity_check",
    }
}

words! {
    /// What number is used.
    NumberType {
        Mobile = "mobile",
        HomeLandline = "home_landline" => "home",
        Work = "work",
    }
}

words! {
    /// What address is used.
    AddressType {
        Personal = "personal",
        Home = "home",
        Work = "work",
        Employer = "employer",
    }
}

words! {
    /// Why a call is made although a limit is reached.
    Reason {
        RequiredByLaw = "required_by_law",
        ActiveLitigation = "active_litigation",
        InformationRequest = "information_request",
        DroppedCall = "dropped_call",
        AvoidExternalPenalty = "avoid_external_penalty",
        OwnOffer = "own_offer",
    }
}

words! {
    /// Why a person other than the debtor is asked again.
    RepeatReason {
        RequestedByPerson = "requested_by_person",
        EarlierAnswerWrong = "earlier_answer_wrong",
    }
}

words! {
    /// Where the collector knows the debtor to be.
    Place {
        Home = "home",
        Work = "work",
    }
}

impl Content {
    /// What a contact says of which that is not said: one that only asks where the debtor is does
    /// not speak of the debt.
    pub(crate) const fn of(purpose: Purpose) -> Self {
        match purpose {
            Purpose::Collection => Self::Collection,
            Purpose::Location => Self::LocationRequest,
        }
    }
}

impl Channel {
    /// The engine's channel.
    pub(crate) const fn of_engine(self) -> Engine {
        match self {
            Self::Phone => Engine::Phone,
            Self::RinglessVoicemail => Engine::RinglessVoicemail,
            Self::Sms => Engine::Sms,
            Self::Email => Engine::Email,
            Self::Mail => Engine::Letter,
            Self::Postcard => Engine::Postcard,
            Self::Visit => Engine::Visit,
            Self::WebSession => Engine::InApp,
            Self::SocialPrivate => Engine::SocialMessage,
            Self::SocialPublic => Engine::SocialPost,
        }
    }

    /// Whether it reaches a number.
    pub(crate) const fn has_number(self) -> bool {
        matches!(self, Self::Phone | Self::RinglessVoicemail | Self::Sms)
    }

    /// Whether it reaches an address or a place.
    pub(crate) const fn has_address(self) -> bool {
        matches!(self, Self::Email | Self::Mail | Self::Postcard | Self::Visit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_has_every_word() {
        for outcome in [Outcome::Conversation, Outcome::VoicemailMessage, Outcome::LimitedContentMessage, Outcome::Sent]
        {
            assert!(arrears::facts::is_outcome(outcome.engine()), "{outcome:?}");
        }
    }

    #[test]
    fn a_word_that_is_none_is_refused_with_those_that_are() {
        let error = serde_json::from_str::<Channel>("\"letter\"").unwrap_err().to_string();
        assert!(
            error.starts_with("unknown variant `letter`, expected one of `phone`, `ringless_voicemail`"),
            "{error}"
        );
    }
}
