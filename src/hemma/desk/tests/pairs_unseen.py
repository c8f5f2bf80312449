"""More pairs, written after the search was finished and not used to change it: how well it does on
what nobody had in mind. `./hemma bench search` tells of both lists."""

_TEXT = """
Trasig kaffebryggare levererad i fredags | kaffebryggaren | bryggare | kafebryggare | leverad
Avbeställning av hotellrum i Visby | hotellrummet | hotel | avbeställa | avbestälning
Hemförsäkring vid flytt till villa | försäkring | hemförsäkringen | försäkringar | hemförsekring
Glasögonen gick sönder efter en vecka | glasögon | glasogon | glasöggon | veckor
Elräkningen är dubbelt så hög som i fjol | elräkning | räkning | elräkningar | elrekningen
Parkeringsbot trots giltig biljett | parkering | parkeringsböter | bot | parkerinsbot
Bredbandet fungerar inte efter åskan | bredband | åska | bredbandsavbrott | bredbannd
Tandläkartid behöver ombokas | tandläkare | tandlakartid | omboka | tandläkartidd
Skolkortet har slutat fungera på bussen | skolkort | busskort buss | bussar | skolkårt
Medlemskapet förnyades utan att jag ville | medlemskap | medlem | medlemmskap | förnya
Cykelhjälm i fel storlek | hjälm | cykelhjälmar | cykelhjelm | storlekar
Sommarstugans vattenmätare läcker | vattenmätaren | stuga | läckage läcker | vattenmetare
Återbetalning av deposition | depositionen | aterbetalning | återbetala | återbetalnig
Vitaminerna kom i öppnad förpackning | vitaminer | förpackningar | förpackningen | förpakning
Teckna autogiro för månadsavgiften | autogirot | avgift | månadsavgift | autogirro
Bokningsbekräftelsen kom aldrig fram | bekräftelse | bokning | bokningen | bekräftelsse
Barnvagnens hjul har lossnat | barnvagn | vagn | hjulet | barnvangn
Felaktigt adresserad postförsändelse | försändelse | post | adresserat | försändelsse
Mobilabonnemang med gratis telefon | abonnemang | mobilabonemang | telefoner | mobil
Däckbytet tog hela dagen | däckbyte | däck | byte | dackbyte
Ødelagt kaffetrakter levert på fredag | kaffetrakteren | trakter | odelagt | kafetrakter
Avbestilling av hotellrom i Lofoten | hotellrommet | avbestille | avbestiling | lofoten
Innboforsikring ved flytting | forsikring | innboforsikringen | flytte | inboforsikring
Brillene knakk etter en uke | briller | brille | briler | knekt knakk
Strømregningen er dobbelt så høy | strømregning | regning | stromregning | strømreknin
Parkeringsbot på Grünerløkka | parkering | bot | grunerløkka | parkerinsbot
Bredbåndet er nede etter tordenvær | bredbånd | bredband | tordenværet | bredbondet
Tannlegetimen må flyttes | tannlege | tannlegetime | flytte | tanlegetime
Bussbilletten ble ikke godkjent | bussbillett | billetten | buss | bussbilet
Medlemskapet ble fornyet uten samtykke | medlem | medlemskap | samtykket | medlemskaped
Sykkelhjelm i feil størrelse | hjelm | sykkelhjelmen | storrelse | sykelhjelm
Hyttas vannmåler lekker | vannmåleren | hytte | vannmaler | lekasje lekker
Tilbakebetaling av depositum | depositumet | tilbakebetale | tilbakebetalling | betaling
Vitaminene kom i åpnet emballasje | vitaminer | emballasjen | embalasje | apnet
Barnevognens hjul har løsnet | barnevogn | vogn | hjulet | barnevongn
Ødelagt kuffert efter flyrejsen | kufferten | rejse | kufert | flyrejse
Opsigelse af fitnessabonnement | abonnement | opsige | fitness | opsigelsse
Strømregning for sommerhuset | sommerhus | regning | sommerhuse | strømreging
Rikkinäinen kahvinkeitin | kahvinkeittimen | keitin | kahvinkeitn | rikki
Hotellihuoneen peruutus | hotelli | peruutukset | perutus | hotellihuone
Laskun eräpäivä on väärä | lasku | eräpäivät | erapaiva | laskut
Broken kettle delivered on Friday | kettles | deliver | ketle | friday delivery
Cancelling a hotel room in Brighton | cancel | rooms | brigton | hotels
Home insurance when moving abroad | insurances | move | insurence | moving
Glasses broke after one week | glass | weeks | glases | broken
Electricity bill twice as high as last year | bills | electric | electrcity | years
Parking fine despite a valid ticket | tickets | parked | fines | parkin fine
Broadband stopped working after the storm | storms | brodband | stop | broadbands
Dentist appointment needs rebooking | appointments | rebook | dentists | apointment
Membership renewed without my consent | members | renew | memberships | membreship
Bicycle helmet in the wrong size | helmets | bicycles | bycicle | sizes
Refund of the deposit | deposits | refunding | depozit | refunds
Booking confirmation never arrived | confirm | bookings | confirmations | confimation
Wheels of the pram came loose | wheel | prams | weels | loosen
Cafetera rota entregada el viernes | cafeteras | roto | cafetra | entrega
Cancelación de la habitación en Cádiz | habitaciones | cadiz | cancelar | habitasion
Seguro de hogar por mudanza | seguros | mudanzas | mudansa | hogares
Multa de aparcamiento con billete válido | multas | aparcamientos | aparcamineto | valido
La cita con el dentista debe cambiarse | citas | dentistas | cambiar | dentsita
Reembolso de la fianza | fianzas | reembolsos | reenbolso | reembolsar
"""

_ROWS = [[part.strip() for part in line.split("|")] for line in _TEXT.strip().splitlines()]
PAIRS = [(query, row[0]) for row in _ROWS for query in row[1:]]
SUBJECTS = [row[0] for row in _ROWS]
