### What a guest reads, in the Spanish of the Río de la Plata: voseo, warm, short.
###
### The format is Project Fluent (https://projectfluent.org). Messages and their arguments have the same names in
### every language; `src/dialogue/i18n` declares them, and its test compares.

## Dates, hours and money

weekday_short = { $weekday ->
    [mon] lun
    [tue] mar
    [wed] mié
    [thu] jue
    [fri] vie
    [sat] sáb
   *[sun] dom
}
weekday_long = { $weekday ->
    [mon] lunes
    [tue] martes
    [wed] miércoles
    [thu] jueves
    [fri] viernes
    [sat] sábado
   *[sun] domingo
}
month_long = { $month ->
    [jan] enero
    [feb] febrero
    [mar] marzo
    [apr] abril
    [may] mayo
    [jun] junio
    [jul] julio
    [aug] agosto
    [sep] septiembre
    [oct] octubre
    [nov] noviembre
   *[dec] diciembre
}
month_part = { $part ->
    [start] principios
    [middle] mediados
   *[end] fines
} de { month_long }
day = { weekday_short } { $dd }/{ $mm }/{ $yyyy }
short_day = { weekday_short } { $d }/{ $m }
weekday_and_day = { weekday_short } { $d }
day_and_month = { $d }/{ $m }
stay = { $from } → { $to } ({ nights })
nights = { $nights ->
    [one] { $nights } noche
   *[other] { $nights } noches
}
people = { $people ->
    [one] { $people } persona
   *[other] { $people } personas
}
adults = { $adults ->
    [one] { $adults } adulto
   *[other] { $adults } adultos
}
children = { $children ->
    [one] { $children } menor
   *[other] { $children } menores
}
pets = { $pets ->
    [one] { $pets } mascota
   *[other] { $pets } mascotas
}
under_one = menos de 1
days = { $days ->
    [one] { $days } día
   *[other] { $days } días
}
hours = { $hours ->
    [one] { $hours } hora
   *[other] { $hours } horas
}
minutes = { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minutos
}
time = { $hour }:{ $mm }
today = hoy
tomorrow = mañana
moment = { $day } { $hour ->
    [1] a la
   *[other] a las
} { $time }
list = { $first } y { $last }
thousands_separator = .
decimal_separator = ,
currency_sign = { $currency ->
    [ARS] $
    [USD] US$
    [BRL] R$
    [UYU] $U
   *[CLP] CLP
}
currency_name = { $currency ->
    [ARS] pesos argentinos
    [USD] dólares
    [BRL] reales
    [UYU] pesos uruguayos
   *[CLP] pesos chilenos
}
language_in_spanish = castellano
template_language = es_AR

## The talk

hello = ¡Hola!
hello_name = ¡Hola, { $name }!
thanks_for_writing = Gracias por escribirnos.
thanks_for_writing_to = Gracias por escribir a { $property }.
how_can_i_help = ¿Para qué fechas querés venir y cuántos son? Si tenés alguna duda del lugar, preguntame nomás.
not_understood = Perdón, no te entendí bien. Te puedo decir si hay lugar y cuánto sale, reservarte, o contarte del lugar. ¿Me lo decís de otra forma?
still_not_understood = Sigo sin entenderte, disculpame. ¿Preferís que te conteste una persona?
button_see_dates = Ver fechas y precios
button_person = Hablar con alguien
button_yes_person = Sí, una persona
wrong_number = ¡No hay problema! Que tengas un lindo día.
handed_over = Ya le avisé a una persona para que te conteste por acá, apenas pueda.
already_handed_over = Ya está avisado: te van a contestar por acá apenas puedan.
owner_told = Ya le pasé tu mensaje a la persona a cargo, para que te conteste por acá cuanto antes.
owner_told_more = También se lo pasé: ya tiene todo lo que me escribiste.
owner_told_urgently = Ya le avisé a la persona a cargo que es urgente.
call_owner = Para no esperar, llamá al { $phone }.
call_for_help = Si alguien corre peligro, salgan de ahí y llamen ya { $numbers ->
   *[unknown] al número de emergencias del lugar.
    [argentina] al 911 (policía), al 100 (bomberos) o al 107 (ambulancia).
}
glad = ¡Qué lindo leer eso, gracias! Cualquier cosa, escribime.
at_your_service = ¿En qué te ayudo?
asked_owner = Eso no lo sé con seguridad. Ya lo pregunté y te contestan por acá.
welcome = ¡De nada! Cualquier cosa, escribime.
ask_stop_messages = ¿Querés que no te escriba más? Lo de tu reserva te lo mando igual (la dirección, cómo entrar, el link). Contestame «sí» o «no».
opted_out_but_booking = Listo: te escribo solo lo que haga falta de tu reserva, y nada más.
goes_on_writing = Dale, sigo por acá.
opted_out = Listo, no te escribo más. Si algún día querés volver a hablar, mandame un mensaje.
unheard = Perdón, no pude escuchar bien el audio. ¿Me lo escribís?
too_long = El audio es muy largo para mí. ¿Me lo mandás más corto, o me lo escribís?
voice_off = Por ahora no puedo escuchar audios. ¿Me lo escribís?
heard = Escuché: «{ $text }». ¿Está bien?
button_heard_right = Sí, está bien
button_no = No
please_write = Dale, entonces escribímelo, por favor.
no_calls = Vi que llamaste. Por acá no puedo atender llamadas: escribime o mandame un audio y te contesto enseguida.
cannot_see = Ese tipo de mensaje no lo puedo ver. ¿Me lo escribís?
picture = ¡Gracias por la foto! ¿En qué te ayudo?
place = Recibí la ubicación, gracias. ¿En qué te ayudo?
stale_button = Ese botón ya no sirve, pasó un tiempo. Decime de nuevo qué necesitás.
late_answer = Recién ahora me llega tu mensaje, perdón la demora. Te cuento cómo está hoy:
calm = Entiendo que estés molesto, y lo lamento. Le aviso a una persona para que te ayude.
see_options = Ver opciones

## A stay: dates, people, prices

ask_dates = ¿Para qué fechas querés venir y cuántos son?
ask_dates_for = Perfecto, para { $people }. ¿Qué día llegan y qué día se van?
ask_days = ¿Qué días de { $period } pensabas? Decime qué día llegan, qué día se van y cuántos son.
ask_days_for = Perfecto, para { $people }. ¿Qué días de { $period } pensabas? Decime qué día llegan y qué día se van.
ask_departure = Llegando el { $arrival }, ¿hasta qué día se quedan, o cuántas noches?
ask_arrival = Saliendo el { $departure }, ¿qué día llegarían?
ask_guests = { $stay }. ¿Cuántas personas son?
ask_ages = { $children ->
    [one] ¿Qué edad tiene? Así te paso el precio justo.
   *[other] ¿Qué edades tienen? Así te paso el precio justo.
}
which_stay = ¿Cuál de estas fechas decís?
which_arrival = ¿Qué día llegarían?
which_guests = ¿Cuántos serían al final? Así te paso el precio justo.
bad_dates = Esas fechas no me cierran. ¿Me decís qué día llegan y qué día se van?
free = Hay lugar: { $stay }.
price_of_one = { $cabin } para { $people }: { $total } en total.
price_of_two = En una sola no entran, pero sí en dos:
price_in_all = Total: { $total }.
deposit_books = Con { $deposit } de seña queda reservada y el resto se paga al llegar.
button_book = Reservar
button_other_dates = Otra fecha
cabins_free = Para { $people }, { $stay }, tengo:
which_do_you_like = ¿Cuál te gusta?
up_to = hasta { $people }
nothing_free = Para { $people }, { $stay }, no me queda lugar.
try_other_dates = ¿Probamos con otra fecha?
nearest = Lo más cercano que tengo:
button_waitlist = Avisame si hay
could_be = Podría ser:
too_many_people = Para { $people } no tengo lugar: entran hasta { $most } en total.
cabin_for = { $cabin } para { $people }
book_aloud = Te repito para no equivocarnos: { $stay }, { $cabins }, total { $total }. ¿Lo reservo?
still_open = ¿Seguimos con { $stay }, { $cabins }, por { $total }?
button_yes_book = Sí, reservar
which_cabin = ¿Cuál querés reservar para { $stay }?
recommended = Te recomiendo { $cabin }: es la que mejor precio tiene para ustedes.
price_changed = Ojo, el precio cambió desde que te lo pasé. Hoy es así:
just_taken = Uy, justo la acaban de reservar. Mirá lo que queda:
declined = Dale, no hay problema. Si querés ver otra fecha, decime.
undecided = Dale, te espero. Por ahora no reservé nada, y alguien la podría tomar antes. Cuando te decidas, decime que sí; y si querés cambiar algo, contame.
undecided_early = Dale, te espero. Cuando lo tengas decidido, escribime y seguimos.
waitlisted = Listo: si se libera algo para { $stay }, te escribo.
waitlist_news = ¡Buenas noticias, se liberó lugar!

## Why not

all_at_once = Sí, podés pagar todo junto cuando quieras: el precio es el mismo. Para reservar alcanza con la seña.

line_kind = { $charge ->
    [night] Noche
    [extra_guest] Persona adicional
    [child] Menores
    [pet] Mascotas
    [cleaning] Limpieza
    [fee] Cargo
    [discount] Descuento
    [tax] Impuesto
   *[adjustment] Ajuste
}
line_of = { $what } ({ $detail })
line_priced = { $what }: { $amount }
line_ages = de { $ages } años
line_percent = { $percent } %
line_discount_promo = Descuento con el código { $code }
line_discount_pay_with = { $way ->
    [cash] Descuento por pagar en efectivo
    [transfer] Descuento por pagar con transferencia
   *[mercadopago] Descuento por pagar con Mercado Pago
}
line_discount_early = Descuento por reservar con tiempo
line_discount_last_minute = Descuento de último momento
line_discount_long = Descuento por quedarse { $nights } o más
line_discount_short = Descuento por estadía corta
rule_amount = { $what }: { $amount } { $per ->
    [stay] por estadía
    [night] por noche
    [person_night] por persona y por noche
    [pet] por mascota
   *[pet_night] por mascota y por noche
}
rule_in_percent = { $what }: { $percent } %
rule_free = { $what }: sin cargo
pets_welcome = Sí, podés venir con tu mascota.
no_pets = Por ahora no recibimos mascotas.
price_per_cabin = El precio es por cabaña, no por persona.
price_per_cabin_up_to = El precio es por cabaña, para hasta { $people }.
instalments_online = Con Mercado Pago podés pagar con tarjeta: antes de confirmar te muestra si hay cuotas y cuánto queda cada una.
prices_in = Los precios están en { $currency_name }.

refused_bad_dates = Esas fechas no me cierran: la salida tiene que ser después de la llegada.
refused_past_date = Esa fecha ya pasó.
refused_over_capacity = Ahí entran hasta { $capacity }.
refused_no_guests = ¿Cuántas personas son?
refused_too_many_pets = { $max ->
    [0] En esa cabaña no podemos recibir mascotas.
    [one] En esa cabaña podemos recibir una sola mascota.
   *[other] En esa cabaña podemos recibir hasta { $max } mascotas.
}
refused_min_nights = Para esas fechas el mínimo es de { $min }.
refused_too_long = Se puede reservar hasta { $max } seguidas.
refused_arrival_day = En esas fechas se entra solamente { $allowed }.
refused_departure_day = En esas fechas se sale solamente { $allowed }.
refused_promo_code_unknown = Ese código de descuento no lo conozco. ¿Me lo escribís de nuevo?
refused_promo_code_used_up = Ese código de descuento ya se usó todas las veces que se podía.
refused_promo_code_conditions = Ese código de descuento no vale para esa estadía.
refused_lead_time = Con tan poco tiempo no llegamos: lo más pronto es el { $earliest }.
refused_too_far_ahead = Todavía no abrimos esas fechas: por ahora se reserva hasta el { $latest }.
refused_nights_taken = Esas noches ya están ocupadas.
refused_paused_until = Por ahora no estamos tomando reservas. Volvemos a tomarlas el { $until }.
refused_paused = Por ahora no estamos tomando reservas.
refused_cabin_unavailable = Esa cabaña no está disponible.
refused_price_overflow = No pude calcular el precio. Ya avisé para que te lo pasen.
refused_not_now = Eso ya no se puede hacer con esta reserva.
refused_hold_expired = La reserva se venció antes. La puedo volver a buscar.
refused_too_many_holds = Ya tenés { $max } reservas esperando la seña. Paguemos alguna primero, o cancelá una.
refused_too_many_web_holds = Ya hay varias reservas hechas por acá esperando la seña, así que por ahora no podemos guardar otra. Escribinos por WhatsApp y la vemos con vos.
refused_nothing_to_refund = No hay nada para devolver.

## A booking

held = ¡Dale! Te guardo { $cabins }, { $stay }, hasta { $until }.
held_total = Total { $total }, seña { $deposit }.
link_follows = { $cabins ->
    [one] Ahora te mando el link para pagar la seña.
   *[other] Ahora te mando los links, uno por cabaña, para pagar la seña.
}
or_transfer = Si preferís transferencia: { $bank }
transfer_deposit = La seña se transfiere a: { $bank }
send_receipt = Cuando la hagas, mandame el comprobante por acá.
owner_says_how_to_pay_deposit = Enseguida te dicen cómo pagar la seña.
hold_ending = Te guardo { $cabin } hasta { $until }. Si todavía la querés, falta la seña de { $deposit }.
button_pay_deposit = Pagar la seña
expired = Se venció la reserva de { $cabin }, { $stay }, porque no llegó la seña. Si todavía la querés, la vuelvo a buscar.
expired_with_money = Se venció la reserva de { $cabin }, { $stay }. Recibimos { $paid }: una persona te escribe para devolverte la plata o seguir con la reserva.
button_look_again = Buscar de nuevo
confirmed = ¡Listo, reserva confirmada! 🎉
cancelled = Cancelé tu reserva { $code }: { $cabin }, { $stay }.
refund_on_its_way = Te devolvemos { $refund }; puede tardar unos días en verse.
nothing_to_refund = No quedó nada por devolver.
moved = Listo, quedó cambiada:
discounted = Buena noticia: te hicimos un descuento de { $off }. Queda así:
no_booking = Con este número no encuentro ninguna reserva. ¿La hiciste con otro?
ask_cancel = ¿Seguro querés cancelar { $cabin }, { $stay }?
cancel_loses_nothing = No hay nada pago, así que no se pierde nada.
cancel_loses_deposit = Por la fecha, la seña no se devuelve.
cancel_refunds_all = Estás en tiempo de arrepentirte: te devolvemos todo, { $refund }.
cancel_refunds = Se te devuelven { $refund }.
button_yes_cancel = Sí, cancelar
button_no_keep = No, dejarla
kept = Perfecto, la reserva sigue como estaba.
which_booking = { $purpose ->
    [cancel] ¿Cuál querés cancelar?
    [change] ¿Cuál querés cambiar?
   *[pay] ¿Cuál querés pagar?
}
ask_new_dates = Hoy tenés { $cabin }: { $stay }, { $people }. ¿Para qué fechas, o para cuántas personas, la cambio?
ask_move = La cambiaría así: { $cabin }, { $stay }, { $people }. { $price } ¿La cambio?
total_stays = El total sigue siendo { $total }.
total_changes = El total pasa de { $before } a { $after }.
button_yes_change = Sí, cambiarla
cannot_move = No la puedo cambiar así. { $why } Tu reserva sigue como estaba.
withdrawing = Anoté tu pedido de arrepentimiento, con la fecha y la hora de hoy. Te contestamos dentro de las 24 horas.
withdrawing_from = Anoté tu pedido de arrepentimiento de la reserva { $code }, con la fecha y la hora de hoy. Te contestamos dentro de las 24 horas.
arrival_reminder = ¡Ya falta poco! Te esperamos el { $arrival } en { $cabin }.
check_in_today = ¡Hoy es el día! { $cabin } te espera desde las { $from }.
thanks_for_staying = ¡Gracias por haber estado con nosotros!
thanks_for_staying_at = ¡Gracias por haber estado en { $property }!
come_back = ¡Ojalá vuelvas pronto!
code_is = Código: { $code }
deposit_missing = Falta la seña de { $deposit }; te la guardo hasta { $until }.
paid_so_far = Total { $total }, pagado { $paid }, quedan { $due } al llegar.
all_paid = Total { $total }, está todo pago.
due_on_arrival = Quedan { $due } para pagar al llegar.
arrival_hours = Entrada desde las { $from }, salida hasta las { $until }.
address = Dirección: { $address }
calendar_file = estadia
calendar_caption = 📅 Para tu calendario: tocá el archivo y se agenda.
calendar_title = Estadía en { $place }
calendar_text = Reserva { $code }, { $people }. Si cambia algo, escribinos por WhatsApp.

## Money

pay_here = Acá podés pagar { $amount } de { $cabin } con Mercado Pago. Apenas entre el pago te confirmo.
button_pay = Pagar ahora
link_coming = Ahí te mando el link para pagar.
several_links = Son { $count } cabañas y cada una se seña con su link ({ $total } en total):
several_links_confirm = Apenas entre cada pago te confirmo esa cabaña.
link_unavailable = El link de pago todavía no me anda; si se arregla te lo mando. Ya avisé y te dicen cómo pagar.
link_unavailable_transfer = El link de pago todavía no me anda; si se arregla te lo mando. Si no, podés transferir a: { $bank }
then_send_receipt = Después mandame el comprobante.
transfer_for = Para { $cabin }, transferí { $amount } a: { $bank }
payment_pending = Mercado Pago está revisando tu pago. Mientras tanto te guardo el lugar y te aviso.
payment_rejected = El pago no pasó. Podés probar de nuevo con el mismo link o con otro medio de pago.
button_try_again = Probar de nuevo
payment_rejected_after_review = El pago no pasó. Te sigo guardando { $cabin }, { $stay }, y ahora te mando otro link.
other_amount = Recibimos { $received }, pero no es lo que pedía la seña de { $cabin }, { $deposit }. Una persona lo mira y te escribe.
paid_more = Recibimos { $received } además de lo que había que pagar por { $cabin }, { $stay }. Una persona lo mira y te escribe para devolvértelo o dejarlo a cuenta.
paid_for_nothing = Recibimos { $received } por { $cabin }, { $stay }, pero esa reserva ya no está en pie. Una persona te escribe para devolverte la plata o buscarte otra fecha.
settled = ¡Recibimos el resto! Tu estadía en { $cabin }, { $stay }, está paga.
owner_confirms = ¡Recibimos tu pago, gracias! { $cabin }, { $stay }, queda guardada para vos: el dueño la confirma en un rato y te aviso por acá.
revived = Te había dicho que se venció la reserva de { $cabin }, { $stay }, pero el pago entró y las noches seguían libres: tu lugar sigue en pie.
paid_too_late = Tu pago llegó cuando { $cabin }, { $stay }, ya estaba ocupada. Perdón: una persona te escribe para devolverte la plata o buscarte otra fecha.
receipt_received = ¡Gracias! Recibí el comprobante de { $cabin }. Apenas lo vean te confirmo.
transfer_seen = Vimos tu transferencia de { $amount } para { $cabin }.
transfer_not_found = Todavía no vemos la transferencia de { $cabin }. ¿Me mandás de nuevo el comprobante?
balance_reminder = Te recuerdo que al llegar a { $cabin } quedan { $due } por pagar.
pay_ahead = Si querés adelantarlo, podés transferir a: { $bank }
refunded = Te devolvimos { $amount } de la reserva { $code }. Puede tardar unos días en verse en tu cuenta.
receipt_told = ¡Gracias por avisar! Le pido a la persona a cargo que mire si entró el pago de { $cabin } y te confirmo. Si tenés el comprobante, mandámelo por acá.
receipt_not_seen = Todavía no me figura el pago de { $cabin }. Le pido a la persona a cargo que lo mire y te confirmo. Si tenés el comprobante, mandámelo por acá.
receipt_waits = El pago de { $cabin } se lo pasé { $since } a la persona a cargo y todavía no lo miró. Apenas lo vea te confirmo.
receipt_too_late = Recibí tu aviso, pero la reserva de { $cabin }, { $stay }, ya se había vencido. Le pido a la persona a cargo que mire si entró la plata: si las noches siguen libres queda confirmada, y si no te la devolvemos.
hold_kept_until = Mientras tanto te la guardo hasta { $until }.
payment_arrived = Sí, el pago de { $cabin } ya entró.
held_until = Dale. Te guardo { $cabin } hasta { $until }; falta la seña de { $deposit }. Si necesitás más tiempo, lo pregunto.
button_more_time = Pedir más tiempo
how_one_pays = Para reservar se paga una seña del { $percent } % { $ways ->
    [both] con Mercado Pago o por transferencia
    [online] con Mercado Pago
    [transfer] por transferencia
   *[neither] como te quede cómodo, lo arreglamos por acá
}, y el resto al llegar.
nothing_due = Por ahora no hay nada para pagar de { $cabin }. ¡Está todo en orden!
owner_says_how_to_pay = Ya avisé para que te digan cómo pagar.
bank_alias = alias { $alias }
bank_cbu = CBU { $cbu }
bank_holder = a nombre de { $holder }

## The place and its rules

photos_of = Te mando fotos de { $cabins }. 📷
photos_at = Fotos de { $cabin }:
more_photos_at = Más fotos de { $cabin }:
check_in_from = Se puede entrar desde las { $from }.
check_out_until = Se sale hasta las { $until }.
deposit_rule = Para reservar se paga una seña del { $percent } %. Te guardo el lugar { $time } mientras la pagás, y el resto es al llegar.
cancellation_rule = Si cancelás hasta { $days } días antes de llegar, se devuelve el { $refund } % de lo pagado; { $late ->
    [0] después no hay devolución
   *[other] después, el { $late } %
}. Además, hasta 10 días después de reservar y al menos 24 horas antes de llegar, te podés arrepentir sin costo.
we_are_here = Estamos acá:

## What a person decides

request_what = { $request ->
    [exception] la excepción
    [refund] la devolución
    [hold_without_deposit] reservar sin seña
    [more_time] tener más tiempo para la seña
    [invoice] la factura
    [transfer_of_booking] pasar la reserva a otra persona
    [cot] la cuna o sillita
    [day_use] pasar el día
    [event] el festejo
    [late_check_out] salir más tarde
    [early_check_in] entrar más temprano
    [extra_person] sumar a alguien
    [bedding] la ropa de cama o toallas
    [discount] el precio
   *[other] tu pedido
}
request_passed_on = Le pregunto a la persona a cargo por { request_what } y te contesto por acá, a más tardar { $by }.
request_passed_on_again = También se lo pasé a la persona a cargo. Te contesto por acá, a más tardar { $by }.
request_still_waiting = Todavía no me contestaron por { request_what }. Volví a preguntar a la persona a cargo y te digo apenas sepa, a más tardar { $by }.
request_unanswered = Perdón, todavía no me contestaron por { request_what }. Tu pedido sigue anotado, se lo recordé a la persona a cargo y te digo apenas sepa.
request_no_longer_needed = Dale, le aviso a la persona a cargo que ya no hace falta.
request_granted = ¡Buenas noticias! Pregunté por { request_what } y me dijeron que sí.
request_granted_more_time = ¡Buenas noticias! Te guardo { $cabin } hasta { $until }.
request_granted_discount = ¡Buenas noticias! Te hacemos un descuento de { $off } para { $stay }. Cuando reserves, ya va descontado.
request_granted_refund = Me dijeron que sí: te devolvemos { $amount }. Puede tardar unos días en verse.
request_refused = Pregunté por { request_what } y esta vez no se puede, perdón.
request_refused_discount = El precio sigue siendo el que te pasé. Si querés, miramos otras fechas u otra cabaña.
request_refused_other = Si te puedo ayudar con otra cosa, decime.

## The pages of guests

page_your_stay = Tu reserva
page_cabin = Cabaña
page_thanks = ¡Gracias!
page_paid_next = Apenas Mercado Pago nos avise, te confirmamos la reserva por WhatsApp. Ya podés cerrar esta página.
page_under_way = Tu pago está en camino
page_under_way_next = Mercado Pago lo está revisando. Te guardamos el lugar y te avisamos por WhatsApp.
page_not_paid = El pago no pasó
page_not_paid_next = No se cobró nada. Podés probar de nuevo con el mismo link, o escribirnos por WhatsApp.
page_arrival = Llegada
page_departure = Salida
page_hour_from = desde las
page_until_hour = hasta las
page_people = Personas
page_children = Edades de los menores
page_children_how = Si vienen, por ejemplo: 3, 9. Contalos también entre las personas.
page_pets = Mascotas
page_count_children = Contá a los menores también entre las personas.
page_ages_wrong = No entendimos las edades: van de 0 a 17, separadas por comas.
page_too_many_pets = Son muchas mascotas: escribinos por WhatsApp y lo vemos.
page_total = Total
page_deposit = Seña
page_paid = Pagado
page_left = Saldo
page_pay = Pagar la seña
page_pay_before = Te guardamos el lugar hasta
page_by_transfer = También podés transferir a
page_where_is = Cómo llegar
page_map = Ver en el mapa
page_calendar = Agregar a mi calendario
page_rules = Reglas de la casa
page_cancelling = Si cancelás
page_before_coming = Antes de venir
page_tell_us = Contanos quiénes vienen y cuándo llegan: así entrás sin trámites.
page_arrival_time = ¿A qué hora llegan, más o menos?
page_who_comes = Quiénes vienen (nombre y documento, uno por renglón)
page_plate = Patente del auto
page_anything = ¿Algo más que tengamos que saber?
page_save = Guardar
page_saved = ¡Gracias! Ya lo anotamos.
page_privacy = Usamos estos datos sólo para tu estadía; podés pedir que los borremos.
page_book_title = Reservar
page_promo_code = Código de descuento
page_pay_with = Cómo vas a pagar
page_pay_with_any = Todavía no sé
page_way = { $way ->
    [cash] Efectivo
    [transfer] Transferencia
   *[mercadopago] Mercado Pago
}
page_extras = ¿Querés sumar algo?
page_see_prices = Ver disponibilidad
page_nothing_free = No hay lugar para esas fechas. Probá con otras.
page_choose = Elegí tu cabaña
page_your_data = Tus datos
page_name = Nombre y apellido
page_phone = WhatsApp (con código de área)
page_email = Correo (opcional)
page_hold = Reservar
page_then = Te guardamos el lugar y en el próximo paso pagás la seña.
page_missing_name = Falta tu nombre.
page_bad_phone = No encontramos un teléfono así. Fijate si falta o sobra algún número: 294 412 3456, o +54 9 294 412 3456
page_phone_area = Falta el código de área del teléfono: 294 412 3456
page_phone_country = Falta el código de país del teléfono, con el + adelante: +54 9 294 412 3456
page_write_us = Escribirnos por WhatsApp
page_also_whatsapp = ¿La querés también por WhatsApp? Escribinos y te mandamos por ahí el link para pagar, la confirmación y cómo llegar.
page_write_about = Hola, quiero recibir por acá mi reserva { $code }
page_write_to_book = Hola, quiero reservar
page_bad_email = Ese correo no se entiende.
page_try_again = Cambió algo mientras lo mirabas. Fijate y probá otra vez.
page_regret = Botón de arrepentimiento
page_regret_how = Si reservaste a distancia podés arrepentirte sin costo dentro de los 10 días, hasta 24 horas antes de la llegada. Dejanos tus datos y te damos un número de trámite.
page_booking_code = Código de la reserva
page_contact = Teléfono o correo con que reservaste
page_send = Pedir el arrepentimiento
page_your_number = Tu número de trámite es
page_regret_next = Guardalo. Te contestamos dentro de las 24 horas.
page_missing_contact = Falta tu nombre o cómo encontrarte.
page_status = { $status ->
    [pre_reserved] Espera la seña
    [confirmed] Confirmada
    [checked_in] ¡Disfrutá tu estadía!
    [checked_out] ¡Gracias por venir!
    [cancelled] Cancelada
    [expired] Venció sin seña
   *[no_show] Cerrada
}

## Message templates at Meta: what stands around the news outside the 24 hours. Meta asks that none begins or ends with
## an argument, and that the fixed words say what the message is about.

template_notice = Hay un aviso de { $place } sobre una reserva o una consulta: { $news } Podés responder a este mensaje.
template_booking = Te escribimos de { $place } por tu reserva: { $news } Si tenés alguna duda, respondé a este mensaje.
template_payment = Te escribimos de { $place } por el pago de tu reserva: { $news } Si necesitás ayuda para pagar, respondé a este mensaje.
template_arrival = Se acerca tu estadía en { $place } y te pasamos lo que hace falta para llegar: { $news } Cualquier cosa, respondé a este mensaje.
template_stay = Te escribimos de { $place } por la estadía que terminó: { $news } Si te olvidaste algo, respondé a este mensaje.
template_reply = Esta es la respuesta de { $place } a lo que nos escribiste: { $news } Podés seguir la conversación acá mismo.
template_waitlist = Nos pediste que te avisemos si se liberaba lugar en { $place } y ahora hay novedades: { $news } Si todavía lo querés, respondé a este mensaje.

## Letters

letter_subject = Tu reserva { $code } en { $place }
letter_link = Acá ves todo de tu reserva: { $url }
letter_foot = Este correo lo manda { $place } por tu reserva.
