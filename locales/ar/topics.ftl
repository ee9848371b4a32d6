target_group = برنامج WIR
residence = الإقامة وتصريح العمل
work = العمل
training = التدريب المهني والمدرسة
general = استشارة عامة
emergency = حالة طارئة
privacy = حماية البيانات
