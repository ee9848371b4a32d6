# Kurdî (Kurmancî): words that work everywhere, separated by |. The language itself is not on offer yet.
# review = machine: written by a machine; nobody who speaks the language has read them.
# "stop" also ends a running counselling: no greetings like "bye" here.
human = mirov | mirovek | şêwirmend | bi mirovekî re biaxivim
menu = menû | destpêk | menuya sereke
help = alîkarî | arîkarî | alîkariya min bike | ji kerema xwe alîkarî | alîkarî dixwazim | hawar | polîs | ambulans
language = ziman | zimanekî din | ziman biguherîne
stop = raweste | bisekine | peyaman neşîne
my_data = daneyên min | agahiyên min
delete = jê bibe | hemûyî jê bibe
back = paşve | vegere
no_reminders = bîranîn na | bi bîr neîne
