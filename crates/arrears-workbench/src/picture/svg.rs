//! SVG as text: elements with escaped attributes and texts, lengths in tenths of a pixel.

use std::fmt::Write as _;

/// A length or a place, in tenths of a pixel.
pub(crate) type Tenths = i64;

/// How wide a letter of ten pixels is taken to be. Fonts differ; this is a generous mean.
const LETTER: Tenths = 56;

/// Where a text stands against its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// A drawing in the making.
#[derive(Debug, Default)]
pub(crate) struct Drawing {
    body: String,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Font {
    /// Its height, in pixels.
    pub(crate) size: i64,
    pub(crate) fill: &'static str,
    pub(crate) bold: bool,
}

impl Drawing {
    /// One element; a title is shown by viewers where one points at it.
    pub(crate) fn element(&mut self, name: &str, attributes: &[(&str, &str)], title: &str) {
        self.open(name, attributes);
        if title.is_empty() {
            self.body.push_str("/>\n");
        } else {
            let _ = writeln!(self.body, "><title>{}</title></{name}>", escaped(title));
        }
    }

    /// A rectangle.
    pub(crate) fn rectangle(&mut self, at: (Tenths, Tenths), size: (Tenths, Tenths), fill: &str, title: &str) {
        let (x, y, width, height) = (px(at.0), px(at.1), px(size.0), px(size.1));
        self.element("rect", &[("x", &x), ("y", &y), ("width", &width), ("height", &height), ("fill", fill)], title);
    }

    /// A line.
    pub(crate) fn line(&mut self, from: (Tenths, Tenths), to: (Tenths, Tenths), stroke: &str, dashes: &str) {
        let (x1, y1, x2, y2) = (px(from.0), px(from.1), px(to.0), px(to.1));
        let mut attributes = vec![("x1", x1.as_str()), ("y1", &y1), ("x2", &x2), ("y2", &y2), ("stroke", stroke)];
        if !dashes.is_empty() {
            attributes.push(("stroke-dasharray", dashes));
        }
        self.element("line", &attributes, "");
    }

    /// A text on one line.
    pub(crate) fn text(&mut self, at: (Tenths, Tenths), anchor: Anchor, font: Font, text: &str) {
        let (x, y, size) = (px(at.0), px(at.1), font.size.to_string());
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let weight = if font.bold { "bold" } else { "normal" };
        let attributes = [
            ("x", x.as_str()),
            ("y", &y),
            ("text-anchor", anchor),
            ("font-size", &size),
            ("font-weight", weight),
            ("fill", font.fill),
        ];
        self.open("text", &attributes);
        let _ = writeln!(self.body, ">{}</text>", escaped(text));
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let _ = write!(self.body, "<{name}");
        for (key, value) in attributes {
            let _ = write!(self.body, " {key}=\"{}\"", escaped(value));
        }
    }

    /// What is drawn so far.
    pub(crate) fn body(&self) -> &str {
        &self.body
    }

    /// Draws another drawing over this one.
    pub(crate) fn append(&mut self, other: Self) {
        self.body.push_str(&other.body);
    }

    /// The whole document, on white.
    pub(crate) fn finish(self, width: Tenths, height: Tenths, title: &str) -> String {
        let (width, height) = (px(width), px(height));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" role=\"img\">\n<title>{}</title>\n\
             <rect x=\"0\" y=\"0\" width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n{}</svg>\n",
            escaped(title),
            self.body
        )
    }
}

/// What a drawing is, for who cannot see it, and how it looks in the dark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told<'a> {
    pub(crate) class: &'a str,
    pub(crate) title: &'a str,
    pub(crate) alt: &'a str,
    pub(crate) style: &'a str,
}

impl Drawing {
    /// The whole document, with what it is for readers who cannot see it, and a style of its own.
    pub(crate) fn told(self, width: Tenths, height: Tenths, told: Told<'_>) -> String {
        let (width, height) = (px(width), px(height));
        let (class, title, alt, style) = (escaped(told.class), escaped(told.title), escaped(told.alt), told.style);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{class}\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" role=\"img\" aria-label=\"{alt}\">\n\
             <title>{title}</title>\n<desc>{alt}</desc>\n<style>{style}</style>\n\
             <rect x=\"0\" y=\"0\" width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n{}</svg>\n",
            self.body
        )
    }
}

/// How wide a text of a font size is, about: letters beyond Latin are taken as twice as wide.
pub(crate) fn width_of(text: &str, size: i64) -> Tenths {
    let letters: Tenths = text.chars().map(|letter| if u32::from(letter) < 0x2e80 { LETTER } else { 2 * LETTER }).sum();
    letters * size / 10
}

/// A length as SVG writes it.
pub(crate) fn px(tenths: Tenths) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.abs() / 10, tenths.abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, tenth) => format!("{sign}{whole}.{tenth}"),
    }
}

/// A text that XML takes as it is, whatever stands in it.
fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' | '\t' => safe.push(' '),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => safe.push('\u{fffd}'),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_stands_in_a_name_the_picture_stays_well_formed() {
        assert_eq!(escaped("<a href=\"x\">&'\u{1b}\u{0}"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;\u{fffd}\u{fffd}");
    }

    #[test]
    fn tenths_of_a_pixel_are_written_without_a_float() {
        assert_eq!([0, 7, 10, -15, 1234].map(px), ["0", "0.7", "1", "-1.5", "123.4"]);
    }
}
