//! Labels of guests' requests, for the owner's pages.

use crate::domain::request::{RequestKind, RequestState};

/// What a guest asks for.
pub fn kind(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Exception => "Una excepción",
        RequestKind::Refund => "Que le devuelvas plata",
        RequestKind::HoldWithoutDeposit => "Reservar sin seña",
        RequestKind::MoreTime => "Más tiempo para la seña",
        RequestKind::Invoice => "Factura",
        RequestKind::TransferOfBooking => "Pasar la reserva a otra persona",
        RequestKind::Cot => "Cuna o sillita",
        RequestKind::DayUse => "Pasar el día",
        RequestKind::Event => "Hacer un festejo",
        RequestKind::LateCheckOut => "Salir más tarde",
        RequestKind::EarlyCheckIn => "Entrar más temprano",
        RequestKind::ExtraPerson => "Sumar a alguien",
        RequestKind::Bedding => "Ropa de cama o toallas",
        RequestKind::Discount => "Mejor precio",
        RequestKind::Other => "Otra cosa",
    }
}

/// How a request stands.
pub fn state(state: RequestState) -> &'static str {
    match state {
        RequestState::Open => "sin contestar",
        RequestState::Granted => "le dijimos que sí",
        RequestState::Refused => "le dijimos que no",
        RequestState::Answered => "contestado",
        RequestState::Withdrawn => "ya no lo necesita",
        RequestState::Ended => "ya no corre",
    }
}
