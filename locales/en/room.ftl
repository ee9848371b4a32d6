title = Lotse: advice for refugees

## First page
what = Lotse answers questions about work, training and school in Germany, free of charge and without registration. First a program answers; if you like, you write with a person from the counselling team.
kept-title = What we keep
kept = We keep what you write here, encrypted and without your name. A person reads it only if you agree or are in danger. You can delete everything at any time.
kept-device = This device remembers the conversation for 30 days. Anyone who uses the device can read it.
danger = This is not an emergency service. In danger, call at once, free of charge:

    - 112 danger to life, illness, fire
    - 110 police
    - 116016 violence against women, many languages
    - 0800 1110111 somebody to talk to
start = Start the conversation
languages = Language

## Conversation
name = Lotse
log = Conversation
me = You
bot = Lotse (program)
human = { $name } (counselling)
input = Write a message
send = Send
earlier = Earlier messages
newer = New messages

## Buttons above the conversation
tools = Help
tool-human = Talk to a person
tool-menu = All topics
tool-language = Another language
tool-data = What is kept about me?
tool-delete = Delete everything
tools-note = In danger: 112 or 110. Not your device? Delete everything at the end.
leave = Leave quickly

## State of one's own message
sending = sending …
sent = sent
waiting = not sent yet, we keep trying
slow = will be sent in a moment
refused = could not be sent
again = Send again
offline = No connection. We keep trying. Nothing is lost.
gone = This conversation is no longer open on this device.
gone-start = New conversation

## When something does not work
too-long = The message is too long. Please write at most { $max } characters, or several messages.
too-fast = You are writing very fast. Please wait a moment and then send again.
too-many = Very many people are starting a conversation right now. Please try again in a minute. In danger: 112 or 110.
not-saved = The message could not be saved. Please send it again. In danger: 112 or 110.
reload = Load new messages

## Photos and files
pick = Choose a photo or PDF
pick-photo = Choose a photo
pick-file = Choose a PDF file
pick-hint = { $count ->
        [one] One photo or file, at most { $max } MB.
       *[other] At most { $count } at once, each file at most { $max } MB.
    }
photo = Photo
file = PDF file
cancel = Do not send
file-too-large = This file is too large. A file may have at most { $max } MB. You could take a photo of it instead.
file-wrong-kind = We cannot take this file. Only photos and PDF files are possible.
file-empty = This file is empty. Please choose it again, or take a new photo.
file-none = Please choose a photo or a PDF file first.
file-too-many = These are too many files at once. Please send fewer.
file-busy = Very many files are arriving right now. Please try again in a moment.

## The page after "Leave quickly": inconspicuous
away-title = Learning German: words
away-words =
    - der Baum – the tree
    - das Brot – the bread
    - die Tür – the door
    - der Regen – the rain
    - die Straße – the street
    - das Fenster – the window
