//! One view a page: what a template sees.

pub mod view;
