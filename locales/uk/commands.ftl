# Українська: words that work everywhere, separated by |. The language itself is not on offer yet.
# review = machine: written by a machine; nobody who speaks the language has read them.
# "stop" also ends a running counselling: no greetings like "bye" here.
human = людина | жива людина | консультант | поговорити з людиною
menu = меню | головне меню | на початок
help = допомога | допоможіть | довідка | допоможіть будь ласка | мені потрібна допомога | потрібна допомога | рятуйте | поліція | швидка | швидка допомога
language = мова | інша мова | змінити мову
stop = стоп | зупинити | не пишіть мені
my_data = мої дані | дані
delete = видалити | видалити все | видалити мої дані
back = назад | повернутися
no_reminders = без нагадувань | не нагадувати
