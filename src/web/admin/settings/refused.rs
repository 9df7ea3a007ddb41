//! Error sentences about settings, each for its field.

use crate::dialogue::i18n::grouped;
use crate::domain::own_words::{Placeholder, TextProblem};
use crate::domain::settings::{SettingProblem, SettingRefused};
use crate::web::admin::form::Wrong;
use crate::web::admin::reasons;

/// Errors of refused settings, by field.
pub(super) fn beside(problems: &[SettingRefused]) -> Wrong {
    let mut wrong = Wrong::default();
    for problem in problems {
        wrong.note(problem.field.clone(), sentence(&problem.problem));
    }
    wrong
}

/// Error sentence of a setting.
pub(super) fn sentence(problem: &SettingProblem) -> String {
    match problem {
        SettingProblem::Bounds { min, max } => {
            format!("Tiene que ser de {min} a {}.", grouped((*max).into(), "."))
        }
        SettingProblem::Hours => "Escribí las horas así: 09:00, 18:00. Vacío: ninguna.".into(),
        SettingProblem::Day => "Elegí un día del calendario, o dejalo vacío.".into(),
        SettingProblem::AboveMaxNights => "No puede ser más que el máximo de noches.".into(),
        SettingProblem::Cbu => {
            "No es un CBU ni un CVU: son 22 números y alguno no coincide. Copialo otra vez del banco.".into()
        }
        SettingProblem::Alias => "El alias tiene de 6 a 20 letras, números, puntos o guiones.".into(),
        SettingProblem::Ways(_) => "Son teléfono, WhatsApp y correo, cada uno una vez.".into(),
        SettingProblem::Phone(problem) => reasons::phone(*problem).into(),
        SettingProblem::Holidays(line) => {
            format!(
                "No se entiende el renglón {line}. Escribilo como los otros: día 29/03/2027 Puente turístico."
            )
        }
        SettingProblem::Text(problem) => text(problem),
    }
}

fn text(problem: &TextProblem) -> String {
    match problem {
        TextProblem::UnknownName { known } => {
            format!("No conocemos un texto con ese nombre. Los que hay: {}.", known.join(", "))
        }
        TextProblem::TooLong { max } => format!("Tiene más de {max} letras. Acortalo un poco."),
        TextProblem::Control => {
            "Tiene algún carácter invisible que WhatsApp no muestra. Borralo y escribilo de nuevo a mano."
                .into()
        }
        TextProblem::ManyLines => "Tiene que ir en un solo renglón.".into(),
        TextProblem::UnknownPlaceholder { inside, allowed } => {
            format!("No sabemos qué poner en {{{inside}}}. {}", known(allowed))
        }
        TextProblem::NotHere { placeholder, allowed } => {
            format!("Acá no podemos completar {{{}}}. {}", placeholder.name(), known(allowed))
        }
        TextProblem::Unclosed => {
            "Quedó una llave { o } sola. Si la querés tal cual, escribila dos veces: {{ o }}.".into()
        }
        TextProblem::TemplateName => {
            "Copiá el nombre de la plantilla como está en Meta: minúsculas, números y guiones bajos.".into()
        }
    }
}

/// The allowed placeholders, as the owner writes them.
pub(super) fn known(allowed: &[Placeholder]) -> String {
    if allowed.is_empty() {
        return "Este texto va tal como lo escribís.".into();
    }
    let each: Vec<String> = allowed.iter().map(|known| format!("{{{}}}", known.name())).collect();
    format!("Podés usar {}.", each.join(", "))
}
