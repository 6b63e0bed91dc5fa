//! Where the engine and the reference differ.

use crate::reference::Outcome;
use arrears::Record;
use std::collections::BTreeSet;
use std::fmt::Debug;

fn differ<T: PartialEq + Debug>(what: &str, engine: &T, reference: &T, found: &mut Vec<String>) {
    if engine != reference {
        found.push(format!("{what}: the engine says {engine:?}, the reference {reference:?}"));
    }
}

/// Every output on which the two do not agree.
pub fn differences(engine: &Record, reference: &Outcome) -> Vec<String> {
    let mut found = Vec::new();
    let (certain, possible) = match reference.types.as_slice() {
        [only] => (Some(only.clone()), Vec::new()),
        many => (None, many.to_vec()),
    };
    differ("debtor_type", &engine.debtor_type, &certain, &mut found);
    differ("type_possible", &engine.type_possible, &possible, &mut found);
    differ("stage", &engine.stage, &reference.stage, &mut found);
    differ("stage_before", &engine.stage_before, &reference.stage_before, &mut found);
    differ("stage_reason", &engine.stage_reason.as_str(), &reference.stage_reason, &mut found);
    differ("treatment", &engine.treatment, &reference.treatment, &mut found);
    differ("action", &engine.action, &reference.action, &mut found);
    differ("channel", &engine.channel, &reference.channel, &mut found);
    differ("acts", &engine.acts, &reference.acts, &mut found);
    differ("duties", &engine.duties, &reference.duties, &mut found);
    differ("contact_point", &engine.contact_point, &reference.contact_point, &mut found);
    differ("slot", &engine.slot.as_deref().map(clock_times), &reference.slot, &mut found);
    differ("held_by", &engine.held_by, &reference.held_by, &mut found);
    differ("vetoed_by", &engine.vetoed_by, &reference.vetoed_by, &mut found);
    differ("missing", &engine.missing.iter().cloned().collect(), &reference.missing, &mut found);
    differ("priority", &engine.priority, &reference.priority, &mut found);
    differ("approval", &engine.approval, &reference.approval, &mut found);
    let flags: BTreeSet<&str> = engine.flags.iter().map(String::as_str).collect();
    differ("flags", &flags, &reference.flags, &mut found);
    found
}

/// `2026-03-31T15:00+00:00/2026-03-31T16:00+00:00` as `15:00-16:00`.
fn clock_times(slot: &str) -> String {
    let times: Vec<String> = slot.split('/').map(|instant| instant.chars().skip(11).take(5).collect()).collect();
    times.join("-")
}
