# Fixed texts of the program.
yes = Yes
no = No

## Emergency
numbers = This is not an emergency service. In danger, call at once. The calls are free:
    - 112: ambulance and fire brigade
    - 110: police
    - 116016: help with violence against women, day and night, many languages
    - 0800 1110111: someone to talk to, day and night
numbers-suicide_crisis = It is good that you are writing. You do not have to be alone with this.

    If your life is in danger: call 112 now.

    Someone to talk to, day and night, free, without giving your name: 0800 1110111.

    Please do not stay alone. Go to a person near you.
numbers-violence = Your safety comes first now.

    Police in danger: 110. Injured: 112.

    Helpline “Violence against women”: 116016. Day and night, free, 18 languages, no name needed.

    If you can, go to a safe place.
numbers-trafficking = Nobody may force you to work or to have sex. Nobody may keep your passport.

    If you are in danger now: police 110. Injured: 112.

    For women, day and night, free, 18 languages: 116016.
numbers-deportation = Please get help at once: from a lawyer, from a refugee council (Flüchtlingsrat) or from asylum advice (Asylverfahrensberatung, AVB).

    Take all letters and papers with you.

    If a life is in danger: 112. Someone to talk to, day and night: 0800 1110111.
numbers-asylum_rejection = After a refusal the time limits are short. The letter itself says how many days you have.

    Go today or tomorrow to asylum advice (Asylverfahrensberatung, AVB) or to a lawyer. Take the letter and the envelope.

    If a life is in danger: 112. Someone to talk to: 0800 1110111.
numbers-unaccompanied_minor = You are not alone. The youth office (Jugendamt) in your town must protect and help you.

    If you are in danger, or do not know where to sleep tonight: police 110.

    Injured: 112. Someone to talk to: 0800 1110111. It costs nothing.
numbers-homeless = You do not know where to sleep tonight? Go to the town hall (Rathaus) or the social welfare office (Sozialamt). The town is responsible for emergency shelter.

    If the office is closed: ask the police about the emergency shelter: 110.

    If you are very cold or ill: 112.
numbers-emergency = In danger, call at once: 112 (ill, injured, fire) or 110 (police). It costs nothing.

    Help with violence against women: 116016. Someone to talk to: 0800 1110111.

## Language
machine-translation-note = A machine translated these texts. There may be mistakes. If in doubt, the German text counts. You can always ask a person.
language-missing = This text is not there in your language yet. Here it is in { $language }.

## The answer does not fit
retry-choice = Please choose one of the answers. You can also write its number.
retry-number = Please write a number from { $min } to { $max }.
retry-date = Please write a date, for example like this: 24.12.2026.
retry-postcode = Please write the postcode. It has five digits.
retry-text = Please write a few words.
retry-choices = Please choose one or more answers. You can also write their numbers, for example: 1, 3.
retry-contact = Please write an e-mail address or a phone number, for example: 0151 23456789.
choices-more = You have chosen: { $chosen }. You can choose more, or take something back. When everything is right, choose “Done”.
    .done = Done
choices-most = You can choose at most { $max } answers. Please take another one back first.
retry-media = Only a photo or a PDF file fits here.
media-more = I have now: { $media }. Does the letter have more pages? Then send them too. When everything is there, choose “Done”.
    .done = Done
    .again = Send others instead
    .skip = Go on without
media-most = More than { $max } photos or files do not fit here.
media-too-large = That is too large. A file may have at most { $max } MB. Send a photo of it, for example.
media-lost = I could not open one of the photos or files. Please send it again, as a photo or as a PDF file.
media-photos = { $count ->
        [one] { $count } photo
       *[other] { $count } photos
    }
media-files = { $count ->
        [one] { $count } file
       *[other] { $count } files
    }
date-confirm = You wrote: { $written }. Is that { $date }?
    .yes = Yes
    .no = No, another day
counted-days = { $count ->
        [one] That is 1 day. Is that wrong? Write “back”.
       *[other] That is { $count } days. Is that wrong? Write “back”.
    }
counted-weeks = { $count ->
        [one] That is 1 week. Is that wrong? Write “back”.
       *[other] That is { $count } weeks. Is that wrong? Write “back”.
    }
counted-months = { $count ->
        [one] That is 1 month. Is that wrong? Write “back”.
       *[other] That is { $count } months. Is that wrong? Write “back”.
    }
counted-years = { $count ->
        [one] That is 1 year. Is that wrong? Write “back”.
       *[other] That is { $count } years. Is that wrong? Write “back”.
    }

## Place
place-which = The postcode { $postcode } belongs to several districts. Where do you live?
place-confirm = The postcode { $postcode } belongs to { $place }. You also wrote { $named }. Is the postcode right?
    .yes = Yes, it is right
    .no = No, another one
postcode-unknown = We do not know the postcode { $postcode }. That is all right. We look in the federal state or ask the online team.

## Sources
sources = Sources:
source-line = { $source } (as of { $date })

## Passing on to a person
handoff-consent = We pass the topic and these answers on to a counsellor:

    { $summary }

    Is that all right?
    .yes = Yes, pass it on
    .without = Yes, no answers
    .no = No
handoff-consent-plain = We tell a counsellor that you would like to talk, and the topic. We do not pass on your answers. Is that all right?
    .yes = Yes, please
    .no = No
handoff-about = It is about: { $reason }
handoff-sensitive = Specially protected:
handoff-receipt = Your request has arrived. Number: { $number }. Responsible: { $organisation }.

    { $wait }

    You can go on writing now. The counsellors read everything.
handoff-receipt-again = Your request { $number } is already open. What you write is added there.
handoff-declined = All right, we pass nothing on. If you change your mind, write “human”. With “menu” you see all topics.
handoff-immediate = We are calling a person now. Until you agree, the counsellors see only two things: that it is urgent, and the region if we know it.
wait-hours = { $count ->
        [one] An answer takes about one hour.
       *[other] An answer takes about { $count } hours.
    }
wait-days = { $count ->
        [one] An answer takes about one day.
       *[other] An answer takes about { $count } days.
    }
wait-unknown = We do not know how long it takes right now. Your request will not get lost.
wait-closed = Nobody is there now. Back on { $day } at { $time }. In danger do not wait: 112 or 110.
relay-kept = Your message is saved. You can write more: a person will read everything. In danger: 112 or 110.
case-claimed = { $name } is now looking after your request.
case-released = Your request is waiting for a free person again. You keep your place in the queue.
case-closed = The counselling has ended. From now on the program answers again. With “menu” you see all topics. With “human” you reach us again.
counsellor-says = { $name } writes:

## Not understood
fallback = Sorry, I did not understand that. Would you like the menu or a person?
    .menu = To the menu
    .human = To a person
fallback-human = Sorry, I do not understand you well. That is my fault. Shall a person answer you?
    .yes = Yes, a person
    .menu = No, to the menu
triage-check = Is it about this: { $reason }? Shall a person look after it?
    .yes = Yes
    .no = No
triage-urgent = A person should look at this soon: { $reason }.
triage-message = You wrote: { $text }
topic-offer = Is it about this?
    .other = No, something else
    .human = To a person
topics-offer = Is it about one of these topics?
    .other = Something else
    .human = To a person
topic-nothing = I think you are asking about: { $topic }. I am sorry, I have no information about that.
topic-nothing-offer = Would you like to ask a person? Or go to the menu?
    .menu = To the menu
    .human = To a person
unsupported-sticker = I cannot read stickers. Please write a few words.
unsupported-voice = I cannot listen to voice messages. Please write. Or write “human”.
unsupported-photo = I cannot look at photos. Please send photos only when we ask for one. Is it about a letter? Write “menu” and choose “Letter from an office” there.
unsupported-file = I cannot open files. Please send files only when we ask for one. Is it about a letter? Write “menu” and choose “Letter from an office” there.
unsupported-location = We do not need your location. We do not keep it. The postcode is enough.
unsupported-contact = I cannot read contacts. Please write a few words.
unsupported-other = I cannot read that. Please write a few words.
media-kept = We cannot pass that on, only photos and PDF files. Please write in words what it is about.
edited-message = You changed a message. We have read the first version. Please send the change as a new message.
group-chat = I do not answer in groups. So your question stays private. Tap on my name and write to me alone.
stale-button = This button belongs to an older question. Here is the current question:
flow-gone = We have changed our texts. Your answers are still there. How would you like to go on?
    .menu = New, in the menu
    .human = To a person
back-none = There is nothing further back. With “menu” you see all topics.

## End and data
stopped = All right. We will not write to you any more. Write “start” if you would like to come back. With “delete” everything is deleted. In danger: 112 or 110.
deleted = Everything is deleted. Your receipt: { $number }. With “start” you begin again.
delete-confirm = Shall we delete everything that we have stored about you? This cannot be undone. A running counselling ends too.
    .yes = Yes, delete it all
    .no = No, keep it
my-data-none = We have stored no answers from you.
my-data = This is stored about you:

    { $summary }

    Since: { $since }. Channel: { $channel }.
    { $cases ->
        [0] No request to the counsellors.
        [one] One request to the counsellors.
       *[other] { $cases } requests to the counsellors.
    }

## Going on
resume-offer = One question is still open. Do you want to go on where you stopped? Your answers are still here.
    .yes = Yes, go on
    .menu = No, to the menu

## Reminders
remind-offer = Shall we remind you on { $date }? We will write to you here.
    .yes = Yes, remind me
    .no = No
remind-set = Good. We will write to you on { $date }. If you do not want that any more, write “no reminders”.
remind-declined = Good, we will not remind you.
remind-due = On { $date } you asked us to remind you today. It is about this:
remind-line = Reminder on { $date }
campaign-line = Came by the link: { $campaign }
reminders-off = Good. We will send you no more reminders.

## Services
service-languages = Languages: { $languages }
service-checked = Information as of { $date }

## Technical
too-long = The message is too long. Please write at most { $max } characters, or several messages.
sorry = Something went wrong on our side. Your message is saved. A person will look at it. In danger do not wait: 112 or 110. Someone to talk to: 0800 1110111.
restarted = We start again.
not-now = This could not be sent. We will try again.
