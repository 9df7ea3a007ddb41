//! English phrases: several words that mean one thing together. Data, no rules.
//!
//! Written like the words of `en.rs`: lower case, without accents.

use crate::understanding::terms::Remark;
use crate::understanding::terms::Term::{self, *};

/// Several words that mean one thing together. They become one token.
pub(super) const PHRASES: &[(&[Term], &str)] = &[
    (&[HowMuch], "how much|whats the price|what does it cost|how mch"),
    (&[HowMany], "how many"),
    (&[Weekend, Long], "long weekend|bank holiday weekend|holiday weekend"),
    (&[HolyWeek], "holy week|easter week|easter weekend|good friday"),
    (&[NewYear], "new year|new years|new years eve"),
    (&[AfterTomorrow], "day after tomorrow|the day after tomorrow"),
    (&[Tonight], "this evening"),
    (&[From], "as of|starting on|starting from|beginning on"),
    (&[Week, Coming], "next week|the following week|coming week"),
    (&[Year, Coming], "next year"),
    (
        &[Leave],
        "checking out|check out on|going home|go home|heading home|head home|head back|until we leave",
    ),
    (&[Arrive], "get to|getting to|checking in|check in on|getting there|get there"),
    (&[Instead], "instead of|rather than"),
    (&[Speaker, Alone], "just me|only me|just myself|by myself|on my own|im alone"),
    (&[CheckIn], "check in"),
    (&[CheckOut], "check out|late check out|late checkout|be out|be gone|get out|move out|clear out"),
    (&[Wifi], "wi fi"),
    (&[Linen], "bed linen|bed linens|bed sheets"),
    (&[Heating], "air conditioning|air con|air conditioner|a c"),
    (&[Pool], "swimming pool"),
    (&[Link, Pay], "payment link|pay link|link to pay|link for payment|link for the payment"),
    (
        &[PayWay],
        "credit card|debit card|payment method|payment methods|payment options|bank transfer|mercado pago|how do i pay|how can i pay|how do we pay|how can we pay|how to pay",
    ),
    (
        &[WeAre],
        "we are|we will be|well be|were gonna be|we would be|wed be|there are|there is|there will be|therell be|we have|im traveling with|we are going to be|were going to be|i am",
    ),
    (
        &[Yes],
        "go ahead|lets do it|lets book|lets go|ill take it|well take it|i will take it|we will take it|book it|please book|that works|works for me|works for us|of course|sounds good|sounds great|sounds perfect|sounds fine|i want it|we want it|i want that one|ill book it|well book it|i agree|you got it|count me in|i accept|we accept|please confirm|i confirm|im in|were in|reserve it|lets go for it|that one please|i want this one|ok lets|make the booking|make the reservation|id like to confirm|why not",
    ),
    (
        &[Think],
        "think about it|let me think|ill think|well think|not sure|have to think|need to think|let me check|talk it over|maybe later|keep looking|discuss it|think it over|sleep on it|let me ask my|let me talk|let me look|let me double check|let me speak|let me run|let us think|let us check|let us talk|ill ask|ill check|ill talk|well ask|well check|check with|run it by",
    ),
    (
        &[Think, TellLater],
        "let you know|get back to you|ill get back|well get back|come back to you|ill text you|ill message you|ill call you|well call you|ill write you|ill tell you|confirm later|confirm tomorrow|confirm tonight|confirm soon|ill confirm|well confirm|will confirm",
    ),
    (&[Proviso], "as long as|provided that|only if|in case|on condition|under one condition"),
    (
        &[Later],
        "hold on|hang on|give me a|give me some|give me until|give us a|give us some|not yet|in a bit|in a while|in a few|one sec|one second|one moment|a few days|after work",
    ),
    (&[Maybe], "i think so|i suppose|i guess|in principle|for now"),
    (&[Fine], "no problem|no problems|no worries|no doubt|sounds like a plan|all good"),
    (&[Yes], "yes please|lets do this|ill have it|well have it|sign me up|do it"),
    (
        &[Decline],
        "no thanks|no thank you|not interested|too expensive|too much|too pricey|doesnt work|does not work|wont work|will not work|not for us|not for me|ill pass|well pass|another time|next time|maybe another|found another|found something else|found somewhere else|booked another|booked elsewhere|booked somewhere else|out of budget|over budget|over our budget|out of our budget|above our budget|more than we|not now|i dont want|we dont want|dont like|never mind|nevermind|looking for something else|something cheaper|not what|out of my budget|over my budget|cant afford|rather not|no longer interested",
    ),
    (
        &[CantGo],
        "cant make it|cannot make it|wont make it|cant come|cannot come|not coming|not going to make it|wont be able|not be able to come|cant travel|not able to come|cannot travel|arent coming|wont be coming|had to cancel|unable to come|unable to travel|call off",
    ),
    (
        &[StopAll],
        "stop messaging|stop texting|stop writing|stop sending|stop contacting|dont message|dont text|dont contact|do not contact|do not message|do not text|dont write|do not write|dont send me|do not send me|remove me|take me off|leave me alone|no more messages|opt out|unsubscribe me|stop spamming|delete my number|dont want to receive|dont want any more messages|dont want more messages|do not want to receive",
    ),
    (&[WrongPerson], "wrong number|wrong person|who is this|whos this|wrong chat|by mistake"),
    (&[Bye], "see you|see ya|take care|have a nice|have a good|have a great|talk soon|see u"),
    (&[Thank], "thank you|thanks a lot|many thanks|thank u|much appreciated"),
    (
        &[HowAreYou],
        "how are you|how are u|how is it going|hows it going|whats up|how you doing|how are things",
    ),
    (
        &[Filler],
        "no water|no hot water|no power|no electricity|no gas|dont understand|didnt understand|do not understand|dont get it",
    ),
    (&[Greet], "good morning|good afternoon|good evening|good day|good night"),
    (
        &[Human],
        "real person|actual person|human being|live agent|customer service|phone number|someone from|real human",
    ),
    (
        &[Inquiry],
        "more info|more information|more details|im interested|i am interested|were interested|looking for a cabin|looking for a place|looking for accommodation|looking for somewhere",
    ),
];

/// What is said beside what is wanted; a last word that ends in `*` is the beginning of one.
pub(super) const REMARKS: &[(Remark, &str)] = &[
    (Remark::Withdrawal, "right of withdrawal"),
    (Remark::Insult, "fuck you|asshole|scammers"),
    (Remark::HasPaid, "i paid|i have paid|i've paid"),
    (Remark::ByTransfer, "bank|banks|banking"),
];
