letter_date = Wann haben Sie den Brief mit der Ablehnung bekommen? Das Datum steht oft auf dem gelben Umschlag. Schreiben Sie es, zum Beispiel 24.12.2026.
    .retry = Das habe ich nicht als Datum erkannt. Bitte noch einmal, zum Beispiel 24.12.2026. Wenn Sie es nicht wissen, schreiben Sie einfach „weiß nicht“. Ein Mensch hilft Ihnen dann.
at_once = Wichtig: Gegen die Ablehnung kann man beim Gericht klagen. Die Zeit dafür ist kurz: oft zwei Wochen, manchmal nur eine Woche. Planen Sie sicherheitshalber mit einer Woche.

    Was genau gilt, steht am Ende des Briefes. Heben Sie Brief und Umschlag auf.
at_once_general = Wichtig: Gegen die Ablehnung kann man beim Gericht klagen. Die Zeit dafür ist sehr kurz. Wie viele Tage es sind, steht am Ende des Briefes.

    Heben Sie Brief und Umschlag auf.
old = Der Brief ist schon älter. Wahrscheinlich ist die Zeit für eine Klage vorbei. Manchmal gibt es trotzdem noch Wege. Das kann nur ein Mensch mit Rechtskenntnis prüfen.
