//! Words of the suite, and the engine's words for them.

/// The engine's word: the suite's own where the two agree.
macro_rules! said {
    ($suite:literal) => {
        $suite
    };
    ($suite:literal $engine:literal) => {
        $engine
    };
}

/// A closed list of words of the suite. Any other word is refused when a case is read.
macro_rules! words {
    ($(#[$about:meta])* $kind:ident { $($(#[$note:meta])* $variant:ident = $suite:literal $(=> $engine:literal)?,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
        pub(crate) enum $kind {
            $($(#[$note])* #[serde(rename = $suite)] $variant,)*
        }

        impl $kind {
            /// The engine's word for it.
            pub(crate) const fn engine(self) -> &'static str {
                match self {
                    $(Self::$variant => $crate::words::said!($suite $($engine)?),)*
                }
            }
        }
    };
}

pub(crate) use said;
pub(crate) use words;
