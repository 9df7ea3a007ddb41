//! Address of a guest's own page: the reservation's code and a keyed digest of it, so that no table of links
//! is stored and none can be guessed.

use crate::domain::reservation::Reservation;
use crate::store::{Read, StoreError, WriteTx, secrets};
use data_encoding::HEXLOWER;
use ring::hmac;

/// Name of the key in the table of secrets.
const KEY: &str = "guest_link";
/// Bytes of the key: as long as the digest.
pub const KEY_BYTES: usize = 32;
/// Bytes of a server's instance id: no two are equal by chance.
const INSTANCE_BYTES: usize = 8;
/// Hex digits of the digest: 96 bits, too many to guess over a rate-limited connection.
const WORD_CHARS: usize = 24;

/// Makes and verifies the digests.
#[derive(Clone)]
pub struct LinkKey(hmac::Key);

impl LinkKey {
    /// The key of this server, if it was created.
    pub fn find(tx: &impl Read) -> Result<Option<LinkKey>, StoreError> {
        Ok(secrets::find(tx, KEY)?.map(|bytes| LinkKey::new(&bytes)))
    }

    /// The key of this server; `fresh` is stored as the key when there is none.
    pub fn of(tx: &mut WriteTx<'_>, fresh: &[u8]) -> Result<LinkKey, StoreError> {
        Ok(LinkKey::new(&secrets::get_or_create(tx, KEY, fresh)?))
    }

    /// A key from its bytes.
    pub fn new(bytes: &[u8]) -> LinkKey {
        LinkKey(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    /// Id of this server, to compare with another's: for a link that may lead elsewhere.
    pub fn instance(&self) -> String {
        let tag = hmac::sign(&self.0, b"instance");
        HEXLOWER.encode(&tag.as_ref()[..INSTANCE_BYTES])
    }

    /// A caller's address, so that calls of one can be counted and nobody can tell whose they are.
    pub fn of_address(&self, address: &str) -> Vec<u8> {
        let tag = hmac::sign(&self.0, format!("address {address}").as_bytes());
        tag.as_ref()[..INSTANCE_BYTES].to_vec()
    }

    pub(super) fn word(&self, reservation: &Reservation) -> String {
        let tag = hmac::sign(&self.0, reservation.id.0.to_string().as_bytes());
        let mut word = HEXLOWER.encode(tag.as_ref());
        word.truncate(WORD_CHARS);
        word
    }

    /// Verifies a link's digest in constant time.
    pub fn opens(&self, reservation: &Reservation, word: &str) -> bool {
        let digest = |text: &str| ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
        digest(word).as_ref() == digest(&self.word(reservation)).as_ref()
    }
}

/// [`LinkKey::instance`] of the server whose database this is.
pub fn instance(tx: &impl Read) -> Result<Option<String>, StoreError> {
    Ok(LinkKey::find(tx)?.map(|key| key.instance()))
}
