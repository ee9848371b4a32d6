what_next = What would you like to do with your data?
    .erase = Wipe my data
    .question = Question about data
    .keep = Leave it as it is
    .retry = Please choose an answer.
