//! Stage: the site while it is being written.
//!
//! In: each [`Bundle`](crate::publish::bundle::Bundle) as it is built, and the
//! folders it is built from. Out: pages on a loopback address that reload
//! themselves ([`Server`]), and a word when to build again ([`watch()`]).

mod answer;
pub(crate) mod content_type;
mod reload;
mod server;
mod watch;

pub use reload::with_reload;
pub use server::{DEFAULT_PORT, Server};
pub use watch::{Changes, Watcher, watch};
