human = human | counsellor
menu = menu
help = help
language = language
stop = stop
my_data = my data
delete = delete
back = back
