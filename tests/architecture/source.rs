//! A Rust source file as tokens: its place in the module tree and the lines
//! that its tokens stand on.
//!
//! Tokens and not a syntax tree, because the arguments of a macro are tokens
//! in either: so `crate::x` in a `format!` is seen as it is everywhere else,
//! and what stands in a comment or a string is not.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// A source file.
pub struct Source {
    /// Its path for messages: `src/source/month.rs`.
    pub path: String,
    /// The module that it is: `["source", "month"]`; the crate's root is empty.
    pub module: Vec<String>,
    /// Its text.
    pub text: String,
    /// The text's tokens.
    pub tokens: Vec<TokenTree>,
}

impl Source {
    /// Reads made-up or real text under a path that begins with `src/`.
    pub fn new(path: &str, text: &str) -> Self {
        let tokens: TokenStream = text
            .parse()
            .unwrap_or_else(|error| panic!("{path} is not made of Rust's tokens: {error}"));
        Source {
            path: path.to_owned(),
            module: module_of(path),
            text: text.to_owned(),
            tokens: tokens.into_iter().collect(),
        }
    }

    /// Whether it is `lib.rs` or `main.rs`, which stand outside the stages.
    pub fn is_root(&self) -> bool {
        self.module.is_empty()
    }

    /// Its tokens without the items that only tests are built with, and the
    /// modules in files of their own that are such items.
    pub fn outside_tests(&self) -> (Vec<TokenTree>, BTreeSet<Vec<String>>) {
        let mut test_modules = BTreeSet::new();
        let tokens = strip_tests(&self.tokens, &mut self.module.clone(), &mut test_modules);
        (tokens, test_modules)
    }
}

/// Whether a name stands among tokens, at any depth.
pub fn names(trees: &[TokenTree], name: &str) -> bool {
    trees.iter().any(|tree| match tree {
        TokenTree::Ident(ident) => *ident == name,
        TokenTree::Group(group) => names(&within(group), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// Every source file below `src/`, ordered by path.
pub fn all() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Vec::new();
    for entry in walkdir::WalkDir::new(root.join("src")).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry
            .path()
            .extension()
            .is_some_and(|ending| ending == "rs")
        {
            let below = entry.path().strip_prefix(root).unwrap().to_str().unwrap();
            let text = fs::read_to_string(entry.path()).unwrap();
            sources.push(Source::new(&below.replace('\\', "/"), &text));
        }
    }
    sources
}

fn module_of(path: &str) -> Vec<String> {
    let below = path
        .strip_prefix("src/")
        .unwrap()
        .strip_suffix(".rs")
        .unwrap();
    let mut module: Vec<String> = below.split('/').map(ToOwned::to_owned).collect();
    if matches!(&*module[module.len() - 1], "mod" | "lib" | "main") {
        module.pop();
    }
    module
}

/// The identifier that a token is, if it is one.
pub fn ident(tree: Option<&TokenTree>) -> Option<String> {
    match tree {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
        _ => None,
    }
}

/// Whether a token is this mark.
pub fn is_punct(tree: Option<&TokenTree>, mark: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

/// Whether a `::` stands at this place.
pub fn is_separator(trees: &[TokenTree], at: usize) -> bool {
    is_punct(trees.get(at), ':') && is_punct(trees.get(at + 1), ':')
}

/// The group of this kind that a token is, if it is one.
pub fn group(tree: Option<&TokenTree>, delimiter: Delimiter) -> Option<&Group> {
    match tree {
        Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group),
        _ => None,
    }
}

/// The tokens within a group.
pub fn within(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

/// The attribute that begins at this place, without its brackets, and the
/// place behind it.
pub fn attribute(trees: &[TokenTree], at: usize) -> Option<(String, usize)> {
    if !is_punct(trees.get(at), '#') {
        return None;
    }
    let open = at + 1 + usize::from(is_punct(trees.get(at + 1), '!'));
    let brackets = group(trees.get(open), Delimiter::Bracket)?;
    let text = brackets.stream().to_string();
    Some((text.split_whitespace().collect(), open + 1))
}

fn strip_tests(
    trees: &[TokenTree],
    module: &mut Vec<String>,
    test_modules: &mut BTreeSet<Vec<String>>,
) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < trees.len() {
        if let Some((text, behind)) = attribute(trees, at) {
            if is_for_tests(&text) {
                at = behind_item(trees, behind, module, test_modules);
                continue;
            }
            // Documentation is an attribute to the compiler; here it is prose.
            if !text.starts_with("doc=") {
                kept.extend_from_slice(&trees[at..behind]);
            }
            at = behind;
            continue;
        }
        let TokenTree::Group(group) = &trees[at] else {
            kept.push(trees[at].clone());
            at += 1;
            continue;
        };
        let name = (at >= 2 && ident(trees.get(at - 2)).as_deref() == Some("mod"))
            .then(|| ident(trees.get(at - 1)))
            .flatten();
        module.extend(name.clone());
        let inner = strip_tests(&within(group), module, test_modules);
        if name.is_some() {
            module.pop();
        }
        let mut stripped = Group::new(group.delimiter(), inner.into_iter().collect());
        stripped.set_span(group.span());
        kept.push(TokenTree::Group(stripped));
        at += 1;
    }
    kept
}

fn is_for_tests(attribute: &str) -> bool {
    attribute == "cfg(test)" || attribute == "test" || attribute.starts_with("cfg(all(test,")
}

/// The place behind the item that begins here.
fn behind_item(
    trees: &[TokenTree],
    mut at: usize,
    module: &[String],
    test_modules: &mut BTreeSet<Vec<String>>,
) -> usize {
    while let Some((_, behind)) = attribute(trees, at) {
        at = behind;
    }
    // A `use` has braces before its end; any other item ends with them.
    let mut is_use = false;
    while at < trees.len() {
        match ident(trees.get(at)).as_deref() {
            Some("use") => is_use = true,
            Some("mod") if is_punct(trees.get(at + 2), ';') => {
                let name = ident(trees.get(at + 1)).unwrap();
                test_modules.insert(module.iter().cloned().chain([name]).collect());
            }
            _ => {}
        }
        let ends = is_punct(trees.get(at), ';')
            || (!is_use && group(trees.get(at), Delimiter::Brace).is_some());
        at += 1;
        if ends {
            break;
        }
    }
    at
}
