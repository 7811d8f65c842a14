#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::field::{Field, Id, List};
#[cfg(test)]
use crate::source::schema::sealed_for_somebody;

/// No output: what isn't below the site's root, and what an author writes.
#[cfg(test)]
const NOT_AN_OUTPUT: &str =
    r"(^\s*|[/\\])\.{0,2}([/\\]|\s*$)|^\s*(content|themes|src|\.git)([/\\]|\s*$)";

/// `site.toml`: how the site is made, as opposed to what it says.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
pub struct SettingsFile {
    /// What stands beside the firm's name on each page.
    pub title: Field<String>,
    /// Where the site will be served, for links in messages.
    #[cfg_attr(test, schemars(extend("type" = "string", "pattern" = r"^\s*https?://")))]
    pub base_url: Field<String>,
    /// The theme's name: `default`, or a folder below `themes/`.
    pub theme: Field<String>,
    /// The folder that a build writes, from the site's root.
    #[cfg_attr(test, schemars(extend("allOf" = [{ "not": { "type": "string", "pattern": NOT_AN_OUTPUT } }])))]
    pub output: Field<String>,
    /// How the site is kept private.
    pub privacy: Field<PrivacyFile>,
    /// Where the board reads its memos.
    pub board: Field<BoardSettingsFile>,
}

/// The `[board]` table of `site.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
pub struct BoardSettingsFile {
    /// Where the board's tree will be served, if not with the site.
    #[cfg_attr(test, schemars(extend("type" = "string", "pattern" = r"^\s*https?://")))]
    pub base_url: Field<String>,
    /// The folder that `build --audience board` writes, from the site's root.
    #[cfg_attr(test, schemars(extend("allOf" = [{ "not": { "type": "string", "pattern": NOT_AN_OUTPUT } }])))]
    pub output: Field<String>,
}

/// The `[privacy]` table of `site.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(transform = sealed_for_somebody))]
pub struct PrivacyFile {
    /// Whether pages are encrypted for hosts without access control.
    pub seal: Field<bool>,
    /// Who of the leadership opens a sealed site, by a name of one's own.
    pub recipients: List<Id>,
    /// Who of the board opens its sealed memos.
    pub board_recipients: List<Id>,
    /// The hosts that serve the site behind access control.
    pub hosts: List<String>,
}
