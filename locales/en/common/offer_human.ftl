offer = Would you like to write with a counsellor about this? It is free.
    .yes = Yes, please
    .no = No, thank you
    .retry = Please choose yes or no.
later = All right. With “menu” you see all topics. With “human” you reach the counsellors at any time.
