//! A standing, or a contact, as a document of its own.

use super::{Contact, Standing, Trouble};
use crate::document::read_whole;

impl Standing {
    /// Reads what is known of a person from its JSON document, as it stands in an [`super::Inquiry`].
    ///
    /// ```
    /// use arrears::guardrail::Standing;
    /// let troubles = Standing::from_json(r#"{ "debts": [{ "no": 1 }], "zones": "UTC" }"#).unwrap_err();
    /// let paths: Vec<&str> = troubles.iter().map(|trouble| trouble.path.as_str()).collect();
    /// assert_eq!(paths, ["debts[0].id", "debts[0].no", "zones"]);
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that cannot be read, in the order of the document. What can be read and cannot be, such as a
    /// zone that nobody knows, is for [`super::Case::new`] to find.
    pub fn from_json(text: &str) -> Result<Self, Vec<Trouble>> {
        read_whole(text)
    }
}

impl Contact {
    /// Reads a contact from its JSON document, as it stands in an [`super::Inquiry`].
    ///
    /// # Errors
    ///
    /// Everything that cannot be read, in the order of the document. What can be read and cannot be, such as a
    /// debt that the person does not have, is for [`super::Case::permission`] to find.
    pub fn from_json(text: &str) -> Result<Self, Vec<Trouble>> {
        read_whole(text)
    }
}
