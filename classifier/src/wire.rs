//! How the vocabulary's words are written: each as its one short text, and read back by its own `parse`.

/// Serialises a type as the text of its method, and reads it back by `parse`, with a fault that
/// names the unknown word.
macro_rules! as_text {
    ($type:ty, $text:ident, $what:literal) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.$text())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| {
                    serde::de::Error::custom(format!(concat!("unknown ", $what, " `{}`"), text))
                })
            }
        }
    };
}
pub(crate) use as_text;
