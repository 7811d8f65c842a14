//! Stage: engagement.
