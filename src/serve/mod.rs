//! Stage: serve.
