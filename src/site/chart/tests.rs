//! Whole charts, as a page gets them.
