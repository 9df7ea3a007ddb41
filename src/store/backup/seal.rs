//! Sealed backups: a stream cut into chunks, each encrypted and authenticated with AES-256-GCM.
//!
//! A backup stored elsewhere must not be readable, and an altered backup must not be restored. So every chunk
//! carries its number and whether it is the last one in its nonce (the STREAM construction of Hoang, Reyhanitabar,
//! Rogaway and Vizár, 2015): chunks that were changed, left out, swapped or cut off at the end do not open.
//! `ring`, already a dependency, does the encryption; the key of each file is derived from the operator's
//! passphrase with Argon2id and a salt of its own, so that no nonce is used twice under one key.
//!
//! The file: 16 bytes of magic and version, 16 of salt, 16 that tell a wrong key from a damaged file, then the
//! chunks of 64 KiB, each with its tag of 16 bytes. The first 48 bytes are authenticated with every chunk.

use argon2::{Algorithm, Argon2, Params, Version};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use std::io::{self, Read, Write};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Magic bytes of a sealed file, with the version of the format.
const MARK: &[u8; 16] = b"casero sealed 1\n";
/// Plain bytes of a chunk: large enough that the tag is negligible, small enough to hold in memory.
const CHUNK: usize = 64 * 1024;
/// Bytes of a chunk's tag.
const TAG: usize = 16;
/// Bytes of a salt.
pub const SALT: usize = 16;
/// Bytes that tell a wrong key from a damaged file.
const TELL: usize = 16;
/// Bytes before the first chunk.
const HEADER: usize = MARK.len() + SALT + TELL;
/// Memory, passes and lanes of Argon2id, as OWASP recommends.
const STRETCH: (u32, u32, u32) = (19 * 1024, 2, 1);

/// The operator's passphrase, and the source of fresh salts.
#[derive(Clone)]
pub struct Lock {
    words: Zeroizing<String>,
    salts: Salts,
}

/// Draws a salt at random.
pub type Salts = Arc<dyn Fn() -> [u8; SALT] + Send + Sync>;

/// Why a sealed file does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// It was sealed with another passphrase.
    #[error("the key is not the one it was sealed with")]
    WrongKey,
    /// It is truncated, or was altered.
    #[error("it is damaged")]
    Damaged,
}

impl Lock {
    /// A lock of this passphrase.
    pub fn new(words: &str, salts: Salts) -> Lock {
        Lock { words: Zeroizing::new(words.to_owned()), salts }
    }

    fn stretch(&self, salt: &[u8]) -> (LessSafeKey, [u8; TELL]) {
        let (memory, passes, lanes) = STRETCH;
        let params = Params::new(memory, passes, lanes, Some(32 + TELL)).expect("the figures are in range");
        let mut both = Zeroizing::new([0u8; 32 + TELL]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(self.words.as_bytes(), salt, both.as_mut())
            .expect("salt and output are of allowed length");
        let (key, tell) = both.split_at(32);
        let key = UnboundKey::new(&AES_256_GCM, key).expect("the key has 32 bytes");
        (LessSafeKey::new(key), tell.try_into().expect("it is cut to this length"))
    }
}

impl std::fmt::Debug for Lock {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Lock(***)")
    }
}

/// Whether a file that begins like this is sealed.
pub fn is_sealed(begin: &[u8]) -> bool {
    begin.starts_with(MARK)
}

/// Seals the bytes written to it. The file is complete only after [`Sealer::finish`].
pub struct Sealer<W: Write> {
    to: W,
    key: LessSafeKey,
    header: [u8; HEADER],
    chunk: Vec<u8>,
    number: u32,
}

impl<W: Write> Sealer<W> {
    /// Begins a sealed file.
    pub fn new(mut to: W, lock: &Lock) -> io::Result<Sealer<W>> {
        let salt = (lock.salts)();
        let (key, tell) = lock.stretch(&salt);
        let mut header = [0u8; HEADER];
        header[..16].copy_from_slice(MARK);
        header[16..32].copy_from_slice(&salt);
        header[32..].copy_from_slice(&tell);
        to.write_all(&header)?;
        Ok(Sealer { to, key, header, chunk: Vec::with_capacity(CHUNK + TAG), number: 0 })
    }

    /// Writes the last chunk and returns the inner writer.
    pub fn finish(mut self) -> io::Result<W> {
        self.put(true)?;
        Ok(self.to)
    }

    fn put(&mut self, last: bool) -> io::Result<()> {
        let nonce = nonce(self.number, last);
        self.key
            .seal_in_place_append_tag(nonce, Aad::from(self.header), &mut self.chunk)
            .map_err(|_| io::Error::other("a chunk could not be sealed"))?;
        self.to.write_all(&self.chunk)?;
        self.chunk.clear();
        self.number = self.number.checked_add(1).ok_or_else(|| io::Error::other("too large to be sealed"))?;
        Ok(())
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk is kept back until another byte proves that it is not the last one.
        if self.chunk.len() == CHUNK {
            self.put(false)?;
        }
        let taken = bytes.len().min(CHUNK - self.chunk.len());
        self.chunk.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Opens the bytes it reads. A byte is handed on only after its chunk was found authentic.
pub struct Opener<R: Read> {
    from: R,
    key: LessSafeKey,
    header: [u8; HEADER],
    /// The next chunk, still sealed; it is opened once it is known whether another follows.
    ahead: Vec<u8>,
    plain: Vec<u8>,
    given: usize,
    number: u32,
    done: bool,
}

impl<R: Read> Opener<R> {
    /// Reads the header; the passphrase must be the one it was sealed with.
    pub fn new(mut from: R, lock: &Lock) -> io::Result<Opener<R>> {
        let mut header = [0u8; HEADER];
        from.read_exact(&mut header).map_err(|_| damaged())?;
        if !is_sealed(&header) {
            return Err(damaged());
        }
        let (key, tell) = lock.stretch(&header[16..32]);
        if tell != header[32..] {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, SealError::WrongKey));
        }
        let ahead = read_up_to(&mut from, CHUNK + TAG)?;
        Ok(Opener { from, key, header, ahead, plain: Vec::new(), given: 0, number: 0, done: false })
    }

    fn open_next(&mut self) -> io::Result<()> {
        let following = read_up_to(&mut self.from, CHUNK + TAG)?;
        let last = following.is_empty();
        let mut chunk = std::mem::replace(&mut self.ahead, following);
        let opened = self.key.open_in_place(nonce(self.number, last), Aad::from(self.header), &mut chunk);
        let length = opened.map_err(|_| damaged())?.len();
        chunk.truncate(length);
        self.plain = chunk;
        self.given = 0;
        self.done = last;
        self.number = self.number.checked_add(1).ok_or_else(damaged)?;
        Ok(())
    }
}

impl<R: Read> Read for Opener<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.plain.len() {
            if self.done {
                return Ok(0);
            }
            self.open_next()?;
        }
        let taken = buffer.len().min(self.plain.len() - self.given);
        buffer[..taken].copy_from_slice(&self.plain[self.given..self.given + taken]);
        self.given += taken;
        Ok(taken)
    }
}

/// Seven zero bytes (the key is of this file alone), the chunk's number, whether it is the last.
fn nonce(number: u32, last: bool) -> Nonce {
    let mut bytes = [0u8; NONCE_LEN];
    bytes[7..11].copy_from_slice(&number.to_be_bytes());
    bytes[11] = u8::from(last);
    Nonce::assume_unique_for_key(bytes)
}

fn read_up_to(from: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(most);
    from.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, SealError::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(words: &str) -> Lock {
        Lock::new(words, Arc::new(|| [7; SALT]))
    }

    fn sealed(bytes: &[u8]) -> Vec<u8> {
        let mut sealer = Sealer::new(Vec::new(), &lock("correct horse battery")).unwrap();
        sealer.write_all(bytes).unwrap();
        sealer.finish().unwrap()
    }

    fn open(bytes: &[u8], words: &str) -> io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        Opener::new(bytes, &lock(words))?.read_to_end(&mut plain)?;
        Ok(plain)
    }

    fn why(bytes: &[u8], words: &str) -> SealError {
        let error = open(bytes, words).unwrap_err();
        *error.get_ref().and_then(|inner| inner.downcast_ref::<SealError>()).unwrap()
    }

    #[test]
    fn what_was_sealed_opens_whatever_its_length() {
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK] {
            let bytes: Vec<u8> = (0..length).map(|index| (index % 251) as u8).collect();
            let file = sealed(&bytes);
            assert_eq!(open(&file, "correct horse battery").unwrap(), bytes, "{length}");
            assert!(is_sealed(&file) && !is_sealed(&bytes));
        }
    }

    #[test]
    fn other_words_are_told_from_a_damaged_file() {
        let file = sealed(b"the guest book");
        assert!(!file.windows(5).any(|window| window == b"guest"));
        assert_eq!(why(&file, "correct horse batterz"), SealError::WrongKey);
        assert_eq!(why(&file[..20], "correct horse battery"), SealError::Damaged);
        assert_eq!(why(b"SQLite format 3", "correct horse battery"), SealError::Damaged);
    }

    #[test]
    fn what_was_flipped_cut_swapped_repeated_or_lengthened_does_not_open() {
        let file = sealed(&vec![b'a'; 3 * CHUNK]);
        let words = "correct horse battery";
        let chunk = |index: usize| HEADER + index * (CHUNK + TAG)..HEADER + (index + 1) * (CHUNK + TAG);
        let join = |order: &[usize]| {
            let mut bytes = file[..HEADER].to_vec();
            order.iter().for_each(|index| bytes.extend_from_slice(&file[chunk(*index)]));
            bytes
        };
        assert!(open(&join(&[0, 1, 2]), words).is_ok());
        for order in [&[1, 0, 2][..], &[0, 1], &[0], &[0, 2], &[0, 1, 1, 2], &[0, 1, 2, 2], &[]] {
            assert_eq!(why(&join(order), words), SealError::Damaged, "{order:?}");
        }
        for place in [HEADER, HEADER + CHUNK, file.len() - 1] {
            let mut bytes = file.clone();
            bytes[place] ^= 1;
            assert_eq!(why(&bytes, words), SealError::Damaged, "{place}");
        }
        let mut longer = file.clone();
        longer.push(0);
        assert_eq!(why(&longer, words), SealError::Damaged);
        assert_eq!(why(&file[..file.len() - 1], words), SealError::Damaged);
    }
}
