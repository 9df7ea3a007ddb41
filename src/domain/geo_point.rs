//! A place on the map, in degrees.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct GeoPoint {
    latitude: f64,
    longitude: f64,
}

/// No point is made of what is not a number.
impl Eq for GeoPoint {}

impl GeoPoint {
    /// `None` outside the globe.
    pub fn new(latitude: f64, longitude: f64) -> Option<GeoPoint> {
        let on_globe = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        on_globe.then_some(GeoPoint { latitude, longitude })
    }

    pub fn latitude(self) -> f64 {
        self.latitude
    }

    pub fn longitude(self) -> f64 {
        self.longitude
    }

    /// An address of Google Maps that any phone opens.
    pub fn map_url(self) -> String {
        format!("https://maps.google.com/?q={},{}", self.latitude, self.longitude)
    }

    /// Reads `-31.42, -64.18`, alone or in an address of Google Maps or OpenStreetMap.
    pub fn read(text: &str) -> Option<GeoPoint> {
        const MARKS: [&str; 7] = ["!3d", "?q=", "&q=", "query=", "/@", "mlat=", "ll="];
        let text = text.trim();
        let found = MARKS.iter().find_map(|mark| text.split_once(mark)).map(|(_, rest)| pair(rest));
        found.unwrap_or_else(|| pair(text))
    }
}

/// Two numbers at the beginning, however they are parted.
fn pair(text: &str) -> Option<GeoPoint> {
    const PARTED_BY: [&str; 5] = ["!4d", "%2C", "&mlon=", ",", " "];
    let (latitude, rest) = number(text)?;
    let rest = rest.trim_start();
    let parted = PARTED_BY.iter().find_map(|mark| rest.strip_prefix(mark));
    // "-31.42 -64.18": the blank is gone already.
    let (longitude, _) = number(parted.unwrap_or(rest).trim_start())?;
    GeoPoint::new(latitude, longitude)
}

fn number(text: &str) -> Option<(f64, &str)> {
    let end =
        text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-' && c != '+').unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    Some((number.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_read_as_people_paste_it() {
        let place = GeoPoint::new(-26.58, -64.95);
        for text in [
            "-26.58,-64.95",
            " -26.58, -64.95 ",
            "-26.58 -64.95",
            "https://www.google.com/maps/place/X/@-26.58,-64.95,17z",
            "https://maps.google.com/?q=-26.58,-64.95",
            "https://www.google.com/maps/search/?api=1&query=-26.58%2C-64.95",
            "https://www.google.com/maps/place/X/data=!3m1!3d-26.58!4d-64.95",
            "https://www.openstreetmap.org/?mlat=-26.58&mlon=-64.95",
        ] {
            assert_eq!(GeoPoint::read(text), place, "{text}");
        }
        for text in ["", "Ruta 40 km 12", "-126.58,-64.95", "https://maps.app.goo.gl/abc", "-26.58"] {
            assert_eq!(GeoPoint::read(text), None, "{text}");
        }
    }
}
