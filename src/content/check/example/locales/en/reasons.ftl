work_ban = Work ban
