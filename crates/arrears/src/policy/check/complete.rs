//! Clauses without which a statement says nothing.
//!
//! A policy file cannot leave them out, a program that builds a policy can.

use super::Checker;
use crate::draft::{Keyword, NameForm, Part, Statement};
use crate::problem::Problem;

impl Checker<'_> {
    /// Reports statements that lack a clause or their name.
    pub(crate) fn complete(&mut self) {
        for statement in &self.draft.statements {
            let keyword = statement.keyword;
            let mut missing: Vec<&str> = Vec::new();
            let named = statement.name.is_some() || statement.subject.is_some();
            if keyword.name_form() != NameForm::None && !named {
                missing.push("a name");
            }
            let lacks = |part: &&Part| !has(statement, **part);
            missing.extend(keyword.needs().iter().filter(lacks).map(|part| part.word()));
            if keyword == Keyword::Debtor && statement.when.is_some() == statement.otherwise {
                missing.push("either `when` or `otherwise`");
            }
            for word in missing {
                let name = statement.name_text();
                let problem = Problem::error("P005", format!("`{keyword} \"{name}\"` needs {word}"))
                    .at(statement.span, "not complete");
                self.report(problem);
            }
        }
    }
}

fn has(statement: &Statement, part: Part) -> bool {
    match part {
        Part::Value | Part::Expression => statement.value.is_some(),
        Part::Stages => statement.stages.is_some(),
        Part::To => statement.to.is_some(),
        Part::When => statement.when.is_some(),
        Part::Unless => statement.unless.is_some(),
        Part::Then => statement.then.is_some(),
        Part::Otherwise => statement.otherwise,
        Part::Do => statement.act.is_some(),
        Part::Given => statement.given.is_some(),
        Part::After => statement.after.is_some(),
        Part::Expect => statement.expect.is_some(),
        Part::Options => !statement.options.is_empty(),
    }
}
