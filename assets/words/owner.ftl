### What the owner and who helps them read on WhatsApp, in the Spanish of the Río de la Plata: short, what
### happened and what to do. It stands on the messages of es.ftl.

## What is told without being asked

new_booking = ✅ Nueva reserva { $code }: { $guest }, { $cabin }, { $stay }, { $people }. Pagado { $paid } de { $total }.
guest_cancelled = ❌ { $guest } canceló { $code } ({ $cabin }, { $stay }). A devolver: { $refund }.
guest_moved = 🔁 { $guest } cambió { $code }: ahora { $cabin }, { $stay }.
wants_person = 🙋 { $guest } { $cause ->
   *[asked] quiere hablar con vos
    [not_understood] escribe algo que no entiendo
    [upset] está molesto
    [too_many_messages] escribe mucho y no lo puedo ayudar
    [unknown_booking] pregunta por una reserva que no encuentro
    [hard_change] pide un cambio que tenés que decidir vos
    [no_way_to_pay] quiere pagar y no tengo cómo: pasale los datos
    [large_party] busca lugar para más personas de las que entran
    [unanswered] escribió y no le pude contestar
    [promised] espera que le escribas
}.
wrote = Escribió: «{ $words }»
told_again = ⏰ Te lo repito porque todavía nadie lo vio: { $notice }
sent_no_words = (sin palabras: una foto, un audio o una ubicación, mirala en la conversación)
guest_here_writes = { $urgency ->
   *[normal] 🔔
    [stranded] 🚨 URGENTE:
    [danger] 🚨 URGENTE:
} { $guest }, que { $presence ->
    [arriving_today] llega hoy a
   *[in_house] está en
    [just_left] acaba de dejar
} { $cabin } ({ $stay }), { $matter ->
    [problem] avisa de un problema
    [lost_item] se olvidó algo
    [complaint] se queja
    [request] pide algo
   *[message] escribió
} a las { $hour }: { $words } Contestale desde la conversación.
somebody_writes = { $urgency ->
   *[normal] 🔔
    [stranded] 🚨 URGENTE:
    [danger] 🚨 URGENTE:
} { $guest } { $matter ->
    [problem] avisa de un problema
    [lost_item] se olvidó algo
    [complaint] se queja
    [request] pide algo
   *[message] escribió
} a las { $hour }: { $words } Contestale desde la conversación.
question = ❓ { $guest } pregunta algo que no sé: «{ $words }»
receipt = 🧾 { $guest } mandó un comprobante para { $code } ({ $cabin }). Se esperan { $due }. Fijate si llegó la plata y aprobalo.
payment_problem = ⚠️ Pago de { $amount } por { $code }: { $problem ->
    [no_place] pero las noches ya están ocupadas. Hay que devolver o buscarle otra fecha.
    [hold_ended] pero la reserva se venció. Hay que devolver o volver a tomarla.
    [cancelled] pero la reserva estaba cancelada. Hay que devolver.
    [other_amount] y no coincide con lo pedido. Fijate qué hacer.
    [unknown] y no sé de qué es.
    [charged_back] fue desconocido por el titular de la tarjeta. Hay que presentar los papeles.
   *[refund_failed] no se pudo devolver. Hay que hacerlo a mano.
}
unknown_booking = 🧭 { $guest } pagó { $amount } por { $cabin }, { $stay } (código { $code }), y esa reserva no está en la copia de la base que estoy usando. { $taken ->
    [0] Cerré esas noches para que nadie más las tome.
   *[other] Ojo: hay noches que ahora tiene { $holders }. Las otras las cerré.
} En Hoy podés pasarla a reserva o devolver la plata.
held_by_reservation = la reserva { $code } de { $guest }
held_by_channel = { $channel }
held_by_block = un cierre tuyo ({ $reason })
somebody = Alguien
conflict = 🚨 Doble reserva en { $cabin }, { $stay }: la vendió { $channel } y también la tenés con { $code }. Hay que mover a uno de los dos.
calendar_stale = 📅 Hace { $hours } horas que no puedo leer el calendario de { $channel } de { $cabin }. Revisá el link en Calendarios.
reader_silent = 📅 Hace { $hours } horas que { $channel } no lee tu calendario de { $cabin }: puede vender noches que ya vendiste. Entrá a ese canal, fijate si el link sigue cargado y pedile que lo actualice.
confirmation_waits = ⏳ Entró la seña de { $code } ({ $cabin }, { $stay }): { $paid }. No la confirmé porque no puedo leer el calendario de { $channel }. Fijate ahí si las noches siguen libres y confirmala o devolvé la plata. Si el calendario vuelve, la confirmo yo.
withdrawal = ↩️ { $guest } pidió el arrepentimiento. Tenés 24 horas para contestarle.
withdrawal_from = ↩️ { $guest } pidió el arrepentimiento de { $code }. Tenés 24 horas para contestarle.
backup_unusable = 💾 Probé la última copia de seguridad y no sirve. Hacé una nueva en Copias y estado; si vuelve a fallar, pedí ayuda con el equipo.
arrivals_today = Hoy llegan: { $guests }.
departures_today = Hoy se van: { $guests }.
guest_in = { $guest } ({ $cabin }, { $people })
nobody = nadie

## After an outage

back_home = Estuve { $length } sin funcionar y ya volví: { $found }. { $behind ->
    [0] Estoy al día.
    [one] Todavía me falta ponerme al día con { $behind } cosa.
   *[other] Todavía me falta ponerme al día con { $behind } cosas.
}
short_absence = { minutes }
long_absence = { days }
hours_and_minutes = { $hours } h { $minutes } min
late_messages = { $messages ->
    [one] { $messages } mensaje contestado tarde
   *[other] { $messages } mensajes contestados tarde
}
found_payments = { $payments ->
    [one] { $payments } pago encontrado
   *[other] { $payments } pagos encontrados
}
reread_calendars = { $calendars ->
    [one] { $calendars } calendario releído
   *[other] { $calendars } calendarios releídos
}
nothing_lost = no se perdió nada
waiting_to_decide = { $items ->
    [one] Te espera { $items } cosa para decidir en Hoy.
   *[other] Te esperan { $items } cosas para decidir en Hoy.
}

## Answers to what the owner asks

can_say =
    • «quién llega hoy», «quién se va mañana»
    • «qué hay libre del 10 al 15»
    • «ocupación de enero»
    • «qué tengo pendiente»
    • «reserva» y el código o el nombre
    • «bloqueá la 3 del 10 al 15», «desbloqueá la 3»
    • «cancelá la reserva de Ana», «pasá a Ana al 10 de enero»
    • «atiendo yo a Marta», «seguí vos con Marta»
help = Podés pedirme, escrito o hablado:
command_not_understood = No te entendí. Probá así:
command_unheard = No llegué a entender el audio. ¿Me lo repetís o lo escribís?
nothing_asked = No hay nada por confirmar. Decime de nuevo qué hago.
left = Listo, lo dejo como está.
no_cabins = Todavía no hay cabañas cargadas.
missing_cabin = ¿Qué cabaña?
missing_dates = ¿De qué día a qué día?
missing_which_dates = ¿Cuál de estas fechas?
missing_good_dates = Esas fechas no me cierran. ¿Me las decís de nuevo?
missing_guest = ¿A quién? Decime el nombre o el número.
missing_booking = ¿Qué reserva? Decime el código o el nombre.
missing_new_dates = ¿A qué fechas la paso?
button_leave = No, dejalo
button_yes = Sí
button_yes_block = Sí, bloqueala
button_yes_open = Sí, abrila
button_yes_call_off = Sí, cancelala
button_yes_move = Sí, movela

## Conversations

no_guest = No encuentro a «{ $said }» entre los que escribieron.
which_guest = ¿A cuál? Decímelo con el número:
ask_take_over = ¿Atendés vos a { $guest }? Yo no le contesto hasta que me digas.
ask_hand_back = ¿Sigo yo con { $guest }?
taken_over = Dale, { $guest } es tu conversación. Cuando quieras que siga yo: «seguí vos con { $guest }».
handed_back = Listo, sigo yo con { $guest }.

## Closed nights

ask_block = ¿Bloqueo { $cabin }, { $stay }?
block_reason = Motivo: { $reason }.
ask_open = ¿Abro { $cabin }? Está bloqueada:
blocked = 🔒 Listo, { $cabin } queda bloqueada: { $stay }.
opened = 🔓 Listo, { $cabin } queda abierta:
cannot_block = No puedo bloquear { $cabin }, { $stay }: hay noches ocupadas o ya pasaron.
cannot_block_because_of = No puedo bloquear { $cabin }, { $stay }. Ahí están:
blocked_already = { $cabin } ya estaba bloqueada: { $stay }.
nothing_blocked = { $cabin } no tiene nada bloqueado ahí.
which_block = { $cabin } está bloqueada varias veces. ¿Cuál abro?

## A guest's booking, called off or moved

ask_call_off = ¿Cancelo esta reserva?
nothing_was_paid = No pagó nada: no hay nada que devolver.
gives_back = Pagó { $paid } y se le devuelve { $refund }: { refund_ground }.
gives_nothing_back = Pagó { $paid } y no se le devuelve nada: { refund_ground }.
refund_ground = { $ground ->
    [withdrawal] está en término para arrepentirse
    [in_time] por tu política, cancelando con tiempo
   *[late] por tu política, cancelando tan cerca de la llegada
}
ask_to_move = ¿Muevo esta reserva?
would_move_to = Pasaría a { $stay }, { $nights }.
same_price = El precio sigue igual: { $total }.
new_price = El precio nuevo es { $total } (antes { $before }).
called_off = Listo, cancelé { $code } de { $guest }.
is_given_back = Se le devuelve { $refund }.
tells_guest = Ya le aviso.
moved_and_told = Listo, quedó así y ya le aviso:
cannot_call_off = No la puedo cancelar. { $why } Sigue así:
cannot_move_to = No la puedo mover a { $stay }. { $why } Sigue así:
which_of_these = ¿Cuál de estas? Decime el código:

## News

arrive_on = { $when }, llega:
leave_on = { $when }, se va:
nobody_arrives_on = { $when }: no llega nadie.
nobody_leaves_on = { $when }: no se va nadie.
day_to_day = { $from } al { $to }
whole_range = Del { $from } al { $to }
occupancy = 📊 { $range }: { $sold } de { $available } noches vendidas ({ $percent } %), { $revenue }.
cabin_price = { $cabin }: { $price }
nothing_left = No queda nada libre.
taken = No: { $cabins }.
no_bookings = No encuentro ninguna reserva así.
and_more = Y { $more } más.
nothing_pending = No tenés nada pendiente. 🙌
pending = { $total ->
    [one] Tenés una cosa para decidir:
   *[other] Tenés { $total } cosas para decidir:
}
booking_line = { $guest }, { $cabin }, { $stay }, { $people } ({ $code })
booking_line_owing = { $guest }, { $cabin }, { $stay }, { $people } ({ $code }, debe { $due })
booking_card = { $code }: { $guest }, { $cabin }, { $stay }, { $people }. { $standing ->
    [waits_for_deposit] espera la seña
    [waits_for_yes] pagó la seña y espera tu confirmación
    [confirmed] confirmada
    [checked_in] está en la cabaña
    [checked_out] ya se fue
    [cancelled] cancelada
    [expired] vencida
   *[no_show] no vino
}; pagó { $paid } de { $total }.
since = { $what } (desde { $since })
since_about = { $about }: { $what } (desde { $since })
attention = { $kind ->
    [wants_a_person] quiere hablar con vos
    [guest_needs] necesita que le contestes
    [unanswered_question] preguntó algo que no sé
    [unanswered_message] un mensaje quedó sin contestar
    [transfer_receipt] mandó un comprobante: fijate si llegó la plata
    [withdrawal] pidió el arrepentimiento
    [paid_without_place] pagó y las noches ya estaban ocupadas
    [paid_after_cancel] pagó una reserva cancelada
    [paid_and_expired] pagó algo y su reserva se venció
    [paid_twice] pagó dos veces
    [other_amount] llegó un pago que no coincide
    [payment_mismatch] llegó un pago que no coincide
    [paid_unknown_booking] pagó una reserva que no tengo
    [charged_back] hay un reclamo por un pago
    [chargeback] hay un reclamo por un pago
    [payment_claim] hay un reclamo por un pago
    [in_mediation] hay un reclamo por un pago
    [refunded_elsewhere] le devolviste plata desde Mercado Pago
    [money_taken_back] un pago que había entrado se fue
    [under_review] Mercado Pago está revisando su pago
    [unknown_payment_state] Mercado Pago informó algo nuevo de un pago
    [refund_by_hand] hay una devolución para hacer a mano
    [refund_failed] hay una devolución para hacer a mano
    [confirmation_waits] pagó la seña y espera tu confirmación
    [calendar_conflict] dos canales vendieron las mismas noches
    [calendar_stale] hay un calendario que no se puede leer
    [channel_not_reading] un canal dejó de leer tu calendario
    [copy_failed] no puedo hacer la copia de seguridad
    [copy_no_good] la última copia de seguridad no sirve
    [undelivered] un mensaje no le llegó
    [same_guest_twice] el mismo huésped está dos veces
    [signatures_refused] llegan avisos con una firma que no vale
    [provider_outage] un servicio que necesito no anda
    [whatsapp_account] WhatsApp avisa algo de tu cuenta
    [unknown_work] quedó trabajo que esta versión no sabe hacer
   *[work_failed] algo quedó sin terminar
}
# A code that this version does not know.
unknown = algo que esta versión no conoce ({ $code })

## What the payer reads at the provider and on the statement of their card

checkout_title = Seña { $cabin } { $from } al { $to } ({ $code })
