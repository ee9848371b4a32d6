choose = What is it about?
    .work = Work
    .human = Talk to a human
