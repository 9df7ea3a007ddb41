//! Identifiers in the vendors' format, derived from the seed alone, so that a run can be repeated and all are
//! distinct.

use data_encoding::{BASE64, HEXLOWER};
use ring::digest::{SHA256, digest};

/// First payment id: Mercado Pago's outgrew 32 bits years ago; ours start where theirs are today.
const FIRST_PAYMENT_ID: u64 = 135_000_000_000;
/// Seeds after which payment ids repeat: as milliseconds, eleven days.
const SEEDS: u64 = 1_000_000_000;
/// Most payments, refunds and notifications of one seed.
const NUMBERS_OF_A_SEED: u64 = 100_000;

/// Creates identifiers in order.
#[derive(Debug, Clone)]
pub struct Ids {
    seed: u64,
    next: u64,
}

impl Ids {
    /// A sequence of its own for every seed.
    pub fn new(seed: u64) -> Self {
        Self { seed, next: 0 }
    }

    /// A WhatsApp message id.
    pub fn wamid(&mut self) -> String {
        let hash = self.hash("wamid");
        format!("wamid.{}", BASE64.encode(&hash[..27]))
    }

    /// A WhatsApp media id: digits.
    pub fn media(&mut self) -> String {
        let n = self.number("media");
        format!("{}", 1_000_000_000_000_000 + n % 1_000_000_000_000)
    }

    /// An opaque token for addresses and traces.
    pub fn token(&mut self) -> String {
        let hash = self.hash("token");
        HEXLOWER.encode(&hash[..16])
    }

    /// A UUID-shaped text, as in preference ids and request ids.
    pub fn uuid(&mut self) -> String {
        let hex = HEXLOWER.encode(&self.hash("uuid")[..16]);
        format!("{}-{}-4{}-a{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
    }

    /// A payment, refund or notification number, growing and larger than 32 bits.
    pub fn number_in_order(&mut self) -> u64 {
        self.next += 1;
        FIRST_PAYMENT_ID + (self.seed % SEEDS) * NUMBERS_OF_A_SEED + self.next
    }

    fn number(&mut self, kind: &str) -> u64 {
        let hash = self.hash(kind);
        u64::from_be_bytes([hash[0], hash[1], hash[2], hash[3], hash[4], hash[5], hash[6], hash[7]])
    }

    fn hash(&mut self, kind: &str) -> Vec<u8> {
        self.next += 1;
        let text = format!("{}/{kind}/{}", self.seed, self.next);
        digest(&SHA256, text.as_bytes()).as_ref().to_vec()
    }
}

/// The business-scoped user id that belongs to a phone: country code, dot, digits.
pub fn bsuid_of(phone: &str) -> String {
    let country = if phone.starts_with("55") {
        "BR"
    } else if phone.starts_with("54") {
        "AR"
    } else {
        "US"
    };
    let hash = digest(&SHA256, phone.as_bytes());
    let bytes = hash.as_ref();
    let number =
        u64::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]]);
    format!("{country}.{number:020}")
}

/// A number in `0..1` that depends on the seed, a name and how many were drawn before.
pub fn chance(seed: u64, name: &str, drawn: u64) -> f64 {
    let hash = digest(&SHA256, format!("{seed}/{name}/{drawn}").as_bytes());
    let bytes = hash.as_ref();
    let number = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    f64::from(number) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids_and_no_id_twice() {
        let (mut a, mut b) = (Ids::new(7), Ids::new(7));
        let first: Vec<String> = (0..100).map(|_| a.wamid()).collect();
        let again: Vec<String> = (0..100).map(|_| b.wamid()).collect();
        assert_eq!(first, again);
        let unique: std::collections::BTreeSet<_> = first.iter().collect();
        assert_eq!(unique.len(), first.len());
        assert_ne!(Ids::new(8).wamid(), first[0]);
    }

    #[test]
    fn uuids_have_the_usual_shape() {
        let uuid = Ids::new(1).uuid();
        let parts: Vec<usize> = uuid.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
    }
}
