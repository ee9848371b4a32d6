target_group = WIR programme
residence = Residence and work permission
work = Work
training = Vocational training and school
general = General advice
emergency = Emergency
privacy = Data protection
