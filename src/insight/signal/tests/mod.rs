//! Each signal just below, at and above its threshold, and on what wasn't
//! reported.

mod sample;
