//! The form of a backup on disk: compressed, and sealed when there is a key. Both are streams, so that a large
//! server needs no more memory than a small one. A backup of an older casero is a plain database and is read too.

use super::error::{BackupError, io};
use super::files::private;
use super::seal::{Lock, Opener, SealError, Sealer, is_sealed};
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use ring::digest::{Context, SHA256};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::path::Path;

/// First bytes of a gzip stream (RFC 1952).
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// Bytes read at once.
const BUFFER: usize = 64 * 1024;

/// Packs `from` into `to`, forced to disk, and reads it back to compare the contents.
pub(super) fn pack(from: &Path, to: &Path, lock: Option<&Lock>) -> Result<(), BackupError> {
    let file = File::create(to).and_then(|file| private(to).map(|()| file));
    let out = BufWriter::new(file.map_err(|reason| io(to, reason))?);
    let (put_in, out) = match lock {
        Some(lock) => {
            let sealer = Sealer::new(out, lock).map_err(|reason| io(to, reason))?;
            let (digest, sealer) = compress(from, to, sealer)?;
            (digest, sealer.finish().map_err(|reason| io(to, reason))?)
        }
        None => compress(from, to, out)?,
    };
    let file = out.into_inner().map_err(|error| io(to, error.into_error()))?;
    file.sync_all().map_err(|reason| io(to, reason))?;
    if unpack_into(to, lock, std::io::sink())? != put_in {
        return Err(BackupError::Damaged(to.to_owned()));
    }
    Ok(())
}

/// Unpacks `from` into the new file `to`. After an error the content of `to` means nothing.
pub(super) fn unpack(from: &Path, to: &Path, lock: Option<&Lock>) -> Result<(), BackupError> {
    let file = File::create(to).and_then(|file| private(to).map(|()| file));
    let mut file = file.map_err(|reason| io(to, reason))?;
    unpack_into(from, lock, &mut file)?;
    file.sync_all().map_err(|reason| io(to, reason))
}

/// Whether a backup is packed; one of an older casero is not.
pub(super) fn is_packed(path: &Path) -> Result<bool, BackupError> {
    let begin = begin(&mut File::open(path).map_err(|reason| unreadable(path, &reason))?, path)?;
    Ok(is_sealed(&begin) || begin.starts_with(&GZIP))
}

fn compress<W: Write>(from: &Path, to: &Path, out: W) -> Result<(Vec<u8>, W), BackupError> {
    let mut encoder = GzEncoder::new(out, Compression::default());
    let mut source = File::open(from).map_err(|reason| io(from, reason))?;
    let digest = pour(&mut source, &mut encoder).map_err(|fault| fault.of(from, to))?;
    Ok((digest, encoder.finish().map_err(|reason| io(to, reason))?))
}

fn unpack_into(from: &Path, lock: Option<&Lock>, mut to: impl Write) -> Result<Vec<u8>, BackupError> {
    let mut file = File::open(from).map_err(|reason| unreadable(from, &reason))?;
    let sealed = is_sealed(&begin(&mut file, from)?);
    file.rewind().map_err(|reason| unreadable(from, &reason))?;
    let file = BufReader::with_capacity(BUFFER, file);
    let poured = match (sealed, lock) {
        (true, None) => return Err(BackupError::Sealed(from.to_owned())),
        (true, Some(lock)) => {
            let opener = Opener::new(file, lock).map_err(|reason| unreadable(from, &reason))?;
            let mut inside = GzDecoder::new(BufReader::with_capacity(BUFFER, opener));
            let digest = pour(&mut inside, &mut to);
            // Read to the end: nothing may follow the compressed stream.
            digest.and_then(|digest| Ok((digest, rest(inside.into_inner())?)))
        }
        (false, _) => {
            let mut inside = GzDecoder::new(file);
            let digest = pour(&mut inside, &mut to);
            digest.and_then(|digest| Ok((digest, rest(inside.into_inner())?)))
        }
    };
    match poured {
        Ok((digest, 0)) => Ok(digest),
        Ok(_) => Err(BackupError::Damaged(from.to_owned())),
        Err(Fault::Read(reason)) => Err(unreadable(from, &reason)),
        Err(Fault::Write(reason)) => Err(io(from, reason)),
    }
}

/// The side of a stream that failed.
enum Fault {
    Read(std::io::Error),
    Write(std::io::Error),
}

impl Fault {
    fn of(self, from: &Path, to: &Path) -> BackupError {
        match self {
            Fault::Read(reason) => io(from, reason),
            Fault::Write(reason) => io(to, reason),
        }
    }
}

/// Copies all bytes; answers their SHA-256.
fn pour(from: &mut impl Read, to: &mut impl Write) -> Result<Vec<u8>, Fault> {
    let mut digest = Context::new(&SHA256);
    let mut buffer = vec![0; BUFFER];
    loop {
        let length = from.read(&mut buffer).map_err(Fault::Read)?;
        if length == 0 {
            return Ok(digest.finish().as_ref().to_vec());
        }
        digest.update(&buffer[..length]);
        to.write_all(&buffer[..length]).map_err(Fault::Write)?;
    }
}

/// The number of bytes left.
fn rest(mut from: impl Read) -> Result<u64, Fault> {
    std::io::copy(&mut from, &mut std::io::sink()).map_err(Fault::Read)
}

fn begin(file: &mut File, path: &Path) -> Result<Vec<u8>, BackupError> {
    let mut begin = Vec::new();
    file.take(16).read_to_end(&mut begin).map_err(|reason| unreadable(path, &reason))?;
    Ok(begin)
}

/// Why a backup can't be read: wrong passphrase, damage, or no such file.
fn unreadable(path: &Path, reason: &std::io::Error) -> BackupError {
    match reason.get_ref().and_then(|inner| inner.downcast_ref::<SealError>()) {
        Some(SealError::WrongKey) => BackupError::WrongKey(path.to_owned()),
        Some(SealError::Damaged) => BackupError::Damaged(path.to_owned()),
        None if reason.kind() == std::io::ErrorKind::NotFound => BackupError::Missing(path.to_owned()),
        None => BackupError::Damaged(path.to_owned()),
    }
}
