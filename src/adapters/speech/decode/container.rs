//! Detects audio formats by their first bytes.

/// Format of a file, whatever its name or MIME type says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// A WhatsApp voice note: Opus in OGG (RFC 7845).
    OggOpus,
    Wav,
    /// MPEG audio layer III, with or without an ID3 tag.
    Mp3,
    /// ISO base media: M4A from an iPhone, MP4 from a camera.
    Mp4,
    /// AAC with ADTS headers.
    Adts,
    /// Known and not supported, as a noun.
    Declined(&'static str),
}

/// Bytes in which an OGG codec's header is searched: it follows 27 bytes of page header and a segment table
/// of at least one byte. A first page has one packet, so the table is short.
const OGG_CODEC_WINDOW: usize = 64;

impl Container {
    /// Detects the format by the first bytes; [`None`] when unknown.
    pub fn sniff(bytes: &[u8]) -> Option<Container> {
        if bytes.starts_with(b"OggS") {
            let head = &bytes[..bytes.len().min(OGG_CODEC_WINDOW)];
            let opus = head.windows(8).any(|window| window == b"OpusHead");
            return Some(if opus { Container::OggOpus } else { Container::Declined("OGG without Opus") });
        }
        if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WAVE") {
            return Some(Container::Wav);
        }
        if bytes.get(4..8) == Some(b"ftyp") {
            return Some(match bytes.get(8..11) {
                Some(b"3gp" | b"3g2") => Container::Declined("3GP audio"),
                Some(_) | None => Container::Mp4,
            });
        }
        if bytes.starts_with(b"#!AMR") {
            return Some(Container::Declined("AMR audio"));
        }
        if bytes.starts_with(b"fLaC") {
            return Some(Container::Declined("FLAC audio"));
        }
        if bytes.starts_with(&[0x1A, 0x45, 0xDF, 0xA3]) {
            return Some(Container::Declined("WebM audio"));
        }
        if bytes.starts_with(b"ID3") {
            return Some(Container::Mp3);
        }
        mpeg_sync(bytes)
    }
}

/// Raw MPEG frames start with eleven set bits; the layer's two bits tell MP3 from ADTS.
fn mpeg_sync(bytes: &[u8]) -> Option<Container> {
    let (&first, &second) = (bytes.first()?, bytes.get(1)?);
    if first != 0xFF || second & 0xE0 != 0xE0 {
        return None;
    }
    match (second >> 1) & 0b11 {
        0b00 if second & 0xF0 == 0xF0 => Some(Container::Adts),
        0b01 => Some(Container::Mp3),
        _ => None,
    }
}
