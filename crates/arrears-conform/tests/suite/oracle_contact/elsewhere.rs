//! Other countries, section 8.

use super::Verdict;
use super::reads::{Local, Scene, day, is, list, person, role, seconds, text};
use chrono::{Datelike, Days, Weekday};
use serde_json::Value;

const MAIL: [&str; 2] = ["mail", "postcard"];
const TIMED: [&str; 6] = ["phone", "ringless_voicemail", "sms", "email", "visit", "social_private"];
const UNANSWERED: [&str; 3] = ["no_answer", "busy", "not_in_service"];

impl Scene<'_> {
    pub(super) fn elsewhere(&self, jurisdiction: &str, verdict: &mut Verdict) {
        match jurisdiction {
            "US-MA" => self.massachusetts(verdict),
            "CN" => self.china(verdict),
            "UK" => self.kingdom(verdict),
            "IN" => self.hours(verdict, "IN-RBI2022-hours", self.by(&["phone"]), false, |_, _| (480, 1140)),
            "AU" => self.australia(verdict),
            "TH" => self.thailand(verdict),
            "ID" => self.hours(verdict, "ID-POJK22-62-hours", !self.by(&MAIL), true, |day, holiday| {
                if holiday || day == Weekday::Sun { (0, 0) } else { (480, 1200) }
            }),
            "KR" => self.hours(verdict, "KR-FDCA-9-night", !self.by(&MAIL), true, |_, _| (480, 1260)),
            "JP" => self.hours(verdict, "JP-MLBA-21-night", !self.by(&MAIL), true, |_, _| (480, 1260)),
            "CA-ON" => self.ontario(verdict),
            "PH" => {
                let late = self.given["days_past_due"].as_i64().is_some_and(|days| days > 15);
                self.hours(verdict, "PH-SEC-MC18-hours", !self.by(&MAIL) && !late, true, |_, _| (360, 1320));
            }
            _ => {}
        }
    }

    /// Blocked outside the hours of a day of the week, by some clock.
    fn hours(
        &self,
        verdict: &mut Verdict,
        rule: &'static str,
        bound: bool,
        by_consent: bool,
        open: impl Fn(Weekday, bool) -> (u32, u32),
    ) {
        let outside = |(date, minute): Local| {
            let (from, to) = open(date.weekday(), self.holiday(date));
            !(from..to).contains(&minute)
        };
        if bound && self.locals().any(outside) && !(by_consent && self.consents_to_time()) {
            verdict.blocks.insert(rule);
        }
    }

    fn massachusetts(&self, verdict: &mut Verdict) {
        let channels = ["phone", "sms", "ringless_voicemail"];
        for debt in self.debts(&self.proposed["debts"]) {
            let earlier = self.sent_since(self.first(7)).filter(|entry| {
                channels.contains(&text(entry, "channel").unwrap())
                    && !UNANSWERED.contains(&text(entry, "outcome").unwrap())
                    && person(entry) == person(self.proposed)
                    && self
                        .debts(if entry["allocated_to"].is_array() { &entry["allocated_to"] } else { &entry["debts"] })
                        .contains(&debt)
            });
            if self.by(&channels) && earlier.count() >= 2 {
                verdict.blocks.insert("US-MA-940CMR7.04-2in7");
            }
        }
    }

    fn china(&self, verdict: &mut Verdict) {
        self.hours(verdict, "CN-CBA2026-hours", !self.by(&MAIL), true, |_, _| (480, 1320));
        let dials = self.sent_since(self.first(1)).filter(|entry| {
            entry["channel"] == "phone"
                && entry["outcome"] != "conversation"
                && entry["number"].is_string()
                && entry["number"] == self.proposed["number"]
        });
        if self.by(&["phone"]) && dials.count() >= 6 {
            verdict.blocks.insert("CN-CBA2026-6perday");
        }
        let facts = &self.given["facts"];
        let may_ask = is(facts, "debtor_lost_contact") && !is(facts, "person_opted_out");
        if role(self.proposed) == "third_party" && !(may_ask && self.content() == "ask_contact_details") {
            verdict.blocks.insert("CN-CBA2026-third-party");
        }
        let performed = |agreement: &Value| {
            is(agreement, "performing")
                && day(&agreement["signed_on"]).is_some_and(|signed| signed <= self.known_date())
        };
        if self.collecting() && list(&self.given["agreements"]).iter().any(performed) {
            verdict.blocks.insert("CN-CC2011-70-stop");
        }
    }

    fn kingdom(&self, verdict: &mut Verdict) {
        let moratorium = &self.given["moratorium"];
        let covered = self.given["debts"].is_null() || self.any_debt(|debt| debt["in_moratorium"] != false);
        let runs = day(&moratorium["start"]).is_some_and(|start| start <= self.today())
            && day(&moratorium["end"]).is_some_and(|end| self.today() <= end);
        if self.collecting() && runs && covered {
            verdict.blocks.insert("UK-DRS-moratorium");
        }
        let dispute = &self.given["dispute"];
        let open = self.known(&dispute["received_at"]) && !self.known(&dispute["resolved_at"]);
        if self.collecting() && open && is(dispute, "valid_grounds") && self.touches(&dispute["debts"]) {
            verdict.blocks.insert("UK-CONC7.14-dispute");
        }
        let facts = &self.given["facts"];
        if self.collecting() && is(facts, "refuses_as_time_barred") && self.any_debt(|debt| is(debt, "time_barred")) {
            verdict.blocks.insert("UK-CONC7.15-statute-barred");
        }
        let timed = self.by(&TIMED) || self.by(&["web_session"]);
        if timed && self.prefers("inconvenient_time", self.at) {
            verdict.blocks.insert("UK-CONC7.9.4-reasonable");
        }
        if self.content() == "discloses_debt" && facts["identity_verified"] == false {
            verdict.blocks.insert("UK-CONC7.9-identity");
        }
    }

    fn australia(&self, verdict: &mut Verdict) {
        let bound = self.by(&["phone", "visit"]);
        let (visit, work) = (self.by(&["visit"]), self.proposed["number_type"] == "work");
        self.hours(verdict, "AU-RG96-hours", bound, false, |day, holiday| {
            let weekend = [Weekday::Sat, Weekday::Sun].contains(&day);
            match (visit, work, weekend) {
                _ if holiday => (0, 0),
                (false, true, true) => (0, 0),
                (false, true, false) => (540, 1020),
                (false, false, false) => (450, 1260),
                _ => (540, 1260),
            }
        });
        for debt in self.debts(&self.proposed["debts"]) {
            let made = |first| {
                let made = self.sent_since(first).filter(|entry| {
                    entry["channel"] != "visit"
                        && ["conversation", "sent", "voicemail_message"].contains(&text(entry, "outcome").unwrap())
                        && self.debts(&entry["debts"]).contains(&debt)
                });
                made.count()
            };
            let month = self.today().with_day(1).unwrap();
            if !visit && (made(self.first(7)) >= 3 || made(month) >= 10) {
                verdict.blocks.insert("AU-RG96-3wk10mo");
            }
        }
    }

    fn thailand(&self, verdict: &mut Verdict) {
        self.hours(verdict, "TH-DCA-hours", !self.by(&MAIL), true, |day, holiday| {
            let short = holiday || [Weekday::Sat, Weekday::Sun].contains(&day);
            (480, if short { 1080 } else { 1200 })
        });
        let spoken = self.history().any(|entry| {
            entry["outcome"] == "conversation" && self.date_of(seconds(&entry["at"]).unwrap()) == self.today()
        });
        if spoken {
            verdict.blocks.insert("TH-DCA-once-a-day");
        }
    }

    fn ontario(&self, verdict: &mut Verdict) {
        self.hours(verdict, "CA-ON-hours", !self.by(&MAIL), true, |day, holiday| match day {
            _ if holiday => (0, 0),
            Weekday::Sun => (780, 1020),
            _ => (420, 1260),
        });
        if day(&self.given["written_notice_sent_on"]).is_some_and(|sent| self.today() < sent + Days::new(6)) {
            verdict.blocks.insert("CA-ON-notice6");
        }
        let first = self.history().filter(|entry| entry["outcome"] == "conversation" && person(entry) == "debtor");
        let Some(first) = first.map(|entry| seconds(&entry["at"]).unwrap()).min() else { return };
        let made = self.sent_since(self.first(7)).filter(|entry| {
            seconds(&entry["at"]).unwrap() > first
                && !MAIL.contains(&text(entry, "channel").unwrap())
                && !UNANSWERED.contains(&text(entry, "outcome").unwrap())
        });
        if !self.by(&MAIL) && made.count() >= 3 {
            verdict.blocks.insert("CA-ON-3in7");
        }
    }
}
