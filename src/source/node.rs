//! A document's tree: what YAML and TOML are read into.

use crate::diagnostic::Span;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where the author wrote it.
    pub span: Span,
    /// What was written.
    pub value: Value,
}

/// What was written, before it is known what is meant.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// A word, number or text.
    Scalar {
        /// As written if plain, else without its quotes.
        text: String,
        /// Whether it stood without quotes, and so may be a number or a word
        /// such as `yes`.
        plain: bool,
    },
    /// A list.
    Seq(Vec<Node>),
    /// Names with values, in the author's order; a name may stand twice.
    Map(Vec<(Key, Node)>),
}

/// The name before a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// A scalar.
    node: Node,
}

impl Key {
    /// A name and where it stands.
    pub fn new(name: String, span: Span) -> Self {
        let value = Value::Scalar {
            text: name,
            plain: true,
        };
        Key {
            node: Node { span, value },
        }
    }

    /// The name.
    pub fn name(&self) -> &str {
        match &self.node.value {
            Value::Scalar { text, .. } => text,
            // Made of a name, it holds one.
            Value::Null | Value::Seq(_) | Value::Map(_) => "",
        }
    }

    /// Where it stands.
    pub fn span(&self) -> &Span {
        &self.node.span
    }

    /// The name as a value, for mappings whose names the author chooses.
    pub fn node(&self) -> &Node {
        &self.node
    }
}
