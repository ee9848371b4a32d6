# ትግርኛ: words that work everywhere, separated by |. The language itself is not on offer yet.
# review = machine: written by a machine; nobody who speaks the language has read them.
# "stop" also ends a running counselling: no greetings like "bye" here.
human = ሰብ | ኣማኻሪ | ምስ ሰብ ክዛረብ
menu = ሜኑ | ዝርዝር | መጀመርታ
help = ሓገዝ | ሓግዙኒ | በጃኹም ሓግዙኒ | ሓገዝ የድልየኒ | ፖሊስ | ኣምቡላንስ
language = ቋንቋ | ካልእ ቋንቋ | ቋንቋ ቀይር
stop = ደው በል | ኣቋርጽ | መልእኽቲ ኣይትስደድ
my_data = ናተይ ሓበሬታ | ሓበሬታይ
delete = ደምስስ | ኩሉ ደምስስ
back = ንድሕሪት | ተመለስ
no_reminders = ኣይተዘኻኽረኒ | ብዘይ መዘኻኸሪ
