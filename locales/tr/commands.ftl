# Türkçe: words that work everywhere, separated by |. The language itself is not on offer yet.
# review = machine: written by a machine; nobody who speaks the language has read them.
# "stop" also ends a running counselling: no greetings like "bye" here.
human = insan | bir insan | danışman | biriyle konuşmak istiyorum
menu = menü | ana menü | başlangıç
help = yardım | yardım et | yardım edin | lütfen yardım edin | yardıma ihtiyacım var | yardım lazım | imdat | polis | ambulans | acil
language = dil | başka dil | dil değiştir | dili değiştir
stop = dur | durdur | mesaj istemiyorum
my_data = verilerim | benim verilerim | bilgilerim
delete = sil | hepsini sil | verilerimi sil
back = geri | geri dön | önceki soru
no_reminders = hatırlatma yok | hatırlatma istemiyorum
