//! A feed's problems in the owner's language. The English text of [`ProblemKind`] is for files and logs.

use super::event::ProblemKind;

impl ProblemKind {
    /// Whether it may hide a stay or hold nights that are free: then the owner is told.
    pub fn matters(&self) -> bool {
        match self {
            ProblemKind::TrailingText { .. }
            | ProblemKind::NoUid
            | ProblemKind::JunkLine { .. }
            | ProblemKind::BeyondHorizon { .. }
            | ProblemKind::More => false,
            ProblemKind::Empty
            | ProblemKind::WebPage
            | ProblemKind::Json
            | ProblemKind::NotACalendar
            | ProblemKind::Truncated
            | ProblemKind::BadNesting { .. }
            | ProblemKind::TooLarge { .. }
            | ProblemKind::BadStart { .. }
            | ProblemKind::BadEnd { .. }
            | ProblemKind::NoNights { .. }
            | ProblemKind::Doubled { .. }
            | ProblemKind::Recurrence { .. }
            | ProblemKind::RecursTooOften { .. }
            | ProblemKind::ShownAsFree { .. }
            | ProblemKind::UnknownZone { .. } => true,
        }
    }

    pub fn for_owner(&self) -> String {
        match self {
            ProblemKind::Empty => "El canal contestó sin nada adentro.".to_owned(),
            ProblemKind::WebPage => {
                "El canal contestó con una página web en lugar del calendario.".to_owned()
            }
            ProblemKind::Json => {
                "El canal contestó con un aviso de error en lugar del calendario.".to_owned()
            }
            ProblemKind::NotACalendar => "Lo que hay en ese enlace no es un calendario.".to_owned(),
            ProblemKind::Truncated => "El calendario llegó cortado. Sigo con lo que sabía.".to_owned(),
            ProblemKind::BadNesting { line } => {
                format!("El calendario llegó roto (línea {line}). Sigo con lo que sabía.")
            }
            ProblemKind::TooLarge { .. } => {
                "El calendario es demasiado grande para ser el de una cabaña. Sigo con lo que sabía."
                    .to_owned()
            }
            ProblemKind::TrailingText { .. } => {
                "Hay texto de más al final del calendario; no molesta.".to_owned()
            }
            ProblemKind::JunkLine { line } => format!("La línea {line} del calendario no se entiende."),
            ProblemKind::NoUid => "Un evento no trae su identificador; no molesta.".to_owned(),
            ProblemKind::BadStart { uid } => {
                format!("No se entiende cuándo empieza el evento {uid}. Sus noches quedan como estaban.")
            }
            ProblemKind::BadEnd { uid } | ProblemKind::NoNights { uid } => {
                format!(
                    "No se entiende cuándo termina el evento {uid}. Cierro una noche y no libero las que tenía."
                )
            }
            ProblemKind::Doubled { uid, .. } => {
                format!(
                    "El evento {uid} trae dos fechas distintas. Tardo más en liberar noches, por las dudas."
                )
            }
            ProblemKind::Recurrence { uid, .. } => {
                format!(
                    "El evento {uid} se repite de un modo que no sigo. Cierro lo que entendí y no libero nada."
                )
            }
            ProblemKind::RecursTooOften { uid } => {
                format!("El evento {uid} se repite demasiadas veces. Cierro las primeras y no libero nada.")
            }
            ProblemKind::ShownAsFree { uid } => {
                format!(
                    "El evento {uid} figura como «Libre» en ese calendario, así que no cierro sus noches. Si es una reserva, marcalo como «Ocupado»."
                )
            }
            ProblemKind::BeyondHorizon { uid } => {
                format!("El evento {uid} empieza a más de dos años. Todavía no lo tomo en cuenta.")
            }
            ProblemKind::UnknownZone { name } => {
                format!("No conozco el huso horario {name}. Tomo las horas como locales.")
            }
            ProblemKind::More => "Y hay más problemas que no entran en esta lista.".to_owned(),
        }
    }
}
