paper = Papier
    .gestattung = Aufenthaltsgestattung
    .duldung = Duldung
age = Alter
arrival = Ankunft
