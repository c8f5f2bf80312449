"""Lines that are open to everybody in the countries whose law Hemma knows. An administrator changes them.

Names and numbers as the services give them; each company looks at them once and puts them right.
"""

from django.db import migrations

LINES = [
    ("SE", "112", "112", "", "Vid fara för liv"),
    ("SE", "Självmordslinjen, Mind", "90101", "https://mind.se/", "Dygnet runt, gratis, anonymt"),
    ("SE", "Jourhavande medmänniska", "08-702 16 80", "", "Kvällar och nätter, anonymt"),
    ("SE", "1177", "1177", "https://www.1177.se/", "Råd om vård, dygnet runt"),
    ("NO", "113", "113", "", "Ved fare for liv"),
    ("NO", "Mental Helse", "116 123", "https://www.sidetmedord.no/", "Døgnåpent, gratis, anonymt"),
    ("NO", "Kirkens SOS", "22 40 00 40", "https://www.soschat.no/", "Døgnåpent, anonymt"),
    ("NO", "Legevakten", "116 117", "", "Når det ikke kan vente"),
    ("DK", "112", "112", "", "Ved livsfare"),
    ("DK", "Livslinien", "70 201 201", "https://www.livslinien.dk/", "Anonymt"),
    ("FI", "112", "112", "", "Hengenvaarassa, vid livsfara"),
    ("FI", "MIELI kristelefon", "09 2525 0113", "https://mieli.fi/", "På svenska"),
    ("ES", "112", "112", "", "En peligro de vida"),
    ("ES", "Línea 024", "024", "", "Las 24 horas, gratis"),
]


def begin(apps, _schema):
    contact = apps.get_model("support", "Contact")
    for order, (country, name, phone, link, about) in enumerate(LINES, 1):
        contact.objects.create(
            sort="crisis",
            country=country,
            name=name,
            phone=phone,
            link=link,
            about=about,
            order=order * 10,
        )


class Migration(migrations.Migration):
    dependencies = [("support", "0001_initial")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
