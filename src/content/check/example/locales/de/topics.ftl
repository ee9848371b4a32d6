work = Arbeit
