//! Photographs for a guest who asks for them: pictures of the cabin in question, and where the others are.

use super::super::say::{CabinPhotos, FaqSay};
use super::super::work::Work;
use crate::domain::cabin::{Cabin, photo_token};
use crate::domain::ids::CabinId;
use crate::understanding::acts::cabins_named;

/// Most pictures of one cabin: what fills an album on the phone.
pub const PICTURES_OF_CABIN_MAX: usize = 4;
/// Most pictures in one answer.
pub const PICTURES_MAX: usize = 6;

/// `None` when no cabin in question has a photograph that a guest can see.
pub(super) fn photos(work: &Work, text: Option<&str>) -> Option<FaqSay> {
    let cabins: Vec<&Cabin> =
        in_question(work, text).into_iter().filter(|cabin| !cabin.photos.is_empty()).collect();
    let each = (PICTURES_MAX / cabins.len().max(1)).clamp(1, PICTURES_OF_CABIN_MAX);
    let mut left = PICTURES_MAX;
    let mut shown = Vec::new();
    for cabin in cabins {
        let ours = cabin.photos.iter().filter_map(|photo| photo_token(photo));
        let pictures: Vec<String> = ours.take(each.min(left)).map(str::to_owned).collect();
        left -= pictures.len();
        let is_sent = |photo: &&String| {
            photo_token(photo).is_some_and(|token| pictures.iter().any(|sent| sent == token))
        };
        let others = cabin.photos.iter().filter(|photo| !is_sent(photo));
        let rest: Vec<String> = others.filter_map(|photo| address(work, photo)).collect();
        if !(pictures.is_empty() && rest.is_empty()) {
            shown.push(CabinPhotos { cabin: cabin.name.clone(), pictures, rest });
        }
    }
    (!shown.is_empty()).then_some(FaqSay::Photos { cabins: shown })
}

/// The cabins named, else those on offer, else those booked, else all.
fn in_question<'a>(work: &Work<'a>, text: Option<&str>) -> Vec<&'a Cabin> {
    let cabins = work.context.cabins;
    let names: Vec<&str> = cabins.iter().map(|cabin| cabin.name.as_str()).collect();
    let named = text.map(|text| cabins_named(text, &names)).unwrap_or_default();
    if !named.is_empty() {
        return named.into_iter().filter_map(|at| cabins.get(at)).collect();
    }
    let of = |ids: Vec<CabinId>| -> Vec<&'a Cabin> {
        cabins.iter().filter(|cabin| ids.contains(&cabin.id)).collect()
    };
    let offered = work.state.offered.as_ref();
    let offered =
        of(offered.map(|all| all.options.iter().map(|one| one.room.cabin_id).collect()).unwrap_or_default());
    let booked = of(work.live_bookings().iter().map(|booking| booking.cabin_id).collect());
    [offered, booked].into_iter().find(|found| !found.is_empty()).unwrap_or_else(|| cabins.iter().collect())
}

/// Where a guest can open a photograph; `None` when that is nowhere.
fn address(work: &Work, photo: &str) -> Option<String> {
    match work.context.public_url {
        _ if !photo.starts_with('/') => Some(photo.to_owned()),
        Some(url) => Some(format!("{url}{photo}")),
        None => None,
    }
}
