what_next = Was möchten Sie mit Ihren Daten machen?
    .erase = Daten entfernen
    .question = Frage zu Daten
    .keep = So lassen
    .retry = Bitte wählen Sie eine Antwort.
