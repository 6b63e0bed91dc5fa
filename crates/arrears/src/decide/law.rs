//! Under which law a decision is made: chosen by the host, never by the policy.

use std::sync::Arc;

/// The law under which a decision is made.
///
/// Packs of guardrails are the host's to choose. A host that runs without any must say
/// why, and its reason is stamped on every decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Law {
    reason: Option<Arc<str>>,
}

/// A host that runs without guardrails must say why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the reason for deciding without law is empty: say in a few words why no guardrails apply")]
pub struct EmptyReason;

impl Law {
    /// No guardrails, for a reason.
    ///
    /// # Errors
    ///
    /// [`EmptyReason`] if the reason says nothing.
    ///
    /// ```
    /// use arrears::Law;
    /// assert_eq!(Law::none("backtest")?.stamp(), "none: backtest");
    /// assert!(Law::none("  ").is_err());
    /// # Ok::<(), arrears::EmptyReason>(())
    /// ```
    pub fn none(reason: &str) -> Result<Self, EmptyReason> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(EmptyReason);
        }
        Ok(Self { reason: Some(Arc::from(reason)) })
    }

    pub(crate) const fn unstated() -> Self {
        Self { reason: None }
    }

    /// What is stamped on a decision.
    pub fn stamp(&self) -> String {
        format!("none: {}", self.reason.as_deref().unwrap_or_default())
    }
}
