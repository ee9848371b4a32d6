# Worte des Raums (Internetseite). Sie stehen um das Gespräch herum; die Texte des Gesprächs stehen in den anderen Dateien.
title = Lotse: Beratung für Geflüchtete

## Erste Seite
what = Lotse beantwortet Fragen zu Arbeit, Ausbildung und Schule in Deutschland, kostenlos und ohne Anmeldung. Zuerst antwortet ein Programm; wenn Sie möchten, schreiben Sie mit einem Menschen aus der Beratung.
kept-title = Was wir speichern
kept = Gespeichert wird, was Sie hier schreiben, verschlüsselt und ohne Namen. Ein Mensch liest es nur, wenn Sie zustimmen oder in Gefahr sind. Sie können jederzeit alles löschen.
kept-device = Dieses Gerät merkt sich das Gespräch 30 Tage. Wer das Gerät benutzt, kann es lesen.
danger = Das ist kein Notruf. Bei Gefahr rufen Sie sofort an, das ist kostenlos:

    - 112 Lebensgefahr, Krankheit, Feuer
    - 110 Polizei
    - 116016 Gewalt gegen Frauen, viele Sprachen
    - 0800 1110111 jemand zum Reden
start = Gespräch beginnen
languages = Sprache

## Gespräch
name = Lotse
log = Gespräch
me = Sie
bot = Lotse (Programm)
human = { $name } (Beratung)
input = Nachricht schreiben
send = Senden
earlier = Frühere Nachrichten
newer = Neue Nachrichten

## Knöpfe über dem Gespräch
tools = Hilfe
tool-human = Mit einem Menschen sprechen
tool-menu = Alle Themen
tool-language = Andere Sprache
tool-data = Was ist gespeichert?
tool-delete = Alles löschen
tools-note = Bei Gefahr: 112 oder 110. Fremdes Gerät? Löschen Sie am Ende alles.
leave = Schnell weg

## Zustand einer eigenen Nachricht
sending = wird gesendet …
sent = gesendet
waiting = noch nicht gesendet, wir versuchen es weiter
slow = wird gleich gesendet
refused = konnte nicht gesendet werden
again = Noch einmal senden
offline = Keine Verbindung. Wir versuchen es weiter. Nichts geht verloren.
gone = Dieses Gespräch ist auf diesem Gerät nicht mehr offen.
gone-start = Neues Gespräch

## Wenn etwas nicht geht
too-long = Die Nachricht ist zu lang. Bitte höchstens { $max } Zeichen, oder schreiben Sie mehrere Nachrichten.
too-fast = Sie schreiben sehr schnell. Bitte warten Sie kurz und senden Sie dann noch einmal.
too-many = Gerade beginnen sehr viele Menschen ein Gespräch. Bitte versuchen Sie es in einer Minute noch einmal. Bei Gefahr: 112 oder 110.
not-saved = Die Nachricht konnte nicht gespeichert werden. Bitte senden Sie noch einmal. Bei Gefahr: 112 oder 110.
reload = Neue Nachrichten laden

## Fotos und Dateien
pick = Foto oder PDF auswählen
pick-photo = Foto auswählen
pick-file = PDF-Datei auswählen
pick-hint = { $count ->
        [one] Ein Foto oder eine Datei, höchstens { $max } MB.
       *[other] Höchstens { $count } auf einmal, jede Datei höchstens { $max } MB.
    }
photo = Foto
file = PDF-Datei
cancel = Nicht senden
file-too-large = Diese Datei ist zu groß. Eine Datei darf höchstens { $max } MB haben. Machen Sie zum Beispiel ein Foto davon.
file-wrong-kind = Diese Datei können wir nicht annehmen. Es gehen nur Fotos und PDF-Dateien.
file-empty = Diese Datei ist leer. Bitte wählen Sie sie noch einmal aus, oder machen Sie ein neues Foto.
file-none = Bitte wählen Sie zuerst ein Foto oder eine PDF-Datei aus.
file-too-many = Das sind zu viele Dateien auf einmal. Bitte schicken Sie weniger.
file-busy = Gerade kommen sehr viele Dateien an. Bitte versuchen Sie es gleich noch einmal.

## Seite nach „Schnell weg“: unauffällig
away-title = Deutsch lernen: Wörter
away-words =
    - der Baum
    - das Brot
    - die Tür
    - der Regen
    - die Straße
    - das Fenster
