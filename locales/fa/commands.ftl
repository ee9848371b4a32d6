# فارسی: words that work everywhere, separated by |. The language itself is not on offer yet.
# review = machine: written by a machine; nobody who speaks the language has read them.
# "stop" also ends a running counselling: no greetings like "bye" here.
human = انسان | مشاور | آدم واقعی | با یک نفر صحبت کنم
menu = منو | فهرست | منوی اصلی | شروع
help = کمک | راهنما | راهنمایی | کمکم کنید | کمک کنید | لطفا کمک کنید | کمک می خواهم | کمک میخوام | پلیس | آمبولانس | اورژانس
language = زبان | زبان دیگر | تغییر زبان
stop = توقف | ایست | پیام نفرست | پیام نمی‌خواهم
my_data = داده‌های من | داده های من | اطلاعات من
delete = حذف | پاک کن | همه را حذف کن
back = برگشت | بازگشت | برگرد
no_reminders = بدون یادآوری | یادآوری نکن
