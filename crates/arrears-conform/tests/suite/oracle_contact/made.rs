//! Cases made at random, with nothing in them on which the format leaves two readings.

use arrears_testkit::generate::Choices;
use chrono::{DateTime, Days};
use chrono_tz::Tz;
use serde_json::{Map, Value, json};

/// Midnight UTC of a Monday, two weeks before the clocks of New York go back.
const START: i64 = 1_792_368_000;
/// The proposed contact lies on one of the days from here on, earlier ones before it.
const FIRST_DAY: usize = 10;

const CHANNELS: [&str; 10] = [
    "phone",
    "sms",
    "email",
    "ringless_voicemail",
    "mail",
    "visit",
    "web_session",
    "social_private",
    "postcard",
    "social_public",
];
const OUTCOMES: [&str; 9] = [
    "no_answer",
    "conversation",
    "busy",
    "not_in_service",
    "answered_dropped",
    "voicemail_message",
    "voicemail_no_message",
    "voicemail_no_ring",
    "limited_content_message",
];
const US_ROLES: [&str; 14] = [
    "debtor",
    "spouse",
    "parent",
    "executor",
    "relative",
    "third_party",
    "debtor_attorney",
    "creditor",
    "guardian",
    "employer",
    "credit_bureau",
    "personal_representative",
    "surviving_spouse",
    "guarantor",
];
const DEBTS: [&str; 3] = ["A", "B", "C"];

/// Makes a case.
pub(super) struct Maker {
    choices: Choices,
    us: bool,
    jurisdiction: &'static str,
    zones: Vec<Tz>,
    /// When the contact is proposed, in seconds.
    at: i64,
    debts: usize,
    role: &'static str,
}

/// A case: what is given, and what is proposed.
pub(super) fn made(jurisdiction: &'static str, numbers: Vec<u16>) -> Value {
    let mut choices = Choices::new(numbers);
    let us = jurisdiction.starts_with("US");
    // In America mostly between breakfast and supper.
    let quarter = if us && choices.chance(70) { 52 + choices.below(36) } else { choices.below(96) };
    // Some months on, by whole weeks.
    let quarters = (FIRST_DAY + choices.below(9) + 28 * choices.below(13)) * 96 + quarter;
    let at = START + i64::try_from(quarters).unwrap() * 900;
    let roles: &[&str] = match jurisdiction {
        "US" if choices.chance(30) => &US_ROLES,
        "CN" => &["debtor", "third_party", "guarantor"],
        _ => &["debtor"],
    };
    let role = static_of(choices.text(roles));
    let zones = zones(jurisdiction, &mut choices);
    let debts = choices.below(4);
    Maker { choices, us, jurisdiction, zones, at, debts, role }.case()
}

fn static_of(word: &str) -> &'static str {
    US_ROLES.iter().find(|role| **role == word).copied().unwrap_or("debtor")
}

fn zones(jurisdiction: &str, choices: &mut Choices) -> Vec<Tz> {
    let home: Tz = match jurisdiction {
        "CN" => "Asia/Shanghai",
        "UK" => "Europe/London",
        "IN" => "Asia/Kolkata",
        "AU" => "Australia/Sydney",
        "TH" => "Asia/Bangkok",
        "ID" => "Asia/Jakarta",
        "KR" => "Asia/Seoul",
        "JP" => "Asia/Tokyo",
        "CA-ON" => "America/Toronto",
        "PH" => "Asia/Manila",
        _ => "America/New_York",
    }
    .parse()
    .unwrap();
    let far = ["America/Los_Angeles", "America/Phoenix", "Pacific/Honolulu", "Asia/Jayapura", "Australia/Perth"];
    let others = choices.below(5).saturating_sub(2);
    (0..others).map(|_| choices.text(&far).parse().unwrap()).fold(vec![home], |mut zones, zone| {
        zones.push(zone);
        zones
    })
}

impl Maker {
    fn moment(&self, at: i64) -> Value {
        json!(DateTime::from_timestamp(at, 0).unwrap().with_timezone(&self.zones[0]).to_rfc3339())
    }

    /// A moment beside the quarters of an hour, mostly some days before the contact.
    fn around(&mut self, days: i64) -> i64 {
        let quarters = i64::try_from(self.choices.below(usize::try_from(days).unwrap() * 96)).unwrap();
        let after = i64::from(self.choices.chance(4)) * 86_400 * 3;
        self.at - quarters * 900 - 300 + after
    }

    fn some_moment(&mut self, days: i64) -> Value {
        let at = self.around(days);
        self.moment(at)
    }

    fn date(&self, offset: i64) -> Value {
        let today = DateTime::from_timestamp(self.at, 0).unwrap().with_timezone(&self.zones[0]).date_naive();
        let days = Days::new(offset.unsigned_abs());
        json!(if offset < 0 { today - days } else { today + days })
    }

    fn some_date(&mut self, before: usize, after: usize) -> Value {
        let offset = i64::try_from(self.choices.below(before + after + 1)).unwrap() - i64::try_from(before).unwrap();
        self.date(offset)
    }

    fn some_debts(&mut self) -> Value {
        json!(DEBTS[..self.debts].iter().filter(|_| self.choices.chance(60)).collect::<Vec<_>>())
    }

    /// Some of the debts, at least one of them, or nothing said.
    fn perhaps_debts(&mut self, fields: &mut Map<String, Value>, key: &str, percent: usize) {
        if self.debts > 0 && self.choices.chance(percent) {
            let some = self.some_debts();
            let some = if some == json!([]) { json!(["A"]) } else { some };
            fields.insert(key.to_owned(), some);
        }
    }

    fn period(&mut self, fields: &mut Map<String, Value>) {
        let start = self.choices.below(22);
        let end = start + 1 + self.choices.below(23 - start);
        if self.choices.chance(80) {
            fields.insert("start".to_owned(), json!(format!("{start:02}:00")));
        }
        if self.choices.chance(80) {
            fields.insert("end".to_owned(), json!(format!("{end:02}:30")));
        }
        if self.choices.chance(40) {
            let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
            let some: Vec<&str> = days.into_iter().filter(|_| self.choices.chance(60)).collect();
            let some = if some.is_empty() { vec!["Mon"] } else { some };
            fields.insert("weekdays".to_owned(), json!(some));
        }
        if self.choices.chance(15) {
            fields.insert("until".to_owned(), self.some_date(2, 4));
        }
    }

    fn case(mut self) -> Value {
        let mut given = Map::new();
        let collector = if self.us {
            ["third_party", "third_party", "first_party_other_name", "first_party"]
        } else {
            ["first_party"; 4]
        };
        given.insert("collector".to_owned(), json!(self.choices.text(&collector)));
        given.insert("zones".to_owned(), self.zones.iter().map(|zone| json!(zone.name())).collect());
        if self.debts > 0 {
            given.insert("debts".to_owned(), (0..self.debts).map(|debt| self.debt(debt)).collect());
        }
        let history: Vec<Value> = self.history();
        let proposed = self.proposed(&history);
        given.insert("history".to_owned(), json!(history));
        self.told(&mut given, &proposed);
        json!({ "given": given, "proposed": proposed })
    }

    fn debt(&mut self, debt: usize) -> Value {
        let loan = self.us && self.choices.chance(30);
        let mut fields = json!({
            "id": DEBTS[debt], "type": if loan { "student_loan" } else { "other" },
            "time_barred": self.choices.chance(20), "in_moratorium": !self.choices.chance(40)
        });
        if loan {
            fields["account_at_acquisition"] = json!(self.choices.text(&["ACC1", "ACC1", "ACC2"]));
        }
        fields
    }

    fn history(&mut self) -> Vec<Value> {
        let channels = match self.choices.below(3) {
            0 => &CHANNELS[..1],
            1 => &CHANNELS[..4],
            _ => &CHANNELS[..8],
        };
        // In Korea a rule that the suite does not have counts contacts.
        let most = match self.jurisdiction {
            "KR" => 6,
            "US" if channels.len() == 1 => 20,
            _ => 13,
        };
        // In Ontario the first conversation lies outside the window.
        let ontario = self.jurisdiction == "CA-ON";
        let mut history: Vec<Value> = Vec::new();
        for _ in 0..self.choices.below(most) {
            let entry = self.entry(channels, ontario);
            history.push(entry);
        }
        if ontario && self.choices.chance(60) {
            let at = self.moment(self.at - 9 * 86_400 - 300);
            history.push(json!({ "at": at, "direction": "out", "channel": "phone", "outcome": "conversation" }));
        }
        history
    }

    fn entry(&mut self, channels: &[&str], no_talk: bool) -> Value {
        let channel = self.choices.text(channels).to_owned();
        let inbound = self.choices.chance(15);
        let days = if self.choices.chance(50) { 8 } else { 2 };
        let outcome = match channel.as_str() {
            "phone" if inbound => "conversation",
            "phone" if self.choices.chance(30) => self.choices.text(&OUTCOMES),
            "phone" => "no_answer",
            _ if inbound => "received",
            _ => "sent",
        };
        let outcome = if no_talk && outcome == "conversation" { "voicemail_message" } else { outcome };
        let mut fields = Map::new();
        fields.insert("at".to_owned(), self.some_moment(days));
        fields.insert("direction".to_owned(), json!(if inbound { "in" } else { "out" }));
        fields.insert("channel".to_owned(), json!(channel));
        fields.insert("outcome".to_owned(), json!(outcome));
        let role = if self.choices.chance(10) && self.us { static_of(self.choices.text(&US_ROLES)) } else { self.role };
        fields.insert("role".to_owned(), json!(role));
        self.perhaps_debts(&mut fields, "debts", 40);
        if outcome == "conversation" && self.debts > 0 && self.choices.chance(20) {
            fields.insert("discussed".to_owned(), self.some_debts());
        }
        if channel == "phone" && self.us {
            self.perhaps_debts(&mut fields, "allocated_to", 10);
        }
        if self.choices.chance(50) {
            fields.insert("number".to_owned(), json!(self.choices.text(&["N1", "N2", "N9"])));
        }
        if channel == "email" && self.choices.chance(50) {
            fields.insert("address".to_owned(), json!(self.choices.text(&["j@work.example", "j@home.example"])));
        }
        if self.choices.chance(20) {
            fields.insert("purpose".to_owned(), json!("location"));
        }
        Value::Object(fields)
    }

    fn proposed(&mut self, history: &[Value]) -> Value {
        let channels = match self.choices.below(3) {
            0 => &CHANNELS[..1],
            1 => &CHANNELS[..8],
            _ => &CHANNELS[..],
        };
        let channels = if self.jurisdiction == "CA-ON" { &["phone", "sms", "email", "visit"] } else { channels };
        let mut fields = Map::new();
        let channel = self.choices.text(channels).to_owned();
        let answers = history.iter().find(|entry| entry["direction"] == "in" && entry["channel"] == *channel);
        fields.insert("at".to_owned(), self.moment(self.at));
        fields.insert("channel".to_owned(), json!(channel));
        fields.insert("role".to_owned(), json!(self.role));
        self.perhaps_debts(&mut fields, "debts", 40);
        if let Some(inbound) = answers.filter(|_| self.us && self.choices.chance(60)) {
            fields.insert("reply_to".to_owned(), inbound["at"].clone());
            fields.insert("same_call".to_owned(), json!(channel == "phone" && self.choices.chance(50)));
        }
        if self.choices.chance(60) {
            fields.insert("number".to_owned(), json!(self.choices.text(&["N1", "N2"])));
        }
        if self.choices.chance(30) {
            // In Massachusetts rules that the suite does not have bind calls at work.
            let kinds = if self.jurisdiction == "US-MA" {
                &["mobile", "home_landline"][..]
            } else {
                &["mobile", "home_landline", "work"]
            };
            fields.insert("number_type".to_owned(), json!(self.choices.text(kinds)));
        }
        if channel == "email" && self.choices.chance(50) {
            fields.insert("address".to_owned(), json!(self.choices.text(&["j@work.example", "j@home.example"])));
            let kinds = if self.role == "debtor" { ["personal", "employer"] } else { ["personal"; 2] };
            fields.insert("address_type".to_owned(), json!(self.choices.text(&kinds)));
        }
        // Whether a visit at work keeps the hours of visits or of work is read in two ways in Australia.
        if self.jurisdiction != "AU" && ["mail", "visit"].contains(&channel.as_str()) && self.choices.chance(60) {
            fields.insert("address_type".to_owned(), json!(self.choices.text(&["personal", "home", "work"])));
        }
        if self.role == "debtor" && self.choices.chance(20) {
            fields.insert("opt_out_notice".to_owned(), json!(self.choices.chance(50)));
        }
        self.content(&mut fields);
        Value::Object(fields)
    }

    fn content(&mut self, fields: &mut Map<String, Value>) {
        let contents: &[&str] = match (self.us, self.role) {
            (true, "relative" | "third_party" | "employer" | "guarantor") if self.choices.chance(70) => {
                fields.insert("purpose".to_owned(), json!("location"));
                if self.choices.chance(30) {
                    fields.insert("repeat_reason".to_owned(), json!("requested_by_person"));
                }
                &["location_request", "location_request_states_debt", "seeks_estate_representative", "collection"]
            }
            (true, _) => &[
                "collection",
                "payment_request",
                "termination_notice",
                "will_invoke_remedy",
                "opt_out_confirmation",
                "required_statement",
                "threat_of_suit",
            ],
            (_, "third_party") => &["ask_contact_details", "collection"],
            _ if self.jurisdiction == "UK" => &["payment_request", "identity_check", "discloses_debt", "collection"],
            _ => &["payment_request", "collection", "required_statement"],
        };
        if self.choices.chance(60) {
            fields.insert("content".to_owned(), json!(self.choices.text(contents)));
        }
    }
}

mod told;
