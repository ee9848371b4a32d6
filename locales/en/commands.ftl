# Words that work everywhere, separated by |. Upper and lower case are the same.
# "stop" also ends a running counselling: no greetings like "bye" here.
human = human | a human | real human | person | a person | real person | talk to a person | talk to a human | talk to someone | speak to someone | speak to a person | somebody | someone | counsellor | counselor | adviser | advisor | social worker | agent | operator | staff | no bot | not a bot | are you a bot | Mensch | Beratung
menu = menu | main menu | start | start over | start again | restart | begin | home | topics | all topics | options | overview | Menü
help = help | help me | help please | pls help | how does this work | how does it work | what can you do | what is this | info | instructions | i don't understand | i dont understand | Hilfe | emergency | SOS | 112 | 110 | 911 | 999 | police | call the police | ambulance | call an ambulance | fire brigade | help me please | please help | please help me | i need help | need help | need help please
language = language | languages | other language | another language | change language | wrong language | lang | Sprache
stop = stop | end | quit | exit | unsubscribe | no more messages | stop messages | stop writing | don't write me | leave me alone | Stopp
my_data = my data | data | privacy | data protection | show my data | what do you know about me | what is stored | what do you store | meine Daten
delete = delete | delete all | delete everything | delete my data | erase | erase everything | forget me | remove my data | löschen
back = back | go back | one step back | previous | previous question | undo | wrong button | oops | zurück
no_reminders = no reminders | no reminder | no more reminders | stop reminders | stop reminding me | do not remind me | cancel reminder | cancel reminders | delete reminders
