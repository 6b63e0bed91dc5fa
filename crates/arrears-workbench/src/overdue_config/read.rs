//! Reads `overdue.xml`, and notes what it says that a policy cannot.

use super::config::{Condition, Config, State};
use super::{ConfigProblem, Note};
use arrears::Currency;
use roxmltree::{Document, Node, ParsingOptions};
use rust_decimal::Decimal;

/// Bytes of a file.
const MAX_BYTES: usize = 1024 * 1024;
/// Elements, texts and comments of a file.
const MAX_NODES: u32 = 20_000;
/// States of a file.
const MAX_STATES: usize = 200;
/// Characters of the name of a state, as in the configuration itself.
const MAX_NAME: usize = 50;

pub(super) struct Reader<'d> {
    document: &'d Document<'d>,
    currency: Currency,
    problems: Vec<ConfigProblem>,
    notes: Vec<Note>,
}

/// Reads a file, or says everything that is wrong with it.
pub(super) fn read(text: &str, currency: Currency) -> Result<(Config, Vec<Note>), Vec<ConfigProblem>> {
    if text.len() > MAX_BYTES {
        return Err(vec![ConfigProblem { line: 1, column: 1, says: "the file is longer than 1 MiB".to_owned() }]);
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| {
        let at = error.pos();
        vec![ConfigProblem { line: at.row, column: at.col, says: format!("this is no XML that can be read: {error}") }]
    })?;
    let mut reader = Reader { document: &document, currency, problems: Vec::new(), notes: Vec::new() };
    let config = reader.config();
    if reader.problems.is_empty() {
        return Ok((config, reader.notes));
    }
    reader.problems.sort_by_key(|problem| (problem.line, problem.column));
    Err(reader.problems)
}

impl<'d> Reader<'d> {
    fn wrong(&mut self, at: Node<'_, '_>, says: impl Into<String>) {
        let place = self.document.text_pos_at(at.range().start);
        self.problems.push(ConfigProblem { line: place.row, column: place.col, says: says.into() });
    }

    fn note(&mut self, at: Node<'_, '_>, says: impl Into<String>) {
        let place = self.document.text_pos_at(at.range().start);
        let element = at.tag_name().name().to_owned();
        self.notes.push(Note { line: place.row, column: place.col, element, says: says.into() });
    }

    fn config(&mut self) -> Config {
        let mut states = Vec::new();
        let root = self.document.root_element();
        if root.tag_name().name() != "overdueConfig" {
            let found = root.tag_name().name().to_owned();
            self.wrong(root, format!("the root is `{found}`, not `overdueConfig`"));
            return Config { states };
        }
        for set in root.children().filter(Node::is_element) {
            match set.tag_name().name() {
                "accountOverdueStates" => self.states(set, &mut states),
                other => {
                    let says = format!("`{other}` is not read: only `accountOverdueStates` is");
                    self.wrong(set, says);
                }
            }
        }
        if states.is_empty() && self.problems.is_empty() {
            self.wrong(root, "there is no state with a condition, so there is nothing to carry over");
        }
        Config { states }
    }

    fn states(&mut self, set: Node<'_, '_>, states: &mut Vec<State>) {
        for node in set.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "state" => {
                    if states.len() >= MAX_STATES {
                        self.wrong(node, format!("more than {MAX_STATES} states"));
                        return;
                    }
                    if let Some(state) = self.state(node) {
                        if let Some(first) = states.iter().find(|other| other.name == state.name) {
                            let says = format!("a state `{}` stands on line {} already", state.name, first.line);
                            self.wrong(node, says);
                        }
                        states.push(state);
                    }
                }
                "initialReevaluationInterval" => {
                    self.reevaluation(node);
                    self.note(node, "not needed: every run looks at every account");
                }
                other => {
                    let says =
                        format!("`{other}` is unknown here: a `state` or `initialReevaluationInterval` is expected");
                    self.wrong(node, says);
                }
            }
        }
    }

    fn state(&mut self, node: Node<'_, '_>) -> Option<State> {
        let name = node.attribute("name").unwrap_or_default().trim();
        if name.is_empty() || name.chars().count() > MAX_NAME || name.contains(['"', '\\', '\n', '\r', '`', '$']) {
            self.wrong(node, format!("a state needs a `name` of 1 to {MAX_NAME} characters without quotes"));
            return None;
        }
        if name == "current" {
            self.wrong(
                node,
                "a state is named `current`, which in a policy is the stage of accounts that are not late",
            );
            return None;
        }
        let mut state = State {
            name: name.to_owned(),
            line: self.document.text_pos_at(node.range().start).row,
            conditions: Vec::new(),
            message: None,
            blocks_changes: false,
            disables: false,
        };
        let mut has_condition = false;
        let mut is_clear = false;
        let mut seen: Vec<&str> = Vec::new();
        for part in node.children().filter(Node::is_element) {
            let tag = part.tag_name().name();
            if seen.contains(&tag) {
                self.wrong(part, format!("`{tag}` stands twice in the state `{name}`"));
            }
            seen.push(tag);
            match tag {
                "condition" => {
                    has_condition = true;
                    self.conditions(part, &mut state.conditions);
                }
                "externalMessage" => {
                    let message = text(part);
                    state.message = (!message.is_empty()).then_some(message);
                }
                "blockChanges" => state.blocks_changes = self.flag(part),
                "disableEntitlementAndChangesBlocked" => state.disables = self.flag(part),
                "isClearState" => is_clear = self.flag(part),
                "subscriptionCancellationPolicy" => self.cancellation(part),
                "autoReevaluationInterval" => {
                    self.reevaluation(part);
                    self.note(part, "not needed: every run looks at every account");
                }
                "enterStateEmailNotification" => {
                    self.note(part, "not carried over: the billing system no longer reads it; a policy sends letters and messages by treatments");
                }
                other => self.wrong(part, format!("`{other}` is unknown in a state")),
            }
        }
        if is_clear {
            self.note(node, format!("the clear state `{name}` is the stage `current`"));
            return None;
        }
        if !has_condition {
            self.note(node, format!("the state `{name}` has no condition, so no account ever enters it: left out"));
            return None;
        }
        if state.conditions.is_empty() {
            self.note(node, format!("the condition of `{name}` is empty: it holds for every account"));
        }
        Some(state)
    }

    fn cancellation(&mut self, node: Node<'_, '_>) {
        let found = text(node);
        match found.as_str() {
            "NONE" => {}
            "END_OF_TERM" | "IMMEDIATE" => {
                let says =
                    format!("not carried over: cancelling subscriptions ({found}) stays with the billing system");
                self.note(node, says);
            }
            other => {
                let says = format!("`{other}` is no cancellation policy: NONE, END_OF_TERM or IMMEDIATE is expected");
                self.wrong(node, says);
            }
        }
    }

    fn conditions(&mut self, node: Node<'_, '_>, conditions: &mut Vec<Condition>) {
        let mut seen: Vec<&str> = Vec::new();
        for part in node.children().filter(Node::is_element) {
            let tag = part.tag_name().name();
            if seen.contains(&tag) {
                self.wrong(part, format!("`{tag}` stands twice in one condition"));
            }
            seen.push(tag);
            let found = match tag {
                "numberOfUnpaidInvoicesEqualsOrExceeds" => self.count(part).map(Condition::UnpaidInvoices),
                "totalUnpaidInvoiceBalanceEqualsOrExceeds" => self.amount(part).map(Condition::Balance),
                "timeSinceEarliestUnpaidInvoiceEqualsOrExceeds" => self.interval(part),
                "responseForLastFailedPaymentIn" => self.responses(part),
                "controlTagInclusion" => self.tag(part).map(Condition::Tagged),
                "controlTagExclusion" => self.tag(part).map(Condition::Untagged),
                other => {
                    self.wrong(part, format!("`{other}` is no condition"));
                    None
                }
            };
            conditions.extend(found);
        }
    }

    fn count(&mut self, node: Node<'_, '_>) -> Option<u32> {
        let found = text(node);
        let count = found.parse::<u32>().ok().filter(|count| *count <= 1_000_000);
        if count.is_none() {
            self.wrong(node, format!("`{found}` is no count: a whole number from 0 to 1,000,000 is expected"));
        }
        count
    }

    fn amount(&mut self, node: Node<'_, '_>) -> Option<Decimal> {
        let found = text(node);
        let amount =
            Decimal::from_str_exact(&found).ok().filter(|amount| amount.abs() < Decimal::from(1_000_000_000_000_i64));
        if amount.is_none() {
            self.wrong(node, format!("`{found}` is no amount: digits and a point are expected, as in 250.00"));
        }
        let amount = amount.map(|amount| amount.normalize())?;
        if amount.scale() > self.currency.digits() {
            self.wrong(node, format!("`{found}` has more decimals than {}", self.currency.code()));
        }
        Some(amount)
    }

    fn flag(&mut self, node: Node<'_, '_>) -> bool {
        match text(node).as_str() {
            "true" | "1" => true,
            "false" | "0" => false,
            other => {
                self.wrong(node, format!("`{other}` is neither true nor false"));
                false
            }
        }
    }

    fn tag(&mut self, node: Node<'_, '_>) -> Option<String> {
        self.word(node, "a control tag")
    }

    fn word(&mut self, node: Node<'_, '_>, what: &str) -> Option<String> {
        let found = text(node);
        let is_word = !found.is_empty()
            && found.len() <= MAX_NAME
            && found.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        if !is_word {
            self.wrong(node, format!("`{found}` is not the name of {what}: letters, digits and `_` are expected"));
        }
        is_word.then_some(found)
    }

    fn responses(&mut self, node: Node<'_, '_>) -> Option<Condition> {
        let mut codes = Vec::new();
        for part in node.children().filter(Node::is_element) {
            if part.tag_name().name() == "response" {
                codes.extend(self.word(part, "a response"));
            } else {
                self.wrong(part, "a `response` is expected");
            }
        }
        if codes.is_empty() && self.problems.is_empty() {
            self.wrong(node, "no `response` is listed, so the condition never holds");
        }
        Some(Condition::LastFailure(codes))
    }

    /// An interval that is only checked; one without end is one that is not there.
    fn reevaluation(&mut self, node: Node<'_, '_>) {
        let unit = node.children().find(|part| part.tag_name().name() == "unit").map(text);
        if unit.as_deref() != Some("UNLIMITED") {
            self.interval(node);
        }
    }

    /// A unit and a number, as a condition on the age of the oldest unpaid invoice.
    fn interval(&mut self, node: Node<'_, '_>) -> Option<Condition> {
        let part = |name| node.children().find(|part| part.tag_name().name() == name);
        let Some(unit) = part("unit") else {
            self.wrong(node, "a `unit` is missing: DAYS, WEEKS, MONTHS or YEARS");
            return None;
        };
        let (kind, each): (fn(u32) -> Condition, u32) = match text(unit).as_str() {
            "DAYS" => (Condition::Days, 1),
            "WEEKS" => (Condition::Days, 7),
            "MONTHS" => (Condition::Months, 1),
            "YEARS" => (Condition::Months, 12),
            "UNLIMITED" => {
                self.wrong(unit, "`UNLIMITED` is no time that can pass: DAYS, WEEKS, MONTHS or YEARS is expected");
                return None;
            }
            other => {
                self.wrong(unit, format!("`{other}` is no unit: DAYS, WEEKS, MONTHS or YEARS is expected"));
                return None;
            }
        };
        let Some(number) = part("number") else {
            self.wrong(node, "a `number` is missing");
            return None;
        };
        let found = text(number);
        let times =
            found.parse::<u32>().ok().and_then(|times| times.checked_mul(each)).filter(|times| *times <= 36_600);
        if times.is_none() {
            self.wrong(number, format!("`{found}` is no number of them: at most a hundred years are expected"));
        }
        times.map(kind)
    }
}

/// What an element says, blanks at its ends left out.
fn text(node: Node<'_, '_>) -> String {
    node.children().filter_map(|part| part.text().filter(|_| part.is_text())).collect::<String>().trim().to_owned()
}
