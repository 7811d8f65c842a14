//! What is derived once and shared between what was derived before and now.

use std::ops::Deref;
use std::sync::Arc;

/// Something derived, by its address: two that are the very same one needn't be
/// looked into to be known as equal.
#[derive(Debug, Default)]
pub struct Shared<T>(Arc<T>);

impl<T> Shared<T> {
    /// Whether both are the very same one.
    pub fn is_same(&self, other: &Shared<T>) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: PartialEq> Shared<T> {
    /// The former one if this equals it, so that both are the same from now on.
    pub(super) fn or_former(self, former: Option<&Shared<T>>) -> Self {
        let former = former.filter(|former| self == **former);
        former.cloned().unwrap_or(self)
    }
}

impl<T> From<T> for Shared<T> {
    fn from(derived: T) -> Self {
        Shared(Arc::new(derived))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Shared(Arc::clone(&self.0))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: PartialEq> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other) || **self == **other
    }
}
