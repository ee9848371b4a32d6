# کوردیی ناوەندی (Soranî): words that work everywhere, separated by |. The language itself is not on offer yet.
# review = machine: written by a machine; nobody who speaks the language has read them.
# "stop" also ends a running counselling: no greetings like "bye" here.
human = مرۆڤ | ڕاوێژکار | لەگەڵ مرۆڤ قسە بکەم
menu = مێنو | لیستە | دەستپێک
help = یارمەتی | یارمەتیم بدە | هاوار | پۆلیس | ئەمبولانس
language = زمان | زمانێکی تر | گۆڕینی زمان
stop = بوەستە | ڕاوەستە | نامە مەنێرە
my_data = زانیارییەکانم | داتاکانم
delete = سڕینەوە | بیسڕەوە | هەمووی بسڕەوە
back = گەڕانەوە | بگەڕێوە
no_reminders = بیرم مەخەرەوە | بێ بیرخستنەوە
