### What a guest reads, in the Portuguese of Brazil: warm, short. The comments stand in es.ftl.

## Dates, hours and money

weekday_short = { $weekday ->
    [mon] seg
    [tue] ter
    [wed] qua
    [thu] qui
    [fri] sex
    [sat] sáb
   *[sun] dom
}
weekday_long = { $weekday ->
    [mon] segunda
    [tue] terça
    [wed] quarta
    [thu] quinta
    [fri] sexta
    [sat] sábado
   *[sun] domingo
}
month_long = { $month ->
    [jan] janeiro
    [feb] fevereiro
    [mar] março
    [apr] abril
    [may] maio
    [jun] junho
    [jul] julho
    [aug] agosto
    [sep] setembro
    [oct] outubro
    [nov] novembro
   *[dec] dezembro
}
month_part = { $part ->
    [start] início
    [middle] meados
   *[end] fim
} de { month_long }
day = { weekday_short } { $dd }/{ $mm }/{ $yyyy }
short_day = { weekday_short } { $d }/{ $m }
weekday_and_day = { weekday_short } { $d }
day_and_month = { $d }/{ $m }
stay = { $from } → { $to } ({ nights })
nights = { $nights ->
    [one] { $nights } noite
   *[other] { $nights } noites
}
people = { $people ->
    [one] { $people } pessoa
   *[other] { $people } pessoas
}
adults = { $adults ->
    [one] { $adults } adulto
   *[other] { $adults } adultos
}
children = { $children ->
    [one] { $children } criança
   *[other] { $children } crianças
}
pets = { $pets ->
    [one] { $pets } pet
   *[other] { $pets } pets
}
under_one = menos de 1
days = { $days ->
    [one] { $days } dia
   *[other] { $days } dias
}
hours = { $hours ->
    [one] { $hours } hora
   *[other] { $hours } horas
}
minutes = { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minutos
}
time = { $minute ->
    [0] { $hour }h
   *[other] { $hour }h{ $mm }
}
today = hoje
tomorrow = amanhã
moment = { $day } { $hour ->
    [1] à
   *[other] às
} { $time }
list = { $first } e { $last }
thousands_separator = .
decimal_separator = ,
currency_sign = { $currency ->
    [ARS] AR$
    [USD] US$
    [BRL] R$
    [UYU] $U
   *[CLP] CLP
}
currency_name = { $currency ->
    [ARS] pesos argentinos
    [USD] dólares
    [BRL] reais
    [UYU] pesos uruguaios
   *[CLP] pesos chilenos
}
language_in_spanish = portugués
template_language = pt_BR

## The talk

hello = Olá!
hello_name = Olá, { $name }!
thanks_for_writing = Obrigado por escrever.
thanks_for_writing_to = Obrigado por escrever para { $property }.
how_can_i_help = Para quais datas você quer vir e quantas pessoas são? Se tiver alguma dúvida sobre o lugar, é só perguntar.
not_understood = Desculpa, não entendi bem. Posso dizer se tem vaga e quanto custa, fazer sua reserva ou contar do lugar. Pode me dizer de outro jeito?
still_not_understood = Ainda não entendi, me desculpa. Prefere que uma pessoa responda?
button_see_dates = Datas e preços
button_person = Falar com alguém
button_yes_person = Sim, uma pessoa
wrong_number = Sem problema! Tenha um ótimo dia.
handed_over = Já avisei uma pessoa para responder você por aqui assim que puder.
already_handed_over = Já foi avisado: vão responder você por aqui assim que puderem.
owner_told = Já passei sua mensagem para a pessoa responsável, para que responda por aqui o quanto antes.
owner_told_more = Também repassei isso: a pessoa já tem tudo o que você me escreveu.
owner_told_urgently = Já avisei a pessoa responsável que é urgente.
call_owner = Para não esperar, ligue para { $phone }.
call_for_help = Se alguém corre perigo, saiam daí e liguem já { $numbers ->
   *[unknown] para o número de emergência do lugar.
    [argentina] para 911 (polícia), 100 (bombeiros) ou 107 (ambulância).
}
glad = Que bom ler isso, obrigado! Qualquer coisa, é só escrever.
at_your_service = Em que posso ajudar?
asked_owner = Isso eu não sei com certeza. Já perguntei e respondem você por aqui.
welcome = De nada! Qualquer coisa, me escreve.
ask_stop_messages = Quer que eu não escreva mais? O que for da sua reserva eu mando mesmo assim (o endereço, como entrar, o link). Responda «sim» ou «não».
opted_out_but_booking = Pronto: escrevo só o necessário da sua reserva, e nada mais.
goes_on_writing = Certo, continuo por aqui.
opted_out = Pronto, não escrevo mais. Se um dia quiser falar de novo, é só mandar uma mensagem.
unheard = Desculpa, não consegui ouvir bem o áudio. Pode me escrever?
too_long = O áudio é longo demais para mim. Pode mandar um mais curto ou me escrever?
voice_off = Por enquanto não consigo ouvir áudios. Pode me escrever?
heard = Ouvi: “{ $text }”. Está certo?
button_heard_right = Sim, está certo
button_no = Não
please_write = Tudo bem, então me escreve, por favor.
no_calls = Vi que você ligou. Por aqui não consigo atender chamadas: escreva ou mande um áudio e respondo na hora.
cannot_see = Esse tipo de mensagem eu não consigo ver. Pode me escrever?
picture = Obrigado pela foto! Como posso ajudar?
place = Recebi a localização, obrigado. Como posso ajudar?
stale_button = Esse botão não vale mais, já passou um tempo. Me diz de novo do que você precisa.
late_answer = Sua mensagem só chegou agora, desculpa a demora. Veja como está hoje:
calm = Entendo o seu incômodo e sinto muito. Vou avisar uma pessoa para ajudar você.
see_options = Ver opções

## A stay: dates, people, prices

ask_dates = Para quais datas você quer vir e quantas pessoas são?
ask_dates_for = Perfeito, para { $people }. Que dia chegam e que dia vão embora?
ask_days = Quais dias de { $period } você pensou? Me diz o dia de chegada, o de saída e quantos são.
ask_days_for = Perfeito, para { $people }. Quais dias de { $period } você pensou? Me diz o dia de chegada e o de saída.
ask_departure = Chegando { $arrival }, até que dia ficam, ou quantas noites?
ask_arrival = Saindo { $departure }, que dia chegariam?
ask_guests = { $stay }. Quantas pessoas são?
ask_ages = { $children ->
    [one] Quantos anos tem? Assim te passo o preço certo.
   *[other] Que idades têm? Assim te passo o preço certo.
}
which_stay = Qual destas datas você quer dizer?
which_arrival = Que dia chegariam?
which_guests = Quantas pessoas seriam no final? Assim passo o preço certo.
bad_dates = Essas datas não fecham. Me diz que dia chegam e que dia vão embora?
free = Tem vaga: { $stay }.
price_of_one = { $cabin } para { $people }: { $total } no total.
price_of_two = Numa só não cabem, mas em duas sim:
price_in_all = Total: { $total }.
deposit_books = Com { $deposit } de sinal fica reservada e o resto se paga na chegada.
button_book = Reservar
button_other_dates = Outra data
cabins_free = Para { $people }, { $stay }, tenho:
which_do_you_like = Qual você prefere?
up_to = até { $people }
nothing_free = Para { $people }, { $stay }, não tenho mais vaga.
try_other_dates = Tentamos outra data?
nearest = O mais próximo que tenho:
button_waitlist = Me avise se abrir
could_be = Poderia ser:
too_many_people = Para { $people } não tenho lugar: cabem até { $most } no total.
cabin_for = { $cabin } para { $people }
book_aloud = Repito para não errar: { $stay }, { $cabins }, total { $total }. Reservo?
still_open = Seguimos com { $stay }, { $cabins }, por { $total }?
button_yes_book = Sim, reservar
which_cabin = Qual você quer reservar para { $stay }?
recommended = Recomendo { $cabin }: é a que tem o melhor preço para vocês.
price_changed = Atenção, o preço mudou desde que passei. Hoje está assim:
just_taken = Poxa, acabaram de reservar. Veja o que ainda tem:
declined = Tudo bem, sem problema. Se quiser ver outra data, me diz.
undecided = Tudo bem, fico no aguardo. Por enquanto não reservei nada, e alguém pode reservar antes. Quando decidir, é só dizer que sim; se quiser mudar algo, me conta.
undecided_early = Tudo bem, fico no aguardo. Quando decidir, me escreve e a gente continua.
waitlisted = Pronto: se abrir vaga para { $stay }, eu escrevo.
waitlist_news = Boa notícia, abriu uma vaga!

## Why not

all_at_once = Sim, pode pagar tudo de uma vez quando quiser: o preço é o mesmo. Para reservar basta o sinal.

line_kind = { $charge ->
    [night] Diária
    [extra_guest] Pessoa extra
    [child] Crianças
    [pet] Animais de estimação
    [cleaning] Limpeza
    [fee] Taxa
    [discount] Desconto
    [tax] Imposto
   *[adjustment] Ajuste
}
line_of = { $what } ({ $detail })
line_priced = { $what }: { $amount }
line_ages = de { $ages } anos
line_percent = { $percent }%
line_discount_promo = Desconto com o código { $code }
line_discount_pay_with = { $way ->
    [cash] Desconto por pagar em dinheiro
    [transfer] Desconto por pagar por transferência
   *[mercadopago] Desconto por pagar com Mercado Pago
}
line_discount_early = Desconto por reservar com antecedência
line_discount_last_minute = Desconto de última hora
line_discount_long = Desconto por ficar { $nights } ou mais
line_discount_short = Desconto por estadia curta
rule_amount = { $what }: { $amount } { $per ->
    [stay] por estadia
    [night] por noite
    [person_night] por pessoa e por noite
    [pet] por animal
   *[pet_night] por animal e por noite
}
rule_in_percent = { $what }: { $percent }%
rule_free = { $what }: sem custo
pets_welcome = Sim, você pode vir com seu animal de estimação.
no_pets = No momento não recebemos animais de estimação.
price_per_cabin = O preço é por cabana, não por pessoa.
price_per_cabin_up_to = O preço é por cabana, para até { $people }.
instalments_online = Com o Mercado Pago você paga com cartão: antes de confirmar, ele mostra se há parcelas e o valor de cada uma.
prices_in = Os preços estão em { $currency_name }.

refused_bad_dates = Essas datas não fecham: a saída tem que ser depois da chegada.
refused_past_date = Essa data já passou.
refused_over_capacity = Ali cabem até { $capacity }.
refused_no_guests = Quantas pessoas são?
refused_too_many_pets = { $max ->
    [0] Nesse chalé não podemos receber animais de estimação.
    [one] Nesse chalé podemos receber um só animal de estimação.
   *[other] Nesse chalé podemos receber até { $max } animais de estimação.
}
refused_min_nights = Para essas datas o mínimo é de { $min }.
refused_too_long = Dá para reservar até { $max } seguidas.
refused_arrival_day = Nessas datas a entrada é só { $allowed }.
refused_departure_day = Nessas datas a saída é só { $allowed }.
refused_promo_code_unknown = Não conheço esse código de desconto. Pode escrever de novo?
refused_promo_code_used_up = Esse código de desconto já foi usado todas as vezes possíveis.
refused_promo_code_conditions = Esse código de desconto não vale para essa estadia.
refused_lead_time = Tão em cima não conseguimos: o mais cedo é { $earliest }.
refused_too_far_ahead = Ainda não abrimos essas datas: por enquanto se reserva até { $latest }.
refused_nights_taken = Essas noites já estão ocupadas.
refused_paused_until = No momento não estamos aceitando reservas. Voltamos a aceitar no dia { $until }.
refused_paused = No momento não estamos aceitando reservas.
refused_cabin_unavailable = Essa cabana não está disponível.
refused_price_overflow = Não consegui calcular o preço. Já avisei para passarem a você.
refused_not_now = Isso já não dá para fazer com esta reserva.
refused_hold_expired = A reserva venceu antes. Posso procurar de novo.
refused_too_many_holds = Você já tem { $max } reservas esperando o sinal. Pague alguma primeiro ou cancele uma.
refused_too_many_web_holds = Já há várias reservas feitas por aqui esperando o sinal, então por enquanto não podemos guardar outra. Escreva pelo WhatsApp e vemos juntos.
refused_nothing_to_refund = Não há nada a devolver.

## A booking

held = Combinado! Guardo { $cabins }, { $stay }, até { $until }.
held_total = Total { $total }, sinal { $deposit }.
link_follows = { $cabins ->
    [one] Já mando o link para pagar o sinal.
   *[other] Já mando os links, um para cada cabana, para pagar o sinal.
}
or_transfer = Se preferir transferência: { $bank }
transfer_deposit = O sinal se transfere para: { $bank }
send_receipt = Quando fizer, me mande o comprovante por aqui.
owner_says_how_to_pay_deposit = Logo dizem a você como pagar o sinal.
hold_ending = Estou guardando { $cabin } até { $until }. Se ainda quiser, falta o sinal de { $deposit }.
button_pay_deposit = Pagar o sinal
expired = A reserva de { $cabin }, { $stay }, venceu porque o sinal não chegou. Se ainda quiser, procuro de novo.
expired_with_money = A reserva de { $cabin }, { $stay }, venceu. Recebemos { $paid }: uma pessoa vai escrever para devolver o dinheiro ou seguir com a reserva.
button_look_again = Procurar de novo
confirmed = Pronto, reserva confirmada! 🎉
cancelled = Cancelei sua reserva { $code }: { $cabin }, { $stay }.
refund_on_its_way = Devolvemos { $refund }; pode levar alguns dias para aparecer.
nothing_to_refund = Não ficou nada a devolver.
moved = Pronto, ficou assim:
discounted = Boa notícia: demos um desconto de { $off }. Fica assim:
no_booking = Com este número não encontro nenhuma reserva. Fez com outro?
ask_cancel = Quer mesmo cancelar { $cabin }, { $stay }?
cancel_loses_nothing = Não há nada pago, então não se perde nada.
cancel_loses_deposit = Pela data, o sinal não é devolvido.
cancel_refunds_all = Você está no prazo de desistência: devolvemos tudo, { $refund }.
cancel_refunds = Devolvemos { $refund }.
button_yes_cancel = Sim, cancelar
button_no_keep = Não, deixar
kept = Perfeito, a reserva continua como estava.
which_booking = { $purpose ->
    [cancel] Qual você quer cancelar?
    [change] Qual você quer mudar?
   *[pay] Qual você quer pagar?
}
ask_new_dates = Hoje você tem { $cabin }: { $stay }, { $people }. Para quais datas, ou para quantas pessoas, mudo?
ask_move = Ficaria assim: { $cabin }, { $stay }, { $people }. { $price } Mudo?
total_stays = O total continua sendo { $total }.
total_changes = O total passa de { $before } para { $after }.
button_yes_change = Sim, mudar
cannot_move = Não consigo mudar assim. { $why } Sua reserva continua como estava.
withdrawing = Anotei seu pedido de desistência, com a data e a hora de hoje. Respondemos em até 24 horas.
withdrawing_from = Anotei seu pedido de desistência da reserva { $code }, com a data e a hora de hoje. Respondemos em até 24 horas.
arrival_reminder = Falta pouco! Esperamos você { $arrival } em { $cabin }.
check_in_today = É hoje! { $cabin } espera você a partir das { $from }.
thanks_for_staying = Obrigado por ter ficado com a gente!
thanks_for_staying_at = Obrigado por ter ficado em { $property }!
come_back = Tomara que volte logo!
code_is = Código: { $code }
deposit_missing = Falta o sinal de { $deposit }; guardo até { $until }.
paid_so_far = Total { $total }, pago { $paid }, ficam { $due } na chegada.
all_paid = Total { $total }, está tudo pago.
due_on_arrival = Ficam { $due } para pagar na chegada.
arrival_hours = Entrada a partir das { $from }, saída até as { $until }.
address = Endereço: { $address }
calendar_file = estadia
calendar_caption = 📅 Para a sua agenda: toque no arquivo e pronto.
calendar_title = Estadia em { $place }
calendar_text = Reserva { $code }, { $people }. Se algo mudar, escreva para a gente no WhatsApp.

## Money

pay_here = Aqui você paga { $amount } de { $cabin } com Mercado Pago. Assim que o pagamento entrar, confirmo.
button_pay = Pagar agora
link_coming = Já mando o link para pagar.
several_links = São { $count } cabanas e cada uma tem seu link para o sinal ({ $total } no total):
several_links_confirm = Assim que cada pagamento entrar, confirmo essa cabana.
link_unavailable = O link de pagamento ainda não funciona; se voltar, eu mando. Já avisei e dizem a você como pagar.
link_unavailable_transfer = O link de pagamento ainda não funciona; se voltar, eu mando. Se não, você pode transferir para: { $bank }
then_send_receipt = Depois me mande o comprovante.
transfer_for = Para { $cabin }, transfira { $amount } para: { $bank }
payment_pending = O Mercado Pago está analisando seu pagamento. Enquanto isso guardo a vaga e aviso você.
payment_rejected = O pagamento não passou. Você pode tentar de novo com o mesmo link ou com outro meio.
button_try_again = Tentar de novo
payment_rejected_after_review = O pagamento não passou. Continuo guardando { $cabin }, { $stay }, e já te mando outro link.
other_amount = Recebemos { $received }, mas não é o valor do sinal de { $cabin }, { $deposit }. Uma pessoa vai ver e escreve para você.
paid_more = Recebemos { $received } além do que era para pagar por { $cabin }, { $stay }. Uma pessoa vai ver e escreve para devolver ou deixar como crédito.
paid_for_nothing = Recebemos { $received } por { $cabin }, { $stay }, mas essa reserva já não está de pé. Uma pessoa vai escrever para devolver o dinheiro ou achar outra data.
settled = Recebemos o resto! Sua estadia em { $cabin }, { $stay }, está paga.
owner_confirms = Recebemos seu pagamento, obrigado! { $cabin }, { $stay }, está guardada para você: o dono confirma daqui a pouco e eu aviso por aqui.
revived = Eu tinha dito que a reserva de { $cabin }, { $stay }, tinha vencido, mas o pagamento entrou e as noites ainda estavam livres: o lugar continua sendo seu.
paid_too_late = Seu pagamento chegou quando { $cabin }, { $stay }, já estava ocupada. Desculpa: uma pessoa vai escrever para devolver o dinheiro ou achar outra data.
receipt_received = Obrigado! Recebi o comprovante de { $cabin }. Assim que virem, confirmo.
transfer_seen = Vimos sua transferência de { $amount } para { $cabin }.
transfer_not_found = Ainda não vemos a transferência de { $cabin }. Pode mandar o comprovante de novo?
balance_reminder = Lembrando que na chegada a { $cabin } ficam { $due } para pagar.
pay_ahead = Se quiser adiantar, pode transferir para: { $bank }
refunded = Devolvemos { $amount } da reserva { $code }. Pode levar alguns dias para aparecer na sua conta.
receipt_told = Obrigado por avisar! Peço à pessoa responsável para ver se o pagamento de { $cabin } entrou e confirmo. Se tiver o comprovante, pode mandar por aqui.
receipt_not_seen = O pagamento de { $cabin } ainda não apareceu para mim. Peço à pessoa responsável para olhar e confirmo. Se tiver o comprovante, pode mandar por aqui.
receipt_waits = Passei o pagamento de { $cabin } { $since } à pessoa responsável, que ainda não olhou. Assim que vir, confirmo.
receipt_too_late = Recebi seu aviso, mas a reserva de { $cabin }, { $stay }, já tinha vencido. Peço à pessoa responsável para ver se o dinheiro entrou: se as noites ainda estiverem livres, fica confirmada; se não, devolvemos.
hold_kept_until = Enquanto isso guardo até { $until }.
payment_arrived = Sim, o pagamento de { $cabin } já entrou.
held_until = Certo. Guardo { $cabin } até { $until }; falta o sinal de { $deposit }. Se precisar de mais tempo, eu pergunto.
button_more_time = Pedir mais tempo
how_one_pays = Para reservar se paga um sinal de { $percent } % { $ways ->
    [both] com Mercado Pago ou por transferência
    [online] com Mercado Pago
    [transfer] por transferência
   *[neither] como for melhor para você, combinamos por aqui
}, e o resto na chegada.
nothing_due = Por enquanto não há nada a pagar de { $cabin }. Está tudo certo!
owner_says_how_to_pay = Já avisei para dizerem a você como pagar.
bank_alias = alias { $alias }
bank_cbu = CBU { $cbu }
bank_holder = em nome de { $holder }

## The place and its rules

photos_of = Estou mandando fotos de { $cabins }. 📷
photos_at = Fotos de { $cabin }:
more_photos_at = Mais fotos de { $cabin }:
check_in_from = Dá para entrar a partir das { $from }.
check_out_until = A saída é até as { $until }.
deposit_rule = Para reservar se paga um sinal de { $percent } %. Guardo a vaga por { $time } enquanto você paga, e o resto é na chegada.
cancellation_rule = Cancelando até { $days } dias antes da chegada, devolvemos { $refund } % do que foi pago; { $late ->
    [0] depois não há devolução
   *[other] depois, { $late } %
}. Além disso, até 10 dias depois de reservar e pelo menos 24 horas antes da chegada, você pode desistir sem custo.
we_are_here = Estamos aqui:

## What a person decides

request_what = { $request ->
    [exception] a exceção
    [refund] a devolução
    [hold_without_deposit] reservar sem sinal
    [more_time] ter mais tempo para o sinal
    [invoice] a nota fiscal
    [transfer_of_booking] passar a reserva para outra pessoa
    [cot] o berço ou cadeirinha
    [day_use] passar o dia
    [event] a comemoração
    [late_check_out] sair mais tarde
    [early_check_in] entrar mais cedo
    [extra_person] levar mais alguém
    [bedding] a roupa de cama ou toalhas
    [discount] o preço
   *[other] o seu pedido
}
request_passed_on = Vou perguntar à pessoa responsável sobre { request_what } e respondo por aqui, no máximo { $by }.
request_passed_on_again = Também passei à pessoa responsável. Respondo por aqui, no máximo { $by }.
request_still_waiting = Ainda não me responderam sobre { request_what }. Perguntei de novo à pessoa responsável e aviso assim que souber, no máximo { $by }.
request_unanswered = Desculpe, ainda não me responderam sobre { request_what }. Seu pedido continua anotado, lembrei a pessoa responsável e aviso assim que souber.
request_no_longer_needed = Certo, aviso à pessoa responsável que não precisa mais.
request_granted = Boa notícia! Perguntei sobre { request_what } e disseram que sim.
request_granted_more_time = Boa notícia! Guardo { $cabin } até { $until }.
request_granted_discount = Boa notícia! Fazemos um desconto de { $off } para { $stay }. Quando reservar, já vai descontado.
request_granted_refund = Disseram que sim: devolvemos { $amount }. Pode levar alguns dias para aparecer.
request_refused = Perguntei sobre { request_what } e desta vez não dá, desculpe.
request_refused_discount = O preço continua sendo o que passei. Se quiser, vemos outras datas ou outra cabana.
request_refused_other = Se eu puder ajudar com outra coisa, é só dizer.

## The pages of guests

page_your_stay = Sua reserva
page_cabin = Cabana
page_thanks = Obrigado!
page_paid_next = Assim que o Mercado Pago nos avisar, confirmamos sua reserva pelo WhatsApp. Já pode fechar esta página.
page_under_way = Seu pagamento está a caminho
page_under_way_next = O Mercado Pago está analisando. Guardamos o lugar e avisamos pelo WhatsApp.
page_not_paid = O pagamento não passou
page_not_paid_next = Nada foi cobrado. Pode tentar de novo com o mesmo link, ou nos escrever pelo WhatsApp.
page_arrival = Chegada
page_departure = Saída
page_hour_from = a partir das
page_until_hour = até as
page_people = Pessoas
page_children = Idades das crianças
page_children_how = Se vierem, por exemplo: 3, 9. Conte também entre as pessoas.
page_pets = Pets
page_count_children = Conte as crianças também entre as pessoas.
page_ages_wrong = Não entendemos as idades: vão de 0 a 17, separadas por vírgulas.
page_too_many_pets = São muitos pets: escreva para a gente no WhatsApp.
page_total = Total
page_deposit = Sinal
page_paid = Pago
page_left = Saldo
page_pay = Pagar o sinal
page_pay_before = Guardamos o lugar até
page_by_transfer = Você também pode transferir para
page_where_is = Como chegar
page_map = Ver no mapa
page_calendar = Adicionar à minha agenda
page_rules = Regras da casa
page_cancelling = Se você cancelar
page_before_coming = Antes de vir
page_tell_us = Conte quem vem e quando chega: assim você entra sem burocracia.
page_arrival_time = A que horas vocês chegam, mais ou menos?
page_who_comes = Quem vem (nome e documento, um por linha)
page_plate = Placa do carro
page_anything = Mais alguma coisa que devemos saber?
page_save = Salvar
page_saved = Obrigado! Já anotamos.
page_privacy = Usamos estes dados só para a sua estadia; você pode pedir para apagá-los.
page_book_title = Reservar
page_promo_code = Código de desconto
page_pay_with = Como vai pagar
page_pay_with_any = Ainda não sei
page_way = { $way ->
    [cash] Dinheiro
    [transfer] Transferência
   *[mercadopago] Mercado Pago
}
page_extras = Quer incluir algo?
page_see_prices = Ver disponibilidade
page_nothing_free = Não há lugar nessas datas. Tente outras.
page_choose = Escolha a sua cabana
page_your_data = Seus dados
page_name = Nome e sobrenome
page_phone = WhatsApp (com o código do país)
page_email = E-mail (opcional)
page_hold = Reservar
page_then = Guardamos o lugar e no próximo passo você paga o sinal.
page_missing_name = Falta o seu nome.
page_bad_phone = Esse telefone não foi entendido. Veja se falta ou sobra algum número: +55 11 98765 4321
page_phone_area = Falta o código de área (DDD) do telefone: +55 11 98765 4321
page_phone_country = Falta o código do país no telefone, com o + na frente: +55 11 98765 4321
page_write_us = Escrever pelo WhatsApp
page_also_whatsapp = Quer receber também pelo WhatsApp? Escreva para nós e mandamos por lá o link para pagar, a confirmação e como chegar.
page_write_about = Olá, quero receber por aqui minha reserva { $code }
page_write_to_book = Olá, quero reservar
page_bad_email = Esse e-mail não foi entendido.
page_try_again = Algo mudou enquanto você olhava. Confira e tente de novo.
page_regret = Arrependimento da compra
page_regret_how = Se você reservou à distância, pode desistir sem custo em até 10 dias, até 24 horas antes da chegada. Deixe seus dados e damos um número de protocolo.
page_booking_code = Código da reserva
page_contact = Telefone ou e-mail usado na reserva
page_send = Pedir a desistência
page_your_number = O seu número de protocolo é
page_regret_next = Guarde-o. Respondemos em até 24 horas.
page_missing_contact = Falta o seu nome ou contato.
page_status = { $status ->
    [pre_reserved] Aguarda o sinal
    [confirmed] Confirmada
    [checked_in] Aproveite a estadia!
    [checked_out] Obrigado pela visita!
    [cancelled] Cancelada
    [expired] Venceu sem sinal
   *[no_show] Encerrada
}

## Message templates at Meta: what stands around the news outside the 24 hours. Meta asks that none begins or ends with
## an argument, and that the fixed words say what the message is about.

template_notice = Há um aviso de { $place } sobre uma reserva ou uma consulta: { $news } Você pode responder a esta mensagem.
template_booking = Escrevemos de { $place } por causa da sua reserva: { $news } Se tiver alguma dúvida, responda a esta mensagem.
template_payment = Escrevemos de { $place } sobre o pagamento da sua reserva: { $news } Se precisar de ajuda para pagar, responda a esta mensagem.
template_arrival = A sua estadia em { $place } está chegando e aqui vai o que você precisa para chegar: { $news } Qualquer coisa, responda a esta mensagem.
template_stay = Escrevemos de { $place } sobre a estadia que terminou: { $news } Se esqueceu alguma coisa, responda a esta mensagem.
template_reply = Esta é a resposta de { $place } ao que você nos escreveu: { $news } Você pode continuar a conversa por aqui.
template_waitlist = Você pediu para avisarmos se abrisse uma vaga em { $place } e agora temos novidades: { $news } Se ainda quiser, responda a esta mensagem.

## Letters

letter_subject = Sua reserva { $code } em { $place }
letter_link = Aqui você vê tudo sobre a sua reserva: { $url }
letter_foot = Este e-mail é de { $place }, por causa da sua reserva.
