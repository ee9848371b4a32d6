human = Mensch | Beraterin
menu = Menü
help = Hilfe
language = Sprache
stop = Stopp
my_data = meine Daten
delete = löschen
back = zurück
