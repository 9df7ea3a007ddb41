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
delivery_failing = ⚠️ { $delivery ->
    [unreachable] A { $guest } no le llegan los mensajes: ese número no tiene WhatsApp o no puede recibir. Probá llamarlo.
    [withheld] A { $guest } Meta no le entrega por ahora mensajes de negocios. Cuando te escriba, le llegan; si apura, llamalo.
    [window_closed] { $guest } no escribe hace más de 24 horas y lo que le mandé no salió. Cuando te escriba, le llega; si apura, llamalo.
    [late] Lo que le contesté a { $guest } no pudo salir a tiempo y ya no sirve. Escribile vos.
    [in_doubt] No sé si a { $guest } le llegó lo último que le mandé. Fijate en la conversación.
    [limited] Meta frenó tu número porque mucha gente lo bloqueó o lo denunció: los mensajes que salen por mi cuenta esperan o se pierden. Mirá la calidad del número en el administrador de WhatsApp.
   *[refused] WhatsApp no aceptó un mensaje y a otros les puede pasar lo mismo. Mostrale este número a quien te instaló Casero: { $code }.
}
delivery_cause = { $delivery ->
    [unreachable] ese número no tiene WhatsApp o no puede recibir
    [withheld] Meta no le entrega mensajes de negocios
    [window_closed] pasaron más de 24 horas
    [late] no pudo salir a tiempo
    [in_doubt] no sé si salió
    [limited] Meta frenó tu número
   *[refused] WhatsApp no lo aceptó
}
provider_failing = ⚠️ { $provider ->
    [whatsapp] WhatsApp
   *[mercadopago] Mercado Pago
} no anda. { $why } Lo que espera sale solo apenas vuelva a andar.
outage_cause = { $outage ->
    [unreachable] No contesta. No hay nada que hacer de tu lado: sigo probando cada minuto.
    [token] La clave de acceso (token) venció o la revocaron. Generá otra y cargala en Casero.
    [permission] A la clave de acceso le falta un permiso. Agregáselo, o generá otra con todos.
    [billing] Hay un problema con el pago de la cuenta. Revisá el medio de pago en Meta.
    [locked] La cuenta está bloqueada. Fijate el motivo y pedí la revisión en Meta.
   *[registration] Al número le falta el registro o la aprobación del nombre. Completalo en Meta.
}
signatures_refused = ⚠️ Llegan avisos de { $provider ->
    [whatsapp] WhatsApp
   *[mercadopago] Mercado Pago
} con una firma que no vale: los pagos y los mensajes pueden enterarse tarde. La clave secreta cargada en Casero no es la de ese servicio, o algo en el camino cambia los avisos.
template_failing = ⚠️ WhatsApp no me deja usar la plantilla «{ $template }». { $why }
template_reason = { $template_reason ->
    [missing] No existe en tu cuenta. Tocá «Preparar WhatsApp».
    [paused] Meta la frenó unas horas porque mucha gente la rechazó. Vuelve sola.
    [disabled] Meta la apagó. Cambiale el texto en el administrador de WhatsApp y mandala de nuevo.
    [other_variables] No tiene los mismos datos que mandamos. Borrala allá y tocá «Preparar WhatsApp».
    [promotional] Meta la tomó por publicidad. Pedí que la revisen.
    [bad_form] A Meta no le gustó cómo está escrita. Editala allá y mandala de nuevo.
    [bad_content] Meta no aceptó lo que dice. Pedí que la revisen.
   *[unknown] Fijate por qué en el administrador de WhatsApp.
}
account_notice = ⚠️ WhatsApp avisa algo de tu cuenta: { $summary }. Miralo en el administrador de WhatsApp.
question = ❓ { $guest } pregunta algo que no sé: «{ $words }»
receipt = 🧾 { $guest } mandó un comprobante para { $code } ({ $cabin }). Se esperan { $due }. Fijate si llegó la plata y aprobalo.
receipt_told_by = 🧾 { $guest } dice que ya pagó { $code } ({ $cabin }). Se esperan { $due }. Fijate si llegó la plata.
receipt_asked_by = 🧾 { $guest } pregunta si llegó su pago de { $code } ({ $cabin }). Se esperan { $due }. Fijate si llegó la plata.
receipt_keeps = Le guardo las noches hasta { $until }.
button_arrived = Llegó
button_not_arrived = No llegó
button_other_amount = Otro monto
receipt_how_much = ¿Cuánto llegó de { $guest }?
receipt_not_found = Listo, le digo a { $guest } que no lo vemos y le pido el comprobante.
receipt_not_found_until = Listo, le digo a { $guest } que no lo vemos. Le guardo las noches hasta { $until }.
receipt_closed = Lo del pago de { $guest } ya está resuelto.
request_asks = { $request ->
    [exception] pide una excepción
    [refund] pide que le devuelvas plata
    [hold_without_deposit] pide reservar sin seña
    [more_time] pide más tiempo para la seña
    [invoice] pide factura
    [transfer_of_booking] pide pasar la reserva a otra persona
    [cot] pide cuna o sillita
    [day_use] pide pasar el día
    [event] quiere hacer un festejo
    [late_check_out] pide salir más tarde
    [early_check_in] pide entrar más temprano
    [extra_person] pide sumar a alguien
    [bedding] pide ropa de cama o toallas
    [discount] pide mejor precio
   *[other] pide algo
}
guest_asks = 🙏 { $guest } ({ $about }) { request_asks }: «{ $words }»
stranger_asks = 🙏 { $guest } { request_asks }: «{ $words }»
request_of_booking = { $code }, { $cabin }, { $stay }
request_how = Contestame «sí», «no», o lo que le digo.
request_how_discount = Contestame cuánto (10 % o un monto), «no», o lo que le digo.
request_how_refund = Contestame cuánto le devolvés, «no», o lo que le digo.
request_how_more_time = Con un «sí» le guardo las noches hasta { $until }. Si no, contestame «no» o lo que le digo.
button_request_no = No
button_request_other = Otra cosa…
requests_called_off = 👌 { $guest } avisa que ya no hace falta: «{ $words }»
request_granted_to = ✅ Listo, le digo a { $guest } que sí.
request_refused_to = Listo, le digo a { $guest } que esta vez no.
request_closed = Lo de { $guest } { $decision ->
    [granted] ya está contestado: le dijeron que sí
    [refused] ya está contestado: le dijeron que no
    [answered] ya está contestado
    [withdrawn] ya no hace falta: avisó que no lo necesita
    [ended] ya no corre: su reserva cambió o terminó
   *[open] sigue abierto
}.
request_how_much_off = ¿Cuánto le descuento a { $guest }? Decime 10 % o un monto.
request_how_much_back = ¿Cuánto le devuelvo a { $guest }?
request_what_to_say = Dale, ¿qué le digo a { $guest }?
request_cannot = No lo pude hacer con la reserva de { $guest }. { $why } No le dije nada.
matter_over = De eso ya no queda nada por contestar. Si querés escribirle igual: «decile a …».
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
calendar_check = 📅 { $channel } en { $cabin }: { $what }
calendar_cause = { $check_cause ->
    [beyond] muestra como una sola cosa noches de tu reserva { $code } y { $nights ->
        [one] 1 noche más
       *[other] { $nights } noches más
    }, { $stay }. Puede ser una venta de ese canal, así que acá las cerré; tu reserva sigue en pie. Fijate ahí de quién son.
    [sold_by_two] vendió { $stay }, y { $code } vendió las mismas noches. Hay que mover a uno de los dos huéspedes.
    [sold_blocked] vendió { $stay }, y vos tenías esas noches cerradas. Fijate si podés recibir a ese huésped.
    [vanished] ya no muestra { $nights } noches de varias estadías, { $stay }. Puede ser una falla, así que no libero ninguna. Fijate ahí si de verdad se cancelaron y marcalo como resuelto: recién entonces quedan libres.
    [first_reading] { $nights ->
        [one] 1 noche ya está
       *[other] { $nights } noches ya están
    } en tus reservas o cierres. No toqué nada: fijate que sean las mismas.
    [unread] hay partes que no entiendo. { $words }
    [still_repeated] sigue mostrando ocupada { $stay }, que ya no está reservada. Acá la liberé. Si la cerraste a propósito en ese canal, cerrala también en Casero.
    [maybe_sold] sigue mostrando ocupada { $stay }, que acá ya no está reservada. No la libero: puede que la haya vendido. Si ahí no hay una reserva, abrila en ese canal.
    [own_link] tiene cargado un link de Casero, no el de ese canal. Copiá el link que te da el canal y cambialo en Calendarios.
    [same_link] tiene el mismo link que { $code }: una de las dos muestra noches que no son suyas. Copiá de cada canal el link de cada cabaña y cambialo en Calendarios.
   *[never_read] todavía no leyó tu calendario ni una vez, y puede vender noches que ya vendiste. Cargá en ese canal el link de tu calendario, que está en Calendarios.
}
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
    • «quién llega hoy», «quién se va mañana», «quién está»
    • «qué hay libre del 10 al 15», «quién debe», «cuánto entró este mes»
    • «lista de limpieza de mañana», «qué te preguntaron hoy»
    • «anotá una reserva en la 2 del 14 al 16 para Ana»
    • «Ana pagó 50 mil en efectivo», «hacele 10% a Ana»
    • «confirmá la de Ana», «pasá a Ana al 10 de enero», «cancelá la reserva de Ana»
    • «bloqueá la 3 del 10 al 15», «desbloqueá la 3»
    • «poné la 3 a 90 mil del 1 al 5», «mínimo 3 noches en año nuevo»
    • «no tomes más reservas hasta el lunes»
    • «decile a Ana que la espero a las 15», «mandale la ubicación a Ana»
    • «si preguntan por el desayuno deciles que no hay»
    • «atiendo yo a Marta», «seguí vos con Marta»
    • «qué tengo pendiente», «deshacelo»
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
missing_amount = ¿De cuánto? Decime el monto.
missing_nights = ¿Cuántas noches como mínimo?
missing_words = ¿Qué le digo?
missing_answer = ¿Y qué les contesto?
missing_topic = Eso todavía no lo sé guardar. Por ahora aprendo sobre mascotas, wifi, estacionamiento, pileta, parrilla, ropa de cama, desayuno, calefacción, cómo llegar, horarios y qué tiene la cabaña. De lo demás te sigo avisando.
button_leave = No, dejalo
button_yes = Sí
button_yes_block = Sí, bloqueala
button_yes_open = Sí, abrila
button_yes_call_off = Sí, cancelala
button_yes_move = Sí, movela
button_yes_confirm = Sí, confirmala
button_yes_receive = Sí, anotalo
button_yes_discount = Sí, hacelo
button_write_down = Sí, confirmada
button_book_awaiting = Que pague la seña
button_yes_rates = Sí, cambialo
button_yes_pause = Sí, pausá
button_yes_teach = Sí, guardalo
button_yes_tell = Sí, mandalo
button_undo = Deshacer
nothing_to_undo = No tengo nada para deshacer. Lo que ya salió (mensajes, plata, cancelaciones) no vuelve solo: decime qué querés hacer.

## Conversations

no_guest = No encuentro a «{ $said }» entre los que escribieron.
which_guest = ¿A cuál? Decímelo con el número:
ask_take_over = ¿Atendés vos a { $guest }? Yo no le contesto hasta que me digas.
ask_hand_back = ¿Sigo yo con { $guest }?
taken_over = Dale, { $guest } es tu conversación. Cuando quieras que siga yo: «seguí vos con { $guest }».
handed_back = Listo, sigo yo con { $guest }.

## Closed nights

ask_block = ¿Bloqueo { $cabins }, { $stay }?
block_reason = Motivo: { $reason }.
ask_open = ¿Abro { $cabins }? Está bloqueado:
blocked = 🔒 Listo, { $count ->
    [one] { $cabins } queda bloqueada
   *[other] { $cabins } quedan bloqueadas
}: { $stay }.
blocked_again = 🔒 Listo, cerré otra vez:
opened = 🔓 Listo, { $count ->
    [one] { $cabins } queda abierta
   *[other] { $cabins } quedan abiertas
}:
cabin_stay = { $cabin }: { $stay }
and_cabin = { $cabins } y { $last }
cannot_block = No puedo bloquear { $cabin }, { $stay }: hay noches ocupadas o ya pasaron.
cannot_block_because_of = No puedo bloquear { $cabin }, { $stay }. Ahí están:
blocked_already = Eso ya estaba bloqueado: { $stay }.
nothing_blocked = Ahí no hay nada bloqueado en { $cabins }.
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
would_move_to = Pasaría a { $stay }.
would_move_to_cabin = Pasaría a { $cabin }, { $stay }.
same_price = El precio sigue igual: { $total }.
new_price = El precio nuevo es { $total } (antes { $before }).
called_off = Listo, cancelé { $code } de { $guest }.
is_given_back = Se le devuelve { $refund }.
tells_guest = Ya le aviso.
moved_and_told = Listo, quedó así y ya le aviso:
cannot_call_off = No la puedo cancelar. { $why } Sigue así:
cannot_move_to = No la puedo mover a { $stay }. { $why } Sigue así:
which_of_these = ¿Cuál de estas? Decime el código:

## Money, prices and rules by hand

ask_confirm = ¿La confirmo sin esperar la seña?
confirmed_by_owner = ✅ Listo, confirmada. Ya le aviso.
ask_receive = ¿Anoto que { $guest } pagó { $amount } { $method ->
    [cash] en efectivo
    [mercadopago] por Mercado Pago
   *[transfer] por transferencia
}?
received = 💵 Anotado: { $amount }.
still_owes = Todavía debe { $due }.
owes_nothing = No debe nada más.
nothing_is_due = Esta reserva ya está toda paga. Si igual pagó algo, decime cuánto.
ask_discount = ¿Le descuento { $off }? El total pasa de { $before } a { $total }.
took_off = Listo, le descontamos { $off } y ya le aviso.
discount_too_large = El descuento es más que el precio de la reserva.
ask_book = ¿Anoto esta reserva?
book_line = { $guest }, { $cabin }, { $stay }, { $people }: { $total }
book_deposit = Podés darla por confirmada, o le mando el link para la seña de { $deposit }.
no_name = Sin nombre
booked = 📝 Listo, quedó anotada:
cannot_book = No puedo anotar { $cabin }, { $stay }. { $why }
ask_price = ¿Pongo { $cabins } a { $price } la noche, { $stay }?
ask_min_nights = ¿Pido { $nights } como mínimo en { $cabins }, { $stay }?
ask_adjust = ¿Cambio los precios de { $cabins } un { $change }, { $stay }?
adjusted = 🏷️ Listo: { $cabins }, { $change }, { $stay }.
price_set = 🏷️ Listo: { $cabins } a { $price } la noche, { $stay }.
min_nights_set = 🏷️ Listo: { $nights } como mínimo en { $cabins }, { $stay }.
rates_restored = Listo, los precios y mínimos quedaron como estaban.
bad_price = Ese precio no lo puedo poner. Decímelo en la moneda de la casa y por noche.
prices_of = Precios, { $stay }:
prices_now = Precio de una noche común:
cabin_refused = { $cabin }: { $why }
ask_pause = ¿Dejo de tomar reservas hasta el { $day }? Las que ya están siguen igual.
ask_pause_open = ¿Dejo de tomar reservas hasta que me digas? Las que ya están siguen igual.
paused = ⏸️ Listo, no tomo reservas hasta el { $day }. Para volver antes: «volvé a tomar reservas».
paused_open = ⏸️ Listo, no tomo reservas hasta que me digas «volvé a tomar reservas».
resumed = ▶️ Listo, vuelvo a tomar reservas.
topic = { $topic ->
    [pets] mascotas
    [wifi] wifi
    [parking] estacionamiento
    [pool] pileta
    [grill] parrilla
    [linen] ropa de cama
    [breakfast] desayuno
    [heating] calefacción
    [location] cómo llegar
    [check_in_time] hora de entrada
    [check_out_time] hora de salida
    [amenities] qué tiene la cabaña
    [capacity] cuántos entran
    [cancellation_policy] cancelaciones
    [deposit] seña
    [photos] fotos
    [children] los chicos
    [smoking] si se puede fumar
    [rules] qué se permite
    [luggage] dónde dejar las valijas
    [transfer] traslados
    [access] las llaves y cómo entrar
    [activities] qué hacer en la zona
    [view] la vista
    [cleaning] la limpieza
    [accessibility] escalones y accesos
    [min_nights] el mínimo de noches
    [price_scope] si el precio es por persona
    [payment_methods] formas de pago
    [instalments] cuotas
    [currency] en qué moneda
    [invoice] la factura
    [discount] descuentos
    [signal] la señal del celular
    [kitchen] la cocina
    [beds] las camas
    [air_conditioning] el aire acondicionado
    [firewood] la leña
    [events] fiestas y eventos
    [day_use] pasar el día
    [trust] si esto es real
    [website] la página o las redes
    [supplies] toallas, papel y secador
   *[weather] el clima
}
ask_teach = Cuando pregunten por { $about }, ¿contesto esto?
teach_before = Hasta ahora decía: «{ $words }»
said_words = «{ $words }»
taught = 🧠 Listo, eso contesto cuando pregunten por { $about }.
taught_nothing = Listo, sobre { $about } vuelvo a lo de antes.
cannot_teach = Esa respuesta no la puedo guardar: es muy larga o tiene llaves. Probá más corta y sin llaves.
ask_tell = ¿Le mando esto a { $guest }?
told = ✉️ Listo, se lo mando a { $guest }.
passed_on = ✉️ Listo, le paso { $thing ->
    [image] la foto
    [audio] el audio
    [location] la ubicación
   *[file] el archivo
} a { $guest }.
cannot_pass = Hace más de 24 horas que { $guest } no escribe, y así WhatsApp sólo deja mandarle texto. Decímelo con palabras y se lo paso.
cannot_pass_type = Ese archivo no lo puedo pasar por WhatsApp. Mandalo como foto o como PDF.
whose_file = ¿Para quién es? Mandalo de nuevo citando el aviso del huésped y se lo paso.
closed_by = Lo contestó { $by }.
taken_over_until = Si no me decís nada, vuelvo yo { $until }.
answered_by = A { $guest } ya le contestó { $by }, así que no le mandé nada. Si igual querés escribirle: «decile a …».
file_not_sent = 📎 No le pude mandar { $thing ->
    [image] la foto
    [audio] el audio
    [location] la ubicación
   *[file] el archivo
} a { $guest }. Probá de nuevo, o escribile con palabras.
file_too_late = 📎 { $thing ->
    [image] La foto
    [audio] El audio
    [location] La ubicación
   *[file] El archivo
} para { $guest } no salió: hace más de 24 horas que no escribe, y así WhatsApp sólo deja mandarle texto. Decímelo con palabras y se lo paso.
cannot_tell = A { $guest } no le puedo escribir eso: pidió no recibir mensajes, o el texto es muy largo para mandarlo fuera de las 24 horas.
no_location = No tengo cargada la dirección. Ponela en Ajustes y la mando.
in_house = Ahora están:
nobody_in_house = Ahora no hay nadie alojado.
cleaning = 🧹 Para limpiar el { $day }:
nothing_to_clean = El { $day } no hay cabañas para limpiar.
cleaning_leaves = { $cabin }: se va { $guest }
cleaning_leaves_and_comes = { $cabin }: se va { $guest } y llega { $next }
cleaning_comes = { $cabin }: llega { $next }
debts = Te deben { $total }:
no_debts = Nadie debe nada.
income = 💰 { $range }: entraron { $received } en { $payments ->
    [one] { $payments } pago
   *[other] { $payments } pagos
}.
no_income = { $range }: no entró nada.
questions = Esto preguntaron y no lo supe:
no_questions = No me preguntaron nada que no supiera.
guest_asked = { $guest }: «{ $words }»

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
    [guest_request] pide algo que decidís vos
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
    [calendar_check] hay algo para mirar en un calendario
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

## The template in which an urgent notice goes out after 24 hours without a message of the owner's

template_urgent = Aviso urgente de { $place }: una persona alojada o por llegar necesita ayuda. { $news } Contestale cuanto antes desde la conversación.

## Other ways than WhatsApp, and the owners' numbers

notice_kind = { $noticed ->
    [wants_a_person] Un huésped quiere hablar con vos.
    [unanswered_question] Un huésped pregunta algo que no sé.
    [unanswered_message] Hay un mensaje que no pude contestar.
    [problem] Un huésped avisa de un problema.
    [lost_item] Un huésped se olvidó algo.
    [complaint] Un huésped se queja.
    [request] Un huésped pide algo.
    [message] Un huésped te escribió.
    [transfer_receipt] Llegó un comprobante de pago.
    [withdrawal] Un huésped pidió el arrepentimiento.
    [delivery_failing] Hay mensajes que no salen o no llegan.
   *[provider_failing] Un servicio que necesito no anda.
}
news_waits = Hay novedades de tus reservas. Tocá para verlas.
push_title = Casero
push_title_urgent = 🚨 Urgente
mail_subject = Aviso de { $place }
mail_subject_urgent = URGENTE en { $place }
mail_body = { $words }

    Contestá o resolvelo desde la página: { $url }
mail_body_without_page = { $words }
test_notice = Esta es una prueba: así te van a llegar los avisos.
owner_code = Tu código para recibir los avisos y mandar órdenes es { $code }. Ponelo en Más → Avisos. Vale 30 minutos.
owner_number_asked = Se pidió agregar el { $phone } como otro teléfono tuyo. Si no fuiste vos, sacalo en Más → Avisos y cambiá tu contraseña.
owner_number_proven = Desde ahora el { $phone } también recibe los avisos y puede mandar órdenes.
