kind = In Lebensgefahr rufen Sie sofort 112 an, die Polizei unter 110. Gewalt gegen Frauen: 116016. Jemand zum Reden: 0800 1110111.

    Wir rufen auch einen Menschen dazu. Was ist passiert?
    .violence = Gewalt oder Drohung
    .suicide_crisis = Ich kann nicht mehr
    .deportation = Abschiebung
    .homeless = Heute kein Schlafplatz
    .trafficking = Zwang oder Ausbeutung
    .other = Andere Gefahr
    .retry = Bei Gefahr rufen Sie 112 oder 110 an. Bitte wählen Sie, was passiert ist.
