//! The parts of a site that are made as one, and taken over from a former site
//! where every question asked for them has its former answer.

use std::any::Any;
use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::asked::{Question, Questions};
use super::{Context, Known};
use crate::engagement::kpi::Kpi;
use crate::site::export::Entry;
use crate::site::route::Route;
use crate::source::month::Month;

/// A part of a site that is made, or kept, as one. Its name and the answers to
/// its questions are all that it is made from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::site) enum Part {
    /// A page that every site has.
    Standing(Route),
    /// The page of all KPIs, which shows what each one's does.
    Kpis,
    /// A KPI's own page, and what the page of all shows of it.
    Kpi(Kpi),
    /// A KPI at a glance, on the overview.
    Column(Kpi),
    /// A month's session: its page, and the one for the projector.
    Month(Month),
    /// A month's decisions, to print.
    MonthDecisions(Month),
    /// What a month's telemetry tells, in rows.
    Reported(Month),
    /// The programme's pages.
    Programme,
    /// A page of its own, by its slug.
    FreePage(String),
    /// What is found of a month.
    Found(Month),
    /// What is found of another kind.
    Places(&'static str),
    /// The words of the search, with their numbers.
    Words,
    /// An export, by its name.
    Export(&'static str),
    /// What is kept of one by itself.
    Exported(Entry),
}

/// Where the parts of one site are made, or taken over from a former one.
#[derive(Debug, Default)]
pub(in crate::site) struct Workshop<'c> {
    /// The parts of the former site, if they can be used.
    former: Option<&'c Parts>,
    /// Whether the parts will be asked for when another site is made.
    keeps: bool,
    parts: Mutex<Parts>,
    /// Whether each of the former questions has its former answer.
    same: Vec<bool>,
}

/// The parts of a site that was made.
#[derive(Debug, Default)]
pub(in crate::site) struct Parts {
    made: HashMap<Part, Kept>,
    /// Every question that was asked for this site or one before.
    questions: Arc<Mutex<Questions>>,
}

#[cfg(test)]
impl Parts {
    /// Whether a part is among them.
    pub(in crate::site) fn hold(&self, part: &Part) -> bool {
        self.made.contains_key(part)
    }

    /// Where a part lies, by which the very same one is known.
    pub(in crate::site) fn place(&self, part: &Part) -> Option<*const ()> {
        let kept = self.made.get(part)?;
        Some(Arc::as_ptr(&kept.made).cast())
    }
}

/// A part with the numbers of the questions that were asked to make it, and the
/// parts that it shows.
#[derive(Clone, Debug)]
struct Kept {
    asked: Arc<[u32]>,
    shown: Arc<[Part]>,
    made: Arc<dyn Any + Send + Sync>,
}

/// The questions asked for a part, and the parts that it shows.
#[derive(Debug, Default)]
pub(super) struct Noted {
    asked: Mutex<HashSet<Question>>,
    shown: Mutex<HashSet<Part>>,
}

impl Noted {
    /// Notes a question.
    pub(super) fn note(&self, question: Question) {
        locked(&self.asked).insert(question);
    }
}

impl Context<'_> {
    /// A part of the site: the former, if it would be made the same again.
    pub(in crate::site) fn part<T: Send + Sync + 'static>(
        self,
        part: Part,
        make: impl FnOnce(Context<'_>) -> T,
    ) -> Arc<T> {
        let made: Result<Arc<T>, Infallible> = self.try_part(part, |context| Ok(make(context)));
        match made {
            Ok(made) => made,
            Err(never) => match never {},
        }
    }

    /// The same where it may fail.
    pub(in crate::site) fn try_part<T: Send + Sync + 'static, E>(
        self,
        part: Part,
        make: impl FnOnce(Context<'_>) -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        if !self.workshop.keeps {
            return make(self).map(Arc::new);
        }
        if let Some(noted) = self.noted {
            locked(&noted.shown).insert(part.clone());
        }
        let former = self.workshop.former(&part);
        if let Some(Ok(made)) = former.map(|kept| Arc::clone(&kept.made).downcast::<T>()) {
            self.workshop.take_over(&part);
            return Ok(made);
        }
        let noted = Noted::default();
        let made = Arc::new(make(Context {
            noted: Some(&noted),
            ..self
        })?);
        let kept = Arc::clone(&made) as Arc<dyn Any + Send + Sync>;
        self.workshop.keep(part, kept, noted);
        Ok(made)
    }
}

impl<'c> Workshop<'c> {
    /// One that keeps what it makes now, and takes over what is still the same of
    /// a former site.
    pub(in crate::site) fn keeping(former: Option<(Known<'_>, &'c Parts)>, now: Known<'_>) -> Self {
        let questions = former.map(|(_, parts)| Arc::clone(&parts.questions));
        let questions = questions.unwrap_or_default();
        let same = former.map_or_else(Vec::new, |(before, _)| {
            // Nobody else has a question as long as nothing is made.
            locked(&questions).answered_alike(before, now)
        });
        Workshop {
            former: former.map(|(_, parts)| parts),
            keeps: true,
            same,
            parts: Mutex::new(Parts {
                made: HashMap::new(),
                questions,
            }),
        }
    }

    /// What was made or taken over.
    pub(in crate::site) fn into_parts(self) -> Parts {
        self.parts
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// A former part, if every question asked for it has its former answer.
    fn former(&self, part: &Part) -> Option<&'c Kept> {
        let kept = self.former?.made.get(part)?;
        let mut asked = kept.asked.iter().map(|number| *number as usize);
        let is_same = asked.all(|number| self.same.get(number) == Some(&true))
            && kept.shown.iter().all(|shown| self.former(shown).is_some());
        is_same.then_some(kept)
    }

    /// Takes a former part over with those that it shows: nobody asks for these,
    /// and the next time they are as good as they are now.
    fn take_over(&self, part: &Part) {
        let mut parts = locked(&self.parts);
        let mut taken = vec![part];
        while let Some(part) = taken.pop() {
            if let Some(kept) = self.former.and_then(|former| former.made.get(part)) {
                taken.extend(kept.shown.iter());
                parts.made.insert(part.clone(), kept.clone());
            }
        }
    }

    /// Keeps a part that was made.
    fn keep(&self, part: Part, made: Arc<dyn Any + Send + Sync>, noted: Noted) {
        let asked = noted.asked.into_inner();
        let asked = asked.unwrap_or_else(PoisonError::into_inner);
        let shown = noted.shown.into_inner();
        let shown = shown.unwrap_or_else(PoisonError::into_inner);
        let mut parts = locked(&self.parts);
        let questions = Arc::clone(&parts.questions);
        let mut questions = locked(&questions);
        let kept = Kept {
            asked: asked.into_iter().map(|one| questions.number(one)).collect(),
            shown: shown.into_iter().collect(),
            made,
        };
        parts.made.insert(part, kept);
    }
}

/// What a thread that panicked left is as true as the rest: each entry is
/// whole before it is put there.
fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
