//! What a pack says besides limits: remarks, dates, forms of messages, procedures.

use super::options::{text, text_list};
use super::{Checker, Phase};
use crate::condition::Term;
use crate::draft::Keyword;
use crate::number::Kind;
use crate::policy::pack::{Deadline, DeadlineSpan, Meaning, MessageForm, Procedure, Remark};
use crate::problem::Problem;

impl Checker<'_> {
    /// What is said beside an answer.
    pub(crate) fn remarks(&mut self) -> Vec<Remark> {
        let mut remarks = Vec::new();
        for statement in self.declared.all(Keyword::Flag) {
            self.check_options(statement);
            let when = statement.when.as_ref().and_then(|when| self.cond(when, Phase::Contact));
            let Some(when) = when else { continue };
            let citation = self.citation(statement);
            remarks.push(Remark { name: statement.name_text().to_owned(), when, citation });
        }
        remarks
    }

    /// Dates that follow from others.
    pub(crate) fn deadlines(&mut self) -> Vec<Deadline> {
        let mut deadlines = Vec::new();
        for statement in self.declared.all(Keyword::Deadline) {
            self.check_options(statement);
            let after = statement.option("after").and_then(|value| self.event_or_deadline(value));
            let days = self.option_number(statement.option("days"), Kind::Days);
            let working = self.option_number(statement.option("working_days"), Kind::Days);
            let span = match (days, working) {
                (Some(days), None) => Some(DeadlineSpan::Days(days)),
                (None, Some(days)) => Some(DeadlineSpan::WorkingDays(days)),
                _ => {
                    let problem = Problem::error("P209", "a deadline needs either `days` or `working_days`")
                        .at(statement.name_span(), "one of them here");
                    self.report(problem);
                    None
                }
            };
            let (Some(after), Some(span)) = (after, span) else { continue };
            let citation = self.citation(statement);
            deadlines.push(Deadline { name: statement.name_text().to_owned(), after, span, citation });
        }
        self.no_circle(&deadlines);
        deadlines
    }

    /// Reports deadlines that count from themselves.
    fn no_circle(&mut self, deadlines: &[Deadline]) {
        for deadline in deadlines {
            let mut at = deadline.after.as_str();
            let mut steps = 0;
            while let Some(before) = deadlines.iter().find(|other| other.name == at) {
                at = &before.after;
                steps += 1;
                if before.name == deadline.name || steps > deadlines.len() {
                    let span = self.declared.find(Keyword::Deadline, &deadline.name).map(|found| found.name_span());
                    let problem =
                        Problem::error("P112", format!("the deadline \"{}\" counts from itself", deadline.name))
                            .at(span.unwrap_or(crate::Span::NONE), "leads back to it");
                    self.report(problem);
                    return;
                }
            }
        }
    }

    /// Forms of messages.
    pub(crate) fn messages(&mut self) -> Vec<MessageForm> {
        let mut messages = Vec::new();
        for statement in self.declared.all(Keyword::Message) {
            self.check_options(statement);
            let citation = self.citation(statement);
            messages.push(MessageForm {
                name: statement.name_text().to_owned(),
                needs: text_list(statement.option("needs")),
                may: text_list(statement.option("may")),
                left_for: text_list(statement.option("left_for")),
                channel: text(statement, "channel"),
                citation,
            });
        }
        messages
    }

    /// Rules that are the meaning of classes, words or limits. What they name must be there.
    pub(crate) fn meanings(&mut self) -> Vec<Meaning> {
        let mut meanings = Vec::new();
        for statement in self.declared.all(Keyword::Reading) {
            self.check_options(statement);
            let kinds = [Keyword::Contact, Keyword::Define, Keyword::Guardrail, Keyword::Consents, Keyword::Exception];
            for item in statement.option("of").map(Term::parts).unwrap_or_default() {
                let Some(name) = item.as_text() else { continue };
                let names: Vec<&str> = kinds.into_iter().flat_map(|kind| self.declared.names(kind)).collect();
                if !names.contains(&name) {
                    let problem = Problem::error("P129", format!("the pack has nothing called \"{name}\""))
                        .at(item.span, "a class, a define or a rule of this pack")
                        .nearest(item.span, name, names);
                    self.report(problem);
                }
            }
            let citation = self.citation(statement);
            meanings.push(Meaning { of: text_list(statement.option("of")), citation });
        }
        meanings
    }

    /// What satisfies procedures.
    pub(crate) fn procedures(&mut self) -> Vec<Procedure> {
        let mut procedures = Vec::new();
        for statement in self.declared.all(Keyword::Procedure) {
            self.check_options(statement);
            let when = statement.when.as_ref().and_then(|when| self.cond(when, Phase::Contact));
            let Some(when) = when else { continue };
            let citation = self.citation(statement);
            procedures.push(Procedure { name: statement.name_text().to_owned(), when, citation });
        }
        procedures
    }

    /// A date option of a statement.
    pub(crate) fn day_of(statement: &crate::draft::Statement, key: &str) -> Option<chrono::NaiveDate> {
        statement.option(key).and_then(Term::as_text).and_then(|text| text.parse().ok())
    }
}
