//! The title page: which policy, which version, under which law.

use super::Options;
use super::document::Field;
use crate::wording::{Prose, listed};
use arrears::draft::Keyword;
use arrears::{Law, Policy};
use chrono::NaiveDate;
use serde::Serialize;

/// The title page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Front {
    /// The policy's name.
    pub policy: String,
    /// Its label for people.
    pub version: String,
    /// What it is for, in its own words.
    pub why: String,
    /// Who answers for it; none if it does not say.
    pub owner: Option<String>,
    /// The days on which it may decide, in words.
    pub decides: String,
    /// The currency of every amount.
    pub currency: String,
    /// The time zone of its days.
    pub zone: String,
    /// Whose law it was written for; none if it does not say.
    pub jurisdiction: Option<String>,
    /// The first day past due of each bucket.
    pub buckets: Vec<i64>,
    /// The files that it was read from.
    pub files: Vec<String>,
    /// What decides, as a hash.
    pub policy_hash: String,
    /// The version of the engine that read it.
    pub engine: String,
    /// The day whose law is told.
    pub as_of: NaiveDate,
    /// The law under which it is read, as it is stamped on decisions.
    pub law: String,
    /// The packs of that law that bind the policy on the day.
    pub packs: Vec<PackInForce>,
    /// Whether no pack binds it: then no contact is permitted, and a person must look.
    pub lawless: bool,
}

/// A pack of law in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackInForce {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Its label for people.
    pub version: String,
    /// Whose law it is.
    pub jurisdiction: String,
    /// What it says, as a hash.
    pub hash: String,
    /// When its source was last read.
    pub verified_on: Option<NaiveDate>,
}

pub(super) fn front(policy: &Policy, law: &Law, options: &Options<'_>) -> Front {
    let head = policy.head();
    let written = policy.draft().statements.iter().find(|statement| statement.keyword == Keyword::Policy);
    let owner = written.and_then(|head| head.option("owner")).and_then(|owner| owner.as_text());
    let place = head.jurisdiction.as_deref();
    let packs: Vec<PackInForce> = place.map_or_else(Vec::new, |place| {
        let packs = law.in_force(place, options.as_of);
        packs
            .map(|pack| PackInForce {
                name: pack.head().name.clone(),
                title: pack.head().title.clone(),
                version: pack.head().version.clone(),
                jurisdiction: pack.head().jurisdiction.clone(),
                hash: pack.hash().to_string(),
                verified_on: pack.head().verified_on,
            })
            .collect()
    });
    let name = |file: &arrears::draft::Source| file.name.rsplit(['/', '\\']).next().unwrap_or(&file.name).to_owned();
    Front {
        policy: head.name.clone(),
        version: head.version.clone(),
        why: head.why.clone(),
        owner: owner.map(str::to_owned),
        decides: head.term(),
        currency: head.currency.to_string(),
        zone: head.zone.to_string(),
        jurisdiction: head.jurisdiction.clone(),
        buckets: head.buckets.clone(),
        files: policy.sources().iter().map(name).collect(),
        policy_hash: policy.hash().to_string(),
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        as_of: options.as_of,
        law: law.stamp().to_owned(),
        lawless: !law.is_none() && packs.is_empty(),
        packs,
    }
}

impl Front {
    /// The rows of the title page.
    pub(super) fn fields(&self) -> Vec<Field> {
        let mut fields = Vec::new();
        let mut say = |label: &str, text: String| {
            if !text.is_empty() {
                fields.push(Field { label: label.to_owned(), says: Prose::plain(text).into() });
            }
        };
        say("Version", self.version.clone());
        say("Answers for it", self.owner.clone().unwrap_or_default());
        say("Decides", self.decides.clone());
        say("Amounts in", self.currency.clone());
        say("Days of", format!("the time zone {}", self.zone));
        say("Written for the law of", self.jurisdiction.clone().unwrap_or_default());
        let edges: Vec<String> = self.buckets.iter().map(ToString::to_string).collect();
        say("Buckets begin on day", format!("{} past due", listed(&edges, "and")));
        say("Read from", self.files.join(", "));
        say("Policy hash", self.policy_hash.clone());
        say("Engine", format!("arrears {}", self.engine));
        say("Law of the day", self.as_of.to_string());
        say("Law", self.law_in_words());
        fields
    }

    fn law_in_words(&self) -> String {
        if let Some(reason) = self.law.strip_prefix("none: ") {
            return format!("none, because: {reason}; only the rules of the house bind");
        }
        if self.lawless {
            return "no pack of law binds this policy on this day: no contact is permitted, and a person must look"
                .to_owned();
        }
        let packs: Vec<String> = self
            .packs
            .iter()
            .map(|pack| format!("{} ({} {}, hash {})", pack.title, pack.name, pack.version, short(&pack.hash)))
            .collect();
        packs.join("; ")
    }
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}
