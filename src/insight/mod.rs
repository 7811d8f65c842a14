//! Stage: insight.
