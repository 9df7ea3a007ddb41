//! MP3, M4A/AAC and WAV: files forwarded from other recorders.

use std::io::Cursor;

use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;

use super::resample::To16k;
use super::sound::{CHANNELS_MAX, DecodeError, Sound};

/// Most consecutive packets without sound: a file made of them must not keep us busy.
const EMPTY_PACKETS_MAX: usize = 1000;

/// Decodes one file, with the usual extension of its container as a hint.
pub(super) fn decode(bytes: &[u8], extension: &str) -> Result<Sound, DecodeError> {
    let source = MediaSourceStream::new(Box::new(Cursor::new(bytes)), MediaSourceStreamOptions::default());
    let mut hint = Hint::new();
    hint.with_extension(extension);
    let mut format = symphonia::default::get_probe()
        .probe(&hint, source, FormatOptions::default(), MetadataOptions::default())
        .map_err(|_| DecodeError::Damaged("its structure cannot be read"))?;
    let track = format.default_track(TrackType::Audio).ok_or(DecodeError::Damaged("no audio track"))?;
    let track_id = track.id;
    let params = track.codec_params.as_ref().and_then(|params| params.audio());
    let params = params.ok_or(DecodeError::Damaged("no codec parameters"))?;
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(params, &AudioDecoderOptions::default())
        .map_err(|_| DecodeError::Unsupported("audio of this codec"))?;
    let mut mixer = Mixer::default();
    let damaged = read_all(format.as_mut(), decoder.as_mut(), track_id, &mut mixer)?;
    let samples = match mixer.out {
        Some(out) => out.finish()?,
        None => Vec::new(),
    };
    Ok(Sound { samples, damaged })
}

/// Decodes every packet of the track; `true` when the file broke before its end.
fn read_all(
    format: &mut dyn FormatReader,
    decoder: &mut dyn AudioDecoder,
    track_id: u32,
    mixer: &mut Mixer,
) -> Result<bool, DecodeError> {
    let mut damaged = false;
    let mut empty = 0;
    while empty < EMPTY_PACKETS_MAX {
        let packet = match format.next_packet() {
            Ok(Some(packet)) => packet,
            Ok(None) => return Ok(damaged),
            // The rest is lost; the part before is kept.
            Err(_) => return Ok(true),
        };
        if packet.track_id != track_id {
            empty += 1;
            continue;
        }
        match decoder.decode(&packet) {
            Ok(buffer) if buffer.frames() == 0 => empty += 1,
            Ok(buffer) => {
                empty = 0;
                let spec = buffer.spec();
                let (rate, channels) = (spec.rate(), spec.channels().count());
                buffer.copy_to_vec_interleaved(&mut mixer.block);
                mixer.push(rate, channels)?;
            }
            // The documented handling: skip the packet, keep the stream.
            Err(Error::DecodeError(_) | Error::IoError(_)) => {
                damaged = true;
                empty += 1;
            }
            Err(_) => return Ok(true),
        }
    }
    Ok(true)
}

/// Mixes channels down and feeds the resampler.
#[derive(Default)]
struct Mixer {
    /// The last packet, interleaved.
    block: Vec<f32>,
    /// Fixed by the first packet.
    shape: Option<(u32, usize)>,
    out: Option<To16k>,
}

impl Mixer {
    fn push(&mut self, rate: u32, channels: usize) -> Result<(), DecodeError> {
        if channels == 0 || channels > CHANNELS_MAX {
            return Err(DecodeError::Unsupported("multichannel audio"));
        }
        if *self.shape.get_or_insert((rate, channels)) != (rate, channels) {
            return Err(DecodeError::Damaged("its rate changes midway"));
        }
        if channels == 2 {
            let frames = self.block.len() / 2;
            for frame in 0..frames {
                self.block[frame] = (self.block[2 * frame] + self.block[2 * frame + 1]) / 2.0;
            }
            self.block.truncate(frames);
        }
        let out = match &mut self.out {
            Some(out) => out,
            None => self.out.insert(To16k::new(rate)?),
        };
        out.push(&self.block)
    }
}
