paper = Which paper do you have?
    .gestattung = Gestattung
    .duldung = Duldung
age = How old are you?
    .retry = Please write a number.
wage = The minimum wage is { $fact_minimum_wage } an hour.
    Questions: 0800 1110111 or https://example.org/lohn
