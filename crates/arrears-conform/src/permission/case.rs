//! Cases of the kind `contact_permission`, as written.

use crate::contact::case::{Debt, Entry, Moment, Proposed};
use crate::contact::debts::Debts;
use crate::contact::local::Clock;
use crate::contact::words::Place;
use crate::typed::present;
use crate::words::words;
use chrono::{NaiveDate, Weekday};
use serde::Deserialize;

/// What is given. A fact that is absent does not restrict.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Given {
    pub(super) collector: Collector,
    pub(super) zones: Vec<String>,
    pub(super) debts: Option<Vec<Debt>>,
    #[serde(default)]
    pub(super) history: Vec<Entry>,
    #[serde(default)]
    pub(super) preferences: Vec<Preference>,
    #[serde(default)]
    pub(super) consents: Vec<Consent>,
    #[serde(default)]
    pub(super) media_requests: Vec<MediaRequest>,
    #[serde(default)]
    pub(super) number_facts: Vec<NumberFact>,
    pub(super) attorney: Option<Attorney>,
    pub(super) cease: Option<Cease>,
    pub(super) dispute: Option<Dispute>,
    pub(super) moratorium: Option<Moratorium>,
    #[serde(default)]
    pub(super) agreements: Vec<Agreement>,
    pub(super) bankruptcy: Option<Bankruptcy>,
    pub(super) days_past_due: Option<u32>,
    /// The only holidays to be considered.
    #[serde(default)]
    pub(super) holidays: Vec<NaiveDate>,
    pub(super) written_notice_sent_on: Option<NaiveDate>,
    #[serde(default)]
    pub(super) policy: BankPolicy,
    #[serde(default)]
    pub(super) facts: Facts,
}

words! {
    /// Who collects.
    Collector {
        ThirdParty = "third_party",
        FirstParty = "first_party",
        FirstPartyOtherName = "first_party_other_name",
    }
}

/// A time or a place that the person called convenient or inconvenient.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Preference {
    pub(super) kind: PreferenceKind,
    pub(super) weekdays: Option<Vec<Weekday>>,
    pub(super) start: Option<Clock>,
    pub(super) end: Option<Clock>,
    pub(super) until: Option<NaiveDate>,
    pub(super) place: Option<Place>,
    /// From whom it was learned has no effect.
    #[serde(rename = "learned_via")]
    pub(super) _learned_via: Option<LearnedVia>,
}

/// What a preference says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PreferenceKind {
    InconvenientTime,
    ConvenientTime,
    InconvenientPlace,
    EmployerProhibits,
}

/// From whom a preference was learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum LearnedVia {
    Consumer,
    CreditorFile,
}

/// What the person agreed to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Consent {
    pub(super) given_at: Moment,
    pub(super) given_to: GivenTo,
    pub(super) covers: Covers,
    pub(super) weekdays: Option<Vec<Weekday>>,
    pub(super) start: Option<Clock>,
    pub(super) end: Option<Clock>,
    pub(super) only_on: Option<NaiveDate>,
    pub(super) until: Option<NaiveDate>,
    pub(super) address: Option<String>,
    pub(super) withdrawn_at: Option<Moment>,
}

words! {
    /// To whom consent was given.
    GivenTo {
        Collector = "collector",
        Creditor = "creditor",
        PriorCollector = "prior_collector",
    }
}

words! {
    /// What consent covers.
    Covers {
        ContactTime = "contact_time",
        ExtraCalls = "extra_calls",
        Address = "address",
    }
}

/// A request not to use a medium.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MediaRequest {
    pub(super) at: Moment,
    pub(super) medium: Medium,
    pub(super) number: Option<String>,
    pub(super) address: Option<String>,
    /// The debt about which it was made has no effect: it holds for every debt.
    #[serde(rename = "made_about")]
    pub(super) _made_about: Option<String>,
}

/// A medium.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Medium {
    /// Calls and ringless voicemails.
    Phone,
    Sms,
    Email,
    /// Letters and postcards.
    Mail,
}

/// What is known of a number.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberFact {
    pub(super) number: String,
    pub(super) not_debtors: bool,
    pub(super) learned_at: Moment,
}

/// The attorney who represents the person.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Attorney {
    pub(super) contact_known: bool,
    #[serde(default)]
    pub(super) failed_to_respond: bool,
    #[serde(default)]
    pub(super) consents: bool,
    pub(super) debts: Option<Vec<String>>,
}

/// A written notice to cease.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cease {
    /// When it was sent has no effect.
    #[serde(rename = "sent_on")]
    pub(super) _sent_on: Option<NaiveDate>,
    pub(super) received_at: Moment,
    pub(super) debts: Option<Vec<String>>,
}

/// A dispute.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dispute {
    pub(super) received_at: Moment,
    pub(super) debts: Option<Vec<String>>,
    #[serde(default)]
    pub(super) in_writing: bool,
    pub(super) validation_end: Option<NaiveDate>,
    pub(super) verification_sent_at: Option<Moment>,
    #[serde(default)]
    pub(super) valid_grounds: bool,
    pub(super) resolved_at: Option<Moment>,
}

/// A moratorium, with its first and last date.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Moratorium {
    pub(super) start: NaiveDate,
    pub(super) end: NaiveDate,
}

/// An agreement to pay.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Agreement {
    #[serde(rename = "kind")]
    pub(super) _kind: AgreementKind,
    pub(super) signed_on: NaiveDate,
    pub(super) performing: bool,
}

/// What kind of agreement it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum AgreementKind {
    IndividualInstalment,
}

/// How far a bankruptcy is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Bankruptcy {
    None,
    Open,
    Discharged,
}

/// What the bank set itself.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BankPolicy {
    pub(super) review_after: Option<ReviewAfter>,
}

/// The number of attempts above which a person must look.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReviewAfter {
    pub(super) window_days: u32,
    pub(super) attempts: u32,
}

/// Facts that are stated.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Facts {
    pub(super) debtor_at: Option<Place>,
    pub(super) active_session: bool,
    pub(super) debtor_deceased: bool,
    pub(super) debtor_is_minor: bool,
    pub(super) debtor_lost_contact: bool,
    pub(super) person_opted_out: bool,
    pub(super) identity_verified: Option<bool>,
    pub(super) refuses_as_time_barred: bool,
}

/// What is expected.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expected {
    pub(super) decision: Decision,
    pub(super) rules: Option<Vec<String>>,
    /// That no moment can be named is `null`, not left out.
    #[serde(default, deserialize_with = "present")]
    pub(super) earliest_next: Option<Option<Moment>>,
    pub(super) exception: Option<String>,
    pub(super) presumption: Option<Presumption>,
    pub(super) counted: Option<u32>,
    pub(super) rebuttal_factor: Option<bool>,
    pub(super) flags: Option<Vec<String>>,
    pub(super) strength: Option<Strength>,
}

words! {
    /// An answer.
    Decision {
        Allow = "allow",
        Block = "block",
        Review = "review",
    }
}

words! {
    /// What the law presumes.
    Presumption {
        Compliance = "compliance",
        Violation = "violation",
    }
}

words! {
    /// That a rule is a softer norm.
    Strength {
        ShouldNot = "should_not",
        Guideline = "guideline",
    }
}

impl Given {
    /// Checks what no type says: that every debt named is given, and that a place has a name.
    pub(super) fn check(&self, debts: &Debts, proposed: &Proposed) -> Result<(), String> {
        debts.know_history(&self.history)?;
        debts.know("proposed.debts", proposed.debts.as_deref())?;
        let lists = [
            ("attorney", self.attorney.as_ref().and_then(|attorney| attorney.debts.as_deref())),
            ("cease", self.cease.as_ref().and_then(|cease| cease.debts.as_deref())),
            ("dispute", self.dispute.as_ref().and_then(|dispute| dispute.debts.as_deref())),
        ];
        for (key, list) in lists {
            debts.know(&format!("given.{key}.debts"), list)?;
        }
        for (index, preference) in self.preferences.iter().enumerate() {
            let of_place = preference.kind == PreferenceKind::InconvenientPlace;
            if of_place != preference.place.is_some() {
                let wrong =
                    if of_place { "missing, expected `home` or `work`" } else { "belongs to an inconvenient place" };
                return Err(format!("given.preferences[{index}].place: {wrong}"));
            }
        }
        Ok(())
    }
}
