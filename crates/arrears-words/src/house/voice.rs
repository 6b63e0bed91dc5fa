//! Who speaks for a house in one language.

use crate::Language;
use crate::told::{Told, named};
use arrears::document::{Fault, Fields, Readable};
use chrono::NaiveDate;
use serde_json::Value;

macro_rules! voice {
    ($($(#[doc = $doc:literal])+ $field:ident,)+) => {
        /// Who speaks for a house in one language. What is missing is not told to anybody, with the consequence
        /// that the table of variables names ([`crate::told::variables`]).
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct Voice {
            /// To whom debts are owed.
            pub creditor: String,
            /// For whom the speaker works; the creditor, if none is given.
            pub organisation: Option<String>,
            $($(#[doc = $doc])+ pub $field: Option<String>,)+
        }

        impl Voice {
            /// What every account is told.
            pub(super) fn told(&self, language: Language, today: NaiveDate) -> Told {
                let told = Told::new(language, today, self.creditor.clone());
                let organisation = self.organisation.clone().unwrap_or_else(|| self.creditor.clone());
                Told { organisation, $($field: self.$field.clone(),)+ ..told }
            }
        }

        impl Readable for Voice {
            const EXPECTED: &str = "who speaks in the language, as in {\"creditor\": \"Harbour Bank\"}";
            fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
                let mut fields = Fields::of(value, path, problems)?;
                let creditor = named(&mut fields, "creditor");
                if !fields.has("creditor") {
                    fields.report("creditor", "missing: expected the name of the creditor");
                }
                let organisation = named(&mut fields, "organisation");
                $(let $field = named(&mut fields, stringify!($field));)+
                fields.finish();
                Some(Self { creditor: creditor?, organisation, $($field),+ })
            }
        }
    };
}

voice! {
    /// The natural name of who speaks or signs.
    speaker,
    /// A name of the business that does not reveal what it does.
    neutral_name,
    /// The number to call back.
    phone,
    /// When somebody answers that number.
    reply_hours,
    /// The word that ends messages by a channel when it is sent back.
    stop_word,
    /// The question that only the person can answer; it says nothing of a debt.
    identity_question,
    /// Where the person can check that a message is genuine.
    verify_at,
    /// The postal address of the organisation.
    write_to,
    /// Where and how to pay.
    pay_at,
    /// The branch to which people are invited.
    branch,
    /// The rules of law that a demand refers to.
    regulations,
}

impl Voice {
    /// A creditor of whom nothing but the name is known.
    pub fn of(creditor: impl Into<String>) -> Self {
        Self { creditor: creditor.into(), ..Self::default() }
    }
}
