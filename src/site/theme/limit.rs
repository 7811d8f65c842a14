//! How much a theme's own templates may do for one page.
//!
//! Each page in which a theme's own templates have a part is filled in twice:
//! first by copies that count (`counted.rs`) and whose page nobody sees, then, if
//! those came to an end within the limit, by the templates themselves, which do no
//! more. So what is published is the engine's own work, and what it says of a fault
//! is of the template as it was written. Steps are counted, never time: the same
//! theme is refused everywhere or nowhere.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Range;

use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::counted::{BYTE, Counted, PREFIX};
use super::written::Written;

/// What is filled in as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// A page.
    Page,
    /// A part of which a page has a few.
    Section,
    /// A part of which a page has hundreds.
    Row,
}

impl Extent {
    /// How many steps it may take, whatever it holds.
    pub(super) const fn steps(self) -> usize {
        match self {
            Extent::Page => 128_000_000,
            Extent::Section => 32_000_000,
            Extent::Row => 125_000,
        }
    }

    /// What a theme's author calls it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Extent::Page => "page",
            Extent::Section => "section",
            Extent::Row => "row",
        }
    }
}

/// How many more it may take for each that it takes to read all it is given
/// once.
pub(super) const TIMES: usize = 16;

/// How deep lists may hold one another.
const DEEPEST: usize = 64;

/// What a value costs that is read, besides its text.
const VALUE: usize = 64;

/// What is said of a template that the limit stopped; nothing else says it.
const OVER: &str = "the limit of steps";

/// The template that weighs what a page is given.
const GIVEN: &str = "given";

/// The engine's filters, each of which is counted.
const FILTERS: [&str; 37] = [
    "safe",
    "default",
    "upper",
    "lower",
    "wordcount",
    "escape",
    "escape_html",
    "escape_xml",
    "newlines_to_br",
    "pluralize",
    "trim",
    "trim_start",
    "trim_end",
    "replace",
    "capitalize",
    "title",
    "truncate",
    "indent",
    "str",
    "int",
    "float",
    "length",
    "reverse",
    "split",
    "abs",
    "round",
    "first",
    "last",
    "nth",
    "join",
    "sort",
    "unique",
    "get",
    "values",
    "keys",
    "pairs",
    "group_by",
];

thread_local! {
    /// The steps that are left to the page being filled in on this thread.
    static LEFT: Cell<usize> = const { Cell::new(0) };
}

/// The copies that count, compiled.
#[derive(Debug)]
pub(super) struct Limit {
    engine: Tera,
    copies: BTreeMap<String, Counted>,
}

/// Where the templates were when they had done too much, if it is known.
pub(super) type Place = Option<(String, Range<usize>)>;

impl Limit {
    /// # Errors
    ///
    /// What the engine can't read when it is counted: an expression of very
    /// many parts.
    pub(super) fn new(
        mut engine: Tera,
        templates: &BTreeMap<String, String>,
    ) -> Result<Self, Place> {
        let copies: BTreeMap<String, Counted> = templates
            .iter()
            .map(|(name, text)| (name.clone(), Counted::of(text)))
            .collect();
        add_counts(&mut engine);
        let texts = copies.iter().map(|(name, copy)| (&**name, &*copy.text));
        let given = (GIVEN, "{{ __tera_context | given }}");
        let added = engine.add_raw_templates(texts.chain([given]));
        let limit = Limit { engine, copies };
        match added {
            Ok(()) => Ok(limit),
            Err(error) => Err(limit.place(&error)),
        }
    }

    /// Fills a page in as far as the limit reaches: so many steps, and some for
    /// what it is given. What is wrong besides is said when it is filled in
    /// again.
    ///
    /// # Errors
    ///
    /// Where it was when there were too many steps.
    pub(super) fn keeps(
        &self,
        template: &str,
        context: &Context,
        steps: usize,
    ) -> Result<(), Place> {
        LEFT.set(usize::MAX);
        let filled = |template| {
            let page = &mut Written::measured();
            self.engine.render_to(template, context, page)
        };
        let made = filled(GIVEN).and_then(|()| {
            LEFT.set(LEFT.get().saturating_add(steps));
            filled(template)
        });
        match made {
            Err(error) if LEFT.get() == 0 => Err(self.place(&error)),
            _ => Ok(()),
        }
    }

    fn place(&self, error: &tera::Error) -> Place {
        let (ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report)) = error.kind()
        else {
            return None;
        };
        let copy = self.copies.get(report.filename())?;
        let place = copy.place(report.span().range.start);
        Some((report.filename().to_owned(), place))
    }
}

/// Takes steps from those that are left.
fn take(steps: usize) -> TeraResult<()> {
    let left = LEFT.get().saturating_sub(steps);
    LEFT.set(left);
    if left > 0 {
        Ok(())
    } else {
        Err(tera::Error::message(OVER))
    }
}

/// Takes what it costs to read a value whole.
fn read(value: &Value, depth: usize) -> TeraResult<()> {
    if depth > DEEPEST {
        return take(usize::MAX);
    }
    if let Some(text) = value.as_str() {
        take(VALUE + text.len() * BYTE)
    } else if let Some(list) = value.as_array() {
        take(VALUE)?;
        list.iter().try_for_each(|value| read(value, depth + 1))
    } else if let Some(map) = value.as_map() {
        take(VALUE)?;
        map.iter().try_for_each(|(key, value)| {
            take(key.as_str().map_or(0, str::len) * BYTE)?;
            read(value, depth + 1)
        })
    } else {
        take(VALUE + value.as_bytes().map_or(0, <[u8]>::len) * BYTE)
    }
}

fn add_counts(engine: &mut Tera) {
    engine.register_filter("steps", |steps: usize, _: Kwargs, _: &State| {
        take(steps).map(|()| "")
    });
    engine.register_filter("counted", |value: Value, _: Kwargs, _: &State| {
        read(&value, 0).map(|()| value)
    });
    engine.register_filter("gone_through", |value: Value, _: Kwargs, _: &State| {
        take(VALUE + value.len().unwrap_or(0) * VALUE).map(|()| value)
    });
    engine.register_filter("given", |value: Value, _: Kwargs, _: &State| {
        read(&value, 0).map(|()| {
            let given = usize::MAX - LEFT.get();
            LEFT.set(given.saturating_mul(TIMES));
            ""
        })
    });
    engine.register_function("range", |arguments: Kwargs, state: &State| {
        let numbers = super::template::range(arguments, state)?;
        take(VALUE * numbers.len()).map(|()| numbers)
    });
    for filter in FILTERS {
        let name = format!("{PREFIX}{filter}");
        engine.register_filter(
            name,
            move |value: Value, arguments: Kwargs, state: &State| {
                take(grown(filter, &value, &arguments))?;
                let made = state.call_filter(filter, &value, arguments)?;
                read(&made, 0).map(|()| made)
            },
        );
    }
}

/// What it costs to make what a filter makes, where that can be far more than
/// it is given.
fn grown(filter: &str, value: &Value, arguments: &Kwargs) -> usize {
    let length = |name: &str| {
        let given = arguments.get::<&str>(name);
        given.ok().flatten().map_or(0, str::len)
    };
    let text = value.as_str().unwrap_or_default();
    let count = value.len().unwrap_or(0);
    let found = |name: &str| {
        let given = arguments.get::<&str>(name).ok().flatten();
        given.map_or(0, |given| text.matches(given).count())
    };
    match filter {
        "replace" => found("from").saturating_mul(length("to")) * BYTE,
        "split" => found("pat") * VALUE,
        "join" => count.saturating_mul(length("sep")) * BYTE,
        "indent" => {
            let width = arguments.get::<usize>("width").ok().flatten();
            let width = width.unwrap_or(4).min(1000) * length("indentation").max(1);
            text.lines().count() * width * BYTE
        }
        // Each is held against all before it.
        "unique" => count.saturating_mul(count) * 8,
        _ => 0,
    }
}
