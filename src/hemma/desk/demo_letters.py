"""What the demo's customers write and what they are answered: short, ordinary, a little human."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from hemma.desk.demo_letter import Letter
from hemma.desk.demo_letters_home import AT_HOME

PLAIN = str.maketrans("åäöøæé", "aaooae")


@dataclass(frozen=True)
class Customer:
    """Someone who writes."""

    name: str
    language: str = "sv"

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    @property
    def box(self) -> str:
        """The name of their mailbox: signing in to IMAP knows plain letters alone."""
        return self.first_name.lower().translate(PLAIN)


KIM = Customer("Kim Holm")
CUSTOMERS = [
    KIM,
    Customer("Samira Aziz"),
    Customer("Rolf Lindqvist"),
    Customer("Mira Persson"),
    Customer("Ebba Svahn"),
    Customer("Hamid Karimi"),
    Customer("Marta Puig", "en"),
    Customer("Ingvild Berge", "nb"),
    Customer("Sigrid Nygård", "nb"),
    Customer("Tomas Frisk"),
    Customer("Gun Åkerblom"),
    Customer("Daniel Osei", "en"),
    Customer("Grace Whitfield", "en"),
    Customer("Håkon Lie", "nb"),
    Customer("Lotta Melin"),
    Customer("Per-Erik Hägg"),
    Customer("Nadja Kovac"),
    Customer("Alva Rosén"),
]

LETTERS: list[Letter] = [
    Letter(
        "Energi",
        "sv",
        "Fakturan dragen två gånger",
        "Hej!\n\nI måndags drogs 1 {n} kr två gånger från mitt konto för oktoberfakturan. Jag har bara "
        "ett avtal. Kan ni titta på det? Jag behöver pengarna till hyran på fredag.\n\nHälsningar\n{me}",
        "Tack för att du hörde av dig, och jag förstår att det blir trångt före hyran. Jag ser båda "
        "dragningarna. Den andra är vårt fel och jag har skickat tillbaka pengarna nu. De är på ditt "
        "konto senast i morgon.",
        "Tack, vad skönt att höra! Syns det på nästa faktura också, eller blir den som vanligt?",
    ),
    Letter(
        "Energi",
        "sv",
        "Flyttar den 1 december",
        "Hej,\n\nvi flyttar den 1 december till en lägenhet på Lillgatan {n}. Måste jag säga upp mitt "
        "elavtal eller kan det följa med? Och vem läser av mätaren i den gamla?\n\n{me}",
        "Grattis till den nya lägenheten! Avtalet följer med dig, du behöver inte säga upp något. "
        "Elnätsägaren läser av mätaren på distans den dag du flyttar. Jag har lagt in flytten den "
        "1 december.",
        "Toppen, tack! Då räcker det alltså att vi lämnar nycklarna?",
    ),
    Letter(
        "Energi",
        "sv",
        "Mätaravläsning ser konstig ut",
        "Hej! På Mina sidor står det {n} kWh för förra veckan. Vi var bortrest hela tiden, så det kan "
        "inte stämma. Hur läser jag av mätaren själv?\n/{me}",
        "Vad bra att du såg det. Tryck en gång på den blå knappen på mätaren: siffran som slutar på "
        "1.8.0 är din ställning. Skicka den hit så jämför jag med det vi har fått in.",
        "Nu har jag varit ute i källaren. Det står 048{n} på 1.8.0.",
    ),
    Letter(
        "Energi",
        "sv",
        "Byta till kvartspris?",
        "God dag.\nMin granne säger att hon sparar på att ha kvartspris. Jag har rörligt månadspris nu. "
        "Lönar det sig för mig som är hemma på dagarna och har bergvärme?\nMed vänlig hälsning\n{me}",
        "Bra fråga. Med bergvärme och någon hemma på dagen kan det löna sig, om du kan flytta det mesta "
        "från klockan 17–20. Jag har räknat på ditt senaste år: ungefär 60 kr mindre i månaden, men det "
        "svänger. Du kan byta tillbaka med 14 dagars varsel.",
    ),
    Letter(
        "Energi",
        "sv",
        "Delbetalning av vinterfakturan",
        "Hej, fakturan blev mycket högre än vi räknat med ({n}4 kr). Går det att dela upp den? Vi kan "
        "betala hälften nu.\n\nHälsningar {me}",
        "Det ordnar vi. Jag har delat upp den på fyra månader utan avgift, så att du betalar en "
        "fjärdedel nu i slutet av månaden. De nya inbetalningskorten kommer med e-post i dag.",
        "Tusen tack. Det var en lättnad, ska jag säga.",
    ),
    Letter(
        "Energi",
        "sv",
        "Fel adress på fakturan",
        "Hej! Fakturan går till min mamma som bor på Norrgatan {n}, men det är jag som sköter hennes "
        "räkningar nu. Kan den komma till mig i stället?\n{me}",
        "Så klart. Eftersom avtalet står på din mamma behöver vi en fullmakt; jag har bifogat blanketten "
        "som länk på Mina sidor. När den är här ändrar jag adressen samma dag.",
    ),
    Letter(
        "Energi",
        "sv",
        "Strömavbrott i natt – ersättning?",
        "Vi var utan ström i {n} minuter i natt och frysen har tinat. Får man ersättning för det?\n\n{me}",
        "Så tråkigt med frysen. Avbrottsersättning får du av elnätsägaren när det varat mer än tolv "
        "timmar. För maten kan hemförsäkringen gälla; jag skickar ett intyg om avbrottet som du kan "
        "bifoga.",
    ),
    Letter(
        "Energi",
        "nb",
        "Spørsmål om fakturaen",
        "Hei!\n\nFakturaen for oktober er {n} kroner høyere enn i fjor, men vi har brukt mindre strøm. "
        "Kan dere forklare hva som har skjedd?\n\nVennlig hilsen\n{me}",
        "Hei, og takk for at du spør. Det er nettleien som har gått opp fra 1. oktober; strømmen din "
        "kostet faktisk litt mindre enn i fjor. Jeg har lagt ved begge tallene under Min side.",
        "Takk for god forklaring! Da skjønner jeg.",
    ),
    Letter(
        "Energi",
        "en",
        "New tenant, how do I get electricity?",
        "Hello,\n\nI am moving into an apartment at Storgatan {n} next week and my Swedish is not so "
        "good yet. How do I sign up for electricity, and how fast does it work?\n\nThanks,\n{me}",
        "Welcome! I can start your contract from the day you move in; I only need the apartment number "
        "on your lease (four digits). The power is already on, so you will not be in the dark.",
        "That is great, thank you! The apartment number is 1{n}.",
    ),
    Letter(
        "Resor",
        "sv",
        "Fel namn på biljetten",
        "Hej, jag skrev mitt smeknamn när jag bokade resan ({n}). Det står inte i passet. Måste jag "
        "boka om?\n\nHälsningar\n{me}",
        "Nej då, det rättar vi utan kostnad. Skriv namnet precis som det står i passet, så får du en "
        "ny biljett med e-post inom en timme.",
        "Tack! Det ska stå som i min avsändare här.",
    ),
    Letter(
        "Resor",
        "sv",
        "Avboka rum för två",
        "Hej! Vi måste tyvärr avboka rummet 12–14 december, bokning {n}. Min man har blivit sjuk. "
        "Får vi tillbaka något?\n{me}",
        "Vad tråkigt, krya på honom. Ni får tillbaka hela rumspriset; bara bokningsavgiften är kvar. "
        "Har ni läkarintyg betalar försäkringen också den. Pengarna är hos er inom fem dagar.",
        "Så snällt. Intyget kommer på måndag.",
    ),
    Letter(
        "Resor",
        "sv",
        "Kan vi ta med hunden?",
        "Hejsan,\nvi har bokat stugan i fjällen vecka 7 (nr {n}). Får man ha hund där? Den är liten och "
        "snäll.\n/{me}",
        "Hunden är välkommen! I den stugan kostar det 200 kr för slutstädningen. Jag har lagt till det "
        "på bokningen och ringt värden, så att det står en skål framme.",
        "Åh, vad roligt! Då kommer vi alla tre.",
    ),
    Letter(
        "Resor",
        "sv",
        "Bussen kom inte fram i tid",
        "Hej. Bussen var {n} minuter sen i fredags och vi missade färjan. Vi fick köpa nya biljetter. "
        "Var skickar jag kvittona?\n\n{me}",
        "Förlåt, det blev en jobbig start på resan. Svara på det här mejlet med kvittona, så betalar vi "
        "färjan. Jag har redan lagt in ersättningen för förseningen.",
    ),
    Letter(
        "Resor",
        "sv",
        "Bokningsbekräftelsen har inte kommit",
        "Hej, jag bokade i går kväll och pengarna är dragna, men jag har inte fått någon bekräftelse. "
        "Bokningen borde heta {n}.\n{me}",
        "Bokningen finns hos oss och allt är klart. Bekräftelsen hade fastnat; nu har jag skickat den "
        "igen. Kommer den inte inom tio minuter, titta i skräpposten.",
        "Den kom nu. Tack för snabbt svar!",
    ),
    Letter(
        "Resor",
        "en",
        "Wheelchair on the train",
        "Hello, I travel with booking {n} next Thursday and use a wheelchair. Is there a ramp at both "
        "stations?\n\nBest wishes\n{me}",
        "Hello! Yes, at both. I have booked assistance for you: someone meets you on the platform "
        "fifteen minutes before departure and again on arrival.",
        "Perfect, that is a relief. Thank you.",
    ),
    Letter(
        "Resor",
        "nb",
        "Endre dato på hytta",
        "Hei, vi har booket hytte {n} fra fredag. Kan vi flytte det en uke frem? Værmeldingen er "
        "elendig.\n\nHilsen {me}",
        "Hei! Hytta er ledig uken etter, så jeg har flyttet dere dit uten ekstra kostnad. Ny bekreftelse "
        "er på vei. Kryss fingrene for sol!",
    ),
    *AT_HOME,
]
SIGN_OFF = {"sv": "Hej {me}!", "nb": "Hei {me}!", "en": "Hello {me},"}


def fitting(trade: str, rng: random.Random) -> tuple[Customer, Letter]:
    """Someone, and something they might write to a company of this trade."""
    own = [letter for letter in LETTERS if letter.trade == trade]
    letter = rng.choice(own or LETTERS)
    writers = [one for one in CUSTOMERS if one.language == letter.language]
    return rng.choice(writers), letter


def filled(text: str, customer: Customer, rng: random.Random) -> str:
    """The text with the customer's name and a number."""
    return text.replace("{me}", customer.first_name).replace("{n}", str(rng.randint(120, 899)))


def answer_to(page: str, names: Sequence[Customer] = CUSTOMERS) -> str:
    """What a colleague answers to the letter whose words stand on this page; a kind one at least."""
    customer = next((one for one in names if one.name in page), KIM)
    found = [letter for letter in LETTERS if letter.subject in page]
    # A second question in the same case gets a second, shorter answer.
    again = [one for one in found if one.follow_up and one.follow_up.split("{")[0][:40] in page]
    words = _AGAIN[customer.language] if again or not found else found[0].answer
    return f"{SIGN_OFF[customer.language].replace('{me}', customer.first_name)}\n\n{words}"


def shorter_answer(customer: Customer) -> str:
    """What answers a second letter in the same matter."""
    return _AGAIN[customer.language]


_AGAIN = {
    "sv": "Tack för ditt svar. Jag har antecknat det i ärendet och allt är nu som det ska. Hör av dig "
    "när du vill om det är något mer.",
    "nb": "Takk for svaret. Jeg har notert det i saken, og alt er i orden nå. Bare skriv igjen om det "
    "er noe mer.",
    "en": "Thank you for your reply. I have noted it in your case and everything is in order now. Do "
    "write again if there is anything else.",
}
