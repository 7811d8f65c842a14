//! Headlines that are derived: sentences by rule, each made true by what it
//! is derived from.
//!
//! A page's headline is the first of its [`Sentence`]s that holds. Each has a
//! name, says nothing where it doesn't hold, and is tried by a test that names
//! it, so that none can be false.

mod board;
mod chart;
mod kpi;
mod overview;
mod programme;
#[cfg(test)]
mod programme_tests;
mod session;
#[cfg(test)]
mod tests;

pub use board::board;
pub use chart::chart;
pub use kpi::kpi;
pub use overview::{overview, overview_deck, sessions, verdicts};
pub use programme::{meeting, programme};
pub use session::awaiting;
pub(in crate::site) use session::held;

/// A sentence that a headline may say.
pub(in crate::site) struct Sentence<T> {
    /// Its name.
    pub(in crate::site) name: &'static str,
    /// Its words, where it holds.
    pub(in crate::site) says: fn(T) -> Option<String>,
}

/// The first sentence that holds, with its name; nothing if none does.
pub(in crate::site) fn first<T: Copy>(
    sentences: &[Sentence<T>],
    about: T,
) -> Option<(&'static str, String)> {
    sentences
        .iter()
        .find_map(|sentence| Some((sentence.name, (sentence.says)(about)?)))
}
