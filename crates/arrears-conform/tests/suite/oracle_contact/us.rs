//! The United States, sections 5 to 8: what blocks a contact, and what was relied on.

use super::Verdict;
use super::counting::PROFESSIONAL;
use super::reads::{Scene, day, is, list, person, role, seconds, text};
use serde_json::Value;

const ELECTRONIC: [&str; 3] = ["sms", "email", "social_private"];
const TIMED: [&str; 6] = ["phone", "ringless_voicemail", "sms", "email", "visit", "social_private"];

impl Scene<'_> {
    pub(super) fn regulation_f(&self, verdict: &mut Verdict) {
        if ["open", "discharged"].contains(&text(self.given, "bankruptcy").unwrap_or("none")) {
            verdict.blocks.insert("US-BK-362-stay");
        }
        if self.given["collector"] == "first_party" {
            return;
        }
        if self.as_debtor() {
            self.time(verdict);
            self.places(verdict);
            self.stops(verdict);
        } else if !PROFESSIONAL.contains(&role(self.proposed)) {
            self.others(verdict);
        }
        self.media(verdict);
        self.frequency(verdict);
    }

    fn as_debtor(&self) -> bool {
        let facts = &self.given["facts"];
        match role(self.proposed) {
            "debtor" | "spouse" | "surviving_spouse" | "guardian" | "successor_in_interest" => true,
            "parent" => is(facts, "debtor_is_minor"),
            "executor" | "administrator" | "personal_representative" => is(facts, "debtor_deceased"),
            _ => false,
        }
    }

    fn time(&self, verdict: &mut Verdict) {
        let late = self.locals().any(|(_, minute)| !(480..1260).contains(&minute));
        let welcome = self.zones.iter().all(|zone| self.preferred("convenient_time", self.at, *zone));
        if self.by(&TIMED) && late && !welcome {
            let consents = self.consents_to_time();
            verdict.block_unless("US-REGF-6b1i-hours", &[("US-REGF-6b4-consent", consents)]);
        }
        if (self.by(&TIMED) || self.by(&["web_session"])) && self.prefers("inconvenient_time", self.at) {
            let answers = self
                .answered()
                .is_some_and(|to| self.prefers("inconvenient_time", to) && self.date_of(to) == self.today());
            let session = self.by(&["web_session"]) && is(&self.given["facts"], "active_session");
            let lifts = [
                ("US-REGF-6b1-consumer-initiated", answers || session),
                ("US-REGF-6b4-consent", self.consents_to_time()),
            ];
            verdict.block_unless("US-REGF-6b1i-known-inconvenient", &lifts);
        }
    }

    fn places(&self, verdict: &mut Verdict) {
        let tied = |place: &str, number: &str| {
            self.proposed["number_type"] == number
                || self.by(&["mail", "visit"]) && self.proposed["address_type"] == place
                || self.given["facts"]["debtor_at"] == place
        };
        let (home, work) = (tied("home", "home_landline"), tied("work", "work"));
        for preference in list(&self.given["preferences"]) {
            let here = if preference["place"] == "home" { home } else { work };
            if preference["kind"] == "inconvenient_place" && here {
                let in_call = self.answered().is_some() && is(self.proposed, "same_call");
                verdict.block_unless("US-REGF-6b1ii-place", &[("US-REGF-6b1-consumer-initiated", in_call)]);
            }
            if preference["kind"] == "employer_prohibits" && work {
                verdict.blocks.insert("US-REGF-6b3-work");
            }
        }
    }

    fn stops(&self, verdict: &mut Verdict) {
        let attorney = &self.given["attorney"];
        let reachable =
            is(attorney, "contact_known") && !is(attorney, "failed_to_respond") && !is(attorney, "consents");
        if reachable && self.touches(&attorney["debts"]) {
            verdict.block_unless("US-REGF-6b2-attorney", &[("US-REGF-6b4-consent", self.answered().is_some())]);
        }
        let cease = &self.given["cease"];
        if self.known(&cease["received_at"]) && self.touches(&cease["debts"]) {
            let last = ["termination_notice", "may_invoke_remedy", "will_invoke_remedy"].contains(&self.content());
            verdict.block_unless("US-REGF-6c-cease", &[("US-REGF-6c2", last)]);
        }
        let dispute = &self.given["dispute"];
        let in_time = || {
            let received = self.date_of(seconds(&dispute["received_at"]).unwrap());
            day(&dispute["validation_end"]).is_some_and(|end| received <= end)
        };
        if self.known(&dispute["received_at"])
            && is(dispute, "in_writing")
            && in_time()
            && !self.known(&dispute["verification_sent_at"])
            && self.touches(&dispute["debts"])
            && self.collecting()
        {
            verdict.blocks.insert("US-REGF-38d2-dispute");
        }
    }

    fn others(&self, verdict: &mut Verdict) {
        if self.proposed["purpose"] != "location" {
            verdict.blocks.insert("US-REGF-6d1-third-party");
            return;
        }
        let says = match text(self.proposed, "content") {
            Some("location_request_states_debt" | "collection" | "payment_request") => true,
            Some("seeks_estate_representative") => !is(&self.given["facts"], "debtor_deceased"),
            _ => false,
        };
        if says {
            verdict.blocks.insert("US-REGF-10b-location");
        }
        let asked = self.history().any(|entry| {
            entry["direction"] == "out"
                && entry["purpose"] == "location"
                && entry["outcome"] == "conversation"
                && person(entry) == person(self.proposed)
        });
        if asked && !self.proposed["repeat_reason"].is_string() {
            verdict.blocks.insert("US-REGF-10c-location-once");
        }
    }

    fn media(&self, verdict: &mut Verdict) {
        if list(&self.given["media_requests"]).iter().any(|request| self.refused(request)) {
            let spoken = self.by(&ELECTRONIC) && self.content() == "opt_out_confirmation"
                || self.content() == "required_statement"
                || self.answered().is_some();
            verdict.block_unless("US-REGF-14h-media", &[("US-REGF-14h2-exceptions", spoken)]);
        }
        if self.by(&["postcard"]) {
            verdict.blocks.insert("US-REGF-22f1-postcard");
        }
        if self.by(&["social_public"]) {
            verdict.blocks.insert("US-REGF-22f4-social-public");
        }
        if self.by(&["email"]) && self.proposed["address_type"] == "employer" {
            let address = &self.proposed["address"];
            let used = self.history().any(|entry| {
                entry["direction"] == "in"
                    && entry["channel"] == "email"
                    && address.is_string()
                    && entry["address"] == *address
            });
            let consented = list(&self.given["consents"]).iter().any(|consent| {
                consent["covers"] == "address"
                    && consent["given_to"] == "collector"
                    && address.is_string()
                    && consent["address"] == *address
                    && self.known(&consent["given_at"])
                    && !self.known(&consent["withdrawn_at"])
            });
            if !used && !consented {
                verdict.blocks.insert("US-REGF-22f3-employer-email");
            }
        }
        if self.by(&ELECTRONIC) && self.proposed["opt_out_notice"] == false {
            verdict.blocks.insert("US-REGF-6e-optout-notice");
        }
        if self.content() == "threat_of_suit" && self.any_debt(|debt| is(debt, "time_barred")) {
            verdict.blocks.insert("US-REGF-26b-timebarred");
        }
    }

    fn refused(&self, request: &Value) -> bool {
        let channels: &[&str] = match text(request, "medium").unwrap() {
            "phone" => &["phone", "ringless_voicemail"],
            "mail" => &["mail", "postcard"],
            "sms" => &["sms"],
            _ => &["email"],
        };
        let same = |key: &str| !request[key].is_string() || request[key] == self.proposed[key];
        self.known(&request["at"]) && self.by(channels) && same("number") && same("address")
    }

    fn frequency(&self, verdict: &mut Verdict) {
        if !self.is_call() {
            return;
        }
        let counts = self.counts();
        if PROFESSIONAL.contains(&role(self.proposed)) {
            return;
        }
        verdict.presumption = Some(if counts.too_many || counts.too_soon { "violation" } else { "compliance" });
        verdict.counted = Some(counts.counted);
        if counts.too_many {
            verdict.blocks.insert("US-REGF-14b2A-7in7");
        }
        if counts.too_soon {
            verdict.blocks.insert("US-REGF-14b2B-conv7");
        }
        if counts.needs_consent {
            verdict.lifted.insert("US-REGF-14b3i-consent");
        }
        if counts.on_one_date >= 6 && !counts.consented {
            verdict.flags.insert("high_concentration");
        }
        if counts.just_before {
            verdict.flags.insert("rapid_succession");
        }
    }

    /// Whether a person must look, because so many were sent and nothing came back.
    pub(super) fn for_review(&self) -> bool {
        let after = &self.given["policy"]["review_after"];
        let (Some(dates), Some(attempts)) = (after["window_days"].as_u64(), after["attempts"].as_u64()) else {
            return false;
        };
        if self.given["collector"] == "first_party" {
            return false;
        }
        let first = self.first(dates);
        let same = |entry: &&&Value| person(entry) == person(self.proposed);
        let sent = self.sent_since(first).filter(|entry| same(&entry)).count();
        let answered = self.history().any(|entry| {
            entry["direction"] == "in" && same(&&entry) && first <= self.date_of(seconds(&entry["at"]).unwrap())
        });
        u64::try_from(sent).unwrap() + 1 > attempts && !answered
    }
}
