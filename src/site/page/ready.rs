//! A part of a view that many makings of a page have in common.

use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::{Serialize, Serializer};

/// A view in the engine's own form, into which it is brought once; a copy of
/// it costs nothing. To a template it is the view.
#[derive(Debug)]
pub struct Ready<T> {
    value: tera::Value,
    of: PhantomData<fn() -> T>,
}

impl<T: Serialize> Ready<T> {
    /// Brings a view into that form.
    pub fn of(view: &T) -> Self {
        Ready {
            value: tera::Value::try_from_serializable(view).unwrap_or_else(|_| tera::Value::none()),
            of: PhantomData,
        }
    }
}

impl<T> Ready<T> {
    /// The text that it is; an empty one if it is something else.
    pub fn text(&self) -> &str {
        self.value.as_str().unwrap_or_default()
    }
}

impl<T> Default for Ready<Vec<T>> {
    fn default() -> Self {
        Ready {
            value: tera::Value::from(Vec::<tera::Value>::new()),
            of: PhantomData,
        }
    }
}

impl<T> Clone for Ready<T> {
    fn clone(&self) -> Self {
        Ready {
            value: self.value.clone(),
            of: PhantomData,
        }
    }
}

impl<T> Serialize for Ready<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// A view that others than templates look into, too.
#[derive(Debug, Default)]
pub struct Both<T> {
    view: T,
    /// Made for the first template that asks.
    ready: OnceLock<Ready<T>>,
}

impl<T: Serialize> Both<T> {
    /// The view for a template.
    pub fn ready(&self) -> Ready<T> {
        self.ready.get_or_init(|| Ready::of(&self.view)).clone()
    }
}

impl<T> From<T> for Both<T> {
    fn from(view: T) -> Self {
        Both {
            view,
            ready: OnceLock::new(),
        }
    }
}

impl<T> Deref for Both<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.view
    }
}
