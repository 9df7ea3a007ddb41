//! Secret text. It can't be printed by accident: its `Debug` is masked, it has no `Display`, and the one
//! function that returns its content has a name that stands out in a review.

use std::fmt;
use zeroize::Zeroizing;

/// A password, token or key. Wiped from memory when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes ownership of the text. Wiping any other copy is the caller's task.
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(Zeroizing::new(text.into()))
    }

    /// The content, for the one call that needs it. Never log or copy it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn debug_output_never_holds_the_content() {
        let secret = Secret::new("EAAG-very-private");
        assert_eq!(format!("{secret:?}"), "Secret(***)");
        assert_eq!(format!("{:?}", Some(&secret)), "Some(Secret(***))");
        assert_eq!(secret.expose(), "EAAG-very-private");
    }
}
