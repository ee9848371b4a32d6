# Soomaali: words that work everywhere, separated by |. The language itself is not on offer yet.
# review = machine: written by a machine; nobody who speaks the language has read them.
# "stop" also ends a running counselling: no greetings like "bye" here.
human = qof | la-taliye | qof la hadal
menu = liiska | liiska weyn | bilow
help = caawi | caawimaad | i caawi | fadlan i caawi | waxaan u baahanahay caawimaad | booliis | ambalaas
language = luqad | luqad kale | beddel luqadda
stop = jooji | istaag | fariimo ha ii soo dirin
my_data = xogtayda | macluumaadkayga
delete = tirtir | wax walba tirtir | tirtir xogtayda
back = dib u noqo | gadaal
no_reminders = ha i xusuusin | xusuusin ma rabo
