//! Stage: what each page shows.

pub mod chart;
pub mod figure;
pub mod page;
pub mod prose;
pub mod route;
