//! What serde walks through: a field's value and place, the items of a list,
//! the entries of a mapping, a word of a fixed set.

use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::{Decoder, Fault};
use crate::diagnostic::Span;
use crate::source::node::{Key, Node};

/// A field's place, then its value, if it could be read: as the one entry of
/// a mapping, so that what reads places is there once.
pub(super) struct FieldParts<'de>(pub(super) Decoder<'de>);

impl<'de> MapAccess<'de> for FieldParts<'de> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Span { start, end, .. } = self.0.node.span;
        seed.deserialize(Range(start, end)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        seed.deserialize(self.0)
            .map_err(|fault| self.0.taken(fault))
    }
}

struct Range(usize, usize);

impl<'de> Deserializer<'de> for Range {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let ends = [self.0, self.1].into_iter();
        visitor.visit_seq(de::value::SeqDeserializer::<_, Fault>::new(ends))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

pub(super) struct Items<'de> {
    pub(super) decoder: Decoder<'de>,
    pub(super) items: std::slice::Iter<'de, Node>,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some(node) = self.items.next() else {
            return Ok(None);
        };
        seed.deserialize(Decoder {
            node,
            item: true,
            ..self.decoder
        })
        .map(Some)
    }
}

pub(super) struct Pairs<'de> {
    pub(super) decoder: Decoder<'de>,
    pub(super) entries: std::vec::IntoIter<&'de (Key, Node)>,
    pub(super) value: Option<&'de (Key, Node)>,
    /// Whether names are the author's own and wanted with their places.
    pub(super) ids: bool,
}

impl<'de> MapAccess<'de> for Pairs<'de> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some(entry) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some(entry);
        let key = &entry.0;
        if !self.ids {
            return seed.deserialize(StrDeserializer::new(key.name())).map(Some);
        }
        seed.deserialize(Decoder {
            node: key.node(),
            ..self.decoder
        })
        .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let Some((key, node)) = self.value.take() else {
            return Err(de::Error::custom("a value was asked for before its name"));
        };
        seed.deserialize(Decoder {
            node,
            name: key.name(),
            item: false,
            fields: &[],
            ..self.decoder
        })
    }
}

pub(super) struct Word(pub(super) &'static str);

impl<'de> EnumAccess<'de> for Word {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Fault> {
        let variant = seed.deserialize(StrDeserializer::<Fault>::new(self.0))?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Word {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, _seed: S) -> Result<S::Value, Fault> {
        Err(de::Error::custom("a word has no value of its own"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, _visitor: V) -> Result<V::Value, Fault> {
        Err(de::Error::custom("a word has no value of its own"))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Fault> {
        Err(de::Error::custom("a word has no value of its own"))
    }
}
