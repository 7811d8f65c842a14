//! What only some places may do: write files, make URLs, read the clock, give
//! up.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenTree};

use crate::source::{Source, group, ident, is_punct, is_separator, within};

/// Where files may be written.
const WRITER: &str = "src/publish";

/// Where a page's file name may stand.
const URL_MAKERS: [&str; 4] = [
    "src/site/route.rs",
    // These find the page that a folder stands for, in a request and in a link;
    // they make no link.
    "src/serve/answer.rs",
    "src/publish/links.rs",
    // A frozen memo has the same name in the content as on the site.
    "src/source/classify.rs",
];

/// Names that do nothing but change what is on disk.
const WRITING: [&str; 14] = [
    "create_dir",
    "create_dir_all",
    "create_new",
    "remove_dir",
    "remove_dir_all",
    "remove_file",
    "hard_link",
    "set_permissions",
    "set_len",
    "DirBuilder",
    "OpenOptions",
    "NamedTempFile",
    "tempfile",
    "rustix",
];

/// What opens files part by part, which the standard library can't: it alone
/// asks the system itself, and opens nothing to write.
const OPENER: &str = "src/source/opening.rs";
const OPENS_TO_WRITE: [&str; 6] = ["WRONLY", "RDWR", "CREATE", "TRUNC", "APPEND", "TMPFILE"];

/// Names that change what is on disk where `fs::` or `File::` stands before
/// them; elsewhere they are everyday words.
const WRITING_OF: [(&str, &[&str]); 2] = [
    ("fs", &["write", "rename", "copy", "symlink"]),
    ("File", &["create", "options"]),
];

/// The stages that make a site from its content, which alone decides what is
/// in it: no clock.
const TIMELESS: [&str; 5] = ["diagnostic", "source", "engagement", "insight", "site"];

/// Names that read the clock or the machine's time zone.
const CLOCKS: [&str; 5] = ["SystemTime", "Instant", "UNIX_EPOCH", "Utc", "Local"];

/// Every line outside tests that does what its file may not.
pub fn faults(sources: &[Source]) -> Vec<String> {
    let stripped: Vec<_> = sources.iter().map(Source::outside_tests).collect();
    let test_modules: BTreeSet<&Vec<String>> = stripped
        .iter()
        .flat_map(|(_, test_modules)| test_modules)
        .collect();
    let mut found = Vec::new();
    for (source, (tokens, _)) in sources.iter().zip(&stripped) {
        let is_test = (1..=source.module.len())
            .any(|depth| test_modules.contains(&source.module[..depth].to_vec()));
        if !is_test {
            let mut look = Look {
                source,
                found: &mut found,
            };
            look.trees(tokens);
        }
    }
    found
}

struct Look<'a> {
    source: &'a Source,
    found: &'a mut Vec<String>,
}

impl Look<'_> {
    fn trees(&mut self, trees: &[TokenTree]) {
        for (at, tree) in trees.iter().enumerate() {
            self.writing(trees, at);
            self.clock(tree);
            self.page_name(tree);
            self.giving_up(trees, at);
            if let TokenTree::Group(group) = tree {
                self.trees(&within(group));
            }
        }
    }

    fn fault(&mut self, tree: &TokenTree, what: &str) {
        let line = tree.span().start().line;
        self.found
            .push(format!("{}:{line}: {what}", self.source.path));
    }

    fn writing(&mut self, trees: &[TokenTree], at: usize) {
        let Some(word) = ident(trees.get(at)) else {
            return;
        };
        let path = &self.source.path;
        if path.starts_with(&format!("{WRITER}/")) || *path == format!("{WRITER}.rs") {
            return;
        }
        let mut writes = if path == OPENER && word == "rustix" {
            false
        } else {
            WRITING.contains(&&*word) || (path == OPENER && OPENS_TO_WRITE.contains(&&*word))
        };
        for (holder, names) in WRITING_OF {
            if word == holder && is_separator(trees, at + 1) {
                let next = trees.get(at + 3);
                let words = match group(next, Delimiter::Brace) {
                    Some(branches) => within(branches),
                    None => next.into_iter().cloned().collect(),
                };
                let names_one =
                    |tree| ident(Some(tree)).is_some_and(|word| names.contains(&&*word));
                writes |= words.iter().any(names_one);
            }
        }
        if writes {
            self.fault(
                &trees[at],
                &format!("`{word}`: only {WRITER} changes what is on disk"),
            );
        }
    }

    fn clock(&mut self, tree: &TokenTree) {
        let Some(word) = ident(Some(tree)) else {
            return;
        };
        let stage = self.source.module.first().map_or("", String::as_str);
        if CLOCKS.contains(&&*word) && TIMELESS.contains(&stage) {
            self.fault(
                tree,
                &format!("`{word}`: one content makes one site, whatever the time"),
            );
        }
    }

    fn page_name(&mut self, tree: &TokenTree) {
        let TokenTree::Literal(literal) = tree else {
            return;
        };
        if literal.to_string().contains("index.html") && !URL_MAKERS.contains(&&*self.source.path) {
            self.fault(
                tree,
                "a page's file name: ask `Route` for its path or a link to it",
            );
        }
    }

    /// A panic in a build is a fault of ours that an author has to live with:
    /// whoever writes one says why it can't happen.
    fn giving_up(&mut self, trees: &[TokenTree], at: usize) {
        let Some(word) = ident(trees.get(at)) else {
            return;
        };
        let next = trees.get(at + 1);
        let is_method = at > 0 && is_punct(trees.get(at - 1), '.');
        let arguments = group(next, Delimiter::Parenthesis);
        let gives_up = match &*word {
            "unwrap" | "unwrap_err" => {
                is_method && arguments.is_some_and(|list| list.stream().is_empty())
            }
            "expect" | "expect_err" => is_method && arguments.is_some(),
            "panic" | "todo" | "unimplemented" => is_punct(next, '!'),
            _ => false,
        };
        if gives_up && !self.has_reason(trees[at].span().start().line) {
            self.fault(
                &trees[at],
                &format!("`{word}` without a comment that says why it can't happen"),
            );
        }
    }

    /// Whether a comment stands on a line, counted from 1, or on the one
    /// before it.
    fn has_reason(&self, line: usize) -> bool {
        let text = |line: usize| self.source.text.lines().nth(line - 1).unwrap_or_default();
        text(line).contains("// ") || (line > 1 && text(line - 1).trim_start().starts_with("// "))
    }
}
