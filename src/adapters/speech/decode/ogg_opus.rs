//! Opus in OGG, the format of every WhatsApp voice note (RFC 7845), decoded straight to 16 kHz.
//!
//! Two numbers make the result exact: the pre-skip, which only warms the decoder up, is dropped from the
//! front, and the last page's granule position says where the recording ends inside the last packet. Both
//! count samples at 48 kHz whatever the decoder's rate.

use std::io::Cursor;

use ogg::PacketReader;
use rusty_opus::OpusDecoder;

use super::sound::{CHANNELS_MAX, DecodeError, SAMPLE_RATE, SAMPLES_MAX, Sound};

/// Granule positions count 48 kHz samples: three for each of ours.
const GRANULES_PER_SAMPLE: u64 = 3;

/// The longest packet that Opus allows is 120 ms.
const PACKET_SAMPLES_MAX: usize = SAMPLE_RATE as usize * 120 / 1000;

/// "No packet ends on this page" (RFC 3533).
const GRANULE_NONE: u64 = u64::MAX;

/// Largest pre-skip: more than a second is nonsense, and could drop the whole file.
const PRE_SKIP_MAX: u64 = 48_000;

/// Decodes one OGG/Opus file.
pub(super) fn decode(bytes: &[u8]) -> Result<Sound, DecodeError> {
    let mut reader = PacketReader::new(Cursor::new(bytes));
    let (serial, head) = loop {
        match reader.read_packet() {
            Ok(Some(packet)) if packet.data.starts_with(b"OpusHead") => {
                break (packet.stream_serial(), Head::parse(&packet.data)?);
            }
            Ok(Some(_)) => continue,
            Ok(None) | Err(_) => return Err(DecodeError::Damaged("no Opus header")),
        }
    };
    let decoder = OpusDecoder::new(SAMPLE_RATE as i32, 1).map_err(|_| DecodeError::Damaged("no decoder"))?;
    let mut stream = Stream { decoder, samples: Vec::new(), damaged: false, ends: PageEnds::default() };
    let mut finished = false;
    let mut tags_seen = false;
    loop {
        let packet = match reader.read_packet() {
            Ok(Some(packet)) => packet,
            Ok(None) => break,
            // The rest is lost; the part before is kept.
            Err(_) => break,
        };
        if packet.stream_serial() != serial {
            continue;
        }
        if !tags_seen && packet.data.starts_with(b"OpusTags") {
            tags_seen = true;
            continue;
        }
        tags_seen = true;
        stream.push(&packet.data);
        if stream.samples.len() > SAMPLES_MAX + PACKET_SAMPLES_MAX {
            return Err(DecodeError::TooLong);
        }
        if packet.last_in_page() {
            stream.ends.page(packet.absgp_page(), stream.samples.len(), packet.last_in_stream());
        }
        if packet.last_in_stream() {
            finished = true;
            break;
        }
    }
    let Stream { mut samples, damaged, ends, .. } = stream;
    if let Some(end) = ends.end {
        samples.truncate(end);
    }
    let skip = (head.pre_skip / GRANULES_PER_SAMPLE) as usize;
    samples.drain(..skip.min(samples.len()));
    if samples.len() > SAMPLES_MAX {
        return Err(DecodeError::TooLong);
    }
    for sample in &mut samples {
        *sample *= head.gain;
    }
    Ok(Sound { samples, damaged: damaged || !finished })
}

/// Identification header (RFC 7845, section 5.1).
struct Head {
    /// Samples at 48 kHz to drop from the front.
    pre_skip: u64,
    /// Factor for every sample.
    gain: f32,
}

impl Head {
    fn parse(packet: &[u8]) -> Result<Head, DecodeError> {
        let header: &[u8; 19] = packet.first_chunk().ok_or(DecodeError::Damaged("Opus header cut short"))?;
        let (version, channels, mapping) = (header[8], header[9], header[18]);
        if version & 0xF0 != 0 {
            return Err(DecodeError::Unsupported("a newer Opus"));
        }
        // Family 0 is mono or stereo in one stream; the decoder mixes stereo down.
        if mapping != 0 || channels == 0 || usize::from(channels) > CHANNELS_MAX {
            return Err(DecodeError::Unsupported("multichannel Opus"));
        }
        let pre_skip = u64::from(u16::from_le_bytes([header[10], header[11]])).min(PRE_SKIP_MAX);
        let decibels = f32::from(i16::from_le_bytes([header[16], header[17]])) / 256.0;
        Ok(Head { pre_skip, gain: 10f32.powf(decibels / 20.0) })
    }
}

struct Stream {
    decoder: OpusDecoder,
    samples: Vec<f32>,
    damaged: bool,
    ends: PageEnds,
}

impl Stream {
    /// Decodes one packet. An undecodable one becomes silence of its length, so that the rest keeps its time.
    fn push(&mut self, packet: &[u8]) {
        let start = self.samples.len();
        self.samples.resize(start + PACKET_SAMPLES_MAX, 0.0);
        let decoded = match packet {
            [] => Ok(0),
            packet => self.decoder.decode(packet, PACKET_SAMPLES_MAX, &mut self.samples[start..]),
        };
        let length = match decoded {
            Ok(length) => length.min(PACKET_SAMPLES_MAX),
            Err(_) => {
                self.damaged = true;
                let length = packet_samples(packet).unwrap_or(0);
                self.samples[start..start + length].fill(0.0);
                length
            }
        };
        self.samples.truncate(start + length);
    }
}

/// Start and end of the sound according to the pages.
#[derive(Default)]
struct PageEnds {
    /// Granule position of our first sample; not 0 when the beginning was cut off.
    start: Option<u64>,
    /// Samples to keep, counted from the first decoded one.
    end: Option<usize>,
}

impl PageEnds {
    fn page(&mut self, granule: u64, decoded: usize, last: bool) {
        if granule == GRANULE_NONE {
            return;
        }
        let decoded_granules = decoded as u64 * GRANULES_PER_SAMPLE;
        // On a last page the granule may be smaller than the decoded length, which trims the end.
        let start =
            *self.start.get_or_insert(if last { 0 } else { granule.saturating_sub(decoded_granules) });
        if last {
            self.end = usize::try_from(granule.saturating_sub(start) / GRANULES_PER_SAMPLE).ok();
        }
    }
}

/// Length of a packet at 16 kHz from its first bytes (RFC 6716, section 3.1).
fn packet_samples(packet: &[u8]) -> Option<usize> {
    /// Frame lengths in tenths of a millisecond, by the configuration's low bits, for SILK, hybrid and CELT.
    const SILK: [usize; 4] = [100, 200, 400, 600];
    const HYBRID: [usize; 2] = [100, 200];
    const CELT: [usize; 4] = [25, 50, 100, 200];
    let toc = *packet.first()?;
    let config = usize::from(toc >> 3);
    let tenths = match config {
        0..12 => SILK[config % 4],
        12..16 => HYBRID[config % 2],
        _ => CELT[config % 4],
    };
    let frames = match toc & 0b11 {
        0 => 1,
        1 | 2 => 2,
        _ => usize::from(packet.get(1)? & 0x3F),
    };
    Some(tenths * frames * SAMPLE_RATE as usize / 10_000).filter(|samples| *samples <= PACKET_SAMPLES_MAX)
}
