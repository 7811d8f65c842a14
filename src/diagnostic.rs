//! Faults in the content.
