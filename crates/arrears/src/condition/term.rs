//! A condition as its author wrote it: names and numbers, not yet checked.

use crate::span::Span;
use rust_decimal::Decimal;

/// Every function of conditions.
pub const FUNCTIONS: [&str; 15] = [
    "times",
    "days_since",
    "months_since",
    "consent",
    "opted_out",
    "tag",
    "days_since_first",
    "minutes_since",
    "consented",
    "not_yet",
    "not_since",
    "known",
    "min",
    "max",
    "abs",
];

/// A written expression with its place. Equality looks at the place too; see [`Term::same_as`].
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// What it says.
    pub kind: TermKind,
    /// Where it stands.
    pub span: Span,
}

/// A name or text with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The text, without quotes.
    pub text: String,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cmp {
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `>=`
    Ge,
    /// `>`
    Gt,
}

/// An arithmetic operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arith {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `min(a, b)`
    Min,
    /// `max(a, b)`
    Max,
}

/// What a written expression says.
#[derive(Clone, Debug, PartialEq)]
pub enum TermKind {
    /// A fact, a threshold, a define, or a word like `quiet`.
    Name(String),
    /// `"mobile"`
    Text(String),
    /// An exact number as written; its scale is the number of decimals written.
    Number(Decimal),
    /// `true` or `false`
    Flag(bool),
    /// `!a`
    Not(Box<Term>),
    /// `a && b && c`
    All(Vec<Term>),
    /// `a || b || c`
    Any(Vec<Term>),
    /// `a >= b`
    Compare(Cmp, Box<Term>, Box<Term>),
    /// `a + b`, `min(a, b)`
    Arith(Arith, Box<Term>, Box<Term>),
    /// `-a`
    Negate(Box<Term>),
    /// `abs(a)`
    Abs(Box<Term>),
    /// `x in 1..=30`, `x in ["a", "b"]`
    In(Box<Term>, Box<Term>),
    /// `from..to`, `from..=to`, either end open. Only to the right of `in`.
    Range {
        /// The first value, itself included.
        from: Option<Box<Term>>,
        /// The last value.
        to: Option<Box<Term>>,
        /// Whether the last value is included.
        inclusive: bool,
    },
    /// `[a, b]`
    List(Vec<Term>),
    /// `#{ key: value }`
    Map(Vec<(Named, Term)>),
    /// `a ?? b`
    Coalesce(Box<Term>, Box<Term>),
    /// `times("phone", 7)`, `not_yet(days_since_demand)`, `known(x)`
    Call(Named, Vec<Term>),
    /// A `script(...)` value: its source text, run outside the engine.
    Script(String),
}

impl Cmp {
    /// The sign as written.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Eq => "==",
            Self::Ne => "!=",
            Self::Ge => ">=",
            Self::Gt => ">",
        }
    }

    /// Whether two numbers stand in this relation.
    pub const fn holds(self, left: i64, right: i64) -> bool {
        match self {
            Self::Lt => left < right,
            Self::Le => left <= right,
            Self::Eq => left == right,
            Self::Ne => left != right,
            Self::Ge => left >= right,
            Self::Gt => left > right,
        }
    }
}

impl Arith {
    /// The sign or function name as written.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
            Self::Min => "min",
            Self::Max => "max",
        }
    }
}

impl Named {
    /// A name with its place.
    pub fn new(text: impl Into<String>, span: Span) -> Self {
        Self { text: text.into(), span }
    }
}

impl Term {
    /// A term with its place.
    pub const fn new(kind: TermKind, span: Span) -> Self {
        Self { kind, span }
    }

    /// The text of a text literal.
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            TermKind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Its parts, in reading order.
    pub fn parts(&self) -> Vec<&Self> {
        match &self.kind {
            TermKind::Name(_) | TermKind::Text(_) | TermKind::Number(_) | TermKind::Flag(_) | TermKind::Script(_) => {
                Vec::new()
            }
            TermKind::Not(a) | TermKind::Negate(a) | TermKind::Abs(a) => vec![a],
            TermKind::All(parts) | TermKind::Any(parts) | TermKind::List(parts) => parts.iter().collect(),
            TermKind::Call(_, arguments) => arguments.iter().collect(),
            TermKind::Compare(_, a, b) | TermKind::Arith(_, a, b) | TermKind::In(a, b) | TermKind::Coalesce(a, b) => {
                vec![a, b]
            }
            TermKind::Range { from, to, .. } => from.iter().chain(to.iter()).map(AsRef::as_ref).collect(),
            TermKind::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
        }
    }
}
