//! Calls and operators: comparisons, arithmetic, ranges, `in`, and the functions of conditions.

use super::lowering::{Lowering, span_over};
use arrears::condition::{Arith, Cmp, Named, Term, TermKind};
use rhai::{Expr, FnCallExpr, OP_CONTAINS, Position};

impl Lowering<'_> {
    pub(super) fn call(&mut self, call: &FnCallExpr, at: Position) -> Option<Term> {
        let name = call.name.as_str();
        let sign = self.token_at(at).map_or("", |index| self.script.word_at(index));
        match (name, call.args.as_slice()) {
            (OP_CONTAINS, [list, item]) if matches!(sign, "in" | "!in") => self.membership(item, list),
            ("..", [from, to]) => self.range(from, to, false, at),
            ("..=", [from, to]) => self.range(from, to, true, at),
            ("!", [operand]) => self.not(operand, at),
            ("-", [operand]) => self.negate(operand, at),
            ("+", [operand]) => self.term(operand),
            (_, [left, right]) if call.is_operator_call() => self.binary(name, left, right, at),
            _ if call.is_operator_call() || !call.namespace.is_empty() => self.refuse_call(call, at),
            _ => self.function(call, at),
        }
    }

    fn membership(&mut self, item: &Expr, list: &Expr) -> Option<Term> {
        let (item, list) = (self.term(item), self.term(list));
        let (item, list) = (item?, list?);
        let span = item.span.to(list.span);
        Some(Term::new(TermKind::In(Box::new(item), Box::new(list)), span))
    }

    fn range(&mut self, from: &Expr, to: &Expr, inclusive: bool, at: Position) -> Option<Term> {
        let sign = self.span_at(at);
        let from = match from {
            Expr::IntegerConstant(0, start) if *start == at => None,
            written => Some(Box::new(self.term(written)?)),
        };
        let to = match to {
            Expr::Unit(_) => None,
            written => Some(Box::new(self.term(written)?)),
        };
        let mut span = sign;
        for end in from.iter().chain(to.iter()) {
            span = span.to(end.span);
        }
        let kind = TermKind::Range { from, to, inclusive };
        Some(Term::new(kind, span))
    }

    fn not(&mut self, operand: &Expr, at: Position) -> Option<Term> {
        let operand = self.term(operand)?;
        let sign = self.span_at(at);
        let span = sign.to(operand.span);
        Some(Term::new(TermKind::Not(Box::new(operand)), span))
    }

    fn negate(&mut self, operand: &Expr, at: Position) -> Option<Term> {
        let operand = self.term(operand)?;
        let span = self.span_at(at).to(operand.span);
        let kind = match operand.kind {
            TermKind::Number(number) => TermKind::Number(-number),
            _ => TermKind::Negate(Box::new(operand)),
        };
        Some(Term::new(kind, span))
    }

    fn binary(&mut self, sign: &str, left: &Expr, right: &Expr, at: Position) -> Option<Term> {
        if let Some(compare) = comparison(sign) {
            return self.compare(compare, left, right, at);
        }
        let Some(arith) = arithmetic(sign) else {
            self.all([left, right].into_iter())?;
            return self.refuse_operator(sign, at);
        };
        let (left, right) = (self.term(left), self.term(right));
        self.arith(arith, left?, right?)
    }

    #[expect(clippy::unnecessary_wraps, reason = "it ends the lowering of a term, which may fail")]
    fn arith(&self, arith: Arith, left: Term, right: Term) -> Option<Term> {
        let span = left.span.to(right.span);
        let kind = TermKind::Arith(arith, Box::new(left), Box::new(right));
        Some(Term::new(kind, span))
    }

    fn compare(&mut self, compare: Cmp, left: &Expr, right: &Expr, at: Position) -> Option<Term> {
        let (left, right) = (self.term(left), self.term(right));
        let (left, right) = (left?, right?);
        if let TermKind::Compare(first, low, middle) = &left.kind
            && !self.script.text_of(left.span).starts_with('(')
        {
            return self.refuse_chain((*first, low, middle), compare, &right, at);
        }
        let span = left.span.to(right.span);
        let kind = TermKind::Compare(compare, Box::new(left), Box::new(right));
        Some(Term::new(kind, span))
    }

    fn function(&mut self, call: &FnCallExpr, at: Position) -> Option<Term> {
        let span = self.call_span(call, at);
        let mut terms = self.all(call.args.iter())?;
        let wanted = match call.name.as_str() {
            "min" => Some(Arith::Min),
            "max" => Some(Arith::Max),
            _ => None,
        };
        if let (Some(arith), [left, right]) = (wanted, terms.as_slice()) {
            let kind = TermKind::Arith(arith, Box::new(left.clone()), Box::new(right.clone()));
            return Some(Term::new(kind, span));
        }
        if call.name == "abs" && terms.len() == 1 {
            let operand = terms.pop()?;
            return Some(Term::new(TermKind::Abs(Box::new(operand)), span));
        }
        let name = Named::new(call.name.as_str(), self.span_at(at));
        let whole = span.to(span_over(&terms));
        Some(Term::new(TermKind::Call(name, terms), whole))
    }
}

fn comparison(sign: &str) -> Option<Cmp> {
    [Cmp::Lt, Cmp::Le, Cmp::Eq, Cmp::Ne, Cmp::Ge, Cmp::Gt].into_iter().find(|compare| compare.sign() == sign)
}

fn arithmetic(sign: &str) -> Option<Arith> {
    [Arith::Add, Arith::Sub, Arith::Mul, Arith::Div].into_iter().find(|arith| arith.sign() == sign)
}
