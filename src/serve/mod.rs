//! Stage: the site while it is being written.
//!
//! In: each [`Bundle`](crate::publish::bundle::Bundle) as it is built or the
//! [`Report`](crate::diagnostic::Report) that says why it wasn't, and the
//! folders it is built from. Out: pages on a loopback address that reload
//! themselves or show what is wrong ([`Server`]), and a word when to build
//! again ([`watch()`]).

mod answer;
pub(crate) mod content_type;
mod faults;
mod mount;
mod own_page;
mod reload;
mod server;
mod watch;

pub use mount::names;
pub use server::{DEFAULT_PORT, Server};
pub use watch::{Changes, Watcher, watch};
