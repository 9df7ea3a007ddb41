//! The message about the last action, by its code in the address.

use strum::{EnumString, IntoStaticStr, VariantArray};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Flash {
    Saved,
    CodesOff,
    CabinAdded,
    ChannelAdded,
    NotRead,
    PhotosAdded,
    Confirmed,
    Cancelled,
    Moved,
    CheckedIn,
    CheckedOut,
    NoShow,
    Refunding,
    Received,
    Held,
    NightsTaken,
    Blocked,
    Opened,
    Settled,
    Answered,
    AnsweredBefore,
    AmountMissing,
    NotDone,
    Sent,
    TakenOver,
    HandedBack,
    Removed,
    Erased,
    Added,
    Read,
    NewLink,
    BackedUp,
    AccountAdded,
    AccountPassword,
    AccountRemoved,
    Password,
    TestSent,
    CodeSent,
    NumberProven,
}

impl Flash {
    pub fn code(self) -> &'static str {
        self.into()
    }

    pub fn sentence(self) -> &'static str {
        match self {
            Flash::Saved => "Guardado.",
            Flash::CodesOff => "Ya no se pide un código al entrar.",
            Flash::CabinAdded => "Cabaña agregada. Ahora sumale fotos.",
            Flash::ChannelAdded => "Canal agregado: ya lo estamos leyendo. Pegale nuestro link.",
            Flash::NotRead => "No se pudo leer. Abajo dice por qué.",
            Flash::PhotosAdded => "Fotos agregadas.",
            Flash::Confirmed => "Reserva confirmada. Le avisamos al huésped.",
            Flash::Cancelled => "Reserva cancelada. Le avisamos al huésped.",
            Flash::Moved => "Reserva cambiada. Le avisamos al huésped.",
            Flash::CheckedIn => "Listo: ya están alojados.",
            Flash::CheckedOut => "Listo: estadía terminada.",
            Flash::NoShow => "Anotado: no vinieron.",
            Flash::Refunding => "La devolución está en camino.",
            Flash::Received => "Pago anotado.",
            Flash::Held => "Reserva guardada.",
            Flash::NightsTaken => {
                "No se pudo: esas noches las tiene otra reserva. Mové una de las dos o devolvé la plata."
            }
            Flash::Blocked => "Noches cerradas.",
            Flash::Opened => "Noches abiertas.",
            Flash::Settled => "Resuelto.",
            Flash::Answered => "Listo, le avisamos al huésped.",
            Flash::AnsweredBefore => "Eso ya estaba contestado, o ya no corre.",
            Flash::AmountMissing => "Falta el importe: 10 %, o un monto como 80.000.",
            Flash::NotDone => "No se pudo hacer con esa reserva. Fijate cómo está.",
            Flash::Sent => "Mensaje enviado.",
            Flash::TakenOver => "Ahora contestás vos.",
            Flash::HandedBack => "Casero vuelve a contestar.",
            Flash::Removed => "Borrado.",
            Flash::Erased => "Borramos sus datos. Las reservas y los pagos quedan, sin nombre.",
            Flash::Added => "Agregado.",
            Flash::Read => "Calendario leído.",
            Flash::NewLink => "El link anterior dejó de funcionar. Pegá el nuevo en el canal.",
            Flash::BackedUp => "Copia hecha y verificada.",
            Flash::AccountAdded => "Cuenta agregada. Pasale la contraseña en persona.",
            Flash::AccountPassword => {
                "Contraseña cambiada. Los otros aparatos de esa cuenta tienen que volver a entrar."
            }
            Flash::AccountRemoved => "Cuenta borrada.",
            Flash::Password => "Contraseña cambiada. Volvé a entrar en tus otros aparatos.",
            Flash::TestSent => "Mandamos la prueba. Si no llega en un minuto, abajo dice qué pasó.",
            Flash::CodeSent => "Mandamos otro código.",
            Flash::NumberProven => "Listo: ese número también recibe los avisos y puede mandar órdenes.",
        }
    }
}

#[cfg(test)]
#[test]
fn each_has_a_code_and_a_sentence_of_its_own() {
    crate::domain::code::check_codes::<Flash>();
    let sentences: std::collections::BTreeSet<&str> =
        Flash::VARIANTS.iter().map(|said| said.sentence()).collect();
    assert_eq!(sentences.len(), Flash::VARIANTS.len());
}
