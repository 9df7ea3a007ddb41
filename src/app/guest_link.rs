//! The address of a guest's own page: the reservation's code and a word that only we can make of it, so that
//! no table of links is kept and none can be guessed.

use crate::domain::reservation::Reservation;
use crate::store::{Read, StoreError, WriteTx, secrets};
use data_encoding::HEXLOWER;
use ring::hmac;

/// Name of the key among casero's secrets.
const KEY: &str = "guest_link";
/// Bytes of the key: as long as the digest.
pub const KEY_BYTES: usize = 32;
/// Bytes of what tells one server from another: two of them never meet by chance.
const INSTANCE_BYTES: usize = 8;
/// Hex digits of the word: 96 bits, more than anybody tries over a line that is limited by the minute.
const WORD_CHARS: usize = 24;

/// Makes and knows the words.
#[derive(Clone)]
pub struct LinkKey(hmac::Key);

impl LinkKey {
    /// The key of this server, once it was made.
    pub fn find(tx: &impl Read) -> Result<Option<LinkKey>, StoreError> {
        Ok(secrets::find(tx, KEY)?.map(|bytes| LinkKey::new(&bytes)))
    }

    /// The key of this server; `fresh` becomes it when there is none yet.
    pub fn of(tx: &mut WriteTx<'_>, fresh: &[u8]) -> Result<LinkKey, StoreError> {
        Ok(LinkKey::new(&secrets::get_or_create(tx, KEY, fresh)?))
    }

    /// A key from its bytes.
    pub fn new(bytes: &[u8]) -> LinkKey {
        LinkKey(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    /// What tells this server from another one, to whoever has both: for a door that may lead elsewhere.
    pub fn instance(&self) -> String {
        let tag = hmac::sign(&self.0, b"instance");
        HEXLOWER.encode(&tag.as_ref()[..INSTANCE_BYTES])
    }

    pub(super) fn word(&self, reservation: &Reservation) -> String {
        let tag = hmac::sign(&self.0, reservation.id.0.to_string().as_bytes());
        let mut word = HEXLOWER.encode(tag.as_ref());
        word.truncate(WORD_CHARS);
        word
    }

    /// Whether this word opens this reservation, compared by digest so that time tells nothing.
    pub fn opens(&self, reservation: &Reservation, word: &str) -> bool {
        let digest = |text: &str| ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
        digest(word).as_ref() == digest(&self.word(reservation)).as_ref()
    }
}

/// [`LinkKey::instance`] of the server whose database this is.
pub fn instance(tx: &impl Read) -> Result<Option<String>, StoreError> {
    Ok(LinkKey::find(tx)?.map(|key| key.instance()))
}
