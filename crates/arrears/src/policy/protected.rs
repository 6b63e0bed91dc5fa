//! Traits by which nobody is judged, and which nobody is told to change.

/// Their names, as facts and tags may have them.
const PROTECTED: [&str; 22] = [
    "age",
    "sex",
    "gender",
    "marriage",
    "married",
    "marital_status",
    "faith",
    "religion",
    "race",
    "ethnicity",
    "nationality",
    "region",
    "native_place",
    "birthplace",
    "pregnant",
    "pregnancy",
    "disability",
    "orientation",
    "caste",
    "children",
    "minor",
    "education",
];

/// Whether a fact or a tag of this name is a protected trait: willingness and ability are never judged by it.
///
/// ```
/// assert!(arrears::policy::is_protected_trait("age"));
/// assert!(arrears::policy::is_protected_trait("tag_pregnant"));
/// assert!(!arrears::policy::is_protected_trait("income_evidence_age"));
/// ```
pub fn is_protected_trait(name: &str) -> bool {
    PROTECTED.contains(&name.strip_prefix("tag_").unwrap_or(name))
}
