work_ban = Arbeitsverbot
