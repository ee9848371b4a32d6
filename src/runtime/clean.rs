//! Making harmless what a person sent: pictures are decoded and written anew, so that nothing but their points reaches
//! a counsellor's browser — no place, no camera, no hidden part, no file made to break a reader. A PDF is kept as it
//! is and only ever handed out as a download.

use crate::model::AttachmentKind;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, RgbImage};
use std::io::Cursor;

/// The longest side of a picture as it is kept, in points: an A4 page at 170 dots per inch, small print can be read.
const LONGEST_SIDE: u32 = 2000;
/// Longer sides than this are not decoded.
const MOST_POINTS: u32 = 16_384;
/// A picture that would take more memory than this, in bytes, is not decoded: 64 million points of three bytes.
const MOST_MEMORY: u64 = 192 * 1024 * 1024;
/// Of 100. Print stays sharp, and a page has about half a megabyte.
const QUALITY: u8 = 85;

/// The type of a picture that was written anew.
pub(super) const JPEG: &str = "image/jpeg";
/// A PDF, as it came.
const PDF: &str = "application/pdf";
/// A picture of an iPhone that cannot be decoded here: kept for download, as it came.
const HEIC: &str = "image/heic";

/// What is kept.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Clean {
    /// What it is.
    pub mime: &'static str,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Why something is not kept.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(super) enum Unusable {
    /// Neither picture nor PDF.
    #[error("it is neither a picture nor a PDF")]
    OtherKind,
    /// A picture that cannot be decoded, or would take too much memory.
    #[error("the picture cannot be read")]
    Unreadable,
}

/// What a content is by its first bytes.
enum Format {
    Picture(ImageFormat),
    /// A picture that is not decoded here.
    Heic,
    Pdf,
}

fn format(bytes: &[u8]) -> Option<Format> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some(Format::Picture(ImageFormat::Jpeg)),
        [0x89, b'P', b'N', b'G', ..] => Some(Format::Picture(ImageFormat::Png)),
        [b'R', b'I', b'F', b'F', ..] if bytes.get(8..12) == Some(b"WEBP") => {
            Some(Format::Picture(ImageFormat::WebP))
        }
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(Format::Pdf),
        _ if is_heic(bytes) => Some(Format::Heic),
        _ => None,
    }
}

/// What a content is, by its first bytes and not by its name; `None`: nothing that is passed on.
pub fn kind_of(bytes: &[u8]) -> Option<AttachmentKind> {
    format(bytes).map(|format| match format {
        Format::Picture(_) | Format::Heic => AttachmentKind::Photo,
        Format::Pdf => AttachmentKind::File,
    })
}

/// Makes a content harmless, by what it is and not by what it is called.
pub(super) fn clean(bytes: Vec<u8>) -> Result<Clean, Unusable> {
    let format = match format(&bytes).ok_or(Unusable::OtherKind)? {
        Format::Picture(format) => format,
        Format::Heic => return Ok(Clean { mime: HEIC, bytes }),
        Format::Pdf => return Ok(Clean { mime: PDF, bytes }),
    };
    let picture = decode(&bytes, format).map_err(|_| Unusable::Unreadable)?;
    let picture = smaller(picture);
    let mut written = Vec::new();
    JpegEncoder::new_with_quality(&mut written, QUALITY)
        .encode_image(&on_white(&picture))
        .map_err(|_| Unusable::Unreadable)?;
    Ok(Clean {
        mime: JPEG,
        bytes: written,
    })
}

/// Source: ISO/IEC 14496-12 (`ftyp` is the first box) and 23008-12 (brands of pictures).
fn is_heic(bytes: &[u8]) -> bool {
    let brand = bytes.get(8..12);
    bytes.get(4..8) == Some(b"ftyp")
        && [b"heic", b"heix", b"mif1", b"heim", b"hevc"]
            .iter()
            .any(|b| brand == Some(b.as_slice()))
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, image::ImageError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_POINTS);
    limits.max_image_height = Some(MOST_POINTS);
    limits.max_alloc = Some(MOST_MEMORY);
    limits.reserve(0)?;
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder()?;
    limits.reserve(decoder.total_bytes())?;
    // A phone writes the points as its sensor lies, and how they are to be turned beside them.
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(turned);
    Ok(picture)
}

fn smaller(picture: DynamicImage) -> DynamicImage {
    if picture.width().max(picture.height()) <= LONGEST_SIDE {
        return picture;
    }
    picture.resize(LONGEST_SIDE, LONGEST_SIDE, FilterType::Triangle)
}

/// JPEG knows no transparency; a screenshot's transparent part is paper.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let mut paper = RgbImage::new(picture.width(), picture.height());
    for (to, from) in paper.pixels_mut().zip(picture.to_rgba8().pixels()) {
        let [r, g, b, alpha] = from.0;
        let alpha = u16::from(alpha);
        let blend = |part: u8| ((u16::from(part) * alpha + 255 * (255 - alpha)) / 255) as u8;
        to.0 = [blend(r), blend(g), blend(b)];
    }
    paper
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, Rgba, RgbaImage};

    fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn read(clean: &Clean) -> RgbImage {
        assert_eq!(clean.mime, JPEG);
        image::load_from_memory_with_format(&clean.bytes, ImageFormat::Jpeg)
            .unwrap()
            .to_rgb8()
    }

    /// A picture, left half red, with the place where it was taken and "turn it a quarter to the right" beside it.
    fn photo(width: u32, height: u32) -> Vec<u8> {
        let red = |x, _| {
            Rgb(if x < width / 2 {
                [250, 0, 0]
            } else {
                [0, 0, 250]
            })
        };
        let jpeg = written(
            &RgbImage::from_fn(width, height, red).into(),
            ImageFormat::Jpeg,
        );
        let mut exif =
            b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
        exif.extend(b"GPS 51.27 N 8.87 E");
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        let mut out = jpeg[..2].to_vec();
        out.extend([0xFF, 0xE1]);
        out.extend(length);
        out.extend(exif);
        out.extend(&jpeg[2..]);
        out
    }

    fn holds(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|w| w == part)
    }

    #[test]
    fn a_photo_is_upright_and_tells_nothing_but_its_points() {
        let photo = photo(80, 40);
        assert!(holds(&photo, b"GPS"));
        let clean = clean(photo).unwrap();
        assert!(!holds(&clean.bytes, b"Exif") && !holds(&clean.bytes, b"GPS"));
        let picture = read(&clean);
        assert_eq!(picture.dimensions(), (40, 80));
        // What was on the left is at the top now.
        let (top, bottom) = (picture.get_pixel(20, 10), picture.get_pixel(20, 70));
        assert!(top[0] > 200 && top[2] < 60, "{top:?}");
        assert!(bottom[2] > 200 && bottom[0] < 60, "{bottom:?}");
    }

    #[test]
    fn a_large_picture_is_made_smaller_and_keeps_its_shape() {
        let clean = clean(photo(2400, 1200)).unwrap();
        assert_eq!(read(&clean).dimensions(), (1000, 2000));
    }

    #[test]
    fn what_is_transparent_becomes_paper() {
        let clear = RgbaImage::from_pixel(8, 8, Rgba([0, 0, 0, 0]));
        for format in [ImageFormat::Png, ImageFormat::WebP] {
            let clean = clean(written(&clear.clone().into(), format)).unwrap();
            assert!(read(&clean).pixels().all(|p| p[0] > 250), "{format:?}");
        }
    }

    #[test]
    fn a_pdf_and_an_iphones_picture_are_kept_as_they_came() {
        let pdf = b"%PDF-1.7 ...".to_vec();
        let kept = clean(pdf.clone()).unwrap();
        assert_eq!((kept.mime, kept.bytes), (PDF, pdf));
        let heic = b"\0\0\0\x18ftypheic....".to_vec();
        assert_eq!(clean(heic).unwrap().mime, HEIC);
    }

    #[test]
    fn anything_else_and_anything_broken_is_refused() {
        for other in [&b"<svg onload='x'>"[..], b"GIF89a", b"MZ", b"<html>", b""] {
            assert_eq!(clean(other.to_vec()), Err(Unusable::OtherKind));
        }
        let cut = photo(80, 40)[..100].to_vec();
        assert_eq!(clean(cut), Err(Unusable::Unreadable));
    }

    /// A picture whose header promises 60,000 × 60,000 points takes 10 gigabytes to decode.
    #[test]
    fn a_picture_that_unfolds_to_a_monster_is_not_decoded() {
        let mut png = written(&RgbImage::new(8, 8).into(), ImageFormat::Png);
        for at in [16, 20] {
            png[at..at + 4].copy_from_slice(&60_000_u32.to_be_bytes());
        }
        let crc = crc(&png[12..29]);
        png[29..33].copy_from_slice(&crc.to_be_bytes());
        assert_eq!(clean(png), Err(Unusable::Unreadable));
        let mut many = written(&RgbImage::new(8, 8).into(), ImageFormat::Png);
        for at in [16, 20] {
            many[at..at + 4].copy_from_slice(&16_000_u32.to_be_bytes());
        }
        let crc = self::crc(&many[12..29]);
        many[29..33].copy_from_slice(&crc.to_be_bytes());
        assert_eq!(clean(many), Err(Unusable::Unreadable));
    }

    fn crc(bytes: &[u8]) -> u32 {
        let mut crc = u32::MAX;
        for byte in bytes {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = (crc >> 1) ^ (0xEDB8_8320 & 0_u32.wrapping_sub(crc & 1));
            }
        }
        !crc
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(beginning in 0_usize..5, rest: Vec<u8>) {
            let beginnings: [&[u8]; 5] = [b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8 ", b"%PDF-", b""];
            let _ = clean([beginnings[beginning], &rest].concat());
        }
    }
}
