//! Converts an uploaded photograph to two small JPEG files. Metadata (place, camera, owner) is lost, since
//! only the pixels are written.

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};
use std::io::Cursor;

/// Most pixels of a photograph: today's largest phone cameras make fifty million.
pub const PIXELS_MAX: u64 = 52_000_000;
/// Longest side: a panorama fits.
const SIDE_MAX: u32 = 20_000;
/// Most bytes of a decoded photograph, and of a decoder's own memory.
const DECODED_BYTES_MAX: u64 = 220 * 1024 * 1024;
/// Longest side of the large file: fills a desk's screen.
const LARGE_SIDE: u32 = 1600;
/// Longest side of the small file: fills half of a phone's screen at its own density.
const SMALL_SIDE: u32 = 480;
/// JPEG quality of the large file; above it only the bytes grow.
const LARGE_QUALITY: u8 = 80;
/// JPEG quality of the small file.
const SMALL_QUALITY: u8 = 75;

/// Reason why a file can't be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// No JPEG, PNG or WebP, or a broken one.
    #[error("this is no JPEG, PNG or WebP that can be read")]
    Unreadable,
    #[error("the picture has more than {PIXELS_MAX} pixels")]
    TooLarge,
}

/// The two files made of one.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) large: Vec<u8>,
    pub(super) small: Vec<u8>,
}

/// Decodes, rotates and resizes. About a second of CPU.
pub(super) fn prepare(file: &[u8]) -> Result<Prepared, Unfit> {
    let (image, orientation) = decode(file)?;
    let mut large = fit(image, LARGE_SIDE);
    large.apply_orientation(orientation);
    let large = on_white(&large);
    let (width, height) = large.dimensions();
    let large = DynamicImage::ImageRgb8(large);
    let small = fit(large.clone(), SMALL_SIDE);
    Ok(Prepared {
        width,
        height,
        large: encode(&large, LARGE_QUALITY)?,
        small: encode(&small, SMALL_QUALITY)?,
    })
}

fn decode(file: &[u8]) -> Result<(DynamicImage, Orientation), Unfit> {
    let mut reader =
        ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(|_| Unfit::Unreadable)?;
    match reader.format() {
        Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP) => {}
        Some(_) | None => return Err(Unfit::Unreadable),
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(DECODED_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unfit)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX || decoder.total_bytes() > DECODED_BYTES_MAX {
        return Err(Unfit::TooLarge);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((DynamicImage::from_decoder(decoder).map_err(unfit)?, orientation))
}

fn unfit(error: image::ImageError) -> Unfit {
    match error {
        image::ImageError::Limits(_) => Unfit::TooLarge,
        _ => Unfit::Unreadable,
    }
}

fn fit(image: DynamicImage, side: u32) -> DynamicImage {
    if image.width() <= side && image.height() <= side { image } else { image.thumbnail(side, side) }
}

/// Puts transparent pixels on white, as a page would show them.
fn on_white(image: &DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.to_rgb8();
    }
    let mut flat = RgbImage::new(image.width(), image.height());
    for (from, to) in image.to_rgba8().pixels().zip(flat.pixels_mut()) {
        let [red, green, blue, alpha] = from.0.map(u32::from);
        let over = |part: u32| u8::try_from((part * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX);
        to.0 = [over(red), over(green), over(blue)];
    }
    flat
}

fn encode(image: &DynamicImage, quality: u8) -> Result<Vec<u8>, Unfit> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, quality).encode_image(image).map_err(|_| Unfit::Unreadable)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgba, RgbaImage};

    fn png(width: u32, height: u32, color: [u8; 4]) -> Vec<u8> {
        let image = DynamicImage::ImageRgba8(RgbaImage::from_pixel(width, height, Rgba(color)));
        let mut file = Cursor::new(Vec::new());
        image.write_to(&mut file, ImageFormat::Png).unwrap();
        file.into_inner()
    }

    #[test]
    fn a_large_picture_becomes_two_small_jpegs_of_the_same_shape() {
        let made = prepare(&png(3200, 1600, [10, 120, 60, 255])).unwrap();
        assert_eq!((made.width, made.height), (1600, 800));
        let small = image::load_from_memory_with_format(&made.small, ImageFormat::Jpeg).unwrap();
        assert_eq!((small.width(), small.height()), (480, 240));
        assert!(made.small.len() < made.large.len());
    }

    #[test]
    fn what_is_transparent_becomes_white() {
        let made = prepare(&png(20, 20, [0, 0, 0, 0])).unwrap();
        let small = image::load_from_memory(&made.small).unwrap().to_rgb8();
        assert!(small.get_pixel(10, 10).0.iter().all(|part| *part > 250));
    }

    #[test]
    fn a_picture_taken_sideways_is_turned_upright_and_its_place_is_left_behind() {
        let mut file = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut file, 90);
        // A TIFF header with one entry: orientation (0x0112), a short, "turn right to be upright".
        let exif =
            [b'M', b'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        image::ImageEncoder::set_exif_metadata(&mut encoder, exif.to_vec()).unwrap();
        encoder.encode_image(&DynamicImage::new_rgb8(60, 30)).unwrap();
        assert!(file.windows(4).any(|part| part == b"Exif"));
        let made = prepare(&file).unwrap();
        assert_eq!((made.width, made.height), (30, 60));
        assert!(!made.large.windows(4).any(|part| part == b"Exif"));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        assert_eq!(prepare(b"GIF89a trust me").unwrap_err(), Unfit::Unreadable);
        assert_eq!(prepare(b"").unwrap_err(), Unfit::Unreadable);
        assert_eq!(prepare(&png(20, 20, [0; 4])[..40]).unwrap_err(), Unfit::Unreadable);
    }

    #[test]
    fn a_small_file_that_unfolds_to_a_huge_picture_is_refused() {
        assert_eq!(prepare(&png(9_000, 6_000, [0, 0, 0, 255])).unwrap_err(), Unfit::TooLarge);
    }
}
