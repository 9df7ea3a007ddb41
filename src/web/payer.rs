//! Where a payer lands after the provider's page. What the address says is the payer's word, never a proof:
//! the page only says what happens next.

use rocket::http::ContentType;
use rocket::{Route, get, routes};

/// The page, with the place for its words.
const PAGE: &str = include_str!("../../assets/pages/payer.html");

pub(super) fn routes() -> Vec<Route> {
    routes![paid, pending, refused]
}

#[get("/pago/listo")]
fn paid() -> (ContentType, String) {
    page(
        "¡Gracias!",
        "Apenas Mercado Pago nos avise, te confirmamos la reserva por WhatsApp. Ya podés cerrar esta página.",
    )
}

#[get("/pago/pendiente")]
fn pending() -> (ContentType, String) {
    page(
        "Tu pago está en camino",
        "Mercado Pago lo está revisando. Te guardamos el lugar y te avisamos por WhatsApp.",
    )
}

#[get("/pago/rechazado")]
fn refused() -> (ContentType, String) {
    page(
        "El pago no pasó",
        "No se cobró nada. Podés probar de nuevo con el mismo link, o escribirnos por WhatsApp.",
    )
}

fn page(title: &str, words: &str) -> (ContentType, String) {
    (ContentType::HTML, PAGE.replace("{title}", title).replace("{words}", words))
}
