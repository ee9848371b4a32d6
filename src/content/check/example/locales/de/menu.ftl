choose = Worum geht es?
    .work = Arbeit
    .arrival = Meine Ankunft
    .human = Mit Menschen reden
