"""Words that tell Norwegian (Bokmål) and Danish apart, as customers and those who answer use them.

Each stands in one of the two and not, spelled so, in the other. Swedish may have it as well: they
only decide between these two (`language._lean`). Written from the languages, not from any text.
"""

_NB = """
advarsel advarsler aldri allikevel alltid angi angitt annen annet antall atten av avbestille
avbestilt avdrag avgang avlesning avlesningen avlest avlyst avsender avsenderen avslutte avsluttet
avtale avtalen avtaler avvist bagasje bagasjen barna barnesete barnesetet bekreft bekrefte
bekreftelse bekreftelsen bekreftet beløp beløpene beløpet beskjed beskjeden beskjeder best
bestilling bestillingen bestilte bilde bildene bilder bildet bilene billett bok boka bokstav
bokstaver borte bortsett bruk bruke bruker brukere brukeren brukernavn brukernavnet brukerne brukt
brukte bråk bråker bukse butikk butikken bygg dager deg dere dersom dessverre ditt dårlig døra eldst
enda endre endret endring endringen endringer enhet enheten enn ennå epost epostadresse
epostadressen erstatning eske esken etasje etter ettermiddag ettermiddagen etternavn ettersende
ettersom faktureres fant farge fargen feil feilen feilet femti ferdig fikk finne finner fjorten fler
forbruk forbruket forfall forfalt fornøyd forsinkelse forskjell forskjellig forskjellige forstått
fort fortelle forteller fortere fortsatt fortsett fortsette fortsetter frakt frakten fram fremdeles
full fullfør fullført fullt funker funket funnet fylt fått følger førti ga gangen ganger garasje
gata gate genser gi gikk gir gitt gjelde gjeldende gjelder gjennomført gjentatt gjentatte gjerne
gjør gjøre glemte greit gutt gått handlekurv handlekurven hansker hatt hei helst hendelse henne het
heter hjelp hjelpe hjelper husker hva hverandre hverdag hytta håper håpet høyere høyt igjen ikkje
inn innbetaling innbetalt innen innenfor innhold innlogget innlogging innstilling innstillingene
innstillinger innstilt jakka jenta jente kanskje kikke kjapp kjapt kjent kjær kjære kjøleskap
kjøleskapet kjøp kjøpe kjøper kjøpet kjøpt kjøpte kladd kladden klarer klarte klokka knapp knappen
koble kobler koblet koffert kofferten kupong kupongen kveld kvelden kvinne kvitteringa laderen lage
laget lagre lagrer lagres lagret lagring langt lastet lav ledd ledig legge legger leilighet
leiligheten lekker lekket lenge lenger lengre lengst lenke lenken lenker lese leser lesing lest lett
levert likevel litt logg lurer lurte lyktes mai mann mars meg mellom mer midlertidig minst
misfornøyd mislyktes mitt motta mottaker mottakeren mottar mottatt mottok mulighet muligheten mye
natt natten nest neste nesten nettbutikk nettbutikken nettside nettsiden nettsidene nettverk
nettverket nitten nitti noe noen noensinne nullstill nullstille nullstilt nytt nå nåværende nødt
nøkkel nøkkelen omgående opp oppdatere oppdatert oppetid oppgi oppgitt opplasting opplysning
opplysningene opplysninger opprette opprettet oppsigelse oppsigelsen oppsto oppstod oppvaskmaskin
ordne ordnet oss overfører overføring overført pakka pakken passord passordene passordet penger
plass plassen purregebyr purring purringen rabatt rabatten rabattkode rabattkoden regninga regningen
regnskap reise reisen reiser rekke rekker rett riktig ringt ringte sa sammenligne seg seksten seksti
selge selger senga sete setet sett sier sikkerhet sist siste sitt sjekke sjekker sjekket sju sjåfør
sjåføren sjøl skap skapet skjedd skjedde skjema skjemaet skjer skjerm skjermen skjønner skjønte skoa
skrudd slett sletter snakke snakket solgte språket spør spørre spørsmål spørsmålet stenger stengt
strømforbruk stykk stått støy støyen svart sytten sytti søke søker søknad søkt ta takk tall tar tast
tastet tatt telefonkø tenker tenkt teppe tidlig tidssone tilbake tilgang tilgangen tilgjengelig
tilgjengelige tilkobling tillat tillatelse tillatelser tillater tillatt tittel tittelen tittet tjue
tok treg tregt trekkes trenger trengs trengte tretti trykk trykket uansett ugyldige uhell uka uke
uken ukene uker ukjent unna unntatt ut utbetaling utbetalt uten utenfor utgått utlevering utlevert
utlogget utløper utløpt utsolgt valgene vanskelig varsel vaskemaskin vaskemaskinen vei veien
veiledning vekk veldig velg velge velger velges vennlig vennlige venta verst vet viktig viktigste
vindu virka visste vist vondt vott vår våre vårt å åpen åpent åpne åpner åpnet åpningstid
åpningstider åtte åtti ønska øyeblikk øyeblikket
"""
_DA = """
adgang adgangskode adgangskoden af afbestille afbestilt afdrag afgang aflyst aflæsning aflæsningen
aflæst afsender afsenderen afslutte afsluttet aftale aftalen aftaler aften aftenen aftes afvist
aldrig alligevel altid anden andet ansøgning antal autostol autostolen bange barnestol barnestolen
bedes bedst bedste bekræft bekræfte bekræftelse bekræftelsen bekræftet beløb beløbet bemærk
bemærkning beskadiget besked beskeden beskeder billede billeder billederne billedet billet blev
blevet bliver blot boede bog bogen bogstav bogstaver brug bruge bruger brugere brugeren brugernavn
brugernavnet brugerne brugt brugte butik butikker bøger børn børnene chauffør chaufføren dage
deaktiveret dejlig dejligt derefter desværre dig dit download downloade efter eftermiddag
eftermiddagen efternavn eje ejede ejer emne endnu enhed enheden erstatningen fandt farve farven fejl
fejlede fejlen fejlmeddelelse fik finde finder firs forbindelse forbrug forbruget forbundet
forfalder forkert forkerte formentlig fornylig forsinkelsen forskel forskellig forskellige forstået
fortalte fortsæt fortsætte fortsætter fortælle fortæller fragt fragten fuldfør fuldført fuldt fundet
fyldt fyrre fået færdig gade gange gem gemme gemmer gemmes gemt gendan gendanne gendannet gennem
gennemført gerne gik give giver givet glemt goddag gået gælde gældende gælder gør gøre halvfems
halvfjerds halvtreds handsker hat hed hedder hej hellere heltal hende hentede hinanden hjemmeside
hjemmesiden hjælp hjælpe hjælper hop hoppe hundrede hurtigt husk hvad hverdage hvorhen hvornår håber
højere højest højst højt igen igennem ind indbetaling indbetalt inden indenfor indhold indkøb
indkøbskurv indkøbskurven indlogget indlogning indstilling indstillinger indstillingerne indtast
indtaste indtastede indtastet jer jeres jf ked kendt kigge kiggede kigget kladde knap kodeord
kodeordet kuffert kufferten kupon kuponen kvinde kære køb købe køber købet købt købte køleskab
køleskabet kør lagde larm larmer lave lavede laver lavet leje lejer lejet lejlighed lejligheden let
leverede leveret lidt lige log lovede lykkedes lægge lægger lækker længe længere længst læse læser
læst læste mail maj mand marts meddelelse meddelelsen meddelelser mellem mere midlertidigt mig
mindst mislykkedes missede mistede mit modtage modtager modtageren modtaget modtog moms mulighed
muligheden måske mærkeligt nat nederst nej nem nemt netværk netværket nogensinde noget nogle nu
nulstil nulstille nulstillet nuværende nyeste nyt næste næsten nøgle nøglen offentliggjort
offentliggør ondt op opdatere opdateret opdatér oplader opladeren opladet oplyse oplysning
oplysninger oplysningerne oplyst opret oprette opretter oprettet opsagt opsige opsigelse opsigelsen
opsiger opstod opvaskemaskine opvaskemaskinen ordrer os otte overblik overførsel penge plads pladsen
publicér påkrævet rabat rabatkode rabatkoden redigér regnskab rejse rejsen rejser ret returnering
rigtig rigtigt ringede ringere rykker rykkerbrev rykkere rykkeren rykkergebyr række rækker sagde
selvfølgelig selvom seneste set sidst sidste sige siger sikkerhed sit skab skabet skiftede skitse
skyldes skærm skærmen skønt slet sommetider sprogene spurgte spørge spørger spørgsmål spørgsmålet
stadig stadigvæk stk stoppede stået støj støjen svarede svær svært sådan sæde sædet sælge sælger søg
søge søger søgning søgningen søgt tage tager taget tak tal talt tidligt tidszone tilbage tilfreds
tilføj tilføje tilføjer tilføjet tilgængelig tilgængelige tilkendegive tillad tilladelse tilladelser
tillader tilladt tilslutte tilsluttet titel titlen tjekke tjekker tjekket tog tredive tres tryk træt
tusind tyve tænker tænkt tæppe ud udbetaling udbetalt udelukkende uden udenfor udgiv udgivet udløb
udløber udløbet udsolgt uge ugen ugens uger ugerne uheld uheldig ukendt underligt undskyld undtagen
uret utilfreds valgt varerne vaskemaskine vej vejen vejledning venlig venlige venligst ventede vide
vidste vigtig vigtigt vindue virksomhed virksomheden vognen vores væk vælg vælge vælger vælges værre
værst yderligere åben åbent åbne åbner åbnet åbningstid åbningstider ældst ældste ændre ændrer
ændret ændring ændringen ændringer æske æsken øjeblik øjeblikket ønskede øverst
"""
NB, DA = frozenset(_NB.split()), frozenset(_DA.split())
