//! Who acts: the word that stands in the timeline of a reservation, of a cabin, of a conversation.

/// Who acts, for the audit trail of the reservation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// The guest, in chat or on their page.
    Guest,
    /// Casero itself: a deadline, a rule.
    System,
    /// The payment provider's word.
    Provider,
    /// A person with access, by e-mail.
    User(String),
    Owner,
    /// Whoever has the machine in hand, from its command line.
    Console,
}

impl Actor {
    /// The word under which it stands in the audit trail.
    pub fn name(&self) -> &str {
        match self {
            Actor::Guest => "guest",
            Actor::System => "casero",
            Actor::Provider => "mercadopago",
            Actor::User(email) => email,
            Actor::Owner => "owner",
            Actor::Console => "console",
        }
    }
}
