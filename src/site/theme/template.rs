//! A theme's templates, compiled.
//!
//! Tera stops at the first template that it can't read, and doesn't say where
//! an include leads round in a circle. So a theme's own templates are looked
//! at one by one first; those at fault give way to the default's, that the
//! rest can be judged in the same run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::{ErrorKind, Kwargs, State, Tera, Value};

use super::PARTS;
use super::embedded;
use super::engine::Engine;
use super::fault;
use super::limit::Limit;
use super::sources::{Sources, defaults};
use super::tag::{Tag, blocks, tags};
use super::token;
use crate::diagnostic::{Diagnostic, Report, SourceFile, Span, nearest};

/// How deep templates may include one another.
const DEEPEST: usize = 16;

/// How many `elif` a template may hold: each nests within the former when it
/// is compiled.
const MOST_BRANCHES: usize = 200;

/// The most that one call of `range` gives.
const LONGEST_RANGE: usize = 1000;

/// Templates: the default's, and what a theme has of its own.
#[derive(Debug)]
pub(super) struct Compiled {
    default: &'static Engine,
    own: Option<Own>,
}

/// The default's templates with a theme's own in their place.
#[derive(Debug)]
pub(super) struct Own {
    pub(super) engine: Tera,
    pub(super) limit: Limit,
    /// Those in which the theme's own have a part: all others write what the
    /// default's do.
    touched: BTreeSet<String>,
}

impl Compiled {
    /// What fills a template in, if a theme's own have a part in it.
    pub(super) fn own(&self, template: &str) -> Option<&Own> {
        let own = self.own.as_ref();
        own.filter(|own| own.touched.contains(template))
    }

    /// What fills a template in.
    pub(super) fn engine(&self, template: &str) -> &Tera {
        self.own(template)
            .map_or_else(|| self.default.of(template), |own| &own.engine)
    }
}

/// Compiles the default's templates with a theme's own in their place.
/// Returns nothing if any is at fault; that is in the report.
pub(super) fn compiled(sources: &Sources, report: &mut Report) -> Option<Compiled> {
    let default = of_default(report)?;
    if sources.is_default() {
        return Some(Compiled { default, own: None });
    }
    let own = of_its_own(sources, report)?;
    Some(Compiled {
        default,
        own: Some(own),
    })
}

fn of_its_own(sources: &Sources, report: &mut Report) -> Option<Own> {
    let mut merged = sources.merged();
    let mut faults = Report::default();
    let look = Look::new(sources, &merged);
    let faulty: BTreeSet<String> = sources
        .own
        .iter()
        .filter(|(name, file)| look.finds(name, file, &mut faults))
        .map(|(name, _)| name.clone())
        .collect();
    let touched = look.touched();
    let mut defaults = defaults();
    for name in &faulty {
        merged.insert(name.clone(), defaults.remove(name).unwrap_or_default());
    }
    let mut tera = empty();
    if let Err(error) = tera.add_raw_templates(&merged) {
        for fault in fault::faults("templates", &error, &sources.without(&faulty)) {
            // What a template at fault would have brought isn't missed.
            if !sources.promised(&faulty, &fault) {
                faults.push(fault);
            }
        }
        if !faults.has_errors() {
            return None;
        }
    }
    let mut limit = None;
    if !faults.has_errors() {
        match Limit::new(empty(), &merged) {
            Ok(made) => limit = Some(made),
            Err(place) => faults.push(fault::of_many_parts(place, sources)),
        }
    }
    report.append(faults);
    // There is none if there was a fault.
    Some(Own {
        engine: tera,
        limit: limit?,
        touched,
    })
}

/// The default's templates alone, which nobody needs to limit.
fn of_default(report: &mut Report) -> Option<&'static Engine> {
    match Engine::of_default() {
        Ok(engine) => Some(engine),
        Err(error) => {
            let faults = fault::faults("templates", error, &Sources::default());
            for fault in faults {
                report.push(fault);
            }
            None
        }
    }
}

/// An engine without templates, with the functions and filters that ours may call.
pub(super) fn empty() -> Tera {
    let mut tera = Tera::new();
    tera.register_function("range", range);
    tera.register_filter("group_by", group_by);
    tera
}

/// `group_by` in an order that is always the same; the engine's is by chance.
#[expect(
    clippy::needless_pass_by_value,
    reason = "this is how the engine calls a filter"
)]
fn group_by(list: Vec<Value>, arguments: Kwargs, _: &State) -> tera::TeraResult<Value> {
    let attribute: &str = arguments.must_get("attribute")?;
    let mut groups: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for value in list {
        let by = value.get_from_path(attribute).ok_or_else(|| {
            tera::Error::message(format!(
                "`group_by` finds no `{attribute}` in a {}",
                value.name()
            ))
        })?;
        if by.is_array() || by.is_map() {
            let message = format!("`group_by` can't group by a {}", by.name());
            return Err(tera::Error::message(message));
        }
        if !by.is_none() {
            let by = by.to_string();
            groups.entry(by).or_default().push(value);
        }
    }
    Ok(Value::from(groups))
}

/// `range` with an end in reach: a template only places what it is given.
#[expect(
    clippy::needless_pass_by_value,
    reason = "this is how the engine calls a function"
)]
pub(super) fn range(arguments: Kwargs, _: &State) -> tera::TeraResult<Vec<i64>> {
    let start: i64 = arguments.get("start")?.unwrap_or_default();
    let end: i64 = arguments.must_get("end")?;
    let step: i64 = arguments.get("step_by")?.unwrap_or(1);
    let step = usize::try_from(step).ok().filter(|step| *step > 0);
    let step = step.ok_or_else(|| tera::Error::message("`range` takes a `step_by` above 0"))?;
    let numbers: Vec<i64> = (start..end).step_by(step).take(LONGEST_RANGE + 1).collect();
    if numbers.len() > LONGEST_RANGE {
        return Err(tera::Error::message(format!(
            "`range` gives at most {LONGEST_RANGE} numbers"
        )));
    }
    Ok(numbers)
}

impl Sources {
    fn without(&self, faulty: &BTreeSet<String>) -> Sources {
        let own = self.own.iter().filter(|(name, _)| !faulty.contains(*name));
        Sources {
            own: own
                .map(|(name, file)| (name.clone(), Arc::clone(file)))
                .collect(),
        }
    }

    /// Whether a template at fault has the component that is missed.
    fn promised(&self, faulty: &BTreeSet<String>, fault: &Diagnostic) -> bool {
        let Some((_, rest)) = fault.message.split_once("there is no component `") else {
            return false;
        };
        let name = rest.trim_end_matches('`');
        faulty
            .iter()
            .filter_map(|own| self.own.get(own))
            .any(|file| {
                let tags = tags(&file.text);
                tags.iter()
                    .any(|tag| tag.keyword == "component" && tag.name == name)
            })
    }
}

/// All templates together, as one of a theme's own is held against them.
struct Look<'l> {
    own: &'l Sources,
    default: BTreeSet<String>,
    tags: BTreeMap<&'l str, Vec<Tag>>,
    texts: &'l BTreeMap<String, String>,
}

impl<'l> Look<'l> {
    fn new(own: &'l Sources, texts: &'l BTreeMap<String, String>) -> Self {
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
    fn touched(&self) -> BTreeSet<String> {
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
    fn finds(&self, name: &str, file: &Arc<SourceFile>, report: &mut Report) -> bool {
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
        let mut report = Report::default();
        let compiled = compiled(&sources, &mut report).unwrap();
        assert_eq!(report.render(false), "");
        compiled.own.unwrap().touched
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
