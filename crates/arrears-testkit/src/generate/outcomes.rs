//! Random statements about results of contacts.

use super::build::{options, statement, text, verb, whole};
use super::policy::Writer;
use arrears::condition::Term;
use arrears::draft::Keyword;

const FLAGS: [&str; 4] = ["dispute", "lost_contact", "hazard", "closed"];

impl Writer<'_> {
    pub(super) fn outcomes(&mut self) {
        if !self.choices.chance(50) {
            return;
        }
        for (code, effect) in [
            ("no_answer", "retry"),
            ("rpc_callback", "call_back"),
            ("complaint", "pause"),
            ("wrong_number", "retire_point"),
            ("rpc_hostile", "retire_point"),
            ("represented", "opt_out"),
            ("visit_refused_for_hazard", "mark"),
            ("rpc_hardship", "mark"),
            ("vague_promise", "vague_promise"),
            ("rpc_promise", "promise"),
        ] {
            if self.choices.chance(45) {
                let entries = self.entries(code, effect);
                let mut outcome = statement(Keyword::Outcome, code);
                outcome.act = Some(verb(effect, entries));
                outcome.options = if self.choices.chance(20) { options(vec![("why", text("so"))]) } else { Vec::new() };
                self.push(outcome);
            }
        }
    }

    fn entries(&mut self, code: &str, effect: &str) -> Vec<(&'static str, Term)> {
        let mut entries = match effect {
            "retry" => vec![("after", self.days(&[1, 0, 3]))],
            "call_back" => vec![("within", self.days(&[1, 2]))],
            "pause" => vec![("days", self.days(&[15, 3]))],
            "retire_point" => vec![("as", text(if code == "wrong_number" { "wrong" } else { "objected" }))],
            "opt_out" if self.choices.chance(50) => {
                vec![("channel", text(self.choices.text(&["sms", "phone", "visit"])))]
            }
            "mark" if code == "rpc_hardship" => vec![("fact", text("hardship"))],
            "mark" => vec![("fact", text(self.choices.text(&FLAGS)))],
            _ => Vec::new(),
        };
        if matches!(effect, "retire_point" | "mark" | "vague_promise") && self.choices.chance(60) {
            entries.push(("lasts", whole(self.choices.pick(&[7, 30, 3, 90], 7))));
        }
        entries
    }
}
