choose = What is it about?
    .work = Work
    .arrival = My arrival
    .human = Talk to a human
