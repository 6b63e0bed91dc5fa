//! What cannot be part of a condition, and what the author probably meant.

use super::lowering::Lowering;
use arrears::condition::{Cmp, Term, TermKind};
use arrears::{Problem, Span};
use rhai::{BinaryExpr, Expr, FnCallExpr, Position};

impl Lowering<'_> {
    /// An expression that no condition can hold.
    pub(super) fn refuse(&mut self, expr: &Expr) -> Option<Term> {
        let span = self.rough_span(expr);
        let (label, help) = match expr {
            Expr::Stmt(_) => {
                ("this is script code", "say it with `&&`, `||` and `!`, or compute it before in a `const`")
            }
            Expr::Custom(..) => ("a statement cannot stand in a condition", "end the statement before with `;`"),
            Expr::Index(..) => ("facts have no parts", "conditions read facts by name; for a list write `x in [...]`"),
            Expr::Unit(_) => ("nothing stands between these parentheses", "write a condition"),
            Expr::CharConstant(..) => ("texts stand in double quotes", "write it between `\"` and `\"`"),
            Expr::DynamicConstant(..) => {
                ("this is a function", "a function is written only in `fact name = script(|a| ...)`")
            }
            _ => (
                "this cannot be read as a condition",
                "conditions are made of facts, numbers, texts, comparisons and arithmetic",
            ),
        };
        self.report("P025", "this cannot be part of a condition", span, label, help);
        None
    }

    /// A call of a function that belongs to a module or to the script.
    pub(super) fn refuse_call(&mut self, call: &FnCallExpr, at: Position) -> Option<Term> {
        let name = call.name.as_str();
        let span = self.call_span(call, at);
        let message = format!("`{name}` cannot be called in a condition");
        self.report(
            "P025",
            &message,
            span,
            "no script runs in a condition",
            "compute it before: `const x = ...;`, and use `x` here",
        );
        None
    }

    /// A constant or variable that has the name of a fact.
    pub(super) fn refuse_hidden(&mut self, name: &str, span: Span) -> Option<Term> {
        self.report(
            "P026",
            &format!("`{name}` is a fact, and here also a value of the script"),
            span,
            "which of the two is meant?",
            "give the constant, variable or parameter another name",
        );
        None
    }

    /// `x.abs()`, or a property of something that has none.
    pub(super) fn method(&mut self, parts: &BinaryExpr, whole: &Expr) -> Option<Term> {
        let span = self.rough_span(whole);
        let left = self.rough_span(&parts.lhs);
        let subject = self.script.text_of(left).to_owned();
        let Expr::MethodCall(call, _) = &parts.rhs else {
            return self.refuse_property(span, &subject);
        };
        let name = call.name.as_str();
        let problem = Problem::error("P022", format!("facts have no method `{name}`")).at(span, "a call with a dot");
        let problem = if matches!(name, "abs" | "min" | "max") {
            let arguments: String = call
                .args
                .iter()
                .map(|argument| format!(", {}", self.script.text_of(self.rough_span(argument))))
                .collect();
            let call = format!("{name}({subject}{arguments})");
            let help = format!("functions stand before what they are about: `{call}`");
            problem.suggest(span, call).help(help)
        } else {
            problem.help("the functions of conditions are `abs(x)`, `min(a, b)`, `max(a, b)`, `known(x)`, `times(what, days)` and the like")
        };
        self.problems.push(problem);
        None
    }

    fn refuse_property(&mut self, span: Span, subject: &str) -> Option<Term> {
        self.report(
            "P022",
            &format!("`{subject}` has no parts"),
            span,
            "a property behind a dot",
            "facts are flat: each has one name",
        );
        None
    }

    /// `&`, `|`, `%` and other operators that conditions do not have.
    pub(super) fn refuse_operator(&mut self, sign: &str, at: Position) -> Option<Term> {
        let place = self.span_at(at);
        let problem = match sign {
            "&" | "|" => {
                let meant = sign.repeat(2);
                Problem::error("P017", format!("`{sign}` does not join conditions"))
                    .at(place, "a single sign")
                    .suggest(place, meant)
            }
            "%" => crate::translate::percent(self.script, place),
            _ => Problem::error("P025", format!("`{sign}` cannot be part of a condition"))
                .at(place, "no such operation on facts")
                .help("facts are compared and added, subtracted, multiplied and divided"),
        };
        self.problems.push(problem);
        None
    }

    /// `1 <= dpd <= 30`.
    pub(super) fn refuse_chain(
        &mut self,
        (first, low, middle): (Cmp, &Term, &Term),
        second: Cmp,
        high: &Term,
        at: Position,
    ) -> Option<Term> {
        let span = low.span.to(high.span);
        let text = |term: &Term| self.script.text_of(term.span).to_owned();
        let range = match (first, second) {
            (Cmp::Le, Cmp::Le) => Some("..="),
            (Cmp::Le, Cmp::Lt) => Some(".."),
            _ => None,
        };
        let numbers = is_number(low) && is_number(high);
        let rewritten = match range {
            Some(range) if numbers => {
                format!("{} in {}{range}{}", text(middle), text(low), text(high))
            }
            _ => format!(
                "{} {} {middle} && {middle} {} {}",
                text(low),
                first.sign(),
                second.sign(),
                text(high),
                middle = text(middle),
            ),
        };
        let problem = Problem::error("P020", "comparisons do not form a chain")
            .at(self.span_at(at), "compares the answer, yes or no, with a number")
            .help(format!("write `{rewritten}`"))
            .suggest(span, rewritten);
        self.problems.push(problem);
        None
    }

    fn report(&mut self, code: &'static str, message: &str, at: Span, label: &str, help: &str) {
        let problem = Problem::error(code, message).at(at, label).help(help);
        self.problems.push(problem);
    }

    /// Where an expression stands, as well as can be told without lowering it.
    pub(super) fn rough_span(&self, expr: &Expr) -> Span {
        match expr {
            Expr::FnCall(call, at) => {
                call.args.iter().fold(self.call_span(call, *at), |span, argument| span.to(self.rough_span(argument)))
            }
            Expr::Stmt(block) => {
                let start = self.span_at(block.span().start());
                let end = self.span_at(block.span().end());
                start.to(end).to(self.span_at(expr.position()))
            }
            Expr::And(parts, _) | Expr::Or(parts, _) | Expr::Coalesce(parts, _) => {
                parts.iter().fold(Span::NONE, |span, part| span.to(self.rough_span(part)))
            }
            Expr::Dot(parts, ..) => self.rough_span(&parts.lhs).to(self.rough_span(&parts.rhs)),
            other => self.constant_span(other),
        }
    }
}

const fn is_number(term: &Term) -> bool {
    matches!(term.kind, TermKind::Number(_))
}
