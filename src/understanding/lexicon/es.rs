//! Spanish as guests type it: which words carry which meaning. Data, no rules.
//!
//! Without accents and in lower case. A word that ends in `*` stands for
//! everything that begins so.

use super::Words;
use crate::understanding::terms::Term::{self, *};

/// Words and their meanings.
pub(super) const WORDS: &[(&[Term], &str)] = &[
    // Small words.
    (&[Article], "el la los las lo"),
    (&[Article, A], "un una"),
    (&[Of], "de"),
    (&[Of, From], "del"),
    (&[From], "desde dsd dsde"),
    (&[To], "al a"),
    (&[To, Until], "hasta asta hta hsta"),
    (&[Between], "entre"),
    (&[And], "y e + &"),
    (&[Or], "o u"),
    (&[For], "para pa por pra xra"),
    (&[With], "con c"),
    (&[At], "en"),
    (&[Not, No], "no"),
    (&[Not], "ni nunca tampoco sin"),
    (&[If, Yes], "si"),
    (&[More], "mas extra adicional"),
    (&[Less], "menos"),
    (&[This], "este esta estos estas ese esa esto eso"),
    (&[Other], "otro otra otros otras distinto distinta diferente diferentes diferent*"),
    (&[Coming], "proximo proxima proximos siguiente entrante"),
    (&[First], "primer primera primero 1ra 1era"),
    (&[Last], "ultimo ultima ultimos"),
    (&[Each], "cada"),
    (&[Than], "que"),
    (&[Already, PaySeen], "ya"),
    (&[Very], "muy re mucho mucha demasiado bastante"),
    (&[Late], "tarde tardio"),
    (&[Early], "temprano antes tempranito"),
    (&[After], "despues luego"),
    (&[Only], "solamente unicamente nomas"),
    // Time.
    (&[DayWord], "dia dias"),
    (&[Night], "noche noches nochecita nochecitas nch nchs"),
    (&[Week], "semana semanas semanita sem"),
    (&[Weekend], "finde findes finde findesemana finsemana wknd fds"),
    (&[MonthWord], "mes meses"),
    (&[Year, Age], "ano anos anito anitos añito"),
    (&[Fortnight], "quincena quincenas qncena"),
    (&[Long], "largo larguito"),
    (&[Carnival], "carnaval carnavales carnavalito"),
    (&[HolyWeek], "pascua pascuas"),
    (&[Christmas], "navidad nochebuena"),
    (&[NewYear], "anonuevo reveillon"),
    (&[Today], "hoy"),
    (&[Tomorrow, DayPart], "manana mnana mñn"),
    (&[Yesterday], "ayer anoche anteayer"),
    (&[Hour], "hs hrs h hora horas horario horarios am pm hr"),
    (&[DayPart], "tardecita mediodia madrugada tipito"),
    (&[Couple2], "par"),
    (&[TimeWord], "minutos minuto"),
    (&[Holiday], "feriado feriados"),
    (&[Season], "vacaciones temporada verano invierno primavera otono fiestas receso"),
    // People.
    (
        &[Person],
        "persona personas personitas pers per pax gente huesped huespedes plazas individuos viajeros pasajeros amigos amigas amigo amiga companeros companeras primos primas primo prima invitados turistas",
    ),
    (
        &[Adult],
        "adulto adultos adulta adultas grandes mayores mayor jubilados jubiladas senores mujeres hombres chicas",
    ),
    (
        &[Child],
        "nino ninos nina ninas nene nenes nena nenas nenito nenitos nenita bebe bebes beba bebito bebita bb menor menores chico chicos chiquitos chiquito chiquita criatura criaturas pibe pibes piba hijo hijos hija hijas hijito hijita nieto nietos nieta nietas sobrino sobrinos sobrina sobrinas adolescente adolescentes peque peques pequenos pequeno pequena infante infantes gurises gurisa mellizos mellizas gemelos gemelas infantes crios",
    ),
    (&[Pair], "pareja parejas matrimonio matrimonios parejita conyuges"),
    (
        &[Relative],
        "senora mujer marido esposo esposa novio novia mama papa madre padre vieja viejo hermano hermana suegra suegro abuela abuelo tia tio cunada cunado companero companera mami papi cunado nuera yerno ahijado ahijada patrona jermu",
    ),
    (&[TwoRelatives], "padres viejos suegros abuelos papas"),
    (&[Relatives], "hermanos hermanas tios cunados familiares"),
    (&[Speaker], "yo mi mí conmigo"),
    (
        &[WeAre],
        "somos seriamos seremos eramos serian seria seriam viajamos viajariamos iriamos estamos seamos seran fuesemos fueramos vendrian vendriamos contando",
    ),
    (&[Group], "grupo familia flia familion contingente grupito banda"),
    (&[Alone, Only], "solo sola solito solita solos"),
    (&[Us], "nosotros nosotras"),
    (&[My], "mi mis nuestra nuestro nuestros nuestras tengo tenia tenemos teniamos"),
    (
        &[Uncounted],
        "habitacion habitaciones hab dormitorio dormitorios cama camas cabana cabanas bano banos cuadras cuadra km kilometros kilometro cuotas cuota pesos dolares dolar lucas ambientes departamento departamentos deptos bungalow bungalows baulera metros mts porciento unidades opciones opcion toallas valijas juegos veces vez",
    ),
    // Coming and going.
    (
        &[Arrive],
        "llego llegar llegamos llega llegan llegaria llegariamos llegando llegada llegaremos llegare llegue lleguemos entro entrar entramos entra entrando entraria entrariamos entrada entrariamos ingreso ingresar ingresamos ingresaria ingresariamos ingresando ingresa ingrese arribo arribamos arribar vengo venimos venir llegan caemos caeriamos entrariamos entrariamos",
    ),
    (
        &[Leave],
        "salgo salir salimos saldriamos saliendo salida saldremos egreso egresar egresamos vuelvo volvemos volver volveriamos regreso regresamos regresar partimos partida retiro retirarnos retirar retiramos desocupar desocupamos dejamos irnos irme yendonos yendome marcharnos marchamos",
    ),
    (
        &[Stay],
        "quedar quedarme quedarnos quedamos quedo quedariamos quedaria hospedar hospedarme hospedarnos hospedaje alojamiento alojar alojarme alojarnos pasar estadia estancia pernoctar parar dormir parariamos estar hosped* aloj*",
    ),
    (&[Go], "vamos voy ir iria iriamos vaya vayamos van iremos viajo viajar"),
    (&[Come], "vienen viene vengan"),
    (&[Bring], "llevar llevo llevamos llevaria traer traigo llevarlo llevarla lleve"),
    (&[Self_], "nos me"),
    // Asking and wanting.
    (&[How], "como"),
    (&[HowMuch], "cuanto cuanta cto cnto kuanto qto cuanro cuabto"),
    (&[HowMany], "cuantos cuantas ctas ctos"),
    (&[When], "cuando cdo cuand"),
    (&[Where], "donde dnd adonde aonde"),
    (&[What], "que cual cuales q"),
    (&[Who], "quien quienes"),
    (
        &[Can],
        "puedo podemos puede pueden podes podria podriamos podrias podrian poder pudiera podran podra permiten permitido permitida permitidos permitidas dejan admiten aceptan aceptas acepta admite reciben",
    ),
    (
        &[Want],
        "quiero queria queriamos quisiera quisieramos queremos quiere deseo desearia deseamos gustaria interesa interesaria busco buscamos buscando buscaba necesito necesitamos necesitaria necesitariamos necesitaba kiero kisiera qiero quero precisaria preciso pienso pensaba planeo planeamos ando andamos andaba",
    ),
    (&[Need], "necesito necesitamos necesitaria tengo tenemos debo hay"),
    (
        &[Have],
        "hay tenes tiene tienen tenen tendrias tendran tendra tendrian tendria tenian tenias tenga tengan habra ay tienes tnes tns tene cuentan cuenta cuentas ofrecen disponen dispone poseen posee abria habria quedan quedaria queda quedara",
    ),
    (&[Is], "es son era esta estan este"),
    (
        &[Send],
        "mandas mandame manda mandar mandarme mandas mandarias enviar enviame envia enviarme envias pasas pasame pasarme pasarias pasan pasa mandan mandaron envian reenviar reenvias reenviame mandaste enviaste mostras mostrame compartis compartime",
    ),
    (
        &[Ask],
        "consulta consultar pregunta preguntar consultarte preguntarte duda saber sabes averiguar averiguando consultita preguntita sabria",
    ),
    (&[Fit], "entran entramos entra caben cabe alcanza entrariamos entren dormimos duermen cabemos"),
    (
        &[Include],
        "incluye incluyen incluido incluida incluidos incluidas incluis inclullen trae traen viene vienen proveen dan ponen",
    ),
    // Booking.
    (
        &[Price],
        "precio precios valor valores tarifa tarifas costo costos sale salen saldria saldrian salia cuesta cuestan costaria cobran cobras cobra cobrarian presupuesto cotizacion cotizar cotizas cotizame cotizarme presupuestar presupuestas presu vale valen valdria tarifario promo promos promocion promociones descuento descuentos oferta ofertas precios cotiz* presupuest*",
    ),
    (
        &[Avail],
        "disponibilidad disponible disponibles dispo disp lugar lugares libre libres desocupada desocupado hueco vacante vacantes disponibilida dispon* disponiblidad desocupad*",
    ),
    (&[Booking], "reserva reservas reservacion estadia rsva rva reservita reservación"),
    (
        &[Book],
        "reservar reservo reservamos reservame reservarme reservarla reservarlo reservala reservalo reservaria reservariamos reserven alquilar alquilo alquilan alquilas alquiler alquilarla alquil* reserv* apartar agendar agendame separar separame apartame contratar señar senar senarla señarla",
    ),
    (
        &[Cabin],
        "cabana cabanas cabanita lugar casa alojamiento complejo depto departamento bungalow propiedad quincho hospedaje cabañita cabanias cabania",
    ),
    (&[Info], "info informacion informes detalles data infor informarme informame averiguar"),
    (&[DatesNoun], "fecha fechas dias"),
    (
        &[Cancel],
        "cancelar cancelo cancelame cancelarla cancelamos cancelen cancelas cancelacion cancela cancelaria cancelariamos anular anulo anulame anulen anulacion anularla suspender suspendo suspendemos cancel* anul* desist*",
    ),
    (
        &[Refund],
        "devuelven devolver devolucion devuelve devolverian devuelvan reembolso reembolsan reintegro reintegran reintegrar devolverme reembols* reintegr* devolu* devolv*",
    ),
    (
        &[Change],
        "cambiar cambio cambiarla cambiarlo cambiame cambiarme cambiamos cambien cambie cambiaria cambia modificar modifico modificarla modificame modificacion modifiquen mover moverla muevo movemos movela movemela correr correrla correme correrlo corremos adelantar adelantarla adelantamos postergar postergarla postergamos posponer posponerla reprogramar reprogramarla reprogramacion extender extenderla extendemos alargar alargarla prolongar reagendar acortar acortarla trasladar aplazar cambi* modific* posterg* reprogram* pospon*",
    ),
    (
        &[Add],
        "agregar agrego agregamos agregame agrega agregan sumar sumo sumamos suma suman sumaron agrego sumarle agregarle anadir sumaria sumarian agregaria baja bajan resta restar agreg* sumo incorpora",
    ),
    (
        &[Confirm],
        "confirmada confirmado confirmadas confirmar confirmo confirmas confirmame confirmacion confirmaron confirmaste confirman confirme confirmarme confirm*",
    ),
    (
        &[State],
        "estado quedo figura figuro registrada registrado anotada anotado asentada lista hecha vigente activa firme tomada agendada agendado pie cargada cargado valida ok guardada",
    ),
    (
        &[Policy],
        "politica politicas condiciones condicion terminos reglas penalidad multa penalizacion recargo requisitos",
    ),
    (&[Lose], "pierdo pierde perdemos pierden perderia perder"),
    (&[Balance], "saldo resto restante falta faltan faltaria adeudo debo"),
    // Money.
    (
        &[Pay],
        "pagar pago pagos pague pagamos pagaste pagado pagada paga pagarte pagarlo pagaria pagarla abono abonar abone abonamos pagando pagas cancele abonado abonada pague abonaria pagué abon* cobraron cobro debitaron",
    ),
    (
        &[PayWay],
        "tarjeta tarjetas debito credito efectivo cuotas cuota mercadopago mp visa mastercard cash dolares uala modo qr naranja pix billete cripto",
    ),
    (
        &[Transfer],
        "transferencia transferencias transferir transferi transfiero transferirte transferimos transferi transfieras transfe transf trasferencia tranferencia trasferi tranferi giro gire transfer* trasfer* tranfer*",
    ),
    (
        &[Receipt],
        "comprobante comprobantes recibo factura facturas ticket tiket captura capturas capt facturar",
    ),
    (&[Link], "link lik links enlace linc boton"),
    (&[Bank], "alias cbu cvu cuenta banco bancaria bancarios cajero"),
    (&[Deposit], "sena senia señia anticipo adelanto deposito garantia seña señal senal senas"),
    (
        &[DepositVerb, Pay],
        "deposite depositar depositamos depositarte depositado senarte sene deposité depositaria",
    ),
    (&[Money], "plata guita dinero pesos peso lucas mangos dolares"),
    // Talking to people.
    (
        &[Talk],
        "hablar hablo hablarte hablarlo comunicarme comunicarnos comunico comuniquen comunicame contactarme contactar contacto atienda atiende atienden atender atendeme atencion atiendan charlar conversar responda conteste responde contesta contesten pasame derivame derivar",
    ),
    (
        &[Human],
        "humano humana alguien asesor asesora operador operadora representante agente recepcion recepcionista ejecutivo vendedor vendedora personal",
    ),
    (
        &[Owner],
        "encargado encargada dueno duena duenio dueña dueño responsable administrador administradora propietario propietaria gerente jefe jefa encargad* anfitrion anfitriona casero patron",
    ),
    (
        &[Call],
        "llamar llamame llamen llamarme llamarlos llamas llamada telefono llamado llamarte llame telefonica telefonicamente",
    ),
    (&[Bot], "bot robot maquina automatico automatica contestador automatizado ia"),
    (
        &[Message],
        "mensaje mensajes msj msjs msg mensajito mensajitos whatsapps promociones publicidad propaganda spam notificaciones avisos wasap wsp novedades",
    ),
    (
        &[StopIt],
        "basta stop desuscribir desuscribirme desuscribanme desuscribime desuscrib* unsubscribe baja borrame borrenme eliminame eliminenme sacame saquenme saquen bloquear bloqueo molestar molesten molestes molestando",
    ),
    (&[Receive], "recibir recibo reciba llegan lleguen lleguenme"),
    (&[ListWord], "lista agenda listado base grupo difusion contactos"),
    (
        &[Write],
        "escriban escribas escribir escribirme escribiendo escriba manden mandes mandarme mandando envien envies enviando contacten contactes jodan jodas hablen hables escribime escribanme manden",
    ),
    // Answers.
    (
        &[Yes],
        "sip sisi sii dale obvio acepto aceptamos aceptado cerramos cierro hecho trato adelante metele mandale confirmo confirmamos avancemos avanza avanzamos avancen seguro afirmativo obviamente tomamos tomo cerrado arreglado oka vale",
    ),
    (
        &[Fine],
        "ok oki okey okay okis okk listo perfecto genial joya barbaro buenisimo excelente bien bueno bueh va venga claro copado espectacular impecable fantastico regio macanudo divino diez conforme acuerdo entendido sirve gusta encanta maravilloso ideal buena",
    ),
    (&[No], "nop nah nope nonono nono negativo"),
    (
        &[Expensive],
        "caro cara caros carisimo carisima carito presupuesto salado saladito elevado excede excesivo costoso",
    ),
    (&[Cheaper], "barato barata economico economica rebaja"),
    (
        &[Think],
        "pensar pensarlo pienso pensamos consulto consultarlo hablarlo charlarlo charlo averiguar viendo evaluar evaluarlo analizar analizarlo pensarlo decidir decidimos decido",
    ),
    (&[Decline], "descarto descartamos paso pasamos dejalo deja olvidalo desisto rechazo"),
    (&[Take], "tomamos tomo cerramos elijo prefiero"),
    // Emoji, as the tokens name them.
    (&[Yes], "👍"),
    (&[No, Decline], "👎"),
    (&[Thank], "🙏"),
    (&[Greet], "👋"),
    (&[Laugh], "😂"),
    (&[Pet], "🐶"),
    // Courtesies and noise.
    (&[Greet], "hola holis holaa buenas holi ola hello buen buenos alo holas wenas holaaa saludos"),
    (&[Thank], "gracias grax gracia grcs gracs grx agradezco agradecido agradecida graciass gacias agradec*"),
    (&[Bye], "chau chao adios chauchis saludos abrazo abrazos besos beso bye"),
    (&[Please], "porfa porfis xfa xfi favor porfavor plis please"),
    (&[Laugh], "jaja jajaja jajaj jeje jejeje jaj xd lol ajaj jajaj jajajaj ja jajajajaja ajajaja"),
    (&[WrongPerson], "equivocado equivocada equivoque equivoco confundi equivocamos confundido equivoqué"),
    (
        &[Sell],
        "vendo vendemos ofrecemos ofrezco marketing seguidores inversion inversiones prestamo prestamos creditos seguros publicitar servicios posicionamiento negocio emprendimiento clientes ventas",
    ),
    // Topics.
    (
        &[Pet],
        "perro perros perra perrito perritos perrita perritas mascota mascotas mascotita gato gatos gata gatito gatitos animal animales caniche cachorro cachorrito perruno petfriendly pet pets friendly mascot* perr* gatit* cachorr*",
    ),
    (&[Wifi], "wifi wi fi internet senal guifi conexion wiffi señal datos inalambrico"),
    (
        &[Parking],
        "estacionamiento cochera cocheras garage garaje estacionar parking playa estacionarme cochera garash estacion* guardo guardar techado",
    ),
    (&[Vehicle], "auto autos coche coches camioneta camionetas vehiculo vehiculos moto motos"),
    (&[Pool], "pileta piletas piscina piscinas pilta natatorio pile climatizada"),
    (
        &[Grill],
        "parrilla parrillas parrillero asador asado asados asadito parrilla parrillita parri quincho barbacoa parrill* fogon chulengo disco",
    ),
    (
        &[Linen],
        "sabana sabanas toalla toallas toallon toallones blanqueria acolchado acolchados frazada frazadas almohada almohadas mantas cobijas cubrecama",
    ),
    (&[Breakfast], "desayuno desayunos desayunar desayun*"),
    (
        &[Heating],
        "calefaccion calefactor calefactores estufa estufas aire acondicionado hogar salamandra calefaccionada calefaccionado climatizacion frio split lena calor ventilador ventiladores calentito calefac* losa radiante radiadores calefaccion",
    ),
    (
        &[Location],
        "ubicacion ubicado ubicada ubicados ubicadas direccion mapa maps llegar ubican localizacion centro lejos cerca queda quedan zona barrio coordenadas ubic* distancia rio lago playa terminal ruta calle",
    ),
    (&[CheckIn], "checkin chekin check-in"),
    (&[CheckOut], "checkout chekout"),
    (
        &[Amenity],
        "comodidades comodidad servicios servicio equipada equipado equipamiento cocina heladera microondas tele tv televisor televisión horno vajilla lavarropas jacuzzi hidromasaje amenities secador cafetera cable netflix ducha banera termotanque balcon jardin patio juegos pava electrodomesticos pava freezer plancha cuna practicuna deck mesa utensilios smart",
    ),
    (
        &[Photo],
        "foto fotos fotitos fotito imagen imagenes video videos videito fotografia fotografias galeria fts instagram insta ig",
    ),
    (&[Capacity], "capacidad capasidad"),
    (&[Works], "anda funciona abre carga deja sirve figura aparece"),
    (&[Broken], "error falla vencio vencido caducado rechazo rechazado rechazada venció expirado expiro"),
    (
        &[Filler],
        "bueno che bien mira mire disculpa disculpe perdon perdona eh emm este aca estaba estoy estamos estaria haber hacer hace hago fue fin ahi alla algo alguna alguno algun todo toda todos todas nada les le te se su sus tu vos usted ustedes ellos ella porque pero aunque tambien tmb tb cuando entonces asi bien mejor peor gran sobre hacia segun uds ud tan ser sea haya ha han he mas ver vos dias tardes noches desde idea tipo lado tal vez quizas quiza aun todavia ahora rato momento fechas luego tema cosa cosas dato comer hizo haria hacen siempre recien aproximadamente aprox andas andan va acaso acá tenido van vas dicho digo decir decime dicen dijo dijeron manera modo forma formas nuevo nueva nuevamente ultimamente igual gracias ojala capaz tipo tranqui tranquilo buen linda lindo hermoso hermosa bello rico zona onda grande chiquita chica cuarto gente mundo vida pareja parece casa fiesta ultima amor bendiciones cambio caso cual debe dentro fuera frente cualquier cualquiera unos unas ningun ninguno ninguna numero nombre",
    ),
];

/// Several words that mean one thing together. They become one token.
pub(super) const PHRASES: &[(&[Term], &str)] = &[
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
        "de una|de one|por supuesto|me parece bien|me parece perfecto|me parece genial|trato hecho|esta ok|me copa|quiero esa|quiero ese|la quiero|lo quiero|la tomo|la tomamos|la reservo|la reservamos|lo reservo|reservala|reservamela|me quedo con esa|nos quedamos con esa|me quedo con la|nos quedamos con la|vamos con esa|vamos con eso|vamos por esa|vamos a tomarla|vamos para adelante|va de una|dale que va|si dale|si por favor|si porfa|claro que si|me sirve|nos sirve|me gusta esa|me interesa esa|hacelo|hagamoslo|haceme la reserva|hace la reserva|avancemos|sigamos|seguimos adelante|estamos de acuerdo|estoy de acuerdo|la agarro|la agarramos|la alquilo|me la quedo|nos la quedamos|confirmame esa|reservame esa|reservame la|reservanos esa|anotame|anotanos|dale para adelante|queda reservada|quiero confirmar|queremos confirmar|quiero avanzar|vamos nomas|mandale mecha|le damos|cerremos|listo la|dale joya|la confirmo|la senamos|la seno|hagamos la reserva|me anoto|contá conmigo|conta conmigo|me la llevo|la queremos|lo tomo|lo tomamos|la cierro|la elijo|dejala reservada|anda reservando|reservemos|confirmala|confirmalo|avanzá|avanza nomas",
    ),
    (
        &[Fine],
        "esta bien|esta perfecto|esta genial|muy bien|todo bien|de acuerdo|me gusta|me encanta|nos gusta|buena onda|buen precio|buenisimo precio|de lujo",
    ),
    (
        &[Think],
        "lo pienso|la pienso|lo voy a pensar|dejame pensarlo|dejame pensar|dejame ver|lo vemos|lo tengo que pensar|lo consulto|lo hablo|lo charlo|te aviso|te aviso despues|despues te aviso|despues te digo|te confirmo despues|te confirmo mas tarde|te confirmo manana|te confirmo luego|despues te confirmo|cualquier cosa te aviso|cualquier cosa te escribo|cualquier cosa aviso|lo voy a consultar|lo voy a charlar|lo voy a ver|lo estoy viendo|te digo despues|veo y te aviso|vemos y te avisamos|te avisamos|les aviso|les avisamos|mas adelante|mas adelante vemos|voy a ver|voy a seguir buscando|sigo buscando|seguimos buscando|voy a seguir mirando|sigo mirando|lo dejo|lo dejamos|todavia no se|despues vemos|tengo que consultarlo|tengo que verlo|lo analizo|me lo pienso|lo evaluo|te escribo despues|te hablo despues|despues te escribo|luego te aviso|lo decidimos|no estoy seguro|no estoy segura",
    ),
    (
        &[Decline],
        "no me sirve|no nos sirve|no me cierra|no nos cierra|no me convence|no nos convence|no me interesa|no nos interesa|no me gusta|no nos gusta|no me gusto|no quiero|no queremos|no la quiero|no por ahora|por ahora no|mejor no|para otra|otra vez sera|para la proxima|sera la proxima|sera en otra|en otra ocasion|otra oportunidad|otro momento|busco otra cosa|buscamos otra cosa|buscaba otra cosa|ya consegui|ya conseguimos|conseguimos otro|consegui otro|ya encontre|ya encontramos|encontramos otro|encontre otra cosa|ya reserve en otro|ya reservamos en otro|ya tengo otro|ya tenemos otro|ya alquile|ya alquilamos|se me va de presupuesto|se nos va de presupuesto|se va de presupuesto|se me fue de presupuesto|se me va del presupuesto|fuera de presupuesto|es mucha plata|es mucho|es un monton|mucha plata|no llego|no llegamos con|no me alcanza|no nos alcanza|no me da|no nos da|no puedo pagar|no va|asi no|esa no|ese no|ninguna|ninguna de esas|no gracias|nada gracias|no es lo que|muy lejos|queda lejos|muy chica|muy chico|muy grande|no hace falta|dejalo asi|lo dejamos ahi|no da|no nos va|no me va|no creo|no me conviene|no nos conviene|no aceptamos|no acepto|descartado|no era lo que|me bajo|no vamos a reservar|no voy a reservar|no hay apuro|no me termina|no me termina de|prefiero otra|algo mas barato|mas economico|mas barato|se me hace caro|se nos hace caro|es carisimo|no estoy interesado|no estoy interesada",
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
    (
        &[Human],
        "persona real|persona de verdad|ser humano|persona fisica|persona humana|alguien real|una humana|alguna persona|alguien de ahi|alguien del complejo|alguien de carne y hueso|de carne y hueso|con alguien|un numero de telefono|un telefono|numero de telefono|nro de telefono|telefono de contacto|numero de contacto",
    ),
    (
        &[Inquiry],
        "mas info|mas informacion|mas data|pasame info|quisiera info|quiero info|informacion sobre|info de|info sobre|me interesa|me interesaria|estoy interesado|estoy interesada|estamos interesados|busco cabana|busco alojamiento|buscando alojamiento|busco lugar|busco algo",
    ),
];

/// Numbers in words. Tens are put together with units by the number reader.
pub(super) const NUMBERS: &[(u32, &str)] = &[
    (0, "cero"),
    (1, "uno un una"),
    (2, "dos doz"),
    (3, "tres trez"),
    (4, "cuatro cuatr kuatro quatro cuatrro"),
    (5, "cinco sinco cinko"),
    (6, "seis ceis"),
    (7, "siete ciete"),
    (8, "ocho"),
    (9, "nueve nuebe"),
    (10, "diez dies"),
    (11, "once"),
    (12, "doce dose"),
    (13, "trece trese"),
    (14, "catorce catorse"),
    (15, "quince quinse"),
    (16, "dieciseis diesiseis deiciseis"),
    (17, "diecisiete diesisiete"),
    (18, "dieciocho diesiocho deciocho"),
    (19, "diecinueve diesinueve"),
    (20, "veinte beinte vente"),
    (21, "veintiuno veintiun veintiuna ventiuno"),
    (22, "veintidos ventidos veintidoz"),
    (23, "veintitres ventitres"),
    (24, "veinticuatro venticuatro"),
    (25, "veinticinco venticinco"),
    (26, "veintiseis ventiseis"),
    (27, "veintisiete ventisiete"),
    (28, "veintiocho ventiocho"),
    (29, "veintinueve ventinueve"),
    (30, "treinta trenta"),
    (40, "cuarenta"),
    (50, "cincuenta"),
    (60, "sesenta"),
    (70, "setenta"),
    (80, "ochenta"),
    (90, "noventa"),
    (100, "cien ciento"),
    (200, "doscientos"),
    (300, "trescientos"),
    (400, "cuatrocientos"),
    (500, "quinientos"),
    (1000, "mil"),
];

/// Ordinals in words.
pub(super) const ORDINALS: &[(u32, &str)] = &[
    (1, "primero primer primera"),
    (2, "segundo segunda sgda sda"),
    (3, "tercero tercer tercera"),
    (4, "cuarta"),
    (5, "quinta quinto"),
];

/// Months, January first.
pub(super) const MONTHS: Words<12> = [
    "enero ene enro",
    "febrero feb febr febrer",
    "marzo mar mzo marso",
    "abril abr abri",
    "mayo may",
    "junio jun",
    "julio jul",
    "agosto ago agost",
    "septiembre setiembre sep sept set septiembr",
    "octubre oct octu",
    "noviembre nov noviem",
    "diciembre dic diciem dbre diciembr",
];

/// Weekdays, Monday first.
pub(super) const WEEKDAYS: Words<7> = [
    "lunes lun",
    "martes mart",
    "miercoles mie mierc miercole",
    "jueves jue juev",
    "viernes vie vier viern vierne",
    "sabado sab sabados",
    "domingo dom domingos",
];

/// Chat spellings, replaced before anything else is looked at.
pub(super) const CHAT: &[(&str, &str)] = &[
    ("q", "que"),
    ("k", "que"),
    ("ke", "que"),
    ("qe", "que"),
    ("d", "de"),
    ("x", "por"),
    ("xa", "para"),
    ("pa", "para"),
    ("xq", "porque"),
    ("pq", "porque"),
    ("bn", "bien"),
    ("tb", "tambien"),
    ("tmb", "tambien"),
    ("tbn", "tambien"),
    ("xfa", "porfa"),
    ("xfis", "porfa"),
    ("toy", "estoy"),
    ("ta", "esta"),
    ("tan", "estan"),
    ("aser", "hacer"),
    ("m", "me"),
    ("t", "te"),
    ("s", "es"),
    ("kien", "quien"),
    ("sta", "esta"),
    ("stan", "estan"),
    ("qiero", "quiero"),
    ("cm", "como"),
    ("cmo", "como"),
    ("bno", "bueno"),
    ("grs", "gracias"),
    ("dnde", "donde"),
    ("qisiera", "quisiera"),
    ("ntes", "antes"),
    ("anio", "ano"),
    ("ud", "usted"),
    ("uds", "ustedes"),
];
