//! What is told of the person besides contacts.

use super::Maker;
use serde_json::{Map, Value, json};

impl Maker {
    pub(super) fn told(&mut self, given: &mut Map<String, Value>, proposed: &Value) {
        let mut tell = |key: &str, value: Value| {
            given.insert(key.to_owned(), value);
        };
        if self.choices.chance(40) {
            let preferences: Vec<Value> = (0..=self.choices.below(3)).map(|_| self.preference()).collect();
            tell("preferences", json!(preferences));
        }
        if self.choices.chance(40) {
            let consents: Vec<Value> = (0..=self.choices.below(2)).map(|_| self.consent()).collect();
            tell("consents", json!(consents));
        }
        if self.us && self.role == "debtor" && self.choices.chance(25) {
            let medium = self.choices.text(&["phone", "sms", "email", "mail"]);
            let mut request = json!({ "at": self.some_moment(5), "medium": medium });
            if self.choices.chance(40) {
                request["number"] = json!(self.choices.text(&["N1", "N2"]));
            }
            tell("media_requests", json!([request]));
        }
        if self.choices.chance(20) {
            let learned = self.some_moment(3);
            tell(
                "number_facts",
                json!([{ "number": "N9", "not_debtors": self.choices.chance(70), "learned_at": learned }]),
            );
        }
        if self.us {
            self.stops(given, proposed);
        }
        self.elsewhere(given);
        let mut facts = Map::new();
        // In the United Kingdom whether a session lifts an inconvenient time is read in two ways.
        if self.jurisdiction != "UK" && self.choices.chance(30) {
            facts.insert("active_session".to_owned(), json!(self.choices.chance(70)));
        }
        for fact in ["debtor_deceased", "debtor_is_minor", "debtor_lost_contact", "person_opted_out"] {
            if self.choices.chance(30) {
                facts.insert(fact.to_owned(), json!(self.choices.chance(70)));
            }
        }
        for fact in ["identity_verified", "refuses_as_time_barred"] {
            if self.choices.chance(40) {
                facts.insert(fact.to_owned(), json!(self.choices.chance(50)));
            }
        }
        if self.choices.chance(20) {
            facts.insert("debtor_at".to_owned(), json!(self.choices.text(&["home", "work"])));
        }
        given.insert("facts".to_owned(), Value::Object(facts));
    }

    fn preference(&mut self) -> Value {
        let kinds: &[&str] = match (self.us, self.zones.len()) {
            // Where clocks differ, a welcome time may be read by each of them or by all together.
            (true, 1) => &["inconvenient_time", "convenient_time", "inconvenient_place", "employer_prohibits"],
            (true, _) => &["inconvenient_time", "inconvenient_place", "employer_prohibits"],
            _ => &["inconvenient_time"],
        };
        let kind = self.choices.text(kinds).to_owned();
        let mut fields = Map::new();
        if kind.ends_with("_time") {
            self.period(&mut fields);
        }
        if kind == "inconvenient_place" {
            fields.insert("place".to_owned(), json!(self.choices.text(&["home", "work"])));
        }
        fields.insert("kind".to_owned(), json!(kind));
        Value::Object(fields)
    }

    fn consent(&mut self) -> Value {
        let covers = self.choices.text(&["contact_time", "extra_calls", "address"]).to_owned();
        let to = self.choices.text(&["collector", "collector", "creditor", "prior_collector"]).to_owned();
        let mut fields = Map::new();
        match covers.as_str() {
            "contact_time" => self.period(&mut fields),
            "extra_calls" => {
                if self.choices.chance(20) {
                    fields.insert("only_on".to_owned(), self.some_date(2, 2));
                }
                if self.choices.chance(20) {
                    fields.insert("until".to_owned(), self.some_date(2, 2));
                }
            }
            _ => {
                fields.insert("address".to_owned(), json!("j@work.example"));
            }
        }
        let given = self.around(8);
        fields.insert("covers".to_owned(), json!(covers));
        fields.insert("given_to".to_owned(), json!(to));
        fields.insert("given_at".to_owned(), self.moment(given));
        if self.choices.chance(20) {
            let later = i64::try_from(self.choices.below(300)).unwrap() * 900;
            fields.insert("withdrawn_at".to_owned(), self.moment(given + 60 + later));
        }
        Value::Object(fields)
    }

    fn stops(&mut self, given: &mut Map<String, Value>, proposed: &Value) {
        if self.choices.chance(15) {
            let mut attorney = json!({
                "contact_known": self.choices.chance(80), "failed_to_respond": self.choices.chance(20),
                "consents": self.choices.chance(20)
            });
            self.perhaps_debts(attorney.as_object_mut().unwrap(), "debts", 50);
            given.insert("attorney".to_owned(), attorney);
        }
        if self.choices.chance(15) {
            let mut cease = json!({ "sent_on": self.some_date(9, 0), "received_at": self.some_moment(4) });
            self.perhaps_debts(cease.as_object_mut().unwrap(), "debts", 50);
            given.insert("cease".to_owned(), cease);
        }
        // Whether a threat of suit collects is read in two ways.
        if proposed["content"] != "threat_of_suit" && self.choices.chance(20) {
            let mut dispute = json!({
                "received_at": self.some_moment(6), "in_writing": self.choices.chance(80),
                "validation_end": self.some_date(8, 20), "verification_sent_at": null
            });
            if self.choices.chance(40) {
                dispute["verification_sent_at"] = self.some_moment(4);
            }
            self.perhaps_debts(dispute.as_object_mut().unwrap(), "debts", 50);
            given.insert("dispute".to_owned(), dispute);
        }
        if self.choices.chance(10) {
            given.insert("bankruptcy".to_owned(), json!(self.choices.text(&["none", "open", "discharged"])));
        }
        if self.choices.chance(25) {
            let (days, attempts) = (1 + self.choices.below(9), self.choices.below(9));
            given.insert("policy".to_owned(), json!({ "review_after": { "window_days": days, "attempts": attempts } }));
        }
    }

    fn elsewhere(&mut self, given: &mut Map<String, Value>) {
        if self.choices.chance(40) {
            let holidays: Vec<Value> = (0..3).map(|_| self.some_date(1, 4)).collect();
            given.insert("holidays".to_owned(), json!(holidays));
        }
        match self.jurisdiction {
            "UK" => {
                if self.choices.chance(40) {
                    let (start, end) = (self.choices.below(6), self.choices.below(6));
                    let (start, end) = (i64::try_from(start).unwrap() - 5, i64::try_from(end).unwrap());
                    given.insert("moratorium".to_owned(), json!({ "start": self.date(start), "end": self.date(end) }));
                }
                if self.choices.chance(40) {
                    let resolved = if self.choices.chance(50) { self.some_moment(3) } else { Value::Null };
                    given.insert(
                        "dispute".to_owned(),
                        json!({
                            "received_at": self.some_moment(6), "valid_grounds": self.choices.chance(70),
                            "resolved_at": resolved
                        }),
                    );
                }
            }
            "CN" if self.choices.chance(30) => {
                let agreement = json!({
                    "kind": "individual_instalment", "signed_on": self.some_date(4, 2),
                    "performing": self.choices.chance(70)
                });
                given.insert("agreements".to_owned(), json!([agreement]));
            }
            "CA-ON" if self.choices.chance(40) => {
                given.insert("written_notice_sent_on".to_owned(), self.some_date(9, 0));
            }
            "PH" if self.choices.chance(60) => {
                given.insert("days_past_due".to_owned(), json!(self.choices.below(30)));
            }
            _ => {}
        }
    }
}
