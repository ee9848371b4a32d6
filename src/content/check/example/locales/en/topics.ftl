work = Work
