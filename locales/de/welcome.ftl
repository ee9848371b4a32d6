language = Willkommen! In welcher Sprache möchten Sie schreiben?

    Which language would you like?

    ما اللغة التي تريدها؟
    .retry = Bitte wählen Sie eine Sprache. Sie können auch die Nummer schreiben.

        Please choose a language. You can also write its number.

        يُرجى اختيار لغة. يمكنك أيضًا كتابة رقمها.
notice = Guten Tag! Ich bin Lotse, ein Programm. Ich informiere Geflüchtete über Arbeit, Ausbildung und Schule. Das kostet nichts. Menschen aus der Beratung können Ihnen auch antworten.

    Das hier ist **kein Notruf**. In Lebensgefahr: 112. Polizei: 110. Gewalt gegen Frauen: 116016. Jemand zum Reden: 0800 1110111.
data = Sie brauchen keinen Namen. Wir speichern Ihre Antworten, damit wir Ihnen helfen können. Ein Mensch bekommt sie nur, wenn Sie Ja sagen.

    Bitte schicken Sie Fotos nur, wenn wir danach fragen. „Meine Daten“ zeigt alles, „Löschen“ löscht alles, „Stopp“ beendet alles.
