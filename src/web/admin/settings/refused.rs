//! Why a setting can't hold, said to the owner beside its field.

use super::super::invalid;
use crate::domain::invalid::Invalid;
use crate::domain::own_words::{Placeholder, TextProblem};
use crate::domain::settings::{SettingProblem, SettingRefused};
use crate::web::admin::form::Wrong;

/// The sentences for refused settings, each beside its field.
pub(super) fn beside(problems: &[SettingRefused]) -> Wrong {
    let mut wrong = Wrong::default();
    for problem in problems {
        wrong.note(problem.field.clone(), sentence(problem));
    }
    wrong
}

/// The sentence for a refused setting.
pub(super) fn sentence(refused: &SettingRefused) -> String {
    match &refused.problem {
        SettingProblem::Value(problem) => alone(problem),
        SettingProblem::Text(problem) => text(problem),
    }
}

/// The sentence alone, which begins in upper case.
fn alone(problem: &Invalid) -> String {
    let sentence = invalid::sentence(problem);
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
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

/// What may stand in braces, as the owner writes it.
pub(super) fn known(allowed: &[Placeholder]) -> String {
    if allowed.is_empty() {
        return "Este texto va tal como lo escribís.".into();
    }
    let each: Vec<String> = allowed.iter().map(|known| format!("{{{}}}", known.name())).collect();
    format!("Podés usar {}.", each.join(", "))
}
