//! Spanish phrases: several words that mean one thing together. Data, no rules.
//!
//! Written like the words of `es.rs`: lower case, without accents.

use crate::understanding::terms::Remark;
use crate::understanding::terms::Term::{self, *};

/// Several words that mean one thing together. They become one token.
pub(super) const PHRASES: &[(&[Term], &str)] = &[
    (&[HowMany, Person], "cuanta gente"),
    (
        &[Change, Rebook],
        "ir un dia antes|llegar un dia antes|entrar un dia antes|irnos un dia antes|irme un dia antes|salir un dia antes|ir un dia despues|llegar un dia despues|irnos un dia despues|salir un dia despues|quedarnos un dia mas|quedarme un dia mas|quedarnos una noche mas|quedarme una noche mas",
    ),
    (
        &[Leave],
        "dejar la cabana|entregar la cabana|entrega la cabana|entregamos la cabana|dejar el lugar|dejar la casa|entregar la llave|entregar las llaves|dejar libre|dejar la llave|dejar el alojamiento|desocupar la cabana|liberar la cabana|devolver la llave|devolver las llaves",
    ),
    (
        &[Location],
        "a cuanto esta|a cuanto estan|a cuanto queda|a cuanto quedan|a cuantas cuadras|a cuantos km|a cuantos kilometros|a que distancia|a cuanto del centro|a cuanto de la playa",
    ),
    (&[Uncounted], "por ciento"),
    (&[Wifi], "senal de celular|senal de internet|hay senal|senal de telefono|tiene senal|tienen senal"),
    (
        &[Deposit],
        "con cuanto se reserva|con cuanto reservo|cuanto hay que senar|cuanto tengo que senar|con cuanto sena|con cuanto se sena|cuanto senan|hay que senar|tengo que senar|cuanto para reservar|cuanto para senar|con cuanto puedo reservar|cuanto piden para reservar|cuanto hay que poner",
    ),
    (&[Weekend], "fin de semana|fin d semana|fin semana|fines de semana|finde semana|fin de semanas"),
    (
        &[Weekend, Long],
        "fin de semana largo|finde largo|findes largos|fin d semana largo|finde xl|findelargo|finde semana largo|feriado largo|fin largo|feriado puente|fin de semana xl|fds largo",
    ),
    (&[HolyWeek], "semana santa|sem santa|jueves santo|viernes santo|semanasanta"),
    (&[NewYear], "ano nuevo|fin de ano|anio nuevo"),
    (&[AfterTomorrow], "pasado manana|pasado manan|pasadomanana"),
    (
        &[Tonight],
        "esta noche|hoy a la noche|hoy a noche|hoy por la noche|hoy noche|esta nochecita|hoy la noche",
    ),
    (&[From], "a partir de|a partir del|apartir de|apartir del|a partir|partir del"),
    (&[Coming], "que viene|q viene|que vienen|ke viene|qe viene|que biene"),
    (
        &[Week, Coming],
        "semana que viene|semana q viene|proxima semana|semana proxima|semana entrante|semana siguiente|prox semana|otra semana|sem que viene",
    ),
    (&[Year, Coming], "ano que viene|ano q viene|proximo ano|ano proximo|ano entrante"),
    (
        &[Leave],
        "me voy|nos vamos|me iria|nos iriamos|nos vams|me retiro|nos retiramos|nos volvemos|me vuelvo|nos estariamos yendo|nos estamos yendo|dia de salida|nos tomamos el palo|nos tendriamos que ir|nos vayamos|nos iremos|me ire|tengo que irme|tenemos que irnos",
    ),
    (&[Arrive], "estariamos llegando|estaria llegando|estariamos entrando|dia de llegada|caemos el"),
    (&[Instead], "en vez de|en vez del|en ves de|en lugar de|en lugar del|en cambio de"),
    (
        &[Speaker, Alone],
        "yo solo|yo sola|para mi solo|para mi sola|solo yo|viajo solo|viajo sola|voy solo|voy sola|para mi nada mas|solo para mi|para mi nomas|persona sola|una persona sola",
    ),
    (&[CheckIn], "check in|chek in|cheq in|chec in|check inn|chekin|check ing"),
    (
        &[CheckOut],
        "check out|chek out|cheq out|chec out|late check out|late checkout|chekaut|cheko out|check aut",
    ),
    (
        &[CheckOut, Late],
        "late check out|late checkout|salida tarde|salir mas tarde|irnos mas tarde|irme mas tarde",
    ),
    (&[Wifi], "wi fi|wai fai|uai fai|red inalambrica"),
    (&[Linen], "ropa blanca|ropa de cama|ropa d cama|juego de sabanas|ropa e cama|blanco de cama"),
    (&[Heating], "aire acondicionado|aire acond|hace frio|frio calor|losa radiante"),
    (
        &[PayWay],
        "mercado pago|mercado libre|forma de pago|formas de pago|medio de pago|medios de pago|metodo de pago|metodos de pago|maneras de pago|como se paga|como pago|como te pago|como hago para pagar|tarjeta de credito|tarjeta de debito|billetera virtual|cuenta dni",
    ),
    (
        &[Link, Pay],
        "link de pago|link del pago|link d pago|link para pagar|boton de pago|link p pagar|linck de pago",
    ),
    (
        &[Yes],
        "de una|de one|me quedo con|nos quedamos con|por supuesto|me parece bien|me parece perfecto|me parece genial|trato hecho|esta ok|me copa|quiero esa|quiero ese|la quiero|lo quiero|la tomo|la tomamos|la reservo|la reservamos|lo reservo|reservala|reservamela|me quedo con esa|nos quedamos con esa|me quedo con la|nos quedamos con la|vamos con esa|vamos con eso|vamos por esa|vamos a tomarla|vamos para adelante|va de una|dale que va|si dale|si por favor|si porfa|claro que si|me sirve|nos sirve|me gusta esa|me interesa esa|hacelo|hagamoslo|haceme la reserva|hace la reserva|avancemos|sigamos|seguimos adelante|estamos de acuerdo|estoy de acuerdo|la agarro|la agarramos|la alquilo|me la quedo|nos la quedamos|confirmame esa|reservame esa|reservame la|reservanos esa|anotame|anotanos|dale para adelante|queda reservada|quiero confirmar|queremos confirmar|quiero avanzar|vamos nomas|mandale mecha|le damos|cerremos|listo la|dale joya|la confirmo|la senamos|la seno|hagamos la reserva|me anoto|contá conmigo|conta conmigo|me la llevo|la queremos|lo tomo|lo tomamos|la cierro|la elijo|dejala reservada|anda reservando|reservemos|confirmala|confirmalo|avanzá|avanza nomas",
    ),
    (
        &[Fine],
        "no hay problema|no hay drama|ningun problema|sin problema|sin problemas|no pasa nada|esta bien|esta perfecto|esta genial|muy bien|todo bien|de acuerdo|me gusta|me encanta|nos gusta|buena onda|buen precio|buenisimo precio|de lujo",
    ),
    (
        &[Think],
        "lo pienso|la pienso|lo voy a pensar|dejame pensarlo|dejame pensar|dejame ver|lo vemos|lo tengo que pensar|lo consulto|lo hablo|lo charlo|lo voy a consultar|lo voy a charlar|lo voy a ver|lo estoy viendo|mas adelante|mas adelante vemos|voy a ver|voy a seguir buscando|sigo buscando|seguimos buscando|voy a seguir mirando|sigo mirando|lo dejo|lo dejamos|todavia no se|despues vemos|tengo que consultarlo|tengo que verlo|lo analizo|me lo pienso|lo evaluo|lo decidimos|no estoy seguro|no estoy segura|lo converso|la converso|lo consultamos|lo hablamos|lo charlamos|lo discutimos|dejame hablarlo|dejame consultarlo|dejame consultar|dejame charlarlo|dejame chequear|dejame revisar|dejame organizarme|dejanos ver|dejanos pensarlo|tengo que hablarlo|tengo que pensarlo|tengo que chequear|tenemos que pensarlo|tenemos que hablarlo",
    ),
    (
        &[Think, TellLater],
        "te aviso|te aviso despues|despues te aviso|despues te digo|te confirmo despues|te confirmo mas tarde|te confirmo manana|te confirmo luego|despues te confirmo|cualquier cosa te aviso|cualquier cosa te escribo|cualquier cosa aviso|te digo despues|veo y te aviso|vemos y te avisamos|te avisamos|les aviso|les avisamos|te escribo despues|te hablo despues|despues te escribo|luego te aviso|te estoy avisando|te estaria avisando|te estoy confirmando|te estaria confirmando|estoy avisando|te doy una respuesta|te doy el ok|te doy el si|te confirmo en|te confirmo hoy|te confirmo mas|te confirmo cuando|te confirmo apenas|te confirmo si|manana te confirmo|luego te confirmo|luego te digo|te estoy diciendo|te vuelvo a escribir|te vuelvo a hablar|y te digo|y te cuento|y te escribo|y te hablo|y te llamo|y te contesto|y les digo|y les escribo|y te confirmo|y les confirmo|ya te digo|ahora te digo",
    ),
    (
        &[Proviso],
        "solo que|siempre que|siempre y cuando|con tal que|con tal de que|a menos que|en caso de|en caso que|salvo que|a no ser que|segun lo que|segun como",
    ),
    (
        &[Later],
        "mas tarde|en un rato|en un ratito|al rato|ahora no|todavia no|aun no|en unos dias|en estos dias|a la brevedad|un toque|dame un toque|dame un minuto|dame unos minutos|dame un segundo|un segundo|dame tiempo|dame unos dias|dame hasta",
    ),
    (&[Maybe], "tal vez|a lo mejor|puede que|creo que si|en principio|de momento|por el momento"),
    (
        &[Yes],
        "como no|por que no|hacela|hacemela|hacela a nombre|hacela a mi nombre|ponela a nombre|anotala a nombre",
    ),
    (&[Nod], "me interesa|nos interesa"),
    (
        &[Fine],
        "sin drama|sin dramas|sin dudas|sin duda|no hay dramas|ningun drama|no tengo dudas|ni lo dudes|no se hable mas|no hay ningun problema|no hay ningun drama|no tengo problema",
    ),
    (
        &[Decline],
        "no me sirve|no nos sirve|no me cierra|no nos cierra|no me convence|no nos convence|no me interesa|no nos interesa|no me gusta|no nos gusta|no me gusto|no quiero|no queremos|no la quiero|no por ahora|por ahora no|mejor no|para otra|otra vez sera|para la proxima|sera la proxima|sera en otra|en otra ocasion|otra oportunidad|otro momento|busco otra cosa|buscamos otra cosa|buscaba otra cosa|ya consegui|ya conseguimos|conseguimos otro|consegui otro|ya encontre|ya encontramos|encontramos otro|encontre otra cosa|ya reserve en otro|ya reservamos en otro|ya tengo otro|ya tenemos otro|ya alquile|ya alquilamos|se me va de presupuesto|se nos va de presupuesto|se va de presupuesto|se me fue de presupuesto|se me va del presupuesto|fuera de presupuesto|es mucha plata|es mucho|es un monton|mucha plata|no llego|no llegamos con|no me alcanza|no nos alcanza|no me da|no nos da|no puedo pagar tanto|no puedo pagar eso|no va|asi no|esa no|ese no|ninguna|ninguna de esas|no gracias|nada gracias|no es lo que|muy lejos|queda lejos|muy chica|muy chico|muy grande|no hace falta|dejalo asi|lo dejamos ahi|no da|no nos va|no me va|no creo|no me conviene|no nos conviene|no aceptamos|no acepto|descartado|no era lo que|me bajo|no vamos a reservar|no voy a reservar|no hay apuro|no me termina|no me termina de|prefiero otra|algo mas barato|mas economico|mas barato|se me hace caro|se nos hace caro|es carisimo|no estoy interesado|no estoy interesada",
    ),
    (
        &[CantGo],
        "no podemos viajar|no puedo viajar|no podemos ir|no puedo ir|no vamos a ir|no voy a ir|no vamos a poder|no voy a poder|no vamos a viajar|no podre ir|no podremos ir|no podremos viajar|no podre viajar|no llegamos a ir|se suspendio el viaje|se nos suspendio|se suspende el viaje|se cayo el viaje|se nos cayo el viaje|no viajamos|no viajo|no vamos mas|no vamos nada|ya no vamos|ya no viajamos|ya no voy|ya no podemos|ya no puedo|no vamos al final|al final no vamos|al final no voy|al final no podemos|al final no puedo|al final no viajamos|no podemos asistir|nos bajamos|dar de baja la reserva|da de baja la reserva|dar de baja mi reserva|dame de baja la reserva|den de baja la reserva|dar de baja una reserva|baja la reserva|bajame la reserva|dejar sin efecto|deja sin efecto|sin efecto",
    ),
    (
        &[StopAll],
        "no me escriban|no me escribas|no me manden|no me mandes|no me envien|no me contacten|no me hablen|no me molesten|no molesten|no molesten mas|no escriban mas|no manden mas|no mandes mas|no envien mas|no quiero recibir|no quiero mas mensajes|no deseo recibir|no queremos recibir|dejen de escribir|dejen de escribirme|dejen de mandar|dejen de mandarme|dejen de molestar|dejen de enviar|deja de escribir|deja de escribirme|deja de mandar|deja de mandarme|deja de molestar|dejame de escribir|dejenme de|dejame en paz|dejenme en paz|dejen de joder|dar de baja|darme de baja|dame de baja|denme de baja|quiero la baja|me doy de baja|sacame de la lista|saquenme de la lista|saquenme de|sacame de|borrame de|borrenme de|borra mi numero|borren mi numero|eliminen mi numero|elimina mi numero|borrar mi numero|quitame de la lista|quitenme de|no me interesa recibir|no mas mensajes|paren de mandar|paren de escribir|para de mandar|para de escribir|cortala con|corten con los mensajes|no me llamen mas|no me jodan|no me jodas|no insistan|no insistas mas|basta de mensajes|basta de mandar",
    ),
    (
        &[WrongPerson],
        "numero equivocado|me equivoque de|me confundi de|se equivoco de|equivocado de numero|numero incorrecto|no era para vos|no era para aca|mensaje equivocado|chat equivocado|me equivoque|perdon me equivoque|te confundiste|te equivocaste|se equivoco|se confundio|quien sos|quien es|de donde sacaste mi numero|era para otra persona|era para otro|no es para vos",
    ),
    (
        &[Bye],
        "nos vemos|hasta luego|hasta pronto|que tengas|que tengan|que estes bien|que esten bien|buena semana|buen finde|buen fin de semana|hasta la proxima|nos hablamos|estamos en contacto|hasta manana|saludos",
    ),
    (
        &[Thank],
        "mil gracias|muy amable|muchas gracias|muy amables|sos un genio|sos una genia|te pasaste|de nada|un millon|que amable|gracias igual",
    ),
    (&[Stay], "nos vamos a quedar|nos vamos a hospedar|nos vamos a alojar"),
    (
        &[HowAreYou],
        "como estas|como estan|como andas|como andan|como va|que tal|como te va|todo bien|que onda|como anda|como esta|como les va|como le va|que hay|q tal|cmo estas|como andamos|todo bn",
    ),
    (
        &[Greet],
        "buen dia|buenos dias|buenas tardes|buenas noches|buen dias|buenas buenas|buena tarde|buenas tarde|buenas noche",
    ),
    (&[Please], "por favor|x favor|x fa|por fa"),
    (&[Filler], "no entiendo|no entendi|no te entiendo|no te entendi|no comprendo|no se entiende"),
    (
        &[Human],
        "persona real|persona de verdad|ser humano|persona fisica|persona humana|alguien real|una humana|alguna persona|alguien de ahi|alguien del complejo|alguien de carne y hueso|de carne y hueso|con alguien|un numero de telefono|un telefono|numero de telefono|nro de telefono|telefono de contacto|numero de contacto",
    ),
    (
        &[Inquiry],
        "mas info|mas informacion|mas data|pasame info|quisiera info|quiero info|informacion sobre|info de|info sobre|me interesa|me interesaria|estoy interesado|estoy interesada|estamos interesados|busco cabana|busco alojamiento|buscando alojamiento|busco lugar|busco algo",
    ),
];

/// What is said beside what is wanted; a last word that ends in `*` is the beginning of one.
pub(super) const REMARKS: &[(Remark, &str)] = &[
    (Remark::Withdrawal, "arrepentimiento|me arrepenti de la compra|derecho de revocacion"),
    (
        Remark::Insult,
        "pelotudo|pelotuda|boludos|forro|forra|hijo de puta|hijos de puta|hdp|la concha de|chorros|estafadores|ladrones|andate a la mierda|anda a cagar",
    ),
    (
        Remark::HasPaid,
        "ya pague|ya pagamos|ya esta pago|ya esta pagado|ya abone|ya abonamos|ya lo pague|ya la pague|ya transferi|ya transferimos|ya hice la transfe*|ya deposite|ya depositamos|ya te transferi|te transferi|te transferimos|pague la sena|hice el pago|hice la transfe*|acabo de pagar*|acabo de transferir*",
    ),
    (
        Remark::ByTransfer,
        "alias|cbu|cvu|transfe*|deposito|deposita|depositas|depositan|depositar*|que cuenta|la cuenta|tu cuenta|su cuenta|mi cuenta|una cuenta|otra cuenta|cuenta bancaria|cuenta de banco|cuenta del banco|numero de cuenta|nro de cuenta",
    ),
];
