offer = Möchten Sie darüber mit einem Menschen aus der Beratung schreiben? Das kostet nichts.
    .yes = Ja, gern
    .no = Nein, danke
    .retry = Bitte wählen Sie Ja oder Nein.
later = In Ordnung. Mit „Menü“ sehen Sie alle Themen. Mit „Mensch“ erreichen Sie jederzeit die Beratung.
