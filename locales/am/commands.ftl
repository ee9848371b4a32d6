# አማርኛ: words that work everywhere, separated by |. The language itself is not on offer yet.
# review = machine: written by a machine; nobody who speaks the language has read them.
# "stop" also ends a running counselling: no greetings like "bye" here.
human = ሰው | አማካሪ | ሰው ማነጋገር እፈልጋለሁ
menu = ምናሌ | ሜኑ | መጀመሪያ
help = እርዳታ | እርዱኝ | እገዛ | እባክዎ እርዱኝ | እባካችሁ እርዱኝ | ፖሊስ | አምቡላንስ
language = ቋንቋ | ሌላ ቋንቋ | ቋንቋ ቀይር
stop = አቁም | አቋርጥ | መልእክት አትላክ
my_data = የእኔ መረጃ | መረጃዬ
delete = ሰርዝ | አጥፋ | ሁሉንም ሰርዝ
back = ተመለስ | ወደ ኋላ | ወደኋላ
no_reminders = አታስታውሰኝ | ማስታወሻ አያስፈልግም
