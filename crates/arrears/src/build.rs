//! Policies built by a program instead of a file.
//!
//! A built policy goes through the same checks as one from a file, decides the same, and
//! has the same hash.
//!
//! ```
//! use arrears::build::{Build, Line, fact, number};
//! use arrears::draft::Keyword;
//!
//! let policy = Build::policy("card", "GBP")
//!     .add(Line::new(Keyword::Threshold).name("floor").value(number("25.00")?)
//!         .option("from", number("5.00")?).option("to", number("100.00")?).option("why", "a text costs more"))
//!     .stage("reminder", fact("dpd").ge(1))
//!     .assume("opted_out(sms)", false, "texts need no consent here")
//!     .add(Line::new(Keyword::Treatment).name("first reminder").stages(&["reminder"])
//!         .when(fact("dpd").within(5, 30).and(fact("overdue").ge(fact("floor"))))
//!         .act("sms").verb_option("every", 3))
//!     .check()?;
//! assert_eq!(policy.treatments().len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::condition::{Arith, Cmp, Named, Term, TermKind};
use crate::draft::{Draft, Keyword, Statement, VerbCall};
use crate::policy::Policy;
use crate::problem::Problem;
use crate::span::Span;
use rust_decimal::Decimal;
use std::fmt;

/// A written expression in the making.
#[derive(Clone, Debug)]
pub struct Expr(Term);

/// A statement in the making.
#[derive(Clone, Debug)]
pub struct Line(Statement);

/// A policy in the making.
#[derive(Clone, Debug, Default)]
pub struct Build(Draft);

/// Why a built policy cannot be used: everything that is wrong with it.
#[derive(Clone, Debug)]
pub struct NotAPolicy(pub Vec<Problem>);

impl fmt::Display for NotAPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for NotAPolicy {}

/// A fact, a threshold or a define by name.
pub fn fact(name: &str) -> Expr {
    Expr::of(TermKind::Name(name.to_owned()))
}

/// A number as written: its decimals count.
///
/// # Errors
///
/// As parsing a decimal.
pub fn number(text: &str) -> Result<Expr, rust_decimal::Error> {
    text.parse::<Decimal>().map(|number| Expr::of(TermKind::Number(number)))
}

/// A function: `call("times", ["phone".into(), 7.into()])`.
pub fn call(function: &str, arguments: impl IntoIterator<Item = Expr>) -> Expr {
    let arguments = arguments.into_iter().map(|argument| argument.0).collect();
    Expr::of(TermKind::Call(Named::new(function, Span::NONE), arguments))
}

/// `times(what, days)`.
pub fn times(what: &str, days: i64) -> Expr {
    call("times", [what.into(), days.into()])
}

/// `days_since(what)`.
pub fn days_since(what: &str) -> Expr {
    call("days_since", [what.into()])
}

/// `not_yet(what)`.
pub fn not_yet(what: &str) -> Expr {
    call("not_yet", [what.into()])
}

/// A list of texts.
pub fn texts(items: &[&str]) -> Expr {
    Expr::of(TermKind::List(items.iter().map(|item| Expr::from(*item).0).collect()))
}

impl From<i64> for Expr {
    fn from(number: i64) -> Self {
        Self::of(TermKind::Number(Decimal::from(number)))
    }
}
impl From<bool> for Expr {
    fn from(flag: bool) -> Self {
        Self::of(TermKind::Flag(flag))
    }
}
impl From<&str> for Expr {
    fn from(text: &str) -> Self {
        Self::of(TermKind::Text(text.to_owned()))
    }
}
impl From<Decimal> for Expr {
    fn from(number: Decimal) -> Self {
        Self::of(TermKind::Number(number))
    }
}

impl Expr {
    const fn of(kind: TermKind) -> Self {
        Self(Term::new(kind, Span::NONE))
    }

    /// The written term.
    pub fn term(self) -> Term {
        self.0
    }

    fn cmp(self, cmp: Cmp, other: impl Into<Self>) -> Self {
        Self::of(TermKind::Compare(cmp, Box::new(self.0), Box::new(other.into().0)))
    }

    fn arith(self, sign: Arith, other: impl Into<Self>) -> Self {
        Self::of(TermKind::Arith(sign, Box::new(self.0), Box::new(other.into().0)))
    }

    /// `self >= other`
    #[must_use]
    pub fn ge(self, other: impl Into<Self>) -> Self {
        self.cmp(Cmp::Ge, other)
    }
    /// `self > other`
    #[must_use]
    pub fn gt(self, other: impl Into<Self>) -> Self {
        self.cmp(Cmp::Gt, other)
    }
    /// `self <= other`
    #[must_use]
    pub fn le(self, other: impl Into<Self>) -> Self {
        self.cmp(Cmp::Le, other)
    }
    /// `self < other`
    #[must_use]
    pub fn lt(self, other: impl Into<Self>) -> Self {
        self.cmp(Cmp::Lt, other)
    }
    /// `self == other`
    #[must_use]
    pub fn is(self, other: impl Into<Self>) -> Self {
        self.cmp(Cmp::Eq, other)
    }
    /// `self != other`
    #[must_use]
    pub fn is_not(self, other: impl Into<Self>) -> Self {
        self.cmp(Cmp::Ne, other)
    }
    /// `self in from..to`: the last value is not in it.
    #[must_use]
    pub fn within(self, from: impl Into<Self>, to: impl Into<Self>) -> Self {
        self.range(from, to, false)
    }
    /// `self in from..=to`
    #[must_use]
    pub fn from_to(self, from: impl Into<Self>, to: impl Into<Self>) -> Self {
        self.range(from, to, true)
    }
    fn range(self, from: impl Into<Self>, to: impl Into<Self>, inclusive: bool) -> Self {
        let range = TermKind::Range { from: Some(Box::new(from.into().0)), to: Some(Box::new(to.into().0)), inclusive };
        Self::of(TermKind::In(Box::new(self.0), Box::new(Term::new(range, Span::NONE))))
    }
    /// `self in ["a", "b"]`
    #[must_use]
    pub fn one_of(self, words: &[&str]) -> Self {
        Self::of(TermKind::In(Box::new(self.0), Box::new(texts(words).0)))
    }
    /// `self && other`
    #[must_use]
    pub fn and(self, other: impl Into<Self>) -> Self {
        let other = other.into().0;
        Self::of(match self.0.kind {
            TermKind::All(mut parts) => {
                parts.push(other);
                TermKind::All(parts)
            }
            _ => TermKind::All(vec![self.0, other]),
        })
    }
    /// `self || other`
    #[must_use]
    pub fn or(self, other: impl Into<Self>) -> Self {
        let other = other.into().0;
        Self::of(match self.0.kind {
            TermKind::Any(mut parts) => {
                parts.push(other);
                TermKind::Any(parts)
            }
            _ => TermKind::Any(vec![self.0, other]),
        })
    }
    /// `self ?? other`
    #[must_use]
    pub fn or_if_unknown(self, other: impl Into<Self>) -> Self {
        Self::of(TermKind::Coalesce(Box::new(self.0), Box::new(other.into().0)))
    }
    /// `self + other`
    #[must_use]
    pub fn plus(self, other: impl Into<Self>) -> Self {
        self.arith(Arith::Add, other)
    }
    /// `self - other`
    #[must_use]
    pub fn minus(self, other: impl Into<Self>) -> Self {
        self.arith(Arith::Sub, other)
    }
    /// `self * other`
    #[must_use]
    pub fn by(self, other: impl Into<Self>) -> Self {
        self.arith(Arith::Mul, other)
    }
    /// `self / other`
    #[must_use]
    pub fn over(self, other: impl Into<Self>) -> Self {
        self.arith(Arith::Div, other)
    }
}

/// `!self`
impl std::ops::Not for Expr {
    type Output = Self;
    fn not(self) -> Self {
        Self::of(TermKind::Not(Box::new(self.0)))
    }
}

impl Line {
    /// A statement of this kind.
    pub const fn new(keyword: Keyword) -> Self {
        Self(Statement::new(keyword, Span::NONE))
    }
    /// Its name.
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = Some(Named::new(name, Span::NONE));
        self
    }
    /// What stands behind `=`, or the expression of `priority`.
    #[must_use]
    pub fn value(mut self, value: impl Into<Expr>) -> Self {
        self.0.value = Some(value.into().0);
        self
    }
    /// The list behind `in`.
    #[must_use]
    pub fn stages(mut self, stages: &[&str]) -> Self {
        self.0.stages = Some(texts(stages).0);
        self
    }
    /// The stage behind `ease to`.
    #[must_use]
    pub fn to(mut self, stage: &str) -> Self {
        self.0.to = Some(Named::new(stage, Span::NONE));
        self
    }
    /// The condition behind `when`.
    #[must_use]
    pub fn when(mut self, when: impl Into<Expr>) -> Self {
        self.0.when = Some(when.into().0);
        self
    }
    /// The condition behind `unless`.
    #[must_use]
    pub fn unless(mut self, unless: impl Into<Expr>) -> Self {
        self.0.unless = Some(unless.into().0);
        self
    }
    /// The condition behind `then` of `always`.
    #[must_use]
    pub fn then(mut self, then: impl Into<Expr>) -> Self {
        self.0.then = Some(then.into().0);
        self
    }
    /// `otherwise`
    #[must_use]
    pub const fn otherwise(mut self) -> Self {
        self.0.otherwise = true;
        self
    }
    /// The verb behind `do`.
    #[must_use]
    pub fn act(mut self, verb: &str) -> Self {
        self.0.act = Some(VerbCall { verb: Named::new(verb, Span::NONE), options: Vec::new() });
        self
    }
    /// An option of the verb.
    #[must_use]
    pub fn verb_option(mut self, key: &str, value: impl Into<Expr>) -> Self {
        if let Some(act) = &mut self.0.act {
            act.options.push((Named::new(key, Span::NONE), value.into().0));
        }
        self
    }
    /// An option of the statement.
    #[must_use]
    pub fn option(mut self, key: &str, value: impl Into<Expr>) -> Self {
        self.0.options.push((Named::new(key, Span::NONE), value.into().0));
        self
    }
    /// The statement.
    pub fn statement(self) -> Statement {
        self.0
    }
}

impl Build {
    /// A policy with a name and a currency, at version 1.
    pub fn policy(name: &str, currency: &str) -> Self {
        let head = Line::new(Keyword::Policy).name(name).option("version", "1").option("currency", currency);
        Self::default().add(head)
    }
    /// Adds a statement.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "a statement is added to a policy, nothing is summed")]
    pub fn add(mut self, line: Line) -> Self {
        self.0.statements.push(line.0);
        self
    }
    /// `stage "name" when condition;`
    #[must_use]
    pub fn stage(self, name: &str, when: impl Into<Expr>) -> Self {
        self.add(Line::new(Keyword::Stage).name(name).when(when))
    }
    /// `treatment "name" in [stages] do verb();`
    #[must_use]
    pub fn treatment(self, name: &str, stages: &[&str], verb: &str) -> Self {
        self.add(Line::new(Keyword::Treatment).name(name).stages(stages).act(verb))
    }
    /// `outcome "code" do effect(#{ options });`
    #[must_use]
    pub fn outcome(self, code: &str, effect: &str, options: &[(&str, Expr)]) -> Self {
        let line = Line::new(Keyword::Outcome).name(code).act(effect);
        self.add(options.iter().fold(line, |line, (key, value)| line.verb_option(key, value.clone())))
    }
    /// `assume fact = value #{ why };` A parametric fact is written `opted_out(sms)`.
    #[must_use]
    pub fn assume(self, what: &str, value: impl Into<Expr>, why: &str) -> Self {
        let mut line = Line::new(Keyword::Assume).value(value).option("why", why);
        match what.strip_suffix(')').and_then(|call| call.split_once('(')) {
            Some((function, arguments)) => {
                let argument = |text: &str| match text.trim().parse::<i64>() {
                    Ok(number) => Expr::from(number),
                    Err(_) => Expr::from(text.trim()),
                };
                line.0.subject = Some(call(function, arguments.split(',').map(argument)).0);
            }
            None => line = line.name(what),
        }
        self.add(line)
    }
    /// The draft.
    pub fn draft(self) -> Draft {
        self.0
    }
    /// Checks the policy.
    ///
    /// # Errors
    ///
    /// [`NotAPolicy`] with everything that is wrong. Warnings do not stand in the way.
    pub fn check(self) -> Result<Policy, NotAPolicy> {
        let checked = Policy::check(&self.0, &[]);
        checked.policy.ok_or(NotAPolicy(checked.problems))
    }
}
