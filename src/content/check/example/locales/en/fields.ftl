paper = Paper
    .gestattung = Aufenthaltsgestattung
    .duldung = Duldung
age = Age
arrival = Arrival
