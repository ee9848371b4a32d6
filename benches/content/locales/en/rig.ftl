language = Sprache wählen · Choose your language · اختر لغتك

status = 1/6 Residence status: Which document do you hold at present?
    .asylum = Permission to reside (asylum)
    .refugee = Recognised protection
    .toleration = Toleration
    .other = Something else

months = 2/6 Length of stay: For how many months have you lived in Germany?
    .m3 = up to 3 months
    .m12 = 4 to 12 months
    .m36 = 13 to 36 months
    .more = longer

permit = 3/6 Work permit: Does your document say that you may work?
    .yes = Yes
    .no = No
    .unknown = I do not know

field = 4/6 Field of work: In which field would you like to work?
    .care = Nursing care
    .trades = Skilled trades
    .it = IT
    .gastro = Catering
    .other = Other

postcode = 5/6 Postcode: Please write your postcode (five digits).

consent = 6/6 Consent: May we store your answers for the counselling?
    .yes = Yes, I agree
    .no = No

answer_yes =
    Your answer: From what you told us, you may work. A contract is possible as soon as the employer has checked the document.
    For your field there are funded courses, which ask for a language level of B1. The recognition of a qualification mostly takes three to four months; the costs can be covered. In your region a counselling centre helps free of charge and in confidence, with an interpreter too, and it can also talk to the employer on your behalf.
    Ref: { $status }/{ $months }/{ $permit }/{ $field }/{ $postcode }/{ $consent }

answer_no =
    Your answer: From what you told us, you need a permit from the immigration office before the first hour of work. The employer fills in the job description for it.
    For your field there are funded courses, which ask for a language level of B1. The recognition of a qualification mostly takes three to four months; the costs can be covered. In your region a counselling centre helps free of charge and in confidence, with an interpreter too, and it can also talk to the employer on your behalf.
    Ref: { $status }/{ $months }/{ $permit }/{ $field }/{ $postcode }/{ $consent }

answer_other =
    Your answer: Please have the document checked before you sign a contract. The counselling centre reads it together with you.
    For your field there are funded courses, which ask for a language level of B1. The recognition of a qualification mostly takes three to four months; the costs can be covered. In your region a counselling centre helps free of charge and in confidence, with an interpreter too, and it can also talk to the employer on your behalf.
    Ref: { $status }/{ $months }/{ $permit }/{ $field }/{ $postcode }/{ $consent }
