language = Sprache wählen · Choose your language · اختر لغتك

status = 1/6 Aufenthaltsstatus: Welches Dokument haben Sie zurzeit?
    .asylum = Aufenthaltsgestattung
    .refugee = Anerkannter Schutz
    .toleration = Duldung
    .other = Etwas anderes

months = 2/6 Aufenthaltsdauer: Seit wie vielen Monaten leben Sie in Deutschland?
    .m3 = bis 3 Monate
    .m12 = 4 bis 12 Monate
    .m36 = 13 bis 36 Monate
    .more = länger

permit = 3/6 Arbeitserlaubnis: Steht in Ihrem Dokument, dass Sie arbeiten dürfen?
    .yes = Ja
    .no = Nein
    .unknown = Weiß ich nicht

field = 4/6 Berufsfeld: In welchem Bereich möchten Sie arbeiten?
    .care = Pflege
    .trades = Handwerk
    .it = IT
    .gastro = Gastronomie
    .other = Anderes

postcode = 5/6 Postleitzahl: Bitte schreiben Sie Ihre Postleitzahl (fünf Ziffern).

consent = 6/6 Einwilligung: Dürfen wir Ihre Angaben für die Beratung speichern?
    .yes = Ja, einverstanden
    .no = Nein

answer_yes =
    Ihre Auskunft: Nach Ihren Angaben dürfen Sie arbeiten. Ein Arbeitsvertrag ist möglich, sobald der Betrieb das Dokument geprüft hat.
    Für Ihr Berufsfeld gibt es geförderte Kurse, die ein Sprachniveau von B1 voraussetzen. Die Anerkennung eines Abschlusses dauert meist drei bis vier Monate; Kosten können übernommen werden. In Ihrer Region hilft eine Beratungsstelle kostenlos und vertraulich, auch mit Dolmetscher.
    Ref: { $status }/{ $months }/{ $permit }/{ $field }/{ $postcode }/{ $consent }

answer_no =
    Ihre Auskunft: Nach Ihren Angaben brauchen Sie vor der ersten Arbeitsstunde eine Erlaubnis der Ausländerbehörde. Der Betrieb füllt dafür die Stellenbeschreibung aus.
    Für Ihr Berufsfeld gibt es geförderte Kurse, die ein Sprachniveau von B1 voraussetzen. Die Anerkennung eines Abschlusses dauert meist drei bis vier Monate; Kosten können übernommen werden. In Ihrer Region hilft eine Beratungsstelle kostenlos und vertraulich, auch mit Dolmetscher.
    Ref: { $status }/{ $months }/{ $permit }/{ $field }/{ $postcode }/{ $consent }

answer_other =
    Ihre Auskunft: Bitte lassen Sie das Dokument prüfen, bevor Sie einen Vertrag unterschreiben. Die Beratung liest es mit Ihnen gemeinsam.
    Für Ihr Berufsfeld gibt es geförderte Kurse, die ein Sprachniveau von B1 voraussetzen. Die Anerkennung eines Abschlusses dauert meist drei bis vier Monate; Kosten können übernommen werden. In Ihrer Region hilft eine Beratungsstelle kostenlos und vertraulich, auch mit Dolmetscher.
    Ref: { $status }/{ $months }/{ $permit }/{ $field }/{ $postcode }/{ $consent }
