//! Portuguese as guests from Brazil type it: which words carry which meaning. Data, no rules.
//!
//! Without accents and in lower case. A word that ends in `*` stands for
//! everything that begins so.

use super::Words;
use crate::understanding::terms::Term::{self, *};

/// Words and their meanings.
pub(super) const WORDS: &[(&[Term], &str)] = &[
    // Small words.
    (&[Article], "o os as"),
    (&[Article, A], "um uma"),
    (&[Of, From], "do da dos das"),
    (&[Of], "de"),
    (&[From], "desde"),
    (&[To], "ao a aos"),
    (&[To, Until], "ate"),
    (&[Between], "entre"),
    (&[And], "e + &"),
    (&[Or], "ou"),
    (&[For], "para pra pro por pras pros"),
    (&[With], "com c"),
    (&[At], "em no na nos nas num numa"),
    (&[Not, No], "nao"),
    (&[Not], "nem nunca sem"),
    (&[If], "se"),
    (&[More], "mais extra adicional"),
    (&[Less], "menos"),
    (&[This], "este esta esse essa neste nesta nesse nessa deste desta desse dessa isso isto"),
    (&[Other], "outro outra outros outras diferente diferentes"),
    (&[Coming], "proximo proxima proximos seguinte"),
    (&[First], "primeiro primeira"),
    (&[Last], "ultimo ultima"),
    (&[Each], "cada"),
    (&[Than], "que"),
    (&[Already, PaySeen], "ja"),
    (&[Very], "muito muita demais bem"),
    (&[Late], "tarde tardio"),
    (&[Early, Before], "cedo antes"),
    (&[After], "depois apos"),
    (&[Only], "apenas somente"),
    // Time.
    (&[DayWord], "dia dias"),
    (&[Night], "noite noites diaria diarias pernoite pernoites"),
    (&[Week], "semana semanas"),
    (&[Weekend], "fds findi fimdesemana finalzinho"),
    (&[MonthWord], "mes meses"),
    (&[Year, Age], "ano anos aninhos"),
    (&[Fortnight], "quinzena quinzenas"),
    (&[Long], "prolongado longo feriadao"),
    (&[Weekend, Long], "feriadao"),
    (&[Carnival], "carnaval"),
    (&[HolyWeek], "pascoa"),
    (&[Christmas], "natal"),
    (&[NewYear], "reveillon"),
    (&[Today], "hoje hj"),
    (&[Tomorrow], "amanha amnh amanhan"),
    (&[Yesterday], "ontem"),
    (&[Hour], "hora horas h hs horario horarios hrs"),
    (&[DayPart], "tarde manha madrugada"),
    (&[Couple2], "par"),
    (&[TimeWord], "minuto minutos"),
    (&[Holiday], "feriado feriados"),
    (&[Season], "ferias temporada verao inverno"),
    // People.
    (
        &[Person],
        "pessoa pessoas pess pax hospede hospedes gente amigos amigas amigo amiga pesoas pessoinhas primos primo prima primas",
    ),
    (&[Adult], "adulto adultos adulta adultas mulheres homens idosos"),
    (
        &[Child],
        "crianca criancas bebe bebes nene filho filhos filha filhas menino menina meninos meninas pequeno pequenos neto netos neta netas sobrinho sobrinhos sobrinha adolescente adolescentes criancinha filhinho filhinha gemeos",
    ),
    (&[Pair], "casal casais casalzinho"),
    (
        &[Relative],
        "esposa esposo marido mulher namorada namorado noiva noivo mae pai irmao irma sogra sogro avo tia tio cunhada cunhado companheiro companheira parceiro parceira noivinha",
    ),
    (&[TwoRelatives], "pais sogros avos"),
    (&[Relatives], "irmaos irmas tios cunhados familiares"),
    (&[Speaker], "eu mim comigo"),
    (&[WeAre], "somos seremos seriamos estamos vamos sao seriam serao viajamos"),
    (&[Group], "grupo familia turma galera"),
    (&[Alone, Only], "so sozinho sozinha"),
    (&[Us], "nos gente"),
    (&[My], "meu minha meus minhas nosso nossa nossos nossas tenho temos"),
    (
        &[Uncounted],
        "quarto quartos cama camas cabana cabanas chale chales casa casas banheiro banheiros quadra quilometros parcelas parcela vezes reais dolares vagas vaga metros km opcao opcoes",
    ),
    // Coming and going.
    (
        &[Arrive],
        "chego chegar chegamos chegando chegada chegaremos chegaria chegariamos chega entrar entramos entrada entrando entro venho",
    ),
    (
        &[Leave],
        "sair saimos saindo saida sairemos saio sairia sairiamos partida voltamos volto retorno voltar partimos embora",
    ),
    (
        &[Stay],
        "ficar ficamos ficaremos ficaria hospedar hospedagem estadia passar estada pernoitar dormir hosped*",
    ),
    (&[Go], "vamos vou ir iremos iria iriamos viajar"),
    (&[Come], "vem vir"),
    (&[Bring], "levar trazer levo levamos leve"),
    (&[Self_], "me"),
    // Asking and wanting.
    (&[How], "como"),
    (&[HowMuch], "quanto quanta qto qnto quato quant"),
    (&[HowMany], "quantos quantas qtos qtas qnts"),
    (&[When], "quando qdo qnd"),
    (&[Where], "onde aonde cade"),
    (&[What], "que qual quais"),
    (&[Who], "quem"),
    (
        &[Can],
        "posso podemos pode podem poderia poderiamos podia consigo permitem permite permitido aceita aceitam aceitas permitidos da",
    ),
    (
        &[Want],
        "quero queria queriamos gostaria gostariamos queremos desejo preciso precisamos procuro procurando procuramos pretendo pretendemos interesse",
    ),
    (&[Need], "preciso precisamos tenho temos tem"),
    (&[Have], "tem teria tens ha possui possuem haveria existe terao teriam teem oferecem oferece sobrou"),
    (&[Is], "e sao era esta estao fica ficam"),
    (
        &[Send],
        "manda mandar mande mandou envia enviar envie passa passe passar enviou mandam mandem reenviar reenvia mostra",
    ),
    (&[Ask], "duvida pergunta perguntar saber consultar sabe informacao"),
    (&[Fit], "cabem cabe comporta acomoda dormem"),
    (&[Include], "inclui incluso inclusa inclusos incluido incluida inclusas incluem fornecem"),
    // Booking.
    (
        &[Price],
        "preco precos valor valores tarifa tarifas custo custa custaria orcamento cobra cobram fica ficaria sai sairia cotacao promocao desconto diaria custam",
    ),
    (
        &[Avail],
        "disponibilidade disponivel disponiveis vaga vagas lugar livre livres dispo disponib* desocupado desocupada",
    ),
    (&[Booking], "reserva reservas"),
    (
        &[Book],
        "reservar alugar aluga alugam aluguel agendar reservo reservando alug* reserv* garantir fechar",
    ),
    (&[Cabin], "cabana chale casa lugar pousada cabanas acomodacao chale imovel"),
    (&[Info], "info informacao informacoes detalhes"),
    (&[DatesNoun], "data datas dias"),
    (
        &[Cancel],
        "cancelar cancelamento cancela cancelo cancele cancelem cancelamos cancel* desmarcar desmarque desisti desistir desistimos anular",
    ),
    (
        &[Refund],
        "reembolso devolvem devolucao devolve reembolsam estorno estornar estornam devolver devolv* reembols* estorn*",
    ),
    (
        &[Change],
        "alterar altera alteracao mudar muda mudamos mudanca mudei trocar troca troco remarcar remarca adiar antecipar modificar estender prolongar reagendar transferir alter* remarc* modific* mud*",
    ),
    (&[Add], "adicionar incluir acrescentar somar acrescent* adicion*"),
    (
        &[Confirm],
        "confirmada confirmado confirmar confirmo confirma confirmacao confirmou confirmaram confirm*",
    ),
    (&[State], "situacao status certa feita registrada valendo pe ok garantida"),
    (&[Policy], "politica politicas condicoes regras multa taxa penalidade"),
    (&[Lose], "perco perde perdemos perder"),
    (&[Balance], "saldo restante falta faltam"),
    // Money.
    (&[Pay], "pagar pagamento pago pagos paguei pagamos pagamentos pagou pague pagando paga pag* quitei"),
    (&[PayWay], "cartao credito debito dinheiro pix boleto especie parcelar parcelas parcelado"),
    (
        &[Transfer],
        "transferencia transferencias transferi transferir deposito depositei depositar transferiu ted",
    ),
    (&[Receipt], "comprovante comprovantes recibo nota fatura"),
    (&[Link], "link links"),
    (&[Bank], "conta chave banco bancaria bancarios"),
    (&[Deposit], "sinal caucao entrada adiantamento adiantado antecipado deposito"),
    (&[Money], "dinheiro grana reais"),
    // Talking to people.
    (
        &[Talk],
        "falar falo fala falando conversar atende atendam atendimento contato atender atenda contatar responde",
    ),
    (&[Human], "humano humana alguem atendente pessoalmente operador"),
    (&[Owner], "dono dona proprietario proprietaria responsavel gerente encarregado anfitriao administrador"),
    (&[Call], "ligar liga ligue ligacao telefone telefonar liguem"),
    (&[Bot], "robo bot maquina automatico robot"),
    (&[Message], "mensagem mensagens msg msgs propaganda promocoes publicidade avisos"),
    (&[StopIt], "pare parar parem descadastrar descadastre sair remova remover retirar bloquear chega"),
    (&[Receive], "receber recebo"),
    (&[ListWord], "lista contatos"),
    (&[Write], "mandem mandar enviem enviar escrever escrevam mande envie escreva"),
    // Answers.
    (
        &[Yes],
        "sim fechado fechou combinado aceito aceitamos topo topamos bora claro certeza partiu confirmo confirmado siim simm aceit*",
    ),
    (
        &[Fine],
        "ok okay beleza blz perfeito otimo legal maravilha certo show bom boa bacana excelente top joia tranquilo massa otima perfeita",
    ),
    (&[No], "nao nop negativo"),
    (&[Expensive], "caro cara caros salgado puxado carissimo"),
    (&[Cheaper], "barato barata economico"),
    (&[Think], "pensar penso pensando analisar decidir conversar verificar"),
    (&[Decline], "dispenso desisto recuso"),
    // Emoji, as the tokens name them.
    (&[Yes], "👍"),
    (&[No, Decline], "👎"),
    (&[Thank], "🙏"),
    (&[Greet], "👋"),
    (&[Laugh], "😂"),
    (&[Pet], "🐶"),
    // Courtesies and noise.
    (&[Greet], "oi ola oie opa oii bom boa alo oiee eai"),
    (&[Thank], "obrigado obrigada obg valeu agradeco brigado brigada vlw obrigadao grato grata agradec*"),
    (&[Bye], "tchau abraco abracos adeus ate"),
    (&[Please], "favor pfv pf porfavor pfvr"),
    (&[Laugh], "kkk kkkk rsrs haha rs hahaha kk"),
    (&[WrongPerson], "engano enganei errado"),
    (&[Sell], "vendo vendemos oferecemos marketing servicos seguidores emprestimo"),
    // Topics.
    (
        &[Pet],
        "cachorro cachorros cachorra cachorrinho cachorrinha gato gatos pet pets animal animais bicho bichos estimacao cao caes gatinho doguinho mascote",
    ),
    (&[Wifi], "wifi wi fi internet sinal conexao rede"),
    (&[Parking], "estacionamento garagem estacionar vaga estacion* guardar"),
    (&[Vehicle], "carro carros moto veiculo motos"),
    (&[Pool], "piscina piscinas"),
    (&[Grill], "churrasqueira churrasco churras churrasqueiras grelha churrasc*"),
    (&[Linen], "lencol lencois toalha toalhas enxoval cobertor cobertores travesseiro travesseiros edredom"),
    (&[Breakfast], "cafe breakfast"),
    (
        &[Heating],
        "aquecimento aquecedor calefacao ar lareira condicionado ventilador climatizado aquecida frio calor aquec*",
    ),
    (
        &[Location],
        "localizacao endereco mapa local localizada localizado fica perto longe praia centro localiz* distancia chegar",
    ),
    (&[CheckIn], "checkin"),
    (&[CheckOut], "checkout"),
    (
        &[Amenity],
        "comodidades cozinha geladeira microondas tv televisao fogao equipada equipado banheira utensilios maquina secador hidromassagem varanda berco ofurô ofuro",
    ),
    (&[Photo], "foto fotos fotinha fotinhas imagem imagens video videos instagram"),
    (&[Capacity], "capacidade"),
    (&[Works], "funciona abre abrindo funcionando carrega funcionou abriu"),
    (&[Broken], "erro falhou venceu expirou problema recusado recusada"),
    (
        &[Filler],
        "tudo bem voce voces vc vcs tambem tbm mas porque entao aqui ali la muito foi ser estar estou estava me te lhe seu sua seus suas eles elas ele ela ainda agora hora ja quase uns umas alguma algum algo nada nenhum nenhuma pela pelo pelos pelas numero nome gente coisa moro faco fazer fiz faz feito fazem sobre meio pouco acho acha gostei",
    ),
];

/// Several words that mean one thing together. They become one token.
pub(super) const PHRASES: &[(&[Term], &str)] = &[
    (
        &[Weekend],
        "fim de semana|final de semana|finais de semana|fins de semana|findi semana|fim de semaninha|fim semana|final semana",
    ),
    (
        &[Weekend, Long],
        "feriado prolongado|fim de semana prolongado|final de semana prolongado|fim de semana longo|final de semana longo|feriado longo",
    ),
    (&[HolyWeek], "semana santa|sexta feira santa|sexta santa|feriado da pascoa|feriado de pascoa"),
    (&[NewYear], "ano novo|virada do ano|fim de ano|final de ano"),
    (&[AfterTomorrow], "depois de amanha|dps de amanha|depois amanha"),
    (&[Tonight], "esta noite|hoje a noite|hj a noite|essa noite|hoje de noite|hoje noite"),
    (&[From], "a partir de|a partir do|a partir da|apartir de|apartir do|a partir"),
    (&[Coming], "que vem|q vem"),
    (&[Week, Coming], "semana que vem|proxima semana|semana q vem"),
    (&[Year, Coming], "ano que vem|proximo ano"),
    (&[Leave], "vamos embora|vou embora|ir embora|indo embora|dia da saida|iremos embora"),
    (&[Instead], "em vez de|ao inves de|em lugar de|no lugar de|ao inves do|em vez do|invez de"),
    (
        &[Speaker, Alone],
        "so eu|somente eu|apenas eu|so para mim|so pra mim|eu sozinho|eu sozinha|para mim so|pra mim so",
    ),
    (&[CheckIn], "check in|chek in"),
    (&[CheckOut], "check out|chek out|late check out|late checkout"),
    (&[Wifi], "wi fi|sinal de internet"),
    (&[Linen], "roupa de cama|roupas de cama|roupa de banho|roupas de banho"),
    (&[Heating], "ar condicionado|ar cond"),
    (&[Breakfast], "cafe da manha|cafe de manha|cafe manha"),
    (
        &[Parking],
        "vaga para carro|vaga de carro|vaga pra carro|vaga de garagem|lugar para carro|lugar pra carro|lugar para o carro|deixar o carro|vaga para o carro|vaga pro carro",
    ),
    (&[Pet], "animal de estimacao|animais de estimacao|pet friendly|aceita pet|bicho de estimacao"),
    (
        &[PayWay],
        "mercado pago|forma de pagamento|formas de pagamento|meio de pagamento|como pago|como faco para pagar|como faco o pagamento|cartao de credito|cartao de debito",
    ),
    (&[Link, Pay], "link de pagamento|link do pagamento|link para pagar|link pra pagar|link pagamento"),
    (
        &[Yes],
        "pode ser|pode reservar|pode fechar|pode confirmar|vamos nessa|quero sim|quero esse|quero essa|com certeza|vamos fechar|vou querer|fico com essa|ficamos com essa|fico com esse|vou ficar com|pode deixar|eu quero|isso mesmo|isso ai|por mim tudo bem|gostei vou|quero reservar essa|vou reservar|quero fechar|sim por favor|pode marcar|pode seguir|faz a reserva|faca a reserva|quero essa cabana|fecha|vou de",
    ),
    (
        &[Fine],
        "esta bom|ta bom|tudo certo|ta otimo|muito bom|esta otimo|esta bem|por mim ok|de acordo|parece bom",
    ),
    (
        &[Think],
        "vou pensar|vou ver|deixa eu pensar|deixa eu ver|te aviso|te falo|aviso depois|depois te aviso|depois te falo|depois eu vejo|vou conversar|vou falar com|vou verificar|te confirmo depois|mais tarde|preciso pensar|qualquer coisa te aviso|qualquer coisa aviso|vou continuar procurando|ainda nao sei|te dou retorno|retorno depois|vou analisar|vou consultar|te chamo depois",
    ),
    (
        &[Decline],
        "nao quero|nao queremos|nao serve|nao me serve|nao vai dar|nao da|nao rola|nao gostei|nao obrigado|nao obrigada|deixa pra la|deixa para la|fica para a proxima|fica pra proxima|fica para outra|fica pra outra|para a proxima|outra vez|ja reservei outro|ja encontrei|ja achei|ja encontramos|ja achamos|ja fechei com outro|ja reservamos outro|ja consegui|por enquanto nao|agora nao|fora do orcamento|fora do meu orcamento|nao tenho interesse|nao me interessa|muito caro|melhor nao|acima do orcamento|passa do orcamento|nao cabe no orcamento|caro demais|um pouco caro|prefiro outro|prefiro outra|nao estou interessado|nao estou interessada|nao e o que|procuro outra coisa|mais barato|mais em conta|acho que nao",
    ),
    (
        &[CantGo],
        "nao vamos poder|nao vou poder|nao poderemos|nao poderei|nao podemos ir|nao posso ir|nao podemos viajar|nao vamos mais|nao vou mais|nao iremos|nao conseguimos ir|nao vou conseguir|nao vamos conseguir|nao consigo ir|nao vamos viajar|nao posso viajar|nao podemos mais|nao posso mais|tivemos um imprevisto|tive um imprevisto",
    ),
    (
        &[StopAll],
        "pare de|parem de|parar de mandar|nao me mande|nao me mandem|nao mande mais|nao mandem mais|nao quero receber|nao quero mais receber|nao quero mais mensagens|nao desejo receber|nao envie|nao envies|nao enviem|nao me envie|nao me enviem|nao me escreva|nao me escrevam|nao escreva mais|sair da lista|me tira da lista|me tire da lista|me tirem da lista|me remove|me remova|me remover|remove meu|remova meu|me descadastre|me descadastra|retire meu|apague meu|chega de mensagens|para de me mandar|para de mandar|para de me|nao me contate|nao entre em contato|nao entrem em contato|nao me perturbe|me deixa em paz|me deixe em paz",
    ),
    (
        &[WrongPerson],
        "numero errado|foi engano|pessoa errada|me enganei|desculpa engano|quem e|quem e voce|errei o numero|conversa errada|mandei errado|mensagem errada",
    ),
    (
        &[Bye],
        "ate mais|ate logo|ate breve|ate la|bom fim de semana|boa semana|ate amanha|um abraco|nos vemos",
    ),
    (&[Thank], "muito obrigado|muito obrigada|de nada|muito gentil"),
    (&[HowAreYou], "tudo bem|tudo bom|como vai|como esta|como voce esta|tudo joia|td bem|e ai|como vao"),
    (&[Greet], "bom dia|boa tarde|boa noite|bomdia"),
    (&[Please], "por favor|se possivel"),
    (&[Human], "pessoa de verdade|pessoa real|ser humano|com alguem|alguem real|um atendente"),
    (
        &[Inquiry],
        "mais informacoes|mais info|mais detalhes|queria informacoes|quero informacoes|gostaria de informacoes|tenho interesse|estou interessado|estou interessada|me interessa",
    ),
];

/// Numbers in words. Tens are put together with units by the number reader.
pub(super) const NUMBERS: &[(u32, &str)] = &[
    (0, "zero"),
    (1, "um uma"),
    (2, "dois duas"),
    (3, "tres"),
    (4, "quatro cuatro quattro"),
    (5, "cinco"),
    (6, "seis meia"),
    (7, "sete"),
    (8, "oito"),
    (9, "nove"),
    (10, "dez"),
    (11, "onze"),
    (12, "doze"),
    (13, "treze"),
    (14, "quatorze catorze"),
    (15, "quinze"),
    (16, "dezesseis dezasseis"),
    (17, "dezessete dezassete"),
    (18, "dezoito"),
    (19, "dezenove dezanove"),
    (20, "vinte"),
    (30, "trinta"),
    (40, "quarenta"),
    (50, "cinquenta"),
    (60, "sessenta"),
    (70, "setenta"),
    (80, "oitenta"),
    (90, "noventa"),
    (100, "cem cento"),
    (200, "duzentos"),
    (300, "trezentos"),
    (400, "quatrocentos"),
    (500, "quinhentos"),
    (1000, "mil"),
];

/// Ordinals in words.
pub(super) const ORDINALS: &[(u32, &str)] = &[
    (1, "primeiro primeira"),
    (2, "segundo segunda"),
    (3, "terceiro terceira"),
    (4, "quarto"),
    (5, "quinto"),
];

/// Months, January first.
pub(super) const MONTHS: Words<12> = [
    "janeiro jan",
    "fevereiro fev",
    "marco mar",
    "abril abr",
    "maio mai",
    "junho jun",
    "julho jul",
    "agosto ago",
    "setembro set",
    "outubro out",
    "novembro nov",
    "dezembro dez dezembr",
];

/// Weekdays, Monday first.
pub(super) const WEEKDAYS: Words<7> =
    ["segunda seg", "terca ter", "quarta qua", "quinta qui", "sexta sex", "sabado sab", "domingo dom"];

/// Chat spellings, replaced before anything else is looked at.
pub(super) const CHAT: &[(&str, &str)] = &[
    ("q", "que"),
    ("n", "nao"),
    ("vc", "voce"),
    ("vcs", "voces"),
    ("tbm", "tambem"),
    ("pq", "porque"),
    ("td", "tudo"),
    ("mto", "muito"),
    ("mt", "muito"),
    ("ta", "esta"),
    ("to", "estou"),
    ("dps", "depois"),
    ("d", "de"),
    ("eh", "e"),
    ("naum", "nao"),
    ("num", "em"),
];
