"""Words that tell Norwegian (Bokmål) and Danish apart, as customers and those who answer use them.

Each stands in one of the two and not, spelled so, in the other. Swedish may have it as well: they
only decide between these two (`language._lean`). Written from the languages, not from any text.
"""

_NB = """
aldri alltid annen annet av avbestille avbestilt avdrag avgang avlesning avlesningen avlest avlyst
avslutte avsluttet avtale avtalen avtaler avvist bagasje bagasjen barna barnesete barnesetet beløp
beløpet beskjed beskjeden bilene billett boka bruke bruker brukt brukte bråk bråker bukse butikk
dager deg dere dersom dessverre ditt døra enda endre endret endring endringen endringer enn ennå
epost eske esken etasje etter ettermiddag ettermiddagen fant farge fargen feil feilen feilet femti
fikk finne finner forbruk forbruket fornøyd forskjell forskjellig forskjellige forstått fort
fortelle forteller fortere fortsatt full fullt funker funket funnet fylt fått følger førti ga
ganger garasje gata genser gi gikk gir gitt gjeldende gjelder gjerne gjør gjøre greit gutt gått
hansker hatt hei het heter hjelp hjelpe hjelper hva hytta håper håpet igjen ikkje inn innbetaling
innbetalt innhold innlogging innstilt jakka jenta jente kanskje kjapp kjapt kjøleskap kjøleskapet
kjøp kjøpe kjøper kjøpet kjøpt kjøpte klarer klarte klokka koffert kofferten kveld kvelden
kvitteringa laderen lage laget langt legge legger leilighet leiligheten lekker lekket lenge lenger
lengre lengst lese leser lesing lest levert litt lurer lurte mai mars meg mer misfornøyd mitt
motta mottar mottatt mottok mulighet muligheten mye natt natten neste nesten nettbutikk
nettbutikken nettside nettsiden nettsidene nettverk nettverket nitti noe noen nytt nå nøkkel
nøkkelen omgående opp oppdatere oppdatert oppetid oppgi oppgitt opprette opprettet oppsigelse
oppsigelsen oppvaskmaskin ordne ordnet oss pakka passord penger plass plassen purregebyr purring
purringen rabatt rabatten rabattkode regninga regnskap reise reisen reiser rekke rekker rett
riktig sa seg seksti selge selger senga sete setet sett sier sikkerhet sist siste sitt sjekke
sjekker sjekket sju sjåfør sjåføren sjøl skap skapet skjedd skjedde skjer skjerm skjermen skjønner
skjønte skoa skrudd solgte spør spørre spørsmål spørsmålet stenger stengt strømforbruk stått støy
støyen sytti søke søker søknad søkt ta takk tar tatt telefonkø tenker tenkt teppe tidlig tilbake
tilgang tilgangen tjue tok treg tregt trenger trengs trengte tretti uka uke uken ukene uker ut
utbetaling utbetalt uten utløper utløpt utsolgt varsel vaskemaskin vaskemaskinen veldig venta vet
viktig virka visste vondt vott vår våre vårt å åpen åpent åpne åpner åpnet åpningstid åpningstider
åtte åtti ønska
"""
_DA = """
adgang adgangskode adgangskoden af afbestille afbestilt afdrag afgang aflyst aflæsning aflæsningen
aflæst afslutte afsluttet aftale aftalen aftaler aften aftenen aftes afvist aldrig altid anden
andet ansøgning autostol autostolen bange barnestol barnestolen bedst bedste beløb beløbet
beskadiget besked beskeden billet blev blevet bliver blot boede bog bogen brug bruge bruger brugt
brugte butik butikker bøger børn børnene chauffør chaufføren dage dejlig dejligt desværre dig dit
dårligt efter eftermiddag eftermiddagen eje ejede ejer endnu fandt farve farven fejl fejlede
fejlen fik finde finder firs forbrug forbruget forkert forkerte fornylig forskel forskellig
forskellige forstået fortalte fortælle fortæller fuldt fundet fyldt fyrre fået gange gem gemme
gemt gennem gerne gik give giver givet glemt goddag gået gældende gælder gør gøre halvfems
halvfjerds halvtreds handsker hat hed hedder hej hellere hentede hinanden hjemmeside hjemmesiden
hjælp hjælpe hjælper hundrede hurtigt hvad hvornår håber igen igennem ind indbetaling indbetalt
indhold indkøb indlogning jer jeres ked kodeord kodeordet kuffert kufferten køb købe køber købet
købt købte køleskab køleskabet lagde larm larmer lave lavede laver lavet leje lejer lejet
lejlighed lejligheden let leverede leveret lidt lovede lykkedes lægge lægger lækker længe længere
længst læse læser læst læste mail maj marts mere mig missede mistede mit modtage modtager modtaget
modtog moms mulighed muligheden måske mærkeligt nat nej nem nemt netværk netværket nogensinde
noget nogle nu nyt næste næsten nøgle nøglen ondt op opdatere opdateret oplader opladeren opladet
oplyse oplyst opret oprette opretter oprettet opsagt opsige opsigelse opsigelsen opsiger
opvaskemaskine opvaskemaskinen ordrer os otte penge plads pladsen rabat rabatkode rabatkoden
regnskab rejse rejsen rejser ret returnering rigtig rigtigt rykker rykkerbrev rykkere rykkeren
rykkergebyr række rækker sagde selvfølgelig set sidst sidste sige siger sikkerhed sit skab skabet
skiftede skyldes skærm skærmen slet sommetider spurgte spørge spørger spørgsmål spørgsmålet stadig
stadigvæk stoppede stået støj støjen svarede svær svært sådan sæde sædet sælge sælger søge søger
søgt tage tager taget tak tidligt tilbage tilfreds tilslutte tilsluttet tjekke tjekker tjekket tog
tredive tres træt tusind tyve tænker tænkt tæppe ud udbetaling udbetalt uden udløb udløber udløbet
udsolgt uge ugen ugens uger ugerne uheld uheldig underligt undskyld uret utilfreds valgt varerne
vaskemaskine venlig venligst vide vidste vigtig vigtigt virksomhed virksomheden vognen vores væk
vælg vælge vælger åben åbent åbne åbner åbnet åbningstid åbningstider ændre ændrer ændret ændring
ændringen ændringer æske æsken ønskede
"""
NB, DA = frozenset(_NB.split()), frozenset(_DA.split())
