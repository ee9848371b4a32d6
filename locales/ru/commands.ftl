# Русский: words that work everywhere, separated by |. The language itself is not on offer yet.
# review = machine: written by a machine; nobody who speaks the language has read them.
# "stop" also ends a running counselling: no greetings like "bye" here.
human = человек | живой человек | консультант | поговорить с человеком
menu = меню | главное меню | в начало
help = помощь | помогите | справка | помогите пожалуйста | мне нужна помощь | нужна помощь | спасите | полиция | скорая | скорая помощь
language = язык | другой язык | сменить язык
stop = стоп | остановить | не пишите мне
my_data = мои данные | данные
delete = удалить | удалить всё | удалить мои данные
back = назад | вернуться
no_reminders = без напоминаний | не напоминать
