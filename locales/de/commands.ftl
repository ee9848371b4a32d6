# Wörter, die überall wirken, mit | getrennt. Groß und klein ist gleich.
# „stop“ beendet auch eine laufende Beratung: keine Grüße wie „Tschüss“ eintragen.
human = Mensch | Menschen | ein Mensch | mit Mensch sprechen | mit einem Menschen sprechen | mit Menschen reden | Mensch bitte | echter Mensch | richtiger Mensch | Person | echte Person | jemand | mit jemand sprechen | mit jemandem sprechen | mit jemandem reden | Berater | Beraterin | Beratung | Sozialarbeiter | Sozialarbeiterin | Mitarbeiter | Mitarbeiterin | Ansprechpartner | kein Bot | kein Roboter | bist du ein Bot | human | counsellor
menu = Menü | Menue | Hauptmenü | Menu | Anfang | zum Anfang | von vorne | von vorn | neu anfangen | neu starten | Neustart | Start | Übersicht | Auswahl | Themen | alle Themen
help = Hilfe | Hilfe bitte | hilf mir | helfen | wie geht das | wie funktioniert das | was kannst du | was ist das | Info | Anleitung | ich verstehe nicht | versteh ich nicht | help | Notfall | Notruf | SOS | in Not | 112 | 110 | Polizei | Polizei rufen | Krankenwagen | Rettungswagen | Rettungsdienst | Feuerwehr | Notarzt
language = Sprache | Sprachen | andere Sprache | Sprache ändern | Sprache wechseln | falsche Sprache | Sprache aendern | language
stop = Stopp | Stop | Ende | aufhören | aufhoeren | abmelden | Schluss | keine Nachrichten | keine Nachrichten mehr | nicht mehr schreiben | schreib nicht mehr | lass mich in Ruhe | abbestellen
my_data = meine Daten | Daten | Datenschutz | Daten zeigen | was wisst ihr über mich | was weißt du über mich | was ist gespeichert | Auskunft | my data
delete = löschen | loeschen | alles löschen | Daten löschen | meine Daten löschen | bitte löschen | vergiss mich | alles vergessen | delete
back = zurück | zurueck | einen Schritt zurück | Schritt zurück | vorherige Frage | falsch getippt | vertippt | rückgängig | back
no_reminders = keine Erinnerung | keine Erinnerungen | keine Erinnerung mehr | keine Erinnerungen mehr | nicht mehr erinnern | Erinnerung löschen | Erinnerungen löschen | Erinnerung aus | no reminders
