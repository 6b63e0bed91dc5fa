//! Currencies and their minor units.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A currency by its ISO 4217 code, such as `CNY`.
///
/// One policy has one currency; an account in another is an error of its row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]); // INVARIANT: upper-case ASCII letters.

/// A text that is not a currency code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a currency code: expected three capital letters, as in `EUR`")]
pub struct UnknownCurrency(pub String);

/// Codes whose minor unit is not a hundredth (ISO 4217, list one).
const WITHOUT_MINOR_UNIT: [&str; 16] =
    ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF"];
const IN_THOUSANDTHS: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

impl Currency {
    /// How many decimals amounts in this currency have: 2 for most, 0 for the yen,
    /// 3 for the Kuwaiti dinar.
    ///
    /// ```
    /// use arrears::Currency;
    /// assert_eq!("CNY".parse::<Currency>()?.digits(), 2);
    /// assert_eq!("JPY".parse::<Currency>()?.digits(), 0);
    /// # Ok::<(), arrears::UnknownCurrency>(())
    /// ```
    pub fn digits(self) -> u32 {
        let code = self.code();
        if WITHOUT_MINOR_UNIT.contains(&code) {
            0
        } else if IN_THOUSANDTHS.contains(&code) {
            3
        } else {
            2
        }
    }

    /// The three-letter code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

impl FromStr for Currency {
    type Err = UnknownCurrency;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match <[u8; 3]>::try_from(text.as_bytes()) {
            Ok(code) if code.iter().all(u8::is_ascii_uppercase) => Ok(Self(code)),
            _ => Err(UnknownCurrency(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = UnknownCurrency;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
