# دری: words that work everywhere, separated by |. The language itself is not on offer yet.
# review = machine: written by a machine; nobody who speaks the language has read them.
# "stop" also ends a running counselling: no greetings like "bye" here.
human = انسان | مشاور | با یک نفر گپ بزنم
menu = مینو | فهرست | آغاز
help = کمک | رهنمایی | کمکم کنید | کمک کنید | لطفاً کمک کنید | کمک می خواهم | پولیس | امبولانس
language = زبان | لسان | تغییر زبان
stop = توقف | ایستاد شو | پیام روان نکن
my_data = معلومات من | معلوماتم
delete = حذف | پاک کو | همه را پاک کو
back = برگشت | پس برو | عقب
no_reminders = یادآوری نکن | یادآوری نکو
