paper = Welches Papier haben Sie?
    .gestattung = Gestattung
    .duldung = Duldung
age = Wie alt sind Sie?
    .retry = Bitte schreiben Sie eine Zahl.
wage = Der Mindestlohn ist { $fact_minimum_wage } in der Stunde.
    Fragen: 0800 1110111 oder https://example.org/lohn
