//! A free page: prose from `content/pages/`.

use serde::Serialize;

use super::Markup;
use super::frame::Frame;

/// What `page.html` sees.
#[derive(Clone, Debug, Serialize)]
pub struct FreePage {
    /// Head, masthead, strip, headline and footer.
    pub frame: Frame,
    /// The page's prose.
    pub prose: Markup,
}
