//! One view a page: what a template sees.
