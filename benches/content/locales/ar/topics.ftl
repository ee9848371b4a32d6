work = work
