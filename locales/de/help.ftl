help = Brauchen Sie schnell Hilfe? In Lebensgefahr: 112. Polizei: 110. Gewalt gegen Frauen: 116016. Jemand zum Reden: 0800 1110111.

    Was möchten Sie?
    .danger = Ich bin in Gefahr
    .human = Mit Menschen sprechen
    .how = So funktioniert es
    .topics = Themen ansehen
    .retry = Bitte wählen Sie eine Antwort. Bei Gefahr: 112 oder 110.
how = So geht es: Tippen Sie auf eine Antwort oder schreiben Sie ihre Nummer. Diese Wörter gehen immer:
    - „Mensch“: mit der Beratung schreiben
    - „Menü“: alle Themen
    - „Zurück“: eine Frage zurück
    - „Sprache“: andere Sprache
    - „Meine Daten“, „Löschen“, „Stopp“

    Ich informiere nur. Über Ihr Recht entscheiden die Ämter und Gerichte.
