//! A theme's templates, compiled.
//!
//! A theme's own templates are looked at one by one first (`look.rs`); those at
//! fault give way to the default's, that the rest can be judged in the same run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::{Kwargs, State, Tera, Value};

use super::engine::Engine;
use super::fault;
use super::limit::Limit;
use super::look::Look;
use super::sources::{Sources, defaults};
use super::tag::tags;
use crate::diagnostic::{Diagnostic, Report};

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
