//! What guests read on their pages, in each language side by side.

use crate::domain::language::Language;
use crate::domain::reservation::Status;

/// A sentence in Spanish, Portuguese and English.
type Said = [&'static str; 3];

#[derive(Debug, Clone, Copy)]
pub(super) struct Words(pub(super) Language);

macro_rules! words {
    ($($name:ident: $said:expr;)*) => {
        $(pub(super) fn $name(&self) -> &'static str {
            const SAID: Said = $said;
            self.pick(SAID)
        })*
    };
}

impl Words {
    fn pick(self, said: Said) -> &'static str {
        match self.0 {
            Language::Es => said[0],
            Language::Pt => said[1],
            Language::En => said[2],
        }
    }

    /// The language's code for the page.
    pub(super) fn code(&self) -> &'static str {
        self.0.code()
    }

    words! {
        your_stay: ["Tu reserva", "Sua reserva", "Your booking"];
        cabin: ["Cabaña", "Cabana", "Cabin"];
        thanks: ["¡Gracias!", "Obrigado!", "Thank you!"];
        paid_next: [
            "Apenas Mercado Pago nos avise, te confirmamos la reserva por WhatsApp. Ya podés cerrar esta página.",
            "Assim que o Mercado Pago nos avisar, confirmamos sua reserva pelo WhatsApp. Já pode fechar esta página.",
            "As soon as Mercado Pago tells us, we confirm your booking on WhatsApp. You can close this page.",
        ];
        under_way: ["Tu pago está en camino", "Seu pagamento está a caminho", "Your payment is under way"];
        under_way_next: [
            "Mercado Pago lo está revisando. Te guardamos el lugar y te avisamos por WhatsApp.",
            "O Mercado Pago está analisando. Guardamos o lugar e avisamos pelo WhatsApp.",
            "Mercado Pago is reviewing it. We hold the place for you and tell you on WhatsApp.",
        ];
        not_paid: ["El pago no pasó", "O pagamento não passou", "The payment did not go through"];
        not_paid_next: [
            "No se cobró nada. Podés probar de nuevo con el mismo link, o escribirnos por WhatsApp.",
            "Nada foi cobrado. Pode tentar de novo com o mesmo link, ou nos escrever pelo WhatsApp.",
            "Nothing was charged. Try again with the same link, or write to us on WhatsApp.",
        ];
        arrival: ["Llegada", "Chegada", "Arrival"];
        departure: ["Salida", "Saída", "Departure"];
        hour_from: ["desde las", "a partir das", "from"];
        until_hour: ["hasta las", "até as", "until"];
        people: ["Personas", "Pessoas", "Guests"];
        total: ["Total", "Total", "Total"];
        deposit: ["Seña", "Sinal", "Deposit"];
        paid: ["Pagado", "Pago", "Paid"];
        left: ["Saldo", "Saldo", "Balance"];
        pay: ["Pagar la seña", "Pagar o sinal", "Pay the deposit"];
        pay_before: ["Te guardamos el lugar hasta", "Guardamos o lugar até", "We are holding it for you until"];
        by_transfer: ["También podés transferir a", "Você também pode transferir para", "You can also transfer to"];
        where_is: ["Cómo llegar", "Como chegar", "Getting there"];
        map: ["Ver en el mapa", "Ver no mapa", "Open the map"];
        calendar: ["Agregar a mi calendario", "Adicionar à minha agenda", "Add to my calendar"];
        rules: ["Reglas de la casa", "Regras da casa", "House rules"];
        cancelling: ["Si cancelás", "Se você cancelar", "If you cancel"];
        before_coming: ["Antes de venir", "Antes de vir", "Before you come"];
        tell_us: [
            "Contanos quiénes vienen y cuándo llegan: así entrás sin trámites.",
            "Conte quem vem e quando chega: assim você entra sem burocracia.",
            "Tell us who is coming and when: check-in takes a minute then."
        ];
        arrival_time: ["¿A qué hora llegan, más o menos?", "A que horas vocês chegam, mais ou menos?", "About what time do you arrive?"];
        who_comes: ["Quiénes vienen (nombre y documento, uno por renglón)", "Quem vem (nome e documento, um por linha)", "Who is coming (name and document, one per line)"];
        plate: ["Patente del auto", "Placa do carro", "Car plate"];
        anything: ["¿Algo más que tengamos que saber?", "Mais alguma coisa que devemos saber?", "Anything else we should know?"];
        save: ["Guardar", "Salvar", "Save"];
        saved: ["¡Gracias! Ya lo anotamos.", "Obrigado! Já anotamos.", "Thank you! We have noted it."];
        privacy: [
            "Usamos estos datos sólo para tu estadía; podés pedir que los borremos.",
            "Usamos estes dados só para a sua estadia; você pode pedir para apagá-los.",
            "We use this for your stay only; you can ask us to delete it."
        ];
        book_title: ["Reservar", "Reservar", "Book"];
        see_prices: ["Ver disponibilidad", "Ver disponibilidade", "See availability"];
        nothing_free: [
            "No hay lugar para esas fechas. Probá con otras.",
            "Não há lugar nessas datas. Tente outras.",
            "Nothing is free on those dates. Try others."
        ];
        choose: ["Elegí tu cabaña", "Escolha a sua cabana", "Choose your cabin"];
        your_data: ["Tus datos", "Seus dados", "About you"];
        name: ["Nombre y apellido", "Nome e sobrenome", "Full name"];
        phone: ["WhatsApp (con código de país)", "WhatsApp (com código do país)", "WhatsApp (with country code)"];
        email: ["Correo (opcional)", "E-mail (opcional)", "E-mail (optional)"];
        hold: ["Reservar", "Reservar", "Book it"];
        then: [
            "Te guardamos el lugar y en el próximo paso pagás la seña.",
            "Guardamos o lugar e no próximo passo você paga o sinal.",
            "We hold it for you, and you pay the deposit in the next step."
        ];
        missing_name: ["Falta tu nombre.", "Falta o seu nome.", "Your name is missing."];
        bad_phone: [
            "Ese teléfono no se entiende. Escribilo así: +54 9 294 412 3456",
            "Esse telefone não foi entendido. Escreva assim: +55 11 98765 4321",
            "We can't read that number. Write it like this: +44 7911 123456"
        ];
        bad_email: ["Ese correo no se entiende.", "Esse e-mail não foi entendido.", "We can't read that e-mail."];
        try_again: [
            "Cambió algo mientras lo mirabas. Fijate y probá otra vez.",
            "Algo mudou enquanto você olhava. Confira e tente de novo.",
            "Something changed meanwhile. Have a look and try again."
        ];
        regret: ["Botón de arrepentimiento", "Arrependimento da compra", "Withdraw from a booking"];
        regret_how: [
            "Si reservaste a distancia podés arrepentirte sin costo dentro de los 10 días, hasta 24 horas antes de la llegada. Dejanos tus datos y te damos un número de trámite.",
            "Se você reservou à distância, pode desistir sem custo em até 10 dias, até 24 horas antes da chegada. Deixe seus dados e damos um número de protocolo.",
            "If you booked at a distance you can withdraw free of charge within 10 days, up to 24 hours before arrival. Leave your details and you get a reference number."
        ];
        booking_code: ["Código de la reserva", "Código da reserva", "Booking code"];
        contact: ["Teléfono o correo con que reservaste", "Telefone ou e-mail usado na reserva", "Phone or e-mail you booked with"];
        send: ["Pedir el arrepentimiento", "Pedir a desistência", "Ask to withdraw"];
        your_number: ["Tu número de trámite es", "O seu número de protocolo é", "Your reference number is"];
        regret_next: [
            "Guardalo. Te contestamos dentro de las 24 horas.",
            "Guarde-o. Respondemos em até 24 horas.",
            "Keep it. We answer within 24 hours."
        ];
        missing_contact: ["Falta tu nombre o cómo encontrarte.", "Falta o seu nome ou contato.", "Your name or contact is missing."];
    }

    /// What a reservation's state means to its guest.
    pub(super) fn status(&self, status: Status) -> &'static str {
        self.pick(match status {
            Status::PreReserved => ["Espera la seña", "Aguarda o sinal", "Waiting for the deposit"],
            Status::Confirmed => ["Confirmada", "Confirmada", "Confirmed"],
            Status::CheckedIn => ["¡Disfrutá tu estadía!", "Aproveite a estadia!", "Enjoy your stay!"],
            Status::CheckedOut => ["¡Gracias por venir!", "Obrigado pela visita!", "Thank you for coming!"],
            Status::Cancelled => ["Cancelada", "Cancelada", "Cancelled"],
            Status::Expired => ["Venció sin seña", "Venceu sem sinal", "Expired without deposit"],
            Status::NoShow => ["Cerrada", "Encerrada", "Closed"],
        })
    }
}
