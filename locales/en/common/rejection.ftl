letter_date = When did you get the letter with the refusal? The date is often on the yellow envelope. Write it, for example 24.12.2026.
    .retry = I did not recognise a date. Please try once more, for example 24.12.2026. If you do not know it, just write “don't know”. A person will then help you.
at_once = Important: you can go to court against the refusal. The time for that is short: often two weeks, sometimes only one week. To be safe, plan with one week.

    What exactly applies is written at the end of the letter. Keep the letter and the envelope.
at_once_general = Important: you can go to court against the refusal. The time for that is very short. How many days you have is written at the end of the letter.

    Keep the letter and the envelope.
old = The letter is already older. The time for going to court is probably over. Sometimes there are still ways. Only a person who knows the law can check that.
