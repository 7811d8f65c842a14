//! Stage: what each page shows.

pub mod chart;
pub mod page;
pub mod route;
