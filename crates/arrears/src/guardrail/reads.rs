//! Where the facts that a pack reads come from.

use super::known::Known;
use super::{Standing, Told};
use crate::condition::FactId;
use crate::facts::ParametricKind;
use crate::number::Cell;
use crate::policy::{Input, Need, Pack};
use chrono::NaiveDate;

/// Where a fact's value comes from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// The same for every contact: it stands in the debt's own row.
    Fixed,
    /// It holds for some time: these spells, by position.
    Spell(Vec<usize>),
    /// A fact of the contact, by its place in the table.
    Contact(OfContact),
    /// Contacts of a class on so many dates.
    Times(usize, i64),
    /// Days since the last contact of a class.
    Since(usize),
    /// Days since the first contact of a class.
    SinceFirst(usize),
    /// Minutes since the last contact of a class.
    Minutes(usize),
    /// Days since an event of law.
    Event(Option<Option<NaiveDate>>),
    /// Whether consent of a kind covers the contact.
    Consented(usize),
    /// Whether consent of a kind that the pack does not describe: nothing says how it lives.
    Unknown,
}

/// The facts of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OfContact {
    Direction,
    Channel,
    Outcome,
    Conversation,
    Recipient,
    Purpose,
    Content,
    NumberKind,
    AddressKind,
    OptOutNotice,
    SameCall,
    Reason,
    RepeatReason,
    DebtorAt,
    ActiveSession,
    Replies,
    AnswersInconvenient,
    InconvenientTime,
    ConvenientTime,
    HomeInconvenient,
    WorkInconvenient,
    EmployerProhibits,
    RefusedMedium,
    UsedAddress,
    WrongNumber,
    ReturnedAfter,
    Weekday,
    Holiday,
}

impl OfContact {
    const NAMES: [(&'static str, Self); 28] = [
        ("direction", Self::Direction),
        ("channel", Self::Channel),
        ("result", Self::Outcome),
        ("conversation", Self::Conversation),
        ("recipient", Self::Recipient),
        ("purpose", Self::Purpose),
        ("content", Self::Content),
        ("number_kind", Self::NumberKind),
        ("address_kind", Self::AddressKind),
        ("opt_out_notice", Self::OptOutNotice),
        ("same_call", Self::SameCall),
        ("reason", Self::Reason),
        ("repeat_reason", Self::RepeatReason),
        ("debtor_at", Self::DebtorAt),
        ("active_session", Self::ActiveSession),
        ("replies", Self::Replies),
        ("answers_inconvenient", Self::AnswersInconvenient),
        ("inconvenient_time", Self::InconvenientTime),
        ("convenient_time", Self::ConvenientTime),
        ("home_inconvenient", Self::HomeInconvenient),
        ("work_inconvenient", Self::WorkInconvenient),
        ("employer_prohibits", Self::EmployerProhibits),
        ("refused_medium", Self::RefusedMedium),
        ("used_address", Self::UsedAddress),
        ("wrong_number", Self::WrongNumber),
        ("returned_after", Self::ReturnedAfter),
        ("weekday", Self::Weekday),
        ("holiday", Self::Holiday),
    ];

    fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, fact)| *fact)
    }

    /// Whether it may differ from one moment to another.
    pub(super) const fn is_timed(self) -> bool {
        matches!(
            self,
            Self::AnswersInconvenient
                | Self::InconvenientTime
                | Self::ConvenientTime
                | Self::HomeInconvenient
                | Self::WorkInconvenient
                | Self::EmployerProhibits
                | Self::ReturnedAfter
                | Self::Weekday
                | Self::Holiday
        )
    }
}

impl Source {
    /// Whether it may differ from one moment to another.
    pub(super) fn is_timed(&self) -> bool {
        match self {
            Self::Fixed | Self::Unknown => false,
            Self::Contact(fact) => fact.is_timed(),
            _ => true,
        }
    }
}

/// Where each input of a pack comes from.
pub(super) fn sources(pack: &Pack, known: &Known, standing: &Standing) -> Vec<Source> {
    let inputs = pack.inputs().iter().enumerate();
    inputs
        .map(|(index, input)| {
            let id = FactId(u16::try_from(index).unwrap_or(u16::MAX));
            source(pack, id, input, known, standing)
        })
        .collect()
}

fn source(pack: &Pack, id: FactId, input: &Input, known: &Known, standing: &Standing) -> Source {
    if let Some(asked) = pack.asked(id) {
        let class = pack.classes().iter().position(|class| class.name == asked.what);
        return match (asked.kind, class) {
            (ParametricKind::Times, Some(class)) => Source::Times(class, i64::from(asked.days)),
            (ParametricKind::DaysSince, Some(class)) => Source::Since(class),
            (ParametricKind::DaysSinceFirst, Some(class)) => Source::SinceFirst(class),
            (ParametricKind::MinutesSince, Some(class)) => Source::Minutes(class),
            (ParametricKind::Consented, _) => {
                let kind = pack.consents().iter().position(|kind| kind.name == asked.what);
                kind.map_or(Source::Unknown, Source::Consented)
            }
            (ParametricKind::DaysSince, None) if known.events.contains_key(&asked.what) => {
                Source::Event(known.events.get(&asked.what).copied())
            }
            _ => Source::Fixed,
        };
    }
    if input.need == Need::Contact {
        return OfContact::from_name(&input.name).map_or(Source::Unknown, Source::Contact);
    }
    let spells = standing.spells.iter().filter(|spell| spell.fact == input.name).count();
    if spells > 0 {
        let held = known.spells.iter().enumerate().filter(|(_, spell)| spell.fact == input.name);
        return Source::Spell(held.map(|(index, _)| index).collect());
    }
    Source::Fixed
}

/// The facts of a debt that are the same for every contact: its own before the person's.
pub(super) fn fixed(pack: &Pack, standing: &Standing, debt: usize) -> Vec<Cell> {
    let own = standing.debts.get(debt);
    let cell = |input: &Input| {
        let told = own.and_then(|debt| debt.facts.get(&input.name)).or_else(|| standing.facts.get(&input.name));
        let product = own.and_then(|debt| debt.product.as_ref()).filter(|_| input.name == "product");
        match (told, product) {
            (Some(told), _) => told.cell(input),
            (None, Some(product)) => input.word(product).unwrap_or(Cell::UNKNOWN),
            (None, None) => Cell::UNKNOWN,
        }
    };
    pack.inputs().iter().map(cell).collect()
}

impl Told {
    /// The value as a pack's fact; unknown if it is none that the fact may have.
    pub(super) fn cell(&self, input: &Input) -> Cell {
        use crate::number::Kind;
        match (self, input.kind) {
            (Self::Flag(set), Kind::Flag) => Cell::flag(*set),
            (Self::Number(number), Kind::Days | Kind::Count) => Cell::number(*number),
            (Self::Word(word), _) if word == "never" && input.never => Cell::NEVER,
            (Self::Word(word), Kind::Category) => input.word(word).unwrap_or(Cell::UNKNOWN),
            _ => Cell::UNKNOWN,
        }
    }
}
