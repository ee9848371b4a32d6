# پښتو: words that work everywhere, separated by |. The language itself is not on offer yet.
# review = machine: written by a machine; nobody who speaks the language has read them.
# "stop" also ends a running counselling: no greetings like "bye" here.
human = انسان | سلاکار | له یو چا سره خبرې
menu = مینو | لړلیک | پیل
help = مرسته | لارښوونه | مرسته وکړئ | مرسته غواړم | پولیس | امبولانس
language = ژبه | بله ژبه | ژبه بدلول
stop = ودرېږه | ودریږه | پیغام مه رالېږه
my_data = زما معلومات | زما ډاټا
delete = ړنګول | ړنګ کړه | ټول ړنګ کړه
back = شاته | بېرته
no_reminders = یادونه مه کوه | بې یادونې
