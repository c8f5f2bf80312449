"""In which language Kim writes: short messages as customers write them, and sentences of others."""

import html
import random
import re
from pathlib import Path

import django
import polib
import pytest

from hemma.lib import language

# Customers' messages. What is the same sentence in two languages is left out.
MESSAGES = {
    "sv": """Hej, när kommer mitt paket?|Jag har inte fått någon faktura den här månaden.|Kan ni ringa upp mig i eftermiddag?|Vill säga upp mitt abonnemang.|Kvittot saknas i mejlet.|Tack för snabb hjälp!|Appen kraschar hela tiden.|Vad kostar det att byta adress?|Pengarna har dragits två gånger.|Jag undrar om ni har öppet på lördag|Skorna var för små, hur returnerar jag dem?|Mitt lösenord fungerar inte längre.""",
    "nb": """Hei, når kommer pakken min?|Jeg har ikke fått noen faktura denne måneden.|Kan dere ringe meg i ettermiddag?|Vil si opp abonnementet mitt.|Kvitteringen mangler i e-posten.|Takk for rask hjelp!|Appen krasjer hele tiden.|Hva koster det å bytte adresse?|Pengene er trukket to ganger.|Jeg lurer på om dere har åpent på lørdag|Passordet mitt virker ikke lenger.""",
    "da": """Hej, hvornår kommer min pakke?|Jeg har ikke fået nogen faktura denne måned.|Kan I ringe til mig i eftermiddag?|Jeg vil gerne opsige mit abonnement.|Kvitteringen mangler i mailen.|Tak for hurtig hjælp!|Appen går ned hele tiden.|Hvad koster det at skifte adresse?|Pengene er blevet trukket to gange.|Jeg vil høre, om I har åbent på lørdag|Min adgangskode virker ikke længere.""",
    "fi": """Hei, milloin pakettini saapuu?|En ole saanut laskua tässä kuussa.|Voitteko soittaa minulle iltapäivällä?|Haluan irtisanoa tilaukseni.|Kuitti puuttuu viestistä.|Kiitos nopeasta avusta!|Sovellus kaatuu koko ajan.|Mitä osoitteen vaihtaminen maksaa?|Rahat on veloitettu kahdesti.|Oletteko auki lauantaina|Kengät olivat liian pienet, miten palautan ne?|Salasanani ei enää toimi.""",
    "en": """Hi, when will my parcel arrive?|I have not received an invoice this month.|Could you call me this afternoon?|I want to cancel my subscription.|The receipt is missing from the mail.|Thanks for the quick help!|The app keeps crashing.|What does it cost to change my address?|The money was taken twice.|Are you open on Saturday|The shoes were too small, how do I return them?|My password no longer works.""",
    "es": """Hola, ¿cuándo llega mi paquete?|No he recibido ninguna factura este mes.|¿Pueden llamarme esta tarde?|Quiero cancelar mi suscripción.|Falta el recibo en el correo.|¡Gracias por la ayuda tan rápida!|La aplicación se cierra todo el tiempo.|¿Cuánto cuesta cambiar la dirección?|Me han cobrado dos veces.|Quería saber si abren el sábado|Los zapatos eran pequeños, ¿cómo los devuelvo?|Mi contraseña ya no funciona.""",
}
# Written when the words and signs of `lib.language` were finished; nothing was changed after a
# look at them.
UNSEEN = {
    "nb": """Hvor blir det av refusjonen min?|Legen har sendt resept, men apoteket finner den ikke|Vi vil gjerne leie lokalet i juni|Barnet mitt har mistet skolekortet|Kaffen smaker brent|Postkassen står åpen og noen har tatt brevene|Hunden vår er borte siden søndag|Hva koster det å sende en pakke til Spania?|Jeg ble trukket for feil beløp i går|Heisen i oppgangen står igjen|Det er mugg i kjelleren|Fant ikke bordbestillingen vår|Ferja var full og vi kom for sent|Vil endre leveringsdato til torsdag|Mobildataene er brukt opp|Jeg trenger hjelp med å fylle ut skjemaet|Når åpner dere i påsken?|Nøkkelen passer ikke i låsen|Dere svarer aldri på telefonen|Varmtvannet er kaldt om morgenen|Snøen er ikke måket på fortauet|Kvitteringen er uleselig|Kan dere bekrefte at pengene er kommet?|Bilen startet ikke etter service|Gaven kom for sent til bursdagen|Jeg vil klage på gebyret|Får feilmelding når jeg betaler|Søppelet ble ikke hentet denne uken|Jakken røytet etter første vask|Er hotellet tilrettelagt for rullestol?""",
    "da": """Hvor bliver min refusion af?|Lægen har sendt en recept, men apoteket kan ikke finde den|Vi vil gerne leje lokalet i juni|Mit barn har mistet sit skolekort|Kaffen smager brændt|Postkassen står åben, og nogen har taget brevene|Vores hund har været væk siden søndag|Hvad koster det at sende en pakke til Spanien?|Jeg blev trukket for et forkert beløb i går|Elevatoren i opgangen er gået i stå igen|Der er skimmel i kælderen|Kunne ikke finde vores bordreservation|Færgen var fyldt, og vi kom for sent|Vil ændre leveringsdatoen til torsdag|Mobildataene er brugt op|Jeg har brug for hjælp til at udfylde skemaet|Hvornår har I åbent i påsken?|Nøglen passer ikke i låsen|I svarer aldrig på telefonen|Det varme vand er koldt om morgenen|Sneen er ikke ryddet på fortovet|Kvitteringen kan ikke læses|Kan I bekræfte, at pengene er kommet?|Bilen ville ikke starte efter service|Gaven kom for sent til fødselsdagen|Jeg vil klage over gebyret|Får en fejlmeddelelse, når jeg betaler|Skraldet blev ikke hentet i denne uge|Jakken fnuggede efter første vask|Er hotellet indrettet til kørestole?""",
    "sv": """Var är min återbetalning?|Läkaren har skickat recept men apoteket hittar det inte|Vi vill gärna hyra lokalen i juni|Kaffet smakar bränt|Brevlådan står öppen|Hunden är borta sedan söndag|Hissen har stannat igen|Det finns mögel i källaren|Hittade inte vår bordsbokning|Färjan var full|Nyckeln passar inte i låset|Ni svarar aldrig i telefon|Varmvattnet är kallt på morgonen|Kvittot går inte att läsa|Bilen startade inte efter servicen|Presenten kom för sent|Får felmeddelande när jag betalar|Soporna hämtades inte den här veckan|Jackan luddade efter första tvätten|Är hotellet anpassat för rullstol?|Snön är inte skottad|Mobildatan är slut|Jag vill klaga på avgiften|När öppnar ni i påsk?|Behöver hjälp att fylla i blanketten|Vad kostar ett paket till Spanien?|Vill ändra leveransdag till torsdag|Kan ni bekräfta att pengarna kommit?|Mitt barn har tappat skolkortet|Fel belopp drogs i går""",
    "fi": """Missä palautukseni viipyy?|Apteekki ei löydä reseptiä|Haluamme vuokrata tilan kesäkuussa|Kahvi maistuu palaneelta|Koiramme on ollut kateissa|Hissi on taas rikki|Kellarissa on hometta|Avain ei sovi lukkoon|Ette vastaa puhelimeen|Kuittia ei voi lukea|Auto ei käynnistynyt huollon jälkeen|Lahja tuli myöhässä|Roskia ei haettu tällä viikolla|Mitä paketti Espanjaan maksaa?|Vesi on kylmää aamulla""",
    "en": """Where is my refund?|The pharmacy cannot find the prescription|We would like to rent the hall in June|The coffee tastes burnt|Our dog is missing since Sunday|The lift is stuck again|Mould in the basement|The key does not fit|You never answer the phone|The receipt cannot be read|Car would not start after service|The gift came too late|Rubbish was not collected|What does a parcel to Spain cost?|Hot water is cold in the morning""",
    "es": """¿Dónde está mi reembolso?|La farmacia no encuentra la receta|Queremos alquilar la sala en junio|El café sabe a quemado|Nuestro perro ha desaparecido|El ascensor está parado otra vez|Hay moho en el sótano|La llave no entra|Nunca contestan al teléfono|El recibo no se puede leer|El coche no arrancó|El regalo llegó tarde|No recogieron la basura|¿Cuánto cuesta un paquete a Suecia?|El agua sale fría por la mañana""",
}
SEED, EACH = 7, 74


def sentences(code: str) -> list[str]:
    """Sentences of 25 to 200 characters from Django's and allauth's own translations."""
    import allauth

    found = set()
    for package in (django, allauth):
        for path in Path(package.__file__).parent.glob(f"**/locale/{code}/LC_MESSAGES/*.po"):
            for entry in polib.pofile(str(path)):
                said = entry.msgid if code == "en" else entry.msgstr
                said = html.unescape(re.sub(r"<[^>]+>", "", said))
                said = re.sub(r"%\(\w+\)[sd]|%[sd]|\{[^}]*\}", "", said)
                is_own = code == "en" or entry.msgstr != entry.msgid
                if 25 <= len(said) <= 200 and is_own and not entry.fuzzy:
                    found.add(" ".join(said.split()))
    return random.Random(SEED).sample(sorted(found), EACH)


def test_of_five_hundred_short_texts_in_six_languages_97_in_100_are_told_right():
    texts = [(code, said) for code in MESSAGES for said in sentences(code)]
    texts += [(code, one) for code, said in MESSAGES.items() for one in said.split("|")]
    assert len(texts) >= 500
    wrong = [(code, language.detect(said), said) for code, said in texts]
    wrong = [one for one in wrong if one[0] != one[1]]
    assert len(wrong) <= 0.03 * len(texts), wrong


def test_messages_that_nothing_was_written_for_are_told_right_too():
    texts = [(code, one) for code, said in UNSEEN.items() for one in said.split("|")]
    wrong = [(code, language.detect(said), said) for code, said in texts]
    wrong = [one for one in wrong if one[0] != one[1]]
    assert len(texts) >= 130
    assert len(wrong) <= 0.03 * len(texts), wrong


@pytest.mark.parametrize("said", ["Spent the night", "Jag heter Kjell", "The bank sent a bill"])
def test_a_sign_of_danish_or_norwegian_in_another_language_decides_nothing(said):
    assert language.detect(said) in {"en", "sv"}


@pytest.mark.parametrize("said", ["", "12345", "?!", ":-)", "https://example.org/hej/hej"])
def test_without_words_nothing_is_claimed(said):
    assert language.detect(said) == ""
