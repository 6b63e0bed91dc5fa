//! Text with links: pieces that any renderer writes in its own way.

use serde::Serialize;

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// What it says.
    pub text: String,
    /// The anchor to which it leads, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// Text in pieces, some of which lead somewhere. What stands in it is text, whatever it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Prose {
    pieces: Vec<Piece>,
}

impl Prose {
    /// Text that leads nowhere.
    pub fn plain(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::default() } else { Self { pieces: vec![Piece { text, to: None }] } }
    }

    /// Text that leads to an anchor.
    pub fn link(text: impl Into<String>, to: impl Into<String>) -> Self {
        Self { pieces: vec![Piece { text: text.into(), to: Some(to.into()) }] }
    }

    /// The same text, and more behind it.
    #[must_use]
    pub fn and(mut self, more: impl Into<Self>) -> Self {
        for piece in more.into().pieces {
            match self.pieces.last_mut() {
                Some(last) if last.to.is_none() && piece.to.is_none() => last.text.push_str(&piece.text),
                _ => self.pieces.push(piece),
            }
        }
        self
    }

    /// Texts one behind the other, with this between them.
    pub fn joined(parts: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let mut whole = Self::default();
        for (index, part) in parts.into_iter().enumerate() {
            whole = if index == 0 { part } else { whole.and(between).and(part) };
        }
        whole
    }

    /// Texts as a list in a sentence: `a, b and c`.
    pub fn listed(parts: Vec<Self>, word: &str) -> Self {
        let last = parts.len().saturating_sub(1);
        let mut whole = Self::default();
        for (index, part) in parts.into_iter().enumerate() {
            let between = match index {
                0 => String::new(),
                index if index == last => format!(" {word} "),
                _ => ", ".to_owned(),
            };
            whole = whole.and(between).and(part);
        }
        whole
    }

    /// Its pieces, in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The text alone.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| piece.text.is_empty())
    }

    /// How many letters it has.
    pub fn length(&self) -> usize {
        self.pieces.iter().map(|piece| piece.text.chars().count()).sum()
    }

    /// The same text with a capital letter in front.
    #[must_use]
    pub fn capital(mut self) -> Self {
        if let Some(first) = self.pieces.first_mut() {
            let mut letters = first.text.chars();
            if let Some(letter) = letters.next() {
                first.text = letter.to_uppercase().chain(letters).collect();
            }
        }
        self
    }
}

impl From<&str> for Prose {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

impl From<String> for Prose {
    fn from(text: String) -> Self {
        Self::plain(text)
    }
}

#[cfg(test)]
mod tests {
    use super::Prose;

    #[test]
    fn a_list_in_a_sentence_has_one_word_before_its_last_part() {
        let said = |parts: &[&str]| Prose::listed(parts.iter().map(|part| Prose::plain(*part)).collect(), "or").text();
        assert_eq!(said(&["a"]), "a");
        assert_eq!(said(&["a", "b"]), "a or b");
        assert_eq!(said(&["a", "b", "c"]), "a, b or c");
    }
}
