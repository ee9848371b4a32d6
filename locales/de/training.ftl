topic = Worum geht es?
    .apprenticeship = Ausbildung im Betrieb
    .school = Schulabschluss
    .recognition = Zeugnisse anerkennen
    .language = Deutschkurs
    .money = Geld beim Lernen
    .problem = Ich will aufgeben
    .human = Mit Menschen sprechen
    .retry = Bitte wählen Sie ein Thema. Oder schreiben Sie „Mensch“.
apprenticeship = Eine Ausbildung dauert meist zwei bis dreieinhalb Jahre. Sie lernen im Betrieb und in der Berufsschule. Sie bekommen einen Vertrag und jeden Monat Geld.

    Am Anfang ist Probezeit: mindestens ein Monat, höchstens vier Monate.
apprenticeship_help = Es gibt Hilfe für den Start:
    - Einstiegsqualifizierung (EQ): ein langes Praktikum im Betrieb, bezahlt. Die Arbeitsagentur muss dafür nicht zustimmen.
    - Assistierte Ausbildung (AsA flex): Nachhilfe und Begleitung, auch während der Ausbildung.

    Fragen Sie die Berufsberatung der Agentur für Arbeit.
apprenticeship_paper = Mit einer Gestattung oder Duldung brauchen Sie für die Ausbildung meist eine Erlaubnis der Ausländerbehörde. Die Bundesagentur für Arbeit muss bei einer Ausbildung nicht zustimmen.
school = Einen Schulabschluss können auch Erwachsene nachholen: zum Beispiel an der Volkshochschule (VHS) oder an einer Abendschule. Wer noch jung ist, kann oft in eine Berufsschule gehen. Die Regeln sind in jedem Bundesland anders.
orientation = Sie wissen noch nicht, welcher Beruf passt? BOFplus zeigt Zugewanderten Berufe zum Ausprobieren. Das Programm läuft bis Ende 2027. Fragen Sie die Berufsberatung oder unsere Beratung, ob es das in Ihrer Nähe gibt.
recognition = Haben Sie ein Zeugnis oder einen Beruf aus einem anderen Land? Man kann prüfen lassen, ob er hier anerkannt wird. Der Anfang ist hier, in vielen Sprachen: https://www.anerkennung-in-deutschland.de

    Das IQ-Netzwerk berät kostenlos. Auch ohne alle Papiere lohnt sich die Frage.
recognition_cost = Eine Prüfung bei einer Kammer kostet meist { $fact_recognition_cost_from } bis { $fact_recognition_cost_to }. Die Bewertung bei der ZAB kostet { $fact_recognition_zab }.

    Es gibt einen Zuschuss. Wichtig: Fragen Sie danach, **bevor** Sie den Antrag stellen.
recognition_cost_general = Die Prüfung kostet Geld. Wie viel, ist verschieden. Manchmal zahlt ein Amt etwas dazu. Fragen Sie danach, **bevor** Sie den Antrag stellen.
integration_course = In Integrationskurse kommt man seit dem 9. Februar 2026 schwerer. Neue Zulassungen gibt es im Moment nicht für die Gestattung, die Ermessensduldung, § 24, § 25 Abs. 5 und Menschen aus der EU. Wer schon eine Zulassung hat, behält sie. Das kann sich 2027 ändern: Fragen Sie dann noch einmal.

    Fragen Sie die Volkshochschule nach anderen Kursen. Viele sind günstig oder kostenlos.
job_language = Es gibt auch Deutschkurse für den Beruf (DeuFöV). Mit einer Ermessensduldung ist das möglich. Mit einer anderen Duldung geht es nach sechs Monaten: Dann müssen Sie Arbeit oder eine Ausbildung haben oder als suchend gemeldet sein. Fragen Sie die Agentur für Arbeit oder das Jobcenter.
bab = In einer Ausbildung mit wenig Lohn gibt es die Berufsausbildungsbeihilfe (BAB). Mit einer Gestattung bekommt man sie nicht. Mit einer Duldung ist sie nach 15 Monaten in Deutschland möglich. Antrag: Agentur für Arbeit.
bafoeg = Für Schule und Studium gibt es BAföG:
    - § 25 Abs. 1 oder 2: sofort möglich
    - § 24: seit Juni 2022 möglich
    - § 25 Abs. 3 und Duldung: nach 15 Monaten in Deutschland

    Das Amt für Ausbildungsförderung entscheidet.
problem = Gut, dass Sie das sagen. Viele finden einen Weg weiterzumachen. Bitte kündigen Sie noch nicht und unterschreiben Sie nichts, bevor Sie Rat haben.

    Steht auf Ihrem Papier § 60c, § 60d oder § 16g?
    .yes = Ja
    .no = Nein
    .unsure = Ich weiß es nicht
    .retry = Bitte wählen Sie eine Antwort.
dropout = Ihr Aufenthalt kann an dem Platz hängen. Darum ist schneller Rat wichtig. Ein Mensch soll das bald mit Ihnen ansehen.
dropout_soon = Oft hilft ein Gespräch, Nachhilfe oder ein Wechsel des Betriebs. Ein Mensch aus der Beratung kann mit Ihnen überlegen.
general = Dazu können wir gerade nichts Sicheres sagen. Die Regeln ändern sich. Fragen Sie die Agentur für Arbeit oder unsere Beratung.
more = Was möchten Sie als Nächstes?
    .topic = Anderes Thema
    .human = Beratung fragen
    .menu = Alle Themen zeigen
    .retry = Bitte wählen Sie eine Antwort.
