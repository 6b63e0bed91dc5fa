//! Many short texts in one.

/// Texts by their place, one behind the other: what each takes is its letters and 8 bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Texts {
    all: String,
    /// Where each ends.
    ends: Vec<usize>, // INVARIANT: ascending, each on the border of a letter.
}

impl Texts {
    /// No texts yet, and room for so many.
    pub(crate) fn with_room(texts: usize) -> Self {
        Self { all: String::with_capacity(texts.saturating_mul(12)), ends: Vec::with_capacity(texts) }
    }

    /// Adds a text behind the others.
    pub(crate) fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(self.all.len());
    }

    /// How many there are.
    pub(crate) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text at a place; empty beyond the last.
    pub(crate) fn get(&self, place: usize) -> &str {
        let start = place.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let (Some(start), Some(end)) = (start, self.ends.get(place)) else { return "" };
        self.all.get(start..*end).unwrap_or_default()
    }

    /// All of them, in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|place| self.get(place))
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn texts_are_found_by_their_place_empty_ones_and_those_of_many_bytes_too() {
        let given = ["A-1", "", "借记卡", "é", ""];
        let mut texts = Texts::with_room(2);
        given.iter().for_each(|text| texts.push(text));
        assert_eq!(texts.iter().collect::<Vec<_>>(), given);
        assert_eq!((texts.len(), texts.get(2), texts.get(5)), (5, "借记卡", ""));
    }
}
