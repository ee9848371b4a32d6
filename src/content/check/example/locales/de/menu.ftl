choose = Worum geht es?
    .work = Arbeit
    .human = Mit einem Menschen sprechen
