//! What a policy decides, night after night.

use arrears::Record;
use serde::Serialize;

/// What was decided on one night.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Night {
    /// The stage.
    pub stage: String,
    /// The debtor type, where it is certain.
    pub debtor_type: Option<String>,
    /// The treatment chosen.
    pub treatment: Option<String>,
    /// The verb, or wait, held, review, none.
    pub action: String,
    /// Holds that bind.
    pub held_by: Vec<String>,
}

impl Night {
    pub(super) fn of(record: Record) -> Self {
        let Record { stage, debtor_type, treatment, action, held_by, .. } = record;
        Self { stage, debtor_type, treatment, action, held_by }
    }

    /// What is new against the night before, in words.
    pub(super) fn changes(&self, before: Option<&Self>) -> Vec<String> {
        let mut found = Vec::new();
        if before.is_none_or(|before| before.stage != self.stage) {
            found.push(format!("stage {}", self.stage));
        }
        if before.is_none_or(|before| before.debtor_type != self.debtor_type) {
            found.push(format!("type {}", self.debtor_type.as_deref().unwrap_or("not certain")));
        }
        if before.is_none_or(|before| (&before.treatment, &before.action) != (&self.treatment, &self.action)) {
            found.push(format!("tonight: {}", self.tonight()));
        }
        found
    }

    /// The treatment, or why there is none.
    pub fn tonight(&self) -> String {
        match (&self.treatment, self.action.as_str()) {
            (Some(treatment), _) => treatment.clone(),
            (None, "held") => format!("held by {}", self.held_by.join(", ")),
            (None, action) => action.to_owned(),
        }
    }
}
