### What a guest reads, in English: warm, short. The comments stand in es.ftl.

## Dates, hours and money

weekday_short = { $weekday ->
    [mon] Mon
    [tue] Tue
    [wed] Wed
    [thu] Thu
    [fri] Fri
    [sat] Sat
   *[sun] Sun
}
weekday_long = { $weekday ->
    [mon] Monday
    [tue] Tuesday
    [wed] Wednesday
    [thu] Thursday
    [fri] Friday
    [sat] Saturday
   *[sun] Sunday
}
month_short = { $month ->
    [jan] Jan
    [feb] Feb
    [mar] Mar
    [apr] Apr
    [may] May
    [jun] Jun
    [jul] Jul
    [aug] Aug
    [sep] Sep
    [oct] Oct
    [nov] Nov
   *[dec] Dec
}
month_long = { $month ->
    [jan] January
    [feb] February
    [mar] March
    [apr] April
    [may] May
    [jun] June
    [jul] July
    [aug] August
    [sep] September
    [oct] October
    [nov] November
   *[dec] December
}
month_part = { $part ->
    [start] early
    [middle] mid
   *[end] late
} { month_long }
day = { weekday_short } { $d } { month_short } { $yyyy }
short_day = { weekday_short } { $d } { month_short }
weekday_and_day = { weekday_short } { $d }
day_and_month = { $d } { month_short }
stay = { $from } → { $to } ({ nights })
nights = { $nights ->
    [one] { $nights } night
   *[other] { $nights } nights
}
people = { $people ->
    [one] { $people } person
   *[other] { $people } people
}
adults = { $adults ->
    [one] { $adults } adult
   *[other] { $adults } adults
}
children = { $children ->
    [one] { $children } child
   *[other] { $children } children
}
pets = { $pets ->
    [one] { $pets } pet
   *[other] { $pets } pets
}
under_one = under 1
days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
time = { $minute ->
    [0] { $hour12 }
   *[other] { $hour12 }:{ $mm }
} { $half ->
    [am] am
   *[pm] pm
}
today = today
tomorrow = tomorrow
moment = { $day } at { $time }
list = { $first } and { $last }
thousands_separator = ,
decimal_separator = .
currency_sign = { $currency ->
    [ARS] AR$
    [USD] US$
    [BRL] R$
    [UYU] $U
   *[CLP] CLP
}
currency_name = { $currency ->
    [ARS] Argentine pesos
    [USD] US dollars
    [BRL] Brazilian reais
    [UYU] Uruguayan pesos
   *[CLP] Chilean pesos
}
language_in_spanish = inglés
template_language = en

## The talk

hello = Hi!
hello_name = Hi, { $name }!
thanks_for_writing = Thanks for writing.
thanks_for_writing_to = Thanks for writing to { $property }.
how_can_i_help = Which dates would you like, and how many are you? If you have any question about the place, just ask.
not_understood = Sorry, I didn't quite get that. I can tell you what's free and how much it is, book it for you, or tell you about the place. Could you put it another way?
still_not_understood = I still don't understand, sorry. Would you rather talk to a person?
button_see_dates = Dates and prices
button_person = Talk to someone
button_yes_person = Yes, a person
wrong_number = No problem at all! Have a lovely day.
handed_over = I've told someone; they'll answer you here as soon as they can.
already_handed_over = They already know and will answer you here as soon as they can.
owner_told = I've passed your message on to the person in charge, who will answer you here as soon as possible.
owner_told_more = I've passed that on too: they have everything you wrote.
owner_told_urgently = I've told the person in charge that this is urgent.
call_owner = So as not to wait, call { $phone }.
call_for_help = If anybody is in danger, get out of there and call { $numbers ->
   *[unknown] the local emergency number now.
    [argentina] 911 (police), 100 (fire) or 107 (ambulance) now.
}
glad = How lovely to hear, thank you! If you need anything, just write.
at_your_service = How can I help?
asked_owner = I'm not sure about that. I've asked, and they'll answer you here.
welcome = You're welcome! Write to me any time.
ask_stop_messages = Shall I stop writing to you? I will still send what your booking needs (the address, how to get in, the link). Please answer “yes” or “no”.
opted_out_but_booking = Done: I will only write what your booking needs, and nothing else.
goes_on_writing = All right, I am still here.
opted_out = Done, I won't write again. If you ever want to talk, just send a message.
unheard = Sorry, I couldn't hear that voice note well. Could you write it?
too_long = That voice note is too long for me. Could you send a shorter one, or write it?
voice_off = I can't listen to voice notes right now. Could you write it?
heard = I heard: “{ $text }”. Is that right?
button_heard_right = Yes, that's right
button_no = No
please_write = All right, please write it to me then.
no_calls = I saw your call. I can't take calls here: write to me or send a voice note and I'll answer right away.
cannot_see = I can't see that kind of message. Could you write it?
picture = Thanks for the picture! How can I help?
place = Got the location, thanks. How can I help?
stale_button = That button is too old by now. Tell me again what you need.
late_answer = Your message only just reached me, sorry for the wait. Here is how it looks today:
calm = I understand you're upset, and I'm sorry. I'll get a person to help you.
see_options = See options

## A stay: dates, people, prices

ask_dates = Which dates would you like, and how many are you?
ask_dates_for = Great, for { $people }. Which day do you arrive and which day do you leave?
ask_days = Which days in { $period } did you have in mind? Tell me when you arrive, when you leave and how many you are.
ask_days_for = Great, for { $people }. Which days in { $period } did you have in mind? Tell me when you arrive and when you leave.
ask_departure = Arriving { $arrival }: until which day, or how many nights?
ask_arrival = Leaving { $departure }: which day would you arrive?
ask_guests = { $stay }. How many people are you?
ask_ages = { $children ->
    [one] How old is the child? The price depends on it.
   *[other] How old are the children? The price depends on it.
}
which_stay = Which of these dates do you mean?
which_arrival = Which day would you arrive?
which_guests = How many would you be in the end? Then I can give you the exact price.
bad_dates = Those dates don't add up. Which day do you arrive and which day do you leave?
free = It's free: { $stay }.
price_of_one = { $cabin } for { $people }: { $total } in total.
price_of_two = You don't fit in one, but you do in two:
price_in_all = Total: { $total }.
deposit_books = A deposit of { $deposit } books it; the rest is paid on arrival.
button_book = Book it
button_other_dates = Another date
cabins_free = For { $people }, { $stay }, I have:
which_do_you_like = Which one do you like?
up_to = up to { $people }
nothing_free = I have nothing left for { $people }, { $stay }.
try_other_dates = Shall we try another date?
nearest = The closest I have:
button_waitlist = Tell me if it frees
could_be = It could be:
too_many_people = I have no room for { $people }: the house takes { $most } in all.
cabin_for = { $cabin } for { $people }
book_aloud = Let me repeat it so we get it right: { $stay }, { $cabins }, { $total } in total. Shall I book it?
still_open = Shall we go on with { $stay }, { $cabins }, for { $total }?
button_yes_book = Yes, book it
which_cabin = Which one would you like for { $stay }?
recommended = I'd suggest { $cabin }: it's the best price for you.
price_changed = The price has changed since I told you. Today it is:
just_taken = Oh, it was booked just now. Here is what's left:
declined = No problem. If you'd like to see another date, tell me.
undecided = Sure, take your time. Nothing is booked yet, and somebody else could take it first. When you've decided, just say yes; if you'd like to change something, tell me.
undecided_early = Sure, take your time. Write to me when you've decided and we'll go on.
waitlisted = Done: if something frees up for { $stay }, I'll write to you.
waitlist_news = Good news, something freed up!

## Why not

all_at_once = Yes, you can pay everything at once whenever you like: the price is the same. The deposit is enough to book.

line_kind = { $charge ->
    [night] Night
    [extra_guest] Extra guest
    [child] Children
    [pet] Pets
    [cleaning] Cleaning
    [fee] Fee
    [discount] Discount
    [tax] Tax
   *[adjustment] Adjustment
}
line_of = { $what } ({ $detail })
line_priced = { $what }: { $amount }
line_ages = aged { $ages }
line_percent = { $percent }%
line_discount_promo = Discount with the code { $code }
line_discount_pay_with = { $way ->
    [cash] Discount for paying in cash
    [transfer] Discount for paying by bank transfer
   *[mercadopago] Discount for paying with Mercado Pago
}
line_discount_early = Early booking discount
line_discount_last_minute = Last-minute discount
line_discount_long = Discount for { $nights } or more
line_discount_short = Short stay discount
rule_amount = { $what }: { $amount } { $per ->
    [stay] per stay
    [night] per night
    [person_night] per person and night
    [pet] per pet
   *[pet_night] per pet and night
}
rule_in_percent = { $what }: { $percent }%
rule_free = { $what }: free
pets_welcome = Yes, pets are welcome.
no_pets = We can't take pets at the moment.
price_per_cabin = The price is for the whole cabin, not per person.
price_per_cabin_up_to = The price is for the whole cabin, for up to { $people }.
instalments_online = With Mercado Pago you can pay by card: before you confirm, it shows whether there are instalments and how much each is.
prices_in = Prices are in { $currency_name }.

refused_bad_dates = Those dates don't add up: you'd leave before you arrive.
refused_past_date = That date is in the past.
refused_over_capacity = It sleeps up to { $capacity }.
refused_no_guests = How many people are you?
refused_too_many_pets = { $max ->
    [0] We can't take pets in that cabin.
    [one] We can take only one pet in that cabin.
   *[other] We can take up to { $max } pets in that cabin.
}
refused_min_nights = For those dates the minimum is { $min }.
refused_too_long = You can book up to { $max } in a row.
refused_arrival_day = On those dates you can only arrive on { $allowed }.
refused_departure_day = On those dates you can only leave on { $allowed }.
refused_promo_code_unknown = I don't know that promo code. Could you type it again?
refused_promo_code_used_up = That promo code has been used as many times as it could be.
refused_promo_code_conditions = That promo code isn't for this stay.
refused_lead_time = That's too soon for us: the earliest is { $earliest }.
refused_too_far_ahead = Those dates aren't open yet: for now you can book until { $latest }.
refused_nights_taken = Those nights are taken.
refused_paused_until = We are not taking bookings right now. We take them again on { $until }.
refused_paused = We are not taking bookings right now.
refused_cabin_unavailable = That cabin isn't available.
refused_price_overflow = I couldn't work out the price. I've asked them to send it to you.
refused_not_now = That can't be done with this booking any more.
refused_hold_expired = The hold ran out before. I can look again.
refused_too_many_holds = You already have { $max } bookings waiting for their deposit. Please pay one first, or cancel one.
refused_too_many_web_holds = Several bookings made here are still waiting for their deposit, so we can't hold another one for now. Write to us on WhatsApp and we'll sort it out with you.
refused_nothing_to_refund = There's nothing to refund.

## A booking

held = Great! I'm keeping { $cabins }, { $stay }, until { $until }.
held_total = Total { $total }, deposit { $deposit }.
link_follows = { $cabins ->
    [one] I'm sending you the link to pay the deposit.
   *[other] I'm sending you the links, one for each cabin, to pay the deposit.
}
or_transfer = If you prefer a bank transfer: { $bank }
transfer_deposit = Please transfer the deposit to: { $bank }
send_receipt = Once it's done, send me the receipt here.
owner_says_how_to_pay_deposit = You'll hear shortly how to pay the deposit.
hold_ending = I'm keeping { $cabin } for you until { $until }. If you still want it, the deposit of { $deposit } is missing.
button_pay_deposit = Pay the deposit
expired = The hold on { $cabin }, { $stay }, ran out because the deposit didn't arrive. If you still want it, I can look again.
expired_with_money = The hold on { $cabin }, { $stay }, ran out. We received { $paid }: a person will write to refund you or go on with the booking.
button_look_again = Look again
confirmed = Done, your booking is confirmed! 🎉
cancelled = I cancelled your booking { $code }: { $cabin }, { $stay }.
refund_on_its_way = We're refunding { $refund }; it may take a few days to show.
nothing_to_refund = There was nothing to refund.
moved = Done, here is the new booking:
discounted = Good news: we took { $off } off. It is now:
no_booking = I find no booking under this number. Did you book with another one?
ask_cancel = Do you really want to cancel { $cabin }, { $stay }?
cancel_loses_nothing = Nothing has been paid, so nothing is lost.
cancel_loses_deposit = This late, the deposit isn't refunded.
cancel_refunds_all = You're within the time to withdraw: we refund all of it, { $refund }.
cancel_refunds = You get { $refund } back.
button_yes_cancel = Yes, cancel
button_no_keep = No, keep it
kept = Fine, your booking stays as it was.
which_booking = { $purpose ->
    [cancel] Which one do you want to cancel?
    [change] Which one do you want to change?
   *[pay] Which one do you want to pay?
}
ask_new_dates = You have { $cabin }: { $stay }, { $people }. Which dates, or how many people, shall I change it to?
ask_move = It would be: { $cabin }, { $stay }, { $people }. { $price } Shall I change it?
total_stays = The total stays at { $total }.
total_changes = The total goes from { $before } to { $after }.
button_yes_change = Yes, change it
cannot_move = I can't change it that way. { $why } Your booking stays as it was.
withdrawing = I noted your withdrawal, with today's date and time. You'll hear from us within 24 hours.
withdrawing_from = I noted your withdrawal for booking { $code }, with today's date and time. You'll hear from us within 24 hours.
arrival_reminder = Almost there! We look forward to seeing you on { $arrival } at { $cabin }.
check_in_today = Today is the day! { $cabin } is ready for you from { $from }.
thanks_for_staying = Thank you for staying with us!
thanks_for_staying_at = Thank you for staying at { $property }!
come_back = We hope to see you again soon!
code_is = Code: { $code }
deposit_missing = The deposit of { $deposit } is missing; I'm keeping it until { $until }.
paid_so_far = Total { $total }, paid { $paid }, { $due } left on arrival.
all_paid = Total { $total }, all paid.
due_on_arrival = { $due } left to pay on arrival.
arrival_hours = Check-in from { $from }, check-out until { $until }.
address = Address: { $address }
calendar_file = stay
calendar_caption = 📅 For your calendar: tap the file to add it.
calendar_title = Stay at { $place }
calendar_text = Booking { $code }, { $people }. If anything changes, write to us on WhatsApp.

## Money

pay_here = Here you can pay { $amount } for { $cabin } with Mercado Pago. I'll confirm as soon as it's in.
button_pay = Pay now
link_coming = I'm sending you the link to pay.
several_links = There are { $count } cabins, and each has its own link for the deposit ({ $total } in all):
several_links_confirm = As soon as each payment is in, I'll confirm that cabin.
link_unavailable = The payment link isn't working yet; I'll send it if it does. I've told them; they'll say how to pay.
link_unavailable_transfer = The payment link isn't working yet; I'll send it if it does. Otherwise you can transfer to: { $bank }
then_send_receipt = Then send me the receipt.
transfer_for = For { $cabin }, please transfer { $amount } to: { $bank }
payment_pending = Mercado Pago is reviewing your payment. Meanwhile I'm keeping your place and will let you know.
payment_rejected = The payment didn't go through. You can try again with the same link or another way to pay.
button_try_again = Try again
payment_rejected_after_review = The payment didn't go through. I'm still keeping { $cabin }, { $stay }, for you and will send another link now.
other_amount = We received { $received }, but that isn't the deposit for { $cabin }, { $deposit }. A person will look at it and write to you.
paid_more = We received { $received } on top of what was due for { $cabin }, { $stay }. A person will look at it and write to you to refund it or keep it towards the rest.
paid_for_nothing = We received { $received } for { $cabin }, { $stay }, but that booking no longer stands. A person will write to refund you or find another date.
settled = We received the rest! Your stay at { $cabin }, { $stay }, is paid.
owner_confirms = We got your payment, thank you! { $cabin }, { $stay }, is kept for you: the owner will confirm it shortly and I'll let you know here.
revived = I told you that your hold of { $cabin }, { $stay }, had run out, but your payment came in and the nights were still free: the place is yours after all.
paid_too_late = Your payment arrived when { $cabin }, { $stay }, was already taken. Sorry: a person will write to refund you or find another date.
receipt_received = Thanks! I got the receipt for { $cabin }. I'll confirm as soon as it's checked.
transfer_seen = We saw your transfer of { $amount } for { $cabin }.
transfer_not_found = We don't see the transfer for { $cabin } yet. Could you send the receipt again?
balance_reminder = A reminder: on arrival at { $cabin }, { $due } is left to pay.
pay_ahead = If you'd like to pay ahead, you can transfer to: { $bank }
refunded = We refunded { $amount } of booking { $code }. It may take a few days to show in your account.
receipt_told = Thanks for telling me! I'm asking the person in charge to check whether the payment for { $cabin } is in, and I'll confirm. If you have the receipt, please send it here.
receipt_not_seen = I don't see the payment for { $cabin } yet. I'm asking the person in charge to check, and I'll confirm. If you have the receipt, please send it here.
receipt_waits = I passed the payment for { $cabin } on to the person in charge { $since }; it hasn't been checked yet. I'll confirm as soon as it is.
receipt_too_late = I got your message, but the hold on { $cabin }, { $stay }, had already run out. I'm asking the person in charge to check whether the money came: if the nights are still free it will be confirmed, and if not we'll refund you.
hold_kept_until = Meanwhile I'm keeping it until { $until }.
payment_arrived = Yes, the payment for { $cabin } is in.
held_until = All right. I'm keeping { $cabin } until { $until }; the deposit of { $deposit } is still to be paid. If you need more time, I'll ask.
button_more_time = Ask for more time
how_one_pays = To book, a deposit of { $percent } % is paid { $ways ->
    [both] with Mercado Pago or by bank transfer
    [online] with Mercado Pago
    [transfer] by bank transfer
   *[neither] whichever way suits you; we'll sort it out here
}, and the rest on arrival.
nothing_due = There's nothing to pay for { $cabin } now. All is in order!
owner_says_how_to_pay = I've asked them to tell you how to pay.
bank_alias = alias { $alias }
bank_cbu = CBU { $cbu }
bank_holder = in the name of { $holder }

## The place and its rules

photos_of = Here are photos of { $cabins }. 📷
photos_at = Photos of { $cabin }:
more_photos_at = More photos of { $cabin }:
check_in_from = Check-in is from { $from }.
check_out_until = Check-out is until { $until }.
deposit_rule = To book, a deposit of { $percent } % is paid. I keep the place for { $time } while you pay it; the rest is on arrival.
cancellation_rule = If you cancel at least { $days } days before arrival, { $refund } % of what you paid is refunded; { $late ->
    [0] later there is no refund
   *[other] later, { $late } %
}. Besides, within 10 days of booking and at least 24 hours before arrival, you may withdraw at no cost.
we_are_here = We are here:

## What a person decides

request_what = { $request ->
    [exception] the exception
    [refund] the refund
    [hold_without_deposit] booking without a deposit
    [more_time] more time for the deposit
    [invoice] the invoice
    [transfer_of_booking] passing the booking to somebody else
    [cot] the cot or high chair
    [day_use] coming for the day
    [event] the celebration
    [late_check_out] leaving later
    [early_check_in] coming in earlier
    [extra_person] bringing somebody else
    [bedding] the bed linen or towels
    [discount] the price
   *[other] your request
}
request_passed_on = I'm asking the person in charge about { request_what } and will answer you here, at the latest { $by }.
request_passed_on_again = I passed that on to the person in charge too. I'll answer you here, at the latest { $by }.
request_still_waiting = I have no answer yet about { request_what }. I asked the person in charge again and will tell you as soon as I know, at the latest { $by }.
request_unanswered = Sorry, I still have no answer about { request_what }. Your request stays noted, I reminded the person in charge, and I'll tell you as soon as I know.
request_no_longer_needed = All right, I'm telling the person in charge that it's no longer needed.
request_granted = Good news! I asked about { request_what } and the answer is yes.
request_granted_more_time = Good news! I'm keeping { $cabin } until { $until }.
request_granted_discount = Good news! We take { $off } off for { $stay }. When you book, it's already taken off.
request_granted_refund = The answer is yes: we'll refund { $amount }. It may take a few days to show.
request_refused = I asked about { request_what } and this time it isn't possible, sorry.
request_refused_discount = The price is still the one I gave you. If you like, we can look at other dates or another cabin.
request_refused_other = If there is anything else I can help with, just tell me.

## The pages of guests

page_your_stay = Your booking
page_cabin = Cabin
page_thanks = Thank you!
page_paid_next = As soon as Mercado Pago tells us, we confirm your booking on WhatsApp. You can close this page.
page_under_way = Your payment is under way
page_under_way_next = Mercado Pago is reviewing it. We hold the place for you and tell you on WhatsApp.
page_not_paid = The payment did not go through
page_not_paid_next = Nothing was charged. Try again with the same link, or write to us on WhatsApp.
page_arrival = Arrival
page_departure = Departure
page_hour_from = from
page_until_hour = until
page_people = Guests
page_children = Children's ages
page_children_how = If any come, for example: 3, 9. Count them among the guests too.
page_pets = Pets
page_count_children = Please count the children among the guests too.
page_ages_wrong = We could not read the ages: 0 to 17, separated by commas.
page_too_many_pets = That is a lot of pets: write to us on WhatsApp.
page_total = Total
page_deposit = Deposit
page_paid = Paid
page_left = Balance
page_pay = Pay the deposit
page_pay_before = We are holding it for you until
page_by_transfer = You can also transfer to
page_where_is = Getting there
page_map = Open the map
page_calendar = Add to my calendar
page_rules = House rules
page_cancelling = If you cancel
page_before_coming = Before you come
page_tell_us = Tell us who is coming and when: check-in takes a minute then.
page_arrival_time = About what time do you arrive?
page_who_comes = Who is coming (name and document, one per line)
page_plate = Car plate
page_anything = Anything else we should know?
page_save = Save
page_saved = Thank you! We have noted it.
page_privacy = We use this for your stay only; you can ask us to delete it.
page_book_title = Book
page_promo_code = Promo code
page_pay_with = How you will pay
page_pay_with_any = I don't know yet
page_way = { $way ->
    [cash] Cash
    [transfer] Bank transfer
   *[mercadopago] Mercado Pago
}
page_extras = Anything to add?
page_see_prices = See availability
page_nothing_free = Nothing is free on those dates. Try others.
page_choose = Choose your cabin
page_your_data = About you
page_name = Full name
page_phone = WhatsApp (with country code)
page_email = E-mail (optional)
page_hold = Book it
page_then = We hold it for you, and you pay the deposit in the next step.
page_missing_name = Your name is missing.
page_bad_phone = We can't read that number. Is a digit missing? Write it like this: +44 7911 123456
page_phone_area = The phone's area code is missing. Write the whole number, like this: +44 7911 123456
page_phone_country = The phone's country code is missing. Write it with a + in front, like this: +44 7911 123456
page_write_us = Write to us on WhatsApp
page_also_whatsapp = Would you like it on WhatsApp too? Write to us and we'll send you the payment link, the confirmation and how to get here.
page_write_about = Hello, I'd like to receive my booking { $code } here
page_write_to_book = Hello, I'd like to book
page_bad_email = We can't read that e-mail.
page_try_again = Something changed meanwhile. Have a look and try again.
page_regret = Withdraw from a booking
page_regret_how = If you booked at a distance you can withdraw free of charge within 10 days, up to 24 hours before arrival. Leave your details and you get a reference number.
page_booking_code = Booking code
page_contact = Phone or e-mail you booked with
page_send = Ask to withdraw
page_your_number = Your reference number is
page_regret_next = Keep it. We answer within 24 hours.
page_missing_contact = Your name or contact is missing.
page_status = { $status ->
    [pre_reserved] Waiting for the deposit
    [confirmed] Confirmed
    [checked_in] Enjoy your stay!
    [checked_out] Thank you for coming!
    [cancelled] Cancelled
    [expired] Expired without deposit
   *[no_show] Closed
}

## Message templates at Meta: what stands around the news outside the 24 hours. Meta asks that none begins or ends with
## an argument, and that the fixed words say what the message is about.

template_notice = There is news from { $place } about a booking or a question: { $news } You can reply to this message.
template_booking = We are writing from { $place } about your booking: { $news } If you have any questions, just reply to this message.
template_payment = We are writing from { $place } about the payment for your booking: { $news } If you need help paying, reply to this message.
template_arrival = Your stay at { $place } is coming up and this is what you need to get here: { $news } If anything comes up, reply to this message.
template_stay = We are writing from { $place } about the stay that just ended: { $news } If you left anything behind, reply to this message.
template_reply = This is the answer from { $place } to what you wrote to us: { $news } You can carry on the conversation right here.
template_waitlist = You asked us to tell you if a place came free at { $place } and now there is news: { $news } If you still want it, reply to this message.

## Letters

letter_subject = Your booking { $code } at { $place }
letter_link = Everything about your booking is here: { $url }
letter_foot = This e-mail is from { $place }, about your booking.
