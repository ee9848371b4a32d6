target_group = Programm WIR
residence = Aufenthalt und Arbeitserlaubnis
work = Arbeit
training = Ausbildung und Schule
general = Allgemeine Beratung
emergency = Notfall
privacy = Datenschutz
