# Français: words that work everywhere, separated by |. The language itself is not on offer yet.
# review = machine: written by a machine; nobody who speaks the language has read them.
# "stop" also ends a running counselling: no greetings like "bye" here.
human = humain | un humain | conseiller | conseillère | parler à quelqu'un
menu = menu | menu principal | accueil
help = aide | aidez-moi | à l'aide | aidez-moi s'il vous plaît | j'ai besoin d'aide | besoin d'aide | au secours | police | ambulance | urgence
language = langue | autre langue | changer de langue
stop = stop | arrêter | plus de messages
my_data = mes données | données
delete = supprimer | tout supprimer | effacer mes données
back = retour | question précédente
no_reminders = pas de rappel | plus de rappels
