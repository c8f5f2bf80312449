"""What customers of broadband, water, homes and repairs write: Swedish, Norwegian and English."""

from hemma.desk.demo_letter import Letter

AT_HOME = [
    Letter(
        "Bredband",
        "sv",
        "Wifi når inte till övervåningen",
        "Hej!\n\nVi har kontor på övervåningen och där är det bara en prick på wifi. Routern står i "
        "hallen, modell {n}. Behöver vi köpa något nytt?\n\nHälsningar\n{me}",
        "Hej! Ni behöver inte köpa något ännu. Flytta routern upp på en hylla, bort från elskåpet, och "
        "välj kanal 36 på Mina sidor. Säg till i morgon om det inte räckte, så skickar jag en "
        "förstärkare utan kostnad.",
        "Det blev faktiskt mycket bättre. Två prickar nu! Räcker det för videomöten?",
    ),
    Letter(
        "Bredband",
        "sv",
        "Uppsägning när vi flyttar ihop",
        "Hej, min sambo och jag har var sitt bredband hos er. Vi flyttar ihop den 15 och vill behålla "
        "hennes. Kundnummer {n} är mitt. Hur gör vi?\n{me}",
        "Vad roligt att ni flyttar ihop! Jag har avslutat ditt den 15 och du betalar inget efter det. "
        "Returlådan till routern kommer med posten.",
    ),
    Letter(
        "Bredband",
        "sv",
        "Betalar jag för rätt hastighet?",
        "Hej. Jag mäter 9{n} kbit ibland på kvällen men ska ha 250 Mbit. Är det jag som mäter fel?\n/{me}",
        "Tack för mätningen. Det ser ut som att datorn går över det gamla nätet på 2,4 GHz. Välj nätet "
        "med 5G i namnet och mät igen, helst med sladd.",
        "Nu fick jag 247! Tack snälla.",
    ),
    Letter(
        "Vatten",
        "sv",
        "Brunt vatten i kranen",
        "Hej! Sedan i morse är vattnet brunt hos oss på Bäckvägen {n}. Är det farligt? Vi har en liten "
        "bebis hemma.\n\n{me}",
        "Jag förstår att du blir orolig. Det är rost som har lossnat när de spolade ledningen i natt och "
        "det är inte farligt, men ge bebisen vatten från affären tills det är klart igen. Spola kallt i "
        "tio minuter så brukar det släppa.",
        "Nu är det klart igen. Tack för att du svarade så fort!",
    ),
    Letter(
        "Vatten",
        "sv",
        "Avläsning av vattenmätaren",
        "Hej,\n\nmätaren står på {n} kubik. Ska jag skicka det hit eller fylla i någonstans?\n\nMvh {me}",
        "Tack! Det räcker att du skriver hit, och nu är ställningen införd. Nästa gång går det också bra "
        "på Mina sidor.",
    ),
    Letter(
        "Vatten",
        "sv",
        "Ovanligt hög förbrukning",
        "Hej, fakturan säger att vi har gjort av med {n} kubik på ett kvartal. Vi är två personer. Kan "
        "det läcka någonstans?\n{me}",
        "Det är klokt att fråga. Stäng alla kranar en kväll och läs av mätaren, sedan igen på morgonen. "
        "Har den rört sig läcker det, och då hjälper jag dig vidare.",
        "Den rörde sig 40 liter på en natt. Toaletten, tror jag. Vad gör jag nu?",
    ),
    Letter(
        "Hem",
        "nb",
        "Nøkkelen passer ikke",
        "Hei!\n\nVi fikk nøkkel nummer {n} i går, men den passer ikke i boden. Hva gjør vi?\n\nHilsen {me}",
        "Hei, så kjedelig rett etter innflytting. Boden har fått ny sylinder, og riktig nøkkel ligger "
        "klar hos vaktmesteren fra klokken tolv i dag. Ta med legitimasjon.",
        "Nå fikk vi låst opp. Takk for hjelpen!",
    ),
    Letter(
        "Hem",
        "nb",
        "Kaldt på badet",
        "Hei, gulvvarmen på badet har vært av siden helgen. Leilighet {n}. Barna synes det er surt om "
        "morgenen.\n{me}",
        "Det skjønner jeg godt. Sikringen for gulvet har gått, og en montør kommer i morgen mellom åtte "
        "og ti. Dere trenger ikke være hjemme.",
    ),
    Letter(
        "Hem",
        "nb",
        "Kan jeg leie ut i sommer?",
        "Hei! Jeg skal jobbe på Svalbard i juli og august. Kan søsteren min bo hos meg da? Kontrakt "
        "{n}.\n\nVennlig hilsen\n{me}",
        "Så spennende! Ja, nær familie kan bo hos deg i opptil tre måneder. Send meg bare navnet hennes, "
        "så noterer jeg det på kontrakten.",
        "Hun heter Solveig. Takk for raskt svar!",
    ),
    Letter(
        "Service",
        "en",
        "The dishwasher still leaks",
        "Hello,\n\nyour engineer was here on Tuesday (job {n}), but there was a small puddle again this "
        "morning. Could somebody come back?\n\nKind regards\n{me}",
        "I am sorry about the puddle. Your engineer comes back on Thursday between 8 and 10, and there "
        "is nothing to pay. Until then, please turn off the tap under the sink when it is not running.",
        "Thursday at eight is perfect. Thank you!",
    ),
    Letter(
        "Service",
        "en",
        "Warranty for a refrigerator",
        "Hi, how long is the warranty on model {n}? It hums more than it used to.\n\n{me}",
        "Five years on the compressor and two on the rest, so you are covered. A hum is often a shelf "
        "that touches the wall: pull it out two centimetres and listen again.",
        "It was the shelf! I feel a bit silly, but thank you.",
    ),
    Letter(
        "Service",
        "en",
        "Moving my appointment",
        "Good morning. I have an appointment on Friday, number {n}, but my daughter's school play is the "
        "same day. Could we move it?\n\nBest wishes\n{me}",
        "Of course, you should not miss that. I have moved you to Monday at nine. Enjoy the play!",
    ),
]
