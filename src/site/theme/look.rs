//! A theme's own templates, each by itself, as the engine doesn't look at them.
//!
//! The engine stops at the first template that it can't read, and doesn't say where
//! an include leads round in a circle. What each is a part of is found here too.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::ErrorKind;

use super::PARTS;
use super::embedded;
use super::fault;
use super::sources::{Sources, defaults};
use super::tag::{Tag, blocks, tags};
use super::template::empty;
use super::token;
use crate::diagnostic::{Diagnostic, Report, SourceFile, Span, nearest};

/// How deep templates may include one another.
const DEEPEST: usize = 16;

/// How many `elif` a template may hold: each nests within the former when it
/// is compiled.
const MOST_BRANCHES: usize = 200;

/// All templates together, as one of a theme's own is held against them.
pub(super) struct Look<'l> {
    own: &'l Sources,
    default: BTreeSet<String>,
    tags: BTreeMap<&'l str, Vec<Tag>>,
    texts: &'l BTreeMap<String, String>,
}

impl<'l> Look<'l> {
    /// A theme's own among all templates' texts by their names.
    pub(super) fn new(own: &'l Sources, texts: &'l BTreeMap<String, String>) -> Self {
        let tagged = texts.iter().map(|(name, text)| (&**name, tags(text)));
        Look {
            own,
            default: defaults().into_keys().collect(),
            tags: tagged.collect(),
            texts,
        }
    }

    /// The theme's own templates, and all that they have a part in: by an include,
    /// as what is around a page, by a component, or by a part that is put in.
    pub(super) fn touched(&self) -> BTreeSet<String> {
        let mut touched: BTreeSet<String> = self.own.own.keys().cloned().collect();
        let mut open: Vec<String> = touched.iter().cloned().collect();
        while let Some(other) = open.pop() {
            for name in self.users(&other) {
                if touched.insert(name.to_owned()) {
                    open.push(name.to_owned());
                }
            }
        }
        touched
    }

    /// The templates that are made of another: that include it, extend it, call its
    /// components, those that it has and those of the default's, or show its parts.
    fn users(&self, of: &str) -> impl Iterator<Item = &'l str> {
        let default = embedded::template(of).map(|file| tags(&file.text));
        let default = default.iter().flatten();
        let components = self.tags.get(of).into_iter().flatten().chain(default);
        let calls = components.filter(|tag| tag.keyword == "component");
        let calls: Vec<String> = calls.map(|tag| format!("<{}", tag.name)).collect();
        let others = self.texts.iter().filter(move |(name, _)| *name != of);
        let users = others.filter(move |(name, text)| {
            let mut tags = self.tags[&***name].iter();
            tags.any(|tag| matches!(&*tag.keyword, "include" | "extends") && tag.name == of)
                || calls.iter().any(|call| text.contains(call))
                || PARTS.contains(&(name, of))
        });
        users.map(|(name, _)| &**name)
    }

    /// Whether a template of the theme's own is at fault by itself.
    pub(super) fn finds(&self, name: &str, file: &Arc<SourceFile>, report: &mut Report) -> bool {
        let mut faults: Vec<Diagnostic> = Vec::new();
        faults.extend(self.unused(name, file));
        let tags = self.tags.get(name).map_or(&[][..], Vec::as_slice);
        let branches = tags.iter().filter(|tag| tag.keyword == "elif");
        if let Some(tag) = branches.clone().nth(MOST_BRANCHES) {
            faults.push(at(
                file,
                tag,
                format!("the template `{name}` holds more than {MOST_BRANCHES} `elif`"),
                "say it in fewer",
            ));
        } else if let Err(error) = empty().add_raw_template(name, &file.text)
            && matches!(error.kind(), ErrorKind::SyntaxError(_))
        {
            faults.extend(fault::faults(name, &error, self.own));
        }
        for tag in tags {
            faults.extend(match &*tag.keyword {
                "include" | "extends" => self.leads_astray(name, file, tag),
                "component" => self.taken(name, file, tag),
                _ => None,
            });
        }
        faults.extend(self.nested(name, file, tags));
        faults.extend(of_the_engine(name, file));
        let found = !faults.is_empty();
        for fault in faults {
            report.push(fault);
        }
        found
    }

    /// A template that none other refers to: a misnamed one, as a rule.
    fn unused(&self, name: &str, file: &Arc<SourceFile>) -> Option<Diagnostic> {
        if self.default.contains(name) {
            return None;
        }
        if name.ends_with(".html") && self.users(name).next().is_some() {
            return None;
        }
        let message = if name.ends_with(".html") {
            format!("no template uses `{name}`")
        } else {
            format!("`{name}` can't be a template: its name doesn't end in `.html`")
        };
        let help = match self.meant(name) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`quarterdeck theme list` names the templates that a theme can replace; one of its own is included by another".to_owned(),
        };
        Some(
            Diagnostic::error("theme-file", message)
                .at(&Span::start_of(file), "")
                .help(help),
        )
    }

    /// The default's template that a name most likely means: one alike, or
    /// one of the same name in another folder.
    fn meant(&self, name: &str) -> Option<&str> {
        let known = || self.default.iter().map(String::as_str);
        let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let mut moved = known().filter(|known| last(known) == last(name));
        nearest(name, known()).or_else(|| moved.next().filter(|_| moved.next().is_none()))
    }

    /// An include that leads nowhere, or back to where it is.
    fn leads_astray(&self, name: &str, file: &Arc<SourceFile>, tag: &Tag) -> Option<Diagnostic> {
        if !self.texts.contains_key(&tag.name) {
            let known = self.texts.keys().map(String::as_str);
            let help = match nearest(&tag.name, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None if tag
                    .name
                    .rsplit('/')
                    .next()
                    .is_some_and(|last| last.starts_with('_')) =>
                {
                    "a file whose name begins with `_` is a draft and is never read".to_owned()
                }
                None => "a template is named by its path below templates/".to_owned(),
            };
            let message = format!(
                "the template `{name}` refers to `{}`, which isn't there",
                tag.name
            );
            return Some(at(file, tag, message, &help));
        }
        let mut way = vec![name.to_owned()];
        let mut passed = BTreeSet::new();
        let (start, _) = self.texts.get_key_value(&tag.name)?;
        if self.leads_back(&tag.keyword, start, name, &mut way, &mut passed) {
            let by = way[1..].join("`, then `");
            let message = if way.len() == 1 {
                format!(
                    "the template `{name}` {}s itself",
                    tag.keyword.trim_end_matches('s')
                )
            } else {
                format!("the template `{name}` comes back to itself by way of `{by}`")
            };
            return Some(at(
                file,
                tag,
                message,
                "it would never end: take the tag out of one of them",
            ));
        }
        if self.depth(&tag.name, &mut BTreeMap::new()) >= DEEPEST {
            let message = format!("templates include one another more than {DEEPEST} deep");
            return Some(at(
                file,
                tag,
                message,
                "put what is included in fewer files",
            ));
        }
        None
    }

    /// Whether `from` leads to `to` by tags of one keyword, and by which way.
    fn leads_back<'s>(
        &'s self,
        keyword: &str,
        from: &'s str,
        to: &str,
        way: &mut Vec<String>,
        passed: &mut BTreeSet<&'s str>,
    ) -> bool {
        if from == to {
            return true;
        }
        if !passed.insert(from) {
            return false;
        }
        way.push(from.to_owned());
        let onward = self.tags.get(from).into_iter().flatten();
        let mut onward = onward.filter(|tag| tag.keyword == keyword);
        if onward.any(|tag| self.leads_back(keyword, &tag.name, to, way, passed)) {
            return true;
        }
        way.pop();
        false
    }

    /// How deep a template's includes nest; a circle counts as the deepest.
    fn depth<'s>(&'s self, name: &'s str, known: &mut BTreeMap<&'s str, usize>) -> usize {
        if let Some(depth) = known.get(name) {
            return *depth;
        }
        // Until it is known: what comes back to it is no way down.
        known.insert(name, 0);
        let tags = self.tags.get(name).into_iter().flatten();
        let below = tags.filter(|tag| matches!(&*tag.keyword, "include" | "extends"));
        let below: Vec<&str> = below.map(|tag| &*tag.name).collect();
        let deepest = below.into_iter().map(|name| self.depth(name, known)).max();
        let depth = 1 + deepest.unwrap_or(0);
        known.insert(name, depth);
        depth
    }

    /// A component that another template has already.
    fn taken(&self, name: &str, file: &Arc<SourceFile>, tag: &Tag) -> Option<Diagnostic> {
        let mut others = self.tags.iter().filter(|(other, _)| **other != name);
        let (other, _) = others.find(|(_, tags)| {
            tags.iter()
                .any(|of| of.keyword == "component" && of.name == tag.name)
        })?;
        let message = format!(
            "the template `{name}` has a component `{}`, and so has `{other}`",
            tag.name
        );
        let help = format!("give it another name, or change it in the theme's own `{other}`");
        Some(at(file, tag, message, &help))
    }

    /// A block that a parent has, within another: by `super` it could come
    /// back to itself without end.
    fn nested(&self, name: &str, file: &Arc<SourceFile>, tags: &[Tag]) -> Option<Diagnostic> {
        let mut parents: Vec<&str> = Vec::new();
        let mut at_tags = tags;
        while let Some(parent) = at_tags.iter().find(|tag| tag.keyword == "extends")
            && !parents.contains(&&*parent.name)
            && let Some(above) = self.tags.get(&*parent.name)
        {
            parents.push(&parent.name);
            at_tags = above;
        }
        let in_parent = |block: &str| {
            let tags = parents.iter().flat_map(|parent| &self.tags[parent]);
            tags.into_iter()
                .any(|tag| tag.keyword == "block" && tag.name == block)
        };
        let (tag, _) = blocks(tags)
            .into_iter()
            .find(|(tag, within)| !within.is_empty() && in_parent(&tag.name))?;
        let message = format!(
            "the template `{name}` fills the block `{}` in within another block",
            tag.name
        );
        Some(at(
            file,
            tag,
            message,
            "put it beside the other block: a parent has it already",
        ))
    }
}

/// What the engine has for itself: all that is given at once, in an order by
/// chance.
fn of_the_engine(name: &str, file: &Arc<SourceFile>) -> Option<Diagnostic> {
    let pieces = token::pieces(&file.text);
    let mut tokens = pieces.iter().flat_map(|piece| &piece.tokens);
    let token = tokens.find(|token| token.text.starts_with("__tera_"))?;
    let message = format!(
        "the template `{name}` reads `{}`, which is the engine's own",
        token.text
    );
    let fault = Diagnostic::error("template", message)
        .at(&Span::new(file, token.range.clone()), "")
        .help("name what it needs: docs/themes.md says what each template is given");
    Some(fault)
}

fn at(file: &Arc<SourceFile>, tag: &Tag, message: String, help: &str) -> Diagnostic {
    Diagnostic::error("template", message)
        .at(&Span::new(file, tag.range.clone()), "")
        .help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a theme touches that has one of the default's as its own.
    fn touched(name: &str) -> BTreeSet<String> {
        let file = embedded::template(name).unwrap();
        let sources = Sources {
            own: BTreeMap::from([(name.to_owned(), file)]),
        };
        Look::new(&sources, &sources.merged()).touched()
    }

    #[test]
    fn a_template_touches_what_is_made_of_it() {
        for (name, expected) in [
            ("sessions.html", &["sessions.html"][..]),
            // Put in where they are shown.
            ("kpi-section.html", &["kpi-section.html", "kpis.html"]),
            ("search-row.html", &["search-row.html", "search.html"]),
            // Included, and included by what is.
            (
                "partials/attendance.html",
                &["partials/attendance.html", "session-held.html"],
            ),
            // Its components are its own.
            ("board-memo.html", &["board-memo.html"]),
        ] {
            let expected = expected.iter().map(|name| (*name).to_owned());
            assert_eq!(touched(name), expected.collect(), "{name}");
        }
        // Around every page but those that stand alone.
        let of_base = touched("base.html");
        let untouched = defaults()
            .into_keys()
            .filter(|name| !of_base.contains(name));
        let untouched = untouched.filter(|name| !name.starts_with("partials/"));
        let expected = [
            "board-memo",
            "components",
            "kpi-section",
            "sealed",
            "search-row",
        ];
        assert_eq!(
            untouched.collect::<Vec<_>>(),
            expected.map(|name| format!("{name}.html"))
        );
        // What calls a component, which may itself be included.
        let of_components = touched("components.html");
        for name in ["overview.html", "search-row.html", "partials/trust.html"] {
            assert!(of_components.contains(name), "{name}");
        }
    }
}
