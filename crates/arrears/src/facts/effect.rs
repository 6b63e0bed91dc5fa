//! What a result of a contact can do to what the next decision knows.

/// An effect of an outcome. The order is that in which effects of one result apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum EffectWord {
    /// The attempt does not count.
    Retry,
    /// The person is called again on a day.
    CallBack,
    /// Demand rests.
    Pause,
    /// A number is no longer tried.
    RetirePoint,
    /// The person refuses a channel.
    OptOut,
    /// A flag is taken as set.
    Mark,
    /// No promise stands.
    VaguePromise,
    /// A promise stands.
    Promise,
}

/// What the table says of an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EffectDef {
    /// The effect.
    pub effect: EffectWord,
    /// The word in policy files.
    pub word: &'static str,
    /// What it does.
    pub doc: &'static str,
}

const fn def(effect: EffectWord, word: &'static str, doc: &'static str) -> EffectDef {
    EffectDef { effect, word, doc }
}

#[rustfmt::skip]
const TABLE: &[EffectDef] = &[
    def(EffectWord::CallBack, "call_back", "the person asked to be called again: demand rests until that day, the day that was noted or `within` days on; then the treatment that was used is due whatever its `every` says"),
    def(EffectWord::Retry, "retry", "the attempt does not count towards `at_most`, and its treatment may be used again `after` so many days whatever its `every` says"),
    def(EffectWord::RetirePoint, "retire_point", "the number that was used is no longer tried"),
    def(EffectWord::Pause, "pause", "demand rests so many days: treatments of purpose `demand` on contact channels; of several pauses the longest holds"),
    def(EffectWord::OptOut, "opt_out", "the person refuses a channel: the one named, else the one that was used"),
    def(EffectWord::Mark, "mark", "a flag of the table is taken as set"),
    def(EffectWord::VaguePromise, "vague_promise", "`promise_vague` is set, and a promise that was learned before no longer stands"),
    def(EffectWord::Promise, "promise", "a promise stands, with the day and the amount that were noted"),
];

/// Every effect, in the order of the handbook.
pub const fn effect_table() -> &'static [EffectDef] {
    TABLE
}

impl EffectWord {
    /// The effect that policy files call `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        TABLE.iter().find(|def| def.word == word).map(|def| def.effect)
    }

    /// The word in policy files.
    pub fn word(self) -> &'static str {
        TABLE.iter().find(|def| def.effect == self).map_or("", |def| def.word)
    }
}
