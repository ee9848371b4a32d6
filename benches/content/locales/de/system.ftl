# Feste Texte des Programms.
yes = Ja
no = Nein

## Notfall
numbers = Das hier ist kein Notruf. Rufen Sie bei Gefahr sofort an. Die Anrufe kosten nichts:
    - 112: Rettungsdienst und Feuerwehr
    - 110: Polizei
    - 116016: Hilfe bei Gewalt gegen Frauen, Tag und Nacht, viele Sprachen
    - 0800 1110111: Telefonseelsorge, Tag und Nacht
numbers-suicide_crisis = Gut, dass Sie schreiben. Sie müssen damit nicht allein bleiben.

    Wenn Ihr Leben in Gefahr ist: Rufen Sie jetzt 112 an.

    Jemand zum Reden, Tag und Nacht, kostenlos und ohne Namen: 0800 1110111.

    Bleiben Sie nicht allein. Gehen Sie zu einem Menschen in Ihrer Nähe.
numbers-violence = Ihre Sicherheit ist jetzt am wichtigsten.

    Polizei bei Gefahr: 110. Verletzt: 112.

    Hilfetelefon „Gewalt gegen Frauen“: 116016. Tag und Nacht, kostenlos, 18 Sprachen, ohne Namen.

    Gehen Sie, wenn Sie können, an einen sicheren Ort.
numbers-trafficking = Niemand darf Sie zur Arbeit oder zu Sex zwingen. Niemand darf Ihren Pass behalten.

    Sind Sie jetzt in Gefahr: Polizei 110. Verletzt: 112.

    Für Frauen, Tag und Nacht, kostenlos, 18 Sprachen: 116016.
numbers-deportation = Bitte holen Sie sich sofort Hilfe: bei einer Anwältin oder einem Anwalt, beim Flüchtlingsrat oder bei der Asylverfahrensberatung (AVB).

    Nehmen Sie alle Briefe und Papiere mit.

    In Lebensgefahr: 112. Jemand zum Reden, Tag und Nacht: 0800 1110111.
numbers-asylum_rejection = Nach einer Ablehnung sind die Fristen kurz. Der Brief selbst sagt, wie viele Tage Sie haben.

    Gehen Sie heute oder morgen zur Asylverfahrensberatung (AVB) oder zu einer Anwältin oder einem Anwalt. Nehmen Sie Brief und Umschlag mit.

    In Lebensgefahr: 112. Jemand zum Reden: 0800 1110111.
numbers-unaccompanied_minor = Du bist nicht allein. Das Jugendamt in deiner Stadt muss dich schützen und dir helfen.

    Bist du in Gefahr oder weißt du nicht, wo du heute schläfst: Polizei 110.

    Verletzt: 112. Jemand zum Reden: 0800 1110111. Das kostet nichts.
numbers-homeless = Wissen Sie nicht, wo Sie heute schlafen? Gehen Sie zum Rathaus oder zum Sozialamt. Die Stadt ist für eine Notunterkunft zuständig.

    Ist das Amt zu: Fragen Sie bei der Polizei nach der Notunterkunft: 110.

    Ist Ihnen sehr kalt oder sind Sie krank: 112.
numbers-emergency = Rufen Sie bei Gefahr sofort an: 112 (krank, verletzt, Feuer) oder 110 (Polizei). Das kostet nichts.

    Hilfe bei Gewalt gegen Frauen: 116016. Jemand zum Reden: 0800 1110111.

## Sprache
machine-translation-note = Diese Texte hat eine Maschine übersetzt. Es können Fehler darin sein. Im Zweifel gilt der deutsche Text. Fragen Sie gern einen Menschen.
language-missing = Diesen Text gibt es noch nicht in Ihrer Sprache. Hier ist er auf { $language }.

## Antwort passt nicht
retry-choice = Bitte wählen Sie eine der Antworten. Sie können auch die Nummer schreiben.
retry-number = Bitte schreiben Sie eine Zahl von { $min } bis { $max }.
retry-date = Bitte schreiben Sie ein Datum, zum Beispiel so: 24.12.2026.
retry-postcode = Bitte schreiben Sie die Postleitzahl. Sie hat fünf Ziffern.
retry-text = Bitte schreiben Sie ein paar Wörter.
retry-choices = Bitte wählen Sie eine oder mehrere Antworten. Sie können auch die Nummern schreiben, zum Beispiel: 1, 3.
retry-contact = Bitte schreiben Sie eine E-Mail-Adresse oder eine Telefonnummer, zum Beispiel: 0151 23456789.
choices-more = Sie haben gewählt: { $chosen }. Sie können noch mehr wählen oder etwas wieder abwählen. Wenn alles stimmt, wählen Sie „Fertig“.
    .done = Fertig
choices-most = Sie können höchstens { $max } Antworten wählen. Wählen Sie zuerst eine andere ab.
retry-media = Hier passt nur ein Foto oder eine PDF-Datei.
media-more = Ich habe jetzt: { $media }. Hat der Brief noch mehr Seiten? Dann schicken Sie die auch. Ist alles da, wählen Sie „Fertig“.
    .done = Fertig
    .again = Andere schicken
    .skip = Ohne Foto weiter
media-most = Mehr als { $max } Fotos oder Dateien gehen hier nicht.
media-too-large = Das ist zu groß. Eine Datei darf höchstens { $max } MB haben. Schicken Sie zum Beispiel ein Foto davon.
media-lost = Ein Foto oder eine Datei konnte ich nicht öffnen. Bitte schicken Sie es noch einmal, als Foto oder als PDF-Datei.
media-photos = { $count ->
        [one] { $count } Foto
       *[other] { $count } Fotos
    }
media-files = { $count ->
        [one] { $count } Datei
       *[other] { $count } Dateien
    }
date-confirm = Sie haben geschrieben: { $written }. Ist das der { $date }?
    .yes = Ja
    .no = Nein, anderer Tag
counted-days = { $count ->
        [one] Das ist 1 Tag. Stimmt das nicht? Schreiben Sie „zurück“.
       *[other] Das sind { $count } Tage. Stimmt das nicht? Schreiben Sie „zurück“.
    }
counted-weeks = { $count ->
        [one] Das ist 1 Woche. Stimmt das nicht? Schreiben Sie „zurück“.
       *[other] Das sind { $count } Wochen. Stimmt das nicht? Schreiben Sie „zurück“.
    }
counted-months = { $count ->
        [one] Das ist 1 Monat. Stimmt das nicht? Schreiben Sie „zurück“.
       *[other] Das sind { $count } Monate. Stimmt das nicht? Schreiben Sie „zurück“.
    }
counted-years = { $count ->
        [one] Das ist 1 Jahr. Stimmt das nicht? Schreiben Sie „zurück“.
       *[other] Das sind { $count } Jahre. Stimmt das nicht? Schreiben Sie „zurück“.
    }

## Ort
place-which = Die Postleitzahl { $postcode } gehört zu mehreren Kreisen. Wo wohnen Sie?
place-confirm = Die Postleitzahl { $postcode } gehört zu { $place }. Sie haben auch { $named } geschrieben. Ist die Postleitzahl richtig?
    .yes = Ja, richtig
    .no = Nein, andere Zahl
postcode-unknown = Die Postleitzahl { $postcode } kennen wir nicht. Das macht nichts. Wir suchen im Bundesland oder fragen das Online-Team.

## Quellen
sources = Quellen:
source-line = { $source } (Stand: { $date })

## Weitergabe an einen Menschen
handoff-consent = Das Thema und diese Antworten geben wir an eine Beraterin oder einen Berater weiter:

    { $summary }

    Ist das in Ordnung?
    .yes = Ja, weitergeben
    .without = Ja, ohne Antworten
    .no = Nein
handoff-consent-plain = Wir sagen einer Beraterin oder einem Berater, dass Sie sprechen möchten und um welches Thema es geht. Ihre Antworten geben wir nicht weiter. Ist das in Ordnung?
    .yes = Ja, bitte
    .no = Nein
handoff-about = Es geht um: { $reason }
handoff-sensitive = Besonders geschützt:
handoff-receipt = Ihre Anfrage ist angekommen. Nummer: { $number }. Zuständig: { $organisation }.

    { $wait }

    Sie können jetzt schon weiterschreiben. Die Beratung liest alles.
handoff-receipt-again = Ihre Anfrage { $number } läuft schon. Was Sie schreiben, kommt dort dazu.
handoff-declined = Gut, wir geben nichts weiter. Wenn Sie es sich anders überlegen: Schreiben Sie „Mensch“. Mit „Menü“ sehen Sie alle Themen.
handoff-immediate = Wir rufen jetzt einen Menschen dazu. Bis Sie zustimmen, sieht die Beratung nur zwei Dinge: Es ist dringend, und die Region, wenn wir sie kennen.
wait-hours = { $count ->
        [one] Eine Antwort dauert etwa eine Stunde.
       *[other] Eine Antwort dauert etwa { $count } Stunden.
    }
wait-days = { $count ->
        [one] Eine Antwort dauert etwa einen Tag.
       *[other] Eine Antwort dauert etwa { $count } Tage.
    }
wait-unknown = Wie lange es dauert, wissen wir gerade nicht. Ihre Anfrage geht nicht verloren.
wait-closed = Jetzt ist dort niemand da. Wieder da: { $day }, { $time } Uhr. Bei Gefahr warten Sie nicht: 112 oder 110.
relay-kept = Ihre Nachricht ist gespeichert. Schreiben Sie gern weiter: Ein Mensch liest alles. Bei Gefahr: 112 oder 110.
case-claimed = { $name } kümmert sich jetzt um Ihre Anfrage.
case-released = Ihre Anfrage wartet wieder auf einen freien Menschen. Sie behalten Ihren Platz in der Reihe.
case-closed = Die Beratung ist beendet. Ab jetzt antwortet wieder das Programm. Mit „Menü“ sehen Sie alle Themen. Mit „Mensch“ erreichen Sie uns wieder.
counsellor-says = { $name } schreibt:

## Nicht verstanden
fallback = Das habe ich leider nicht verstanden. Möchten Sie zum Menü oder zu einem Menschen?
    .menu = Zum Menü
    .human = Zu einem Menschen
fallback-human = Ich verstehe Sie leider nicht gut. Das liegt an mir. Soll ein Mensch Ihnen antworten?
    .yes = Ja, bitte ein Mensch
    .menu = Nein, zum Menü
triage-check = Geht es um: { $reason }? Soll sich ein Mensch darum kümmern?
    .yes = Ja
    .no = Nein
triage-urgent = Darum kümmert sich am besten bald ein Mensch: { $reason }.
triage-message = Sie haben geschrieben: { $text }
topic-offer = Geht es darum?
    .other = Nein, etwas anderes
    .human = Zu einem Menschen
topics-offer = Geht es um eines dieser Themen?
    .other = Etwas anderes
    .human = Zu einem Menschen
topic-nothing = Ich glaube, Sie fragen nach: { $topic }. Dazu habe ich leider keine Informationen.
topic-nothing-offer = Möchten Sie das einen Menschen fragen? Oder zum Menü?
    .menu = Zum Menü
    .human = Zu einem Menschen
unsupported-sticker = Sticker kann ich nicht lesen. Bitte schreiben Sie ein paar Wörter.
unsupported-voice = Sprachnachrichten kann ich nicht hören. Bitte schreiben Sie. Oder schreiben Sie „Mensch“.
unsupported-photo = Fotos kann ich nicht ansehen. Bitte schicken Sie Fotos nur, wenn wir danach fragen. Geht es um einen Brief? Schreiben Sie „Menü“ und wählen Sie dort „Brief vom Amt“.
unsupported-file = Dateien kann ich nicht öffnen. Bitte schicken Sie Dateien nur, wenn wir danach fragen. Geht es um einen Brief? Schreiben Sie „Menü“ und wählen Sie dort „Brief vom Amt“.
unsupported-location = Ihren Standort brauchen wir nicht. Wir speichern ihn nicht. Die Postleitzahl reicht.
unsupported-contact = Kontakte kann ich nicht lesen. Bitte schreiben Sie ein paar Wörter.
unsupported-other = Das kann ich nicht lesen. Bitte schreiben Sie ein paar Wörter.
media-kept = Das können wir nicht weitergeben, nur Fotos und PDF-Dateien. Bitte schreiben Sie in Worten, worum es geht.
edited-message = Sie haben eine Nachricht geändert. Wir haben die erste Fassung gelesen. Bitte schicken Sie die Änderung als neue Nachricht.
group-chat = In Gruppen antworte ich nicht. So bleibt Ihre Frage privat. Tippen Sie auf meinen Namen und schreiben Sie mir allein.
stale-button = Dieser Knopf gehört zu einer alten Frage. Hier ist die Frage von jetzt:
flow-gone = Wir haben unsere Texte geändert. Ihre Antworten sind noch da. Wie möchten Sie weitermachen?
    .menu = Neu im Menü
    .human = Zu einem Menschen
back-none = Weiter zurück geht es nicht. Mit „Menü“ sehen Sie alle Themen.

## Ende und Daten
stopped = Gut. Wir schreiben Ihnen nicht mehr. Schreiben Sie „Start“, wenn Sie wiederkommen möchten. Mit „Löschen“ wird alles gelöscht. In Gefahr: 112 oder 110.
deleted = Alles ist gelöscht. Ihre Quittung: { $number }. Mit „Start“ fangen Sie neu an.
delete-confirm = Sollen wir alles löschen, was wir über Sie gespeichert haben? Das geht nicht zurück. Auch eine laufende Beratung endet.
    .yes = Ja, alles löschen
    .no = Nein, behalten
my-data-none = Wir haben keine Antworten von Ihnen gespeichert.
my-data = Das ist über Sie gespeichert:

    { $summary }

    Seit: { $since }. Kanal: { $channel }.
    { $cases ->
        [0] Keine Anfrage bei der Beratung.
        [one] Eine Anfrage bei der Beratung.
       *[other] { $cases } Anfragen bei der Beratung.
    }

## Weitermachen
resume-offer = Eine Frage ist noch offen. Möchten Sie dort weitermachen, wo Sie aufgehört haben? Ihre Antworten sind noch da.
    .yes = Ja, weitermachen
    .menu = Nein, zum Menü

## Erinnerungen
remind-offer = Sollen wir Sie am { $date } daran erinnern? Wir schreiben dann hier.
    .yes = Ja, bitte erinnern
    .no = Nein
remind-set = Gut. Wir schreiben Ihnen am { $date }. Wenn Sie das nicht mehr möchten: Schreiben Sie „keine Erinnerung“.
remind-declined = Gut, wir erinnern Sie nicht.
remind-due = Am { $date } wollten Sie, dass wir Sie heute erinnern. Es geht darum:
remind-line = Erinnerung am { $date }
campaign-line = Gekommen über den Link: { $campaign }
reminders-off = Gut. Wir schicken Ihnen keine Erinnerungen mehr.

## Dienste
service-languages = Sprachen: { $languages }
service-checked = Stand der Angaben: { $date }

## Technik
too-long = Die Nachricht ist zu lang. Bitte schreiben Sie höchstens { $max } Zeichen oder mehrere Nachrichten.
sorry = Bei uns ist ein Fehler passiert. Ihre Nachricht ist gespeichert. Ein Mensch sieht sie sich an. Bei Gefahr warten Sie nicht: 112 oder 110. Jemand zum Reden: 0800 1110111.
restarted = Wir fangen neu an.
not-now = Das konnte nicht gesendet werden. Wir versuchen es noch einmal.
