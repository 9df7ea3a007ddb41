//! Portuguese phrases: several words that mean one thing together. Data, no rules.
//!
//! Written like the words of `pt.rs`: lower case, without accents.

use crate::understanding::terms::Remark;
use crate::understanding::terms::Term::{self, *};

/// Several words that mean one thing together. They become one token.
pub(super) const PHRASES: &[(&[Term], &str)] = &[
    (&[HowMany, Person], "quanta gente"),
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
        "vou pensar|vou ver|deixa eu pensar|deixa eu ver|depois eu vejo|vou conversar|vou falar com|vou verificar|mais tarde|preciso pensar|vou continuar procurando|ainda nao sei|vou analisar|vou consultar|deixa eu falar|deixa eu confirmar|deixa eu consultar|deixa eu conferir|deixa eu perguntar|deixa eu conversar|vou conferir|me deixa ver|me deixa pensar",
    ),
    (
        &[Think, TellLater],
        "te aviso|te falo|aviso depois|depois te aviso|depois te falo|te confirmo depois|qualquer coisa te aviso|qualquer coisa aviso|te dou retorno|retorno depois|te chamo depois|te retorno|dou um retorno|dou retorno|te dou um retorno|confirmo depois|confirmo amanha|confirmo mais tarde|confirmo hoje|ja te falo|ja te confirmo|ja te aviso|vou te avisando|vou te avisar|e te digo|e te confirmo|e confirmo",
    ),
    (&[Proviso], "so que|desde que|contanto que|a nao ser que|a menos que|so se|no caso de|em caso de"),
    (
        &[Later],
        "daqui a pouco|daqui pouco|logo mais|ainda nao|um momento|um minutinho|um instante|um segundo|um segundinho|me da um tempo|me da um minuto",
    ),
    (&[Maybe], "quem sabe|acho que sim|pode ser que|em principio|a principio|por enquanto"),
    (&[Yes], "como nao|por que nao|claro que sim|pode sim|pode mandar|pode ir"),
    (&[Fine], "sem problema|sem problemas|sem duvida|nao tem problema|nenhum problema"),
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
    (&[Filler], "nao entendi|nao entendo|nao compreendi"),
    (&[Human], "pessoa de verdade|pessoa real|ser humano|com alguem|alguem real|um atendente"),
    (
        &[Inquiry],
        "mais informacoes|mais info|mais detalhes|queria informacoes|quero informacoes|gostaria de informacoes|tenho interesse|estou interessado|estou interessada|me interessa",
    ),
];

/// What is said beside what is wanted; a last word that ends in `*` is the beginning of one.
pub(super) const REMARKS: &[(Remark, &str)] = &[
    (Remark::Withdrawal, "arrependimento"),
    (Remark::Insult, "filho da puta|filhos da puta|vai se foder|caralho|golpistas"),
    (Remark::HasPaid, "ja paguei|ja fiz|fiz o pagamento|paguei"),
    (
        Remark::ByTransfer,
        "pix|a conta|sua conta|minha conta|uma conta|outra conta|que conta|qual conta|conta bancaria|conta do banco|numero da conta|numero de conta",
    ),
];
