//! What is answered when no handler did: a problem document, or a page for the owner.

use super::Refused;
use super::answer::Answer;
use super::problem::Problem;
use rocket::http::{ContentType, Status};
use rocket::{Catcher, Request, catch, catchers};

/// For programs.
pub(super) fn problems() -> Vec<Catcher> {
    catchers![problem]
}

/// For the owner's browser.
pub(super) fn pages() -> Vec<Catcher> {
    catchers![page]
}

#[catch(default)]
fn problem(status: Status, request: &Request<'_>) -> Answer {
    let known = request.local_cache(|| Refused(None)).0.clone();
    known.unwrap_or_else(|| Problem::of_status(status)).answer()
}

#[catch(default)]
fn page(status: Status, _: &Request<'_>) -> (Status, (ContentType, String)) {
    let (title, words) = match status.code {
        401 => ("Entrá de nuevo", "Tu sesión terminó. Volvé a entrar y seguí donde estabas."),
        403 => ("No se puede", "Tu cuenta puede mirar, pero no cambiar esto."),
        404 => ("No está", "Esta página no existe, o ya no."),
        413 => ("Demasiado grande", "Lo que mandaste es demasiado grande."),
        429 => ("Despacio", "Fueron muchos intentos seguidos. Esperá un minuto y probá otra vez."),
        400..=499 => ("No se entendió", "Algo en el pedido no está bien. Volvé atrás y probá otra vez."),
        _ => ("Algo falló", "No fue culpa tuya. Probá otra vez en un momento."),
    };
    let page = format!(
        "<!doctype html><html lang=\"es-AR\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <h1>{title}</h1><p>{words}</p><p><a href=\"/admin\">Volver al inicio</a></p></html>"
    );
    (status, (ContentType::HTML, page))
}
