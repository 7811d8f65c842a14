//! Where the paths of a source file lead, and whether that is to the left.

use proc_macro2::{Delimiter, TokenTree};

use crate::source::{Source, attribute, group, ident, is_punct, is_separator, within};

/// The pipeline's stages in order. `diagnostic` stands first: every stage may
/// report, and a report knows no stage.
pub const STAGES: [&str; 9] = [
    "diagnostic",
    "source",
    "engagement",
    "insight",
    "scaffold",
    "site",
    "publish",
    "serve",
    "command",
];

/// A path that a source file follows.
pub struct Reach {
    /// The module or item from the crate's root.
    pub target: Vec<String>,
    /// The line on which the path begins.
    pub line: usize,
}

/// Everything in a source file that leads to a stage on its right, or that
/// would let it without this test seeing it: `file:line: what is wrong`.
pub fn violations(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    if source.is_root() {
        return found;
    }
    let stage = &*source.module[0];
    let Some(own) = rank(stage) else {
        return vec![format!(
            "{}:1: `{stage}` is not a stage: {}",
            source.path,
            STAGES.join(", ")
        )];
    };
    for Reach { target, line } in reaches(source) {
        let place = format!("{}:{line}", source.path);
        let shown = ["crate"]
            .into_iter()
            .chain(target.iter().map(String::as_str));
        let shown = shown.collect::<Vec<_>>().join("::");
        match target.first().map(|first| (first, rank(first))) {
            None => found.push(format!(
                "{place}: `{shown}` as a whole leads to every stage; name one"
            )),
            Some((first, None)) => {
                found.push(format!(
                    "{place}: `{shown}` leads to `{first}`, which is not a stage"
                ));
            }
            Some((first, Some(rank))) if rank > own => {
                found.push(format!(
                    "{place}: `{shown}` leads from {stage} to {first}, a later stage"
                ));
            }
            Some(_) => {}
        }
    }
    let mut ways_round = Vec::new();
    find_ways_round(&source.tokens, &mut ways_round);
    for (line, what) in ways_round {
        found.push(format!("{}:{line}: {what}", source.path));
    }
    found
}

/// Every path that begins with `crate`, `super` or `self`, with `use` trees
/// taken apart.
pub fn reaches(source: &Source) -> Vec<Reach> {
    let mut walk = Walk {
        module: source.module.clone(),
        reaches: Vec::new(),
    };
    walk.trees(&source.tokens, false);
    walk.reaches
}

fn rank(stage: &str) -> Option<usize> {
    STAGES.iter().position(|known| *known == stage)
}

struct Walk {
    /// The module that the walk is in.
    module: Vec<String>,
    reaches: Vec<Reach>,
}

impl Walk {
    fn trees(&mut self, trees: &[TokenTree], within_use: bool) {
        let mut in_use = within_use;
        let mut at = 0;
        while at < trees.len() {
            let word = ident(trees.get(at));
            match word.as_deref() {
                // `use<'a>` says what a return type captures; it imports nothing.
                Some("use") => in_use = !is_punct(trees.get(at + 1), '<'),
                Some("mod") => {
                    if let Some(body) = group(trees.get(at + 2), Delimiter::Brace) {
                        self.module.extend(ident(trees.get(at + 1)));
                        self.trees(&within(body), false);
                        self.module.pop();
                        at += 3;
                        continue;
                    }
                }
                Some("crate" | "super" | "self") if at < 2 || !is_separator(trees, at - 2) => {
                    let line = trees[at].span().start().line;
                    at = self.path(trees, at, self.module.clone(), line, in_use);
                    continue;
                }
                _ => {}
            }
            if is_punct(trees.get(at), ';') {
                in_use = within_use;
            }
            if let TokenTree::Group(group) = &trees[at] {
                self.trees(&within(group), in_use);
            }
            at += 1;
        }
    }

    /// Follows a path from a module on and returns the place behind it.
    fn path(
        &mut self,
        trees: &[TokenTree],
        mut at: usize,
        mut target: Vec<String>,
        line: usize,
        mut is_path: bool,
    ) -> usize {
        while let Some(word) = ident(trees.get(at)) {
            match &*word {
                "crate" => target.clear(),
                "self" => {}
                "super" => {
                    target.pop();
                }
                _ => target.push(word),
            }
            at += 1;
            if !is_separator(trees, at) {
                break;
            }
            is_path = true;
            at += 2;
        }
        if at >= 1
            && is_punct(trees.get(at - 1), ':')
            && let Some(branches) = group(trees.get(at), Delimiter::Brace)
        {
            for branch in within(branches).split(|tree| is_punct(Some(tree), ',')) {
                if let Some(first) = branch.first() {
                    self.path(branch, 0, target.clone(), first.span().start().line, true);
                }
            }
            return at + 1;
        }
        // A lone `self` is a value, a lone `crate` in brackets a visibility.
        if is_path {
            self.reaches.push(Reach { target, line });
        }
        at
    }
}

/// What would bring in another stage's code under a name or from a place that
/// the paths don't show.
fn find_ways_round(trees: &[TokenTree], found: &mut Vec<(usize, &'static str)>) {
    for (at, tree) in trees.iter().enumerate() {
        let line = tree.span().start().line;
        match ident(Some(tree)).as_deref() {
            Some("extern") if ident(trees.get(at + 1)).as_deref() == Some("crate") => {
                found.push((line, "`extern crate` gives the crate a second name"));
            }
            Some("include") if is_punct(trees.get(at + 1), '!') => {
                found.push((line, "`include!` takes in code from another place"));
            }
            _ => {}
        }
        if attribute(trees, at).is_some_and(|(text, _)| text.starts_with("path=")) {
            found.push((line, "`#[path]` takes in a module from another place"));
        }
        if let TokenTree::Group(group) = tree {
            find_ways_round(&within(group), found);
        }
    }
}
